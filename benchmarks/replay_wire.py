"""What the replay player is sent of a working day: 8 hours, a million rows, most of them moves, and typed bursts."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from benchmarks.ground_floor import Measure
from explorer.engine.build import build_rollups
from explorer.server import wire_answers
from explorer.server.wire_memory import Memory
from explorer.trace.arrow import arrow_schema, from_rows
from explorer.trace.commit import writing
from explorer.trace.dataset import Dataset, create
from explorer.trace.writer import PartWriter
from explorer.widgets.opened import open_dataset

SESSION_ID = "generated-00000000000000da"
ROWS_N, DAY_US = 1_000_000, 8 * 3600 * 1_000_000
BURSTS_N, BURST_ROWS = 1_700, 60
TIMES = 5
LETTERS = np.array([*"etaoinshrdlu "], object)


def measures(folder: Path) -> list[Measure]:
    """All measures of the wire, with scratch space in `folder`."""
    dataset = _day(folder / "day")
    build_rollups(dataset)
    engine = open_dataset(dataset)
    about_ms, told = _first(lambda: wire_answers.about(SESSION_ID, False))
    chunks_n = len(json.loads(told)["chunks"])
    first_ms, _ = _first(
        lambda: wire_answers.chunk(SESSION_ID, 0, False), after=lambda: wire_answers.about(SESSION_ID, False)
    )
    began = time.perf_counter()
    sizes = [len(wire_answers.chunk(SESSION_ID, place, False) or b"") for place in range(chunks_n)]
    later_ms = 1000 * (time.perf_counter() - began) / (chunks_n - 1)
    read_ms, (rows_n, plain_bytes) = _first(lambda: _plain(dataset), after=lambda: None)
    engine.close()
    value = sum(sizes) / rows_n
    return [
        Measure("replay, bytes a row", value, "B", 11, f"as JSON columns {plain_bytes / rows_n / value:.1f} x as much"),
        Measure("replay, what a session is, first time", about_ms, "ms", 150,
                f"{about_ms / read_ms:.1f} x reading time and position of the same rows with pyarrow; {rows_n:,} rows"),
        Measure("replay, its first rows after that", first_ms, "ms", 400, f"{sizes[0] / 1024:,.0f} KiB"),
        Measure("replay, any later rows", later_ms, "ms", 100, f"mean of {chunks_n - 1} chunks"),
    ]  # fmt: skip


def _first(ask: Callable[[], Any], after: Callable[[], Any] | None = None) -> tuple[float, Any]:
    """Best time (ms) of an answer that is not in memory, once `after` is; and the answer."""
    times = []
    for _ in range(TIMES):
        wire_answers._memory = Memory()
        if after is not None:
            after()
        began = time.perf_counter()
        answer = ask()
        times.append(1000 * (time.perf_counter() - began))
    return min(times), answer


def _plain(dataset: Path) -> tuple[int, int]:
    """Rows read without the explorer, and the bytes of their time and position as JSON columns."""
    opened = Dataset.open(dataset)
    columns = ["seq", "t_us", "x_px", "y_px"]
    files = [file for table in ("moves", "events") for file in opened.files(table)]
    rows = pa.concat_tables([pq.read_table(dataset / file.path, columns=columns) for file in files]).sort_by(
        "seq"
    )
    sample = rows.slice(0, 10_000).select(columns[1:]).to_pydict()
    return rows.num_rows, len(json.dumps(sample, separators=(",", ":"))) * rows.num_rows // 10_000


def _day(root: Path) -> Path:
    """One session, written as an importer writes it."""
    dice = np.random.default_rng(1)
    create(root, "A day", synthetic=True)
    starts = dice.choice(ROWS_N // BURST_ROWS, BURSTS_N, replace=False) * BURST_ROWS
    is_event = np.zeros(ROWS_N, bool)
    is_event[(starts[:, None] + np.arange(BURST_ROWS)).ravel()] = True
    gaps = dice.exponential(20_000, ROWS_N)
    gaps[dice.choice(ROWS_N, 300, replace=False)] += dice.exponential(30e6, 300)
    t_us = np.cumsum(gaps)
    t_us = (t_us / t_us[-1] * DAY_US).astype(np.int64)
    tables = {
        "moves": _moves(np.flatnonzero(~is_event), t_us),
        "events": _events(np.flatnonzero(is_event), t_us),
    }
    session = {
        "session_id": SESSION_ID, "source_format": "generated", "actor": "human", "time_precision": "us",
        "clock": "relative", "duration_us": DAY_US, "redaction_status": "none", "is_complete": True, "quality": "",
        "moves_n": tables["moves"].num_rows, "events_n": tables["events"].num_rows, "steps_n": 0, "frames_n": 0,
    }  # fmt: skip
    with writing(root) as commit:
        writer = PartWriter(root)
        writer.add({"sessions": from_rows("sessions", [session]), **tables})
        commit.add(writer.close())
    return root


def _moves(seq: NDArray[np.int64], t_us: NDArray[np.int64]) -> pa.Table:
    x, y = 960 + 900 * np.sin(seq / 300), 540 + 500 * np.cos(seq / 410)
    return _table(
        "moves", {"seq": seq, "t_us": t_us[seq], "x_px": x.astype(np.int32), "y_px": y.astype(np.int32)}
    )


def _events(seq: NDArray[np.int64], t_us: NDArray[np.int64]) -> pa.Table:
    """Bursts of 28 keys typed into one field of one window, then a click and a turn of the wheel."""
    n, place = len(seq), np.arange(len(seq)) % BURST_ROWS
    burst = np.arange(len(seq)) // BURST_ROWS
    kind = np.where(place % 2, "key_up", "key_down").astype(object)
    for at, name in ((56, "mouse_down"), (57, "mouse_up"), (58, "click"), (59, "scroll")):
        kind[place == at] = name
    is_key, is_press = place < 56, (place >= 56) & (place < 59)
    texts = {
        "kind": kind, "key": np.where(is_key, LETTERS[np.arange(n) // 2 % len(LETTERS)], None),
        "button": np.where(is_press, "left", None),
        "app": np.array(["Mail", "Sheet", "Docs"], object)[burst // 40 % 3],
        "window_title": np.array([f"Window {number // 40}" for number in burst], object),
        "element_role": np.full(n, "textbox", object),
        "element_name": np.array([f"Field {number % 90}" for number in burst], object),
    }  # fmt: skip
    numbers = {
        "seq": seq, "t_us": t_us[seq], "is_derived": place == 58, "element_left_px": burst % 90 * 12,
        "element_top_px": burst % 70 * 12, "element_width_px": np.full(n, 200), "element_height_px": np.full(n, 30),
        "x_px": pa.array(seq % 1900, mask=is_key), "y_px": pa.array(seq % 1000, mask=is_key),
        "wheel_y": pa.array(np.ones(n), mask=place != 59),
    }  # fmt: skip
    return _table(
        "events", {**numbers, **{name: pa.array(values, pa.string()) for name, values in texts.items()}}
    )


def _table(name: str, columns: dict[str, Any]) -> pa.Table:
    """Rows of one table; columns that are not given are NULL."""
    n = len(columns["seq"])
    known = {**columns, "session_id": pa.array([SESSION_ID] * n)}
    arrays = [
        pa.array(known[field.name]).cast(field.type) if field.name in known else pa.nulls(n, field.type)
        for field in arrow_schema(name)
    ]
    return pa.table(arrays, schema=arrow_schema(name))
