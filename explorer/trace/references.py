"""References between tables: every row belongs to a session, every id that is named exists, every count is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from explorer.trace.manifest import FileEntry

Found = tuple[str, str, str, int]

# table -> (column, table it points to); an id is looked up within its session
_POINTERS = (
    ("events", "frame_id", "frames"),
    ("events", "frame_after_id", "frames"),
    ("steps", "frame_before_id", "frames"),
    ("steps", "frame_after_id", "frames"),
    ("redactions", "frame_id", "frames"),
    ("moves", "display_id", "displays"),
    ("events", "display_id", "displays"),
    ("frames", "display_id", "displays"),
    ("events", "step", "steps"),
    ("frames", "step", "steps"),
    ("sessions", "participant_id", "participants"),
)
_TARGETS = {"frames": "frame_id", "displays": "display_id", "steps": "step", "participants": "participant_id"}
_COUNTED = ("moves", "events", "steps", "frames")


@dataclass
class References:
    """Gathers ids while the files are read; `problems` compares them at the end."""

    _targets: dict[str, set[tuple[object, ...]]] = field(default_factory=dict)
    _used: dict[tuple[str, str, str], Counter[tuple[object, ...]]] = field(default_factory=dict)
    _file_of_session: dict[str, dict[str, str]] = field(default_factory=dict)
    _spanning: Counter[tuple[str, str]] = field(default_factory=Counter)
    _counts: dict[str, Counter[str]] = field(default_factory=dict)
    _stated: dict[str, tuple[str, dict[str, int]]] = field(default_factory=dict)
    _distrusted: set[str] = field(default_factory=set)

    def distrust(self, table: str) -> None:
        """A file of this table could not be read: what it would have held is not reported as missing."""
        self._distrusted.add(table)

    def add(self, entry: FileEntry, rows: pa.Table) -> None:
        """Take the next rows of a file."""
        table = entry.table
        if table in _TARGETS:
            self._targets.setdefault(table, set()).update(_ids(rows, _TARGETS[table], table))
        for source, column, target in _POINTERS:
            if source == table:
                used = self._used.setdefault((entry.path, column, target), Counter())
                used.update(_counted_ids(rows, column, target))
        if "session_id" in rows.column_names:
            self._note_sessions(entry, rows)
        if table == "sessions":
            for row in rows.select(["session_id", *(f"{name}_n" for name in _COUNTED)]).to_pylist():
                stated = {name: row[f"{name}_n"] for name in _COUNTED}
                self._stated[row["session_id"]] = (entry.path, stated)

    def problems(self) -> Iterator[Found]:
        """(file, column, what, rows) for references that lead nowhere."""
        for (file, column, target), used in self._used.items():
            if target not in self._distrusted:
                missing = sum(n for key, n in used.items() if key not in self._targets.get(target, ()))
                if missing:
                    yield file, column, f"names rows that {target} does not have", missing
        for (file, table), n in self._spanning.items():
            yield file, "session_id", f"a session of {table} spans two files", n
        if "sessions" not in self._distrusted:
            yield from self._lost_rows()
            yield from self._wrong_counts()

    def _note_sessions(self, entry: FileEntry, rows: pa.Table) -> None:
        counts = self._counts.setdefault(entry.table, Counter())
        homes = self._file_of_session.setdefault(entry.table, {})
        for pair in pc.value_counts(rows["session_id"]).to_pylist():
            session_id, n = pair["values"], pair["counts"]
            counts[session_id] += n
            if homes.setdefault(session_id, entry.path) != entry.path:
                self._spanning[entry.path, entry.table] += 1

    def _lost_rows(self) -> Iterator[Found]:
        for table, homes in self._file_of_session.items():
            lost: Counter[str] = Counter()
            for session_id, file in homes.items():
                if session_id not in self._stated:
                    lost[file] += self._counts[table][session_id]
            for file, n in lost.items():
                yield file, "session_id", "names sessions that do not exist", n

    def _wrong_counts(self) -> Iterator[Found]:
        wrong: Counter[tuple[str, str]] = Counter()
        for session_id, (file, stated) in self._stated.items():
            for table, n in stated.items():
                if table not in self._distrusted and n != self._counts.get(table, Counter())[session_id]:
                    wrong[file, f"{table}_n"] += 1
        for (file, column), n in wrong.items():
            yield file, column, "differs from the number of rows", n


def _ids(rows: pa.Table, column: str, target: str) -> set[tuple[object, ...]]:
    return set(_counted_ids(rows, column, target))


def _counted_ids(rows: pa.Table, column: str, target: str) -> dict[tuple[object, ...], int]:
    rows = rows.filter(pc.is_valid(rows[column]))
    keys = [column] if target == "participants" else ["session_id", column]
    counted = rows.select(keys).group_by(keys).aggregate([([], "count_all")])
    ids = zip(*(counted[key].to_pylist() for key in keys), strict=True)
    return dict(zip(ids, counted["count_all"].to_pylist(), strict=True))
