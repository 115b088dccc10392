"""Rows of the Shortcuts page: what is drawn and listed, from the answers. Pure functions, no Streamlit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from explorer.charts.adoption import Adopted
from explorer.charts.dumbbells import Dumbbell
from explorer.exports.clip_keys import label_of
from explorer.widgets import wording
from explorer.widgets.player import moment_of, replay_way
from explorer.widgets.ranked import Link, Ranked
from explorer.widgets.shortcut_answers import MENUS, OTHER_WAYS, Answers
from explorer.widgets.shortcut_words import FOLLOWED_BY, WAYS, interval, percent

DRAWN_N = 14
_LONGEST = 60
_LEAST_S = 0.1
Row = Mapping[str, Any]


@dataclass(slots=True)
class Command:
    """One command: uses by way (without those withheld), and the seconds that its menus might have taken less."""

    name: str
    is_comparable: bool
    uses: dict[str, int] = field(default_factory=dict)
    saved_s: float = 0.0

    def by(self, *ways: str) -> int | None:
        """Uses in these ways together; None where there is none, or all are withheld."""
        found = [self.uses[way] for way in ways if way in self.uses]
        return sum(found) if found else None


def commands_of(found: Answers) -> list[Command]:
    """Commands, those first whose menus might have taken most time less, then by uses."""
    commands: dict[str, Command] = {}
    for row in found.commands:
        if not row["is_other"]:
            one = commands.setdefault(row["command"], Command(row["command"], False))
            one.uses[row["via"]] = row["uses_n"]
            one.is_comparable |= row["is_comparable"]
    longer_s = _longer_s(found)
    for one in commands.values():
        if one.is_comparable:
            one.saved_s = (one.by(*MENUS) or 0) * longer_s.get(one.name, longer_s[""])
    return sorted(commands.values(), key=lambda one: (-one.saved_s, -sum(one.uses.values()), one.name))


def _longer_s(found: Answers) -> dict[str, float]:
    """Seconds that a menu takes more than the shortcut, by command; under "" what counts for all others."""
    if found.times is None:
        return {"": 0.0}
    own = zip(found.times.command.tolist(), found.times.difference_s.tolist(), strict=True)
    return {"": found.times.overall.difference_s, **dict(own)}


def dumbbells_by_time(found: Answers, commands: Sequence[Command]) -> list[Dumbbell]:
    """Commands of which enough people used both ways, in seconds, in the order given."""
    times = found.times
    if times is None:
        return []
    columns = (
        times.shortcut_s,
        times.other_s,
        times.difference_s,
        times.difference_lo_s,
        times.difference_hi_s,
    )
    by_name = dict(zip(times.command.tolist(), zip(*columns, times.people_n, strict=True), strict=True))
    rows: list[Dumbbell] = []
    for one in commands:
        if one.name in by_name and len(rows) < DRAWN_N:
            shortcut_s, other_s, much_s, low_s, high_s, people_n = by_name[one.name]
            hint = (
                f"{_named(one)}: {shortcut_s:.2f} s by shortcut, {other_s:.2f} s by menu; difference {much_s:.2f} s "
                f"(95 %: {low_s:.2f} to {high_s:.2f} s), {wording.number(int(people_n))} people used both ways"
            )
            rows.append(Dumbbell(_named(one), float(shortcut_s), float(other_s), hint))
    return rows


def dumbbells_by_uses(commands: Sequence[Command]) -> list[Dumbbell]:
    """Comparable commands by number of uses, in the order given."""
    rows = []
    for one in [one for one in commands if one.is_comparable][:DRAWN_N]:
        shortcut_n, other_n = one.by("shortcut"), one.by(*OTHER_WAYS)
        hint = f"{_named(one)}: {uses_said(one)}"
        if one.saved_s >= _LEAST_S:
            menus = wording.count(one.by(*MENUS) or 0, "use")
            hint += (
                f". {menus} by menu × the difference in time: {wording.duration(round(1e6 * one.saved_s))}"
            )
        rows.append(Dumbbell(_named(one), shortcut_n, other_n, hint))
    return rows


def _named(one: Command) -> str:
    return wording.shortened(one.name, _LONGEST)


def uses_said(one: Command) -> str:
    """Uses by way in words: 31 by shortcut, 14 by menu."""
    return ", ".join(f"{wording.number(one.uses[way])} by {WAYS[way]}" for way in WAYS if way in one.uses)


def ranking(found: Answers, commands: Sequence[Command], carried: Mapping[str, str]) -> list[Ranked]:
    """Commands by uses, with shares of shortcuts and links to a moment of each way."""
    rows = []
    for one in sorted(commands, key=lambda one: (-sum(one.uses.values()), one.name)):
        share = found.shares.get(one.name) if one.is_comparable else None
        text = wording.count(sum(one.uses.values()), "use") if share is None else (
            f"{percent(share.rate)} ({interval(share)})")  # fmt: skip
        units = "people" if found.is_people else "sessions"
        said = (
            ""
            if share is None
            else f". Share of shortcuts: mean over {wording.number(share.people_n)} {units}."
        )
        name = _named(one)
        rows.append(
            Ranked(
                name,
                text,
                {way: one.uses.get(way, 0) for way in WAYS},
                hint=uses_said(one) + said,
                links=_links(found, one.name, name, carried),
            )
        )
    return rows


def _links(found: Answers, command: str, name: str, carried: Mapping[str, str]) -> list[Link]:
    links = []
    for way, word in WAYS.items():
        if (command, way) in found.moments:
            session_id, t_us = found.moments[command, way]
            said = f"Replay a moment of {name} by {word}"
            links.append(Link(word, said, replay_way(session_id, carried, t=moment_of(t_us))))
    return links


def ranking_by_app(rows: Sequence[Row]) -> list[Ranked]:
    """Commands of each application by uses, from rows of shortcuts/commands with applications."""
    uses: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows:
        if not row["is_other"]:
            uses.setdefault((row["app"] or "app not known", row["command"]), {})[row["via"]] = row["uses_n"]
    shown = []
    for (app, name), by_way in sorted(uses.items(), key=lambda item: (-sum(item[1].values()), item[0])):
        one = Command(name, True, by_way)
        text = wording.count(sum(by_way.values()), "use")
        parts = {way: by_way.get(way, 0) for way in WAYS}
        label, note = wording.shortened(name, _LONGEST), wording.shortened(app, 24)
        shown.append(Ranked(label, text, parts, note=note, hint=uses_said(one)))
    return shown


def chord_rows(rows: Sequence[Row]) -> list[Ranked]:
    """Chords with the command they gave; the others last."""
    systems = {row["os"] for row in rows if not row["is_other"]}
    shown = []
    for row in rows:
        text = _times(row["presses_n"], row["people_n"])
        if row["is_other"]:
            shown.append(Ranked("other chords", text, {}))
            continue
        keys = label_of(None, None, row["chord"], row["os"])
        if keys is None:
            continue
        command = wording.shortened(row["command"], _LONGEST) if row["command"] else "unnamed chord"
        notes = [wording.SYSTEMS.get(row["os"] or "", "system not known")] if len(systems) > 1 else []
        notes += ["by standard"] if row["command"] and not row["is_recorded"] else []
        shown.append(Ranked(command, text, {"shortcut": row["presses_n"]}, keys, note=", ".join(notes)))
    return shown


def sequence_rows(rows: Sequence[Row]) -> list[Ranked]:
    """Sequences, the most frequent first."""
    return [
        Ranked(
            wording.shortened(row["sequence"], 120),
            _times(row["times_n"], row["people_n"]),
            {"shortcut": row["times_n"]},
        )
        for row in rows
    ]


def right_click_rows(rows: Sequence[Row]) -> list[Ranked]:
    """What followed right clicks; the others last."""
    shown = []
    for row in rows:
        label = "others" if row["is_other"] else FOLLOWED_BY[row["followed_by"]]
        if row["command"]:
            label = wording.shortened(row["command"], _LONGEST)
        note = wording.shortened(row["app"], 24) if row["app"] else ""
        if row["command"] and row["followed_by"] == "other_command":
            note = "by another way"
        text = _times(row["right_clicks_n"], row["people_n"])
        shown.append(Ranked(label, text, {"right_click": row["right_clicks_n"]}, note=note))
    return shown


def adopted(rows: Sequence[Row], label: str) -> list[Adopted]:
    """Groups with something comparable; `label` is the column that names them. The others come last."""
    shown = []
    for row in (row for row in rows if row["uses_n"]):
        name = wording.day(row[label]) if label == "week_day" and row[label] is not None else row[label]
        name = "others" if row["is_other"] else wording.shortened(name, _LONGEST) or wording.NOT_KNOWN
        share = row["by_shortcut_n"] / row["uses_n"]
        uses = f"{wording.number(row['by_shortcut_n'])} of {wording.count(row['uses_n'], 'use')}"
        people = f", {wording.count(row['people_n'], 'person', 'people')}" if row["people_n"] else ""
        shown.append(Adopted(name, share, f"{name}: {percent(share)}, {uses}{people}"))
    return shown


def _times(n: int, people_n: int) -> str:
    people = f" · {wording.count(people_n, 'person', 'people')}" if people_n else ""
    return f"{wording.number(n)} ×{people}"
