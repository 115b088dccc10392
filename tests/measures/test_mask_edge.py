"""Ink at the edges of masks, drawn by hand: letters cut through, words apart, rules, stops."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from explorer.measures.mask_edge import edge_ink, steepest
from explorer.measures.rectangles import rectangles

BOX = 40, 20, 100, 36


def drawn(*lines: tuple[int, int, int, int], ground: int = 250, ink: int = 30) -> np.ndarray:
    image = Image.new("RGB", (140, 60), (ground,) * 3)
    pen = ImageDraw.Draw(image)
    for line in lines:
        pen.rectangle(line, fill=(ink,) * 3)
    pen.rectangle((BOX[0], BOX[1], BOX[2] - 1, BOX[3] - 1), fill=(90, 90, 90))
    return np.asarray(image.convert("L"), float)


def gaps(pixels: np.ndarray) -> dict[str, int]:
    return {one.edge: one.gap_px for one in edge_ink(pixels, BOX)}


@pytest.mark.parametrize(
    ("line", "edge", "gap"),
    [
        ((100, 24, 103, 30), "right", 0),
        ((104, 24, 106, 30), "right", 4),
        ((36, 24, 38, 30), "left", 1),
        ((60, 36, 62, 40), "bottom", 0),
        ((60, 14, 62, 17), "top", 2),
    ],
)
def test_ink_beside_each_edge(line, edge, gap):
    assert gaps(drawn(line))[edge] == gap
    assert gaps(drawn(line, ground=20, ink=230))[edge] == gap


def test_an_edge_is_steep_and_a_shade_is_not_nor_is_the_edge_of_a_mask():
    edge = np.tile([200.0] * 6 + [90.0] * 6, (4, 1))
    shade = np.tile(np.linspace(200, 90, 12), (4, 1))
    taken = np.zeros(edge.shape, bool)
    assert steepest(edge, taken) == 110
    assert steepest(shade, taken) == pytest.approx(20)
    taken[:, 6:] = True
    assert steepest(edge, taken) == 0
    assert steepest(edge[:, :1], taken[:, :1]) == 0
    assert next(iter(edge_ink(drawn((60, 36, 62, 40)), BOX))).steep == 220


def test_a_rule_along_the_edge_is_no_ink():
    assert gaps(drawn((0, 37, 139, 37), (102, 0, 102, 59))) == {}


def test_a_comma_is_passed_over():
    assert gaps(drawn((101, 32, 102, 36), (108, 24, 110, 34))) == {"right": 8}


def test_other_masks_are_no_ink():
    taken = np.zeros((60, 140), bool)
    taken[20:36, 100:110] = True
    pixels = drawn((100, 22, 108, 30))
    assert edge_ink(pixels, BOX, taken) == ()


def test_a_mask_in_the_corner_has_less_beside_it():
    assert edge_ink(drawn(), (0, 0, 140, 60)) == ()


def test_rectangles_of_one_colour():
    shown = np.zeros((40, 60), bool)
    shown[5:15, 10:40] = True
    shown[20:24, 10:40] = True
    shown[30:39, 50:60] = True
    assert rectangles(shown, 20, 8) == [(10, 5, 40, 15)]
    assert rectangles(shown, 5, 3) == [(10, 5, 40, 15), (10, 20, 40, 24), (50, 30, 60, 39)]
    assert rectangles(np.zeros((4, 4), bool), 1, 1) == []
