"""What the replay player is sent of a working day: 8 hours, a million rows, most of them moves, and typed bursts."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.day import DAY_ID, write_days
from benchmarks.ground_floor import Measure
from explorer.engine.build import build_rollups
from explorer.server import wire_answers
from explorer.server.wire_memory import Memory
from explorer.trace.dataset import Dataset
from explorer.widgets.opened import open_dataset

TIMES = 5


def measures(folder: Path) -> list[Measure]:
    """All measures of the wire, with scratch space in `folder`."""
    dataset = write_days(folder / "day", [DAY_ID])
    build_rollups(dataset)
    engine = open_dataset(dataset)
    about_ms, told = _first(lambda: wire_answers.about(DAY_ID, False))
    chunks_n = len(json.loads(told)["chunks"])
    first_ms, _ = _first(
        lambda: wire_answers.chunk(DAY_ID, 0, False), after=lambda: wire_answers.about(DAY_ID, False)
    )
    began = time.perf_counter()
    sizes = [len(wire_answers.chunk(DAY_ID, place, False) or b"") for place in range(chunks_n)]
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
