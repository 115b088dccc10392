"""Small pure parts of the player: addresses, leaps over waiting, words. Each case is a call and what it gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from explorer.widgets.player import moment_of

pytestmark = pytest.mark.browser
Run = Callable[..., Any]
HERE = "http://127.0.0.1:8501/replay"
CASES = [
    # a wait is leapt over when it is longer than asked for; both its ends stay
    ("skip", "leaps([[0, 5e6], [6e6, 12e6]], 5e6)", [[6_300_000, 11_700_000]]),
    ("skip", "leaps([[0, 5e6]], 2e6)", [[300_000, 4_700_000]]),
    ("skip", "leaps([], 2e6)", []),
    # two that run together leap only over what both wait for
    ("skip", "common([[0, 10], [20, 30]], [[5, 25]])", [[5, 10], [20, 25]]),
    ("skip", "common([[0, 10]], [[10, 20]])", []),
    ("skip", "common([[0, 10]], [[2, 3], [4, 5], [9, 12]])", [[2, 3], [4, 5], [9, 10]]),
    ("skip", "common([[0, 4], [6, 9]], [[1, Infinity]])", [[1, 4], [6, 9]]),
    ("skip", "shifted([[0, 4]], 3)", [[3, 7]]),
    # places are never rounded up to a moment that is still to come
    ("words", "placeWords(13_029_999)", "0:13.02"), ("words", "placeWords(0)", "0:00.00"),
    ("words", "placeWords(59_999_999)", "0:59.99"), ("words", "placeWords(3_723_400_000)", "1:02:03.40"),
    ("words", "lengthWords(240_000)", "240 ms"), ("words", "lengthWords(3_440_000)", "3.4 s"),
    ("words", "lengthWords(252_000_000)", "4 m 12 s"), ("words", "lengthWords(7_500_000_000)", "2 h 5 m"),
    ("words", "shortLength(4_000_000)", "4 s"), ("words", "shortLength(252_000_000)", "4 m"),
    ("words", "shortLength(7_500_000_000)", "2 h"), ("words", "counted(1, 'mask')", "1 mask"),
    ("words", "counted(1200, 'mask')", "1,200 masks"),
    # steps count from 1, and there are as many as the axis has seconds
    ("words", "stepAt(0, 15e6)", 1), ("words", "stepAt(3_000_000, 15e6)", 4), ("words", "stepAt(15e6, 15e6)", 15),
    ("words", "stepAt(0, 0)", 1),
    # a clip begins here and lasts ten seconds, or is the loop; times are written as they are shown
    ("clip_range", "rangeOf({t_us: 5e6, loop: null, about: {duration_us: 60e6}})", [5_000_000, 15_000_000]),
    ("clip_range", "rangeOf({t_us: 55e6, loop: null, about: {duration_us: 60e6}})", [50_000_000, 60_000_000]),
    ("clip_range", "rangeOf({t_us: 2e6, loop: null, about: {duration_us: 3e6}})", [0, 3_000_000]),
    ("clip_range", "rangeOf({t_us: 5e6, loop: [1e6, 9e9], about: {duration_us: 60e6}})", [1_000_000, 60_000_000]),
    ("clip_range", "timeText(12_345_678, {axis: 'time', duration_us: 60e6})", "0:12.34"),
    ("clip_range", "timeText(2e6, {axis: 'step', duration_us: 9e6})", "3"),
    ("clip_range", "wordsOf(' 1:02.5 ', {axis: 'time', duration_us: 99e6}, false)", 62_500_000),
    ("clip_range", "wordsOf('1:00:00', {axis: 'time', duration_us: 9e9}, true)", 3_600_000_000),
    ("clip_range", "wordsOf('0:59.99', {axis: 'time', duration_us: 59_999_999}, true)", 59_999_999),
    ("clip_range", "wordsOf('3', {axis: 'step', duration_us: 9e6}, false)", 2_000_000),
    ("clip_range", "wordsOf('3', {axis: 'step', duration_us: 9e6}, true)", 3_000_000),
    *[("clip_range", f"wordsOf({text!r}, {{axis: 'time', duration_us: 9e6}}, false)", None)
      for text in ("", "x", "-1", "1:2:3:4", "1e9", "NaN", "1.2345678")],
    ("clip_range", "wordsOf('1.5', {axis: 'step', duration_us: 9e6}, false)", None),
    # what failed comes first
    ("list_item", "outcomeOf({is_correct: false, is_redundant: true})", "wrong"),
    ("list_item", "outcomeOf({is_correct: true, is_redundant: true})", "redundant"),
    ("list_item", "outcomeOf({is_correct: true, is_redundant: null})", "correct"),
    ("list_item", "outcomeOf({is_correct: null, is_redundant: null})", "unknown"),
    # the moment that an address names: a time, a step, a frame; what is not there is the start
    ("opening", "startOf({start_us: 5, start_step: 2, start_frame: 'b'}, ABOUT).t_us", 5),
    ("opening", "startOf({start_us: null, start_step: 2, start_frame: 'b'}, ABOUT).t_us", 20),
    ("opening", "startOf({start_us: null, start_step: null, start_frame: 'b'}, ABOUT).t_us", 40),
    ("opening", "startOf({start_us: null, start_step: 9, start_frame: 'z'}, ABOUT).t_us", 0),
    ("opening", "startOf({start_us: 101, start_step: null, start_frame: null}, ABOUT).t_us", 100),
]  # fmt: skip
ABOUT = "{duration_us: 100, steps: [{t_us: 10}, {t_us: 20}], frames: {id: ['a', 'b'], t_us: [30, 40]}}"


@pytest.mark.parametrize(("module", "call", "expected"), CASES)
def test_call(player_core: Run, module: str, call: str, expected: object) -> None:
    name = call.partition("(")[0]
    called = call.replace("ABOUT", ABOUT)
    assert player_core(f"return import('/player/{module}.js').then(({{ {name} }}) => {called})") == expected


@pytest.mark.parametrize("t_us", [0, 1, 999, 1000, 13_020_123, 10_500_000, 86_400_000_000])
def test_both_sides_write_a_moment_alike(player_core: Run, t_us: int) -> None:
    text = "return import('/player/link.js').then(({ momentText }) => momentText(t_us))"
    assert player_core(text, t_us=t_us) == moment_of(t_us)


SETTINGS = [
    {"speed": 1, "skip_s": 5, "trail_s": 2, "keys": "shortcuts", "masks": False, "folded": True},
    {"speed": 0.25, "skip_s": 0, "trail_s": 0, "keys": "none", "masks": True, "folded": False},
    {"speed": 64, "skip_s": 60, "trail_s": 9.5, "keys": "all", "masks": False, "folded": True},
]


@pytest.mark.parametrize("settings", SETTINGS)
def test_what_is_set_survives_the_address(player_core: Run, settings: dict[str, Any]) -> None:
    text = """return import('/player/link.js').then(({ addressAt, settingsOf }) => {
      const href = addressAt(here, { session_id: 's', t_us: 1500, side: '', settings })
      return [href, settingsOf(href)]
    })"""
    href, found = player_core(text, here=f"{HERE}?id=s&step=3&frame=f&app=Mail&speed=3", settings=settings)
    assert found == settings
    query = parse_qs(urlsplit(href).query)
    assert (query["id"], query["t"], query["app"]) == (["s"], ["1.5"], ["Mail"])
    assert not {"step", "frame", "typed"} & set(query)


@pytest.mark.parametrize(
    "query",
    ["speed=0", "speed=x&skip=1", "speed=-1&trail=11&keys=letters", "skip=1e9&masks=yes", "speed=&trail="],
)
def test_odd_settings_are_as_if_not_there(player_core: Run, query: str) -> None:
    text = "return import('/player/link.js').then(({ settingsOf, DEFAULTS }) => [settingsOf(href), DEFAULTS])"
    found, defaults = player_core(text, href=f"{HERE}?{query}")
    assert found == defaults
