"""All checks, by what they look at. A new check is one file, and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from explorer.scan import (
    bare_in_neighbour,
    ink_at_edge,
    mask_place,
    masked_elsewhere,
    masks_moved,
    not_declared,
    personal_text,
    typed_text,
    weak_mask,
)
from explorer.scan.finding import Finding
from explorer.scan.views import Text, View


@dataclass(frozen=True, slots=True)
class Check:
    """A check's name and version, which findings carry; a new version makes old scans stale."""

    name: str
    version: int


@dataclass(frozen=True, slots=True)
class PictureCheck(Check):
    """Looks at one picture after the other."""

    look: Callable[[View], Iterable[Finding]]


class Looking(Protocol):
    """What a check of sessions knows so far."""

    def note(self, view: View) -> None:
        """Look at one picture more."""

    def found(self) -> Iterable[Finding]:
        """What all pictures together say."""


@dataclass(frozen=True, slots=True)
class SessionCheck(Check):
    """Looks at all pictures of a job, which are of one session, and then answers."""

    start: Callable[[], Looking]


@dataclass(frozen=True, slots=True)
class TextCheck(Check):
    """Looks at one distinct text after the other; also at text that was rebuilt from keys."""

    look: Callable[[Text], Iterable[Finding]]


PICTURE_CHECKS = (
    PictureCheck(mask_place.NAME, mask_place.VERSION, mask_place.look),
    PictureCheck(weak_mask.NAME, weak_mask.VERSION, weak_mask.look),
    PictureCheck(not_declared.NAME, not_declared.VERSION, not_declared.look),
    PictureCheck(bare_in_neighbour.NAME, bare_in_neighbour.VERSION, bare_in_neighbour.look),
)
SESSION_CHECKS = (
    SessionCheck(ink_at_edge.NAME, ink_at_edge.VERSION, ink_at_edge.Session),
    SessionCheck(masks_moved.NAME, masks_moved.VERSION, masks_moved.Session),
)
TEXT_CHECKS = (TextCheck(personal_text.NAME, personal_text.VERSION, personal_text.look),)
# These need more than one text: see work.py.
OTHER_CHECKS = (
    Check(typed_text.NAME, typed_text.VERSION),
    Check(masked_elsewhere.NAME, masked_elsewhere.VERSION),
)
CHECKS: tuple[Check, ...] = (*PICTURE_CHECKS, *SESSION_CHECKS, *TEXT_CHECKS, *OTHER_CHECKS)
# What nothing here looks at, and what it would take.
NOT_LOOKED_AT = {
    "words in pictures": "needs the extra [ocr], which is not part of this version",
    "names of people in texts": "needs the extra [ner], which is not part of this version",
    "what files hold beside pixels and rows": "no check of this version does",
}


def versions() -> str:
    """Names and versions of all checks, in one line."""
    return ",".join(f"{check.name}={check.version}" for check in sorted(CHECKS, key=lambda one: one.name))
