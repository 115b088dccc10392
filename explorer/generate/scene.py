"""Everything that happens in one chunk, before it becomes tables."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.generate.acts import Actors, Acts, acts_of
from explorer.generate.arrays import Ints
from explorer.generate.clock import Clock, clock_of
from explorer.generate.desks import Desks, desks_of
from explorer.generate.people import People
from explorer.generate.plan import Batch, Legs, Sessions
from explorer.generate.strokes import Strokes, cut, strokes_of

_STREAM = 2


@dataclass(slots=True)
class Reached:
    """How far each session of a batch is; a long one is made leg by leg."""

    seq: Ints
    t_us: Ints
    frames_n: Ints
    moves_n: Ints
    events_n: Ints
    last_us: Ints

    @classmethod
    def nothing(cls, sessions_n: int) -> Reached:
        """Before the first leg."""
        return cls(*(np.zeros(sessions_n, np.int64) for _ in cls.__slots__))


@dataclass(slots=True)
class Scene:
    """One chunk: its legs, and what is done in them. `sessions`, their ids and `first_frame` have one entry a leg."""

    legs: Legs
    sessions: Sessions
    session_ids: list[str]
    people: People
    first_frame: Ints
    desks: Desks
    acts: Acts
    strokes: Strokes
    clock: Clock
    chance: np.random.Generator

    @property
    def frames_before(self) -> Ints:
        """Frames of the session before each act."""
        return self.first_frame[self.acts.leg] + self.clock.act_frames_before


def scene_of(batch: Batch, legs: Legs, people: People, reached: Reached) -> Scene:
    """What happens in these legs; `reached` is taken up, and brought forward."""
    chance = np.random.default_rng([batch.sizes.seed, _STREAM, batch.number, legs.number])
    sessions = batch.sessions[legs.session]
    tempo = people.tempo[sessions.person]
    desks = desks_of(people, sessions.person)
    acts = acts_of(legs.rows_n, Actors(people, sessions.person, sessions.week), chance)
    acts, strokes = cut(acts, strokes_of(acts, desks, tempo, chance), legs.rows_n, legs.is_last)
    clock = clock_of(
        acts,
        strokes,
        tempo,
        since_us=reached.t_us[legs.session],
        since_seq=reached.seq[legs.session],
        frames_n=legs.frames_n,
        chance=chance,
    )
    scene = Scene(
        legs=legs,
        sessions=sessions,
        session_ids=sessions.ids,
        people=people,
        first_frame=reached.frames_n[legs.session],
        desks=desks,
        acts=acts,
        strokes=strokes,
        clock=clock,
        chance=chance,
    )
    _bring_forward(reached, scene)
    return scene


def _bring_forward(reached: Reached, scene: Scene) -> None:
    legs, strokes, clock = scene.legs, scene.strokes, scene.clock
    leg = scene.acts.leg[strokes.act]
    last = np.searchsorted(leg, np.arange(len(legs)), side="right") - 1
    event_leg = leg[clock.event_stroke]
    last_event = np.searchsorted(event_leg, np.arange(len(legs)), side="right") - 1
    moves_n = np.bincount(leg, strokes.moves_n, len(legs)).astype(np.int64)
    reached.t_us[legs.session] = clock.end_us[last]
    reached.last_us[legs.session] = clock.event_us[last_event]
    reached.seq[legs.session] += legs.rows_n + legs.frames_n
    reached.frames_n[legs.session] += legs.frames_n
    reached.moves_n[legs.session] += moves_n
    reached.events_n[legs.session] += legs.rows_n - moves_n
