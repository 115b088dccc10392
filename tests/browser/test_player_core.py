"""The player's clock, states, keys and geometry in a real browser: each case a call and what it gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser
Run = Callable[..., Any]

# A clock of ten seconds at wall time 1000 ms; then calls, then where it stands.
CLOCK = "const clock = createClock({ end_us: 10e6, now_ms: 1000 });"
CLOCKS = [
    ("stands still until it plays", "", 5000, 0),
    ("passes time at its speed", "clock.play(1000); clock.setSpeed(2, 1000)", 1100, 200_000),
    ("keeps its place when the speed changes", "clock.play(1000); clock.setSpeed(10, 1200)", 1300, 1_200_000),
    ("stops where it is", "clock.play(1000); clock.pause(1100)", 9000, 100_000),
    ("goes on where it stopped", "clock.play(1000); clock.pause(1100); clock.play(9000)", 9100, 200_000),
    ("speeds have limits", "clock.play(1000); clock.setSpeed(1000, 1000)", 1100, 6_400_000),
    ("no speed is not a speed", "clock.play(1000); clock.setSpeed(NaN, 1000)", 1100, 100_000),
    ("a tab that slept for hours goes on", "clock.play(1000)", 9_000_000, 250_000),
    ("wall time that steps back is no time", "clock.play(1000); clock.t_us(1100)", 1050, 100_000),
    ("a time before a step back counts once", "clock.play(1000); clock.t_us(1100); clock.t_us(1000)", 1150, 150_000),
    ("never passes the end", "clock.seek(9.95e6, 1000); clock.play(1000)", 1200, 10_000_000),
    ("a seek beyond the end is the end", "clock.seek(11e6, 1000)", 1000, 10_000_000),
    ("a seek before the start is the start", "clock.seek(-1, 1000)", 1000, 0),
    ("a seek to nowhere is none", "clock.seek(4e6, 1000); clock.seek(NaN, 1000); clock.seek(undefined, 1000)", 1000,
     4_000_000),
    ("a loop begins anew", "clock.setLoop(1e6, 2e6); clock.seek(1.9e6, 1000); clock.play(1000)", 1200, 1_100_000),
    ("the end of a loop is its start", "clock.setLoop(1e6, 2e6); clock.seek(1.9e6, 1000); clock.play(1000)", 1100,
     1_000_000),
    ("a loop is led into", "clock.setLoop(1e6, 2e6); clock.seek(0.9e6, 1000); clock.play(1000)", 1200, 1_100_000),
    ("behind a loop it returns", "clock.setLoop(1e6, 2e6); clock.seek(5e6, 1000); clock.play(1000)", 1100, 1_100_000),
    ("a loop waits for time to pass", "clock.setLoop(1e6, 2e6); clock.play(1000); clock.seek(5e6, 1000)", 1000,
     5_000_000),
    ("rounds of a short loop", "clock.setLoop(1e6, 1.03e6); clock.seek(1e6, 1000); clock.play(1000)", 1100, 1_010_000),
    ("an end before the start is no loop", "clock.setLoop(2e6, 1e6); clock.seek(3e6, 1000); clock.play(1000)", 1100,
     3_100_000),
    ("a loop can be taken away", "clock.setLoop(1e6, 2e6); clock.setLoop(0, null); clock.seek(5e6, 1000);"
     "clock.play(1000)", 1100, 5_100_000),
    ("a jump takes no time", "clock.setJumps([[2e6, 5e6]]); clock.seek(1.95e6, 1000); clock.play(1000)", 1100,
     5_050_000),
    ("inside a jump it leaps out", "clock.setJumps([[2e6, 5e6]]); clock.seek(3e6, 1000); clock.play(1000)", 1100,
     5_100_000),
    ("paused it does not leap", "clock.setJumps([[2e6, 5e6]]); clock.seek(3e6, 1000)", 1100, 3_000_000),
    ("a seek does not leap", "clock.setJumps([[2e6, 5e6]]); clock.play(1000); clock.seek(3e6, 1000)", 1000, 3_000_000),
    ("jumps in any order, touching", "clock.setJumps([[3e6, 5e6], [2e6, 3e6], [4e6, 4e6]]); clock.seek(1.95e6, 1000);"
     "clock.play(1000)", 1100, 5_050_000),
    ("a jump to the end", "clock.setJumps([[9e6, 99e6]]); clock.seek(8.95e6, 1000); clock.play(1000)", 1100,
     10_000_000),
    ("a jump in a loop", "clock.setLoop(1e6, 4e6); clock.setJumps([[2e6, 3.95e6]]); clock.seek(1.95e6, 1000);"
     "clock.play(1000)", 1200, 1_100_000),
    ("a jump over the end of a loop", "clock.setLoop(1e6, 4e6); clock.setJumps([[2e6, 9e6]]); clock.seek(1.95e6, 1000);"
     "clock.play(1000)", 1100, 1_050_000),
    ("a loop that is all jump is played", "clock.setLoop(1e6, 2e6); clock.setJumps([[0, 9e6]]); clock.seek(1e6, 1000);"
     "clock.play(1000)", 1100, 1_100_000),
]  # fmt: skip
# Per state: the events that it knows, with the state after them and what is done; all others change nothing.
STATES = {
    "empty": "open>loading/load",
    "loading": "open>loading/load loaded>paused/show fail>failed/tell",
    "paused": "open>loading/load play>playing/start seek>paused/show fed>paused/show fail>failed/tell",
    "playing": "open>loading/load pause>paused/stop seek>playing/show starve>waiting/hold fed>playing/ end>ended/stop"
    " fail>failed/tell",
    "waiting": "open>loading/load pause>paused/stop seek>waiting/show fed>playing/start fail>failed/tell",
    "ended": "open>loading/load play>playing/restart seek>paused/show fed>ended/show fail>failed/tell",
    "failed": "open>loading/load retry>loading/load seek>paused/show",
}
EVENTS = ("open", "loaded", "play", "pause", "seek", "starve", "fed", "end", "fail", "retry")
KEYS = [
    ("{key: ' '}", "toggle", None),
    ("{key: 'k'}", "toggle", None),
    ("{key: ','}", "previous", "frame"),
    ("{key: '.'}", "next", "frame"),
    ("{key: 'ArrowLeft'}", "move", -5_000_000),
    ("{key: 'ArrowRight', shiftKey: true}", "move", 30_000_000),
    ("{key: 'ArrowLeft', altKey: true}", "move", -100_000),
    ("{key: 'ArrowLeft', altKey: true, shiftKey: true}", None, None),
    ("{key: 'ArrowUp'}", "speed_step", 1),
    ("{key: 'ArrowUp', shiftKey: true}", None, None),
    ("{key: 'S', shiftKey: true}", "previous", "shortcut"),
    ("{key: 's'}", "next", "shortcut"),
    ("{key: 'X', shiftKey: true}", "previous", "failed_step"),
    ("{key: 'g'}", "next", "mark"),
    ("{key: 'j'}", "next", "event"),
    ("{key: '5'}", "digit", "5"),
    ("{key: '?', shiftKey: true}", "sheet", None),
    ("{key: 'Z', shiftKey: true}", "fit", None),
    ("{key: '+', shiftKey: true}", "zoom", 1),
    ("{key: 'Escape'}", "close", None),
    ("{key: 'q'}", None, None),
    ("{key: 'Shift', shiftKey: true}", None, None),
    # the browser's own
    ("{key: 'l', ctrlKey: true}", None, None),
    ("{key: 'r', metaKey: true}", None, None),
    ("{key: 'n', altKey: true}", None, None),
    ("{key: 'a', isComposing: true}", None, None),
    # what has the focus comes first
    ("{key: 'k', target: {tagName: 'INPUT', type: 'text'}}", None, None),
    ("{key: 'Escape', target: {tagName: 'INPUT', type: 'search'}}", None, None),
    ("{key: 'k', target: {tagName: 'TEXTAREA'}}", None, None),
    ("{key: 'k', target: {tagName: 'DIV', isContentEditable: true}}", None, None),
    (
        "{key: 'k', target: {tagName: 'DIV'}, composedPath: () => [{tagName: 'INPUT', type: 'text'}]}",
        None,
        None,
    ),
    ("{key: 'k', target: {tagName: 'INPUT', type: 'range'}}", "toggle", None),
    ("{key: 'ArrowLeft', target: {tagName: 'INPUT', type: 'range'}}", None, None),
    ("{key: ' ', target: {tagName: 'BUTTON'}}", None, None),
    ("{key: 'k', target: {tagName: 'BUTTON'}}", "toggle", None),
    ("{key: 'ArrowDown', target: {tagName: 'UL', getAttribute: () => 'listbox'}}", None, None),
]
LABELS = [
    ({"chord": "ctrl+shift+z", "mods": "ctrl+shift", "key": "z"}, "linux", "Ctrl+Shift+Z", "Control Shift z"),
    ({"chord": "meta+c"}, "macos", "⌘C", "Command c"),
    ({"chord": "alt+shift+meta+arrowleft"}, "macos", "⌥⇧⌘←", "Option Shift Command left arrow"),
    ({"chord": "meta+d"}, "windows", "Win+D", "Windows d"),
    ({"chord": "ctrl++"}, None, "Ctrl++", "Control plus"),
    ({"chord": "ctrl+space"}, None, "Ctrl+Space", "Control space"),
    ({"chord": "f5"}, None, "F5", "f5"),
    ({"mods": "ctrl", "key": "PageDown"}, None, "Ctrl+Page Down", "Control page down"),
    ({"mods": "ctrl"}, None, "Ctrl+unknown key", "Control unknown key"),
    ({"mods": "ctrl", "redacted": True}, "linux", "Ctrl+masked key", "Control masked key"),
    ({"mods": "shift+meta"}, "macos", "⇧ ⌘ unknown key", "Shift Command unknown key"),
    ({}, None, "unknown key", "unknown key"),
    ({"mods": "ctrl", "key": "constructor"}, "__proto__", "Ctrl+constructor", "Control constructor"),
]  # fmt: skip
CHORDS = [  # digits and when they come
    ([("5", 0)], [5]),
    ([("1", 0), ("6", 900)], [1, 16]),
    ([("1", 0), ("6", 2000)], [1, 6]),
    ([("0", 0), ("5", 100)], [None, 0.5]),
    ([("0", 0), ("2", 100), ("5", 200)], [None, 0.2, 0.25]),
    ([("0", 0), ("0", 100), ("5", 200)], [None, None, 0.1]),
    ([("9", 0), ("9", 100), ("9", 200)], [9, 64, 64]),
]
PLANE = "{left: -100, top: 50, width: 800, height: 600, scale_x: 2, scale_y: 0.5}"
GEOMETRY = [
    (f"pictureOf({PLANE}, {{x: -90, y: 70}})", {"x": 20, "y": 10}),
    (f"desktopOf({PLANE}, {{x: 20, y: 10}})", {"x": -90, "y": 70}),
    ("canvasOf({scale: 2, x: 5, y: -5}, {x: 10, y: 10})", {"x": 25, "y": 15}),
    ("fromCanvas({scale: 2, x: 5, y: -5}, {x: 25, y: 15})", {"x": 10, "y": 10}),
    ("fit({width: 200, height: 100}, {width: 400, height: 400})", {"scale": 2, "x": 0, "y": 100}),
    ("fit({width: 200, height: 100}, {width: 220, height: 400}, 10)", {"scale": 1, "x": 10, "y": 150}),
    ("fit({width: 0, height: 0}, {width: 100, height: 100}).scale", 100),
    ("fit({width: 100, height: 100}, {width: 0, height: 0}).scale", 0.01),
    ("zoomAt({scale: 1, x: 0, y: 0}, {x: 100, y: 50}, 2)", {"scale": 2, "x": -100, "y": -50}),
    ("zoomAt({scale: 1, x: 0, y: 0}, {x: 100, y: 50}, 2, [0.5, 1])", {"scale": 1, "x": 0, "y": 0}),
    ("oneToOne({scale: 0.25, x: 0.3, y: 0}, 2, {x: 0, y: 0})", {"scale": 0.5, "x": 0.5, "y": 0}),
    ("oneToOne({scale: 0.5, x: 0, y: 0}, 1, {x: 100, y: 100})", {"scale": 1, "x": -100, "y": -100}),
    # a picture smaller than the canvas stays within it, a larger one leaves no gap
    ("clampPan({scale: 1, x: -30, y: 500}, {width: 50, height: 50}, {width: 100, height: 100})",
     {"scale": 1, "x": 0, "y": 50}),
    ("clampPan({scale: 2, x: 30, y: -500}, {width: 100, height: 100}, {width: 100, height: 100})",
     {"scale": 2, "x": 0, "y": -100}),
    ("planeOf({frames: {left: [3], top: [4], width: [640], height: [480], scale_x: [null], scale_y: [2]}}, 0)",
     {"left": 3, "top": 4, "width": 640, "height": 480, "scale_x": 1, "scale_y": 2}),
    ("plainPlane([], 0).width", 1920),
    ("plainPlane([{start_us: 0, end_us: 5, left: 0, top: 0, width: 100, height: 80},"
     "{start_us: 0, end_us: null, left: -50, top: 20, width: 50, height: 90}], 0)",
     {"left": -50, "top": 0, "width": 150, "height": 110, "scale_x": 1, "scale_y": 1}),
    ("plainPlane([{start_us: 0, end_us: 5, left: 0, top: 0, width: 100, height: 80},"
     "{start_us: 0, end_us: null, left: -50, top: 20, width: 50, height: 90}], 5).width", 50),
    ("plainPlane([{start_us: 9, end_us: null, left: 0, top: 0, width: 100, height: 80}], 5).width", 100),
]  # fmt: skip


@pytest.mark.parametrize(
    ("calls", "now_ms", "expected_us"), [case[1:] for case in CLOCKS], ids=[c[0] for c in CLOCKS]
)
def test_clock(player_core: Run, calls: str, now_ms: float, expected_us: float) -> None:
    found = player_core(f"{CLOCK} {calls}; return clock.t_us({now_ms})")
    assert found == pytest.approx(expected_us, abs=1e-6)


def test_a_clock_stops_at_the_end_unless_it_loops(player_core: Run) -> None:
    calls = "clock.seek(9.99e6, 1000); clock.play(1000); clock.t_us(1100);"
    assert player_core(f"{CLOCK} {calls} return clock.isPlaying") is False
    assert player_core(f"{CLOCK} {calls} clock.play(1200); return clock.isPlaying") is False
    assert player_core(f"{CLOCK} clock.setLoop(0, 10e6); {calls} return [clock.isPlaying, clock.loop]") == [
        True,
        [0, 1e7],
    ]


def test_a_seek_is_exact_and_time_passes_as_at_no_other_place(player_core: Run) -> None:
    """Random moments, speeds, jumps and loops; no tick goes back outside a loop, none passes the end."""
    wrong = player_core("""
      const random = (seed) => () => (seed = (seed * 16807) % 2147483647) / 2147483647
      const chance = random(20)
      const wrong = []
      for (let round = 0; round < 2000; round += 1) {
        const end_us = chance() * 10 ** (1 + 10 * chance())
        let now = chance() * 1e6
        const clock = createClock({ end_us, now_ms: now })
        const starts = Array.from({ length: 5 }, () => chance() * end_us)
        if (chance() < 0.5) clock.setJumps(starts.map((t) => [t, t + chance() * end_us / 9]))
        const loop = chance() < 0.3 ? [chance() * end_us, chance() * end_us] : null
        if (loop) clock.setLoop(...loop)
        if (chance() < 0.7) clock.play(now)
        clock.setSpeed(0.1 + chance() * 64, now)
        const t_us = chance() * end_us
        clock.seek(t_us, now)
        if (clock.t_us(now) !== t_us) wrong.push(['seek', t_us, clock.t_us(now)])
        let last = t_us
        for (let tick = 0; tick < 9; tick += 1) {
          const found = clock.t_us(now += chance() * 300)
          if (!(found >= 0 && found <= end_us) || (!clock.loop && found < last)) wrong.push(['tick', last, found])
          last = found
        }
      }
      return wrong""")
    assert wrong == []


@pytest.mark.parametrize("state", STATES)
def test_every_pair_of_state_and_event(player_core: Run, state: str) -> None:
    known = {}
    for text in STATES[state].split():
        event, _, rest = text.partition(">")
        after, _, action = rest.partition("/")
        known[event] = {"state": after, "action": action or None}
    expected = {event: known.get(event, {"state": state, "action": None}) for event in EVENTS}
    found = player_core("return Object.fromEntries(names.map((event) => [event, next(state, event)]))",
                        names=EVENTS, state=state)  # fmt: skip
    assert found == expected


def test_states_events_and_actions_are_the_ones_tested_and_each_has_a_sentence(player_core: Run) -> None:
    words = player_core("return [STATES, EVENTS, ACTIONS]")
    assert list(words[0]) == list(STATES)
    assert list(words[1]) == list(EVENTS)
    used = {part.rpartition("/")[2] for line in STATES.values() for part in line.split()} - {""}
    assert set(words[2]) == used
    assert all(text.endswith(".") for table in words for text in table.values())


@pytest.mark.parametrize(("press", "command", "value"), KEYS)
def test_command_of_a_key(player_core: Run, press: str, command: str | None, value: object) -> None:
    expected = None if command is None else {"command": command, "value": value}
    assert player_core(f"return commandOf({press})") == expected


def test_no_key_has_two_meanings_and_each_has_words(player_core: Run) -> None:
    bindings = player_core("return BINDINGS")
    keys = [(binding.get("needs"), key) for binding in bindings for key in binding["keys"]]
    assert len(keys) == len(set(keys))
    assert all(binding["words"] and binding["group"] for binding in bindings)
    # each binding is reached by its key
    for binding in bindings:
        for key in binding["keys"]:
            needs = binding.get("needs")
            found = player_core("return commandOf(press)", press={"key": key, "shiftKey": needs == "shift",
                                                                  "altKey": needs == "alt"})  # fmt: skip
            value = key if binding["command"] == "digit" else binding.get("value")
            assert found == {"command": binding["command"], "value": value}


@pytest.mark.parametrize(("detail", "os", "written", "spoken"), LABELS)
def test_names_of_shortcuts(
    player_core: Run, detail: dict[str, str], os: str | None, written: str, spoken: str
) -> None:
    assert player_core("return [chipLabel(detail, os), chipSpoken(detail, os)]", detail=detail, os=os) == [
        written, spoken,
    ]  # fmt: skip


@pytest.mark.parametrize(("presses", "speeds"), CHORDS)
def test_speed_by_digits(player_core: Run, presses: list[Any], speeds: list[Any]) -> None:
    found = player_core("const chord = createSpeedChord(); return presses.map(([digit, ms]) => chord.push(digit, ms))",
                        presses=presses)  # fmt: skip
    assert found == speeds


@pytest.mark.parametrize(("call", "expected"), GEOMETRY)
def test_geometry(player_core: Run, call: str, expected: object) -> None:
    assert player_core(f"return {call}") == pytest.approx(expected)
