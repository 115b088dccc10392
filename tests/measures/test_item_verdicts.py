"""From readings to one verdict an item."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.measures.item_verdicts import (
    BY_RANK,
    NOT_JUDGED,
    is_counted,
    is_leak,
    judged_prefix_n,
    ranks_of,
    worst_by_item,
)

# Readings of one item -> its verdict, whether the upper bound counts it, whether the lower one does.
READINGS = [
    (["clean"], "clean", False, False),
    (["over_redacted", "clean"], "over_redacted", False, False),
    (["clean", "leak", "clean"], "leak", True, True),
    (["unsure", "leak"], "leak", True, True),
    (["unsure", "clean"], "unsure", True, False),
    (["broken", "unsure"], "unsure", True, False),
    (["clean", "broken"], "broken", True, False),
]


@pytest.mark.parametrize(("readings", "verdict", "counted", "leak"), READINGS)
def test_the_worst_reading_decides(readings: list[str], verdict: str, counted: bool, leak: bool) -> None:
    worst = worst_by_item(np.zeros(len(readings), int), ranks_of(readings), 1)
    assert BY_RANK[worst[0]] == verdict
    assert (is_counted(worst)[0], is_leak(worst)[0]) == (counted, leak)


def test_an_item_that_nobody_judged_counts_for_the_upper_bound() -> None:
    worst = worst_by_item([1], ranks_of(["clean"]), 3)
    assert worst.tolist() == [NOT_JUDGED, 0, NOT_JUDGED]
    assert is_counted(worst).tolist() == [True, False, True]
    assert not is_leak(worst).any()


def test_a_word_that_is_no_verdict() -> None:
    with pytest.raises(ValueError, match="clean, over_redacted"):
        ranks_of(["clean", "Leak"])


def test_verdicts_behind_a_gap_wait() -> None:
    worst = worst_by_item([0, 2, 3], [0, 4, 0], 4)
    assert judged_prefix_n([3, 0, 3, 2, 1, 0], worst) == 4
    assert judged_prefix_n([1, 0], worst) == 0
    assert judged_prefix_n([0, 0, 2], worst) == 3
    assert judged_prefix_n([], worst) == 0


def test_a_hundred_thousand_readings() -> None:
    chance = np.random.default_rng(0)
    words = np.array(BY_RANK)[chance.integers(0, 5, 100_000)].tolist()
    item = chance.integers(0, 60_000, 100_000)
    worst = worst_by_item(item, ranks_of(words), 60_000)
    one = int(item[7])
    assert BY_RANK[worst[one]] == max((words[at] for at in np.flatnonzero(item == one)), key=BY_RANK.index)
