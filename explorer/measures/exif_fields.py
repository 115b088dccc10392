"""What an EXIF block holds: whether a position, how large a small copy of the picture, and its texts.

Read by the TIFF rules of EXIF 2.32: a byte order, directories of entries of 12 bytes, values there or elsewhere.
Offsets are the file's word and may point anywhere; what lies outside is left out, and no directory is read twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_ORDERS: dict[bytes, Literal["little", "big"]] = {b"II*\0": "little", b"MM\0*": "big"}
_GPS, _OWN, _COPY_AT, _COPY_N = 0x8825, 0x8769, 0x0201, 0x0202
_POSITION = {2, 4}  # latitude, longitude
_MOST_ENTRIES, _MOST_DIRECTORIES, _MOST_TEXT = 500, 8, 2_000
_ASCII, _BYTES, _UNDEFINED = 2, 1, 7


@dataclass(frozen=True, slots=True)
class ExifFields:
    """`copy_n`: bytes of the small copy of the picture, 0 where there is none."""

    has_position: bool
    copy_n: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    directory: int
    tag: int
    kind: int
    count: int
    number: int  # the value where it is a number, else where it lies
    value: bytes


def exif_fields(content: bytes) -> ExifFields | None:
    """The fields of a block that begins with its byte order, or with "Exif" before it; None where it is no EXIF."""
    block = content[6:] if content.startswith(b"Exif\0") else content
    order = _ORDERS.get(block[:4])
    if order is None:
        return None
    entries = list(_entries(block, order))
    numbers = {one.tag: one.number for one in entries if one.tag in (_COPY_AT, _COPY_N)}
    at, size = numbers.get(_COPY_AT, len(block)), numbers.get(_COPY_N, 0)
    texts = (
        one.value.rstrip(b"\0").decode("utf-8", "replace")
        for one in entries
        if one.kind in (_ASCII, _BYTES, _UNDEFINED)
    )
    return ExifFields(
        has_position=any(one.directory == _GPS and one.tag in _POSITION for one in entries),
        copy_n=max(0, min(size, len(block) - at)),
        texts=tuple(text for text in texts if len(text) > 1),
    )


def _entries(block: bytes, order: Literal["little", "big"]) -> Iterator[_Entry]:
    """Entries of all directories: the first, those after it, and those of the camera and of the position."""
    waiting = [(0, _number(block, 4, 4, order))]
    seen: set[int] = set()
    while waiting and len(seen) < _MOST_DIRECTORIES:
        name, at = waiting.pop(0)
        if at in seen or not 8 <= at <= len(block) - 2:
            continue
        seen.add(at)
        count = _number(block, at, 2, order)
        for index in range(min(count, _MOST_ENTRIES)):
            entry = _entry(block, at + 2 + 12 * index, name, order)
            if entry is None:
                break
            yield entry
            if entry.tag in (_GPS, _OWN):
                waiting.append((entry.tag, entry.number))
        waiting.append((0, _number(block, at + 2 + 12 * count, 4, order)))


def _entry(block: bytes, at: int, directory: int, order: Literal["little", "big"]) -> _Entry | None:
    if at + 12 > len(block):
        return None
    tag, kind, count = (_number(block, at + skip, n, order) for skip, n in ((0, 2), (2, 2), (4, 4)))
    number = _number(block, at + 8, 2 if kind == 3 else 4, order)
    start = at + 8 if count <= 4 else number
    return _Entry(directory, tag, kind, count, number, block[start : start + min(count, _MOST_TEXT)])


def _number(block: bytes, at: int, size: int, order: Literal["little", "big"]) -> int:
    return int.from_bytes(block[at : at + size], order)
