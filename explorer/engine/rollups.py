"""Rollups: small tables derived by queries/rollups/*.sql, kept beside the dataset and rebuilt when it changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from explorer import sql
from explorer.engine import library
from explorer.engine.mentions import mentions
from explorer.trace import verified
from explorer.trace.manifest import FileEntry

FOLDER = "rollups"
BATCH_ROWS = 122_880
# People of all sessions at once take gigabytes: parts of the screen, which no row of the result spans, do not.
_BANDS = ((0, 8), (9, 17), (18, 26))
_LINE = "floor(cell / 48.0)"
PIECES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "whole_pointer_cells": (
        "session_pointer_cells",
        tuple(
            f"space = '{space}' AND {_LINE} BETWEEN {first} AND {last}"
            for space in ("screen", "window")
            for first, last in _BANDS
        ),
    )
}


@dataclass(frozen=True, slots=True)
class RollupFile:
    """One part of one rollup; `path` is relative to the dataset."""

    rollup: str
    path: str
    rows: int
    bytes: int = 0
    sha256: str = ""

    @property
    def entry(self) -> FileEntry:
        """The file as the dataset's own files are described, for hashing."""
        return FileEntry(self.path, self.rollup, self.rows, self.bytes, self.sha256, "", "")


@dataclass(frozen=True, slots=True)
class RollupIndex:
    """rollups/manifest.json: what was built, from which state of the dataset."""

    manifest_sha256: str = ""
    consent_sha256: str = ""
    sql_sha256: tuple[tuple[str, str], ...] = ()
    covered: tuple[str, ...] = ()  # the dataset's files that the rollups have seen
    files: tuple[RollupFile, ...] = ()
    sha256: str = ""

    def stale(self, manifest_sha256: str, consent_sha256: str) -> tuple[str, ...]:
        """Rollups that cannot answer for that state of the dataset."""
        if (self.manifest_sha256, self.consent_sha256) != (manifest_sha256, consent_sha256):
            return names()
        return tuple(name for name in names() if dict(self.sql_sha256).get(name) != sql_digest(name))

    def damaged_now(self, root: Path) -> dict[str, str]:
        """Files that do not equal their hash, looked at anew: path -> what is wrong."""
        problems = {file.path: verified.mismatch(root, file.entry) for file in self.files}
        return {path: problem for path, problem in problems.items() if problem}

    def paths(self) -> list[str]:
        """Files of all rollups."""
        return [file.path for file in self.files]

    def relation(self, root: Path, name: str) -> str:
        """SELECT over the parts of one rollup."""
        paths = [str(root / file.path) for file in self.files if file.rollup == name]
        listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
        columns = ", ".join(column.name for column in load(name).columns)
        return f"SELECT {columns} FROM read_parquet([{listed}], hive_partitioning = false)"

    def pieces(self, root: Path, name: str, stale: Sequence[str]) -> Iterator[dict[str, str]]:
        """What a rollup reads, one piece after the other, as SQL by name; nothing: all at once."""
        if name not in PIECES:
            yield {}
            return
        source, conditions = PIECES[name]
        rows = load(source).sql if source in stale else self.relation(root, source)
        yield from ({source: f"SELECT * FROM ({rows}) WHERE {where}"} for where in conditions)


@dataclass(frozen=True, slots=True)
class NewSessions:
    """Sessions that the rollups have not seen, and the files they may be in (None: any)."""

    session_ids: Sequence[str]
    files: frozenset[str] | None

    def may_hold(self, entry: FileEntry) -> bool:
        """True when that file may hold a new session."""
        if not self.session_ids or (self.files is not None and entry.path not in self.files):
            return False
        return (
            entry.first_session_id <= max(self.session_ids) and min(self.session_ids) <= entry.last_session_id
        )

    def groups(self, rows_n: Mapping[str, int], most_rows: int) -> Iterator[NewSessions]:
        """The sessions in their order, in groups of at most so many rows, or of one session."""
        group: list[str] = []
        total = 0
        for session_id in self.session_ids:
            total += rows_n[session_id]
            if group and total > most_rows:
                yield NewSessions(group, self.files)
                group, total = [], rows_n[session_id]
            group.append(session_id)
        yield NewSessions(group, self.files)


def names() -> tuple[str, ...]:
    """Rollups, by the name of their relation; those that are made from other rollups come last."""
    return _ordered(tuple(name for name in sql.names() if name.startswith(f"{FOLDER}/")))


@cache
def _ordered(files: tuple[str, ...]) -> tuple[str, ...]:
    # Every opening and every build asks for the order many times.
    found = [name.removeprefix(f"{FOLDER}/") for name in files]
    return tuple(sorted(found, key=lambda name: (any(mentions(load(name).sql, n) for n in found), name)))


def is_made_of_rollups(name: str) -> bool:
    """True when a rollup reads other rollups, which must be there first."""
    return any(mentions(load(name).sql, other) for other in names())


def is_by_session(name: str) -> bool:
    """True when new sessions only add rows to a rollup; False when they change what it says of the whole."""
    return any(column.name == "session_id" for column in load(name).columns)


def row_order(name: str) -> list[str]:
    """Columns that the rows of a rollup are sorted by."""
    return [column.strip() for column in load(name).sql.rpartition("ORDER BY")[2].split(",")]


def load(name: str) -> sql.Query:
    """The query that builds a rollup."""
    return sql.load(f"{FOLDER}/{name}", "duckdb")


def sql_digest(name: str) -> str:
    """sha256 of a rollup's statement and of those it builds on: another statement means another rollup."""
    own = load(name).sql
    made_of = [load(other).sql for other in names() if other != name and mentions(own, other)]
    texts = [own, *made_of, *(library.texts()[other] for other in library.reached((own, *made_of)))]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def read_index(root: Path, dataset_id: str, known_bad: Mapping[str, str] | None = None) -> RollupIndex:
    """The index of the rollups at `root`; an empty one when there is none, or a file of theirs is damaged."""
    try:
        raw = (root / FOLDER / "manifest.json").read_bytes()
        document = json.loads(raw)
        index = _index(document, hashlib.sha256(raw).hexdigest())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return RollupIndex()
    if not all(_is_inside(file) for file in index.files) or set(index.paths()) & set(known_bad or ()):
        return RollupIndex()
    return index if not verified.damaged(dataset_id, root, [f.entry for f in index.files]) else RollupIndex()


def _index(document: dict[str, Any], digest: str) -> RollupIndex:
    return RollupIndex(
        str(document["manifest_sha256"]),
        str(document["consent_sha256"]),
        tuple(sorted((str(k), str(v)) for k, v in document["sql_sha256"].items())),
        tuple(str(path) for path in document["covered"]),
        tuple(
            RollupFile(str(f["rollup"]), str(f["path"]), int(f["rows"]), int(f["bytes"]), str(f["sha256"]))
            for f in document["files"]
        ),
        digest,
    )


def _is_inside(file: RollupFile) -> bool:
    return file.path.startswith(f"{FOLDER}/{file.rollup}/part-") and ".." not in file.path
