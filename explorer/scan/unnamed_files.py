"""Files in a dataset's folder that the manifest does not name: nothing shows them, but they are passed on with it."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Set
from itertools import islice
from pathlib import Path

from explorer.engine.rollups import FOLDER as ROLLUPS
from explorer.scan.finding import Finding
from explorer.trace.dataset import DATASET_NAME
from explorer.trace.lock import LOCK_NAME
from explorer.trace.manifest import MANIFEST_NAME
from explorer.trace.parts import is_part_name
from explorer.trace.schema import TABLES

NAME, VERSION = "unnamed_files", 1
MOST_FILES = 100_000
_OWN = {DATASET_NAME, MANIFEST_NAME, LOCK_NAME, f"{ROLLUPS}/{MANIFEST_NAME}", f"{ROLLUPS}/{LOCK_NAME}"}
_FOLDERS = {*TABLES, ROLLUPS}
_LISTINGS = {
    ".DS_Store",
    "Thumbs.db",
    "desktop.ini",
    ".directory",
}  # kept by file managers; some hold small copies
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}")
_ROLLUP_FOLDER = re.compile(r"rollups/[a-z_]{1,60}")


def look(root: Path, named: Set[str]) -> Iterator[Finding]:
    """A finding for each file that is neither in `named` (manifest, linked pictures) nor one of the dataset's own.

    A name that somebody gave may hold a person's: of such a file only folder, number in order, and ending are told.
    Parts of rollups are their own manifest's matter: `named` has those that are in use.
    """
    for number, path in enumerate(islice(files_in(root), MOST_FILES), 1):
        if path not in named and path not in _OWN:
            is_listing = path.rpartition("/")[2] in _LISTINGS
            yield Finding(
                session_id="", channel="file", kind="unnamed_file", severity="low" if is_listing else "medium",
                score=0.3 if is_listing else 0.7, detector=NAME, detector_version=VERSION,
                file=shown(path, number),
            )  # fmt: skip


def stale_rollup() -> Finding:
    """The finding for rollups of a state that has passed: they hold its titles and texts until they are made anew."""
    return Finding(
        session_id="", channel="file", kind="stale_rollup", severity="medium", score=0.6, detector=NAME,
        detector_version=VERSION, file=f"{ROLLUPS}/{MANIFEST_NAME}",
    )  # fmt: skip


def fingerprint(root: Path, named: Set[str]) -> str:
    """16 hex digits of names and sizes of all such files; rollups are left out, as they are made anew at any time."""
    digest = hashlib.sha256()
    for path in islice(files_in(root), MOST_FILES):
        if path not in named and path not in _OWN and not path.startswith(f"{ROLLUPS}/"):
            size = (root / path).lstat().st_size if os.path.lexists(root / path) else 0
            digest.update(f"{path}\0{size}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:16]


def files_in(root: Path) -> Iterator[str]:
    """Paths of all files below the folder, from it on, in order; links are told and never followed."""
    for folder, folders, files in os.walk(root):
        folders.sort()
        linked = [name for name in folders if (Path(folder) / name).is_symlink()]
        for name in sorted([*files, *linked]):
            yield (Path(folder) / name).relative_to(root).as_posix()


def shown(path: str, number: int) -> str:
    """The path where no person gave it, else what can be told of it without a name."""
    folder, _, name = path.rpartition("/")
    is_own = not folder or folder in _FOLDERS or _ROLLUP_FOLDER.fullmatch(folder)
    if is_own and (is_part_name(name) or name in _LISTINGS):
        return path
    first = folder.partition("/")[0]
    known = f"{first}/" if first in _FOLDERS else "(folder)/" if folder else ""
    ending = Path(name).suffix
    return f"{known}(file {number} in order of names){ending if _ENDING.fullmatch(ending) else ''}"
