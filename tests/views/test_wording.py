"""How things are said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.trace.schema import LATEST_US, QUALITY_FLAGS, SESSIONS, SOURCE_FORMATS
from explorer.widgets import wording


@pytest.mark.parametrize(
    ("us", "said"),
    [(None, "not known"), (0, "0 s"), (40_000, "0.0 s"), (4_230_000, "4.2 s"), (59_600_000, "1 min 0 s"),
     (192_000_000, "3 min 12 s"), (8_040_000_000, "2 h 14 min"), (10**13, "2,777 h 46 min")],
)  # fmt: skip
def test_durations(us: int | None, said: str) -> None:
    assert wording.duration(us) == said


@pytest.mark.parametrize(
    ("value", "said"), [(0, "0 people"), (1, "1 person"), (2, "2 people"), (412_904, "412,904 people")]
)
def test_counts(value: int, said: str) -> None:
    assert wording.count(value, "person", "people") == said


def test_weeks_and_days() -> None:
    assert wording.week(20_774) == "week of 17 Nov 2026"
    assert wording.week(None) == "not known"
    assert wording.clock(3_723_000_000) == "1:02:03"


@pytest.mark.parametrize("days", [-4, 84_004, 10**9, -(2**31), 2**31 - 1])
def test_a_number_that_is_no_day_is_said_to_be_unknown(days: int) -> None:
    assert wording.day(days) == wording.week(days) == "not known"


@pytest.mark.parametrize("us", [-1, -(2**63), LATEST_US + 1, 2**63 - 1])
def test_a_number_that_is_no_time_is_said_to_be_unknown(us: int) -> None:
    assert wording.duration(us) == wording.clock(us) == "not known"


def test_a_sum_may_be_longer_than_any_session() -> None:
    assert wording.duration(3 * LATEST_US, sessions_n=3) == "263,520 h 0 min"


@pytest.mark.parametrize(
    "text", ["0001-01-01", "9999-12-31", "1969-12-28", "2199-12-30", "", "x", "2026-13-01"]
)
def test_a_date_of_no_recording_is_none(text: str) -> None:
    assert wording.day_of_iso(text) is None


@given(st.integers(0, 60_000))
def test_days_go_through_an_address_unchanged(days: int) -> None:
    assert wording.day_of_iso(wording.iso_day(days)) == days


@given(st.text())
def test_shortened_text_is_short_and_printable(text: str) -> None:
    said = wording.shortened(text, 20)
    assert len(said) <= 21
    assert said.isprintable()


def test_every_word_of_the_schema_can_be_said() -> None:
    assert set(wording.QUALITY) == set(QUALITY_FLAGS)
    assert set(wording.SOURCES) == set(SOURCE_FORMATS)
    assert set(wording.REDACTION) == set(SESSIONS.column("redaction_status").values or ())
    assert set(wording.ACTORS) == set(SESSIONS.column("actor").values or ())
    assert all(text.endswith(".") for _, text in wording.QUALITY.values())
