"""Cells that are left blank because too few people stand behind them."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.measures.small_cells import withheld_cells


@pytest.mark.parametrize(
    ("cells", "withheld"),
    [
        # a line for each cell, a letter for each person there
        (["abcdef", "abcde", ""], [False, False, False]),
        # Each alone has too few, both together have enough.
        (["abcdefg", "abc", "def"], [False, True, True]),
        # The rest of the map would tell what a single blank cell holds: the smallest other one goes too.
        (["abcdefg", "ab", "abcdef"], [False, True, True]),
        (["abcdefg", "ab", "ab", "bcdefg", "abcdefg"], [False, True, True, True, False]),
        # Nothing else to take.
        (["ab", "", "b"], [True, False, True]),
    ],
)
def test_withheld(cells: list[str], withheld: list[bool]) -> None:
    people = sorted(set("".join(cells)))
    is_there = np.array([[person in cell for cell in cells] for person in people])
    assert withheld_cells(is_there, 5).tolist() == withheld
