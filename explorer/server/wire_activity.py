"""What happened when in a session, for the lanes of the player: activity by kind, waits, applications in front."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from explorer.charts.palette import KINDS
from explorer.engine.replay_rows import REPLAY_KINDS, Ints, ReplayRows, column
from explorer.measures.activity import app_runs, counts_by_part, waits

BINS_N = 480
SHORTEST_WAIT_US = 2_000_000
# Input and window changes end a wait, as in the query sessions/segments.
_ENDS_WAIT = np.isin(
    REPLAY_KINDS,
    ("move", "mouse_down", "mouse_up", "click", "double_click", "drag", "scroll", "key_down", "key_up", "shortcut",
     "text_input", "touch_start", "touch_move", "touch_end", "window_focus", "navigation"),
)  # fmt: skip
Fronts = tuple[list[int], list[str]]


def activity_of(rows: ReplayRows) -> dict[str, object]:
    """Waits of more than SHORTEST_WAIT_US, rows by kind over BINS_N parts, and stretches of applications."""
    fronts = _fronts(rows)
    found = counts_by_part(_times_by_kind(rows, fronts), rows.axis.duration_us, BINS_N)
    kinds = [kind.name for kind in KINDS if kind.name in found]
    return {
        "idle": _idle(rows) if rows.axis.kind == "time" else [],
        "density": {"bins_n": BINS_N, "kinds": kinds, "counts": [found[kind] for kind in kinds]},
        "apps": app_runs(*fronts, rows.axis.duration_us),
    }


def _fronts(rows: ReplayRows) -> Fronts:
    """Time and application of the first source row that names one, and of each that names another than before."""
    names = rows.events["app"].combine_chunks()
    is_told = pc.is_valid(names).to_numpy(False) & ~column(rows.events, "is_derived", False)
    events = np.flatnonzero(is_told)
    told = names.take(pa.array(events)).dictionary_encode()
    turns = np.flatnonzero(np.diff(told.indices.to_numpy(), prepend=-1))
    return rows.t_us[rows.event_rows[events[turns]]].tolist(), told.take(pa.array(turns)).to_pylist()


def _idle(rows: ReplayRows) -> list[tuple[int, int]]:
    """Source rows of input, window changes and frames end a wait."""
    event_ends = _ENDS_WAIT[rows.kind[rows.event_rows]] & ~column(rows.events, "is_derived", False)
    ends_wait = np.ones(len(rows.t_us), bool)
    ends_wait[rows.event_rows] = event_ends
    marks_us = np.concatenate([rows.t_us[ends_wait], rows.axis.frame_us])
    return waits(marks_us, rows.axis.duration_us, SHORTEST_WAIT_US)


def _times_by_kind(rows: ReplayRows, fronts: Fronts) -> dict[str, Ints]:
    """Times of the rows of each kind on screen, told apart as in the query replay/density."""
    event_us, kind = rows.t_us[rows.event_rows], rows.kind[rows.event_rows]
    is_move = np.ones(len(rows.t_us), bool)
    is_move[rows.event_rows] = False
    is_kind = {name: kind == place for place, name in enumerate(REPLAY_KINDS)}
    is_right = is_kind["click"] & pc.fill_null(pc.equal(rows.events["button"], "right"), False).to_numpy()
    is_text = is_kind["text_input"] & ~column(rows.events, "is_derived", False)
    return {
        "move": rows.t_us[is_move], "click": event_us[is_kind["click"] & ~is_right], "right_click": event_us[is_right],
        "scroll": event_us[is_kind["scroll"]], "key": event_us[is_kind["key_down"] | is_text],
        "shortcut": event_us[is_kind["shortcut"]], "app_switch": np.array(fronts[0][1:], np.int64),
        "frame": rows.axis.frame_us,
    }  # fmt: skip
