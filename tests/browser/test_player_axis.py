"""The timeline's arithmetic in a real browser: folding, the way back from pixels, bars, lanes and ticks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser
Run = Callable[..., Any]

# 100 s, 40 to 80 are idle, 628 px: the fold takes 28, the other 60 s take 600, 10 px a second.
FOLDED = {"duration_us": 100e6, "idle": [[40e6, 80e6]], "width_px": 628}
PLACES = [
    # axis, time, place; the way back gives the time again
    (FOLDED, 0, 0),
    (FOLDED, 40e6, 400),
    (FOLDED, 60e6, 414),
    (FOLDED, 80e6, 428),
    (FOLDED, 100e6, 628),
    (FOLDED, 90e6, 528),
    ({**FOLDED, "folded": False}, 50e6, 314),
    ({**FOLDED, "idle": []}, 50e6, 314),
    # idle at both ends, given in no order
    ({**FOLDED, "idle": [[70e6, 100e6], [0, 40e6]]}, 40e6, 28),
    ({**FOLDED, "idle": [[70e6, 100e6], [0, 40e6]]}, 70e6, 600),
    ({**FOLDED, "idle": [[70e6, 100e6], [0, 40e6]]}, 100e6, 628),
    # waits that touch are one
    ({**FOLDED, "idle": [[40e6, 60e6], [60e6, 80e6]]}, 80e6, 428),
    # a view: 20 s of it are idle
    ({**FOLDED, "view": [60e6, 100e6]}, 80e6, 28),
    ({**FOLDED, "view": [60e6, 100e6]}, 90e6, 328),
    ({**FOLDED, "view": [100e6, 60e6]}, 90e6, 328),
    # all idle: nothing is folded
    ({**FOLDED, "idle": [[0, 100e6]]}, 50e6, 314),
    ({**FOLDED, "idle": [[0, 50e6], [50e6, 100e6]]}, 50e6, 314),
    ({**FOLDED, "view": [50e6, 70e6]}, 60e6, 314),
    # a short wait takes less room unfolded; on a tiny axis all do
    ({**FOLDED, "idle": [[40e6, 41e6]]}, 50e6, 314),
    ({**FOLDED, "width_px": 50}, 50e6, 25),
]
EDGES = [
    ("createAxis({...FOLDED, view: [60e6, 70e6], folded: false}).x_of(0)", 0),
    ("createAxis({...FOLDED, view: [60e6, 70e6], folded: false}).x_of(99e6)", 628),
    ("createAxis({...FOLDED, view: [60e6, 70e6], folded: false}).t_of(-5)", 60e6),
    ("createAxis({...FOLDED, view: [60e6, 70e6], folded: false}).t_of(9999)", 70e6),
    ("createAxis({...FOLDED, view: [-5, 1e12]}).visible", [0, 100e6]),
    ("createAxis({...FOLDED, view: [5e6, 5e6]}).visible", [0, 100e6]),
    ("createAxis({duration_us: 0, width_px: 600}).x_of(0)", 0),
    ("createAxis({duration_us: 0, width_px: 600, idle: [[0, 0]]}).t_of(300)", 0),
    ("createAxis({duration_us: 1e6, width_px: 0}).x_of(5e5)", 0),
    ("createAxis({duration_us: 1e6, width_px: 0, idle: [[0, 5e5]]}).t_of(0)", 0),
    ("createAxis(FOLDED).folds",
     [{"x_px": 400, "width_px": 28, "length_us": 40e6, "from_us": 40e6, "to_us": 80e6}]),
    # the view cuts through a wait: the fold tells all of it
    ("createAxis({...FOLDED, view: [60e6, 100e6]}).folds",
     [{"x_px": 0, "width_px": 28, "length_us": 40e6, "from_us": 40e6, "to_us": 80e6}]),
    ("createAxis({...FOLDED, idle: [[0, 40e6], [70e6, 100e6]]}).folds.map((fold) => fold.x_px)", [0, 600]),
    # folds take at most half the axis: the longest ones stay folded
    ("createAxis({...FOLDED, width_px: 60, idle: [[0, 30e6], [50e6, 99e6]]}).folds.map((fold) => fold.from_us)",
     [50e6]),
    # once a long wait is folded, a shorter one takes room too
    ("createAxis({duration_us: 1000e6, idle: [[0, 900e6], [950e6, 990e6]], width_px: 600}).folds.length", 2),
    ("tickTimes(createAxis({duration_us: 100e6, width_px: 300}))", [0, 30e6, 60e6, 90e6]),
    ("tickTimes(createAxis(FOLDED))", [0, 10e6, 20e6, 30e6, 40e6, 90e6, 100e6]),
    ("tickTimes(createAxis({...FOLDED, folded: false, view: [61e6, 69e6]}))", [float(t) * 1e6 for t in range(61, 70)]),
    ("tickTimes(createAxis({duration_us: 0, width_px: 300}))", [0]),
    ("tickTimes(createAxis({duration_us: 5e6, width_px: 20}))", [0]),
    ("stepTicks(createAxis({duration_us: 4e6, width_px: 400}))", [0, 1e6, 2e6, 3e6]),
    ("lanesOf([['a', 0, 40e6], [null, 40e6, 80e6], ['b', 80e6, 100e6]], createAxis(FOLDED))"
     ".map(({app, x_px, width_px}) => [app, x_px, width_px])", [["a", 0, 400], [None, 400, 28], ["b", 428, 200]]),
    ("lanesOf([['a', 0, 40e6], ['b', 80e6, 100e6]], createAxis({...FOLDED, view: [90e6, 100e6]}))",
     [{"app": "b", "x_px": 0, "width_px": 628, "from_us": 80e6, "to_us": 100e6}]),
]  # fmt: skip


@pytest.mark.parametrize(("options", "t_us", "x_px"), PLACES)
def test_a_time_and_its_place(player_core: Run, options: Any, t_us: float, x_px: float) -> None:
    found = player_core("const axis = createAxis(options); return [axis.x_of(t_us), axis.t_of(x_px)]",
                        options=options, t_us=t_us, x_px=x_px)  # fmt: skip
    assert found == pytest.approx([x_px, t_us])


@pytest.mark.parametrize(("call", "expected"), EDGES)
def test_edges(player_core: Run, call: str, expected: Any) -> None:
    found = player_core(f"return {call}", FOLDED=FOLDED)
    assert found == (expected if isinstance(expected, list) else pytest.approx(expected))


def test_places_and_times_are_each_others_inverse_and_never_fall(player_core: Run) -> None:
    """Random sessions, waits, views and widths; what is wrong is told with its axis."""
    wrong = player_core("""
      const random = (seed) => () => (seed = (seed * 16807) % 2147483647) / 2147483647
      const chance = random(7)
      const wrong = []
      for (let round = 0; round < 500; round += 1) {
        const duration_us = Math.round(10 ** (3 + 8 * chance()))
        const idle = Array.from({ length: Math.floor(12 * chance()) }, () => {
          const from = chance() * duration_us
          return [from, Math.min(duration_us, from + chance() ** 3 * duration_us)]
        })
        const view = chance() < 0.5 ? [chance() * duration_us, chance() * duration_us] : null
        const width_px = chance() < 0.2 ? 60 * chance() : 2000 * chance()
        const options = { duration_us, idle, view, width_px, folded: chance() < 0.8 }
        const axis = createAxis(options)
        const [from_us, to_us] = axis.visible
        const fault = (what) => wrong.push([what, JSON.stringify(options)])
        const close = (one, other, size) => Math.abs(one - other) <= 1e-9 * size
        if (!close(axis.x_of(to_us), options.width_px, options.width_px + 1) || axis.x_of(from_us) !== 0) fault('ends')
        if (axis.folds.some((fold) => fold.x_px < 0 || fold.x_px + 28 > options.width_px + 1e-6)) fault('fold')
        if (axis.folds.length * 28 > options.width_px / 2 + 1e-6) fault('too many folds')
        let [last_x, last_t] = [-1, -1]
        for (let part = 0; part <= 100; part += 1) {
          const t = from_us + (to_us - from_us) * part / 100
          const x = axis.x_of(t)
          if (x < last_x) fault('falls')
          if (!close(axis.t_of(x), t, duration_us)) fault('there and back')
          const back = axis.t_of(options.width_px * part / 100)
          if (back < last_t) fault('time falls')
          if (!close(axis.x_of(back), options.width_px * part / 100, options.width_px + 1)) fault('back and there')
          ;[last_x, last_t] = [x, back]
        }
        const times = tickTimes(axis)
        if (times.some((t, at) => t < from_us || t > to_us || (at && t <= times[at - 1]))) fault('ticks')
        if (times.length > options.width_px / 40 + 1) fault('too many ticks')
      }
      return wrong.slice(0, 5)""")
    assert wrong == []


def test_bars_hold_every_event_once_whatever_is_folded(player_core: Run) -> None:
    wrong = player_core("""
      const random = (seed) => () => (seed = (seed * 16807) % 2147483647) / 2147483647
      const chance = random(11)
      const wrong = []
      for (let round = 0; round < 200; round += 1) {
        const kinds = ['move', 'click', 'key', 'shortcut']
        const bins_n = 1 + Math.floor(480 * chance())
        const count = (place) => chance() < 0.3 ? Math.floor(10 ** (5 - place) * chance()) : 0
        const counts = kinds.map((_, place) => Array.from({ length: bins_n }, () => count(place)))
        const duration_us = 10 ** (4 + 6 * chance())
        const idle = [0, 1, 2].map(() => chance() * duration_us).map((t) => [t, t + 0.2 * chance() * duration_us])
        const axis = createAxis({ duration_us, idle, width_px: 100 + 900 * chance() })
        const found = bars({ bins_n, kinds, counts }, axis, 1 + 5 * chance(), 40)
        kinds.forEach((kind, place) => {
          const parts = found.flatMap((bar) => bar.parts).filter((part) => part.kind === kind)
          const sum = parts.reduce((n, part) => n + part.n, 0)
          const all = counts[place].reduce((n, one) => n + one, 0)
          if (Math.abs(sum - all) > 1e-6 * (1 + all)) wrong.push(['sum', kind, sum, all])
        })
        for (const bar of found) {
          const heights = bar.parts.map((part) => part.height_px)
          if (heights.some((px) => px < 1.5 - 1e-9)) wrong.push(['low', heights])
          const top = bar.parts.at(-1)
          if (top.y_px + top.height_px > 40 + 1e-9) wrong.push(['high', heights])
          if (bar.x_px + bar.width_px > axis.width_px + 1e-9) wrong.push(['wide', bar.x_px])
          const tops = bar.parts.map((part) => part.y_px + part.height_px)
          if (bar.parts.some((part, at) => at && Math.abs(part.y_px - tops[at - 1]) > 1e-9)) wrong.push(['stack'])
        }
      }
      return wrong.slice(0, 5)""")
    assert wrong == []


def test_one_rare_event_beside_a_million_moves_can_be_seen(player_core: Run) -> None:
    density = {"bins_n": 4, "kinds": ["move", "click"], "counts": [[1_000_000, 0, 10, 0], [1, 0, 0, 0]]}
    found = player_core(
        "return bars(density, createAxis({duration_us: 4e6, width_px: 40}), 10, 40)", density=density
    )
    assert [(bar["x_px"], bar["n"]) for bar in found] == [(0, 1_000_001), (20, 10)]
    assert [part["kind"] for part in found[0]["parts"]] == ["move", "click"]
    assert found[0]["parts"][1]["height_px"] >= 1.5
    assert sum(part["height_px"] for part in found[0]["parts"]) == pytest.approx(40)
    # heights follow the logarithm: ten moves are not a ten-thousandth of a million
    assert 5 < found[1]["parts"][0]["height_px"] < 10


def test_bars_of_a_view_hold_what_is_in_view(player_core: Run) -> None:
    density = {"bins_n": 4, "kinds": ["key"], "counts": [[8, 4, 2, 6]]}
    text = "return bars(density, createAxis({duration_us: 4e6, width_px: 40, ...more}), 10).map(({ n }) => n)"
    assert player_core(text, density=density, more={"view": [1e6, 3e6]}) == pytest.approx([2, 2, 1, 1])
    # a bin that reaches into a fold has its events beside it
    folded = {"width_px": 600, "duration_us": 4e6, "idle": [[0.5e6, 3e6]]}
    found = player_core("return bars(density, createAxis(more), 1).filter(({ x_px }) => x_px >= 192 && x_px < 219)"
                        ".reduce((sum, { n }) => sum + n, 0)", density=density, more=folded)  # fmt: skip
    assert found == pytest.approx(6, abs=0.01)
    assert player_core(text, density=density, more={"duration_us": 0}) == [20]
    assert player_core(text, density={"bins_n": 0, "kinds": [], "counts": []}, more={}) == []


def test_bars_of_a_stretch_that_was_counted_by_itself(player_core: Run) -> None:
    density = {"bins_n": 4, "kinds": ["key"], "counts": [[8, 4, 2, 6]], "span": [2e6, 4e6]}
    text = "return bars(density, createAxis({duration_us: 8e6, width_px: 40, view: [2e6, 4e6]}), 10).map(({ n }) => n)"
    assert player_core(text, density=density) == pytest.approx([8, 4, 2, 6])
