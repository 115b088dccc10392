"""The pieces below the overview: what was announced, what goes beyond it, one moment of a session."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.trace.arrow import from_rows
from explorer.widgets import overview_people, wording
from explorer.widgets.overview_announced import Announced, announced_of, listed
from explorer.widgets.overview_beyond import findings
from explorer.widgets.overview_figures import figures_of, redaction
from explorer.widgets.overview_ledger import app_lines
from explorer.widgets.overview_moment import (
    LONGEST_ROWS,
    LONGEST_US,
    MOST_POINTS,
    Plane,
    Pointer,
    Stretch,
    best,
)

TODAY = date(2026, 11, 22)
TOTALS = {
    "sessions_n": 10, "agent_sessions_n": 0, "timed_sessions_n": 10, "region_sessions_n": 0, "week_sessions_n": 10,
    "people_n": 6, "unknown_people_sessions_n": 0, "duration_us": 60_000_000, "weeks_n": 1, "first_week_day": 20_773,
    "last_week_day": 20_773, "apps_n": 0, "frames_n": 0, "redacted_frames_n": 0,
}  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(["channels", "apps", "regions", "retention_days", "purpose"]), JSON))
def test_any_announcement_is_understood(document: dict[str, Any]) -> None:
    told = announced_of(document)
    for words in (told.channels, told.apps, told.regions):
        assert words is None or all(isinstance(word, str) and word == word.strip() for word in words)
    assert told.retention_days is None or told.retention_days > 0
    assert "||" not in (listed(told.apps) or "")


def test_an_announcement_is_read_as_it_was_meant() -> None:
    told = announced_of(
        {"channels": [" Window Titles", "window-titles", 7, ""], "apps": [], "retention_days": 30}
    )
    assert told == Announced(channels=("window_titles",), apps=(), retention_days=30)
    assert told.is_noted
    assert not announced_of({"purpose": 7, "retention_days": -1}).is_noted
    assert listed(("Mail", "A|B", "Sheet")) == "Mail|Sheet"
    assert (listed(()), listed(None)) == ("", None)


def region(name: str | None, people_n: int | None, **columns: Any) -> dict[str, Any]:
    row = {
        "region": name,
        "is_announced": False,
        "regions_n": 1,
        "sessions_n": 3,
        "people_n": people_n,
        "is_few": False,
    }
    return row | columns


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([region("DE", 6)], "6 people in DE"),
        ([region("DE", 6), region(None, 7, regions_n=3)],
         "6 people in DE and 7 people in regions with fewer than 5 people each"),
        ([region("DE", None), region(None, None, is_few=True)], "at least 5 people in DE and fewer than 5 people"),
        ([region("DE", 0)], "3 sessions of unknown people in DE"),
        ([region(f"R{i}", 5) for i in range(7)], "5 people in R0, 5 people in R1, 5 people in R2, 5 people in R3,"
                                                 " 5 people in R4 and 2 more"),
    ],
)  # fmt: skip
def test_who_is_outside_the_announced_regions(rows: list[dict[str, Any]], said: str) -> None:
    [found] = findings(
        Announced(regions=("IE",)), channels=[], apps=[], regions=rows, totals=TOTALS, today=TODAY
    )
    assert found.head == f"Outside the announced regions: {said}"


def app(name: str | None, apps_n: int = 1, *, is_announced: bool | None = False) -> dict[str, Any]:
    return {"app": name, "is_announced": is_announced, "apps_n": apps_n, "sessions_n": 4}


@pytest.mark.parametrize(
    ("rows", "head", "note"),
    [
        ([app("A")], "1 app was not announced: A", "In 4 of 10 sessions"),
        ([app("A"), app("B")], "2 apps were not announced: A and B", "A in 4 and B in 4 of 10 sessions"),
        ([app(None, 1)], "1 app was not announced: one that fewer than 5 people used", ""),
        ([app(None, 3)], "3 apps were not announced: 3 that fewer than 5 people used each", ""),
        ([app(n) for n in "ABCDEFG"], "7 apps were not announced: A, B, C, D, E and 2 more",
         "A in 4, B in 4, C in 4, D in 4 and E in 4 of 10 sessions"),
    ],
)  # fmt: skip
def test_apps_that_were_not_announced(rows: list[dict[str, Any]], head: str, note: str) -> None:
    [found] = findings(Announced(apps=()), channels=[], apps=rows, regions=[], totals=TOTALS, today=TODAY)
    assert (found.head, found.note) == (head, note)


def test_what_is_not_said_is_not_compared() -> None:
    rows = [app("A", is_announced=None)]
    channels = [{"channel": "keys", "rows_n": 3, "sessions_n": 1, "of_n": 1}]
    assert findings(Announced(), channels=channels, apps=rows, regions=[], totals=TOTALS, today=TODAY) == []


@pytest.mark.parametrize(
    ("days", "first", "is_late"), [(7, 20_766, True), (8, 20_766, False), (1, None, False), (None, 0, False)]
)
def test_retention_counts_from_the_end_of_the_week(
    days: int | None, first: int | None, is_late: bool
) -> None:
    # 2026-11-22 is day 20,779; the week of day 20,766 ends with day 20,772.
    found = findings(
        Announced(retention_days=days), channels=[], apps=[], regions=[], today=date(2026, 11, 23),
        totals=TOTALS | {"first_week_day": first},
    )  # fmt: skip
    assert bool(found) is is_late


def test_absent_apps_are_named_only_where_no_small_group_hides_one() -> None:
    told = Announced(apps=("Mail", "Sheet", "Notes"))
    assert [line.label for line in app_lines([app("mail", is_announced=True)], told, 10)] == [
        "mail",
        "Sheet",
        "Notes",
    ]
    rows = [app("Mail", is_announced=True), app(None, 1, is_announced=True)]
    assert [line.label for line in app_lines(rows, told, 10)] == [
        "Mail",
        "1 app used by fewer than 5 people",
        "1 other app",
    ]
    many = [app(f"A{i}", is_announced=None) for i in range(10)]
    assert [line.label for line in app_lines(many, Announced(), 10)][-1] == "2 more apps"


def test_shares_are_never_rounded_to_all_or_nothing() -> None:
    said = [redaction(TOTALS | {"frames_n": 1000, "redacted_frames_n": n})[1] for n in (0, 999, 1000)]
    assert said[0].endswith("A redaction pass covered none of 1,000 screenshots.")
    assert said[2].endswith(
        "A redaction pass covered all 1,000 screenshots: where it looked, not what it missed."
    )
    below = [
        figures_of(TOTALS | {"frames_n": 1000, "redacted_frames_n": n}, [])[-1].below
        for n in (0, 1, 999, 1000)
    ]
    assert [words.split(" covered")[0] for words in below] == ["none", "1 %", "99 %", "all"]


@pytest.mark.parametrize(
    ("us", "sessions_n", "said"),
    [(0, 1, "0 s"), (90_000_000, 1, "1 min 30 s"), (359_000_000_000, 9, "99 h 43 min"),
     (4_320_000_000_000, 99, "1,200 h"), (2**62, 1, "not known")],
)  # fmt: skip
def test_lengths_have_units(us: int, sessions_n: int, said: str) -> None:
    value = figures_of(TOTALS | {"duration_us": us, "timed_sessions_n": sessions_n}, [])[0].value
    assert " ".join(word for pair in value for word in pair if word) == said


def test_many_groups_are_cut() -> None:
    rows = [
        {"cohort": f"C{i}", "is_named": True, "cohorts_n": 1, "people_n": 9, "sessions_n": 9}
        for i in range(11)
    ]
    assert [fact.term for fact in overview_people.cohorts(rows)][-1] == "3 more groups"
    nobody = {"cohort": None, "is_named": True, "cohorts_n": 1, "people_n": 9, "sessions_n": 9}
    assert overview_people.cohorts([nobody])[0].value == "none noted"
    assert [fact.term for fact in overview_people.cohorts([rows[0], nobody])] == ["C0", "In no group"]


def pointer(
    *moves: tuple[int | None, int | None, int | None], clicks: tuple[tuple[int, str], ...] = ()
) -> Pointer:
    """Moves of t_us, x_px, y_px in the order of seq; clicks of seq and button at 1, 1."""
    rows = [
        {"session_id": "s", "seq": i, "t_us": t, "x_px": x, "y_px": y} for i, (t, x, y) in enumerate(moves)
    ]
    presses = [
        {
            "session_id": "s",
            "seq": seq,
            "kind": "click",
            "button": button,
            "x_px": 1,
            "y_px": 1,
            "is_derived": False,
        }
        for seq, button in clicks
    ]
    return Pointer(pa.table(from_rows("moves", rows)), pa.table(from_rows("events", presses)))


SCREEN = Plane(100, 100)


def test_the_path_breaks_where_the_pointer_leaves() -> None:
    moment = pointer(
        (0, 1, 1), (1, 2, 2), (2, 100, 2), (3, None, 2), (4, 5, 5), (5, 6, 6), (6, -1, 0)
    ).moment(Stretch(SCREEN, 0, 99))
    assert moment.lines == [[1, 1, 2, 2], [5, 5, 6, 6]]


def test_a_moment_ends_after_its_longest_time_or_rows() -> None:
    long = pointer((0, 1, 1), (LONGEST_US, 2, 2), (LONGEST_US + 1, 3, 3)).moment(Stretch(SCREEN, 0, 99))
    assert (long.lines, long.duration_us) == ([[1, 1, 2, 2]], LONGEST_US)
    timeless = pointer(*[(None, i % 100, 1) for i in range(LONGEST_ROWS + 50)]).moment(
        Stretch(SCREEN, 0, 9999)
    )
    assert (len(timeless.lines[0]), timeless.duration_us) == (2 * LONGEST_ROWS, None)


def test_a_dense_path_is_thinned_and_keeps_its_ends() -> None:
    dense = pointer(*[(i, i % 97, i % 89) for i in range(5000)])
    [line] = dense.moment(Stretch(SCREEN, 0, 9999)).lines
    assert len(line) <= 2 * (MOST_POINTS + 1)
    assert line[-2:] == [4999 % 97, 4999 % 89]


def test_the_stretch_with_the_most_to_see_is_shown() -> None:
    still = [(1_000_000 * i, 1, 1) for i in range(30)]
    busy = [(30_000_000 + 1_000_000 * i, 90 * (i % 2), 90 * (i % 2)) for i in range(30)]
    moves = pointer(*still, *busy, clicks=((58, "right"), (70, "left")))
    found = best(moves, moves.stretches(SCREEN))
    assert found is not None
    assert (found.stretch.seq_from, found.stretch.seq_to) == (30, 71)
    assert found.clicks == [(1, 1, True), (1, 1, False)]
    assert best(pointer(), pointer().stretches(SCREEN)) is None
    only_clicks = pointer(clicks=((3, "left"), (5, "left")))
    assert [len(only_clicks.moment(s).clicks) for s in only_clicks.stretches(SCREEN)] == [2]


@given(
    st.lists(
        st.tuples(st.none() | st.integers(-(2**62), 2**62), st.none() | st.integers(-(2**31), 2**31 - 1)),
        max_size=40,
    )
)
def test_any_positions_stay_on_the_plane(rows: list[tuple[int | None, int | None]]) -> None:
    moves = pointer(*[(t, x, x) for t, x in rows])
    with np.errstate(all="raise"):
        found = best(moves, moves.stretches(Plane(64, 40, left=-5, top=3, scale_x=0.5, scale_y=2.0)))
    for line in found.lines if found else ():
        assert all(0 <= x < 64 for x in line[::2])
        assert all(0 <= y < 40 for y in line[1::2])


def test_words_are_joined_as_they_are_read() -> None:
    assert [wording.joined("abc"[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
