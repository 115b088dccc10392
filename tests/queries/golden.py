"""Recordings and results as small tables in the text of a test.

Cells are parted by two spaces or more, `-` is NULL (or a dull value where the schema wants one), and a line that
starts with `#` is a drawing. Rows of moves, events and frames stand in one table, in their true
order: `seq` counts the lines of a session from 0, the kinds `move` and `frame` go to their own tables, and a star
after the kind marks a row that was made from others. `t_ms` may be written for `t_us`, `start_s` for `start_us`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import duckdb
import pyarrow as pa

from explorer import sql
from explorer.engine import library, rollups
from explorer.engine.mentions import mentions
from explorer.trace.arrow import from_rows
from explorer.trace.schema import TABLES

PICTURES = ("image", "thumb")
SCALES = {"ms": 1_000, "s": 1_000_000}
DULL: dict[str, dict[str, Any]] = {
    "sessions": {
        "source_format": "office", "actor": "human", "time_precision": "us", "clock": "epoch",
        "redaction_status": "none", "is_complete": True, "moves_n": 0, "events_n": 0, "steps_n": 0, "frames_n": 0,
        "quality": "",
    },
    "participants": {"consent_status": "granted"},
    "displays": {"start_us": 0, "is_primary": True, "is_estimated": False, "coordinate_space": "physical_px"},
    "moves": {},
    "events": {"is_derived": False},
    "steps": {},
    "frames": {"is_redacted": False},
    "redactions": {},
}  # fmt: skip


class Trace:
    """A DuckDB in memory with the relations that query files see."""

    def __init__(self) -> None:
        # Tables this small are read by one thread: more of them only wait for each other.
        self._con = duckdb.connect(config={"threads": 1})
        self._statements: dict[str, duckdb.Statement] = {}
        for table in TABLES.values():
            columns = [f"{c.name} {c.type}" for c in table.columns if c.name not in PICTURES]
            columns += ["file VARCHAR", "file_row BIGINT"] if table.name == "frames" else []
            self._con.execute(f"CREATE TABLE {table.name} ({', '.join(columns)})")
        for name, text in library.texts().items():
            self._con.execute(f"CREATE VIEW {name} AS {text}")
        for name in rollups.names():
            self._con.execute(f"CREATE TABLE {name} AS {rollups.load(name).sql}")
        self._fresh = set(rollups.names())
        for name, text in library.texts(are_above=True).items():
            self._con.execute(f"CREATE VIEW {name} AS {text}")

    @property
    def con(self) -> duckdb.DuckDBPyConnection:
        """The connection, for statements of one's own; what they change the rollups must see."""
        self._fresh.clear()
        return self._con

    def clear(self) -> None:
        """Forget all rows."""
        self._fresh.clear()
        for table in TABLES:
            self._con.execute(f"DELETE FROM {table}")

    def add(self, table: str, text: str) -> None:
        """Rows of one table."""
        self.insert(table, _rows(text, table))

    def record(self, text: str) -> None:
        """Rows of moves, events and frames, and the sessions they belong to unless these are there already."""
        self.insert_recording(_rows(text, "events"))

    def insert_recording(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """The same from mappings."""
        parts: dict[str, list[dict[str, Any]]] = {"moves": [], "events": [], "frames": []}
        lines: dict[str, int] = {}
        last_us: dict[str, int | None] = {}
        for given in rows:
            row = {"session_id": "s", "t_us": None, **given}
            session_id = row["session_id"]
            row.setdefault("seq", lines.get(session_id, 0))
            lines[session_id] = lines.get(session_id, 0) + 1
            last_us[session_id] = max(filter(_is_there, (row["t_us"], last_us.get(session_id))), default=None)
            parts[_table_of(row)].append(row)
        for table, found in parts.items():
            names = {*TABLES[table].column_names, "file", "file_row"}
            self.insert(table, [{k: v for k, v in row.items() if k in names} for row in found])
        self._add_sessions(last_us, parts)

    def insert(self, table: str, rows: list[dict[str, Any]]) -> None:
        """Rows of one table from mappings."""
        self._fresh.clear()
        files = [(row.pop("file", None), row.pop("file_row", None)) for row in rows]
        filled = from_rows(
            table, [DULL[table] | {k: v for k, v in row.items() if v is not None} for row in rows]
        )
        if table == "frames":
            filled = filled.drop_columns(list(PICTURES))
            filled = filled.append_column("file", pa.array([f for f, _ in files], pa.string()))
            filled = filled.append_column("file_row", pa.array([r for _, r in files], pa.int64()))
        self._con.register("given", filled)
        self._con.execute(f"INSERT INTO {table} SELECT * FROM given")
        self._con.unregister("given")

    def ask(self, name: str, **params: object) -> pa.Table:
        """Result of the query file."""
        query = sql.load(name)
        self._build(query.sql)
        return self._con.execute(self._parsed(query.sql), sql.bind(query, params)).to_arrow_table()

    def _build(self, text: str) -> None:
        """The rollups that a statement reads: as views they would be worked out for every mention."""
        for name in (name for name in _read_by(text) if name not in self._fresh):
            self._con.execute(self._parsed(f"CREATE OR REPLACE TABLE {name} AS {rollups.load(name).sql}"))
            self._fresh.add(name)

    def _parsed(self, text: str) -> duckdb.Statement:
        """The statement, parsed once as the engine does: parsing takes almost half of an answer over a few rows."""
        if text not in self._statements:
            (self._statements[text],) = self._con.extract_statements(text)
        return self._statements[text]

    def _add_sessions(self, last_us: dict[str, int | None], parts: dict[str, list[dict[str, Any]]]) -> None:
        there = {row[0] for row in self._con.execute("SELECT session_id FROM sessions").fetchall()}
        rows = []
        for session_id, duration_us in last_us.items():
            counts = {
                f"{t}_n": sum(row["session_id"] == session_id for row in found) for t, found in parts.items()
            }
            rows.append({"session_id": session_id, "duration_us": duration_us, **counts})
        self.insert("sessions", [row for row in rows if row["session_id"] not in there])


def shown(result: pa.Table, expected: str) -> tuple[str, str]:
    """The result, and the expected table, with the columns of the latter and in one layout."""
    names, *lines = _lines(expected)
    columns = [(name, *_scale(name, result.column_names)) for name in names]
    rows = [[_text(row[own], scale) for _, own, scale in columns] for row in result.to_pylist()]
    return _laid_out([names, *rows]), _laid_out([names, *lines])


@cache
def _read_by(text: str) -> tuple[str, ...]:
    """Rollups that a statement reads, directly or through others, those first that others are made of."""
    texts = [text, *(above for name, above in library.texts(are_above=True).items() if mentions(text, name))]
    found: list[str] = []
    for name in reversed(rollups.names()):
        if any(mentions(one, name) for one in texts):
            texts.append(rollups.load(name).sql)
            found.append(name)
    return tuple(reversed(found))


def _table_of(row: dict[str, Any]) -> str:
    kind = row["kind"]
    if kind == "move":
        return "moves"
    if kind == "frame":
        row["frame_id"] = row.get("frame_id") or f"{row['session_id']}-{row['seq']:07d}"
        return "frames"
    row["kind"], row["is_derived"] = kind.rstrip("*"), kind.endswith("*")
    return "events"


def _is_there(value: object) -> bool:
    return value is not None


def _lines(text: str) -> list[list[str]]:
    lines = (line.strip() for line in text.strip().splitlines())
    return [re.split(r"\s{2,}", line) for line in lines if line and not line.startswith("#")]


def _rows(text: str, table: str) -> list[dict[str, Any]]:
    names, *lines = _lines(text)
    own = {c.name: c.type for t in (table, "frames", "moves") for c in reversed(TABLES[t].columns)}
    own |= {c.name: c.type for c in TABLES[table].columns} | {"file": "VARCHAR", "file_row": "BIGINT"}
    columns = [_scale(name, list(own)) for name in names]
    return [
        {name: _value(cell, own[name], scale) for cell, (name, scale) in zip(line, columns, strict=True)}
        for line in lines
    ]


def _scale(name: str, known: list[str]) -> tuple[str, int]:
    """The column meant by `name`, and how many of its units one of the written ones holds."""
    stem, _, unit = name.rpartition("_")
    if name not in known and unit in SCALES:
        return f"{stem}_us", SCALES[unit]
    return name, 1


def _value(cell: str, kind: str, scale: int) -> Any:
    if cell == "-":
        return None
    if kind in ("VARCHAR", "BOOLEAN"):
        return cell == "true" if kind == "BOOLEAN" else cell
    return float(cell) if kind == "DOUBLE" else round(float(cell) * scale)


def _text(value: Any, scale: int) -> str:
    if value is None:
        return "-"
    if isinstance(value, (bool, str)):
        return str(value).lower() if isinstance(value, bool) else value
    return f"{value / scale:.10g}" if isinstance(value, float) or scale > 1 else str(value)


def _laid_out(rows: list[list[str]]) -> str:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows)
