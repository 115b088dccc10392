"""The parts of a picture's file: chunks of PNG and WebP, segments of JPEG, blocks of GIF, and where the file ends.

Nothing is decoded. Lengths are those that the file states, cut to what is there; a file that is cut short or states
nonsense gives the parts up to there, and no end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_PARTS = 20_000
_PNG = b"\x89PNG\r\n\x1a\n"
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # in coded data FF 00 is a byte and FF D0 to D7 a restart
_GIF_BLOCKS = {0xF9: "control", 0xFE: "comment", 0xFF: "application", 0x01: "text"}


@dataclass(frozen=True, slots=True)
class Part:
    """A chunk, segment or block: its name, and the bytes `start` to `end` (exclusive) of its content."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Parts:
    """All parts of a file. `end` is the byte after its end mark, None where there is none in what was read."""

    format: str
    parts: tuple[Part, ...]
    end: int | None
    is_cut: bool = False

    def named(self, *names: str) -> Iterator[Part]:
        """Parts with one of the names, in order."""
        return (part for part in self.parts if part.name in names)


def parts_of(content: bytes) -> Parts | None:
    """The parts of a PNG, JPEG, WebP or GIF; None for anything else. Time is linear in the length."""
    if content.startswith(_PNG):
        return _parts("png", _png(content))
    if content.startswith(b"\xff\xd8\xff"):
        return _parts("jpeg", _jpeg(content))
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _parts("webp", _webp(content))
    if content[:6] in (b"GIF87a", b"GIF89a"):
        return _parts("gif", _gif(content))
    return None


_END = "end"


def _parts(name: str, found: Iterator[Part]) -> Parts:
    """Parts up to the one that is the end."""
    kept: list[Part] = []
    for part in found:
        if part.name == _END:
            return Parts(name, tuple(kept), part.end)
        if len(kept) >= MOST_PARTS:
            return Parts(name, tuple(kept), None, is_cut=True)
        kept.append(part)
    return Parts(name, tuple(kept), None)


def _png(content: bytes) -> Iterator[Part]:
    at = len(_PNG)
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4])
        name = content[at + 4 : at + 8].decode("latin-1")
        end = at + 12 + length
        if name == "IEND" and end <= len(content):
            yield Part(_END, end, end)
            return
        yield Part(name, at + 8, min(end - 4, len(content)))
        at = end


def _jpeg(content: bytes) -> Iterator[Part]:
    at = 2
    while (found := _MARKER.search(content, at)) is not None:
        marker, at = content[found.end() - 1], found.end()
        if marker == 0xD9:
            yield Part(_END, at, at)
            return
        if marker in (0x01, 0xD8):
            continue
        end = at + int.from_bytes(content[at : at + 2])
        yield Part(_segment(marker), min(at + 2, len(content)), min(max(end, at + 2), len(content)))
        at = max(end, at + 2)


def _segment(marker: int) -> str:
    if 0xE0 <= marker <= 0xEF:
        return f"APP{marker - 0xE0}"
    return "COM" if marker == 0xFE else f"{marker:02X}"


def _webp(content: bytes) -> Iterator[Part]:
    end = 8 + int.from_bytes(content[4:8], "little")
    at = 12
    while at + 8 <= min(end, len(content)):
        length = int.from_bytes(content[at + 4 : at + 8], "little")
        name = content[at : at + 4].decode("latin-1")
        yield Part(name, at + 8, min(at + 8 + length, end, len(content)))
        at += 8 + length + length % 2
    if end <= len(content) and end >= 12:
        end += end % 2 if end < len(content) and content[end] == 0 else 0  # the pad byte of an odd size
        yield Part(_END, end, end)


def _gif(content: bytes) -> Iterator[Part]:
    if len(content) < 13:
        return
    at = 13 + _colours_n(content[10])
    while at < len(content):
        kind = content[at]
        if kind == 0x3B:
            yield Part(_END, at + 1, at + 1)
            return
        if kind == 0x2C and at + 10 <= len(content):
            name, start = "image", at + 11 + _colours_n(content[at + 9])
        elif kind == 0x21 and at + 2 <= len(content):
            name, start = _GIF_BLOCKS.get(content[at + 1], "unknown"), at + 2
        else:
            return
        at = start
        while at < len(content) and content[at]:
            at += 1 + content[at]
        at += 1
        yield Part(name, min(start, len(content)), min(at, len(content)))


def _colours_n(flags: int) -> int:
    """Bytes of a table of colours."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0
