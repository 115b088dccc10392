"""Small pictures of whole sessions, packed for the browser: activity over time, and the application in front."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from explorer.charts.palette import KINDS

BINS = 60
_LEVELS = 25
_FIRST_CHAR = ord("a")
_NARROWEST_SHARE = 1 / 120


@dataclass(frozen=True, slots=True)
class Ribbons:
    """Names of the applications, and per session a flat list: application, start, end, in thousandths."""

    apps: list[str]
    runs: list[list[int]]


def activity(densities: pa.Table, session_ids: Sequence[str]) -> list[str]:
    """One text a session: for each kind that occurs its number, then a letter a bin, 'a' for nothing.

    Letters follow the logarithm of the bin's rows, up to the fullest bin of them all: so heights compare.
    `densities` has the columns session_id, bin, kind, rows_n.
    """
    order = pa.array(session_ids, pa.string())
    row = pc.index_in(densities["session_id"], order).fill_null(-1).to_numpy()
    names = pa.array([kind.name for kind in KINDS])
    kind = pc.index_in(densities["kind"], names).fill_null(-1).to_numpy()
    place = densities["bin"].to_numpy()
    rows_n = densities["rows_n"].to_numpy()
    is_known = (row >= 0) & (kind >= 0) & (place >= 0) & (place < BINS)
    levels = np.zeros((len(session_ids), len(KINDS), BINS), np.uint8)
    logs = np.log1p(rows_n[is_known])
    scaled = np.ceil(_LEVELS * logs / max(1.0, logs.max(initial=0.0)))
    levels[row[is_known], kind[is_known], place[is_known]] = scaled
    return [_letters(one) for one in levels]


def _letters(levels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> str:
    return "".join(
        f"{index}{(levels[index] + _FIRST_CHAR).tobytes().decode()}"
        for index in np.flatnonzero(levels.any(axis=1))
    )


def ribbons(segments: pa.Table, session_ids: Sequence[str], durations_us: Sequence[int | None]) -> Ribbons:
    """Applications over time, a list a session; pieces too narrow to see go into their neighbour.

    `segments` has the columns session_id, app, start_us, end_us, in the order of time.
    """
    rows = {session_id: index for index, session_id in enumerate(session_ids)}
    apps: dict[str, int] = {}
    runs: list[list[int]] = [[] for _ in session_ids]
    columns = (segments[name].to_pylist() for name in ("session_id", "app", "start_us", "end_us"))
    for session_id, app, start_us, end_us in zip(*columns, strict=True):
        row = rows.get(session_id)
        whole_us = 0 if row is None else durations_us[row] or 0
        if row is None or not app or whole_us <= 0 or start_us is None or end_us is None:
            continue
        _lengthen(runs[row], apps.setdefault(app, len(apps)), start_us / whole_us, end_us / whole_us)
    return Ribbons(list(apps), runs)


def _lengthen(run: list[int], app: int, start: float, end: float) -> None:
    begin, stop = round(1000 * start), round(1000 * min(end, 1.0))
    if run and (run[-3] == app or end - start < _NARROWEST_SHARE) and begin - run[-1] <= 1:
        run[-1] = max(run[-1], stop)
    elif stop > begin:
        run += (app, begin, stop)
