"""What an engine has open: the dataset, the files that may be read, consent, and which rollups are fresh."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from explorer.engine import library, rollups
from explorer.engine.base import Pictures
from explorer.engine.consent import Consent, read_consent
from explorer.engine.library import Relation
from explorer.engine.mentions import columns_named, mentions
from explorer.engine.pictures import PictureReader
from explorer.engine.places import SessionPlaces
from explorer.engine.relations import base_relation, consent_tables
from explorer.trace import verified
from explorer.trace.arrow import arrow_schema
from explorer.trace.dataset import DATASET_NAME, Dataset
from explorer.trace.manifest import MANIFEST_NAME, FileEntry
from explorer.trace.schema import TABLES

_Signature = tuple[tuple[int, int, int] | None, ...]
_PEOPLE = "session_people"
# Every page asks for these, several times in one statement, and an import adds a file of a few rows: opening each of
# them for each statement takes longer than the rest of many a view.
_KEPT, _KEPT_ROWS = ("sessions", "participants"), 50_000


class OpenState(Protocol):
    """What an engine has open: a trace dataset, or other people's Parquet through a mapping."""

    @property
    def dataset(self) -> Dataset:
        """The dataset that it stands for."""

    @property
    def bad(self) -> dict[str, str]:
        """Files that are left out, with the reason."""

    @property
    def stale_rollups(self) -> tuple[str, ...]:
        """Rollups whose files cannot answer."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Things to tell about the files that are no errors."""

    @property
    def version_id(self) -> str:
        """Changes whenever an answer could change."""

    @property
    def consent(self) -> Consent:
        """What the relations leave out."""

    @property
    def pictures(self) -> Pictures:
        """Reads its pictures."""

    def is_current(self) -> bool:
        """False as soon as something changed on disk."""

    def tables(self) -> dict[str, pa.Table]:
        """Small tables that the relations refer to."""

    def relations(self) -> Iterator[Relation]:
        """Every relation, those first that others build on."""

    def of_session(self, session_id: str, text: str, places: SessionPlaces) -> Iterator[Relation]:
        """The relations that `text` can reach, over the files alone that hold rows of the session."""

    def damaged_now(self) -> dict[str, str]:
        """Files that have been damaged since: name -> what is wrong."""


@dataclass(frozen=True, slots=True)
class State:
    """One opened state of a trace dataset; `bad` maps files that are left out to the reason."""

    dataset: Dataset
    bad: dict[str, str]
    consent: Consent
    rollup_index: rollups.RollupIndex
    stale_rollups: tuple[str, ...]
    signature: _Signature
    pictures: PictureReader
    notes: tuple[str, ...] = ()

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

    def tables(self) -> dict[str, pa.Table]:
        """Ids that consent hides."""
        return {
            name: pa.table({"id": pa.array(list(ids), pa.string())})
            for name, ids in consent_tables(self.consent).items()
        }

    def relations(self) -> Iterator[Relation]:
        """Every relation, those first that others build on."""
        for table in TABLES:
            entries = self.files(table)
            text = base_relation(table, self.root, [entry.path for entry in entries], self.consent)
            is_kept = table in _KEPT and sum(e.rows for e in entries) <= _KEPT_ROWS
            yield Relation(table, text, is_kept=is_kept, is_base=True)
        yield from library.relations()
        for name in rollups.names():
            if name in self.stale_rollups:
                yield Relation(name, rollups.load(name).sql)
            else:
                yield Relation(name, self.rollup_index.relation(self.root, name), is_base=True)
        yield from library.relations(are_above=True, may_keep=not self.stale_rollups)

    def allowed_paths(self) -> list[str]:
        """Every file that the relations read, and nothing else."""
        own = [entry.path for table in TABLES for entry in self.files(table)]
        return [str(self.root / path) for path in [*own, *self.rollup_index.paths()]]

    def of_session(self, session_id: str, text: str, places: SessionPlaces) -> Iterator[Relation]:
        """The relations and columns that `text` can reach, over the files alone that hold rows of the session."""
        stale = [
            Relation(name, rollups.load(name).sql) for name in self.stale_rollups if mentions(text, name)
        ]
        asking = (text, *(relation.sql for relation in stale))
        shared = [Relation(name, library.texts()[name]) for name in library.reached(asking)]
        reached = (*asking, *(relation.sql for relation in shared))
        named = columns_named(reached)
        # People are counted over all sessions, which only the sessions themselves know while that rollup is stale.
        is_counted = _PEOPLE in self.stale_rollups and mentions(text, _PEOPLE)
        whole = {"participants", "sessions"} if is_counted else {"participants"}
        for table in TABLES:
            if table not in whole and any(mentions(part, table) for part in reached):
                files = [e.path for e in self.files(table) if places.holds(self.root, e, session_id)]
                text = base_relation(table, self.root, files, self.consent, named)
                yield Relation(table, text, is_base=True)
        yield from shared
        yield from stale

    def of_new_sessions(self, part: rollups.NewSessions, ids: str) -> Iterator[Relation]:
        """What rollups read, over the sessions alone that the relation `ids` names: tables and fresh rollups."""
        where = f"WHERE session_id IN (FROM {ids})"
        for table in TABLES:
            if table != "participants":
                files = [e.path for e in self.files(table) if part.may_hold(e)]
                text = base_relation(table, self.root, files, self.consent)
                yield Relation(table, f"SELECT * FROM ({text}) {where}", is_base=True)
        yield from library.relations()
        for name in rollups.names():
            if name not in self.stale_rollups and rollups.is_by_session(name):
                text = self.rollup_index.relation(self.root, name)
                yield Relation(name, f"SELECT * FROM ({text}) {where}", is_base=True)

    def pieces(self, name: str) -> Iterator[dict[str, str]]:
        """What a rollup reads, one piece after the other, as SQL by name; nothing: all at once."""
        return self.rollup_index.pieces(self.root, name, self.stale_rollups)

    def damaged_now(self) -> dict[str, str]:
        """Files that no longer equal their hash, looked at anew: path -> what is wrong."""
        found: dict[str, str] = {}
        for table in TABLES:
            for entry in self.files(table):
                problem = verified.mismatch(self.root, entry)
                if problem:
                    found[entry.path] = problem
        return found | self.rollup_index.damaged_now(self.root)


def read_state(
    root: Path, known_bad: dict[str, str], on_file: Callable[[FileEntry], None] | None = None
) -> State:
    """Open the dataset as it is now: hash what changed, leave out what is damaged or of a wrong shape."""
    signature = _signature(root)
    dataset = Dataset.open(root)
    entries = dataset.manifest.entries
    # Files found damaged while open kept size and time stamp: only their hash tells whether they were restored.
    looked_at = {e.path: verified.mismatch(root, e) for e in entries if e.path in known_bad}
    bad = {path: why for path, why in looked_at.items() if why}
    bad |= verified.damaged(dataset.dataset_id, root, [e for e in entries if e.path not in bad], on_file)
    for entry in entries:
        problem = None if entry.path in bad else _wrong_shape(root, entry)
        if problem:
            bad[entry.path] = problem
    telling = [*dataset.files("sessions"), *dataset.files("participants")]
    readable = [entry for entry in telling if entry.path not in bad]
    consent = read_consent(
        root,
        [entry for entry in readable if entry.table == "sessions"],
        [entry for entry in readable if entry.table == "participants"],
        is_whole=readable == telling,
    )
    index = rollups.read_index(root, dataset.dataset_id, known_bad)
    stale = index.stale(dataset.manifest.sha256, consent.fingerprint) if not bad else rollups.names()
    return State(dataset, bad, consent, index, tuple(stale), signature, PictureReader(root))


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
    return tuple(_stamp(root / name) for name in (DATASET_NAME, MANIFEST_NAME, f"rollups/{MANIFEST_NAME}"))


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_ino, stat.st_size, stat.st_mtime_ns
