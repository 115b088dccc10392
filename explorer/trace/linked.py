"""Pictures that lie beside a table instead of in it: opened only as plain files of bearable size."""

from __future__ import annotations

import os
import stat
from pathlib import Path

MOST_BYTES = 64 * 2**20
_LONGEST_NAME = 1_000


def path_below(root: Path, name: str) -> Path | None:
    """The file that a table names, when it lies below `root`, links followed; None for anything else."""
    if not 0 < len(name) <= _LONGEST_NAME or not name.isprintable() or "\\" in name or ":" in name[:10]:
        return None
    if Path(name).is_absolute() or ".." in Path(name).parts:
        return None
    try:
        home = root.resolve()
        path = (home / name).resolve()
    except (OSError, RuntimeError, ValueError):
        return None
    return path if path.is_relative_to(home) and path != home else None


def read_linked(path: Path) -> bytes | None:
    """Bytes of a plain file of at most 64 MB; None where there is none (a pipe or a device is not opened)."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
    except (OSError, ValueError):
        return None
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_size > MOST_BYTES:
            return None
        with os.fdopen(os.dup(descriptor), "rb") as file:
            content = file.read(MOST_BYTES + 1)
        return content if len(content) <= MOST_BYTES else None
    except OSError:
        return None
    finally:
        os.close(descriptor)
