"""The window in front, from rows that each tell a part of it."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.measures.windows import UNTOLD, window_changes

NO = UNTOLD


@pytest.mark.parametrize(
    ("told", "changes"),
    [
        # columns: app, title, url
        ([], []),
        ([(NO, NO, NO), (NO, NO, NO)], []),
        ([(1, 2, 3), (1, 2, 3)], [(0, (1, 2, 3))]),
        # The same window tells less, then more: what is known stays.
        ([(1, 2, NO), (NO, NO, NO), (1, NO, NO), (NO, NO, 4)], [(0, (1, 2, NO)), (3, (1, 2, 4))]),
        # Another title, or another app, is another window: nothing of the old one stays.
        ([(1, 2, 3), (1, 5, NO)], [(0, (1, 2, 3)), (1, (1, 5, NO))]),
        ([(1, 2, 3), (6, NO, NO)], [(0, (1, 2, 3)), (1, (6, NO, NO))]),
        # Another address alone is the same window.
        ([(1, 2, 3), (NO, NO, 4), (1, 2, 3)], [(0, (1, 2, 3)), (1, (1, 2, 4)), (2, (1, 2, 3))]),
    ],
)
def test_changes(told: list[tuple[int, ...]], changes: list[tuple[int, tuple[int, ...]]]) -> None:
    assert window_changes(np.array(told, np.int64).reshape(-1, 3)) == changes
