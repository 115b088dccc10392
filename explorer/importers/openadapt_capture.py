"""openadapt-capture: recording.db (SQLite, often with a live write-ahead log) and state files beside it.

The true order is `source_ordinal`, which all tables share; the clock is seconds since 1970. Screenshots in the
database become frames, their PNG bytes untouched; the video beside it is not decoded. Rows marked `disabled` are left
out and counted. Where the recorder names no application, the window title's customary ending is taken (extra says so).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from explorer.errors import SourceError
from explorer.importers import openadapt_db as database
from explorer.importers import openadapt_tables as tables
from explorer.importers.base import Source, sha256_of_files
from explorer.importers.columns import json_text
from explorer.importers.openadapt_session import STATE_NAME, About, about
from explorer.importers.recording import HINT_DAMAGED, Recording, literal

_STOP_HOTKEYS = (("ctrl", "ctrl", "ctrl"), tuple("oa.stop"))
_ACTION_COLUMNS = """
    source_ordinal name timestamp mouse_x mouse_y mouse_dx mouse_dy mouse_button_name mouse_pressed
    key_name key_char key_vk disabled element_state
"""
_NEEDED = {
    "recording": frozenset(("timestamp", "platform")),
    "action_event": frozenset(_ACTION_COLUMNS.split()),
}
_VIDEOS = (".mp4", ".mkv")


class OpenAdaptCapture:
    """Importer of openadapt-capture recordings: a folder, or its database alone."""

    formats: tuple[str, ...] = ("openadapt_capture",)
    version = "1"

    def find(self, path: Path) -> Source | None:
        """A folder with recording.db, or a database with the recorder's tables."""
        db = path / database.DB_NAME if path.is_dir() else path
        if db.suffix != ".db" or not db.is_file():
            return None
        is_named_so = db.name == database.DB_NAME and db.with_name(STATE_NAME).is_file()
        if not is_named_so and not (database.is_database(db) and _has_tables(db)):
            return None
        size = sum(file.stat().st_size for file in (db, *database.files_beside(db)))
        return Source(path, "openadapt_capture", db.name, size)

    def fingerprint(self, source: Source) -> str:
        """sha256 over the database and its logs."""
        db = _db(source)
        return sha256_of_files([db, *database.files_beside(db)])

    def inner_ids(self, source: Source) -> Sequence[str]:
        """One recording, without a name of its own."""
        return ("",)

    def read(self, source: Source, inner_ids: Sequence[str]) -> Iterator[Recording]:
        """The recording, with all that the write-ahead log holds; SourceError when the database is damaged."""
        db = _db(source)
        with database.opened(db) as connection:
            _check(connection, db.name)
            found = connection.execute("SELECT * FROM recording ORDER BY id").fetchall()
            if len(found) > 1:
                raise SourceError(f"holds {len(found)} recordings, one is expected", where=db.name)
            facts = about(found[0] if found else None, db.parent)
            yield _recording(connection, db, facts)


def _recording(connection: sqlite3.Connection, db: Path, facts: About) -> Recording:
    rows = tables.read_rows(connection, db.name, facts)
    if not (rows.moves or rows.events or rows.pictures):
        raise SourceError("the recording holds no events", where=db.name, hint="Leave it out")
    place = literal(db.name) + ", source_ordinal {}"
    picture_ids = [picture for _, _, picture in rows.pictures]
    has_video = any(file.suffix.lower() in _VIDEOS for file in db.parent.iterdir())
    has_window_ids = "window_id" in database.columns_of(connection, "window_event")
    return Recording(
        inner_id="",
        session=_session(db, facts, rows),
        moves=tables.moves(rows, place),
        events=tables.events(rows, place),
        place=place,
        displays=facts.geometry.displays,
        frames=tables.frames(rows, place, facts),
        pictures=lambda: tables.picture_bytes(connection, picture_ids, db.name),
        dropped=facts.dropped | ({"window_id"} if has_window_ids else set()),
        hotkeys=_STOP_HOTKEYS,
        double_click_us=facts.double_click_us,
        double_click_px=facts.double_click_px,
        quality=frozenset({"unread_video"} if has_video and not rows.pictures else ()),
    )


def _session(db: Path, facts: About, rows: tables.Rows) -> dict[str, Any]:
    has_app = any(row.get("app") for row in rows.events)
    extra = {
        "disabled_n": rows.disabled_n or None,
        "app_from": "window_title" if has_app and facts.platform != "macos" else None,
        "captured": "window" if facts.geometry.is_window else None,
    }
    return {
        "source_format": "openadapt_capture",
        "source_name": db.name,
        "actor": "human",
        "time_precision": "us",
        "clock": "epoch",
        "os": facts.os,
        "recorder": "openadapt-capture",
        "task": facts.task,
        "is_complete": facts.is_complete,
        "extra": json_text(extra),
    }


def _check(connection: sqlite3.Connection, name: str) -> None:
    """Raise SourceError unless the database is whole and has the columns that are read."""
    database.check_whole(connection, name)
    for table, needed in _NEEDED.items():
        missing = needed - database.columns_of(connection, table)
        if missing:
            what = f"table {table} has no column {sorted(missing)[0]!r}"
            raise SourceError(
                what, where=name, hint="Recordings of openadapt-capture from version 1.3 on are read"
            )
    for table in ("action_event", "window_event", "screenshot", "browser_event"):
        if "source_ordinal" not in database.columns_of(connection, table):
            continue
        query = f"SELECT id FROM \"{table}\" WHERE typeof(source_ordinal) <> 'integer' LIMIT 1"
        row = connection.execute(query).fetchone()
        if row:
            raise SourceError(
                "source_ordinal is missing", where=f"{name}, {table} {row[0]}", hint=HINT_DAMAGED
            )


def _db(source: Source) -> Path:
    return source.path / database.DB_NAME if source.path.is_dir() else source.path


def _has_tables(db: Path) -> bool:
    with database.opened(db) as connection:
        return all(database.columns_of(connection, table) for table in _NEEDED)
