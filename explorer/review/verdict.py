"""One verdict as a reader gives it: the worst of what was seen, and the places where it was seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from explorer.errors import ParameterError
from explorer.review.words import CHANNELS, ENTITIES, REASONS, SEVERITIES, VERDICTS, worst

MOST_SPOTS = 50
LONGEST_SPENT_MS = 600_000  # who takes longer for one item has taken a break
_FARTHEST = 2**31
_BOX = ("left_px", "top_px", "width_px", "height_px")
_NUMBERS = (*_BOX, "seq", "char_start", "char_end")
_COLUMNS = (
    "window_title", "url", "element_name", "text", "key", "task", "instruction", "observation", "thought", "reflection",
    "action_args", "action_code",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of a verdict: a rectangle in picture pixels, characters of a row, or a channel alone."""

    channel: str
    verdict: str = "leak"
    reason: str | None = None
    entity: str | None = None
    severity: str | None = None
    left_px: int | None = None
    top_px: int | None = None
    width_px: int | None = None
    height_px: int | None = None
    column: str | None = None
    seq: int | None = None
    char_start: int | None = None
    char_end: int | None = None

    def __post_init__(self) -> None:
        _known("channel", self.channel, CHANNELS)
        _known("verdict", self.verdict, tuple(one for one in VERDICTS if one != "clean"))
        for name, lists in (
            ("reason", REASONS),
            ("entity", ENTITIES),
            ("severity", SEVERITIES),
            ("column", _COLUMNS),
        ):
            if (value := getattr(self, name)) is not None:
                _known(name, value, tuple(lists))
        for name in _NUMBERS:
            value = getattr(self, name)
            if value is not None and (type(value) is not int or not -_FARTHEST < value < 2**62):
                raise ParameterError("is not a whole number", where=name)
        if len({getattr(self, name) is None for name in _BOX}) > 1:
            raise ParameterError("needs left, top, width and height", where="region")
        if min(self.width_px or 0, self.height_px or 0) < 0:
            raise ParameterError("has a size below zero", where="region")

    def as_json(self) -> dict[str, Any]:
        """Without what is not known."""
        return {name: value for name, value in asdict(self).items() if value is not None}


def spot_of(content: Mapping[str, Any]) -> Spot:
    """A spot from JSON. Raises ParameterError at anything else."""
    unknown = set(content) - {one.name for one in fields(Spot)}
    if unknown or not isinstance(content.get("channel"), str):
        raise ParameterError("could not be understood", where="spot")
    return Spot(**content)


def checked(verdict: str, spots: Sequence[Spot], spent_ms: int) -> tuple[str, tuple[Spot, ...], int]:
    """Verdict, spots and time as they are kept: the verdict is never milder than its worst spot.

    Raises ParameterError where a verdict that needs a place has none.
    """
    _known("verdict", verdict, VERDICTS)
    if len(spots) > MOST_SPOTS:
        raise ParameterError(f"are more than {MOST_SPOTS}", where="spots", hint="Mark the clearest places")
    if verdict in ("leak", "over_redacted", "unsure") and not any(one.verdict == verdict for one in spots):
        raise ParameterError("needs a place, or at least a channel", where=f"verdict {verdict}")
    if isinstance(spent_ms, bool) or not isinstance(spent_ms, int):
        raise ParameterError("is not a whole number", where="spent_ms")
    found = worst((verdict, *(one.verdict for one in spots)))
    return found, tuple(spots), min(max(spent_ms, 0), LONGEST_SPENT_MS)


def _known(where: str, value: object, known: tuple[str, ...]) -> None:
    if value not in known:
        raise ParameterError("is not in the list", where=where, hint=f"Use one of {', '.join(known)}")
