"""The Shortcuts page: what is said first, what is drawn and listed, what is withheld, what an empty page says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from explorer.resources import sample_dataset
from explorer.trace.dataset import create
from explorer.widgets import shortcut_answers
from explorer.widgets.opened import open_dataset
from explorer.widgets.url_state import Filters

Make = Callable[..., Path]
HOSTILE = "<img src=x onerror=alert(1)>%{x} [a](b)"


def texts(app: AppTest) -> list[str]:
    assert not app.exception, app.exception
    return [text.value for text in app.text]


def lists(app: AppTest) -> dict[str, list[dict[str, Any]]]:
    """Rows of each list, by its title."""
    import json

    found = {}
    for block in app.get("bidi_component"):
        if block.proto.component_name.endswith("ranked"):
            data = json.loads(block.proto.json)
            found[data["title"]] = data["rows"]
    return found


def made(
    root: Path, dataset_of: Make, commands: Mapping[str, tuple[str, ...]], people_n: int, **session: Any
) -> Path:
    """People who each gave these commands in these ways, one session each."""
    sessions, events = [], []
    for number in range(people_n):
        session_id = f"office-{number}"
        sessions.append(
            {"session_id": session_id, "participant_id": f"p{number}", "source_format": "office", "os": "linux",
             "started_day": 20_000} | session
        )  # fmt: skip
        uses = [(command, way) for command, ways in commands.items() for way in ways]
        for seq, (command, way) in enumerate(uses):
            kind = (
                {"kind": "shortcut", "chord": "ctrl+c", "key": "c"}
                if way == "shortcut"
                else {"kind": "click"}
            )
            events.append({"session_id": session_id, "seq": seq, "t_us": seq * 1000, "app": "Mail",
                           "command": command, "via": way, **kind})  # fmt: skip
    return dataset_of(root, sessions=sessions, events=events)


@pytest.fixture
def office(show: Callable[[Path], Path]) -> None:
    show(sample_dataset())


@pytest.mark.usefixtures("office")
def test_the_first_sentence_has_an_interval_and_people(page_of: Callable[..., AppTest]) -> None:
    said = texts(page_of("shortcuts"))
    assert "Shortcuts were used for 48 % of the commands that have one (95 %: 39–57 %, 44 people)." in said
    [longer] = [text for text in said if text.startswith("The same person took")]
    assert longer == (
        "The same person took 1.2 s longer for the same command by menu than by shortcut "
        "(95 %: 1.1–1.4 s; 9 people used both ways)."
    )
    [apart] = [text for text in said if "left out" in text and "agents" in text]
    assert "fewer than 5 people whose consent does not cover keystrokes" in apart
    assert "77 shortcuts named by the standard chords" in apart


@pytest.mark.usefixtures("office")
def test_commands_lead_to_moments(page_of: Callable[..., AppTest]) -> None:
    rows = lists(page_of("shortcuts", cohort="Order desk"))["Commands by uses"]
    assert rows
    for row in rows:
        for link in row["links"]:
            assert link["href"].startswith("replay?cohort=Order+desk&id=office-")
            assert "&t=" in link["href"]
    assert any(row["links"] for row in rows)


@pytest.mark.usefixtures("office")
def test_commands_apart_by_app_stand_in_the_address(page_of: Callable[..., AppTest]) -> None:
    app = page_of("shortcuts", cohort="Support desk")
    app.checkbox(key="by").check().run()
    assert app.query_params == {"cohort": "Support desk", "by": "app"}
    rows = lists(page_of("shortcuts", by="app"))["Commands by app and uses"]
    copied = {row["note"]: row["hint"] for row in rows if row["label"] == "Copy"}
    assert copied["Mail"] == "12 by shortcut"
    assert "by" not in app.checkbox(key="by").uncheck().run().query_params


@pytest.mark.usefixtures("office")
def test_no_person_and_no_typed_letter_is_on_the_page(
    page_of: Callable[..., AppTest], component: Callable[[AppTest, str], dict[str, Any]]
) -> None:
    app = page_of("shortcuts")
    sent = str([block.proto.json for block in app.get("bidi_component")])
    assert "office:" not in sent
    for row in lists(app)["Chords by presses"]:
        keys = row["keys"]
        assert not keys or len(keys) > 1 or len(keys[0]) > 1, "a letter alone is typed"
    used = component(app, "keyboard")["used"]
    assert used["ctrl"]["share"] == 1
    assert set(used) & {"a", "s", "f", "c"} == {"a", "s", "f", "c"}
    assert not set(used) & set("qwxyl")


@pytest.mark.usefixtures("office")
def test_figures_of_few_people_are_withheld(page_of: Callable[..., AppTest]) -> None:
    app = page_of("shortcuts", cohort="Order desk")
    found = shortcut_answers.answers(Filters(cohort="Order desk"))
    for row in found.commands:
        assert row["people_n"] >= 5
    assert all(share.people_n >= 5 for share in found.shares.values())
    assert found.times is None
    assert not [text for text in texts(app) if text.startswith("The same person took")]


@pytest.mark.usefixtures("small_open")
def test_a_selection_of_few_people_is_refused(page_of: Callable[..., AppTest]) -> None:
    app = page_of("shortcuts", **{"from": "2026-01-19", "to": "2026-01-25"})
    said = " ".join(texts(app))
    assert "Fewer than 5 people are in this selection or left out, so nothing is counted over it" in said
    assert not lists(app)


@pytest.mark.usefixtures("small_open")
def test_recordings_that_name_no_commands_say_so(page_of: Callable[..., AppTest]) -> None:
    app = page_of("shortcuts")
    assert any(
        "these recordings name no commands, so how else they were given is not known" in t for t in texts(app)
    )
    assert [row["label"] for row in lists(app)["Commands by uses"]] == ["Copy"]
    assert "No command that has a shortcut is named in these recordings, or by too few people." in texts(app)


def test_agents_alone_are_sessions(page_of: Callable[..., AppTest]) -> None:
    open_dataset(sample_dataset())
    said = " ".join(texts(page_of("shortcuts", actor="agent")))
    assert "10 sessions of unknown people)" in said


def test_times_are_compared_where_enough_people_used_both_ways(
    page_of: Callable[..., AppTest], dataset_of: Make, tmp_path: Path
) -> None:
    sessions, events = [], []
    for number in range(6):
        session_id = f"office-{number}"
        sessions.append({"session_id": session_id, "participant_id": f"p{number}", "source_format": "office"})
        rows = [("key_down", 0, {"key": "Control"}), ("key_down", 100, {"key": "c"}),
                ("shortcut", 100, {"chord": "ctrl+c", "command": "Copy", "via": "shortcut"}),
                ("mouse_down", 5000, {}), ("click", 5100, {}), ("mouse_down", 5900 + 10 * number, {}),
                ("click", 6100 + 10 * number, {"command": "Copy", "via": "menu"})]  # fmt: skip
        for seq, (kind, t_ms, more) in enumerate(rows):
            events.append({"session_id": session_id, "seq": seq, "t_us": 1000 * t_ms, "kind": kind, **more})
    open_dataset(dataset_of(tmp_path / "set", sessions=sessions, events=events))
    app = page_of("shortcuts")
    assert any("took 1.0 s longer" in text and "6 people used both ways" in text for text in texts(app))
    assert "Time by menu and by shortcut" in [header.value for header in app.header]


def test_trace_text_is_text(page_of: Callable[..., AppTest], dataset_of: Make, tmp_path: Path) -> None:
    commands = {HOSTILE: ("shortcut", "menu"), "Copy": ("menu",)}
    open_dataset(made(tmp_path / "set", dataset_of, commands, 6))
    app = page_of("shortcuts")
    texts(app)
    assert HOSTILE in [row["label"] for row in lists(app)["Commands by uses"]]
    for kind in ("markdown", "caption", "html", "header"):
        for shown in app.get(kind):
            assert "onerror" not in str(getattr(shown, "value", ""))
    drawn = [chart.proto.spec for chart in app.get("plotly_chart")]
    assert drawn
    assert not any("<img" in spec for spec in drawn)


def test_an_empty_dataset_says_what_to_run(page_of: Callable[..., AppTest], tmp_path: Path) -> None:
    create(tmp_path / "empty", "Nothing yet")
    open_dataset(tmp_path / "empty")
    app = page_of("shortcuts")
    assert "This dataset has no sessions yet. Bring recordings in with:" in texts(app)


@pytest.mark.usefixtures("office")
def test_filters_that_leave_nothing_can_be_dropped(page_of: Callable[..., AppTest]) -> None:
    app = page_of("shortcuts", os="plan9")
    assert "No session passes these filters." in texts(app)
    app.button(key="drop_all").click().run()
    assert app.query_params == {}
    assert lists(app)


@pytest.mark.parametrize("people_n", [4, 5])
def test_people_at_the_edge(
    page_of: Callable[..., AppTest], dataset_of: Make, tmp_path: Path, people_n: int
) -> None:
    open_dataset(made(tmp_path / "set", dataset_of, {"Copy": ("shortcut", "menu")}, people_n))
    said = " ".join(texts(page_of("shortcuts")))
    assert ("Shortcuts were used for 50 %" in said) == (people_n == 5)
    assert ("Fewer than 5 people" in said) == (people_n == 4)
