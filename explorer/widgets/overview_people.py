"""Who the people are, as far as groups tell; what they agreed to; what they were told. Never a small group."""

from __future__ import annotations

from collections.abc import Sequence

from explorer import sql
from explorer.widgets import wording
from explorer.widgets.facts import Fact
from explorer.widgets.overview_announced import Announced
from explorer.widgets.overview_beyond import FEW, Row

SHOWN_N = 8
_UP_TO = sql.MIN_PEOPLE - 1
_STATES = {
    "granted": ("Agreed", "What they did not agree to share is in no page and no figure."),
    "unknown": ("Not known", "The recordings do not say whether they agreed."),
}


def cohorts(rows: Sequence[Row]) -> list[Fact]:
    """Rows of collection/cohorts: the largest by name, the rest together."""
    named = [row for row in rows if row["is_named"] and row["cohort"] is not None]
    if not named and all(row["is_named"] for row in rows):
        return [Fact("Groups", "none noted")]
    found = [_cohort(wording.shortened(row["cohort"], 60), row) for row in named[:SHOWN_N]]
    if len(named) > SHOWN_N:
        found.append(Fact(f"{wording.number(len(named) - SHOWN_N)} more groups", "in the CSV"))
    found += [_cohort("In no group", row) for row in rows if row["is_named"] and row["cohort"] is None]
    note = f"Groups of {FEW} are not named."
    return found + [_cohort("Smaller groups", row, note) for row in rows if not row["is_named"]]


def consent(
    rows: Sequence[Row], withdrawn_n: int | None, *, unknown_sessions_n: int, is_whole: bool
) -> list[Fact]:
    """Rows of collection/consent, sessions of unknown people, and the people who withdrew: None where they are few.

    `is_whole` is False when a file that says so is damaged.
    """
    found = [_state(row) for row in rows] if any(row["people_n"] != 0 for row in rows) else []
    if unknown_sessions_n:
        sessions = wording.count(unknown_sessions_n, "session")
        found.append(Fact("Of unknown people", sessions, "Nobody can say whether they agreed."))
    withdrawn = FEW if withdrawn_n is None else _people(withdrawn_n)
    note = "Their recordings are in no page and no figure." if withdrawn_n != 0 else ""
    if not is_whole:
        withdrawn, note = (
            wording.NOT_KNOWN,
            "A file that says so is damaged: sessions that it may speak of are hidden.",
        )
    return [*found, Fact("Withdrawn", withdrawn, note)]


def told(announced: Announced) -> list[Fact]:
    """What dataset.json says that people were told."""
    if not announced.is_noted:
        note = "dataset.json can say it under announced: channels, apps, regions, retention_days and purpose."
        return [Fact("Announced", "not noted", note)]
    days = announced.retention_days
    return [
        Fact("Purpose", wording.shortened(announced.purpose, 300) or "not noted"),
        Fact("Kept for", "not noted" if days is None else wording.count(days, "day")),
        _counted("Channels", "channel", announced.channels),
        _counted("Apps", "app", announced.apps),
        _counted("Regions", "region", announced.regions),
    ]


def _counted(term: str, thing: str, words: Sequence[str] | None) -> Fact:
    if words is None:
        return Fact(term, "not noted")
    return Fact(term, wording.count(len(words), thing) if words else "none")


def _cohort(name: str, row: Row, note: str = "") -> Fact:
    if row["people_n"] is None:
        return Fact(name, FEW, note)
    sessions = wording.count(row["sessions_n"], "session")
    return Fact(name, _people(row["people_n"]), f"{sessions}. {note}" if note else sessions)


def _state(row: Row) -> Fact:
    """A number of people, unless it is small, or the whole minus it would be."""
    term, note = _STATES[row["consent"]]
    if row["people_n"] is None:
        return Fact(term, FEW if row["is_few"] else f"all but 1 to {_UP_TO} people", note)
    return Fact(term, _people(row["people_n"]), note if row["people_n"] else "")


def _people(people_n: int) -> str:
    return wording.count(people_n, "person", "people") if people_n else "nobody"
