"""One writer at a time: a lock file that the system lets go of when its holder dies."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from explorer.errors import DatasetBusyError, DatasetError

LOCK_NAME = ".lock"


def is_locked(path: Path) -> bool:
    """Whether a program holds the lock file at `path` just now."""
    try:
        file = path.open("rb")
    except OSError:
        return False
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


@contextmanager
def locked(path: Path, busy: str, *, wait_s: float = 0) -> Iterator[None]:
    """Hold the lock file at `path`; after `wait_s` seconds in vain, DatasetBusyError saying `busy`.

    Raises DatasetError when the file cannot be written.
    """
    try:
        file = path.open("a")
    except OSError as error:
        raise DatasetError(f"cannot be written to ({error.strerror})", where=path.parent.name) from None
    with file:
        deadline = time.monotonic() + wait_s
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise DatasetBusyError(
                        busy, where=path.parent.name, hint="Wait until it has finished"
                    ) from None
                time.sleep(0.05)
        yield
