"""What people do, one act after the other: which application, what kind of act, which command and by which way."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from explorer.generate.apps import ACTS, APPS, COMMANDS
from explorer.generate.arrays import NONE, Bools, Floats, Ints, carried, chosen, starts
from explorer.generate.people import COHORTS, MACOS, People
from explorer.generate.scripts import BY_CLICK, BY_KEYS, CLICK_FOCUS, NOTHING, PHRASE, SCROLL, SWITCH_KEYS

# Rows that an act has on average at the least, by the person's tempo; more acts are drawn than a leg takes.
_ROWS_AN_ACT, _ROWS_BY_TEMPO = -2.0, 48.0
_SPARE_SHARE, _SPARE_N = 1.2, 8
_SWITCH_SHARE, _IDLE_SHARE = 0.035, 0.004
_SHORTCUT_PER_WEEK = 0.06  # people learn
VIA = ("shortcut", "menu", "context_menu", "toolbar")
BY_SHORTCUT, BY_MENU, BY_CONTEXT, BY_TOOLBAR = range(4)

# The ways of doing something; strokes.py says which strokes each takes.
WAY_NAMES = (*ACTS, "open", "idle", "by_shortcut", "by_menu", "by_context_menu", "by_toolbar", "switch_keys",
             "switch_click")  # fmt: skip
WAY = {name: place for place, name in enumerate(WAY_NAMES)}
COMMAND_NAMES = (*(command.name for command in COMMANDS), "Switch app")
SWITCH = len(COMMANDS)


def _by_app(name: str) -> Floats:
    return np.array([getattr(app, name) for app in APPS], np.float64)


_ACT_SHARES = _by_app("acts")
_APP_SHARES = np.array([cohort.app_shares for cohort in COHORTS], np.float64)
_COMMAND_SHARES = np.array([[app.commands.get(c.name, 0) for c in COMMANDS] for app in APPS], np.float64)
_TITLES_N = np.array([len(app.titles) for app in APPS])
FIRST_TITLE = starts(_TITLES_N)
_PULL = np.array([command.pull if command.chord else -np.inf for command in COMMANDS])
# How well a command can be reached by menu, context menu, toolbar.
_REACH = np.array([[1.0, 1.3 * (c.context is not None), 1.6 * (c.button is not None)] for c in COMMANDS])


@dataclass(slots=True)
class Acts:
    """One entry an act. What is in front changes at the end of an act: `app_after` and `title_after`.

    `title` counts through the titles of all applications. `command` and `via` are NONE where no command is given.
    `script` is what the act's last stroke leaves, where the way alone does not say it.
    """

    leg: Ints
    app: Ints
    app_after: Ints
    title: Ints
    title_after: Ints
    way: Ints
    command: Ints
    via: Ints
    script: Ints
    is_first: Bools

    def __len__(self) -> int:
        return len(self.leg)

    def __getitem__(self, chosen: Bools) -> Acts:
        return Acts(*(getattr(self, field.name)[chosen] for field in fields(self)))


@dataclass(frozen=True, slots=True)
class Actors:
    """Who is at work in each leg, and in which week."""

    people: People
    person: Ints
    week: Ints

    def is_macos(self, leg: Ints) -> Ints:
        """1 where the person of a leg works on macOS, else 0."""
        found: Ints = (self.people.system[self.person[leg]] == MACOS).astype(np.int64)
        return found


def acts_of(rows_n: Ints, actors: Actors, chance: np.random.Generator) -> Acts:
    """More acts for every leg than its rows will take."""
    rows_an_act = _ROWS_AN_ACT + _ROWS_BY_TEMPO * actors.people.tempo[actors.person]
    counts = (rows_n / rows_an_act * _SPARE_SHARE).astype(np.int64) + _SPARE_N
    leg = np.repeat(np.arange(len(counts)), counts)
    n = len(leg)
    is_first = np.zeros(n, bool)
    is_first[starts(counts)] = True
    is_switch = (chance.random(n) < _SWITCH_SHARE) | is_first
    cohort = actors.people.cohort[actors.person[leg]]
    app_after = carried(chosen(_APP_SHARES, cohort, chance.random(n)), is_switch)
    app = np.where(is_first, app_after, np.roll(app_after, 1))
    way = np.where(chance.random(n) < _IDLE_SHARE, WAY["idle"], chosen(_ACT_SHARES, app, chance.random(n)))
    is_turn = is_switch | (way == WAY["follow"])
    title_after = carried(FIRST_TITLE[app_after] + _drawn(_TITLES_N[app_after], chance), is_turn)
    title = np.where(is_first, title_after, np.roll(title_after, 1))
    none = np.full(n, NONE)
    acts = Acts(
        leg, app, app_after, title, title_after, way, none, none.copy(), np.full(n, NOTHING), is_first
    )
    _give_commands(acts, actors, chance)
    _switch(acts, actors, is_switch, chance)
    _type_and_scroll(acts, actors, chance)
    acts.way[is_first] = WAY["open"]
    return acts


def _give_commands(acts: Acts, actors: Actors, chance: np.random.Generator) -> None:
    """Which command, and by which of the ways that it has: habits decide, and they change over the weeks."""
    own = np.flatnonzero(acts.way == WAY["command"])
    command = chosen(_COMMAND_SHARES, acts.app[own], chance.random(len(own)))
    leg = acts.leg[own]
    person = actors.person[leg]
    odds = _PULL[command] + actors.people.leaning[person] + _SHORTCUT_PER_WEEK * actors.week[leg]
    by_shortcut = 1 / (1 + np.exp(-odds))
    others = _REACH[command] * actors.people.routes[person]
    others *= ((1 - by_shortcut) / others.sum(axis=1))[:, None]
    weights = np.column_stack([by_shortcut, others])
    via = chosen(weights, np.arange(len(own)), chance.random(len(own)))
    acts.command[own], acts.via[own] = command, via
    acts.way[own] = WAY["by_shortcut"] + via
    acts.script[own] = np.where(via == BY_SHORTCUT, BY_KEYS[command, actors.is_macos(leg)], BY_CLICK[command])


def _switch(acts: Acts, actors: Actors, is_switch: Bools, chance: np.random.Generator) -> None:
    own = np.flatnonzero(is_switch & ~acts.is_first)
    leg = acts.leg[own]
    has_keys = chance.random(len(own)) < 1 / (1 + np.exp(-actors.people.leaning[actors.person[leg]]))
    acts.command[own], acts.via[own] = SWITCH, np.where(has_keys, BY_SHORTCUT, BY_TOOLBAR)
    acts.way[own] = np.where(has_keys, WAY["switch_keys"], WAY["switch_click"])
    acts.script[own] = np.where(has_keys, SWITCH_KEYS[actors.is_macos(leg)], CLICK_FOCUS)
    acts.command[acts.is_first] = acts.via[acts.is_first] = NONE
    acts.script[acts.is_first] = NOTHING


def _type_and_scroll(acts: Acts, actors: Actors, chance: np.random.Generator) -> None:
    typed = np.flatnonzero(acts.way == WAY["type"])
    acts.script[typed] = PHRASE[chance.integers(0, len(PHRASE), len(typed))]
    scrolled = np.flatnonzero(acts.way == WAY["scroll"])
    run = chance.integers(0, SCROLL.shape[1], len(scrolled))
    acts.script[scrolled] = SCROLL[actors.is_macos(acts.leg[scrolled]), run]


def _drawn(below: Ints, chance: np.random.Generator) -> Ints:
    """A whole number from 0 for each upper bound."""
    return (chance.random(len(below)) * below).astype(np.int64)
