"""Moments: every frame and text row in exactly one; and never one look where anything differs."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from explorer.engine import open_engine
from explorer.importers.run import import_sources
from explorer.resources import sample_dataset
from explorer.review import planted_pictures
from explorer.review.moments import population
from explorer.trace.pictures import pixels_sha256
from tests.engine.mapped_shapes import write
from tests.engine.test_mapped_shipped import SHAPES
from tests.queries.golden import Trace

KEY = b"k" * 32
TEXTS = ("window_title", "url", "element_name", "text", "key", "code")
STEP_TEXTS = ("instruction", "observation", "thought", "reflection", "action_args", "action_code")


class Recorded:
    """Answers queries over rows in memory, as an engine does."""

    def __init__(self) -> None:
        self.trace = Trace()

    def run(self, name: str, params: dict[str, object] | None = None) -> Any:
        return self.trace.ask(name, **(params or {}))


@pytest.fixture(scope="module")
def recorded() -> Recorded:
    return Recorded()


def placed(rows: list[dict[str, Any]], moments: list[dict[str, Any]]) -> list[list[str]]:
    """The moments that hold each row, by the range that the population gives."""
    return [
        [m["moment_id"] for m in moments
         if m["session_id"] == row["session_id"] and m["seq_from"] <= row["seq"] <= m["seq_to"]]
        for row in rows
    ]  # fmt: skip


def check_partition(engine: Any, frames: list[dict[str, Any]], texts: list[dict[str, Any]]) -> None:
    """Each frame is one moment; each text row lies in one, the one of the last frame up to it where there are any."""
    moments = population(engine, KEY).moments.to_pylist()
    assert len({m["moment_id"] for m in moments}) == len(moments)
    shown = Counter(m["frame_id"] for m in moments if m["frame_id"])
    assert shown == Counter(row["frame_id"] for row in frames)
    of_frames = {row["session_id"] for row in frames}
    assert all(m["frame_id"] for m in moments if m["session_id"] in of_frames)
    for row, found in zip(texts, placed(texts, moments), strict=True):
        assert len(found) == 1, row
        own = sorted((f for f in frames if f["session_id"] == row["session_id"]), key=lambda f: f["seq"])
        if own:
            before = [f["frame_id"] for f in own if f["seq"] <= row["seq"]] or [own[0]["frame_id"]]
            assert found == before[-1:]


_time = st.one_of(st.none(), st.integers(0, 400_000_000))
_event = st.fixed_dictionaries({
    "session_id": st.sampled_from("abc"), "t_us": _time, "step": st.one_of(st.none(), st.integers(0, 3)),
    "kind": st.sampled_from(("frame", "move", "click", "key_down", "key_up", "text_input*", "clipboard_copy")),
    "window_title": st.sampled_from((None, "Inbox", "Inbox - Ä\u202e😀", "")), "url": st.sampled_from((None, "u/1")),
    "key": st.sampled_from((None, "a", "Enter")), "text": st.sampled_from((None, "some text")),
})  # fmt: skip


@settings(max_examples=20)
@given(rows=st.lists(_event, max_size=30), gap=st.integers(1, 2**40), task=st.booleans())
def test_every_frame_and_text_row_is_in_one_moment(
    recorded: Recorded, rows: Any, gap: int, task: bool
) -> None:
    recorded.trace.clear()
    if task:
        recorded.trace.insert("sessions", [{"session_id": "a", "task": "Write"}])
    seqs = Counter[str]()
    made = []
    for row in rows:
        seqs[row["session_id"]] += 1
        shown = {**row, "seq": seqs[row["session_id"]] * gap}
        if row["kind"] in ("frame", "move"):
            shown = {name: shown[name] for name in ("session_id", "t_us", "seq", "kind")}
        made.append(shown)
    recorded.trace.insert_recording(made)
    con = recorded.trace.con
    frames = con.sql("SELECT session_id, seq, frame_id FROM frames").to_arrow_table().to_pylist()
    told = " OR ".join(f"{name} IS NOT NULL" for name in TEXTS)
    texts = con.sql(f"SELECT session_id, seq FROM events WHERE {told}").to_arrow_table().to_pylist()
    check_partition(recorded, frames, texts)


def rows_of(root: Path) -> tuple[Any, list[dict[str, Any]], list[dict[str, Any]]]:
    """Engine over a dataset, its frames, and its text rows."""
    engine = open_engine(root, time_limit_ms=0)
    listed = engine.run("review/sessions")["session_id"].to_pylist()
    frames = [row for one in listed for row in engine.run("scan/frames", {"session_id": one}).to_pylist()]
    events, steps = engine.run("review/event_rows").to_pylist(), engine.run("review/step_rows").to_pylist()
    texts = [row for row in events if any(row[name] is not None for name in TEXTS if name != "code")]
    return engine, frames, [*texts, *steps]


def test_the_office_sample_is_parted_and_what_consent_hides_is_not_in_it() -> None:
    engine, frames, texts = rows_of(sample_dataset())
    with closing(engine):
        assert len(frames) > 800
        moments = population(engine, KEY).moments
        ranges: dict[str, list[dict[str, Any]]] = {}
        for row in moments.to_pylist():
            ranges.setdefault(row["session_id"], []).append(row)
        by_frame = Counter(moments["frame_id"].drop_null().to_pylist())
        assert by_frame == Counter(row["frame_id"] for row in frames)
        for row in texts:
            assert sum(m["seq_from"] <= row["seq"] <= m["seq_to"] for m in ranges[row["session_id"]]) == 1
        limited = [own for own in ranges.values() if own[0]["frame_id"] is None]
        assert limited, "sessions without consent to screenshots are cut by their texts"
        withdrawn = set(engine.state.consent.withdrawn)
        assert withdrawn
        assert not withdrawn & set(ranges)


@pytest.mark.real
@pytest.mark.parametrize("source", ["openadapt", "rrweb"])
def test_real_recordings_are_parted(real: Path, tmp_path: Path, source: str) -> None:
    import_sources([next(real.glob(f"{source}*"))], tmp_path / "set", jobs=1)
    engine, frames, texts = rows_of(tmp_path / "set")
    with closing(engine):
        check_partition(engine, frames, texts)
        assert frames or texts


@pytest.mark.parametrize("name", SHAPES)
def test_parquet_of_others_is_parted_in_place(tmp_path: Path, name: str) -> None:
    rows, _, frames_n = SHAPES[name]
    write(tmp_path / "data" / "train-00000-of-00001.parquet", rows())
    with closing(open_engine(tmp_path, mapping=name)) as engine:
        moments = population(engine, KEY).moments
        listed = engine.run("review/sessions")["session_id"].to_pylist()
        frames = [row for one in listed for row in engine.run("scan/frames", {"session_id": one}).to_pylist()]
        assert len(frames) == 2 * frames_n
        texts = [
            row
            for row in engine.run("review/event_rows").to_pylist()
            if any(row[n] for n in TEXTS if n != "code")
        ]
        check_partition(engine, frames, texts)
        assert len(set(moments["session_id"].to_pylist())) == 2


def test_the_chunk_in_which_a_session_is_read_changes_nothing(
    small_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_engine(small_root)) as engine:
        whole = population(engine, KEY)
        monkeypatch.setattr("explorer.review.moments.ROWS_AT_ONCE", 30)
        assert population(engine, KEY).fingerprint == whole.fingerprint
        assert population(engine, b"x" * 32).fingerprint != whole.fingerprint


def test_moments_that_are_equal_are_one_look_and_each_counts(small_root: Path) -> None:
    with closing(open_engine(small_root)) as engine:
        found = population(engine, KEY)
    assert (found.moments_n, found.units_n, found.sessions_n) == (96, 72, 8)


# --- what must never be one look

CHANGES: dict[str, dict[str, Any]] = {
    "title": {"events": {"window_title": "Inbox - Ms Fern"}},
    "title of a derived row": {"derived": {"window_title": "Inbox - Ms Fern"}},
    "key": {"events": {"key": "b"}},
    "physical key": {"events": {"key": None, "code": "VK_65"}},
    "element": {"events": {"element_name": "Open Ms Fern"}},
    "typed": {"events": {"text": "Ms Fern"}},
    "pixels": {"frames": {"pixels_sha256": "f" * 64}},
    "size": {"frames": {"width_px": 32, "height_px": 80}},
    "mask": {"redactions": {"frame_left_px": 11}},
    "entity": {"redactions": {"entity": "EMAIL_ADDRESS"}},
    "mask of a text": {"masked": {"char_start": 1, "char_end": 3}},
    "mask of the session": {"masked": {"seq": None, "target": "task"}},
    "task": {"sessions": {"task": "Write to Ms Fern"}},
    "thought": {"steps": {"thought": "I see Ms Fern"}},
}


def _one(session_id: str, change: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """A session of one moment."""
    row = {"session_id": session_id}
    event = {**row, "t_us": 1, "kind": "key_down", "key": "a", "window_title": "Inbox", "is_derived": False}
    mask = {**row, "target": "frame", "frame_id": f"{session_id}-0000000", "frame_left_px": 10, "frame_top_px": 5,
            "frame_width_px": 30, "frame_height_px": 9, "entity": "PERSON", "method": "fill"}  # fmt: skip
    text = {**row, "target": "window_title", "seq": 1, "char_start": 0, "char_end": 2, "entity": "PERSON"}
    made = {
        "sessions": {**row, "task": "Write"},
        "frames": {**row, "frame_id": f"{session_id}-0000000", "seq": 0, "t_us": 0, "pixels_sha256": "a" * 64,
                   "sha256": "b" * 64, "width_px": 64, "height_px": 40},
        "events": {**event, "seq": 1}, "derived": {**event, "seq": 2, "kind": "shortcut", "is_derived": True},
        "steps": {**row, "step": 0, "seq": 3, "thought": "I see"},
        "redactions": {**mask, "redaction_id": f"{session_id}-1"},
        "masked": {**text, "redaction_id": f"{session_id}-2"},
    }  # fmt: skip
    return {name: {**values, **change.get(name, {})} for name, values in made.items()}


def _units(recorded: Recorded, *sessions: dict[str, dict[str, Any]]) -> list[str]:
    recorded.trace.clear()
    tables = {"derived": "events", "masked": "redactions"}
    for made in sessions:
        for name, row in made.items():
            recorded.trace.insert(tables.get(name, name), [dict(row)])
    return population(recorded, KEY).moments["unit_id"].to_pylist()  # type: ignore[arg-type]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_differs_in_anything_is_not_one_look(recorded: Recorded, change: dict[str, Any]) -> None:
    same, other, changed = _units(recorded, _one("a", {}), _one("b", {}), _one("c", change))
    assert same == other != changed


def test_how_often_a_text_is_repeated_makes_no_difference(recorded: Recorded) -> None:
    assert len(set(_units(recorded, _one("a", {}), _one("b", {"derived": {"window_title": None}})))) == 1


def test_pictures_of_which_nothing_is_known_are_never_one_look(recorded: Recorded) -> None:
    unknown = {"frames": {"pixels_sha256": None, "sha256": None}}
    assert len(set(_units(recorded, _one("a", unknown), _one("b", unknown)))) == 2
    by_bytes = {"frames": {"pixels_sha256": None}}
    assert len(set(_units(recorded, _one("a", by_bytes), _one("b", by_bytes), _one("c", {})))) == 2


def test_keys_count_in_their_order_and_with_what_comes_between(recorded: Recorded) -> None:
    def typed(session_id: str, *rows: tuple[str, str | None]) -> dict[str, dict[str, Any]]:
        row = {"session_id": session_id, "t_us": 0, "is_derived": False}
        made = {str(at): {**row, "seq": at, "kind": kind, "key": key} for at, (kind, key) in enumerate(rows)}
        return {"sessions": {"session_id": session_id}, **made}

    recorded.trace.clear()
    key = "key_down"
    sessions = [
        typed("a", (key, "a"), (key, "b")), typed("b", (key, "b"), (key, "a")), typed("c", (key, "a"), (key, "b")),
        typed("d", (key, "a"), ("mouse_down", None), (key, "b")), typed("e", (key, "a"), (key, "b"), (key, "b")),
        typed("f", (key, "a"), (key, None), (key, "b")),
    ]  # fmt: skip
    for made in sessions:
        recorded.trace.insert("sessions", [made.pop("sessions")])
        recorded.trace.insert("events", list(made.values()))
    units = population(recorded, KEY).moments["unit_id"].to_pylist()  # type: ignore[arg-type]
    assert units[0] == units[2]
    assert len(set(units)) == 5


def test_a_masked_and_a_bare_copy_of_a_planted_frame_are_never_one_look(recorded: Recorded) -> None:
    """Each frame of the sample's key beside a copy in which its value is under a solid mask: all else is equal."""
    key = json.loads(
        (Path(__file__).parents[1] / "sample_data" / "office_key.json").read_text(encoding="utf-8")
    )
    planted = [one for one in key["failures"] if one["channel"] == "frame" and one["kind"] != "over"]
    assert len(planted) >= 14
    recorded.trace.clear()
    with closing(open_engine(sample_dataset())) as engine:
        for number, one in enumerate(planted):
            frame = engine.frame(one["frame_ids"][0])
            assert frame is not None
            bare = Image.open(io.BytesIO(frame.bytes)).convert("RGB")
            masked = bare.copy()
            masked.paste((0x4A, 0x53, 0x61), tuple(one["box"]))
            for name, picture in (("bare", bare), ("masked", masked)):
                change = {"frames": {"pixels_sha256": pixels_sha256(picture)}}
                for table, row in _one(f"{name}{number:02d}", change).items():
                    recorded.trace.insert(
                        {"derived": "events", "masked": "redactions"}.get(table, table), [dict(row)]
                    )
    moments = population(recorded, KEY).moments  # type: ignore[arg-type]
    units = dict(zip(moments["session_id"].to_pylist(), moments["unit_id"].to_pylist(), strict=True))
    for number in range(len(planted)):
        assert units[f"bare{number:02d}"] != units[f"masked{number:02d}"]


@pytest.mark.parametrize("leak", planted_pictures.LEAKS)
def test_a_planted_leak_changes_pixels_at_its_box_alone_and_is_the_same_each_time(
    leak: str, frame_row: Callable[..., dict[str, Any]]
) -> None:
    picture = Image.new("RGB", (400, 120), (240, 240, 240))
    picture.paste((70, 80, 90), (40, 30, 240, 52))
    masks = [(40, 30, 240, 52), (390, 0, 500, 20), (0, 0, 5, 5)]
    drawn = planted_pictures.draw(picture, masks, leak, Random("seed"))
    again = planted_pictures.draw(picture, masks, leak, Random("seed"))
    assert drawn is not None
    assert again is not None
    assert drawn.picture.tobytes() == again.picture.tobytes()
    rows, columns = np.nonzero((np.asarray(drawn.picture) != np.asarray(picture)).any(axis=-1))
    left, top, width, height = drawn.box
    assert width > 20
    assert height > 5
    inside = (columns >= left) & (columns < left + width) & (rows >= top) & (rows < top + height)
    assert inside.any()
    assert rows.min() >= 29
    assert rows.max() <= 53


def test_where_there_is_no_room_nothing_is_planted() -> None:
    assert planted_pictures.draw(Image.new("RGB", (30, 12)), [(0, 0, 30, 12)], "missed", Random(1)) is None
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (200, 300, 3), np.uint8))
    assert planted_pictures.draw(noise, [], "missed", Random(1)) is None
