"""A trace dataset on disk: opening it, making a new one, and what dataset.json says of it."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from explorer._version import __version__
from explorer.errors import DatasetError
from explorer.trace import manifest
from explorer.trace.lock import LOCK_NAME, locked
from explorer.trace.manifest import MANIFEST_NAME, FileEntry, Manifest
from explorer.trace.schema import FORMAT_VERSION

DATASET_NAME = "dataset.json"
_HOW_TO_MAKE = "Make one with: trace-explorer import RECORDING -o DATASET"


@dataclass(frozen=True, slots=True)
class Dataset:
    """One dataset as it was when opened; `announced` is what the recorded people were told."""

    root: Path
    dataset_id: str
    title: str
    is_synthetic: bool
    created_utc: str
    licence: str
    sources: tuple[dict[str, Any], ...]
    announced: dict[str, Any]
    manifest: Manifest = field(repr=False)

    @classmethod
    def open(cls, path: Path | str) -> Dataset:
        """The dataset in folder `path`; DatasetError when there is none or it cannot be read."""
        root = _root(path)
        document = _read_document(root)
        announced = document.get("announced")
        return cls(
            root=root,
            dataset_id=document["dataset_id"],
            title=str(document.get("title") or root.name),
            is_synthetic=document.get("synthetic") is True,
            created_utc=str(document.get("created_utc") or ""),
            licence=str(document.get("licence") or ""),
            sources=tuple(row for row in document.get("sources") or () if isinstance(row, dict)),
            announced=announced if isinstance(announced, dict) else {},
            manifest=manifest.read(root),
        )

    def files(self, table: str) -> tuple[FileEntry, ...]:
        """The Parquet files of one table."""
        return self.manifest.files(table)


def create(
    path: Path | str,
    title: str | None = None,
    *,
    synthetic: bool = False,
    licence: str = "",
    announced: dict[str, Any] | None = None,
) -> Dataset:
    """A new, empty dataset in folder `path`; the one that lies there already is opened instead."""
    root = _root(path)
    if (root / DATASET_NAME).exists():
        return Dataset.open(root)
    _refuse_foreign(root)
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatasetError(f"cannot be made ({error.strerror})", where=root.name) from None
    # Two first imports into one folder: the second waits here, and then finds the dataset that the first has made.
    with locked(root / LOCK_NAME, "another import is making this dataset", wait_s=10):
        if not (root / DATASET_NAME).exists():
            _refuse_foreign(root)
            manifest.replace(root, ())
            write_document(root, _document(root, title, synthetic, licence, announced))
    return Dataset.open(root)


def _document(
    root: Path, title: str | None, synthetic: bool, licence: str, announced: dict[str, Any] | None
) -> dict[str, Any]:
    return {
        "dataset_id": str(uuid.uuid4()),
        "format_version": FORMAT_VERSION,
        "title": title or root.name,
        "licence": licence,
        "synthetic": synthetic,
        "sources": [],
        "announced": announced or {},
        "created_utc": datetime.now(UTC).isoformat(timespec="seconds"),
        "tool": f"trace-explorer {__version__}",
    }


def _root(path: Path | str) -> Path:
    root = Path(path).expanduser().resolve()
    try:
        str(root).encode()
    except UnicodeEncodeError:
        name = root.name.encode("utf-8", "replace").decode()
        raise DatasetError("lies at a path that is not UTF-8", where=name, hint="Rename the folder") from None
    return root


def _refuse_foreign(root: Path) -> None:
    """A dataset is made in a new or empty folder, or in one where making it was cut short."""
    own = (MANIFEST_NAME, DATASET_NAME)
    foreign = not root.is_dir() if root.exists() else False
    for entry in root.iterdir() if root.is_dir() else ():
        foreign |= not entry.name.startswith((".", *own))
    if foreign:
        raise DatasetError(
            "is neither empty nor a trace dataset", where=root.name, hint="Choose a new folder for -o"
        )


def update_sources(root: Path, sources: list[dict[str, Any]]) -> None:
    """Note in dataset.json which formats the sessions came from."""
    document = _read_document(root)
    if document.get("sources") != sources:
        write_document(root, {**document, "sources": sources})


def write_document(root: Path, document: dict[str, Any]) -> None:
    """Replace dataset.json in one step."""
    text = json.dumps(document, indent=1, ensure_ascii=False)
    manifest.replace_file(root / DATASET_NAME, text.encode() + b"\n")


def _read_document(root: Path) -> dict[str, Any]:
    path = root / DATASET_NAME
    try:
        document = json.loads(path.read_bytes())
        dataset_id = str(uuid.UUID(document["dataset_id"]))
    except (FileNotFoundError, NotADirectoryError):
        raise DatasetError(
            "is not a trace dataset: it has no dataset.json", where=root.name, hint=_HOW_TO_MAKE
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DatasetError(
            f"cannot be read ({type(error).__name__})", where=DATASET_NAME, hint="Restore it from a backup"
        ) from None
    if document.get("format_version") != FORMAT_VERSION:
        raise DatasetError(
            f"has format version {document.get('format_version')!r:.40}, this program reads {FORMAT_VERSION}",
            where=DATASET_NAME,
            hint="Update trace-explorer",
        )
    return {**document, "dataset_id": dataset_id}
