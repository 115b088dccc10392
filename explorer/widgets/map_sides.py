"""The two sides that a comparison may have: groups of people, systems, weeks, or people and agents."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from explorer.widgets import wording
from explorer.widgets.opened import run
from explorer.widgets.url_state import Filters

LABELS = {"cohort": "Cohorts", "os": "Systems", "week": "Weeks", "actor": "People and agents"}


def sides_offered() -> dict[str, dict[str, str]]:
    """For each way to compare the values that are offered, with their words; those of too few people are not."""
    offered: dict[str, dict[str, str]] = {}
    for row in run("sessions/facets").to_pylist():
        facet, value = row["facet"], row["value"]
        if facet not in LABELS:
            continue
        if facet == "week" and not wording.is_day(int(value)):
            continue
        name = wording.iso_day(int(value)) if facet == "week" else value
        offered.setdefault(facet, {})[name] = side_word(facet, name)
    if "week" in offered:
        offered["week"] = dict(sorted(offered["week"].items()))
    return offered


def side_word(compare: str, value: str) -> str:
    """What a side is called."""
    if compare == "week":
        return wording.week(wording.day_of_iso(value))
    return {"os": wording.SYSTEMS, "actor": wording.ACTORS}.get(compare, {}).get(value, value)


def side_filters(filters: Filters, compare: str, value: str) -> Filters:
    """The page's filters, narrowed to one side."""
    if compare == "week":
        day = wording.day_of_iso(value)
        monday = None if day is None else wording.monday_of(day)
        return replace(filters, day_from=monday, day_to=None if monday is None else monday + 6)
    changes: dict[str, Any] = {compare: value}
    return replace(filters, **changes)
