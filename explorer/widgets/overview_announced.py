"""What people were told would be recorded, as dataset.json says it. Pure functions, no Streamlit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

# Channel of rollups/session_channels: how it is said, and what it holds.
CHANNELS = {
    "moves": ("Pointer positions", "Where the pointer was, many times a second."),
    "clicks": ("Clicks", "Clicks of any mouse button, and touches."),
    "keys": ("Keys", "Key presses and keyboard shortcuts: which key, and when."),
    "text": ("Typed and copied text", "Text that was typed, pasted or copied."),
    "screenshots": ("Screenshots", "Pictures of the screen."),
    "window_titles": ("Window titles", "Titles of windows, and names of the elements in them."),
    "urls": ("Page addresses", "Addresses of the pages that were open."),
}
_PARTED_BY = "|"
_MOST_WORDS = 500
_LONGEST_WORD = 200
_LONGEST_DAYS = 100_000


@dataclass(frozen=True, slots=True)
class Announced:
    """What was announced; None, or no purpose: the dataset does not say."""

    channels: tuple[str, ...] | None = None
    apps: tuple[str, ...] | None = None
    regions: tuple[str, ...] | None = None
    retention_days: int | None = None
    purpose: str = ""

    @property
    def is_noted(self) -> bool:
        """Whether the dataset says anything about what people were told."""
        return self != Announced()


def announced_of(document: Mapping[str, Any]) -> Announced:
    """What dataset.json holds under `announced`; whatever has another shape is not known."""
    channels, purpose = _words(document.get("channels")), document.get("purpose")
    return Announced(
        channels=None if channels is None else tuple(dict.fromkeys(map(_plain, channels))),
        apps=_words(document.get("apps")),
        regions=_words(document.get("regions")),
        retention_days=_days(document.get("retention_days")),
        purpose=purpose if isinstance(purpose, str) else "",
    )


def listed(words: Iterable[str] | None) -> str | None:
    """Words as collection/apps and collection/regions want them; a word with the sign that parts them is left out."""
    return None if words is None else _PARTED_BY.join(word for word in words if _PARTED_BY not in word)


def _plain(channel: str) -> str:
    return channel.lower().replace(" ", "_").replace("-", "_")


def _words(given: object) -> tuple[str, ...] | None:
    if not isinstance(given, list):
        return None
    words = (word.strip() for word in given[:_MOST_WORDS] if isinstance(word, str))
    return tuple(dict.fromkeys(word for word in words if 0 < len(word) <= _LONGEST_WORD))


def _days(given: object) -> int | None:
    is_number = isinstance(given, int) and not isinstance(given, bool)
    return given if is_number and 0 < given <= _LONGEST_DAYS else None  # type: ignore[operator, return-value]
