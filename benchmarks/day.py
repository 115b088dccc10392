"""A working day as a session, to measure with: 8 hours, a million rows, most of them moves, and typed bursts."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from explorer.trace.arrow import arrow_schema, from_rows
from explorer.trace.commit import writing
from explorer.trace.dataset import create
from explorer.trace.writer import PartWriter

DAY_ID = "generated-00000000000000da"
ROWS_N, DAY_US = 1_000_000, 8 * 3600 * 1_000_000
BURSTS_N, BURST_ROWS = 1_700, 60
LETTERS = np.array([*"etaoinshrdlu "], object)
SIZE = (1920, 1080)
DISTINCT_N = 24


def write_days(root: Path, session_ids: Sequence[str], frames_n: int = 0) -> Path:
    """A dataset of such days, each with `frames_n` screenshots evenly over it, written as an importer writes it."""
    create(root, "A day", synthetic=True)
    pictures = [_picture(number) for number in range(min(DISTINCT_N, frames_n))]
    for place, session_id in enumerate(session_ids):
        with writing(root) as commit:
            writer = PartWriter(root)
            writer.add(_day(session_id, place, pictures, frames_n))
            commit.add(writer.close())
    return root


def _day(
    session_id: str, seed: int, pictures: Sequence[dict[str, Any]], frames_n: int
) -> dict[str, pa.Table]:
    dice = np.random.default_rng(1 + seed)
    starts = dice.choice(ROWS_N // BURST_ROWS, BURSTS_N, replace=False) * BURST_ROWS
    is_event = np.zeros(ROWS_N, bool)
    is_event[(starts[:, None] + np.arange(BURST_ROWS)).ravel()] = True
    gaps = dice.exponential(20_000, ROWS_N)
    gaps[dice.choice(ROWS_N, 300, replace=False)] += dice.exponential(30e6, 300)
    t_us = np.cumsum(gaps)
    t_us = (t_us / t_us[-1] * DAY_US).astype(np.int64)
    tables = {
        "moves": _moves(session_id, np.flatnonzero(~is_event), t_us),
        "events": _events(session_id, np.flatnonzero(is_event), t_us),
    }
    if frames_n:
        tables["frames"] = _frames(session_id, pictures, frames_n, t_us)
    session = {
        "session_id": session_id, "source_format": "generated", "actor": "human", "time_precision": "us",
        "clock": "relative", "duration_us": DAY_US, "redaction_status": "none", "is_complete": True, "quality": "",
        "moves_n": tables["moves"].num_rows, "events_n": tables["events"].num_rows, "steps_n": 0,
        "frames_n": frames_n,
    }  # fmt: skip
    return {"sessions": from_rows("sessions", [session]), **tables}


def _picture(number: int) -> dict[str, Any]:
    """A window with lines of text-like boxes; each number looks different."""
    dice = np.random.default_rng(number)
    picture = Image.new("RGB", SIZE, (236, 238, 242))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((60, 40, SIZE[0] - 60, SIZE[1] - 40), fill=(255, 255, 255), outline=(120, 126, 136))
    for top in range(90, SIZE[1] - 80, 22):
        left = 90
        while left < SIZE[0] - 200:
            width = int(dice.integers(12, 110))
            pen.rectangle((left, top, left + width, top + 11), fill=tuple(dice.integers(20, 120, 3).tolist()))
            left += width + 9
    png, jpeg = io.BytesIO(), io.BytesIO()
    picture.save(png, "PNG", compress_level=6)
    picture.resize((240, 135)).save(jpeg, "JPEG", quality=70)
    return {
        "image": {"bytes": png.getvalue(), "path": None}, "thumb": jpeg.getvalue(), "format": "png",
        "width_px": SIZE[0], "height_px": SIZE[1], "capture_left_px": 0, "capture_top_px": 0, "scale_x": 1.0,
        "scale_y": 1.0, "sha256": hashlib.sha256(png.getvalue()).hexdigest(),
        "pixels_sha256": hashlib.sha256(picture.tobytes()).hexdigest(), "is_redacted": False,
    }  # fmt: skip


def _frames(
    session_id: str, pictures: Sequence[dict[str, Any]], frames_n: int, rows_us: NDArray[np.int64]
) -> pa.Table:
    """Screenshots, each before the rows of its time: rows have odd places in the order, these even ones."""
    times_us = np.arange(frames_n) * DAY_US // frames_n
    rows = [
        {**pictures[at % len(pictures)], "session_id": session_id, "frame_id": f"{session_id}-{at:07d}",
         "seq": 2 * row, "t_us": t_us}
        for at, (t_us, row) in enumerate(
            zip(times_us.tolist(), np.searchsorted(rows_us, times_us).tolist(), strict=True)
        )
    ]  # fmt: skip
    return from_rows("frames", rows)


def _moves(session_id: str, seq: NDArray[np.int64], t_us: NDArray[np.int64]) -> pa.Table:
    x, y = 960 + 900 * np.sin(seq / 300), 540 + 500 * np.cos(seq / 410)
    return _table(
        session_id,
        "moves",
        {"seq": 2 * seq + 1, "t_us": t_us[seq], "x_px": x.astype(np.int32), "y_px": y.astype(np.int32)},
    )


def _events(session_id: str, seq: NDArray[np.int64], t_us: NDArray[np.int64]) -> pa.Table:
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
        "seq": 2 * seq + 1, "t_us": t_us[seq], "is_derived": place == 58, "element_left_px": burst % 90 * 12,
        "element_top_px": burst % 70 * 12, "element_width_px": np.full(n, 200), "element_height_px": np.full(n, 30),
        "x_px": pa.array(seq % 1900, mask=is_key), "y_px": pa.array(seq % 1000, mask=is_key),
        "wheel_y": pa.array(np.ones(n), mask=place != 59),
    }  # fmt: skip
    return _table(
        session_id,
        "events",
        {**numbers, **{name: pa.array(values, pa.string()) for name, values in texts.items()}},
    )


def _table(session_id: str, name: str, columns: dict[str, Any]) -> pa.Table:
    """Rows of one table; columns that are not given are NULL."""
    n = len(columns["seq"])
    known = {**columns, "session_id": pa.array([session_id] * n)}
    arrays = [
        pa.array(known[field.name]).cast(field.type) if field.name in known else pa.nulls(n, field.type)
        for field in arrow_schema(name)
    ]
    return pa.table(arrays, schema=arrow_schema(name))
