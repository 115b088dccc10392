"""Where the recordings go beyond what was announced, in words for those who have to look after it.

Rows are those of collection/channels, apps, regions and totals. Pure functions, no Streamlit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from explorer import sql
from explorer.widgets import wording
from explorer.widgets.overview_announced import CHANNELS, Announced

Row = dict[str, Any]
FEW = f"fewer than {sql.MIN_PEOPLE} people"
_NAMED_N = 5
_WEEK_DAYS = 7
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look after: what is so, and how much of it."""

    head: str
    note: str = ""
    href: str = ""


def findings(
    told: Announced,
    *,
    channels: Sequence[Row],
    apps: Sequence[Row],
    regions: Sequence[Row],
    totals: Row,
    today: date,
) -> list[Finding]:
    """What was recorded and not announced, and what is kept longer; only where the announcement says something."""
    found = (
        _channels([row for row in channels if is_beyond(row, told)]),
        _apps([row for row in apps if row["is_announced"] is False], totals["sessions_n"]),
        _regions([row for row in regions if row["is_announced"] is False], told.regions or ()),
        _retention(told.retention_days, totals["first_week_day"], today),
    )
    return [finding for finding in found if finding]


def compared(told: Announced, found: Sequence[Finding]) -> str:
    """What could be compared with the announcement, and what came of it, in one line."""
    lists = {"channels": told.channels, "apps": told.apps, "regions": told.regions}
    known = [name for name, words in lists.items() if words is not None]
    if not known:
        return (
            "This dataset does not say what people were told would be recorded, so nothing can be compared."
        )
    said = f"Compared with what people were told: {wording.joined(known)}."
    return said + ("" if found else " Nothing here goes beyond it.")


def is_beyond(channel: Row, told: Announced) -> bool:
    """Whether a row of collection/channels holds what was not announced."""
    return told.channels is not None and channel["rows_n"] > 0 and channel["channel"] not in told.channels


def _channels(rows: Sequence[Row]) -> Finding | None:
    if not rows:
        return None
    labels = [CHANNELS[row["channel"]][0] for row in rows]
    head = f"{_were(len(rows), 'channel')}: {wording.joined([label.lower() for label in labels])}"
    return Finding(head, _in(labels, rows, rows[0]["of_n"]))


def _apps(rows: Sequence[Row], sessions_n: int) -> Finding | None:
    if not rows:
        return None
    named = [row for row in rows if row["app"] is not None]
    labels = [wording.shortened(row["app"], 60) for row in named[:_NAMED_N]]
    more_n = len(named) - _NAMED_N
    few_n = sum(row["apps_n"] for row in rows if row["app"] is None)
    words = [*labels, *[f"{wording.number(more_n)} more"] * (more_n > 0), *[_few_apps(few_n)] * (few_n > 0)]
    head = f"{_were(len(named) + few_n, 'app')}: {wording.joined(words)}"
    return Finding(head, _in(labels, named, sessions_n))


def _in(labels: Sequence[str], rows: Sequence[Row], of_n: int) -> str:
    """In how many sessions each of them is."""
    if not labels:
        return ""
    parts = [wording.number(row["sessions_n"]) for row in rows[: len(labels)]]
    if len(parts) > 1:
        parts = [f"{label} in {part}" for label, part in zip(labels, parts, strict=True)]
    return f"{'' if len(parts) > 1 else 'In '}{wording.joined(parts)} of {wording.count(of_n, 'session')}"


def _few_apps(apps_n: int) -> str:
    return f"one that {FEW} used" if apps_n == 1 else f"{wording.number(apps_n)} that {FEW} used each"


def _were(things_n: int, thing: str) -> str:
    return f"{wording.count(things_n, thing)} {'was' if things_n == 1 else 'were'} not announced"


def _regions(rows: Sequence[Row], told: Sequence[str]) -> Finding | None:
    if not rows:
        return None
    words = [_region(row) for row in rows[:_NAMED_N]]
    words += [f"{wording.number(len(rows) - _NAMED_N)} more"] * (len(rows) > _NAMED_N)
    named = wording.joined([wording.shortened(region, 20) for region in told[:_NAMED_N]])
    more_n = len(told) - _NAMED_N
    note = f"Announced: {named or 'none'}{f' and {wording.number(more_n)} more' if more_n > 0 else ''}"
    return Finding(f"Outside the announced regions: {wording.joined(words)}", note)


def _region(row: Row) -> str:
    """Who is in a region: never a number of people that could single one out."""
    if row["region"] is None:
        return FEW if row["is_few"] else f"{_people(row)} in regions with {FEW} each"
    return f"{_people(row)} in {wording.shortened(row['region'], 20)}"


def _people(row: Row) -> str:
    if row["people_n"] == 0:
        sessions_n = row["sessions_n"]
        return (
            f"{'sessions' if sessions_n is None else wording.count(sessions_n, 'session')} of unknown people"
        )
    if row["people_n"] is None:
        return f"at least {sql.MIN_PEOPLE} people"
    return wording.count(row["people_n"], "person", "people")


def _retention(days: int | None, first_week_day: int | None, today: date) -> Finding | None:
    """Recordings are as old as the end of their week: single days are nowhere told."""
    if days is None or first_week_day is None or not wording.is_day(first_week_day):
        return None
    age_days = (today - _EPOCH).days - (first_week_day + _WEEK_DAYS - 1)
    if age_days <= days:
        return None
    note = (
        f"Announced: {wording.count(days, 'day')}. The oldest recordings: {wording.count(age_days, 'day')}."
    )
    return Finding("Recordings are kept longer than announced", note)
