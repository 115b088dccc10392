"""Whether what is generated looks like people at work: kinds, times, places, commands, cohorts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from explorer.generate.acts import Actors, acts_of
from explorer.generate.apps import ACTS, APPS, COMMANDS, MENUS
from explorer.generate.people import COHORTS, people_of
from explorer.generate.sizes import Sizes

Ask = Callable[[str], list[tuple[Any, ...]]]


def test_moves_are_the_great_majority(ask: Ask) -> None:
    [(moves_n, events_n)] = ask("SELECT sum(moves_n), sum(events_n) FROM sessions")
    assert 0.85 < moves_n / (moves_n + events_n) < 0.9


def test_every_sort_of_input_is_there(ask: Ask) -> None:
    shares = dict(ask("SELECT kind, count(*) / (SELECT count(*) FROM events) FROM events GROUP BY kind"))
    expected = {
        "key_down": (0.1, 0.3), "scroll": (0.1, 0.3), "click": (0.05, 0.2), "shortcut": (0.008, 0.04),
        "text_input": (0.005, 0.02), "drag": (0.003, 0.02), "double_click": (0.003, 0.02),
        "window_focus": (0.002, 0.02), "navigation": (0.001, 0.02), "idle": (0.0001, 0.005),
        "clipboard_copy": (0.001, 0.01), "clipboard_paste": (0.001, 0.01), "task_end": (0.0001, 0.01),
    }  # fmt: skip
    assert {kind for kind, (low, high) in expected.items() if not low < shares.get(kind, 0) < high} == set()
    assert shares["mouse_down"] == shares["mouse_up"]
    assert shares["key_down"] == shares["key_up"]


def test_bursts_come_sixty_times_a_second_and_breaks_lie_between(ask: Ask) -> None:
    gaps = "SELECT t_us - lag(t_us) OVER (PARTITION BY session_id ORDER BY seq) AS gap_us FROM moves"
    [(usual, longest)] = ask(f"SELECT median(gap_us), max(gap_us) FROM ({gaps})")
    assert 16_000 < usual < 17_300
    assert longest > 60_000_000
    [(backwards,)] = ask(f"SELECT count(*) FROM ({gaps}) WHERE gap_us < 0")
    assert backwards == 0


def test_time_runs_forward_in_the_order_of_all_tables(ask: Ask) -> None:
    rows = (
        "SELECT session_id, seq, t_us FROM moves UNION ALL SELECT session_id, seq, t_us FROM frames UNION ALL "
        "SELECT session_id, seq, t_us FROM events WHERE end_us IS NULL"
    )
    steps = f"SELECT t_us - lag(t_us) OVER (PARTITION BY session_id ORDER BY seq) AS step_us FROM ({rows})"
    assert ask(f"SELECT count(*) FROM ({steps}) WHERE step_us < 0") == [(0,)]
    everything = f"{rows.partition(' WHERE')[0]}"
    gaps = f"SELECT max(seq) + 1 - count(DISTINCT seq) FROM ({everything}) GROUP BY session_id"
    assert set(ask(gaps)) == {(0,)}  # one number each, none left out


def test_a_session_lasts_to_its_last_row(ask: Ask) -> None:
    rows = "SELECT session_id, t_us FROM events UNION ALL SELECT session_id, t_us FROM moves"
    last = f"SELECT session_id, max(t_us) AS last_us FROM ({rows}) GROUP BY session_id"
    assert ask(
        f"SELECT count(*) FROM sessions JOIN ({last}) USING (session_id) WHERE duration_us <> last_us"
    ) == [(0,)]


def test_derived_rows_follow_what_they_were_made_from(ask: Ask) -> None:
    pairs = (
        "SELECT kind, is_derived, key, x_px, lag(kind) OVER w AS kind_before, lag(key) OVER w AS key_before, "
        "lag(x_px, 2) OVER w AS began_px FROM events WINDOW w AS (PARTITION BY session_id ORDER BY seq)"
    )
    assert set(ask(f"SELECT DISTINCT kind, kind_before FROM ({pairs}) WHERE is_derived")) == {
        ("click", "mouse_up"), ("double_click", "click"), ("drag", "mouse_up"), ("shortcut", "key_down"),
        ("text_input", "key_up"),
    }  # fmt: skip
    assert ask(f"SELECT count(*) FROM ({pairs}) WHERE kind = 'shortcut' AND key <> key_before") == [(0,)]
    assert ask(f"SELECT count(*) FROM ({pairs}) WHERE kind = 'drag' AND x_px <> began_px") == [(0,)]


def test_typed_text_is_what_the_keys_say(ask: Ask) -> None:
    [(session_id, seq, text, length)] = ask(
        "SELECT session_id, seq, text, text_len FROM events WHERE kind = 'text_input' ORDER BY seq LIMIT 1"
    )
    keys = ask(
        f"SELECT key FROM events WHERE session_id = '{session_id}' AND seq < {seq} AND seq >= {seq - 2 * length} "
        "AND kind = 'key_down' ORDER BY seq"
    )
    assert "".join(key for (key,) in keys) == text


def test_pointers_gather_in_hot_spots(ask: Ask) -> None:
    assert ask("SELECT count(DISTINCT cell) FROM moves")[0][0] > 8_000  # all over the screen
    clicked = ask("SELECT window_cell, count(*) FROM events WHERE kind = 'click' AND app = 'Mail' GROUP BY 1")
    counts = sorted((n for cell, n in clicked if cell is not None), reverse=True)
    assert sum(counts[:400]) / sum(counts) > 0.3  # on 2 % of the cells
    at_top = ask(
        "SELECT avg((floor(window_cell / 192) < 14)::INT) FROM events "
        "WHERE kind = 'click' AND via = 'toolbar' AND command <> 'Switch app'"
    )
    assert at_top[0][0] > 0.95  # where toolbars are


def test_commands_are_given_in_every_way_and_habits_differ(ask: Ask) -> None:
    ways = dict(
        ask("SELECT via, count(*) / sum(count(*)) OVER () FROM events WHERE command IS NOT NULL GROUP BY via")
    )
    assert set(ways) == {"shortcut", "menu", "context_menu", "toolbar"}
    assert 0.4 < ways["shortcut"] < 0.8
    assert min(ways.values()) > 0.03
    by_command = dict(
        ask(
            "SELECT command, avg((via = 'shortcut')::INT) FROM events WHERE command IS NOT NULL GROUP BY command"
        )
    )
    assert by_command["Paste"] > by_command["Paste special"] + 0.3
    assert by_command["Insert chart"] == by_command["Align left"] == 0  # they have none
    by_person = ask(
        "SELECT avg((via = 'shortcut')::INT) FROM events JOIN sessions USING (session_id) WHERE command IS NOT NULL "
        "GROUP BY participant_id HAVING count(*) > 20"
    )
    assert np.std([share for (share,) in by_person]) > 0.1


def test_a_shortcut_fits_the_system(ask: Ask) -> None:
    chords = ask(
        "SELECT DISTINCT os, chord FROM events JOIN sessions USING (session_id) "
        "WHERE kind = 'shortcut' AND command = 'Copy'"
    )
    assert set(chords) <= {("windows", "ctrl+c"), ("linux", "ctrl+c"), ("macos", "meta+c")}
    assert len(chords) > 1


def test_people_differ_in_cohort_system_display_and_week(ask: Ask) -> None:
    cohorts = dict(ask("SELECT cohort, count(*) FROM participants GROUP BY cohort"))
    assert len(cohorts) == len(COHORTS)
    assert min(cohorts.values()) >= 5
    [(weeks_n, systems_n, persons_n)] = ask(
        "SELECT count(DISTINCT started_day // 7), count(DISTINCT os), count(DISTINCT participant_id) FROM sessions"
    )
    assert weeks_n > 8
    assert (systems_n, persons_n) == (3, 36)
    assert ask("SELECT count(DISTINCT (width_px, height_px)) FROM displays WHERE is_primary")[0][0] > 3
    assert ask("SELECT count(*) FROM displays WHERE NOT is_primary")[0][0] > 0


@pytest.mark.parametrize(("people", "cohorts"), [(1, [1]), (4, [4]), (9, [9]), (11, [5, 6]), (100, [16, 17])])
def test_cohorts_have_five_people_where_there_are_as_many(people: int, cohorts: list[int]) -> None:
    found = np.bincount(people_of(Sizes(people, people, people)).cohort)
    assert sorted(set(found.tolist())) == cohorts
    assert len(found) <= len(COHORTS)


def test_frames_are_redacted_as_their_session_says(ask: Ask) -> None:
    shares = dict(
        ask(
            "SELECT redaction_status, avg(is_redacted::INT) FROM frames JOIN sessions USING (session_id) GROUP BY 1"
        )
    )
    assert shares["complete"] == 1
    assert shares.get("none", 0) == 0
    masks = (
        "SELECT frame_id, count(redaction_id) AS n FROM frames LEFT JOIN redactions USING (frame_id) "
        "GROUP BY frame_id"
    )
    assert ask(
        f"SELECT count(*) FROM frames JOIN ({masks}) USING (frame_id) WHERE is_redacted <> (n > 0)"
    ) == [(0,)]


def test_the_made_up_applications_fit_together() -> None:
    names = {command.name for command in COMMANDS}
    for app in APPS:
        assert set(app.commands) <= names
        assert len(app.acts) == len(ACTS)
        assert len(app.urls) in (0, len(app.titles))
    for cohort in COHORTS:
        assert len(cohort.app_shares) == len(APPS)
    assert all(command.menu < len(MENUS) for command in COMMANDS)
    chords_n = len({command.chord for command in COMMANDS if command.chord})
    assert chords_n >= 25
    people = people_of(Sizes(50, 50, 50))
    acts = acts_of(
        np.full(50, 2_000), Actors(people, np.arange(50), np.zeros(50, int)), np.random.default_rng(1)
    )
    given_by = {(int(c), int(v)) for c, v in zip(acts.command, acts.via, strict=True) if c >= 0}
    for place, command in enumerate(COMMANDS):
        ways = {via for number, via in given_by if number == place}
        assert (0 in ways) <= (command.chord is not None)
        assert (2 in ways) <= (command.context is not None)
        assert (3 in ways) <= (command.button is not None)
