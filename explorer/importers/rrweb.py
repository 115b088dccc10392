"""rrweb recordings of web pages: one JSON array of events. The page's DOM is not stored, only counted.

Clock: milliseconds since 1970; older or hand-made files have none. Positions are CSS pixels of the viewport. rrweb
writes pointer positions in batches, up to half a second after the fact: where all stamps run forwards, rows are put in
the order of their own times. It records no keys, only the text that a field holds after each input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from json import JSONDecodeError, JSONDecoder
from pathlib import Path
from typing import Any

from explorer.errors import SourceError
from explorer.importers.base import Source, sha256_of_files
from explorer.importers.columns import json_text
from explorer.importers.recording import HINT_DAMAGED, Recording, literal
from explorer.importers.rrweb_rows import PageRows, read_entry
from explorer.importers.rrweb_times import timed

LARGEST_BYTES = 2**30
_SNIFF_BYTES = 4 * 2**20
_HEAD_BYTES = 4_096
_SPACE = " \t\r\n"
_END = re.compile(r"[\[}]\s*\]\s*\Z")
_LAST_TYPE = 6
_IDENTIFIERS = frozenset(("sessionId", "session_id", "userId", "user_id", "windowId"))


class RRWeb:
    """Importer of rrweb recordings: a JSON file each."""

    formats: tuple[str, ...] = ("rrweb",)
    version = "1"

    def find(self, path: Path) -> Source | None:
        """A JSON file that holds an array whose first entry is an rrweb event."""
        if path.suffix.lower() != ".json" or not path.is_file():
            return None
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
            if not head.lstrip().startswith(b"[") or b'"type"' not in head:
                return None
            head += file.read(_SNIFF_BYTES)
        try:
            first = next(entries(head.decode("utf-8", "replace"), path.name), None)
        except SourceError:
            return None
        if not is_event(first):
            return None
        return Source(path, self.formats[0], path.name, path.stat().st_size)

    def fingerprint(self, source: Source) -> str:
        """sha256 of the file."""
        return sha256_of_files([source.path])

    def inner_ids(self, source: Source) -> Sequence[str]:
        """One recording, without a name of its own."""
        return ("",)

    def read(self, source: Source, inner_ids: Sequence[str]) -> Iterator[Recording]:
        """The recording; SourceError at an entry that is no rrweb event."""
        name = source.path.name
        rows = PageRows()
        text = _text(source.path)
        is_cut_off = _END.search(text, max(0, len(text) - _HEAD_BYTES)) is None
        for number, entry in enumerate(entries(text, name, is_cut_off), 1):
            where = f"{name}, entry {number}"
            if not is_event(entry):
                raise SourceError("the entry is not an rrweb event", where=where, hint=HINT_DAMAGED)
            rows.dropped |= _IDENTIFIERS & entry.keys()
            read_entry(rows, entry, number, where)
        if not rows.events and not rows.moves:
            raise SourceError("the recording holds no input", where=name, hint="Leave it out")
        moves, events, displays, has_time = timed(rows, literal(name) + ", entry {}")
        yield Recording(
            inner_id="",
            session=_session(name, rows, has_time, is_cut_off),
            moves=moves,
            events=events,
            place=literal(name) + ", row {}",
            displays=displays,
            coordinate_space="css_viewport",
            dropped=frozenset(rows.dropped),
            has_pictures=False,
        )


def is_event(entry: Any) -> bool:
    """True for what rrweb calls an event: a type from 0 to 6, and data."""
    kind = entry.get("type") if isinstance(entry, dict) else None
    return isinstance(kind, int) and 0 <= kind <= _LAST_TYPE and isinstance(entry.get("data"), dict)


def entries(text: str, name: str, is_cut_off: bool = False) -> Iterator[Any]:
    """The entries of a JSON array, one at a time; SourceError where it is none, naming the entry.

    Of an array that is cut off, the entries before the cut.
    """
    decoder = JSONDecoder()
    place = _skip(text, 0)
    if text[place : place + 1] != "[":
        raise SourceError("the file is not a JSON array", where=name, hint=HINT_DAMAGED)
    place = _skip(text, place + 1)
    number = 0
    while text[place : place + 1] != "]":
        number += 1
        where = f"{name}, entry {number}"
        try:
            entry, place = decoder.raw_decode(text, place)
        except (JSONDecodeError, ValueError, RecursionError):
            if is_cut_off:
                return
            raise SourceError("the entry is not JSON", where=where, hint=HINT_DAMAGED) from None
        yield entry
        place = _skip(text, place)
        if text[place : place + 1] == ",":
            place = _skip(text, place + 1)
        elif text[place : place + 1] != "]":
            if is_cut_off and place == len(text):
                return
            raise SourceError("the array breaks off", where=where, hint=HINT_DAMAGED)


def _skip(text: str, place: int) -> int:
    while text[place : place + 1] and text[place] in _SPACE:
        place += 1
    return place


def _text(path: Path) -> str:
    if path.stat().st_size > LARGEST_BYTES:
        raise SourceError("the file is larger than 1 GB", where=path.name, hint="Cut the recording")
    return path.read_text("utf-8", "replace")


def _session(name: str, rows: PageRows, has_time: bool, is_cut_off: bool) -> dict[str, Any]:
    return {
        "source_format": "rrweb",
        "source_name": name,
        "actor": "human",
        "time_precision": "ms" if has_time else "none",
        "clock": "epoch" if has_time else "relative",
        "recorder": "rrweb",
        "is_complete": not is_cut_off,
        "extra": json_text(rows.counts()),
    }
