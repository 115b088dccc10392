"""Which files were found equal to their hash, so that opening a dataset hashes only what changed since.

Kept in the user's state folder, not in the dataset: a dataset may be read-only, and a copy of it was not verified here.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from explorer.trace.manifest import FileEntry, replace_file
from explorer.trace.parts import sha256_of

_Seen = dict[str, list[object]]


def state_home() -> Path:
    """Folder for what this program remembers between runs."""
    base = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(base) / "trace-explorer"


def unverified(dataset_id: str, root: Path, entries: Sequence[FileEntry]) -> list[FileEntry]:
    """Files whose size, time stamp or expected hash differs from when they were last verified."""
    seen = _load(dataset_id)
    stamps = {entry: _stamp(root, entry) for entry in entries}
    return [entry for entry, stamp in stamps.items() if stamp is None or seen.get(_key(root, entry)) != stamp]


def damaged(
    dataset_id: str,
    root: Path,
    entries: Sequence[FileEntry],
    on_file: Callable[[FileEntry], None] | None = None,
) -> dict[str, str]:
    """Hash the files that changed since they were last verified: path -> what is wrong, for those that differ."""
    wrong: dict[str, str] = {}
    good: list[FileEntry] = []
    for entry in unverified(dataset_id, root, entries):
        if on_file:
            on_file(entry)
        problem = mismatch(root, entry)
        if problem:
            wrong[entry.path] = problem
        else:
            good.append(entry)
    remember(dataset_id, root, good)
    return wrong


def mismatch(root: Path, entry: FileEntry) -> str | None:
    """What differs between a file and its manifest entry, or None."""
    path = root / entry.path
    try:
        size = path.stat().st_size
        if size != entry.bytes:
            return f"has {size:,} bytes, the manifest says {entry.bytes:,}"
        if sha256_of(path) != entry.sha256:
            return "its sha256 differs from the manifest: the file was changed or damaged"
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    return None


def remember(dataset_id: str, root: Path, entries: Sequence[FileEntry]) -> None:
    """Note files as verified; where the state folder cannot be written they are hashed again next time."""
    if not entries:
        return
    seen = _load(dataset_id)
    for entry in entries:
        stamp = _stamp(root, entry)
        if stamp:
            seen[_key(root, entry)] = stamp
    alive = {key: stamp for key, stamp in seen.items() if Path(key).exists()}
    try:
        state_home().mkdir(parents=True, exist_ok=True)
        replace_file(_file(dataset_id), json.dumps(alive).encode())
    except OSError:
        return


def _file(dataset_id: str) -> Path:
    return state_home() / f"{dataset_id}.verified.json"


def _key(root: Path, entry: FileEntry) -> str:
    return str(root / entry.path)


def _stamp(root: Path, entry: FileEntry) -> list[object] | None:
    try:
        stat = (root / entry.path).stat()
    except OSError:
        return None
    return [stat.st_size, stat.st_mtime_ns, entry.sha256]


def _load(dataset_id: str) -> _Seen:
    try:
        seen = json.loads(_file(dataset_id).read_bytes())
    except (OSError, ValueError):
        return {}
    return seen if isinstance(seen, dict) else {}
