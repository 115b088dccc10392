"""Cells of a map that too few people stand behind."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]


def withheld_cells(is_there: Bools, min_people: int) -> Bools:
    """Cells to leave blank, of a table that says which person (row) has anything in which cell (column).

    Those with 1 to `min_people` - 1 people. Shares of a map add up to 1, so the rest of it tells what the blank cells
    hold together: where fewer than `min_people` people stand behind all of them, the cell with the fewest people
    among the others goes blank too. A cell with nobody is no secret: it is 0.
    """
    people_n = np.count_nonzero(is_there, axis=0)
    is_withheld: Bools = (people_n > 0) & (people_n < min_people)
    behind_n = np.count_nonzero(is_there[:, is_withheld].any(axis=1))
    if 0 < behind_n < min_people and (people_n >= min_people).any():
        is_withheld[np.argmin(np.where(people_n >= min_people, people_n, len(is_there) + 1))] = True
    return is_withheld
