"""A border that runs beneath a mask."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.measures.mask_crossed import is_crossed

BOX = (60, 40, 140, 60)


def surface(*borders, dark=90.0):
    luma = np.full((100, 200), 250.0)
    for border in borders:
        luma[border] = dark
    return luma


def covered(*boxes):
    taken = np.zeros((100, 200), bool)
    for left, top, right, bottom in (BOX, *boxes):
        taken[top:bottom, left:right] = True
    return taken


UPRIGHT, LEVEL = np.s_[:, 100:102], np.s_[50:51, :]


@pytest.mark.parametrize("border", [UPRIGHT, LEVEL, np.s_[:, 100:]])
def test_a_border_or_the_end_of_an_area_beneath_a_mask(border):
    assert is_crossed(surface(border), covered(), BOX)
    assert is_crossed(255 - surface(border), covered(), BOX)


@pytest.mark.parametrize(
    "border", [np.s_[:50, 100:102], np.s_[:, 50:52], np.s_[:, 141:143], np.s_[50:51, :100]]
)
def test_a_border_that_ends_there_or_runs_beside_is_none(border):
    assert not is_crossed(surface(border), covered(), BOX)


def test_edges_of_other_masks_are_no_borders():
    others = (70, 20, 120, 39), (70, 61, 120, 80)
    luma = surface(np.s_[20:39, 70:120], np.s_[61:80, 70:120])
    assert not is_crossed(luma, covered(*others), BOX)


def test_lines_of_text_above_and_below_are_no_border():
    stems = [np.s_[:, at : at + 2] for at in range(64, 136, 7)]
    assert not is_crossed(surface(*stems), covered(), BOX)


def test_at_the_edge_of_the_picture_nothing_is_known():
    assert not is_crossed(surface(UPRIGHT)[40:60], covered()[40:60], (60, 0, 140, 20))
