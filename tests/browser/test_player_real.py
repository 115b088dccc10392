"""At random moments of real recordings the player knows what the Parquet files say, read without the explorer."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from explorer.engine import Engine, open_engine
from explorer.engine.replay_details import read_details
from explorer.engine.replay_rows import read_rows
from explorer.server.wire_about import about_file
from explorer.server.wire_chunk import chunk_file

pytestmark = [pytest.mark.browser, pytest.mark.real]
Run = Callable[..., Any]
Rows = list[dict[str, Any]]
FORMATS = (
    "agentnet_raw", "agentnet_trajectory", "balabit", "ducktrack", "openadapt_capture", "owamcap", "pc_tracker",
    "rrweb", "sapimouse",
)  # fmt: skip
MOMENTS_N, SESSIONS_N, SEED = 20, 3, 7
FARTHEST_PX, REPEAT_GAP_US, SECOND_US = 32_767, 2_000_000, 1_000_000
EDGES = ("left", "top", "width", "height")
WINDOW = ("app", "window_title", "url", *(f"window_{edge}_px" for edge in EDGES))
DOWN, UP = ("mouse_down", "touch_start"), ("mouse_up", "touch_end")


@pytest.fixture(scope="module")
def engine(real_sessions: Path) -> Iterator[Engine]:
    opened = open_engine(real_sessions)
    yield opened
    opened.close()


def read(root: Path, table: str, session_id: str) -> Rows:
    """Rows of a session in their true order."""
    columns = None if table != "frames" else ["session_id", "seq", "t_us", "step"]
    found = [
        row
        for path in sorted((root / table).glob("*.parquet"))
        for row in pq.read_table(path, columns=columns, filters=[("session_id", "=", session_id)]).to_pylist()
    ]
    return sorted(found, key=lambda row: row["seq"])


def inputs(root: Path, session_id: str) -> Rows:
    """Moves and events in their true order, with the time at which the replay shows each."""
    rows = sorted(
        read(root, "moves", session_id) + read(root, "events", session_id), key=lambda row: row["seq"]
    )
    steps, frames = read(root, "steps", session_id), read(root, "frames", session_id)
    if any(row["t_us"] is not None for row in rows + steps + frames):
        times = np.maximum.accumulate([max(0, row["t_us"] or 0) for row in rows]).tolist()
    elif steps:
        times = by_step(rows, [step["step"] for step in steps])
    else:
        order = sorted([*rows, *frames], key=lambda row: row["seq"])
        times = [SECOND_US * order.index(row) for row in rows]
    return [row | {"shown_us": t_us} for row, t_us in zip(rows, times, strict=True)]


def by_step(rows: Rows, steps: list[int]) -> list[int]:
    """A second for each step, its inputs evenly within. In what is read here every input names its step."""
    own = [row.get("step") for row in rows]
    # A move names none: it belongs to the step of the event that follows it.
    for at in range(len(own) - 2, -1, -1):
        own[at] = own[at + 1] if own[at] is None else own[at]
    return [
        steps.index(step) * SECOND_US + (own[:at].count(step) + 1) * SECOND_US // (own.count(step) + 1)
        for at, step in enumerate(own)
    ]


def held(rows: Rows, keys: bool) -> list[tuple[int, int, str]]:
    """From and to which row something is held, and its name. What is never released is not held."""
    found, since = [], {}
    for at, row in enumerate(rows):
        kind = row.get("kind", "move")
        name = row.get("key") if keys else row.get("button") or "unknown"
        downs, ups = (("key_down",), ("key_up",)) if keys else (DOWN, UP)
        if row.get("is_derived") or name is None or kind not in downs + ups:
            continue
        if kind in ups:
            if name.lower() in since:
                start, first, _ = since.pop(name.lower())
                found.append((start, at, first))
        elif keys and name.lower() in since and row["shown_us"] - since[name.lower()][2] <= REPEAT_GAP_US:
            since[name.lower()] = (*since[name.lower()][:2], row["shown_us"])
        else:
            since[name.lower()] = (at, name, row["shown_us"])
    return found


def walked(rows: Rows) -> list[dict[str, Any]]:
    """What holds after each row, held keys and buttons apart."""
    at: list[int | None] = [None, None]
    window: list[Any] = [None] * len(WINDOW)
    states = []
    for row in rows:
        if not row.get("is_derived"):
            x, y = row["x_px"], row["y_px"]
            if x is not None and y is not None and max(abs(x), abs(y)) <= FARTHEST_PX:
                at = [x, y]
                extra = json.loads(row["extra"] or "{}") if row.get("kind") == "drag" else {}
                at = [extra.get("end_x_px", x), extra.get("end_y_px", y)]
            if "kind" in row:
                told = [row[name] for name in WINDOW]
                pairs = list(zip(told, window, strict=True))
                is_other = any(None not in pair and pair[0] != pair[1] for pair in pairs[:2])
                window = told if is_other else [old if new is None else new for new, old in pairs]
        states.append({"at": at, "window": window})
    return states


def expected(rows: Rows, moments: list[float]) -> list[dict[str, Any]]:
    states, keys, buttons = walked(rows), held(rows, True), held(rows, False)
    times = [row["shown_us"] for row in rows]
    found = []
    for t_us in moments:
        row = bisect_right(times, t_us) - 1
        nothing = {"at": [None, None], "window": [None] * len(WINDOW)}
        found.append(
            (states[row] if row >= 0 else nothing)
            | {
                name: sorted(own for start, end, own in spans if start <= row < end)
                for name, spans in (("keys", keys), ("buttons", buttons))
            }
        )
    return found


def packed(engine: Engine, session_id: str) -> dict[str, Any]:
    rows = read_rows(engine, session_id)
    assert rows is not None
    details = read_details(engine, rows)
    asked = {"session_id": session_id}
    about = about_file(rows, engine.run("sessions/displays", asked), engine.run("replay/masks", asked), True)
    chunks = [list(chunk_file(details, place, True)) for place in range(len(rows.chunks))]
    return {"about": json.loads(about), "chunks": chunks}


@pytest.mark.parametrize("source_format", FORMATS)
def test_moments_of_real_recordings(
    player_core: Run, real_sessions: Path, engine: Engine, source_format: str
) -> None:
    listed = engine.run("sessions/list", {"limit_n": 1000}).to_pylist()
    ids = sorted(row["session_id"] for row in listed if row["source_format"] == source_format)
    assert ids
    seen = []
    for session_id in ids[:SESSIONS_N]:
        rows = inputs(real_sessions, session_id)
        end_us = rows[-1]["shown_us"]
        dice = np.random.default_rng([SEED, int(session_id[-8:], 16)])
        # Half anywhere; half just at a row or just before one, where most can go wrong.
        borders = dice.choice([row["shown_us"] for row in rows], MOMENTS_N).tolist()
        times = [
            *dice.uniform(0, end_us, MOMENTS_N).tolist(),
            *borders,
            *(t_us - 0.5 for t_us in borders if t_us),
        ]
        found = player_core(
            """const session = sessionOf(made)
            const told = ({ app, title, url, left, top, width, height }) => [app, title, url, left, top, width, height]
            return times.map((t_us) => session.stateAt(t_us)).map(({ x, y, buttons, keys, window }) => ({ at: [x, y],
              window: told(window), buttons: [...buttons].sort(), keys: keys.map(({ key }) => key) }))""",
            made=packed(engine, session_id), times=times,
        )  # fmt: skip
        assert [state | {"keys": sorted(state["keys"])} for state in found] == expected(rows, times), (
            session_id
        )
        seen += found
    assert (
        any(before["at"] != after["at"] for before, after in pairwise(seen)) or source_format == "pc_tracker"
    )
