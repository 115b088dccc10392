"""The pieces of the Shortcuts page: sentences, rows, the keyboard, figures."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.charts.adoption import Adopted, adoption_by_cohort, adoption_by_week
from explorer.charts.dumbbells import Dumbbell, dumbbells
from explorer.measures.paired_difference import WayDifference
from explorer.widgets.keyboard import used_keys
from explorer.widgets.shortcut_answers import Answers, Share
from explorer.widgets.shortcut_rows import (
    adopted,
    chord_rows,
    commands_of,
    dumbbells_by_uses,
    ranking,
    right_click_rows,
)
from explorer.widgets.shortcut_words import FOLLOWED_BY, difference, headline, interval, left_out, percent

MODIFIERS = {"ctrl": "Ctrl", "alt": "Alt", "shift": "Shift", "meta": "Win"}


def found(
    commands: tuple[dict[str, Any], ...] = (),
    parts: dict[str, int | None] | None = None,
    share: Share | None = None,
    **more: Any,
) -> Answers:
    rows = {"sessions": 9} | (parts or {})
    coverage = {
        part: {"part": part, "rows_n": n, "people_n": None if n is None else 8} for part, n in rows.items()
    }
    return Answers(coverage, commands, {}, share, more.get("shares", {}), None, more.get("is_people", True))


def chord(
    keys: str, presses_n: int = 1, *, os: str = "windows", command: str | None = None
) -> dict[str, Any]:
    return {"app": None, "os": os, "chord": keys, "command": command, "is_recorded": False, "is_other": False,
            "presses_n": presses_n, "people_n": 7}  # fmt: skip


def uses(command: str, via: str, uses_n: int, *, is_comparable: bool = True) -> dict[str, Any]:
    return {"command": command, "via": via, "uses_n": uses_n, "is_comparable": is_comparable, "is_other": False,
            "people_n": 6}  # fmt: skip


@pytest.mark.parametrize(
    ("share", "said"), [(0.0, "0 %"), (0.004, "1 %"), (0.5, "50 %"), (0.996, "99 %"), (1.0, "100 %")]
)
def test_shares_in_percent(share: float, said: str) -> None:
    assert percent(share) == said


def test_the_first_sentence() -> None:
    share = Share(0.61, 0.55, 0.67, 22)
    assert interval(share) == "55–67 %"
    assert headline(found(share=share)) == (
        "Shortcuts were used for 61 % of the commands that have one (95 %: 55–67 %, 22 people)"
    )
    assert "22 sessions of unknown people" in headline(found(share=share, is_people=False))
    assert "too few people gave comparable commands" in headline(found(parts={"recorded": 3, "menu": 1}))
    assert "name no commands" in headline(found(parts={"standard": 3}))
    assert headline(found()) == "No shortcut is in these recordings, and they name no command"


@pytest.mark.parametrize(
    ("much", "low", "high", "said"),
    [
        (1.2, 0.9, 1.5, "took 1.2 s longer for the same command by menu than by shortcut (95 %: 0.9–1.5 s;"),
        (-0.4, -0.6, -0.2, "took 0.4 s less for the same command by menu than by shortcut (95 %: 0.2–0.6 s;"),
        (
            0.1,
            -0.2,
            0.4,
            "No difference of time between menus and shortcuts can be told (95 %: -0.2 to 0.4 s;",
        ),
    ],
)
def test_the_difference_in_words(much: float, low: float, high: float, said: str) -> None:
    sentence = difference(WayDifference(1.0, 1.0 + much, much, low, high, people_n=14, pairs_n=20))
    assert said in sentence
    assert "14 people used both ways" in sentence


def test_what_is_left_out_is_said_and_small_numbers_are_not() -> None:
    said = left_out(found(parts={"unknown_people": 1, "keyless": None, "repeat": 2, "unshown": None}))
    assert said == [
        "1 session of agents or unknown people is left out.",
        "Left out: fewer than 5 people whose consent does not cover keystrokes.",
        "Counted apart: 2 repeats of held keys.",
    ]


def test_keys_of_shortcuts() -> None:
    rows = [
        chord("ctrl+c", 6, command="Copy"),
        chord("ctrl+shift+c", 2),
        chord("alt+g", 9, os="macos"),
        chord("f5"),
    ]
    used = used_keys(rows, MODIFIERS)
    assert {name: use["presses_n"] for name, use in used.items()} == {"ctrl": 8, "c": 8, "shift": 2, "f5": 1}
    assert used["c"]["said"] == "Ctrl + C: Copy, 6 ×\nCtrl + Shift + C, 2 ×"
    assert used["f5"]["share"] == 1 / 8
    assert "g" not in used, "Option types on macOS"
    assert used_keys([chord("ctrl++")], MODIFIERS)["+"]["label"] == "+"


@given(st.text(max_size=8), st.sampled_from(["windows", "macos", "linux", None]))
def test_no_letter_without_a_modifier_is_ever_drawn(keys: str, os: str | None) -> None:
    row = chord(keys) | {"os": os}
    for shown in (used_keys([row], MODIFIERS), {k: 1 for r in chord_rows([row]) for k in r.keys}):
        assert len(shown) != 1 or len(next(iter(shown))) > 1, shown


def test_chords_without_a_name_say_so() -> None:
    rows = [
        chord("ctrl+j", 3),
        chord("meta+c", 2, os="macos", command="Copy"),
        chord("", 4) | {"is_other": True},
    ]
    named, copied, others = chord_rows(rows)
    assert (named.label, named.keys, named.note) == ("unnamed chord", ("Ctrl", "J"), "Windows")
    assert (copied.label, copied.keys, copied.note) == ("Copy", ("⌘", "C"), "macOS, by standard")
    assert (others.label, others.text) == ("other chords", "4 × · 7 people")


def test_commands_are_ranked_and_drawn() -> None:
    rows = (
        uses("Copy", "shortcut", 8), uses("Copy", "menu", 5), uses("Print", "menu", 20),
        uses("Select all", "shortcut", 30, is_comparable=False),
    )  # fmt: skip
    answers = found(rows, shares={"Copy": Share(0.6, 0.4, 0.8, 9)})
    commands = commands_of(answers)
    assert [one.name for one in commands] == ["Select all", "Print", "Copy"]
    drawn = dumbbells_by_uses(commands)
    assert [(row.label, row.shortcut, row.other) for row in drawn] == [("Print", None, 20), ("Copy", 8, 5)]
    texts = {row.label: row.text for row in ranking(answers, commands, {})}
    assert texts == {"Select all": "30 uses", "Print": "20 uses", "Copy": "60 % (40–80 %)"}


def test_every_outcome_of_a_right_click_has_words() -> None:
    rows = [{"app": None, "followed_by": name, "command": None, "is_other": False, "right_clicks_n": 1,
             "people_n": 6} for name in FOLLOWED_BY]  # fmt: skip
    assert [row.label for row in right_click_rows(rows)] == list(FOLLOWED_BY.values())


def test_groups_with_nothing_comparable_are_left_out() -> None:
    rows = [
        {"week_day": 4, "cohort": None, "is_other": False, "uses_n": 10, "by_shortcut_n": 4, "people_n": 6},
        {"week_day": 11, "cohort": None, "is_other": False, "uses_n": 0, "by_shortcut_n": 0, "people_n": 6},
        {"week_day": None, "cohort": None, "is_other": True, "uses_n": 5, "by_shortcut_n": 5, "people_n": 5},
    ]
    shown = adopted(rows, "week_day")
    assert [(row.label, row.share) for row in shown] == [("5 Jan 1970", 0.4), ("others", 1.0)]
    assert shown[0].hint == "5 Jan 1970: 40 %, 4 of 10 uses, 6 people"


@pytest.mark.parametrize("is_dark", [False, True])
def test_figures_take_text_as_text(is_dark: bool) -> None:
    evil = "<b>%{x}</b>"
    figures = [
        dumbbells(
            [Dumbbell(evil, 1, 2, evil), Dumbbell("a", None, 2, "")], other="menu", unit="s", is_dark=is_dark
        ),
        adoption_by_week([Adopted(evil, 0.5, evil)], is_dark=is_dark),
        adoption_by_cohort([Adopted(evil, 0.5, evil)], is_dark=is_dark),
    ]
    for figure in figures:
        written = figure.to_json()
        assert "\\u003cb" not in written.lower()
        assert "<b>" not in written
    assert len(figures[0].layout.shapes) == 1, "a line needs two ends"
