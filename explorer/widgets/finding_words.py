"""What a scan says in sentences: how much was found and where, what was looked at and what was not. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from explorer.scan.finding import UNREAD
from explorer.scan.listed import Choice
from explorer.scan.reading import Kept
from explorer.scan.words import COUNT_WORDS
from explorer.widgets import wording
from explorer.widgets.findings_state import Judged

# Processor time of the scan, where it was measured (docs/decisions/findings-page.md).
_US_A_PICTURE, _US_A_ROW = 57_000, 10
_MOST_NAMED = 6


def headline(judged: Judged) -> str:
    """How many findings are open, of which severity, in how many sessions."""
    listed = judged.found.listed
    kept = listed.mask(Choice(), judged.rows)
    n = int(kept.sum())
    if not n:
        dismissed_n = int(listed.mask(Choice(state="dismissed"), judged.rows).sum())
        return "No open finding" if dismissed_n else "The checks found nothing"
    severities = listed.facets(Choice(), judged.rows)["severity"]
    by = ", ".join(
        f"{wording.number(count)} {wording.shortened(name, 20)}" for name, count in severities.items()
    )
    sessions_n = listed.sessions_n(kept)
    where = f" in {wording.count(sessions_n, 'session')}" if sessions_n else ""
    return f"{wording.count(n, 'finding')}{where}: {by}"


def looked_at(kept: Kept) -> str:
    """What the scan looked at, in numbers."""
    parts = [
        f"{wording.number(kept.counts[name])} {words}"
        for name, words in COUNT_WORDS.items()
        if kept.counts.get(name)
    ]
    if not parts:
        return "Nothing was looked at: there were no rows that consent allows."
    return f"Looked at {wording.joined(parts)}."


def unread_n(judged: Judged) -> int:
    """Places that could not be looked at."""
    listed = judged.found.listed
    return int(listed.mask(Choice(kind=UNREAD, state="all"), judged.rows).sum())


def not_looked_at(kept: Kept) -> list[str]:
    """One sentence for each thing that the scan does not cover."""
    said = [
        f"{wording.shortened(what, 80)}: {wording.shortened(why, 160)}"
        for what, why in kept.not_looked_at.items()
    ]
    if kept.counts.get("drawn_masks"):
        n = wording.number(kept.counts["drawn_masks"])
        said.append(f"{n} masks declared as placeholder: they carry a drawing, so they are not judged")
    if kept.left_out_n:
        said.append(f"{wording.count(kept.left_out_n, 'damaged file')}: left out")
    return said


def nothing_found(kept: Kept) -> str:
    """What an empty result means. Never that all is well."""
    gaps = len(not_looked_at(kept))
    more = (
        f" {wording.count(gaps, 'thing')} {'was' if gaps == 1 else 'were'} not looked at at all."
        if gaps
        else ""
    )
    return f"That is no proof that nothing is there: a check finds what it was made for.{more}"


def stale(kept: Kept) -> str:
    """Why the scan is out of date; empty where it is not."""
    if not kept.stale:
        return ""
    why = wording.joined(list(kept.stale))
    return f"Out of date: {why} since this scan. What it found is shown, and may be gone or not all."


def scan_time(sessions: Sequence[Mapping[str, int]]) -> str:
    """How much there is to look at, and about how long that takes, from the rows of scan/sessions."""
    frames_n = sum(row["frames_n"] for row in sessions)
    rows_n = sum(row["events_n"] + row["steps_n"] for row in sessions)
    seconds = (frames_n * _US_A_PICTURE + rows_n * _US_A_ROW) / 1_000_000
    if seconds < 10:
        length = "a few seconds"
    elif seconds < 90:
        length = f"about {round(seconds / 10) * 10} s"
    elif seconds < 90 * 60:
        length = f"about {round(seconds / 60)} min"
    else:
        length = f"about {wording.number(round(seconds / 3600))} h"
    what = f"{wording.count(frames_n, 'picture')} and {wording.count(rows_n, 'row')}"
    return f"{what}: {length} on one processor, more where the extras are installed."
