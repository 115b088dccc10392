"""The replay page: what the player is given, and what the page says when there is nothing to show."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from explorer.trace.dataset import create
from explorer.widgets.opened import open_dataset
from explorer.widgets.player import moment_of, replay_way, t_us_of

Page = Callable[..., AppTest]
Component = Callable[[AppTest, str], dict[str, Any]]
MOST_BYTES = 3000
FIRST = "generated-0000000000000000"


@pytest.mark.parametrize(
    ("text", "t_us"),
    [
        ("0", 0), ("13020", 13_020_000), ("13020.5", 13_020_500), ("13020.123", 13_020_123), ("", None), ("-1", None),
        ("1e3", None), ("1.2345", None), ("1.", 1000), (".5", None), ("²", None), ("9" * 15, None), ("9" * 99, None),
        ("0x10", None), ("1 ", None),
    ],
)  # fmt: skip
def test_the_moment_of_an_address(text: str, t_us: int | None) -> None:
    assert t_us_of(text) == t_us


@pytest.mark.parametrize("t_us", [0, 1, 999, 1000, 13_020_123, 10_500_000, 86_400_000_000])
def test_a_moment_survives_its_address(t_us: int) -> None:
    assert t_us_of(moment_of(t_us)) == t_us


def test_a_way_to_the_replay_names_the_session_and_the_moment() -> None:
    way = replay_way("office-1", {"app": "A & B"}, t="12.5")
    assert parse_qs(urlsplit(way).query) == {"app": ["A & B"], "id": ["office-1"], "t": ["12.5"]}


@pytest.mark.usefixtures("small_open")
def test_the_player_gets_addresses_and_few_words(page_of: Page, small: Any, component: Component) -> None:
    app = page_of("replay", id=small.session_id(7), t="1234.5", os="macos", sort="clicks")
    assert not app.exception
    given = component(app, "player")
    assert given["about_url"] == f"trace/{small.session_id(7)}/about.json"
    assert given["start_us"] == 1_234_500
    assert given["ways"]["place"].endswith("of 8")
    assert "os=macos&sort=clicks&id=office-" in given["ways"]["next"]
    assert given["ways"]["list"] == "sessions?os=macos&sort=clicks"
    assert given["trace_way"] == f"trace/{small.session_id(7)}"
    block = next(
        one.proto for one in app.get("bidi_component") if one.proto.component_name.endswith("player")
    )
    assert len(block.SerializeToString()) <= MOST_BYTES
    assert "P07" not in json.dumps(given)


@pytest.mark.usefixtures("small_open")
def test_without_a_session_the_first_of_the_list_plays(
    page_of: Page, small: Any, component: Component
) -> None:
    assert component(page_of("replay"), "player")["ways"]["place"] == "1 of 24"
    filtered = component(page_of("replay", os="linux"), "player")
    assert filtered["ways"]["place"].startswith("1 of ")
    assert filtered["ways"]["previous"] is None


@pytest.mark.usefixtures("small_open")
def test_an_unknown_session_is_said(page_of: Page) -> None:
    for address in ({"id": "none"}, {"id": "../x"}, {"id": "' OR 1=1 --"}):
        app = page_of("replay", **address)
        assert not app.exception
        assert "There is no such session" in app.text[0].value


@pytest.mark.usefixtures("small_open")
def test_filters_that_leave_nothing_lead_to_the_sessions(page_of: Page, component: Component) -> None:
    head = component(page_of("replay", app="No such app"), "session_head")
    assert head["title"] == "Nothing to replay"
    assert "app=No+such+app" in head["list"]


def test_an_empty_dataset_says_what_to_run(page_of: Page, tmp_path: Path) -> None:
    create(tmp_path / "set", "Empty")
    open_dataset(tmp_path / "set")
    app = page_of("replay")
    assert "trace-explorer import" in app.code[0].value


@pytest.mark.usefixtures("stepped")
def test_two_attempts_stand_beside_each_other(page_of: Page, component: Component) -> None:
    others = component(page_of("replay", id=FIRST, step="3"), "player")
    assert others["start_step"] == 3
    assert len(others["others"]) == 3
    other_id, label = others["others"][0]
    assert "done" in label
    app = page_of("replay", **{"id": FIRST, "with": other_id, "t": "500", "with_t": "700"})
    given = [json.loads(one.proto.json) for one in app.get("bidi_component")]
    assert [(one["side"], one["session_id"], one["start_us"]) for one in given] == [
        ("", FIRST, 500_000),
        ("with_", other_id, 700_000),
    ]


@pytest.mark.usefixtures("stepped")
def test_the_session_and_its_task_lead_here(page_of: Page, component: Component) -> None:
    app = page_of("session", id=FIRST)
    alone, beside = component(app, "session_head")["replay"]
    assert alone == f"replay?id={FIRST}"
    assert f"id={FIRST}&with=generated-" in beside
    assert component(app, "steps")["replay"] == alone
    assert component(app, "timeline")["replay"] == alone
    frame = component(app, "filmstrip")["frames"][0]
    assert f"frame={frame['frame_id']}" in frame["replay"]
    rows = component(page_of("task", id="t-1"), "attempts")["rows"]
    assert all(f"id={row['session_id']}" in row["replay"] for row in rows)
