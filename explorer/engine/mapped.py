"""Somebody else's Parquet, opened in place through a mapping: what the engine has open instead of a dataset's files."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from explorer.engine import library, mapped_check, rollups
from explorer.engine.asking import Asker
from explorer.engine.consent import Consent
from explorer.engine.library import Relation
from explorer.engine.mapped_files import MappedFiles, stamp
from explorer.engine.mapped_index import keep_index, keep_lengths
from explorer.engine.mapped_pictures import MappedPictures
from explorer.engine.mapped_plan import Plan, compiled_plan
from explorer.engine.mapped_presence import Presence, presence
from explorer.engine.mapped_rows import Scope
from explorer.engine.mapped_sessions import keep_sessions
from explorer.engine.mapped_sql import NARROWED, NO_CONSENT, nothing, relation
from explorer.engine.mentions import mentions
from explorer.engine.places import SessionPlaces
from explorer.trace.dataset import Dataset
from explorer.trace.manifest import Manifest
from explorer.trace.mapping import Mapping as Document
from explorer.trace.pictures import size_of


@dataclass(frozen=True, slots=True)
class MappedState:
    """One opened state of a mapping's files; like `state.State`. `notes` are things to tell that are no errors."""

    dataset: Dataset
    plan: Plan
    notes: tuple[str, ...]
    pictures: MappedPictures
    numbers: Mapping[str, int]  # session_id -> number of the session
    parts: Mapping[int, tuple[tuple[int, int, int], ...]]
    firsts: Mapping[int, dict[str, object]]  # where each session's first picture lies
    are_sizes_mapped: bool
    sizes: dict[int, tuple[int, int] | None] = field(default_factory=dict)
    consent: Consent = NO_CONSENT
    stale_rollups: tuple[str, ...] = ()

    @property
    def root(self) -> Path:
        return self.dataset.root

    @property
    def bad(self) -> dict[str, str]:
        return self.plan.files.bad

    @property
    def version_id(self) -> str:
        return ":".join((self.dataset.manifest.sha256, *sorted(self.bad)))

    def is_current(self) -> bool:
        """False as soon as one of the files changed."""
        return self.plan.files.is_current()

    def tables(self) -> dict[str, pa.Table]:
        """None: everything kept was built while reading."""
        return {}

    def relations(self) -> Iterator[Relation]:
        """Name, SQL and whether its rows are kept: the rollups are, since nobody can build them beside the files."""
        for table in (*NARROWED, "moves", "redactions"):
            yield Relation(table, relation(self.plan, table), is_base=True)
        yield from library.relations()
        for name in rollups.names():
            yield Relation(name, rollups.load(name).sql, is_kept=True)
        yield from library.relations(are_above=True)

    def of_session(self, session_id: str, text: str, places: SessionPlaces) -> Iterator[Relation]:
        """The relations that `text` reads, over that session's rows alone."""
        number = self.numbers.get(session_id)
        for table in NARROWED:
            if mentions(text, table):
                sql = nothing(table) if number is None else relation(self.plan, table, self._scope(number))
                yield Relation(table, sql, is_base=True)

    def damaged_now(self) -> dict[str, str]:
        """Files that changed since they were opened are read anew; those that went are left out."""
        gone = (name for name in self.plan.files.names if stamp(self.root / name) is None)
        return dict.fromkeys(gone, "is gone")

    def _scope(self, number: int) -> Scope:
        if number not in self.sizes:
            self.sizes[number] = None if self.are_sizes_mapped else self._size(number)
        return Scope(number, self.parts[number], self.sizes[number])

    def _size(self, number: int) -> tuple[int, int] | None:
        """The first picture's size stands for the screen's."""
        first = self.firsts.get(number)
        try:
            content = self.pictures.content(first) if first else None
        except (OSError, pa.ArrowException):
            return None
        return size_of(content) if content else None


def read_mapped(root: Path, mapping: Document, files: MappedFiles, ask: Asker) -> MappedState:
    """Check the mapping against every row and index the steps.

    Raises MappingError where the mapping is wrong, DamagedFileError naming a file that cannot be read.
    """
    plan = compiled_plan(mapping, files, ask)
    notes = keep_lengths(plan, _presence(plan), ask)
    mapped_check.refuse_misfits(plan, ask)
    keep_index(plan, ask)
    mapped_check.refuse_floods(plan, ask)
    keep_sessions(plan, ask)
    named = ask.table("SELECT _tx_session_id AS id, _tx_s AS s FROM _tx_named")
    parts: dict[int, tuple[tuple[int, int, int], ...]] = {}
    spans = (
        "SELECT _tx_s AS s, _tx_i AS i, min(_tx_row) AS a, max(_tx_row) AS b FROM _tx_index "
        "GROUP BY _tx_s, _tx_i ORDER BY _tx_s, _tx_i"
    )
    for s, *part in zip(*(column.to_pylist() for column in ask.table(spans).columns), strict=True):
        parts[s] = (*parts.get(s, ()), (part[0], part[1], part[2]))
    is_sized = plan.has("frames.width_px")
    firsts = {} if is_sized or plan.pictures is None else _firsts(plan, ask)
    ids, numbers = (column.to_pylist() for column in named.columns)
    return MappedState(
        _dataset(root, mapping, files), plan, notes, MappedPictures(plan),
        dict(zip(ids, numbers, strict=True)), parts, firsts, is_sized,
    )  # fmt: skip


def _presence(plan: Plan) -> Presence:
    if plan.pictures is None or plan.pictures.path is None:
        return Presence()
    try:
        return presence(plan)
    except (OSError, pa.ArrowException) as error:
        raise mapped_check.DamagedFileError(error.__notes__[-1]) from None


def _firsts(plan: Plan, ask: Asker) -> dict[int, dict[str, object]]:
    ask.keep("_tx_first", "SELECT _tx_s, min(_tx_k) AS _tx_k FROM _tx_index WHERE _tx_has GROUP BY _tx_s")
    frames = relation(plan, "frames")
    rows = ask.table(
        "SELECT f._tx_s AS s, p.frame_id, p.file, p.file_row FROM _tx_first AS f JOIN _tx_named USING (_tx_s) "
        f"JOIN ({frames}) AS p ON p.session_id = _tx_session_id AND p.seq = 3 * f._tx_k"
    )
    return {row.pop("s"): row for row in rows.to_pylist()}


def _dataset(root: Path, mapping: Document, files: MappedFiles) -> Dataset:
    identity = uuid.UUID(hex=files.fingerprint[:32])
    version = hashlib.sha256(f"{files.fingerprint}{mapping.sha256}".encode()).hexdigest()
    return Dataset(root, str(identity), mapping.title, False, "", "", (), {}, Manifest((), version))
