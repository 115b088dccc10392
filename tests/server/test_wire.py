"""The wire, decoded by its layout, holds the rows of the tables, whatever they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.engine import Engine, open_engine, replay_rows
from explorer.engine.replay_details import read_details
from explorer.engine.replay_rows import read_rows
from explorer.errors import EngineError
from explorer.measures.chunks import chunk_bounds
from explorer.server.wire import cut, file_of
from explorer.server.wire_chunk import chunk_file
from explorer.trace.check import check

from ..queries.golden import Trace
from . import wire_sample
from .wire_plain import plain_rows, plain_windows, walked, wire_rows, wire_windows
from .wire_reading import Chunk, decoded

OFFICE = Path(__file__).resolve().parents[2] / "sample_data" / "office"
TIMED = (wire_sample.BUSY, wire_sample.KEYS, wire_sample.ONE, wire_sample.NONE, wire_sample.CLOSED)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    root = wire_sample.write(tmp_path_factory.mktemp("wire") / "set")
    assert check(root) == []
    engine = open_engine(root)
    yield engine
    engine.close()


def chunks_of(engine: Any, session_id: str, *, typed: bool = True) -> list[Chunk]:
    rows = read_rows(engine, session_id)
    assert rows is not None
    details = read_details(engine, rows)
    return [decoded(chunk_file(details, place, typed)) for place in range(len(rows.chunks))]


def test_the_layout_byte_by_byte() -> None:
    columns = (np.array([1, 256], np.uint32), np.array([-2], ">i2"), np.zeros(0, np.uint8))
    assert file_of('{"é":1}', columns) == (
        b"\x08\0\0\0" + b'{"\xc3\xa9":1}' + b"\0" * 4 + b"\x01\0\0\0\0\x01\0\0" + b"\xfe\xff" + b"\0" * 6
    )


def test_long_text_is_cut() -> None:
    assert (cut("abc", 3), cut("abcd", 3), cut(None, 3)) == ("abc", "ab…", None)


BUSY_ROWS = """
    0     .          window_focus     {}
    100   -1920,40   move             -
    200   .          move             -
    300   .          move             -
    400   50,60      mouse_down       {"button":"left","element":BOX}
    500   90,60      move             -
    600   120,60     mouse_up         {"button":"left"}
    600   50,60      drag             {"button":"left","derived":true,"start_us":400,"end_us":600,"end_x":120,"end_y":60}
    700   .          key_down         {"key":"Control"}
    710   .          key_down         {"key":"c","mods":"ctrl"}
    710   .          shortcut         {"key":"c","mods":"ctrl","chord":"ctrl+c","command":"Copy","via":"shortcut","derived":true}
    720   .          key_up           {"key":"c"}
    720   .          key_up           {"key":"Control"}
    720   .          custom           {}
    800   .          key_down         {"key":"•","element":BOX}
    850   .          key_down         {"key":"•","element":BOX,"press":"repeat"}
    900   .          key_up           {"key":"•"}
    900   .          text_input       {"text":"••••••••••","text_len":10,"redacted":true,"derived":true,"start_us":800,"end_us":900}
    950   .          clipboard_paste  {"text":"•••••••••••••••••••••••••••••••••","text_len":33}
    1000  5,5        scroll           {"wheel_x":0.0,"wheel_y":-3.0,"wheel_unit":"line"}
    1100  .          navigation       {}
    1200  7,8        click            {"button":"right","clicks_n":1,"derived":true,"flags":"off_screen"}
    1300  .          key_down         {"key":"Meta","flags":"dangling","press":"lone"}
    1400  .          key_down         {"key":"Shift"}
    1500  300,301    mouse_down       {"button":"right"}
    2000  .          idle             {"end_us":5000000000}
"""  # noqa: E501  one line a row
BOX = '{"role":"textbox","name":"Search","left":10,"top":20,"width":300,"height":30}'


def test_the_rows_of_a_busy_session(sample: Engine) -> None:
    first, second = chunks_of(sample, wire_sample.BUSY, typed=False)
    wanted = [line.split(maxsplit=3) for line in BUSY_ROWS.strip().splitlines()]
    got = [
        [str(t_us), "." if x == -32768 else f"{x},{y}", kind,
         "-" if detail is None else json.dumps(detail, ensure_ascii=False, separators=(",", ":"))]
        for t_us, x, y, kind, detail in zip(first.t_us, first.x, first.y, first.kinds, first.details, strict=True)
    ]  # fmt: skip
    assert got == [[*cells, detail.replace("BOX", BOX)] for *cells, detail in wanted]
    assert first.header["state"] == {"x": None, "y": None, "buttons": [], "keys": [], "drag_from": None}
    assert first.header["windows"] == [
        [0, "Mail", "Inbox", None, -5, 0, 800, None],
        [20, "Browser", wire_sample.TITLE, "https://office.example.com/?q=1", None, None, None, None],
    ]
    assert second.header["base_us"] == wire_sample.LATER
    assert second.header["state"] == {
        "x": 300, "y": 301, "buttons": ["right"], "keys": [["Shift", None]], "drag_from": [300, 301]
    }  # fmt: skip
    assert [window[:3] for window in second.header["windows"]] == [
        [0, "Browser", wire_sample.TITLE],
        [1, None, "Inbox (1)"],
    ]
    assert second.header["kinds"] == first.header["kinds"]
    assert second.details[3] == {
        "button": "left", "start_us": 5000000030, "end_us": 5000000030, "end_x": 11, "end_y": -12
    }  # fmt: skip


@pytest.mark.parametrize("session_id", TIMED)
def test_every_row_of_the_sample_travels(sample: Engine, session_id: str) -> None:
    assert list(wire_rows(chunks_of(sample, session_id))) == list(plain_rows(sample.run, session_id))


def test_every_row_of_the_office_travels() -> None:
    engine = open_engine(OFFICE)
    for session_id in engine.run("sessions/list")["session_id"].to_pylist()[::6]:
        chunks = chunks_of(engine, session_id)
        assert list(wire_rows(chunks)) == list(plain_rows(engine.run, session_id))
        assert list(wire_windows(chunks)) == list(plain_windows(engine.run, session_id))
        # Without typed text only keys and texts differ, and the places of everything stay.
        for typed, hidden in zip(chunks, chunks_of(engine, session_id, typed=False), strict=True):
            assert (typed.t_us, typed.x, typed.y, typed.kinds) == (
                hidden.t_us,
                hidden.x,
                hidden.y,
                hidden.kinds,
            )
            assert typed.header["windows"] == hidden.header["windows"]
            assert list(map(without_words, typed.details)) == list(map(without_words, hidden.details))
    engine.close()


def without_words(detail: dict[str, Any] | None) -> dict[str, Any] | None:
    words = ("key", "mods", "chord", "text")
    return detail and {name: value for name, value in detail.items() if name not in words}


def test_the_step_axis(sample: Engine) -> None:
    [chunk] = chunks_of(sample, wire_sample.STEPS)
    assert list(zip(chunk.t_us, chunk.kinds, strict=True)) == [
        (500_000, "click"), (1_250_000, "move"), (1_500_000, "text_input"), (1_750_000, "drag"),
    ]  # fmt: skip
    assert chunk.details[3] == {"button": "left", "step": 1, "start_us": 1_750_000, "end_us": 1_750_000}


def test_what_consent_closes_is_not_there(sample: Engine) -> None:
    for chunk in chunks_of(sample, wire_sample.CLOSED):
        assert {None} == {title for _, _, title, *_ in chunk.header["windows"]}
        told = [detail for detail in chunk.details if detail]
        assert not any({"key", "chord", "text", "text_len"} & set(detail) for detail in told)
        assert not any("name" in detail.get("element", {}) for detail in told)
        assert chunk.header["state"]["keys"] == []


def test_rows_that_changed_meanwhile_are_refused(sample: Engine) -> None:
    rows = read_rows(sample, wire_sample.BUSY)
    assert rows is not None
    rows.session["session_id"] = wire_sample.KEYS
    with pytest.raises(EngineError, match="has changed meanwhile"):
        read_details(sample, rows)


class Asked:
    """The query files over rows in memory, as an engine answers them."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace

    def run(self, name: str, params: dict[str, object]) -> Any:
        return self._trace.ask(name, **params)


KIND_WORDS = (
    "move",
    "move",
    "mouse_down",
    "mouse_up",
    "key_down",
    "key_up",
    "click",
    "drag",
    "custom",
    "idle",
    "scroll",
)
words = st.sampled_from([None, None, "a", "B", "Tab", "é", "x" * 2100, "\u0000\u2028</script>"])
numbers = st.sampled_from([None, 0, 5, -7, 32767, -32768, 40000])
rows_strategy = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(KIND_WORDS),
            "t_us": st.sampled_from([None, 0, 10, 20, 3_000_020, 4_000_000_030, 9_000_000_000]),
            "end_us": st.sampled_from([None, 15, 5_000_000_000]),
            "x_px": numbers, "y_px": numbers, "is_derived": st.booleans(),
            "button": st.sampled_from([None, "left", "right"]), "key": words, "mods": st.sampled_from([None, "ctrl"]),
            "wheel_y": st.sampled_from([None, 1.5, float("nan"), float("inf")]),
            "app": st.sampled_from([None, "Mail", "Docs"]), "window_title": st.sampled_from([None, "One", "Two"]),
            "window_left_px": numbers,
        }
    ),
    max_size=24,
)  # fmt: skip


@pytest.fixture(scope="module")
def trace() -> Trace:
    return Trace()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=rows_strategy, most_rows=st.integers(1, 9), most_events=st.integers(1, 5))
def test_any_rows_come_back(
    trace: Trace,
    monkeypatch: pytest.MonkeyPatch,
    rows: list[dict[str, Any]],
    most_rows: int,
    most_events: int,
) -> None:
    trace.clear()
    recording(trace, rows)
    small = partial(chunk_bounds, most_rows=most_rows, most_events=most_events)
    monkeypatch.setattr(replay_rows, "chunk_bounds", small)
    asked = Asked(trace)
    timed = any(row["t_us"] is not None for row in rows)
    for typed in (True, False):
        chunks = chunks_of(asked, "s", typed=typed)
        assert_chunks_follow(chunks)
        assert list(wire_windows(chunks)) == list(plain_windows(asked.run, "s"))
        if typed and timed:
            assert list(map(shortened, plain_rows(asked.run, "s"))) == list(wire_rows(chunks))


def recording(trace: Trace, rows: list[dict[str, Any]]) -> None:
    session = {"session_id": "s", "duration_us": max((row["t_us"] or 0 for row in rows), default=None)}
    moves = [{**row, "seq": seq, "session_id": "s"} for seq, row in enumerate(rows) if row["kind"] == "move"]
    events = [{**row, "seq": seq, "session_id": "s"} for seq, row in enumerate(rows) if row["kind"] != "move"]
    own = ("session_id", "seq", "t_us", "x_px", "y_px")
    trace.insert("sessions", [{**session, "moves_n": len(moves), "events_n": len(events)}])
    trace.insert("moves", [{name: row[name] for name in own} for row in moves])
    trace.insert("events", events)


def shortened(row: tuple[Any, ...]) -> tuple[Any, ...]:
    *place, detail = row
    if detail is None:
        return row
    if detail.get("wheel_y") != 1.5:
        detail.pop("wheel_y", None)
    return (*place, detail)


def assert_chunks_follow(chunks: list[Chunk]) -> None:
    """Times never fall, windows rise, and each chunk begins where the one before ends."""
    times = [t_us for chunk in chunks for t_us in chunk.t_us]
    assert times == sorted(times)
    for chunk in chunks:
        rows = [row for row, *_ in chunk.header["windows"]]
        assert rows[0] == 0
        assert rows == sorted(set(rows))
        assert rows[-1] < chunk.header["rows_n"]
        assert len(chunk.header["details"]) == len({json.dumps(detail) for detail in chunk.header["details"]})
    for before, after in pairwise(chunks):
        walk, told = walked(before), after.header["state"]
        assert sorted(walk.pop("keys"), key=str) == sorted(told["keys"], key=str)
        assert walk == {name: told[name] for name in walk}
