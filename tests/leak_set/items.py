"""What the leak set consists of: items, their pictures, masks and true values."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from .boxes import Box

LEAKS = (
    "missed", "blurred", "pixelated", "translucent", "near_black", "shifted", "too_small", "display_scale",
    "display_offset", "one_of_two", "declared_not_burned",
)  # fmt: skip
# The last four show nothing personal.
KINDS = (*LEAKS, "burned_not_declared", "over_redacted", "sound_session", "sound")
# Several pictures of one program with the masks of one pass.
SESSIONS = ("display_scale", "display_offset", "sound_session")
# Sound masks are what false alarms are counted on: more of them.
SOUND_FACTOR = 5


@dataclass(frozen=True, slots=True)
class Declared:
    """A mask as the pass declares it; `is_burned`: it is in the pixels, too."""

    box: Box
    entity: str
    method: str
    is_burned: bool = True


@dataclass(frozen=True, slots=True)
class Truth:
    """A personal value and where its ink lies. `open_share` of the ink is under no mask, weak or not."""

    box: Box
    entity: str
    text: str
    ground: str
    open_share: float


@dataclass(frozen=True, slots=True)
class Recovery:
    """Whether the value could be had from the pixels under a weak mask; see recovery.py for the formula."""

    likeness: float
    noise: float
    is_recoverable: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """One stored picture. `subject` is the place in `truths` of the value in question, None where it is not shown."""

    content: bytes
    format: str
    width_px: int
    height_px: int
    masks: tuple[Declared, ...]
    truths: tuple[Truth, ...]
    subject: int | None


@dataclass(frozen=True, slots=True)
class Item:
    """One case: pictures that follow each other (one, two or three), and what is wrong with them.

    `variant` says which of several forms the kind has here; `box` is what the case is about: the mask of the subject,
    or the mask over nothing personal. `recovery` only for weak masks.
    """

    split: str
    kind: str
    number: int
    variant: str
    screen: str
    theme: str
    font: str
    scale: float
    encoding: str
    layout: str
    pictures: tuple[Picture, ...]
    box: Box
    recovery: Recovery | None = None

    @property
    def item_id(self) -> str:
        """Says nothing about the kind: only the answer key does."""
        return hashlib.sha256(f"{self.split}/{self.kind}/{self.number}".encode()).hexdigest()[:16]

    @property
    def is_leak(self) -> bool:
        """Whether something personal can be had from the pictures; weak masks only where it was recoverable."""
        return self.kind in LEAKS and (self.recovery is None or self.recovery.is_recoverable)
