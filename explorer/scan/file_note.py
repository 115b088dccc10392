"""Notes in a picture's file: EXIF with a position or a small copy, XMP, comments, text chunks, chunks nobody knows."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from explorer.measures.exif_fields import exif_fields
from explorer.measures.picture_parts import Part
from explorer.scan.finding import Finding, counted
from explorer.scan.personal_text import SCORE, SEVERITY, values
from explorer.scan.views import PictureFile

NAME, VERSION = "file_note", 1
_MOST_CHARACTERS = 1_000_000
# What a picture needs to be shown as it is; everything else is a note.
_NEEDED = {
    "png": {"IHDR", "PLTE", "IDAT", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs", "cICP", "mDCV",
            "cLLI", "hIST", "sPLT", "acTL", "fcTL", "fdAT"},
    "webp": {"VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"},
    "gif": {"image", "control"},
}  # fmt: skip
_JPEG_NOTES = {"COM", *(f"APP{number}" for number in range(16))}
_SHOWN = ((b"JFIF\0", "APP0"), (b"ICC_PROFILE\0", "APP2"), (b"MPF\0", "APP2"), (b"Adobe", "APP14"))
_LOOP = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def look(file: PictureFile) -> Iterator[Finding]:
    """A finding for a position, one for a small copy, one for each personal value, else one of low severity for all."""
    if file.parts is None:
        return
    notes = [part for part in file.parts.parts if is_note(part, file)]
    worse = [finding for part in notes for finding in _in_note(part, file)]
    yield from worse
    if notes and not worse:
        yield _finding(file, "file_note", "low", 0.2, reason=counted(len(notes), "note"))
    if file.parts.is_cut:
        yield _finding(file, "unread", "medium", 1.0, reason="picture's file has too many parts")


def is_note(part: Part, file: PictureFile) -> bool:
    """Whether the part says something that the picture does not need."""
    assert file.parts is not None
    if file.parts.format != "jpeg":
        is_loop = part.name == "application" and file.content[part.start + 1 : part.start + 12] in _LOOP
        return part.name not in _NEEDED[file.parts.format] and not is_loop
    if part.name not in _JPEG_NOTES:
        return False
    start = file.content[part.start : part.end]
    has_copy = start.startswith(b"JFIF\0") and len(start) > 14
    return has_copy or not any(part.name == name and start.startswith(mark) for mark, name in _SHOWN)


def _in_note(part: Part, file: PictureFile) -> Iterator[Finding]:
    content = file.content[part.start : part.end]
    if part.name == "APP0" and content[:5] in (b"JFIF\0", b"JFXX\0"):
        yield _finding(file, "small_copy", "medium", 0.6)
    fields = exif_fields(content)
    if fields is not None and fields.copy_n:
        yield _finding(file, "small_copy", "high", 0.8)
    if fields is not None and fields.has_position:
        yield _finding(file, "file_note", "high", 0.9, entity="LOCATION")
    for text in fields.texts if fields is not None else (text_of(part.name, content),):
        for one in values(text[:_MOST_CHARACTERS], is_address=False):
            yield _finding(file, "file_note", SEVERITY[one.kind], SCORE.get(one.kind, 0.95), entity=one.kind)


def text_of(name: str, content: bytes) -> str:
    """The text of a note, unpacked up to a limit; signs that are none are replaced."""
    raw = content
    if name == "zTXt":
        raw = _unpacked(content.partition(b"\0")[2][1:])
    elif name == "iTXt":
        keyword, _, rest = content.partition(b"\0")
        text = rest[2:].split(b"\0", 2)[-1]
        raw = keyword + b" " + (_unpacked(text) if rest[:1] == b"\1" else text)
    return raw[:_MOST_CHARACTERS].decode("utf-8", "replace").replace("\0", " ")


def _unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, _MOST_CHARACTERS)
    except zlib.error:
        return b""


def _finding(file: PictureFile, kind: str, severity: str, score: float, **more: Any) -> Finding:
    return Finding(
        **file.place,
        kind=kind,
        severity=severity,
        score=score,
        detector=NAME,
        detector_version=VERSION,
        **more,
    )
