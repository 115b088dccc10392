"""OWAMcap files: the mcap reader counts what we hold, and our own importer finds the same raw rows."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mcap.reader import make_reader

from explorer.engine import Engine, open_engine
from explorer.exports.exchange_run import ExportReport
from explorer.exports.key_codes import vk_of
from explorer.exports.owamcap_messages import event_messages, move_message
from explorer.exports.owamcap_schemas import TOPICS, schema_name
from explorer.exports.tally import Tally
from explorer.importers.run import import_sources
from explorer.resources import sample_dataset

Export = Callable[..., ExportReport]
Row = dict[str, Any]
_MOUSE, _KEYS, _WINDOWS = (
    ("mouse_down", "mouse_up", "scroll"),
    ("key_down", "key_up"),
    ("window_focus", "navigation"),
)


@pytest.fixture(scope="module")
def drag_session() -> str:
    """A session with drags, scrolls, clicks and shortcuts."""
    engine = open_engine(sample_dataset())
    found: str = engine.run("sessions/list", {"search": "totals for Thursday"})["session_id"][0].as_py()
    engine.close()
    return found


@pytest.fixture(scope="module")
def recording(
    tmp_path_factory: pytest.TempPathFactory, office: Path, exported: Export, drag_session: str
) -> Path:
    output = tmp_path_factory.mktemp("owa") / "out"
    exported(office, "owamcap", output, session_ids=[drag_session])
    return output / f"{drag_session}.mcap"


def messages(path: Path) -> list[tuple[str, int, Row]]:
    with path.open("rb") as file:
        found = make_reader(file).iter_messages(log_time_order=False)
        return [(channel.topic, message.log_time, json.loads(message.data)) for _, channel, message in found]


def raw(engine: Engine, session_id: str) -> dict[str, list[tuple[Any, ...]]]:
    """The recorded moves, clicks, scrolls and keys of a session, in order."""
    asked = {"session_id": session_id}
    events = [row for row in engine.run("replay/events", asked).to_pylist() if not row["is_derived"]]
    return {
        "moves": [(r["t_us"], r["x_px"], r["y_px"]) for r in engine.run("replay/moves", asked).to_pylist()],
        "clicks": [
            (r["t_us"], r["kind"], r["button"], r["x_px"], r["y_px"])
            for r in events
            if r["kind"] in ("mouse_down", "mouse_up")
        ],
        "scrolls": [
            (r["t_us"], r["x_px"], r["y_px"], *(v / (100 if r["wheel_unit"] == "px" else 1)
                                                  for v in (r["wheel_x"], r["wheel_y"])))
            for r in events
            if r["kind"] == "scroll"
        ],
        "keys": [
            (r["t_us"], r["kind"], vk_of(r["key"], r["code"])) for r in events if r["kind"] in _KEYS
        ],
    }  # fmt: skip


def test_the_reader_counts_what_we_hold(office: Path, recording: Path, drag_session: str) -> None:
    engine = open_engine(office)
    asked = {"session_id": drag_session}
    kinds = Counter(r["kind"] for r in engine.run("replay/events", asked).to_pylist() if not r["is_derived"])
    wanted = {
        "mouse": engine.run("replay/moves", asked).num_rows + sum(kinds[kind] for kind in _MOUSE),
        "keyboard": sum(kinds[kind] for kind in _KEYS),
        "window": sum(kinds[kind] for kind in _WINDOWS),
        "screen": engine.run("replay/frames", asked).num_rows,
    }
    engine.close()
    with recording.open("rb") as file:
        reader = make_reader(file)
        header, summary = reader.get_header(), reader.get_summary()
        chunks = {chunk.compression for chunk in summary.chunk_indexes}
        names = [record.name for record in reader.iter_metadata()]
    counts = summary.statistics.channel_message_counts
    assert {channel.topic: counts[number] for number, channel in summary.channels.items()} == wanted
    assert (header.profile, chunks, names) == ("owa", {"zstd"}, ["trace-explorer"])
    for channel in summary.channels.values():
        schema = summary.schemas[channel.schema_id]
        assert (schema.name, schema.encoding, channel.message_encoding) == (
            schema_name(channel.topic), "jsonschema", "json",
        )  # fmt: skip


def test_messages_keep_their_schemas(recording: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    checks = {topic: jsonschema.Draft202012Validator(schema) for topic, schema in TOPICS.items()}
    for topic, _, fields in messages(recording):
        checks[topic].validate(fields)


@pytest.mark.real
def test_schemas_accept_what_owa_writes_and_name_its_fields(real: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    path = real / "owamcap" / "0.5.1.mcap"
    checks = {topic: jsonschema.Draft202012Validator(schema) for topic, schema in TOPICS.items()}
    for topic, _, fields in messages(path):
        if topic in checks:
            checks[topic].validate(fields)
    with path.open("rb") as file:
        theirs = {
            schema.name: json.loads(schema.data)
            for schema in make_reader(file).get_summary().schemas.values()
        }
    for topic, ours in TOPICS.items():
        assert set(ours["properties"]) == set(theirs[schema_name(topic)]["properties"])
        assert set(ours["required"]) == set(theirs[schema_name(topic)].get("required", ()))


def test_pictures_are_the_stored_bytes_at_their_time(
    office: Path, recording: Path, drag_session: str
) -> None:
    engine = open_engine(office)
    started_us = engine.run("exchange/session", {"session_id": drag_session})["started_at_unix_us"][0].as_py()
    frames = engine.run("replay/frames", {"session_id": drag_session}).to_pylist()
    engine.close()
    screens = [(log_ns, fields) for topic, log_ns, fields in messages(recording) if topic == "screen"]
    assert len(screens) == len(frames)
    for frame, (log_ns, fields) in zip(frames, screens, strict=True):
        head, _, text = fields["media_ref"]["uri"].partition(",")
        assert head == "data:image/webp;base64"
        assert hashlib.sha256(base64.b64decode(text)).hexdigest() == frame["sha256"]
        assert log_ns == fields["utc_ns"] == (started_us + frame["t_us"]) * 1_000
        assert fields["shape"] == fields["source_shape"] == [1280, 800]


def test_our_importer_reads_the_same_raw_rows(
    tmp_path: Path, office: Path, recording: Path, drag_session: str
) -> None:
    report = import_sources([recording], tmp_path / "back", jobs=1)
    assert not report.damaged
    ours, theirs = open_engine(office), open_engine(tmp_path / "back")
    (row,) = theirs.run("exchange/consent").to_pylist()
    before, after = raw(ours, drag_session), raw(theirs, row["session_id"])
    started = theirs.run("exchange/session", {"session_id": row["session_id"]})["started_at_unix_us"]
    assert started == ours.run("exchange/session", {"session_id": drag_session})["started_at_unix_us"]
    ours.close()
    theirs.close()
    assert all(before.values())
    assert before == after


@pytest.mark.real
def test_a_real_recording_comes_back(tmp_path: Path, real: Path, exported: Export) -> None:
    import_sources([real / "owamcap" / "0.5.1.mcap"], tmp_path / "d", jobs=1)
    exported(tmp_path / "d", "owamcap", tmp_path / "out")
    (path,) = (tmp_path / "out").glob("*.mcap")
    import_sources([path], tmp_path / "back", jobs=1)
    found = []
    for root in (tmp_path / "d", tmp_path / "back"):
        engine = open_engine(root)
        found.append(raw(engine, engine.run("exchange/consent")["session_id"][0].as_py()))
        engine.close()
    assert found[0] == found[1]
    assert len(found[0]["moves"]) > 100


def test_unknown_start_counts_from_zero_and_untimed_sessions_are_refused(
    tmp_path: Path, dataset_of: Callable[..., Path], exported: Export
) -> None:
    move = {"seq": 0, "x_px": 1, "y_px": 2}
    root = dataset_of(
        tmp_path / "d",
        sessions=[{"session_id": "b-1", "time_precision": "none", "clock": "step"}],
        moves=[{**move, "session_id": "a-1", "t_us": 7}, {**move, "session_id": "b-1"}],
        events=[{"session_id": "c-1", "seq": 0, "t_us": 0, "kind": "clipboard_copy"}],
    )
    report = exported(root, "owamcap", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["EXPORT.json", "a-1.mcap"]
    assert messages(tmp_path / "out" / "a-1.mcap") == [
        ("mouse", 7_000, {"event_type": "move", "x": 1, "y": 2})
    ]
    assert report.tally.left_out == {"session_without_time": 1, "session_empty": 1, "event_without_word": 1}


def test_rows_known_only_as_a_whole_are_written_as_their_parts(rows_made: Callable[..., Row]) -> None:
    at = {"x_px": 3, "y_px": 4, "button": "right"}
    tally = Tally()

    def told(row: Row) -> list[tuple[Any, ...]]:
        return [tuple(m.fields.values()) for m in event_messages(row, tally)]

    assert told(rows_made("double_click", 0, **at)) == [
        ("click", 3, 4, "right", pressed) for pressed in (True, False, True, False)
    ]
    end = json.dumps({"end_x_px": 9, "end_y_px": 8})
    assert told(rows_made("drag", 0, **at, extra=end)) == [
        ("click", 3, 4, "right", True), ("move", 9, 8), ("click", 9, 8, "right", False),
    ]  # fmt: skip
    assert told(rows_made("shortcut", 0, key="c", mods="ctrl+shift")) == [
        *(("press", vk) for vk in (162, 160, 67)), *(("release", vk) for vk in (67, 160, 162)),
    ]  # fmt: skip
    assert told(rows_made("window_focus", 0, window_title="Mail")) == [("Mail", [0, 0, 0, 0], 0)]
    assert told(rows_made("click", 0, **at, is_derived=True)) == []
    assert not tally.left_out


def test_what_the_format_cannot_hold_is_counted(rows_made: Callable[..., Row]) -> None:
    tally = Tally()
    lost = [
        rows_made("mouse_down", 0), rows_made("scroll", 1), rows_made("scroll", 2, wheel_y=1.0), rows_made("key_up", 3),
        rows_made("key_up", 4, key="ß"), rows_made("text_input", 5, text="a"), rows_made("window_focus", 6),
        rows_made("touch_start", 7), rows_made("drag", 8, x_px=1, y_px=1), rows_made("key_down", 9, key="a", t_us=None),
    ]  # fmt: skip
    assert [message for row in lost for message in event_messages(row, tally)] == []
    assert list(move_message(rows_made("move", 0, x_px=None), tally)) == []
    assert tally.left_out == {
        "position_unknown": 3, "scroll_without_amount": 1, "key_unknown": 1, "key_without_code": 1,
        "text_without_keys": 1, "event_without_word": 2, "drag_without_end": 1, "row_without_time": 1,
    }  # fmt: skip
