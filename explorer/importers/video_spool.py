"""Pictures on disk between decoding and writing: which of them exist is known before the session is written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from types import TracebackType

_DISK_FOLDER = "/var/tmp"  # where /tmp is often memory


class Spool:
    """A nameless temporary file of pictures; it is gone when closed, or when the process ends."""

    def __init__(self) -> None:
        is_named = any(name in os.environ for name in ("TMPDIR", "TEMP", "TMP"))
        has_disk = not is_named and os.access(_DISK_FOLDER, os.W_OK)
        self._file = tempfile.TemporaryFile(dir=_DISK_FOLDER if has_disk else None)  # noqa: SIM115  closed by __exit__
        self._places: list[tuple[int, int]] = []

    def add(self, content: bytes) -> int:
        """Keep a picture; its number."""
        start = self._file.seek(0, os.SEEK_END)
        self._file.write(content)
        self._places.append((start, len(content)))
        return len(self._places) - 1

    def read(self, numbers: Iterable[int]) -> Iterator[bytes]:
        """The pictures with these numbers, one at a time."""
        for number in numbers:
            start, length = self._places[number]
            self._file.seek(start)
            yield self._file.read(length)

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
