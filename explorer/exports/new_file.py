"""A file that appears whole or not at all: written under another name beside its place, then renamed."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from explorer.errors import ExplorerError


@contextmanager
def new_file(target: Path, *, outside: Path, is_forced: bool = False) -> Iterator[Path]:
    """Path of a partial file to write; it becomes `target` when the block ends, and vanishes when it fails.

    Raises ExplorerError when `target` is there (unless `is_forced`), lies in the folder `outside`, or cannot be
    written.
    """
    target = target.expanduser().absolute()
    if target.resolve().is_relative_to(outside.resolve()):
        raise ExplorerError("lies inside the dataset", where=target.name, hint="Choose another place for -o")
    if target.is_dir() or (os.path.lexists(target) and not is_forced):
        hint = (
            "Choose another name for -o"
            if target.is_dir()
            else "Choose another name, or replace it with --force"
        )
        raise ExplorerError("is there already", where=target.name, hint=hint)
    partial = target.parent / f".{target.name}.partial-{uuid.uuid4().hex[:8]}"
    try:
        with partial.open("xb"):
            pass  # tells at once whether the folder can be written to
        yield partial
        os.replace(partial, target)
    except OSError as error:
        words = f"cannot be written ({error.strerror or type(error).__name__})"
        raise ExplorerError(words, where=target.name) from None
    finally:
        partial.unlink(missing_ok=True)
