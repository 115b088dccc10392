"""What the Shortcuts page says in sentences. Pure functions, no Streamlit."""

from __future__ import annotations

from explorer import sql
from explorer.measures.paired_difference import WayDifference
from explorer.widgets import wording
from explorer.widgets.shortcut_answers import Answers, Share

WAYS = {
    "shortcut": "shortcut",
    "menu": "menu",
    "context_menu": "context menu",
    "toolbar": "toolbar",
    "unknown": "way not known",
}
FOLLOWED_BY = {
    "context_menu": "command from the menu",
    "other_command": "command by another way",
    "click": "another click",
    "escape": "dismissed by Escape",
    "key": "another key",
    "pointer": "drag or scroll",
    "nothing": "nothing",
    "not_timed": "times not known",
}
_TROUBLES = (
    ("unnamed", "chord without a name", "chords without a name"),
    ("unshown", "shortcut whose keys are not known or not shown", "shortcuts whose keys are not known or not shown"),
    ("unknown", "command given in a way not recorded", "commands given in a way not recorded"),
    ("repeat", "repeat of a held key", "repeats of held keys"),
    ("across_apps", "key held from one app into another", "keys held from one app into another"),
    ("never_released", "key never released", "keys never released"),
    ("recorder", "hotkey of the recorder", "hotkeys of the recorder"),
)  # fmt: skip
SHARE_METHOD = (
    "Each person's share of shortcuts, averaged over people with equal weight. Counted are commands that have a "
    "shortcut and that recordings name also when they are given by menu, context menu or toolbar. The interval is "
    "one of 95 % for people like these (Student's t on the logit scale, with half a person added)."
)
TIMES_METHOD = (
    "Times from the first input that belongs to a command to the command: from the first modifier, and from the press "
    "that opens a menu. The hand's way to that press is not counted, so menus take longer than this says. Compared are "
    "medians within the same person and command, averaged over that person's commands, then over people. The interval "
    "is one of 95 % (the wider of Student's t and a bootstrap over people). It is a difference of two ways as they "
    "were used, not of people."
)


def percent(share: float) -> str:
    """A share in whole percent; what is neither nothing nor everything is never said to be."""
    if share <= 0 or share >= 1:
        return "0 %" if share <= 0 else "100 %"
    return f"{min(99, max(1, round(100 * share)))} %"


def interval(share: Share) -> str:
    """The ends of a share's interval: 55–67 %."""
    return f"{percent(share.rate_lo).removesuffix(' %')}–{percent(share.rate_hi)}"


def headline(found: Answers) -> str:
    """The first sentence of the page."""
    if found.share is not None:
        units = _units(found.share.people_n, found.is_people)
        said = f"Shortcuts were used for {percent(found.share.rate)} of the commands that have one"
        return f"{said} (95 %: {interval(found.share)}, {units})"
    shortcuts_n = found.counted_n("recorded", "standard", "unnamed", "unshown")
    shortcuts = wording.count(shortcuts_n, "shortcut")
    if not shortcuts_n and not found.counted_n("menu", "context_menu", "toolbar", "unknown"):
        return "No shortcut is in these recordings, and they name no command"
    if not found.counted_n("recorded", "menu", "context_menu", "toolbar"):
        return f"{shortcuts}; these recordings name no commands, so how else they were given is not known"
    return f"{shortcuts}; too few people gave comparable commands to tell how often shortcuts were used"


def difference(found: WayDifference, *, is_people: bool = True) -> str:
    """How much longer menus took."""
    much, least, most = (abs(value) for value in (
        found.difference_s, found.difference_lo_s, found.difference_hi_s))  # fmt: skip
    units = _units(found.people_n, is_people)
    if found.difference_lo_s <= 0 <= found.difference_hi_s:
        ends = f"{found.difference_lo_s:.1f} to {found.difference_hi_s:.1f} s"
        return f"No difference of time between menus and shortcuts can be told (95 %: {ends}; {units} used both ways)"
    word = "longer" if found.difference_s > 0 else "less"
    least, most = sorted((least, most))
    ends = f"{least:.1f}–{most:.1f} s; {units} used both ways"
    return f"The same person took {much:.1f} s {word} for the same command by menu than by shortcut (95 %: {ends})"


def whom(found: Answers) -> str:
    """Over whom and what the figures are: 59 sessions · 46 people · 511 commands and shortcuts."""
    sessions = found.coverage["sessions"]
    people_n = sessions["people_n"]
    people = wording.count(people_n, "person", "people") if people_n else "people not known"
    given_n = found.counted_n(
        "recorded", "standard", "unnamed", "unshown", "menu", "context_menu", "toolbar", "unknown"
    )
    counted = wording.count(given_n, "command or shortcut", "commands and shortcuts")
    return " · ".join((wording.count(sessions["rows_n"], "session"), people, counted))


def left_out(found: Answers) -> list[str]:
    """What is not in the figures, or apart from them, one sentence each."""
    said = []
    unknown_n = found.counted_n("unknown_people")
    if unknown_n:
        verb = "is" if unknown_n == 1 else "are"
        said.append(f"{wording.count(unknown_n, 'session')} of agents or unknown people {verb} left out.")
    keyless = found.coverage.get("keyless")
    if keyless is not None:
        many = f"fewer than {sql.MIN_PEOPLE} people" if keyless["rows_n"] is None else (
            wording.count(keyless["people_n"], "person", "people"))  # fmt: skip
        said.append(f"Left out: {many} whose consent does not cover keystrokes.")
    standard_n = found.counted_n("standard")
    if standard_n:
        shortcuts = wording.count(standard_n, "shortcut")
        said.append(f"{shortcuts} named by the standard chords of the system, not by the recording.")
    apart = [
        wording.count(found.counted_n(part), one, many)
        for part, one, many in _TROUBLES
        if found.counted_n(part)
    ]
    if apart:
        said.append(f"Counted apart: {wording.joined(apart)}.")
    return said


def _units(n: int, is_people: bool) -> str:
    return (
        wording.count(n, "person", "people")
        if is_people
        else f"{wording.count(n, 'session')} of unknown people"
    )
