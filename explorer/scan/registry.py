"""All checks, by what they look at. A new check is one file, and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from explorer.scan import (
    after_the_end,
    bare_in_neighbour,
    code_told,
    extra_frames,
    file_note,
    hidden_colour,
    ink_at_edge,
    length_told,
    mask_place,
    masked_beside,
    masked_elsewhere,
    masks_moved,
    names_in_text,
    not_declared,
    over_nothing,
    parquet_left,
    personal_text,
    rare_title,
    same_placeholder,
    small_copy,
    text_aside,
    timing_told,
    typed_text,
    unnamed_files,
    weak_mask,
    words_in_picture,
)
from explorer.scan.dataset_file import Chunk
from explorer.scan.extras import NER, OCR
from explorer.scan.finding import Finding
from explorer.scan.hidden_keys import SessionKeys
from explorer.scan.views import PictureFile, Text, View


@dataclass(frozen=True, slots=True)
class Check:
    """A check's name and version, which findings carry; a new version makes old scans stale.

    `looks_at` is the count of a scan that says how much it has looked at.
    """

    name: str
    version: int
    looks_at: str = field(default="texts", kw_only=True)


@dataclass(frozen=True, slots=True)
class PictureCheck(Check):
    """Looks at one picture after the other."""

    looks_at: str = field(default="frames", kw_only=True)
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

    looks_at: str = field(default="frames", kw_only=True)
    start: Callable[[], Looking]


@dataclass(frozen=True, slots=True)
class PictureFileCheck(Check):
    """Looks at one picture after the other as it is stored, also at those that cannot be decoded."""

    looks_at: str = field(default="picture_files", kw_only=True)
    look: Callable[[PictureFile], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class ChunkCheck(Check):
    """Looks at one column of one row group of a Parquet file after the other."""

    looks_at: str = field(default="chunks", kw_only=True)
    look: Callable[[Chunk], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class KeysCheck(Check):
    """Looks at the hidden keys of one session after the other."""

    looks_at: str = field(default="key_presses", kw_only=True)
    look: Callable[[SessionKeys], Iterable[Finding]]


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
    PictureCheck(not_declared.NAME, not_declared.VERSION, not_declared.look),
    PictureCheck(bare_in_neighbour.NAME, bare_in_neighbour.VERSION, bare_in_neighbour.look),
    PictureCheck(small_copy.NAME, small_copy.VERSION, small_copy.look),
    PictureCheck(over_nothing.NAME, over_nothing.VERSION, over_nothing.look),
)
SESSION_CHECKS = (
    SessionCheck(ink_at_edge.NAME, ink_at_edge.VERSION, ink_at_edge.Session),
    SessionCheck(masks_moved.NAME, masks_moved.VERSION, masks_moved.Session),
)
TEXT_CHECKS = (TextCheck(personal_text.NAME, personal_text.VERSION, personal_text.look, personal_text.sift),)
PICTURE_FILE_CHECKS = tuple(
    PictureFileCheck(one.NAME, one.VERSION, one.look)
    for one in (after_the_end, extra_frames, file_note, hidden_colour)
)
CHUNK_CHECKS = tuple(ChunkCheck(one.NAME, one.VERSION, one.look) for one in (parquet_left, text_aside))
# These look at a footer, at the folder, and at dataset.json: see file_work.py.
NOTES_CHECK = Check(text_aside.NAME, text_aside.VERSION)
FOLDER_CHECK = Check(unnamed_files.NAME, unnamed_files.VERSION, looks_at="folders")
# These need more than one text: see work.py.
OTHER_CHECKS = (
    Check(typed_text.NAME, typed_text.VERSION, looks_at="presses"),
    Check(masked_elsewhere.NAME, masked_elsewhere.VERSION),
    Check(masked_beside.NAME, masked_beside.VERSION),
)
# These look at the hidden keys of a session; what they count is a risk, but for codes no leak.
KEYS_CHECKS = tuple(
    KeysCheck(one.NAME, one.VERSION, one.look) for one in (code_told, length_told, timing_told)
)
# These need all sessions: see whole_work.py.
WHOLE_CHECKS = (
    Check(same_placeholder.NAME, same_placeholder.VERSION),
    Check(rare_title.NAME, rare_title.VERSION, looks_at="titles_n"),
)
# These need an extra, and have jobs of their own: see picture_work.py and name_work.py.
EXTRA_CHECKS = {
    OCR: Check(words_in_picture.NAME, words_in_picture.VERSION, looks_at="read_pictures"),
    NER: Check(names_in_text.NAME, names_in_text.VERSION, looks_at="texts"),
}
CHECKS: tuple[Check, ...] = (
    *PICTURE_CHECKS, *SESSION_CHECKS, *PICTURE_FILE_CHECKS, *TEXT_CHECKS, *OTHER_CHECKS, *CHUNK_CHECKS, FOLDER_CHECK,
    *KEYS_CHECKS, *WHOLE_CHECKS,
)  # fmt: skip
# What nothing here looks at.
NOT_LOOKED_AT = {"bounds of pages and Bloom filters in files": "no check of this version does"}


def checks_here() -> tuple[Check, ...]:
    """All checks that a scan uses here and now."""
    return (*CHECKS, *(check for extra, check in EXTRA_CHECKS.items() if extra.is_there))


def not_looked_at() -> dict[str, str]:
    """What a scan does not look at here and now, and what it would take."""
    return {extra.looks_at: extra.hint for extra in EXTRA_CHECKS if not extra.is_there} | NOT_LOOKED_AT


def check_of(name: str) -> Check:
    """The check of that name."""
    return next(check for check in CHECKS if check.name == name)


def versions() -> str:
    """Names and versions of all checks that a scan uses here and now, in one line."""
    own = [f"{check.name}={check.version}" for check in CHECKS]
    own += [
        f"{check.name}={check.version}+{extra.version}"
        for extra, check in EXTRA_CHECKS.items()
        if extra.is_there
    ]
    return ",".join(sorted(own))
