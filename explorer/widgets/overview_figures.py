"""The big numbers of the overview, and whether redaction was measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from explorer.widgets import wording
from explorer.widgets.loader import mount
from explorer.widgets.overview_beyond import Row

_MINUTES_UP_TO_H = 100
_NAMED_APPS = 3
_HOUR_US = 3_600_000_000


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: `value` as pairs of digits and unit, its noun, what stands below, and what it counts."""

    value: list[tuple[str, str]]
    label: str
    below: str
    hint: str


def figures(totals: dict[str, Any], apps: Sequence[Row], notes: Sequence[str]) -> None:
    """Show them. `apps` are the rows of collection/apps; `notes` are things to know about the data as a whole."""
    mount(
        "overview_figures",
        '<div class="figures"></div>\n',
        key="overview_figures",
        data={
            "figures": [asdict(figure) for figure in figures_of(totals, apps)],
            "redaction": redaction(totals),
            "notes": list(notes),
        },
    )


def figures_of(totals: dict[str, Any], apps: Sequence[Row]) -> list[Figure]:
    """The six numbers."""
    return [
        _recorded(totals),
        _people(totals),
        _sessions(totals),
        _apps(totals, apps),
        _weeks(totals),
        _frames(totals),
    ]


def redaction(totals: dict[str, Any]) -> tuple[str, str]:
    """Whether it is known how much private text is left, and what a redaction pass covered."""
    note = "No sample has been reviewed, so nobody knows how much private text can still be read."
    frames_n, covered_n = totals["frames_n"], totals["redacted_frames_n"]
    if frames_n:
        note += f" A redaction pass covered {_of(covered_n, frames_n, 'screenshot')}"
        note += ": where it looked, not what it missed." if covered_n else "."
    return "not yet measured", note


def in_people(totals: dict[str, Any]) -> str:
    """Over how many people the figures are: 72 sessions · 48 known people."""
    people_n = totals["people_n"]
    people = wording.count(people_n, "known person", "known people") if people_n else "people not known"
    return f"{wording.count(totals['sessions_n'], 'session')} · {people}"


def _recorded(totals: dict[str, Any]) -> Figure:
    timed_n, sessions_n = totals["timed_sessions_n"], totals["sessions_n"]
    below = (
        ""
        if timed_n == sessions_n
        else f"length known for {wording.number(timed_n)} of {wording.number(sessions_n)}"
    )
    value = _length(totals["duration_us"], timed_n) if timed_n else [(wording.NOT_KNOWN, "")]
    return Figure(value, "recorded", below, "Summed length of all sessions, pauses included.")


def _length(us: int, sessions_n: int) -> list[tuple[str, str]]:
    words = wording.duration(us, sessions_n=sessions_n).split(" ")
    if words == wording.NOT_KNOWN.split(" "):
        return [(wording.NOT_KNOWN, "")]
    pairs = list(zip(words[::2], words[1::2], strict=True))
    return pairs[:1] if us >= _MINUTES_UP_TO_H * _HOUR_US else pairs


def _people(totals: dict[str, Any]) -> Figure:
    people_n, unknown_n = totals["people_n"], totals["unknown_people_sessions_n"]
    below = f"{wording.count(unknown_n, 'session')} of unknown people" if unknown_n and people_n else ""
    hint = "Different people by their pseudonyms. People who withdrew are not among them."
    if not people_n:
        return Figure([(wording.NOT_KNOWN, "")], "people", "", "The recordings do not say who was recorded.")
    return Figure(_whole(people_n), "person" if people_n == 1 else "people", below, hint)


def _sessions(totals: dict[str, Any]) -> Figure:
    sessions_n, agents_n = totals["sessions_n"], totals["agent_sessions_n"]
    below = f"{wording.number(agents_n)} by {'an agent' if agents_n == 1 else 'agents'}" if agents_n else ""
    hint = "Recordings from start to stop. An agent is a program that acted instead of a person."
    return Figure(_whole(sessions_n), "session" if sessions_n == 1 else "sessions", below, hint)


def _apps(totals: dict[str, Any], rows: Sequence[Row]) -> Figure:
    apps_n = totals["apps_n"]
    if not apps_n:
        return Figure([(wording.NOT_KNOWN, "")], "apps", "", "The recordings do not name applications.")
    named = sorted((-row["sessions_n"], row["app"]) for row in rows if row["app"] is not None)[:_NAMED_APPS]
    names = [wording.shortened(app, 24) for _, app in named]
    more_n = apps_n - len(names)
    below = wording.joined([*names, *[f"{wording.number(more_n)} more"] * bool(more_n)]) if names else ""
    return Figure(
        _whole(apps_n), "app" if apps_n == 1 else "apps", below, "Different applications by their names."
    )


def _weeks(totals: dict[str, Any]) -> Figure:
    weeks_n, first, last = totals["weeks_n"], totals["first_week_day"], totals["last_week_day"]
    hint = "Weeks with recordings, Monday to Sunday. Days are not shown: they would tell when someone worked."
    if not weeks_n:
        return Figure(
            [(wording.NOT_KNOWN, "")], "weeks", "", "The recordings do not say when they were made."
        )
    below = wording.week(first) if weeks_n == 1 else f"{wording.day(first)} to {wording.day(last + 6)}"
    return Figure(_whole(weeks_n), "week" if weeks_n == 1 else "weeks", below, hint)


def _frames(totals: dict[str, Any]) -> Figure:
    frames_n, covered_n = totals["frames_n"], totals["redacted_frames_n"]
    below = f"{_percent(covered_n, frames_n)} covered by redaction" if frames_n else ""
    hint = "Pictures of the screen. Covered means that a redaction pass went over them, even if it found nothing."
    return Figure(_whole(frames_n), "screenshot" if frames_n == 1 else "screenshots", below, hint)


def _whole(value: int) -> list[tuple[str, str]]:
    return [(wording.number(value), "")]


def _of(part_n: int, whole_n: int, thing: str) -> str:
    if part_n == whole_n:
        return f"all {wording.count(whole_n, thing)}" if whole_n > 1 else f"the only {thing}"
    return f"{wording.number(part_n) if part_n else 'none'} of {wording.count(whole_n, thing)}"


def _percent(part_n: int, whole_n: int) -> str:
    """A share in whole percent; never 0 % or 100 % for what is neither nothing nor everything."""
    if part_n in (0, whole_n):
        return "all" if part_n else "none"
    return f"{min(99, max(1, round(100 * part_n / whole_n)))} %"
