"""What an engine has open: the dataset, the files that may be read, consent, and which rollups are fresh."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from explorer.engine import rollups
from explorer.engine.consent import Consent, read_consent
from explorer.engine.places import SessionPlaces
from explorer.engine.relations import base_relation
from explorer.trace import verified
from explorer.trace.arrow import arrow_schema
from explorer.trace.dataset import DATASET_NAME, Dataset
from explorer.trace.manifest import MANIFEST_NAME, FileEntry
from explorer.trace.schema import TABLES

_Signature = tuple[tuple[int, int, int] | None, ...]


@dataclass(frozen=True, slots=True)
class State:
    """One opened state; `bad` maps files that are left out to the reason."""

    dataset: Dataset
    bad: dict[str, str]
    consent: Consent
    rollup_index: rollups.RollupIndex
    stale_rollups: tuple[str, ...]
    signature: _Signature

    @property
    def root(self) -> Path:
        return self.dataset.root

    @property
    def version_id(self) -> str:
        return ":".join(
            (
                self.dataset.manifest.sha256,
                self.consent.fingerprint,
                self.rollup_index.sha256,
                *sorted(self.bad),
            )
        )

    def is_current(self) -> bool:
        """False as soon as an import or a rollup has committed since."""
        return self.signature == _signature(self.root)

    def files(self, table: str) -> tuple[FileEntry, ...]:
        """Files of a table that may be read."""
        return tuple(entry for entry in self.dataset.files(table) if entry.path not in self.bad)

    def relations(self) -> Iterator[tuple[str, str]]:
        """Name and SQL of every relation, those first that others build on."""
        for table in TABLES:
            files = [entry.path for entry in self.files(table)]
            yield table, base_relation(table, self.root, files, self.consent)
        for name in rollups.names():
            if name in self.stale_rollups:
                yield name, rollups.load(name).sql
            else:
                yield name, self.rollup_index.relation(self.root, name)

    def allowed_paths(self) -> list[str]:
        """Every file that the relations read, and nothing else."""
        own = [entry.path for table in TABLES for entry in self.files(table)]
        return [str(self.root / path) for path in [*own, *self.rollup_index.paths()]]

    def files_of_session(self, session_id: str, text: str, places: SessionPlaces) -> dict[str, list[str]]:
        """Per base relation that `text` can reach: the files that hold rows of the session."""
        reached = [text, *(rollups.load(name).sql for name in self.stale_rollups if mentions(text, name))]
        return {
            table: [e.path for e in self.files(table) if places.holds(self.root, e, session_id)]
            for table in TABLES
            if table != "participants" and any(mentions(part, table) for part in reached)
        }


def mentions(text: str, relation: str) -> bool:
    """True when the SQL text holds that word."""
    return re.search(rf"\b{relation}\b", text) is not None


def read_state(
    root: Path, known_bad: dict[str, str], on_file: Callable[[FileEntry], None] | None = None
) -> State:
    """Open the dataset as it is now: hash what changed, leave out what is damaged or of a wrong shape."""
    signature = _signature(root)
    dataset = Dataset.open(root)
    entries = dataset.manifest.entries
    bad = {path: why for path, why in known_bad.items() if any(e.path == path for e in entries)}
    bad |= verified.damaged(dataset.dataset_id, root, [e for e in entries if e.path not in bad], on_file)
    for entry in entries:
        problem = None if entry.path in bad else _wrong_shape(root, entry)
        if problem:
            bad[entry.path] = problem
    sessions, people = (
        tuple(e for e in dataset.files(table) if e.path not in bad) for table in ("sessions", "participants")
    )
    consent = read_consent(root, sessions, people)
    index = rollups.read_index(root)
    stale = index.stale(dataset.manifest.sha256, consent.fingerprint) if not bad else rollups.names()
    return State(dataset, bad, consent, index, tuple(stale), signature)


def damaged_now(opened: State) -> dict[str, str]:
    """Files that no longer equal their hash, looked at anew: path -> what is wrong."""
    found: dict[str, str] = {}
    for table in TABLES:
        for entry in opened.files(table):
            problem = verified.mismatch(opened.root, entry)
            if problem:
                found[entry.path] = problem
    return found


def _wrong_shape(root: Path, entry: FileEntry) -> str | None:
    try:
        found = pq.read_schema(root / entry.path)
    except (OSError, pa.ArrowException):
        return "is not a readable Parquet file"
    wanted = arrow_schema(entry.table)
    for field in wanted:
        if field.name not in found.names:
            return f"column {field.name} is missing"
        if found.field(field.name).type != field.type:
            return f"column {field.name} is {found.field(field.name).type}, expected {field.type}"
    return None


def _signature(root: Path) -> _Signature:
    names = (DATASET_NAME, MANIFEST_NAME, f"rollups/{MANIFEST_NAME}")
    return tuple(_stamp(root / name) for name in names)


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_ino, stat.st_size, stat.st_mtime_ns
