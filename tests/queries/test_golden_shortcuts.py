"""Golden rows of queries/shortcuts: who is counted, what is withheld, what is estimated from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from explorer import sql
from explorer.errors import ParameterError

from .conftest import Expects
from .golden import Trace

Use = Mapping[str, Any]
QUERIES = [name for name in sql.names() if name.startswith("shortcuts/")]


def by_keys(chord: str, command: str | None = None, **more: Any) -> Use:
    return {"kind": "shortcut*", "chord": chord, "command": command, "app": "Mail", **more}


def by_menu(command: str, via: str = "menu", **more: Any) -> Use:
    return {"kind": "click", "command": command, "via": via, "app": "Mail", **more}


def person(trace: Trace, name: str, uses: Sequence[Use], **session: Any) -> None:
    """One session of a person, with these uses a minute apart."""
    session_id = f"{name}-{session.get('started_day', 0)}"
    described = {"session_id": session_id, "participant_id": name, "os": "linux", "source_format": "office"}
    trace.insert("sessions", [described | {"actor": "human"} | session])
    rows = [{"session_id": session_id, "t_us": 60_000_000 * i} | dict(use) for i, use in enumerate(uses)]
    trace.insert_recording(rows)


@pytest.fixture
def people(trace: Trace) -> Trace:
    """Six people of the north copy by keys or by menu, two of the south; an agent; a recording of nobody known."""
    names = [*(f"n{i}" for i in range(6)), "s0", "s1"]
    trace.insert(
        "participants", [{"participant_id": n, "cohort": "north" if n[0] == "n" else "south"} for n in names]
    )
    for number, name in enumerate(names):
        own = [by_keys("ctrl+c", "Copy", via="shortcut"), by_keys("ctrl+a")]
        own += [by_menu("Copy")] if number < 5 else [by_menu("Copy", "toolbar")]
        own += [by_keys("ctrl+j")] if number == 0 else []
        person(trace, name, own, started_day=4 if number < 6 else 11)
    person(trace, "agent", [by_menu("Copy")] * 9, participant_id=None, actor="agent")
    return trace


def test_commands_by_way(expects: Expects, people: Trace) -> None:
    expects(
        "shortcuts/commands",
        """
        app  command     via       is_comparable  is_other  uses_n  people_n
        -    Copy        shortcut  true           false     8       8
        -    Select all  shortcut  false          false     8       8
        -    -           -         -              true      8       8
        """,
    )
    expects(
        "shortcuts/commands",
        """
        app   command     via       is_other  uses_n
        Mail  Copy        shortcut  false     8
        Mail  Select all  shortcut  false     8
        -     -           -         true      8
        """,
        with_app=True,
    )


def test_a_row_of_enough_people_stands_for_itself(expects: Expects, people: Trace) -> None:
    for name in ("n6", "n7"):
        person(people, name, [by_menu("Copy", "toolbar")], started_day=4)
    expects(
        "shortcuts/commands",
        """
        command     via       is_other  uses_n  people_n
        Copy        shortcut  false     8       8
        Select all  shortcut  false     8       8
        Copy        menu      false     5       5
        Copy        toolbar   false     5       5
        """,
    )


def test_with_an_app_its_own_commands_are_counted(expects: Expects, people: Trace) -> None:
    for number in range(8):
        person(people, f"x{number}", [by_menu("Copy", app="Sheet"), by_menu("Find")], started_day=4)
    expects(
        "shortcuts/commands",
        """
        command  via   uses_n  people_n
        Copy     menu  8       8
        """,
        app="Sheet",
    )


@pytest.mark.parametrize("name", [name for name in QUERIES if name not in ("shortcuts/right_clicks",)])
def test_a_selection_of_few_people_is_refused(people: Trace, name: str) -> None:
    for filters in ({"cohort": "south"}, {"day_from": 11}, {"cohort": "north"}, {"day_to": 10}):
        assert people.ask(name, **filters).num_rows == 0, filters
    assert people.ask(name).num_rows > 0 or name in ("shortcuts/sequences", "shortcuts/times")
    with pytest.raises(ParameterError, match="min_people may not go below 5"):
        people.ask(name, min_people=4)


def test_without_known_people_all_sessions_count(expects: Expects, trace: Trace) -> None:
    person(trace, "a", [by_keys("ctrl+c"), by_menu("Copy")], participant_id=None)
    expects(
        "shortcuts/commands",
        """
        command  via       is_comparable  is_other  uses_n  people_n
        Copy     menu      true           false     1       0
        Copy     shortcut  true           false     1       0
        """,
    )
    expects(
        "shortcuts/people",
        """
        person  is_known  command  via       uses_n
        1       false     Copy     menu      1
        1       false     Copy     shortcut  1
        """,
    )


def test_chords(expects: Expects, people: Trace) -> None:
    expects(
        "shortcuts/chords",
        """
        app  os     chord   command     is_recorded  is_other  presses_n  people_n
        -    linux  ctrl+c  Copy        true         false     8          8
        -    -      -       -           -            true      9          8
        """,
    )
    for name in ("p1", "p2", "p3", "p4"):
        person(people, name, [by_keys("ctrl+q", "Sort")], started_day=4)
    expects(
        "shortcuts/chords",
        """
        os     chord   command     is_other  presses_n  people_n
        linux  ctrl+a  Select all  false     8          8
        linux  ctrl+c  Copy        false     8          8
        -      -       -           true      5          5
        """,
    )


def test_sequences(expects: Expects, trace: Trace) -> None:
    for number in range(6):
        uses = [
            by_menu("Copy", t_us=0),
            by_menu("Paste", t_us=5),
            by_menu("Bold" if number else "Save", t_us=9),
        ]
        person(trace, f"p{number}", uses)
    expects(
        "shortcuts/sequences",
        """
        sequence             commands_n  times_n  people_n
        Copy → Paste         2           6        6
        Copy → Paste → Bold  3           5        5
        Paste → Bold         2           5        5
        """,
    )


def test_right_clicks(expects: Expects, trace: Trace) -> None:
    right = {"kind": "click*", "button": "right", "app": "Mail"}
    for number in range(7):
        then = by_menu("Copy", "context_menu", t_us=10**6) if number < 5 else {"kind": "scroll", "t_us": 10}
        person(trace, f"p{number}", [{**right, "t_us": 0}, then, {**right, "t_us": 9 * 10**6}])
    expects(
        "shortcuts/right_clicks",
        """
        app  followed_by  command  is_other  right_clicks_n  people_n
        -    nothing      -        false     7               7
        -    -            -        true      7               7
        """,
    )


def test_adoption(expects: Expects, people: Trace) -> None:
    for number in range(5):
        person(people, f"n{number}", [by_menu("Copy")] * 3, started_day=12)
    expects(
        "shortcuts/adoption",
        """
        week_day  cohort  is_other  uses_n  by_shortcut_n  people_n
        4         -       false     12      6              6
        11        -       false     19      2              7
        """,
    )
    expects(
        "shortcuts/adoption",
        """
        week_day  cohort  is_other  uses_n  by_shortcut_n  people_n
        -         -       true      31      8              8
        """,
        by_cohort=True,
    )


def test_coverage(expects: Expects, people: Trace) -> None:
    people.insert("participants", [{"participant_id": "k", "consent_scope": "screenshots"}])
    person(people, "k", [by_menu("Copy")])
    expects(
        "shortcuts/coverage",
        """
        part            rows_n  people_n
        keyless         -       -
        menu            5       5
        recorded        8       8
        sessions        9       9
        standard        8       8
        toolbar         -       -
        unknown_people  1       0
        unnamed         -       -
        """,
    )


def test_moments(expects: Expects, people: Trace) -> None:
    found = people.ask("shortcuts/moments").to_pylist()
    assert [(row["command"], row["via"]) for row in found] == [
        ("Copy", "menu"),
        ("Copy", "shortcut"),
        ("Select all", "shortcut"),
    ]
    assert {row["session_id"].partition("-")[0] for row in found} <= {
        f"{c}{i}" for c in "ns" for i in range(6)
    }
    chosen = [people.ask("shortcuts/moments", seed=seed)["session_id"].to_pylist() for seed in range(9)]
    assert len({tuple(ids) for ids in chosen}) > 1
    assert chosen[3] == people.ask("shortcuts/moments", seed=3)["session_id"].to_pylist()
    people.clear()
    person(people, "a", [by_menu("Copy")], participant_id=None)
    expects("shortcuts/moments", "command  via  session_id  t_ms\n Copy  menu  a-0  0")


def test_times(expects: Expects, trace: Trace) -> None:
    def timed(t_us: int, first: Use, then: Use) -> list[Use]:
        return [{"app": "Mail", **first, "t_us": t_us}, {**then, "t_us": t_us + 100_000}]

    control = {"kind": "key_down", "key": "Control"}
    down, click = {"kind": "mouse_down", "button": "left"}, {"kind": "click*"}
    for number in range(6):
        keys = timed(0, control, {"kind": "key_down", "key": "c"})
        keys += [by_keys("ctrl+c", "Copy", t_us=100_000)] * (2 if number else 0)
        menu = [*timed(10**6, down, click), *timed(2 * 10**6, down, by_menu("Copy"))]
        person(trace, f"p{number}", [*keys, *menu])
    rows = trace.ask("shortcuts/times").to_pylist()
    assert {row["person"] for row in rows if row["is_shortcut"]} < {1, 2, 3, 4, 5, 6}
    assert [row["spent_ms"] for row in rows if row["is_shortcut"]] == [100] * 5
    assert [row["spent_ms"] for row in rows if not row["is_shortcut"]] == [1100] * 6
    trace.clear()
    keys = timed(0, control, {"kind": "key_down", "key": "c"})
    keys += [by_keys("ctrl+c", "Copy", t_us=100_000)]
    menu = [*timed(10**6, down, click), *timed(2 * 10**6, down, by_menu("Copy"))]
    longer = [*timed(10**6, down, click), *timed(3 * 10**6, down, by_menu("Copy"))]
    longest = [*timed(10**6, down, click), *timed(9 * 10**6, down, by_menu("Copy"))]
    person(trace, "a", [*keys, *menu, *keys, *menu, *longer, *longest], participant_id=None)
    person(trace, "b", [*menu, *menu, *longer], participant_id=None)
    rows = trace.ask("shortcuts/times").to_pylist()
    middles = {}
    for row in rows:
        middles.setdefault((row["person"], row["is_shortcut"]), []).append(row["spent_ms"])
    assert sorted(middles.values()) == [[100], [1100], [1100, 2100]], "even numbers have two in the middle"
    trace.clear()
    person(trace, "a", [*keys, *menu, *keys, *menu], participant_id=None)
    expects(
        "shortcuts/times",
        """
        person  is_known  command  is_shortcut  spent_ms
        1       false     Copy     false        1100
        1       false     Copy     true         100
        """,
    )


def test_what_figures_count_together(expects: Expects, trace: Trace) -> None:
    trace.insert("participants", [{"participant_id": "q", "consent_scope": "window_titles"}])
    right = {"kind": "click*", "button": "right", "app": "Sheet"}
    person(trace, "p", [by_keys("ctrl+c", "Copy"), by_keys("ctrl+j"), right])
    person(trace, "q", [by_menu("Copy")])
    person(trace, "nobody", [by_menu("Copy")], participant_id=None)
    found = trace.ask("lib/shortcut_people").to_pylist()
    assert [(row["session_id"], row["level"], row["used"], row["app"]) for row in found] == [
        ("p-0", "all", "", ""),
        ("q-0", "all", "", ""),
        ("q-0", "all", "Mail", ""),
        ("p-0", "commands", "", "Mail"),
        ("p-0", "keyed", "", ""),
        ("p-0", "right_clicks", "", "Sheet"),
    ]
    expects("lib/shortcut_people", "level\n all\n all\n all\n commands\n keyed\n right_clicks")
