"""All checks, by what they look at. A new check is one file, and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from explorer.scan import (
    bare_in_neighbour,
    ink_at_edge,
    mask_place,
    masked_elsewhere,
    names_in_text,
    not_declared,
    personal_text,
    typed_text,
    weak_mask,
    words_in_picture,
)
from explorer.scan.extras import NER, OCR
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


@dataclass(frozen=True, slots=True)
class TextCheck(Check):
    """Looks at one distinct text after the other; also at text that was rebuilt from keys."""

    look: Callable[[Text], Iterable[Finding]]


PICTURE_CHECKS = (
    PictureCheck(mask_place.NAME, mask_place.VERSION, mask_place.look),
    PictureCheck(weak_mask.NAME, weak_mask.VERSION, weak_mask.look),
    PictureCheck(ink_at_edge.NAME, ink_at_edge.VERSION, ink_at_edge.look),
    PictureCheck(not_declared.NAME, not_declared.VERSION, not_declared.look),
    PictureCheck(bare_in_neighbour.NAME, bare_in_neighbour.VERSION, bare_in_neighbour.look),
)
TEXT_CHECKS = (TextCheck(personal_text.NAME, personal_text.VERSION, personal_text.look),)
# These need more than one text: see work.py.
OTHER_CHECKS = (
    Check(typed_text.NAME, typed_text.VERSION),
    Check(masked_elsewhere.NAME, masked_elsewhere.VERSION),
)
# These need an extra, and have jobs of their own: see picture_work.py and name_work.py.
EXTRA_CHECKS = {
    OCR: Check(words_in_picture.NAME, words_in_picture.VERSION),
    NER: Check(names_in_text.NAME, names_in_text.VERSION),
}
CHECKS: tuple[Check, ...] = (*PICTURE_CHECKS, *TEXT_CHECKS, *OTHER_CHECKS)
# What nothing here looks at.
NOT_LOOKED_AT = {"what files hold beside pixels and rows": "no check of this version does"}


def not_looked_at() -> dict[str, str]:
    """What a scan does not look at here and now, and what it would take."""
    return {extra.looks_at: extra.hint for extra in EXTRA_CHECKS if not extra.is_there} | NOT_LOOKED_AT


def versions() -> str:
    """Names and versions of all checks that a scan uses here and now, in one line."""
    own = [f"{check.name}={check.version}" for check in CHECKS]
    own += [
        f"{check.name}={check.version}+{extra.version}"
        for extra, check in EXTRA_CHECKS.items()
        if extra.is_there
    ]
    return ",".join(sorted(own))
