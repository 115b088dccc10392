"""rrweb: positions with their own times, what buttons are known, scroll offsets, viewports, masks, and hostile JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.errors import SourceError
from explorer.importers.recording import Recording
from explorer.importers.rrweb import RRWeb

Make = Callable[..., Any]
IMPORTER = RRWeb()
T0 = 1_700_000_000_000


def entry(kind: int, at_ms: Any = 0, **fields: Any) -> dict[str, Any]:
    own = {} if at_ms is None else {"timestamp": T0 + at_ms if isinstance(at_ms, int) else at_ms}
    return {"type": kind, "data": fields, **own}


def meta(
    at_ms: Any = 0, width: Any = 1000, height: Any = 500, href: Any = "https://example.org/a"
) -> dict[str, Any]:
    return entry(4, at_ms, href=href, width=width, height=height)


def change(source: int, at_ms: Any, **fields: Any) -> dict[str, Any]:
    return entry(3, at_ms, source=source, **fields)


def moves(at_ms: Any, *positions: tuple[Any, Any, Any], source: int = 1) -> dict[str, Any]:
    found = [{"x": x, "y": y, "id": 5, "timeOffset": offset} for x, y, offset in positions]
    return change(source, at_ms, positions=found)


def write(folder: Path, entries: Any) -> Path:
    path = folder / "events.json"
    path.write_bytes(entries if isinstance(entries, bytes) else json.dumps(entries).encode())
    return path


def read(path: Path) -> Recording:
    source = IMPORTER.find(path)
    assert source is not None
    return next(iter(IMPORTER.read(source, IMPORTER.inner_ids(source))))


def made_of(tmp_path: Path, tables_of: Make, *entries: Any) -> dict[str, list[dict[str, Any]]]:
    made = tables_of(read(write(tmp_path, list(entries))))
    return {name: rows.to_pylist() for name, rows in made.items()}


def test_positions_have_their_own_times(tmp_path: Path, tables_of: Make, seq_of_all: Make) -> None:
    path = write(
        tmp_path,
        [meta(0), change(2, 300, type=1, id=9, x=7, y=8), moves(600, (1, 2, -500), (3, 4, -200), (5, 6, 0))],
    )
    made = tables_of(read(path))
    assert made["moves"]["t_us"].to_pylist() == [100_000, 400_000, 600_000]
    assert made["moves"]["seq"].to_pylist() == [1, 3, 4]
    assert made["events"]["seq"].to_pylist() == [0, 2]
    assert seq_of_all(made) == list(range(5))
    session = made["sessions"].to_pylist()[0]
    assert (session["started_at_unix_us"], session["clock"], session["time_precision"]) == (
        T0 * 1_000,
        "epoch",
        "ms",
    )
    assert session["quality"] == ""  # rrweb takes no pictures: none is missing


def test_where_the_clock_runs_backwards_the_order_of_the_file_counts(tmp_path: Path, tables_of: Make) -> None:
    made = made_of(
        tmp_path, tables_of, meta(1_000), moves(1_500, (1, 2, -100)), change(2, 500, type=2, x=1, y=1, id=1)
    )
    assert [row["kind"] for row in made["events"]] == ["navigation", "click"]
    assert made["moves"][0]["seq"] == 1
    assert "clock_backwards" in made["sessions"][0]["quality"]


def test_interactions(tmp_path: Path, tables_of: Make) -> None:
    names = ["mouse_up", "mouse_down", "click", "click", "double_click", "custom", "custom", "touch_start",
             "touch_move", "touch_end", "touch_end", "custom"]  # fmt: skip
    rows = [change(2, number, type=number, id=3, x=10, y=20, pointerType=0) for number in range(len(names))]
    made = made_of(tmp_path, tables_of, meta(), *rows, change(2, 99, type=5, id=3))
    events = made["events"][1:]
    assert [row["kind"] for row in events] == [*names, "custom"]
    assert [row["button"] for row in events[:5]] == [None, None, "left", "right", "left"]
    assert [row["clicks_n"] for row in events[2:5]] == [1, 1, 2]
    assert json.loads(events[2]["extra"]) == {"node": 3, "pointer_type": 0}
    assert not any(row["is_derived"] for row in events)
    assert (events[0]["x_rel"], events[0]["y_rel"]) == (0.01, 0.04)
    assert (events[-1]["x_px"], events[-1]["flags"], events[-1]["source_type"]) == (None, None, "Focus")


def test_scrolling_is_no_pointer_position(tmp_path: Path, tables_of: Make) -> None:
    snapshot = entry(2, 1, node={"type": 0, "id": 1, "childNodes": [
        {"type": 2, "id": 8, "tagName": "div", "attributes": {"rr_scrollTop": 40}, "childNodes": []}]},
        initialOffset={"left": 0, "top": 300})  # fmt: skip
    rows = [change(3, 2, id=1, x=0, y=500), change(3, 3, id=8, x=0, y=30), change(3, 4, id=9, x=5, y=7),
            change(3, 5, id=1, x=0, y=450), change(3, 6, id=1, x=0, y="far")]  # fmt: skip
    made = made_of(tmp_path, tables_of, meta(), snapshot, *rows)
    scrolls = made["events"][1:]
    assert [(row["wheel_x"], row["wheel_y"]) for row in scrolls] == [
        (0, 200),
        (0, -10),
        (5, 7),
        (0, -50),
        (None, None),
    ]
    assert {row["wheel_unit"] for row in scrolls} == {"px"}
    assert {(row["x_px"], row["flags"]) for row in scrolls} == {(None, None)}
    assert json.loads(scrolls[0]["extra"]) == {"node": 1, "scroll_left_px": 0, "scroll_top_px": 500}


def test_viewports(tmp_path: Path, tables_of: Make) -> None:
    made = made_of(
        tmp_path, tables_of, meta(0), moves(10, (900, 10, 0)), change(4, 20, width=800, height=400),
        moves(30, (900, 10, 0)), meta(40, 800, 400, "https://example.org/b"), meta(50, 1000, 500),
        moves(60, (900, 10, 0)),
    )  # fmt: skip
    periods = [(row["start_us"], row["end_us"], row["width_px"]) for row in made["displays"]]
    assert periods == [(0, 20_000, 1000), (20_000, 50_000, 800), (50_000, None, 1000)]
    assert [row["flags"] for row in made["moves"]] == [None, "off_screen", None]
    assert [row["kind"] for row in made["events"]] == [
        "navigation",
        "display_change",
        "navigation",
        "navigation",
    ]
    assert json.loads(made["events"][1]["extra"]) == {"width": 800, "height": 400}
    assert [row["url"] for row in made["events"]][1:3] == ["https://example.org/a", "https://example.org/b"]


def test_sizes_at_the_same_time(tmp_path: Path, tables_of: Make) -> None:
    made = made_of(
        tmp_path, tables_of, meta(0), change(4, 0, width=800, height=400), change(4, 0, width=700, height=400)
    )
    assert [(row["start_us"], row["width_px"]) for row in made["displays"]] == [(0, 700)]


def test_typed_text_and_masks(tmp_path: Path, tables_of: Make) -> None:
    rows = [change(5, 1, id=4, text="Hel", isChecked=False), change(5, 2, id=5, text="*****"),
            change(5, 3, id=6, text=""), change(5, 4, id=7, text=None)]  # fmt: skip
    events = made_of(tmp_path, tables_of, meta(), *rows)["events"][1:]
    assert [(row["text"], row["text_len"], row["is_text_redacted"]) for row in events] == [
        ("Hel", 3, None), ("*****", 5, True), ("", 0, None), (None, None, None),
    ]  # fmt: skip
    assert json.loads(events[0]["extra"]) == {"isChecked": False, "node": 4}


def test_touches_drags_and_what_is_only_counted(tmp_path: Path, tables_of: Make) -> None:
    made = made_of(
        tmp_path, tables_of, meta(), moves(5, (1, 2, 0), (3, 4, 0), source=6), moves(6, (5, 6, 0), source=12),
        change(0, 7, adds=[1, 2], removes=[], texts="x"), change(13, 8), change(99, 9), change("x", 10),
        entry(5, 11, tag="checkout", payload={"card": "4111"}), entry(6, 12, plugin="p", payload={}), entry(0),
        entry(1),
    )  # fmt: skip
    assert [row["kind"] for row in made["events"]][1:] == ["touch_move", "touch_move", "custom"]
    assert made["events"][3]["source_type"] == "Custom checkout"
    assert "4111" not in json.dumps(made["events"])
    assert [row["flags"] for row in made["moves"]] == ["drag"]
    extra = json.loads(made["sessions"][0]["extra"])
    assert extra["not_stored_n"] == {
        "DomContentLoaded": 1, "Load": 1, "Mutation": 1, "Plugin": 1, "StyleDeclaration": 1, "source 99": 1,
        "unknown source": 1,
    }  # fmt: skip
    assert extra["dom_changes_n"] == {"adds": 2}


def test_the_title_of_the_page(tmp_path: Path, tables_of: Make) -> None:
    title = {"type": 2, "tagName": "title", "id": 3, "childNodes": [{"type": 3, "textContent": " A\n page "}]}
    drawing = {
        "type": 2,
        "tagName": "svg",
        "id": 2,
        "childNodes": [{**title, "childNodes": [{"textContent": "icon"}]}],
    }
    snapshot = entry(2, 1, node={"type": 0, "id": 1, "childNodes": [drawing, title]})
    made = made_of(
        tmp_path, tables_of, meta(), snapshot, moves(2, (1, 1, 0)), change(2, 3, type=2, id=1, x=1, y=1)
    )
    assert [row["window_title"] for row in made["events"]] == ["A page", "A page"]


def test_without_time(tmp_path: Path, tables_of: Make) -> None:
    rows = [
        meta(None),
        moves(None, (1, 2, -5)),
        change(4, None, width=1, height=1),
        change(2, None, type=2, id=1, x=1, y=1),
    ]
    made = made_of(tmp_path, tables_of, *rows)
    session = made["sessions"][0]
    assert (session["time_precision"], session["duration_us"], session["started_day"]) == ("none", None, None)
    assert [row["t_us"] for row in made["events"]] == [None, None, None]
    assert [row["width_px"] for row in made["displays"]] == [1000]
    assert made["moves"][0]["seq"] == 1


def test_names_of_people_and_machines_are_dropped(tmp_path: Path) -> None:
    recording = read(write(tmp_path, [meta() | {"sessionId": "8dda0c07"}]))
    assert recording.dropped == {"sessionId"}
    assert "8dda0c07" not in json.dumps(recording.session)


def test_a_cut_recording_comes_in_up_to_the_cut(tmp_path: Path) -> None:
    content = json.dumps([meta(), moves(5, (1, 2, 0)), moves(9, (3, 4, 0))]).encode()
    for cut in (
        content[:-40],
        content[: content.rindex(b', {"type"')],
        content[: content.rindex(b'{"type"')],
    ):
        recording = read(write(tmp_path, cut))
        assert (len(recording.moves), recording.session["is_complete"]) == (1, False)
    assert read(write(tmp_path, content + b"\n ")).session["is_complete"]


@pytest.mark.parametrize(
    ("bad", "what"),
    [
        (b'{"type": 3, "data": ' + b"[" * 100_000, "not JSON"),
        (b'{"type": 3, "data": ' + b'{"a":' * 100_000, "not JSON"),
        (b'{"type": 3,}', "not JSON"),
        (b"1" + b"0" * 5_000, "not JSON"),
        (b'{"type": 3}', "not an rrweb event"),
        (b'{"type": "3", "data": {}}', "not an rrweb event"),
        (b'{"type": 99, "data": {}}', "not an rrweb event"),
        (b"[]", "not an rrweb event"),
        (b'{"type": 4, "data": {}, "timestamp": "now"}', "timestamp is not a number"),
        (b'{"type": 4, "data": {}, "timestamp": NaN}', "timestamp is not a number"),
        (b'{"type": 4, "data": {}, "timestamp": 1e18}', "not a time"),
        (b'{"type": 4, "data": {}, "timestamp": 1' + b"0" * 400 + b"}", "not a time"),
        (b'{"type": 4, "data": {}}', "timestamp is missing"),
        (b'{"type": 4, "data": {}, "timestamp": 1}', "years away"),
        (b"{} {}", "breaks off|not an rrweb event"),
    ],
)
def test_a_broken_entry_is_damage_with_its_place(tmp_path: Path, bad: bytes, what: str) -> None:
    good = json.dumps(meta()).encode()
    path = write(tmp_path, b"[" + good + b", " + bad + b", " + good + b", " + good + b"]")
    with pytest.raises(SourceError, match=what) as caught:
        read(path)
    assert caught.value.where == "events.json, entry 2"


def test_deep_pages(tmp_path: Path) -> None:
    deep = b'{"type": 2, "childNodes": [' * 100_000 + b"]}" * 100_000
    path = write(
        tmp_path, b"[" + json.dumps(meta()).encode() + b', {"type": 2, "data": {"node": ' + deep + b"}}]"
    )
    with pytest.raises(SourceError, match="not JSON"):
        read(path)


def test_an_entry_of_10_mb(tmp_path: Path) -> None:
    assert len(read(write(tmp_path, [meta(), change(5, 1, id=1, text="a" * 10_000_000)])).events) == 2


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e18", "1" + "0" * 400, '"7"', "null", "[1]"])
def test_an_unusable_coordinate_is_a_flag(tmp_path: Path, tables_of: Make, value: str) -> None:
    text = json.dumps([meta(), moves(5, ("X", 2, 0)), change(2, 6, type=2, id=1, x="X", y=1)]).replace(
        '"X"', value
    )
    made = tables_of(read(write(tmp_path, text.encode())))
    assert made["moves"]["flags"].to_pylist() == ["sentinel_xy"]
    assert made["events"]["flags"].to_pylist() == [None, "sentinel_xy"]


def test_a_recording_without_input_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no input"):
        read(write(tmp_path, [entry(0)]))


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"[1]", b'{"type": 4}', b'[{"type": "x", "data": {}}]', b"[" * 100_000]
)
def test_what_is_no_rrweb_recording(tmp_path: Path, content: bytes) -> None:
    assert IMPORTER.find(write(tmp_path, content)) is None
    assert IMPORTER.find(tmp_path) is None
    other = tmp_path / "events.txt"
    other.write_text(json.dumps([meta()]))
    assert IMPORTER.find(other) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
FIELDS = ("source", "type", "id", "x", "y", "positions", "text", "width", "height", "href", "node", "tag",
          "initialOffset", "isChecked", "adds")  # fmt: skip


@settings(deadline=None, max_examples=80)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 6), st.integers(0, 17), st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=6)
        ),
        max_size=6,
    )
)
def test_wrong_types_everywhere(
    tmp_path_factory: pytest.TempPathFactory, tables_of: Make, rows: list[Any]
) -> None:
    entries = [meta()] + [
        entry(kind, place, **{"source": source, **data}) for place, (kind, source, data) in enumerate(rows)
    ]
    made = tables_of(read(write(tmp_path_factory.mktemp("a"), entries)))
    assert made["sessions"].num_rows == 1


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.integers(-400, 0), st.sampled_from(["move", "click"])), max_size=20
    )
)
def test_all_source_rows_arrive(
    tmp_path_factory: pytest.TempPathFactory, tables_of: Make, rows: list[Any]
) -> None:
    entries, at_ms = [meta()], 0
    for gap, offset, kind in rows:
        at_ms += gap
        entries.append(
            moves(at_ms, (1, 2, offset)) if kind == "move" else change(2, at_ms, type=2, id=1, x=1, y=2)
        )
    made = tables_of(read(write(tmp_path_factory.mktemp("a"), entries)))
    both = sorted(zip(made["moves"]["seq"].to_pylist() + made["events"]["seq"].to_pylist(),
                      made["moves"]["t_us"].to_pylist() + made["events"]["t_us"].to_pylist(), strict=True))  # fmt: skip
    assert len(both) == len(entries)
    assert [t_us for _, t_us in both] == sorted(t_us for _, t_us in both)
