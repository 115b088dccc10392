"""Chunks and sessions of the player in a real browser: what is decoded, what holds at a moment, where things are."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

pytestmark = pytest.mark.browser
Run = Callable[..., Any]


def _chunks() -> ModuleType:
    spec = importlib.util.spec_from_file_location("player_chunks", Path(__file__).parent / "player_chunks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


made = _chunks()
LEFT, RIGHT = {"button": "left"}, {"button": "right"}
CONTROL, KEY_F = {"key": "Control"}, {"key": "f", "mods": "ctrl"}
DERIVED = {"derived": True}
MAIL = [0, "Mail", "Inbox", "https://office.example.com/", 0, 0, 1280, 800]

# t_us, x, y, kind, detail; many rows share a time
ROWS = [
    (100, 10, 10),
    (100, 20, -20),
    (200, 21, 22, "mouse_down", LEFT),
    (300, 90, 80),
    (400, 95, 85, "mouse_up", LEFT),
    (400, 21, 22, "drag", {**LEFT, **DERIVED, "start_us": 200, "end_us": 400, "end_x": 95, "end_y": 85}),
    (500, None, None, "key_down", CONTROL),
    (600, None, None, "key_down", KEY_F),
    (600, None, None, "key_down", {**KEY_F, "press": "repeat"}),
    (600, None, None, "shortcut", {**KEY_F, **DERIVED, "chord": "ctrl+f"}),
    (700, None, None, "key_up", {"key": "F"}),
    (800, None, None),
    (900, -5, 7),
    (900, None, None, "key_up", CONTROL),
]
ONE = made.session(ROWS, windows=[[MAIL, [4, "Sheet", *MAIL[2:]]]])
# the second chunk begins at the time at which the first one ends, and goes on with what was held
TWO = made.session(
    [*ROWS[:3]], [(200, 30, 30), *ROWS[3:]],
    states=[None, {"x": 21, "y": 22, "buttons": ["left"], "keys": [], "drag_from": [21, 22]}],
    windows=[[MAIL], [[0, "Sheet", *MAIL[2:]]]],
)  # fmt: skip
AT = [
    # session, time, pointer, buttons, keys, row, drag_from, app
    ("before the first row nothing is known", ONE, 99, (None, None), [], [], -1, None, "Mail"),
    ("the last row of a time counts", ONE, 100, (20, -20), [], [], 1, None, "Mail"),
    ("between rows it stays", ONE, 199.9, (20, -20), [], [], 1, None, "Mail"),
    ("a press", ONE, 200, (21, 22), ["left"], [], 2, [21, 22], "Mail"),
    ("while it is held the pointer goes on", ONE, 350, (90, 80), ["left"], [], 3, [21, 22], "Mail"),
    ("a derived row does not lead back", ONE, 400, (95, 85), [], [], 5, None, "Sheet"),
    ("keys in the order they went down", ONE, 650, (95, 85), [], ["Control", "f"], 9, None, "Sheet"),
    ("another case is the same key", ONE, 700, (95, 85), [], ["Control"], 10, None, "Sheet"),
    ("a move to nowhere leaves the pointer", ONE, 800, (95, 85), [], ["Control"], 11, None, "Sheet"),
    ("negative places are places", ONE, 900, (-5, 7), [], [], 13, None, "Sheet"),
    ("far beyond the end", ONE, 9e12, (-5, 7), [], [], 13, None, "Sheet"),
    ("before the start", ONE, -5, (None, None), [], [], -1, None, "Mail"),
    ("at the border the later chunk tells", TWO, 200, (30, 30), ["left"], [], 3, [21, 22], "Sheet"),
    ("just before the border the earlier one", TWO, 199, (20, -20), [], [], 1, None, "Mail"),
    ("what was held before the chunk", TWO, 300, (90, 80), ["left"], [], 4, [21, 22], "Sheet"),
    ("a time between two chunks", made.session([(0, 1, 1)], [(50, 2, 2)]), 49, (1, 1), [], [], 0, None, None),
    ("the pointer comes from the chunk before",
     made.session([(0, 1, 2)], [(10, None, None, "key_down", CONTROL)],
                  states=[None, {**made.NOTHING, "x": 1, "y": 2}]),
     10, (1, 2), [], ["Control"], 1, None, None),
    ("no rows at all", made.session(), 0, (None, None), [], [], -1, None, None),
    ("one row, no length", made.session([(0, 3, 4)]), 0, (3, 4), [], [], 0, None, None),
    ("only keys", made.session([(0, None, None, "key_down", CONTROL)]), 5, (None, None), [], ["Control"], 0, None,
     None),
    ("up without down", made.session([(0, 1, 1, "mouse_up", {**LEFT, "press": "lone"})]), 0, (1, 1), [], [], 0, None,
     None),
    ("an up that nothing tells of", made.session([(0, 1, 1, "mouse_up", LEFT), (1, None, None, "key_up", CONTROL)]), 1,
     (1, 1), [], [], 1, None, None),
    ("down without up", made.session([(0, None, None, "key_down", {**CONTROL, "press": "lone"})]), 9, (None, None), [],
     [], 0, None, None),
    ("down again without up", made.session([(0, 1, 1, "mouse_down", LEFT), (5, 2, 2, "mouse_down", LEFT)]), 9, (2, 2),
     ["left"], [], 1, [2, 2], None),
    ("two buttons", made.session([(0, 1, 1, "mouse_down", RIGHT), (5, 2, 2, "mouse_down", LEFT),
                                  (7, 3, 3, "mouse_up", RIGHT)]), 8, (3, 3), ["left"], [], 2, [2, 2], None),
    ("a button that is not told", made.session([(0, 1, 1, "mouse_down", {})]), 0, (1, 1), ["unknown"], [], 0, [1, 1],
     None),
    ("a finger", made.session([(0, 1, 1, "touch_start", {}), (5, 2, 2, "touch_end", {})]), 4, (1, 1), ["touch"], [], 0,
     [1, 1], None),
    ("a press that tells no place", made.session([(0, 8, 9), (1, None, None, "mouse_down", LEFT), (2, 10, 10)]), 2,
     (10, 10), ["left"], [], 2, [8, 9], None),
    ("hidden keys come up one by one", made.session([(t, None, None, kind, {"key": "•"}) for t, kind in
        ((0, "key_down"), (1, "key_down"), (2, "key_up"))]), 2, (None, None), [], ["•"], 2, None, None),
    ("a hidden key that was shown", made.session([(0, None, None, "key_down", KEY_F),
        (1, None, None, "key_up", {"key": "•"})]), 1, (None, None), [], [], 1, None, None),
    ("a drag of an agent leads to its end", made.session([(0, 1, 1, "drag", {**LEFT, "end_x": 50, "end_y": 60})]), 0,
     (50, 60), [], [], 0, None, None),
]  # fmt: skip
MESSAGES = [
    (b"", "chunk 0: it is empty"),
    (b"\x09\x00\x00\x00{", "chunk 0: its header ends too early"),
    (made.joined({"version": 2}, []), "chunk 0: its version is not 1; load the page again"),
    (made.joined({"version": 1, "chunk": 0}, []), "chunk 0: its header is not complete"),
    (b"\x01\x00\x00\x00\xff\x00\x00\x00", "chunk 0: its header cannot be read"),
    (made.packed(ROWS)[:-8], "chunk 0: it ends too early"),
    (made.packed(ROWS) + bytes(8), "chunk 0: it is longer than its rows"),
    (made.packed([(5,), (3 + 2**32,), (2**32,)], base_us=0), "chunk 0: time falls at row 2"),
    (made.packed(ROWS, kinds=["move"]), "chunk 0: a row is of a kind that the header does not name"),
    (made.packed(ROWS, details=[]), "chunk 0: an event has no detail"),
    (made.packed(ROWS, details_rows_n=10), "chunk 0: it has 9 events, and details of 10"),
    (made.packed(ROWS, chunk=3), "chunk 3: it came in place of chunk 0"),
]  # fmt: skip
STEPS = [
    {"step": n, "t_us": t, "is_correct": ok} for n, t, ok in ((0, 100, True), (1, 400, False), (2, 800, None))
]
TOLD = {
    "frames": {"t_us": [0, 250, 250, 700]}, "steps": STEPS,
    "apps": [["Mail", 0, 400], [None, 400, 450], ["Mail", 450, 500], ["Sheet", 500, 900]],
}  # fmt: skip
CLICKS = made.session(
    [(100, 1, 1, "click", LEFT), (100, 1, 1, "click", LEFT), (200, 1, 1, "click", RIGHT), (300, 2, 2)],
    [(400, 1, 1, "double_click", {**LEFT, **DERIVED}), (450, None, None, "key_down", CONTROL),
     (500, 1, 1, "click", {})],
    [(600, 1, 1), (700, 1, 1, "scroll", {"wheel_y": 1}), (900, 3, 3, "double_click", LEFT)],
    **TOLD,
)  # fmt: skip
NEXTS = [
    ("click", 0, 1, 100), ("click", 100, 1, 500), ("click", 500, 1, 900), ("click", 900, 1, None),
    ("click", 900, -1, 500), ("click", 500, -1, 100), ("click", 100.5, -1, 100), ("click", 100, -1, None),
    ("right_click", 0, 1, 200), ("right_click", 200, 1, None), ("right_click", 9e9, -1, 200),
    ("scroll", 0, 1, 700), ("key", 0, 1, 450), ("shortcut", 0, 1, None),
    ("event", 200, 1, 400), ("event", 400, -1, 200),
    ("frame", 0, 1, 250), ("frame", 250, 1, 700), ("frame", 250, -1, 0), ("frame", 0, -1, None),
    ("app_switch", 0, 1, 500), ("app_switch", 500, -1, None), ("app_switch", 501, -1, 500),
    ("step", 100, 1, 400), ("failed_step", 0, 1, 400), ("failed_step", 400, 1, None), ("failed_step", 900, -1, 400),
    ("mark", 0, 1, 50), ("mark", 50, 1, 60), ("mark", 50, -1, None),
]  # fmt: skip
COUNTS = {
    "bins_n": 18,
    "kinds": ["right_click", "key"],
    "counts": [[0] * 4 + [1] + [0] * 13, [0] * 9 + [1] + [0] * 8],
}
MISSING = [
    # name, time, direction, chunks that are here, what the description says more, what is needed
    ("click", 250, 1, [0], {}, {"needs_chunk": 1}),
    ("click", 0, 1, [1, 2], {}, {"needs_chunk": 0}),
    ("click", 300, 1, [1], {}, 500),
    ("click", 900, -1, [0], {}, {"needs_chunk": 2}),
    ("click", 100, -1, [], {}, None),
    ("frame", 0, 1, [], {}, 250),
    # the activity tells that a chunk holds nothing of the kind
    ("right_click", 250, 1, [0], {"density": COUNTS}, None),
    ("key", 0, 1, [], {"density": COUNTS}, {"needs_chunk": 1}),
    ("shortcut", 0, 1, [], {"density": COUNTS}, None),
    ("shortcut", 0, 1, [], {}, {"needs_chunk": 0}),
]


@pytest.mark.parametrize("case", [case[1:] for case in AT], ids=[case[0] for case in AT])
def test_state_at(player_core: Run, case: Any) -> None:
    session, t_us, point, buttons, keys, row, drag_from, app = case
    found = player_core(
        """const { x, y, buttons, keys, row, drag_from, window } = sessionOf(session).stateAt(t_us)
        return [[x, y], [...buttons], keys.map(({ key }) => key), row, drag_from, window.app]""",
        session=session, t_us=t_us,
    )  # fmt: skip
    assert found == [list(point), buttons, keys, row, drag_from, app]


@pytest.mark.parametrize(("content", "message"), MESSAGES)
def test_what_is_no_chunk_is_refused_with_the_reason(player_core: Run, content: bytes, message: str) -> None:
    found = player_core("try { decodeChunk(buffer(bytes), 0) } catch (error) { return error.message }",
                        bytes=list(content))  # fmt: skip
    assert found == message


def test_columns_are_read_where_they_lie(player_core: Run) -> None:
    found = player_core(
        """const whole = buffer(bytes)
        const chunk = decodeChunk(whole)
        return [chunk.rows_n, [...chunk.t], [...chunk.x], [...chunk.y], [...chunk.event_rows],
          [chunk.t, chunk.x, chunk.y, chunk.kind, chunk.refs].every((column) => column.buffer === whole),
          [0, 2, 4, 7].map(chunk.refOf)]""",
        bytes=list(made.packed(ROWS)),
    )
    x = [made.UNKNOWN if row[1] is None else row[1] for row in ROWS]
    y = [made.UNKNOWN if row[2] is None else row[2] for row in ROWS]
    events = [place for place, row in enumerate(ROWS) if len(row) > 3]
    assert found[:5] == [len(ROWS), [row[0] - 100 for row in ROWS], x, y, events]
    assert found[5:] == [True, [None, LEFT, LEFT, KEY_F]]


def test_a_chunk_that_does_not_belong_is_refused(player_core: Run) -> None:
    text = "try { sessionOf(session).add(decodeChunk(buffer(bytes))) } catch (error) { return error.message }"
    found = player_core(text, session=ONE, bytes=list(made.packed(ROWS, chunk=1)))
    assert found == "chunk 1: the session has 1 chunks"
    found = player_core(text, session=ONE, bytes=list(made.packed(ROWS[:5])))
    assert found == "chunk 0: it has 5 rows in place of 14; load the page again"


def test_what_is_missing(player_core: Run) -> None:
    found = player_core(
        """const session = sessionOf(made, [1])
        const before = [session.missing(0), session.has(199), session.has(200), session.chunkAt(1e9),
          session.chunksFor(0, 500), session.stateAt(0).row]
        session.clear()
        return [...before, session.missing(200), sessionOf(none).has(0), sessionOf(none).chunksFor(0, 9)]""",
        made=TWO, none=made.session(),
    )  # fmt: skip
    assert found == [0, False, True, 1, [0, 1], -1, 1, True, []]


@pytest.mark.parametrize(("name", "t_us", "direction", "expected"), NEXTS)
def test_next(player_core: Run, name: str, t_us: float, direction: int, expected: float | None) -> None:
    found = player_core(
        "const session = sessionOf(made); session.setMarks([60, 50]); return session.next(name, t_us, to)",
        made=CLICKS, name=name, t_us=t_us, to=direction,
    )  # fmt: skip
    assert found == expected


@pytest.mark.parametrize("case", MISSING)
def test_next_asks_for_a_chunk(player_core: Run, case: Any) -> None:
    name, t_us, direction, here, other, expected = case
    session = {**CLICKS, "about": {**CLICKS["about"], **other}}
    found = player_core("return sessionOf(made, here).next(name, t_us, to)", made=session, here=here, name=name,
                        t_us=t_us, to=direction)  # fmt: skip
    assert found == expected


def test_an_unknown_stop_is_an_error(player_core: Run) -> None:
    found = player_core(
        "try { sessionOf(made).next('moon', 0, 1) } catch (error) { return error.message }", made=CLICKS
    )
    assert found == "there is no stop named moon"


def test_frames_and_windows(player_core: Run) -> None:
    found = player_core(
        """const session = sessionOf(made)
        return [[-1, 0, 249, 250, 9e9].map((t) => session.frameAt(t)),
          sessionOf(two).windows().map(({ t_us, app, width }) => [t_us, app, width])]""",
        made=CLICKS, two=TWO,
    )  # fmt: skip
    assert found == [[-1, 0, 0, 2, 3], [[100, "Mail", 1280], [200, "Sheet", 1280]]]


def test_the_pointers_way(player_core: Run) -> None:
    """It starts where the pointer was, leaves out what says nothing, and ends where the pointer is."""
    found = player_core(
        "return [[150, 900], [100, 100], [-9, 0], [500, 850]].map(([a, b]) => [...sessionOf(made).pathBetween(a, b)])",
        made=ONE,
    )
    assert found == [
        [150, 20, -20, 200, 21, 22, 300, 90, 80, 400, 95, 85, 900, -5, 7],
        [100, 20, -20], [], [500, 95, 85],
    ]  # fmt: skip


def test_a_long_way_is_thinned_the_same_at_every_moment(player_core: Run) -> None:
    rows = [(t * 10, t % 300, t // 300) for t in range(5000)]
    found = player_core(
        """const session = sessionOf(made)
        const ways = [[0, 40000], [10, 40010], [20, 40020]].map(([a, b]) => [...session.pathBetween(a, b, 100)])
        const inner = ways.map((way) => way.filter((_, at) => at % 3 === 0).slice(3, -3))
        const isEverywhere = (t) => inner.every((times) => t < times[0] || t > times.at(-1) || times.includes(t))
        return [ways.map((way) => way.length / 3), ways.map((way) => way.slice(-3)),
          inner.flat().filter((t) => !isEverywhere(t))]""",
        made=made.session(rows[:3000], rows[3000:]),
    )
    assert all(40 < points_n <= 101 for points_n in found[0])
    assert found[1] == [[float(t * 10), t % 300, t // 300] for t in (4000, 4001, 4002)]
    assert found[2] == []


def test_presses(player_core: Run) -> None:
    """After the start, up to and with the end; the place of one that tells none is where the pointer was."""
    rows = [(0, 5, 6), (10, None, None, "scroll", {"wheel_y": 3}), *ROWS[2:]]
    names = "t_us, x, y, kind, button, clicks_n, row, detail"
    text = f"return sessionOf(made).pressesBetween(from_us, to_us).map(({{ {names} }}) => [{names}])"
    found = player_core(text, made=made.session(rows), from_us=0, to_us=400)
    assert found[0] == [10, 5, 6, "scroll", None, 1, 1, {"wheel_y": 3}]
    assert [(row[0], row[3], row[6]) for row in found[1:]] == [
        (200, "mouse_down", 2),
        (400, "mouse_up", 4),
        (400, "drag", 5),
    ]
    assert player_core(text, made=made.session(rows), from_us=10, to_us=199) == []
    found = player_core(text, made=CLICKS, from_us=300, to_us=1000)
    assert [row[3:7] for row in found] == [
        ["double_click", "left", 2, 4], ["click", None, 1, 6], ["scroll", None, 1, 8], ["double_click", "left", 2, 9],
    ]  # fmt: skip


def test_every_state_is_what_walking_through_all_rows_gives(player_core: Run) -> None:
    """Random rows, many at one time, over snapshots and chunks; the walk is the plainest one possible."""
    rng = np.random.default_rng(5)
    rows: list[Any] = []
    walked = [(None, None, (), ())]
    point: tuple[Any, Any] = (None, None)
    buttons: list[str] = []
    keys: list[str] = []
    t_us = 0
    for place in range(9000):
        t_us += int(rng.integers(0, 3))
        x, y = (int(n) for n in rng.integers(-3000, 3000, 2))
        choice = rng.integers(0, 10)
        name = "ab"[int(rng.integers(0, 2))]
        if choice < 6:
            rows.append((t_us, None, None) if choice == 0 else (t_us, x, y))
        elif choice < 8:
            is_down = name not in buttons
            buttons = [*buttons, name] if is_down else [held for held in buttons if held != name]
            rows.append((t_us, x, y, "mouse_down" if is_down else "mouse_up", {"button": name}))
        elif choice == 8:
            is_down = name not in keys
            keys = [*keys, name] if is_down else [held for held in keys if held != name]
            rows.append((t_us, None, None, "key_down" if is_down else "key_up", {"key": name}))
        else:
            rows.append((t_us, 9, 9, "click", {"derived": True, "n": place}))
        point = point if rows[-1][1] is None or choice == 9 else (x, y)
        walked.append((*point, tuple(buttons), tuple(keys)))
    ends = [0, 1, 2048, 2049, 6500, 9000]
    spans = [rows[start:end] for start, end in pairwise(ends)]
    states = [_state_before(walked[start]) for start in ends]
    times = sorted(float(t) for t in rng.uniform(-1, t_us + 5, 300))
    last = np.searchsorted([row[0] for row in rows], times, side="right")
    expected = [[*walked[n][:2], sorted(walked[n][2]), sorted(walked[n][3]), int(n) - 1] for n in last]
    found = player_core(
        """const session = sessionOf(made)
        return times.map((t) => session.stateAt(t)).map(({ x, y, buttons, keys, row }) =>
          [x, y, [...buttons].sort(), keys.map(({ key }) => key).sort(), row])""",
        made=made.session(*spans, states=states), times=times,
    )  # fmt: skip
    assert found == expected


def _state_before(walked: Any) -> dict[str, Any]:
    x, y, buttons, keys = walked
    return {"x": x, "y": y, "buttons": buttons, "keys": [[key, None] for key in keys],
            "drag_from": [0, 0] if buttons else None}  # fmt: skip


def test_activity_of_a_stretch_is_counted_from_its_rows(player_core: Run) -> None:
    """Both ends belong to it; kinds are those of the session's own activity."""
    density = {
        "bins_n": 1,
        "kinds": ["move", "click", "right_click", "key", "app_switch", "frame"],
        "counts": [[0]] * 6,
    }
    found = player_core(
        "return [[200, 500], [450, 900]].map((span) => closeDensity(sessionOf(made), span, 3).counts)",
        made={**CLICKS, "about": {**CLICKS["about"], "density": density}},
    )
    assert found == [
        [[0, 1, 0], [0, 0, 1], [1, 0, 0], [0, 0, 1], [0, 0, 1], [2, 0, 0]],
        [[0, 1, 0], [1, 0, 0], [0, 0, 0], [1, 0, 0], [1, 0, 0], [0, 1, 0]],
    ]


def test_a_full_chunk_is_ready_sooner_than_the_same_rows_as_json(player_core: Run) -> None:
    """The shortest of several runs each, on one machine: a ratio, not a time."""
    rows = [(t * 16_000, t % 1920, t % 1080) if t % 9 else (t * 16_000, None, None, "key_down", CONTROL)
            for t in range(65_536)]  # fmt: skip
    found = player_core(
        """const whole = buffer(made.chunks[0])
        const rowOf = (_, t) => ({ t_us: t * 16000, x: t % 1920, y: t % 1080, kind: 'move' })
        const text = JSON.stringify(Array.from({ length: 65536 }, rowOf))
        const shortest = (work) => Math.min(...Array.from({ length: 9 }, () => {
          const start = performance.now()
          work()
          return performance.now() - start
        }))
        return [shortest(() => new Session(made.about).add(decodeChunk(whole))), shortest(() => JSON.parse(text))]""",
        made=made.session(rows),
    )  # fmt: skip
    assert found[0] < found[1]


def test_activity_is_as_fine_as_the_axis_can_show_it(player_core: Run) -> None:
    """Bins of the session of 10 s, bars of 3 px: an axis of 30 px shows no more than the session tells."""
    chunks = [[(second * 1_000_000, 1, 1) for second in seconds] for seconds in (range(50), range(50, 101))]
    density = {"bins_n": 10, "kinds": ["move"], "counts": [[10] * 9 + [11]]}
    found = player_core(
        """const axis = (view, width_px, idle = []) => createAxis({ duration_us: 100e6, idle, view, width_px })
        const told = (session, ...asked) => {
          const { bins_n, span, counts: [moves] } = densityOn(session, axis(...asked), 3)
          return [bins_n, span ?? null, moves.reduce((sum, n) => sum + n, 0)]
        }
        const [session, half] = [sessionOf(made), sessionOf(made, [0])]
        return [told(session, null, 30), told(session, null, 300), told(session, [10e6, 20e6], 30),
          told(half, [10e6, 20e6], 30), told(half, [10e6, 80e6], 300),
          told(session, [0, 100e6], 58, [[20e6, 90e6]])]""",
        made=made.session(*chunks, density=density),
    )  # fmt: skip
    whole = [10, None, 101]
    assert found[:2] == [whole, [100, [0, 100e6], 101]]
    # Both ends of a part belong to it; what is not here is as the session tells it.
    assert found[2:5] == [[10, [10e6, 20e6], 11], [10, [10e6, 20e6], 11], whole]
    # Folding 70 s away leaves 30 s on 30 px: 3 s a bar.
    assert found[5] == [34, [0, 100e6], 101]
