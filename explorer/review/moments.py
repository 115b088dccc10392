"""The population: all moments that consent and filter leave, cut from the dataset some sessions at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from explorer.engine import Engine
from explorer.review.identity import Numbers, Parts, fingerprint, picture_of

Filters = Mapping[str, str | int | None]
ROWS_AT_ONCE = 400_000
LAST_SEQ = 2**62
STEP_COLUMNS = ("instruction", "observation", "thought", "reflection", "action_args", "action_code")
EVENT_COLUMNS = ("window_title", "url", "element_name", "text")
CLIPBOARD = ("clipboard_copy", "clipboard_cut", "clipboard_paste")
KEYS = ("key_down", "key_up")
_BREAKS = ("mouse_down", "window_focus")  # they interrupt typing, as a paste does
SCHEMA = pa.schema(
    [pa.field(name, kind) for name, kind in (
        ("moment_id", pa.string()), ("session_id", pa.string()), ("moment_n", pa.int64()), ("unit_id", pa.string()),
        ("frame_id", pa.string()), ("seq_from", pa.int64()), ("seq_to", pa.int64()), ("t_us", pa.int64()),
        ("app", pa.string()), ("participant_id", pa.string()), ("pixels_sha256", pa.string()), ("sha256", pa.string()),
    )]
)  # fmt: skip


@dataclass(frozen=True)
class Population:
    """All moments, columns of SCHEMA, by session and number. Rows of a moment have `seq_from` <= seq <= `seq_to`."""

    moments: pa.Table

    @property
    def moments_n(self) -> int:
        """Moments, each counted."""
        return int(self.moments.num_rows)

    @cached_property
    def units_n(self) -> int:
        """Different looks."""
        return int(pc.count_distinct(self.moments["unit_id"]).as_py())

    @cached_property
    def sessions_n(self) -> int:
        """Sessions that have a moment."""
        return int(pc.count_distinct(self.moments["session_id"]).as_py())

    @cached_property
    def fingerprint(self) -> str:
        """sha256 over ids of moments with their units."""
        return fingerprint(
            zip(*(self.moments[name].to_pylist() for name in ("moment_id", "unit_id")), strict=True)
        )


def population(engine: Engine, key: bytes, filters: Filters | None = None) -> Population:
    """The moments of all sessions that pass the filters (parameters of sessions/list).

    Raises ParameterError at an unknown filter, EngineError when the dataset cannot be read.
    """
    sessions = engine.run("review/sessions")
    if filters:
        listed = engine.run("sessions/list", {"limit_n": 10**9, **filters})
        sessions = sessions.filter(pc.is_in(sessions["session_id"], listed["session_id"]))
    parts = [_moments(engine, key, group) for group in _groups(sessions)]
    return Population(pa.concat_tables([SCHEMA.empty_table(), *parts]))


def groups_of(engine: Engine, session_ids: pa.ChunkedArray | pa.Array) -> Iterator[list[str]]:
    """These sessions in order, some at a time, so that their rows fit into memory."""
    sessions = engine.run("review/sessions")
    sessions = sessions.filter(
        pc.is_in(sessions["session_id"], pa.array(session_ids.to_pylist(), pa.string()))
    )
    for group in _groups(sessions):
        yield group["session_id"].to_pylist()


def _groups(sessions: pa.Table) -> Iterator[pa.Table]:
    """Sessions one after the other, of about ROWS_AT_ONCE rows together."""
    sizes = [
        sum(row) for row in zip(*(sessions[n].to_pylist() for n in ("events_n", "steps_n")), strict=True)
    ]
    start, size = 0, 0
    for at, rows_n in enumerate(sizes):
        size += rows_n
        if size >= ROWS_AT_ONCE or at == len(sizes) - 1:
            yield sessions.slice(start, at + 1 - start)
            start, size = at + 1, 0


def _moments(engine: Engine, key: bytes, sessions: pa.Table) -> pa.Table:
    ids = sessions["session_id"]
    asked = {"first_session_id": ids[0].as_py(), "last_session_id": ids[-1].as_py()}
    rows = engine.run("review/moments", asked)
    rows = rows.filter(pc.is_in(rows["session_id"], ids))
    places = Places(rows)
    parts = Parts(key, rows.num_rows)
    pictures = [picture_of(row) for row in rows.to_pylist()]
    parts.add("frame", np.arange(rows.num_rows), pa.array(pictures, pa.string()))
    events = engine.run("review/event_rows", asked)
    of_events = places.of(events["session_id"], events["seq"])
    _add_events(parts, events, of_events)
    steps = engine.run("review/step_rows", asked)
    of_steps = places.of(steps["session_id"], steps["seq"])
    for name in STEP_COLUMNS:
        _add(parts, name, of_steps, steps[name])
    _add(parts, "task", places.first(ids), sessions["task"])
    _add_masks(parts, engine.run("review/masks", asked), places)
    return _table(rows, parts.unit_ids(), places, sessions, _apps(events, of_events, rows.num_rows))


class Places:
    """Which moment of `rows` (of review/moments) a row of a session belongs to."""

    def __init__(self, rows: pa.Table) -> None:
        numbers = rows["session_id"].combine_chunks().dictionary_encode()
        self._sessions = numbers.dictionary
        self._of = numbers.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        seqs = rows["seq"].fill_null(0).to_numpy().astype(np.int64)
        is_first = rows["moment_n"].to_numpy() == 0
        self._starts = np.where(is_first, 0, seqs)  # what comes before the first picture belongs to it
        # One number for session and seq, so that one search finds both; by rank, as seqs may be of any size.
        self._ranks = np.unique(self._starts)
        self._keys = self._key(self._of, self._starts)
        frames = rows["frame_id"].combine_chunks()
        self._frames = frames
        self.ends = self._last_seqs()

    @property
    def starts(self) -> Numbers:
        return self._starts

    def of(self, sessions: pa.ChunkedArray, seqs: pa.ChunkedArray) -> Numbers:
        """Number of the moment of each row; -1 for rows of other sessions and rows without a place."""
        at = pc.index_in(sessions, self._sessions)
        session = at.fill_null(-1).to_numpy().astype(np.int64)
        seq = seqs.fill_null(-1).to_numpy().astype(np.int64)
        found = np.searchsorted(self._keys, self._key(session, seq), side="right") - 1
        return np.where((session < 0) | (seq < 0), -1, found)

    def first(self, sessions: pa.ChunkedArray) -> Numbers:
        """Number of the first moment of each session."""
        return self.of(sessions, pa.chunked_array([pa.array(np.zeros(len(sessions), np.int64))]))

    def of_frames(self, frames: pa.ChunkedArray) -> Numbers:
        """Number of the moment of each screenshot; -1 where there is none."""
        found: Numbers = pc.index_in(frames, self._frames).fill_null(-1).to_numpy().astype(np.int64)
        return found

    def all_of(self, session_id: str) -> Numbers:
        """Numbers of all moments of a session."""
        session = pc.index(self._sessions, session_id).as_py()
        return np.flatnonzero(self._of == session) if session >= 0 else np.empty(0, np.int64)

    def _key(self, session: Numbers, seq: Numbers) -> Numbers:
        return session * (len(self._ranks) + 1) + np.searchsorted(self._ranks, seq, side="right")

    def _last_seqs(self) -> Numbers:
        ends = np.full(len(self._of), LAST_SEQ, np.int64)
        same = self._of[1:] == self._of[:-1]
        ends[:-1][same] = self._starts[1:][same] - 1
        return ends


def _add(parts: Parts, name: str, moments: Numbers, values: pa.ChunkedArray) -> None:
    is_there = moments >= 0
    parts.add(name, moments[is_there], values.combine_chunks().filter(pa.array(is_there)))


def _add_events(parts: Parts, events: pa.Table, moments: Numbers) -> None:
    for name in ("window_title", "url", "element_name"):
        _add(parts, name, moments, events[name])
    is_clipboard = pc.is_in(events["kind"], pa.array(CLIPBOARD))
    for name, wanted in (("clipboard", is_clipboard), ("text", pc.invert(is_clipboard))):
        _add(parts, name, moments, pc.if_else(wanted, events["text"], pa.scalar(None, pa.string())))
    # Keys spell a text together, so their order counts, and what comes between them.
    is_key = pc.and_(
        pc.is_in(events["kind"], pa.array((*KEYS, *_BREAKS, *CLIPBOARD))), pc.invert(events["is_derived"])
    )
    pressed = pc.binary_join_element_wise(
        events["kind"], pc.fill_null(events["key"], "\ufffd"), pc.fill_null(events["mods"], ""), "\0"
    )
    kept = pc.and_(is_key, pa.chunked_array([pa.array(moments >= 0)]))
    own = moments[kept.to_numpy()]
    parts.add_in_order("keys", own, pressed.filter(kept))


def _add_masks(parts: Parts, masks: pa.Table, places: Places) -> None:
    """Masks by what they cover; one that lies nowhere counts for its whole session."""
    of_frames, of_rows = places.of_frames(masks["frame_id"]), places.of(masks["session_id"], masks["seq"])
    moments = np.where(of_frames >= 0, of_frames, of_rows)
    names = ("target", "frame_left_px", "frame_top_px", "frame_width_px", "frame_height_px", "char_start", "char_end",
             "entity", "method")  # fmt: skip
    texts = [pc.fill_null(pc.cast(masks[name], pa.string()), "-") for name in names]
    said = pc.binary_join_element_wise(*texts, "\0")
    _add(parts, "mask", moments, said)
    nowhere = masks.append_column("said", said).filter(pa.array(moments < 0))
    for row in nowhere.group_by(["session_id", "said"]).aggregate([]).to_pylist():
        own = places.all_of(row["session_id"])
        parts.add("mask of session", own, pa.array([row["said"]] * len(own), pa.string()))


def _apps(events: pa.Table, moments: Numbers, moments_n: int) -> pa.Array:
    """The first application of each moment that has one."""
    is_there = pc.is_valid(events["app"]).to_numpy() & (moments >= 0)
    found, first = np.unique(moments[is_there], return_index=True)
    at = np.full(moments_n, -1, np.int64)
    at[found] = first
    names = events["app"].filter(pa.array(is_there)).combine_chunks()
    return names.take(pa.array(at, mask=at < 0))


def _table(
    rows: pa.Table, unit_ids: list[str], places: Places, sessions: pa.Table, apps: pa.Array
) -> pa.Table:
    numbers = zip(*(rows[name].to_pylist() for name in ("frame_id", "session_id", "moment_n")), strict=True)
    people = sessions["participant_id"].take(pc.index_in(rows["session_id"], sessions["session_id"]))
    columns: dict[str, Any] = {
        "moment_id": [frame or f"{session}-m{number:07d}" for frame, session, number in numbers],
        "unit_id": unit_ids, "app": apps, "participant_id": people, "seq_from": places.starts, "seq_to": places.ends,
    }  # fmt: skip
    return pa.table({f.name: columns.get(f.name, rows[f.name] if f.name in rows.column_names else None)
                     for f in SCHEMA}, schema=SCHEMA)  # fmt: skip
