"""Steps on a session's page, and the page of a task."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from explorer.widgets.opened import open_dataset

Page = Callable[..., AppTest]
Component = Callable[[AppTest, str], dict[str, Any]]
pytestmark = pytest.mark.usefixtures("stepped")
FIRST = "generated-0000000000000000"


def texts(app: AppTest) -> list[str]:
    assert not app.exception, app.exception
    return [text.value for text in app.text]


def test_steps_come_by_pages_with_all_outcomes(page_of: Page, component: Component) -> None:
    app = page_of("session", id=FIRST)
    steps = component(app, "steps")
    assert [step["place"] for step in steps["steps"]] == list(range(1, 101))
    assert len(steps["outcomes"]) == 130
    assert steps["outcomes"][:6] == "010020"
    assert "130 steps: 101 correct, 15 redundant, 14 failed" in texts(app)


def test_a_link_to_a_step_opens_its_page(page_of: Page, component: Component) -> None:
    steps = component(page_of("session", id=FIRST, step="104"), "steps")
    assert (steps["at"], steps["steps"][0]["place"], steps["steps"][-1]["place"]) == (104, 101, 130)
    for wrong in ("0", "131", "-1", "x", "²", "9" * 40):
        assert component(page_of("session", id=FIRST, step=wrong), "steps")["at"] is None


def test_a_step_says_what_was_thought_done_and_seen(page_of: Page, component: Component) -> None:
    first, second, third, fourth, *_ = component(page_of("session", id=FIRST), "steps")["steps"]
    assert first["thought"].startswith("<img src=")
    assert first["actions"] == [["click", [["x", "3"], ["y", "7"]]]]
    assert first["frames"] == [["before", f"{FIRST}-0000000"], ["after", f"{FIRST}-0000001"]]
    assert second["actions"] == [["type", [["text", "Hello <b>you</b>"]]]]
    assert second["action_code"] == "pyautogui.click(1)"
    assert [kind for kind, _ in third["actions"]] == ["moveTo", "dragTo"]
    assert fourth["observation"] == "A form.\nTwo buttons."


def test_sessions_without_steps_show_none(page_of: Page, component: Component) -> None:
    with pytest.raises(AssertionError, match="not on the page"):
        component(page_of("session", id="generated-1000000000000000"), "steps")


def test_a_session_leads_to_the_attempts_at_its_task(page_of: Page, component: Component) -> None:
    assert component(page_of("session", id=FIRST), "session_head")["task"] == [
        "4 attempts at this task",
        "task?id=t-1",
    ]
    for index in (4, 5):  # the only attempt; the same words without a task id
        head = component(page_of("session", id=f"generated-{index}000000000000000"), "session_head")
        assert head["task"] is None


def test_a_task_lists_its_attempts(page_of: Page, component: Component) -> None:
    app = page_of("task", id="t-1")
    rows = component(app, "attempts")["rows"]
    assert [(row["outcome"], row["actor"]) for row in rows] == [
        ("done", "Agent"), ("done", "Human"), ("not done", "Agent"), ("not known", "Human"),
    ]  # fmt: skip
    assert [row["below"] for row in rows] == ["", "", "", "Book a room"]
    head = component(app, "session_head")
    assert head["summary"].startswith("4 attempts · 2 human · 2 agent · 2 different wordings")
    assert rows[0]["href"] == "session?task_id=t-1&id=generated-2000000000000000"
    actors = [r["actor"] for r in component(page_of("task", id="t-1", order="actor"), "attempts")["rows"]]
    assert actors == ["Agent", "Agent", "Human", "Human"]


@pytest.mark.parametrize("address", [{}, {"id": "none"}, {"id": "' OR 1=1"}, {"id": "\ud800"[:0]}])
def test_an_unknown_task_is_said(page_of: Page, address: dict[str, str]) -> None:
    assert "There is no such task" in texts(page_of("task", **address))


def test_tasks_are_a_filter_where_some_were_tried_twice(
    sessions_page: Page, component: Component, small_root: Path
) -> None:
    app = sessions_page(task_id="t-1")
    assert component(app, "session_table")["link"] == "task_id=t-1"
    assert len(component(app, "session_table")["columns"]["title"]) == 4
    assert app.selectbox(key="filter_task_id").options == [
        "Book a meeting room for Thursday and invite the team"
    ] or (app.selectbox(key="filter_task_id").options[0].startswith("Book a"))
    open_dataset(small_root)
    assert "filter_task_id" not in [box.key for box in sessions_page().selectbox]


def test_the_search_reads_thoughts_and_actions(sessions_page: Page, component: Component) -> None:
    for text, found_n in (
        ("LOOK AT WINDOW 99", 1),
        ("hello <b>", 4),
        ("pyautogui.click(1)", 4),
        ("window 9999", 0),
    ):
        app = sessions_page(search=text)
        if found_n:
            assert len(component(app, "session_table")["columns"]["title"]) == found_n, text
        else:
            assert "No session is left: it is the search filter that leaves none." in texts(app)
