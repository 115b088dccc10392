"""The manifest: the list of files that make the dataset. A file that is not named here does not exist."""

from __future__ import annotations

import hashlib
import json
import os
import re
import uuid
from dataclasses import asdict, dataclass, fields
from pathlib import Path, PurePosixPath
from typing import Any

from explorer.errors import DatasetError
from explorer.trace.schema import FORMAT_VERSION, TABLES

MANIFEST_NAME = "manifest.json"
PARTIAL = ".partial"
_FILE_NAME = re.compile(r"[\w.=-]{1,200}\.parquet", re.ASCII)
_REPAIR = "Restore the file from a backup, or import the recordings again into a new folder"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One Parquet file; `path` is relative to the dataset's root, with forward slashes."""

    path: str
    table: str
    rows: int
    bytes: int
    sha256: str
    first_session_id: str
    last_session_id: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """All files of a dataset, and the sha256 of the manifest they were read from."""

    entries: tuple[FileEntry, ...]
    sha256: str = ""

    def files(self, table: str) -> tuple[FileEntry, ...]:
        """Entries of one table, in a fixed order."""
        return tuple(entry for entry in self.entries if entry.table == table)


def read(root: Path) -> Manifest:
    """The manifest of the dataset at `root`; DatasetError when missing, damaged or pointing outside."""
    path = root / MANIFEST_NAME
    try:
        raw = path.read_bytes()
        document = json.loads(raw)
        entries = tuple(_entry(row) for row in document["files"])
    except FileNotFoundError:
        raise DatasetError("is missing", where=MANIFEST_NAME, hint=_REPAIR) from None
    except (ValueError, KeyError, TypeError) as error:
        raise DatasetError(
            f"cannot be read ({type(error).__name__})", where=MANIFEST_NAME, hint=_REPAIR
        ) from None
    if document.get("format_version") != FORMAT_VERSION:
        raise DatasetError(
            f"has format version {document.get('format_version')!r:.40}, this program reads {FORMAT_VERSION}",
            where=MANIFEST_NAME,
            hint="Update trace-explorer",
        )
    return Manifest(entries, hashlib.sha256(raw).hexdigest())


def replace(root: Path, entries: tuple[FileEntry, ...]) -> Manifest:
    """Write the manifest in one atomic step; everything it names must be on disk already."""
    ordered = tuple(sorted(entries, key=lambda entry: (entry.table, entry.path)))
    document = {"format_version": FORMAT_VERSION, "files": [asdict(entry) for entry in ordered]}
    raw = json.dumps(document, indent=1).encode() + b"\n"
    replace_file(root / MANIFEST_NAME, raw)
    return Manifest(ordered, hashlib.sha256(raw).hexdigest())


def replace_file(path: Path, content: bytes) -> None:
    """Put `content` at `path` so that a reader, or a crash, sees the old file or the new one, never a part."""
    partial = path.with_name(f"{path.name}.{uuid.uuid4().hex}{PARTIAL}")
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames and new names in `folder` durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _entry(row: dict[str, Any]) -> FileEntry:
    entry = FileEntry(**{field.name: row[field.name] for field in fields(FileEntry)})
    parts = PurePosixPath(entry.path).parts
    if entry.table not in TABLES or len(parts) != 2 or parts[0] != entry.table:
        raise ValueError("a file lies outside its table's folder")
    if not _FILE_NAME.fullmatch(parts[1]):
        raise ValueError("a file has a name that no program of ours gives")
    if not all(isinstance(number, int) and number >= 0 for number in (entry.rows, entry.bytes)):
        raise ValueError("a size is not a number")
    if not all(isinstance(t, str) for t in (entry.sha256, entry.first_session_id, entry.last_session_id)):
        raise ValueError("a text is not a text")
    return entry
