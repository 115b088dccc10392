"""Which press belongs to which release."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.measures.presses import LONE, NONE, PAIRED, REPEAT, Presses, presses_of

ROLES = {PAIRED: "paired", REPEAT: "repeat", LONE: "lone"}


def presses(text: str, gap_us: int = 100, can_repeat: bool = True) -> Presses:
    """Rows as words: +a presses a, -a releases it; `…` waits 3 s."""
    t_us, rows = 0, []
    for word in text.split():
        t_us += 3_000_000 if word == "…" else gap_us
        rows += [] if word == "…" else [(ord(word[1]), word[0] == "+", t_us)]
    names, downs, times = zip(*rows, strict=True) if rows else ((), (), ())
    repeats = np.full(len(rows), can_repeat)
    return presses_of(np.array(names, np.int64), np.array(downs, bool), repeats, np.array(times, np.int64))


@pytest.mark.parametrize(
    ("rows", "roles"),
    [
        ("+a -a", "paired paired"),
        ("+a +b -a -b", "paired paired paired paired"),
        ("+a +a +a -a", "paired repeat repeat paired"),
        ("+a … +a -a", "lone paired paired"),
        ("+a … -a", "paired paired"),
        ("-a +a -a", "lone paired paired"),
        ("+a -a -a", "paired paired lone"),
        ("+a +b +a", "lone lone repeat"),
        ("+a -b", "lone lone"),
        ("", ""),
    ],
)
def test_roles(rows: str, roles: str) -> None:
    assert " ".join(ROLES[role] for role in presses(rows).role.tolist()) == roles


def test_a_button_does_not_repeat() -> None:
    assert [ROLES[role] for role in presses("+a +a -a", can_repeat=False).role.tolist()] == [
        "lone",
        "paired",
        "paired",
    ]


def test_what_is_held_before_each_row() -> None:
    found = presses("+a +b +c -a +c -b")
    assert [found.held_before(place).tolist() for place in range(7)] == [
        [],
        [0],
        [0, 1],
        [0, 1],
        [1],
        [1],
        [],
    ]


@given(st.lists(st.tuples(st.sampled_from("+-"), st.sampled_from("abc")), max_size=40))
def test_partners_point_at_each_other(rows: list[tuple[str, str]]) -> None:
    found = presses(" ".join(map("".join, rows)))
    for place, partner in enumerate(found.partner.tolist()):
        assert (partner != NONE) == (found.role[place] == PAIRED)
        if partner != NONE:
            assert found.partner[partner] == place
            assert rows[place][1] == rows[partner][1]
            assert rows[min(place, partner)][0] == "+"
            assert rows[max(place, partner)][0] == "-"
