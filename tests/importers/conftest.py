"""Recordings made on the spot: the smallest that show one thing."""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from PIL import Image

from explorer.importers.recording import Events, Moves, Recording
from explorer.importers.tables import session_tables
from explorer.trace.schema import TABLES
from explorer.trace.values import Tally

Row = Mapping[str, Any]

SESSION = {
    "source_format": "ducktrack", "actor": "human", "time_precision": "us", "clock": "monotonic", "is_complete": True,
}  # fmt: skip


@pytest.fixture(scope="session")
def recording_of() -> Callable[..., Recording]:
    """`recording_of(events=[rows], moves=[(order, t_us, x, y)], **fields)`."""
    return _recording_of


def _recording_of(
    events: Sequence[Row] = (), moves: Sequence[tuple[int, int, float, float]] = (), **fields: Any
) -> Recording:
    table = np.array(moves, np.float64).reshape(-1, 4)
    positions = Moves(table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), table[:, 2], table[:, 3])
    session = SESSION | fields.pop("session", {})
    rows = [{"order": place, "t_us": place * 1_000, **row} for place, row in enumerate(events)]
    return Recording(
        inner_id="",
        session=session,
        moves=positions,
        events=Events.from_rows(rows),
        place="made.jsonl:{}",
        **fields,
    )


@pytest.fixture(scope="session")
def tables_of() -> Callable[[Recording], dict[str, pa.Table]]:
    """Tables of a recording, whole, and proven to keep the schema's rules."""
    return _tables_of


def _tables_of(recording: Recording) -> dict[str, pa.Table]:
    made = session_tables(recording, "0" * 64, "1")
    tables = {
        name: rows if isinstance(rows, pa.Table) else pa.concat_tables(rows)
        for name, rows in made.tables.items()
    }
    for name, rows in tables.items():
        tally = Tally(TABLES[name])
        tally.add(rows)
        assert tally.problems() == []
    return tables


@pytest.fixture(scope="session")
def seq_of_all() -> Callable[[Mapping[str, pa.Table]], list[int]]:
    """seq of all rows of a session, sorted."""
    return lambda tables: sorted(
        seq
        for name in ("moves", "events", "steps", "frames")
        if name in tables
        for seq in tables[name]["seq"].to_pylist()
    )


@pytest.fixture(scope="session")
def ducktrack() -> Callable[..., Path]:
    """Write a DuckTrack recording: rows as mappings or as raw lines."""
    return _ducktrack


def _ducktrack(folder: Path, rows: Iterable[Row | bytes], metadata: Row | None = None) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    lines = [row if isinstance(row, bytes) else json.dumps(row).encode() + b"\n" for row in rows]
    (folder / "events.jsonl").write_bytes(b"".join(lines))
    about = {
        "system": "Darwin",
        "screen_width": 1512,
        "screen_height": 982,
        "stop_time": "2023-10-20 17:20:26",
    }
    (folder / "metadata.json").write_text(json.dumps(about if metadata is None else metadata))
    return folder


@pytest.fixture(scope="session")
def png() -> Callable[..., bytes]:
    """A PNG of one colour."""
    return _png


def _png(shade: int = 200, size: tuple[int, int] = (64, 40)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, (shade, 90, 30)).save(buffer, "PNG")
    return buffer.getvalue()


OPENADAPT_TABLES = {
    "recording": "timestamp, monitor_width, monitor_height, pixel_ratio, double_click_interval_seconds, "
    "double_click_distance_pixels, platform, task_description, config",
    "action_event": "source_ordinal, name, timestamp, screenshot_timestamp, screenshot_source_ordinal, "
    "after_screenshot_timestamp, after_screenshot_source_ordinal, mouse_x, mouse_y, mouse_dx, mouse_dy, "
    "mouse_button_name, mouse_pressed, key_name, key_char, key_vk, element_state, disabled",
    "window_event": 'source_ordinal, timestamp, state, title, "left", top, width, height, window_id',
    "browser_event": "source_ordinal, timestamp, message",
    "screenshot": "source_ordinal, timestamp, png_data, png_sha256",
}


@pytest.fixture(scope="session")
def openadapt() -> Callable[..., Path]:
    """Write an openadapt-capture recording: rows of each table; `is_live` leaves them in the write-ahead log."""
    return _openadapt


def _openadapt(
    folder: Path, *, is_live: bool = False, state: Row | None = None, **tables: Sequence[Row]
) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    own = folder / "writing" if is_live else folder
    own.mkdir(exist_ok=True)
    tables.setdefault("recording", [{"timestamp": 1_700_000_000.0, "platform": "linux", "monitor_width": 1280,
                                     "monitor_height": 800, "pixel_ratio": 1.0}])  # fmt: skip
    with closing(sqlite3.connect(own / "recording.db")) as connection:
        if is_live:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA wal_autocheckpoint=0")
        for name, columns in OPENADAPT_TABLES.items():
            connection.execute(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, {columns})")
            for row in tables.get(name, ()):
                marks = ", ".join("?" * len(row))
                names = ", ".join(f'"{column}"' for column in row)
                connection.execute(f"INSERT INTO {name} ({names}) VALUES ({marks})", tuple(row.values()))
        connection.commit()
        if is_live:
            for ending in ("", "-wal"):
                (folder / f"recording.db{ending}").write_bytes((own / f"recording.db{ending}").read_bytes())
    if is_live:
        for file in own.iterdir():
            file.unlink()
        own.rmdir()
    (folder / "capture-state.json").write_text(json.dumps({"complete": True} if state is None else state))
    return folder


@pytest.fixture(scope="session")
def screenshot() -> Callable[..., dict[str, Any]]:
    """A row of openadapt's screenshot table."""
    return lambda ordinal, time_s, content: {
        "source_ordinal": ordinal, "timestamp": time_s, "png_data": content,
        "png_sha256": hashlib.sha256(content).hexdigest(),
    }  # fmt: skip


@pytest.fixture(scope="session")
def balabit_csv() -> Callable[..., Path]:
    """Write a Balabit CSV file from its lines."""
    return _balabit_csv


def _balabit_csv(
    path: Path, *lines: str, header: str = "record timestamp,client timestamp,button,state,x,y"
) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([header, *lines]) + "\n")
    return path
