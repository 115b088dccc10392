"""One session's page."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

Page = Callable[..., AppTest]
Component = Callable[[AppTest, str], dict[str, Any]]
pytestmark = pytest.mark.usefixtures("small_open")


def test_a_session_is_shown_with_its_facts(session_page: Page, small: Any, component: Component) -> None:
    app = session_page(id=small.session_id(7))
    assert not app.exception
    head = component(app, "session_head")
    assert head["summary"].startswith("Office sample · macOS · week of 8 Dec 2025 · ")
    assert head["summary"].endswith("1 person")
    assert [label for label, _, _ in head["badges"]] == ["Human", "Unfinished", "Redacted"]
    groups = {group["heading"]: group["facts"] for group in component(app, "facts")["groups"]}
    assert set(groups) == {"Quality", "Recording", "Counts", "Screens"}
    assert len(groups["Quality"]) == 9
    assert groups["Screens"][0]["value"] == "1,920 × 1,080 px"


def test_no_person_and_no_exact_start_anywhere(session_page: Page, small: Any) -> None:
    app = session_page(id=small.session_id(7))
    shown = json.dumps([block.proto.json for block in app.get("bidi_component")]) + str(
        [t.value for t in app.text]
    )
    assert "P07" not in shown
    assert str(small.FIRST_DAY * 86_400) not in shown
    assert "2025-12" not in shown


def test_the_timeline_covers_the_session(session_page: Page, small: Any, component: Component) -> None:
    line = component(session_page(id=small.session_id(21)), "timeline")
    assert line["apps"][0][1] == line["states"][0][1] == 0
    assert line["apps"][-1][2] == line["states"][-1][2] == line["duration_us"]
    clicks = next(layer for layer in line["activity"] if line["kinds"][layer["kind"]][0] == "clicks")
    assert sum(clicks["counts"]) == 97
    assert len(line["frames_us"]) > 0


def test_the_way_through_the_list_keeps_the_filters(
    session_page: Page, small: Any, component: Component
) -> None:
    head = component(session_page(id=small.session_id(7), os="macos", sort="clicks"), "session_head")
    assert head["place"].endswith("of 8")
    assert "os=macos&sort=clicks&id=office-" in head["next"]
    assert head["list"] == "sessions?os=macos&sort=clicks"
    outside = component(session_page(id=small.session_id(7), os="linux"), "session_head")
    assert outside["place"] is None


def test_an_unknown_session_is_said(session_page: Page) -> None:
    for address in (
        {},
        {"id": "none"},
        {"id": "office-0000000000000000"},
        {"id": "' OR 1=1 --"},
        {"id": "../x"},
    ):
        app = session_page(**address)
        assert not app.exception
        assert "There is no such session" in app.text[0].value


def test_hostile_apps_stay_text_in_the_chart(session_page: Page, small: Any) -> None:
    app = session_page(id=small.session_id(21))
    spec = app.get("plotly_chart")[0].proto.spec
    assert "<img" not in spec
    assert "&lt;img" in spec or "\\u0026lt;img" in spec
