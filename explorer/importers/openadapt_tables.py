"""The tables of an openadapt-capture database, read in the order of source_ordinal."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from explorer.errors import SourceError
from explorer.importers import openadapt_rows as rows_of
from explorer.importers.openadapt_db import columns_of
from explorer.importers.openadapt_session import About
from explorer.importers.recording import HINT_DAMAGED, Events, Frame, Ints, Moves, times_us


@dataclass(slots=True)
class Rows:
    """Rows of all tables; times in seconds since 1970, places in the source as source_ordinal."""

    moves: list[tuple[int, float, float, float]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    event_s: list[float] = field(default_factory=list)
    pictures: list[tuple[int, float, int]] = field(default_factory=list)
    disabled_n: int = 0


def read_rows(connection: sqlite3.Connection, name: str, facts: About) -> Rows:
    """All rows but the pictures' bytes."""
    rows = Rows()
    _read_pictures(connection, rows)
    _read_windows(connection, rows, facts)
    _read_browser(connection, rows)
    _read_actions(connection, rows, name, facts)
    return rows


def _read_pictures(connection: sqlite3.Connection, rows: Rows) -> None:
    if "png_data" not in columns_of(connection, "screenshot"):
        return
    query = (
        "SELECT source_ordinal, timestamp, id FROM screenshot "
        "WHERE png_data IS NOT NULL ORDER BY source_ordinal, id"
    )
    rows.pictures = [(row[0], rows_of.number(row[1]), row[2]) for row in connection.execute(query)]


def _read_windows(connection: sqlite3.Connection, rows: Rows, facts: About) -> None:
    if "title" not in columns_of(connection, "window_event"):
        return
    for row in connection.execute("SELECT * FROM window_event ORDER BY source_ordinal, id"):
        event = rows_of.window_of(row)
        if (
            facts.geometry.is_window
        ):  # positions count from the window then, its place on the desktop does not matter
            event = {column: value for column, value in event.items() if not column.endswith("_px")}
        _keep(rows, row, event)


def _read_browser(connection: sqlite3.Connection, rows: Rows) -> None:
    if "message" not in columns_of(connection, "browser_event"):
        return
    for row in connection.execute("SELECT * FROM browser_event ORDER BY source_ordinal, id"):
        _keep(rows, row, rows_of.browser_of(row))


def _read_actions(connection: sqlite3.Connection, rows: Rows, name: str, facts: About) -> None:
    by_order = {order: index for index, (order, _, _) in enumerate(rows.pictures)}
    by_time = {time_s: index for index, (_, time_s, _) in enumerate(rows.pictures)}
    origin = (facts.geometry.left_px, facts.geometry.top_px)
    for row in connection.execute("SELECT * FROM action_event ORDER BY source_ordinal, id"):
        if row["disabled"]:
            rows.disabled_n += 1
        elif row["name"] == "move":
            rows.moves.append(
                (row["source_ordinal"], rows_of.number(row["timestamp"]), *rows_of.point(row, origin))
            )
        else:
            event = rows_of.event_of(
                row, facts.platform, origin, f"{name}, source_ordinal {row['source_ordinal']}"
            )
            event["frame"] = _link(row, "screenshot", by_order, by_time)
            event["frame_after"] = _link(row, "after_screenshot", by_order, by_time)
            _keep(rows, row, {"source_type": str(row["name"]), **event})


def _link(row: sqlite3.Row, name: str, by_order: dict[int, int], by_time: dict[float, int]) -> int:
    """Index of the picture that an action names; -1 when it names none that is there."""
    columns = row.keys()
    if f"{name}_source_ordinal" in columns and row[f"{name}_source_ordinal"] in by_order:
        return by_order[row[f"{name}_source_ordinal"]]
    if f"{name}_timestamp" in columns:
        return by_time.get(row[f"{name}_timestamp"], -1)
    return -1


def _keep(rows: Rows, row: sqlite3.Row, event: dict[str, Any]) -> None:
    rows.events.append({"order": row["source_ordinal"], "t_us": 0, **event})
    rows.event_s.append(rows_of.number(row["timestamp"]))


def moves(rows: Rows, place: str) -> Moves:
    """Pointer positions; SourceError at a time stamp that is none."""
    table = np.array([move[1:] for move in rows.moves], np.float64).reshape(-1, 3)
    order = np.array([move[0] for move in rows.moves], np.int64)
    return Moves(order, times_us(table[:, 0], 1e6, _at(order, place)), table[:, 1], table[:, 2])


def events(rows: Rows, place: str) -> Events:
    """All other input, windows and browser messages; SourceError at a time stamp that is none."""
    found = Events.from_rows(rows.events)
    found.t_us = times_us(np.array(rows.event_s, np.float64), 1e6, _at(found.order, place))
    return found


def frames(rows: Rows, place: str, facts: About) -> list[Frame]:
    """The pictures without their bytes: all show the whole virtual desktop (or the captured window)."""
    order = np.array([picture[0] for picture in rows.pictures], np.int64)
    t_us = times_us(np.array([picture[1] for picture in rows.pictures], np.float64), 1e6, _at(order, place))
    geometry = facts.geometry
    display_id = (
        geometry.displays[0].display_id if geometry.displays and len(geometry.displays) == 1 else None
    )
    return [
        Frame(
            order=int(own_order), t_us=int(own_t_us), left_px=geometry.left_px, top_px=geometry.top_px,
            view_width_px=geometry.width_px, view_height_px=geometry.height_px, display_id=display_id,
        )
        for own_order, own_t_us in zip(order, t_us, strict=True)
    ]  # fmt: skip


def picture_bytes(connection: sqlite3.Connection, ids: Sequence[int], name: str) -> Iterator[bytes]:
    """The pictures as stored, one by one; SourceError where one differs from its recorded hash."""
    has_hash = "png_sha256" in columns_of(connection, "screenshot")
    query = f"SELECT png_data, {'png_sha256' if has_hash else 'NULL'} FROM screenshot WHERE id = ?"
    for picture in ids:
        content, digest = connection.execute(query, (picture,)).fetchone()
        if digest and digest != hashlib.sha256(content).hexdigest():
            where = f"{name}, screenshot {picture}"
            raise SourceError("the picture differs from its recorded hash", where=where, hint=HINT_DAMAGED)
        yield content


def _at(order: Ints, place: str) -> Callable[[int], str]:
    return lambda index: place.format(int(order[index]))
