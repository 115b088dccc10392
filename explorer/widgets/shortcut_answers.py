"""What the Shortcuts page asks: counts that are protected already, and estimates over people.

Rows of single people (shortcuts/people and times) are used for estimates alone, and never leave this module.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from explorer.errors import TooFewPeople
from explorer.measures.command_shares import CommandShares, command_shares
from explorer.measures.paired_difference import WayDifferences, way_differences
from explorer.sql import MIN_PEOPLE
from explorer.widgets.opened import run
from explorer.widgets.url_state import Filters

Row = dict[str, Any]
OTHER_WAYS = ("menu", "context_menu", "toolbar")
MENUS = ("menu", "context_menu")


@dataclass(frozen=True, slots=True)
class Share:
    """A command's share of shortcuts with its interval of 95 %, and the people (or sessions) that it is over."""

    rate: float
    rate_lo: float
    rate_hi: float
    people_n: int


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything the page says. `coverage` is by part, empty where the selection is refused or has no session.

    `share` and `times` are None where too few people stand behind them; `is_people` is False where nobody is known, and
    sessions stand for people.
    """

    coverage: Mapping[str, Row]
    commands: Sequence[Row]
    moments: Mapping[tuple[str, str], tuple[str, int]]
    share: Share | None
    shares: Mapping[str, Share]
    times: WayDifferences | None
    is_people: bool

    @property
    def is_refused(self) -> bool:
        """Nothing may be counted over this selection."""
        return "sessions" not in self.coverage

    def counted_n(self, *parts: str) -> int:
        """Rows of these parts together, without those withheld."""
        return sum(self.coverage[part]["rows_n"] or 0 for part in parts if part in self.coverage)


def answers(filters: Filters) -> Answers:
    """Ask for a selection of sessions."""
    params = filters.params()
    coverage = {row["part"]: row for row in run("shortcuts/coverage", **params).to_pylist()}
    if "sessions" not in coverage:
        return Answers({}, (), {}, None, {}, None, True)
    shares, is_people = _shares(params)
    moments = {
        (row["command"], row["via"]): (row["session_id"], row["t_us"])
        for row in run("shortcuts/moments", **params).to_pylist()
    }
    return Answers(
        coverage,
        run("shortcuts/commands", **params).to_pylist(),
        moments,
        None if shares is None else Share(*_interval(shares)),
        {} if shares is None else _each(shares),
        _times(params),
        is_people,
    )


def _shares(params: Mapping[str, object]) -> tuple[CommandShares | None, bool]:
    rows = run("shortcuts/people", **params).to_pylist()
    compared = [row for row in rows if row["is_comparable"]]
    is_people = all(row["is_known"] for row in rows)
    columns = ([row[name] for row in compared] for name in ("person", "command", "via", "uses_n"))
    person, command, via, uses_n = columns
    try:
        return command_shares(person, command, [way == "shortcut" for way in via], uses_n), is_people
    except TooFewPeople:
        return None, is_people


def _interval(shares: CommandShares) -> tuple[float, float, float, int]:
    overall = shares.overall
    return overall.rate, overall.rate_lo, overall.rate_hi, overall.people_n


def _each(shares: CommandShares) -> dict[str, Share]:
    """Shares of the commands that enough people gave, and gave in each of the two ways, or nobody in one of them.

    Five of seven people say that two did otherwise, beside the number of uses of those five.
    """
    found = {}
    for place, command in enumerate(shares.command.tolist()):
        sides = (int(shares.shortcut_people_n[place]), int(shares.other_people_n[place]))
        rate = float(shares.each.rate[place])
        if not math.isnan(rate) and not any(0 < side < MIN_PEOPLE for side in sides):
            ends = float(shares.each.rate_lo[place]), float(shares.each.rate_hi[place])
            found[command] = Share(rate, *ends, int(shares.each.people_n[place]))
    return found


def _times(params: Mapping[str, object]) -> WayDifferences | None:
    rows = run("shortcuts/times", **params)
    person, command, is_shortcut, spent_ms = (
        rows[name].to_numpy() for name in ("person", "command", "is_shortcut", "spent_ms")
    )
    try:
        return way_differences(person, command, is_shortcut, spent_ms / 1000)
    except TooFewPeople:
        return None
