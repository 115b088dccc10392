"""All checks, by what they look at. A new check is one file, and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from explorer.scan import (
    bare_in_neighbour,
    ink_at_edge,
    mask_place,
    masked_elsewhere,
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


@dataclass(frozen=True, slots=True)
class TextCheck(Check):
    """Looks at one distinct text after the other; also at text that was rebuilt from keys.

    `sift` tells of many texts of a channel at once what each can hold: 0 where `look` would find nothing.
    """

    look: Callable[[Text], Iterable[Finding]]
    sift: Callable[[pa.Array, str], NDArray[np.uint8]] | None = None


PICTURE_CHECKS = (
    PictureCheck(mask_place.NAME, mask_place.VERSION, mask_place.look),
    PictureCheck(weak_mask.NAME, weak_mask.VERSION, weak_mask.look),
    PictureCheck(ink_at_edge.NAME, ink_at_edge.VERSION, ink_at_edge.look),
    PictureCheck(not_declared.NAME, not_declared.VERSION, not_declared.look),
    PictureCheck(bare_in_neighbour.NAME, bare_in_neighbour.VERSION, bare_in_neighbour.look),
)
TEXT_CHECKS = (TextCheck(personal_text.NAME, personal_text.VERSION, personal_text.look, personal_text.sift),)
# These need more than one text: see work.py.
OTHER_CHECKS = (
    Check(typed_text.NAME, typed_text.VERSION),
    Check(masked_elsewhere.NAME, masked_elsewhere.VERSION),
)
CHECKS: tuple[Check, ...] = (*PICTURE_CHECKS, *TEXT_CHECKS, *OTHER_CHECKS)
# What nothing here looks at, and what it would take.
NOT_LOOKED_AT = {
    "words in pictures": "needs the extra [ocr], which is not part of this version",
    "names of people in texts": "needs the extra [ner], which is not part of this version",
    "what files hold beside pixels and rows": "no check of this version does",
}


def versions() -> str:
    """Names and versions of all checks, in one line."""
    return ",".join(f"{check.name}={check.version}" for check in sorted(CHECKS, key=lambda one: one.name))
