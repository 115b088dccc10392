"""When everything happens, and its place in the session's order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.generate.acts import Acts
from explorer.generate.arrays import Floats, Ints, starts, within
from explorer.generate.scripts import IDLE, scripts
from explorer.generate.strokes import TICKS_A_SECOND, Strokes

TICK_US = 1_000_000 / TICKS_A_SECOND
_JITTER = 0.08  # of a tick: no recorder's clock is even
_PAUSE_MS, _PAUSE_SPREAD = 230, 0.5
_REST_MS, _REST_SPREAD = 800, 0.8
_IDLE_S, _IDLE_SPREAD, _IDLE_LEAST_S, _IDLE_MOST_S = 200, 0.8, 60, 900


@dataclass(frozen=True, slots=True)
class Clock:
    """Times since the session's start and places in its order.

    Per stroke: start_us, end_us (rest included), seq of its first row. Per row of events: its stroke, its line in the
    scripts, t_us. Per act: frames_n at its beginning, and how many its leg had before.
    """

    start_us: Ints
    end_us: Ints
    moves_us: Floats
    seq: Ints
    event_stroke: Ints
    event_line: Ints
    event_us: Ints
    event_place: Ints
    act_frames_n: Ints
    act_frames_before: Ints


def clock_of(
    acts: Acts,
    strokes: Strokes,
    tempo: Floats,
    *,
    since_us: Ints,
    since_seq: Ints,
    frames_n: Ints,
    chance: np.random.Generator,
) -> Clock:
    """Times and places of all strokes; each leg goes on at its `since_us` and `since_seq`, with its `frames_n`."""
    script = scripts()
    pace = tempo[acts.leg[strokes.act]] * 1000
    length = script.length[strokes.script]
    event_stroke, event_place = np.repeat(np.arange(len(strokes)), length), within(length)
    event_line = script.first[strokes.script][event_stroke] + event_place
    after_us = script.after_ms[event_line] * pace[event_stroke] * chance.uniform(0.7, 1.3, len(event_line))
    spent_us = np.cumsum(after_us)
    script_us = np.bincount(event_stroke, after_us, len(strokes))
    moves_us = _pauses(acts, strokes, chance) * pace
    rest_us = _rests(strokes, chance) * pace
    whole_us = np.ceil(moves_us + strokes.moves_n * TICK_US + script_us + rest_us).astype(np.int64)
    leg = acts.leg[strokes.act]
    start_us = _since(whole_us, leg) + since_us[leg]
    before_us = np.concatenate([[0.0], spent_us])[starts(length)]
    event_us = (moves_us + strokes.moves_n * TICK_US - before_us)[event_stroke] + spent_us
    act_frames_n = _frames(acts, frames_n)
    frames_before = _since(act_frames_n, acts.leg)
    return Clock(
        start_us=start_us,
        end_us=start_us + whole_us,
        moves_us=moves_us,
        seq=_since(strokes.rows_n, leg) + (frames_before + act_frames_n)[strokes.act] + since_seq[leg],
        event_stroke=event_stroke,
        event_line=event_line,
        event_us=start_us[event_stroke] + event_us.astype(np.int64),
        event_place=event_place,
        act_frames_n=act_frames_n,
        act_frames_before=frames_before,
    )


def move_times(clock: Clock, stroke: Ints, place: Ints, chance: np.random.Generator) -> Ints:
    """Time of each move: `place` counts the moves of its stroke from 0."""
    ticks = place + 1 + chance.uniform(-_JITTER, _JITTER, len(place))
    return clock.start_us[stroke] + (clock.moves_us[stroke] + ticks * TICK_US).astype(np.int64)


def _pauses(acts: Acts, strokes: Strokes, chance: np.random.Generator) -> Floats:
    """Milliseconds before a stroke begins; a leg begins at once."""
    pause = np.exp(chance.normal(np.log(_PAUSE_MS), _PAUSE_SPREAD, len(strokes)))
    pause[strokes.rows_n == 0] = 0
    pause[::2][acts.is_first] = 0
    return pause


def _rests(strokes: Strokes, chance: np.random.Generator) -> Floats:
    """Milliseconds after an act, minutes where it is a break."""
    rest = np.exp(chance.normal(np.log(_REST_MS), _REST_SPREAD, len(strokes)))
    rest[::2] = 0
    breaks = np.flatnonzero(strokes.script == IDLE)
    seconds = np.exp(chance.normal(np.log(_IDLE_S), _IDLE_SPREAD, len(breaks)))
    rest[breaks] = np.clip(seconds, _IDLE_LEAST_S, _IDLE_MOST_S) * 1000
    return rest


def _since(values: Ints, leg: Ints) -> Ints:
    """What came before each entry in its leg."""
    before = starts(values)
    first = np.flatnonzero(np.diff(leg, prepend=-1))
    since: Ints = before - before[first][np.cumsum(np.diff(leg, prepend=-1) > 0) - 1]
    return since


def _frames(acts: Acts, frames_n: Ints) -> Ints:
    """Frames at the beginning of each act: those of a leg evenly over its acts."""
    acts_n = np.bincount(acts.leg, minlength=len(frames_n))
    leg = np.repeat(np.arange(len(frames_n)), frames_n)
    act = starts(acts_n)[leg] + within(frames_n) * acts_n[leg] // frames_n[leg]
    counts: Ints = np.bincount(act, minlength=len(acts))
    return counts
