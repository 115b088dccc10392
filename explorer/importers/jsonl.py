"""JSON Lines as recorders leave them: whole, cut off in the last line, or broken."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from explorer.errors import SourceError
from explorer.importers.recording import HINT_DAMAGED

_SNIFF_BYTES = 65_536


class JsonLines:
    """The objects of a JSONL file with their line numbers (from 1); `is_cut_off` is known after reading."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.is_cut_off = False

    def __iter__(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Raises SourceError naming the line that is no JSON object; a last line without its end is left out."""
        with self._path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                row = parse_object(line)
                if row is None and not line.endswith(b"\n"):
                    self.is_cut_off = True
                    return
                if row is None:
                    where = f"{self._path.name}:{number}"
                    raise SourceError("the line is not a JSON object", where=where, hint=HINT_DAMAGED)
                yield number, row


def first_object(path: Path) -> dict[str, Any] | None:
    """The object in the first line, read from the first bytes only; None when there is none."""
    with path.open("rb") as file:
        head = file.read(_SNIFF_BYTES)
    return parse_object(head.split(b"\n", 1)[0])


def read_object(path: Path) -> dict[str, Any] | None:
    """The one object of a small JSON file; None when the file is missing, SourceError when it holds something else."""
    try:
        found = parse_object(path.read_bytes())
    except FileNotFoundError:
        return None
    if found is None:
        raise SourceError("the file is not a JSON object", where=path.name, hint=HINT_DAMAGED)
    return found


def parse_object(content: bytes) -> dict[str, Any] | None:
    """A JSON object, or None when the bytes are something else."""
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
