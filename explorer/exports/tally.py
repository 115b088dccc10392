"""What an export wrote, and what it left out, by reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

# Reasons, in the words of the summary. Sessions first, then what is inside them.
REASONS = {
    "session_without_training_consent": "sessions of people whose consent does not cover training",
    "session_without_time": "sessions without times, which the format needs",
    "session_empty": "sessions in which nothing is left that the format can hold",
    "row_without_time": "rows without a time",
    "position_unknown": "pointer rows without a position",
    "position_outside_picture": "actions outside of the picture shown, or whose place in it is unknown",
    "key_unknown": "key presses and shortcuts whose key is not known or not covered by consent",
    "key_without_code": "key rows whose key has no code in the format",
    "text_unknown": "typed texts of which some key is not known or not covered by consent",
    "text_without_keys": "typed texts recorded without key presses",
    "scroll_without_amount": "scroll rows without an amount",
    "scroll_rounded": "scroll amounts rounded to whole lines (they are exported)",
    "drag_without_end": "drags whose end was not recorded",
    "event_without_word": "events that the format has no word for",
    "step_without_word": "annotated steps (thought, reflection, verdict)",
    "step_without_action": "steps without an action (they are exported, empty)",
    "move_without_word": "pointer positions between the actions",
    "picture_missing": "steps and actions without a picture (they are exported)",
    "picture_not_stored": "pictures that lie outside of the dataset or cannot be read",
}


@dataclass(slots=True)
class Tally:
    """Counts: `written` by what (sessions_n, rows_n, …), `left_out` by reason."""

    written: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)

    def wrote(self, what: str, n: int = 1) -> None:
        """Count what was written."""
        self.written[what] += n

    def leave_out(self, reason: str, n: int = 1) -> None:
        """Count what was left out; `reason` is one of REASONS."""
        if reason not in REASONS:
            raise KeyError(reason)
        if n:
            self.left_out[reason] += n

    def lines(self) -> list[tuple[int, str]]:
        """Number and words of each reason that occurred, in a fixed order."""
        return [(self.left_out[reason], words) for reason, words in REASONS.items() if self.left_out[reason]]
