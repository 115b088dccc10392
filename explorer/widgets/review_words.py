"""What the review says of verdicts, items and what the checks had found. Pure functions, no Streamlit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from explorer.review import Plan, Revealed, Shown
from explorer.review.words import ENTITIES, REASONS, SEVERITIES
from explorer.scan.finding import KINDS
from explorer.widgets import wording
from explorer.widgets.review_power import share_words

VERDICTS = (
    ("clean", "Clean", "Nothing personal can be seen or recovered"),
    ("leak", "Leak", "Personal data can be seen or recovered"),
    ("over_redacted", "Over-redacted", "Something is masked without need"),
    ("unsure", "Unsure", "Counts as a leak until someone decides"),
    ("broken", "Broken", "Cannot be looked at; counts as a leak in the bound"),
)
VERDICT_WORDS = {name: label for name, label, _ in VERDICTS}
CHANNELS = {
    "frame": "Screen",
    "window_title": "Window title",
    "url": "Address",
    "clipboard": "Clipboard",
    "typed": "Typed text",
    "element_name": "Name of an element",
    "task": "Task",
    "thought": "Agent's text",
}
# Which reasons are offered for which verdict.
_REASONS = {
    "leak": (
        "missed", "misplaced", "weak_mask", "masked_elsewhere", "neighbour", "reflected", "typed", "placeholder",
        "together",
    ),
    "over_redacted": ("not_personal", "too_large"),
    "unsure": ("cannot_judge", "cannot_read", "not_shown"),
}  # fmt: skip
STATES = {
    "committed": "Committed, not started",
    "started": "Under way",
    "finished": "Finished",
    "abandoned": "Abandoned",
}


def lists() -> dict[str, Any]:
    """The lists that the stage offers, each with its words."""
    return {
        "verdicts": [list(verdict) for verdict in VERDICTS],
        "channels": CHANNELS,
        "entities": [[name, words.capitalize()] for name, words in ENTITIES.items()],
        "severities": [[name, words.capitalize()] for name, words in SEVERITIES.items()],
        "reasons": {
            verdict: [[name, REASONS[name].capitalize()] for name in names]
            for verdict, names in _REASONS.items()
        },
    }


def shown_of(shown: Shown) -> dict[str, Any]:
    """What there is to see of an item, for the stage: texts and masks, no word on why it is in the queue."""
    return {
        "has_picture": shown.has_picture, "width_px": shown.width_px, "height_px": shown.height_px,
        "has_before": shown.has_before, "is_broken": shown.is_broken,
        "texts": [asdict(row) for row in shown.texts], "masks": [asdict(box) for box in shown.masks],
    }  # fmt: skip


def revealed_words(rows: Sequence[Revealed]) -> str:
    """One sentence over a closed batch."""
    planted = [row for row in rows if row.planted]
    flagged_n = sum(bool(row.findings) for row in rows)
    said = f"The checks had found something in {wording.number(flagged_n)} of {wording.count(len(rows), 'item')}."
    if not planted:
        return said
    called_n = wording.number(sum(row.verdict in ("leak", "unsure") for row in planted))
    return f"{said} {wording.count(len(planted), 'leak')} had been planted; {called_n} called leak or unsure."


def revealed_row(row: Revealed, ways: Mapping[str, str]) -> dict[str, Any]:
    """An item of a closed batch for the list: the verdict, what was there, and the way to its moment."""
    return {"verdict": row.verdict, "words": _revealed(row), "way": ways.get(row.moment_id)}


def _revealed(row: Revealed) -> str:
    said = []
    if row.planted:
        said.append(f"Planted leak ({_channel(row.planted.channel)})")
    said += [
        f"{KINDS.get(one.kind, one.kind)} ({_channel(one.channel)}, {one.severity})" for one in row.findings
    ]
    return "; ".join(said) or "The checks had found nothing"


def _channel(name: str) -> str:
    return CHANNELS.get(name, name).lower()


def when(utc_us: int) -> str:
    """A day and a time of UTC: 29 Nov 2026, 18:40 UTC."""
    days, rest = divmod(utc_us // 1_000_000, 86_400)
    return f"{wording.day(days)}, {rest // 3600:02}:{rest % 3600 // 60:02} UTC"


def target_words(plan: Plan) -> str:
    """What a plan is to show."""
    return f"Do fewer than {share_words(plan.terms.target_rate)} of moments leak?"
