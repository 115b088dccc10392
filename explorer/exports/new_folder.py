"""A folder that appears whole or not at all: written under another name beside its place, then renamed."""

from __future__ import annotations

import errno
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from explorer.errors import ExplorerError

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


_FEWER = "export fewer sessions with --where"


@contextmanager
def new_folder(target: Path, *, outside: Path | None = None, fewer: str = _FEWER) -> Iterator[Path]:
    """A partial folder to write to; it becomes `target` when the block ends, and vanishes when it fails.

    Raises ExplorerError when `target` is not empty, lies in the folder `outside`, or cannot be written; where the disk
    is full, `fewer` says how to write less.
    """
    target = target.expanduser().absolute()
    _refuse(target, outside, fewer)
    partial = target.parent / f".{target.name}.partial-{uuid.uuid4().hex[:8]}"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.mkdir()
        yield partial
        os.rename(partial, target)
    except OSError as error:
        raise _told(error, target, fewer) from None
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _refuse(target: Path, outside: Path | None, fewer: str) -> None:
    hint = "Choose a new folder for -o"
    if outside is not None and target.resolve().is_relative_to(outside.resolve()):
        raise ExplorerError("lies inside the dataset", where=target.name, hint=hint)
    try:
        is_taken = target.is_symlink() or (target.exists() and (not target.is_dir() or any(target.iterdir())))
    except OSError as error:
        raise _told(error, target, fewer) from None
    if is_taken:
        raise ExplorerError("is there already and not empty", where=target.name, hint=hint)


def _told(error: OSError, target: Path, fewer: str) -> ExplorerError:
    if error.errno in _NO_ROOM or any(os.strerror(number) in str(error) for number in _NO_ROOM):
        hint = f"Nothing of it was kept. Free some space, or {fewer}"
        return ExplorerError("the disk is full", where=target.name, hint=hint)
    return ExplorerError(f"cannot be written ({error.strerror or type(error).__name__})", where=target.name)
