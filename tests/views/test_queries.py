"""The Queries page: what is offered, what is run, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from explorer import sql
from explorer.engine import open_engine
from explorer.widgets import opened
from explorer.widgets.opened import Answers, open_dataset
from explorer.widgets.query_fields import WITHHELD, fields_of, is_offered

Page = Callable[..., AppTest]
Component = Callable[[AppTest, str], dict[str, Any]]
pytestmark = pytest.mark.usefixtures("small_open")
OFFERED = [name for name in sql.names() if is_offered(sql.load(name))]


def texts(app: AppTest) -> list[str]:
    assert not app.exception, app.exception
    return [text.value for text in app.text]


def test_every_query_is_listed_with_its_summary(page_of: Page, component: Component) -> None:
    folders = component(page_of("queries"), "query_list")["folders"]
    listed = {query["name"]: query["summary"] for folder in folders for query in folder["queries"]}
    assert listed == {name: sql.load(name).summary for name in OFFERED}
    assert all("/" not in folder["folder"] for folder in folders)


def test_no_query_on_screen_names_people_or_exact_times(page_of: Page) -> None:
    for name in sql.names():
        if not is_offered(sql.load(name)):
            assert any("is not shown here" in text for text in texts(page_of("queries", name=name))), name
    for name in OFFERED:
        assert not WITHHELD & {column.name for column in sql.load(name).columns}


@pytest.mark.parametrize("name", OFFERED)
def test_every_query_has_a_form_and_a_result(
    page_of: Page, stepped: Path, component: Component, name: str
) -> None:
    query = sql.load(name)
    wanted = {"session_id": "generated-0000000000000000", "task_id": "t-1", "frame_id": "x"}
    wanted |= dict.fromkeys(("first_session_id", "last_session_id"), wanted["session_id"])
    wanted["frame_id"] = f"{wanted['session_id']}-0000000"
    wanted |= {"kind": "move", "cell": "0", "app": "Mail"}
    app = page_of("queries", name=name, **{p.name: wanted[p.name] for p in query.params if p.is_required})
    said = texts(app)
    assert component(app, "query_head")["summary"] == query.summary
    assert any(" in " in text and " ms" in text and "row" in text for text in said), said
    assert "min_people" not in [box.label for box in app.text_input]
    shown = [*app.text_input, *app.selectbox]
    assert sorted(box.label for box in shown) == sorted(field.label for field in fields_of(query))


def test_a_query_without_required_fields_runs_at_once(page_of: Page, component: Component) -> None:
    app = page_of("queries", name="sessions/list")
    table = component(app, "result_table")
    assert table["rows_n"] == 24
    assert [column["name"] for column in table["columns"]] == [
        column.name for column in sql.load("sessions/list").columns
    ]
    units = {column["name"]: column["unit"] for column in table["columns"]}
    assert (units["duration_us"], units["started_week_day"]) == ("us", "day")
    assert any(text.startswith("24 rows in ") and "24 sessions · 8 people" in text for text in texts(app))


def test_what_is_missing_is_said_and_sessions_are_offered_by_name(page_of: Page, small: Any) -> None:
    app = page_of("queries", name="sessions/segments")
    assert "Give session_id, then choose Run." in texts(app)
    [box] = app.selectbox
    assert box.label == "session_id (required)"
    assert "Book a meeting room · 29 Dec 2025 · " in " ".join(box.options)
    chosen = next(i for i, option in enumerate(box.options) if option.endswith(small.session_id(7)[7:13]))
    box.select_index(chosen)
    app.button(key="query_run").click().run()
    assert app.query_params == {"name": "sessions/segments", "session_id": small.session_id(7)}
    assert any("one session" in text for text in texts(app))


def test_a_wrong_value_is_said_beside_its_field(page_of: Page, small: Any) -> None:
    app = page_of("queries", name="sessions/segments", session_id=small.session_id(7), idle_gap_ms="5 s")
    assert "Parameter idle_gap_ms wants BIGINT [ms]: a whole number of at most 64 bits." in texts(app)
    assert not any(" in " in text and "row" in text for text in texts(app))
    field = next(box for box in app.text_input if box.label == "idle_gap_ms [ms]")
    assert field.value == "5 s"
    field.set_value("70,000")
    app.button(key="query_run").click().run()
    assert app.query_params["idle_gap_ms"] == "70,000"
    assert any("row" in text and "one session" in text for text in texts(app))


def test_the_smallest_group_cannot_be_lowered(page_of: Page, component: Component) -> None:
    app = page_of("queries", name="sessions/list", cohort="rest", min_people="1")
    assert "No row fits. Change or clear a field above." in texts(app)
    assert "Groups of fewer than 5 people are never shown here." in texts(app)
    facets = component(page_of("queries", name="sessions/facets", min_people="1"), "result_table")
    assert "rest" not in str(facets["columns"])


def test_few_people_are_not_summed(page_of: Page) -> None:
    app = page_of("queries", name="sessions/totals", **{"from": "2026-01-19", "to": "2026-01-25"})
    assert "Fewer than 5 people are in this selection or left out, so nothing is summed over it" in texts(app)
    assert not app.get("bidi_component")[-1].proto.component_name.endswith("result_table")
    assert not app.get("download_button")


def test_free_text_stays_out_of_the_address(page_of: Page) -> None:
    app = page_of("queries", name="sessions/list", os="linux")
    box = next(box for box in app.text_input if box.label == "search")
    box.set_value("March orders")
    app.button(key="query_run").click().run()
    assert app.query_params == {"name": "sessions/list", "os": "linux"}
    assert next(box for box in app.text_input if box.label == "search").value == "March orders"
    links = [b.proto.json for b in app.get("bidi_component") if "copy_link" in b.proto.component_name]
    assert [("March orders" in link) for link in links] == [False, True]
    app.button(key="query_clear").click().run()
    assert app.query_params == {"name": "sessions/list"}


def test_filters_of_other_pages_are_taken_or_named(page_of: Page, component: Component) -> None:
    app = page_of("queries", name="sessions/list", os="linux", source="office")
    assert component(app, "result_table")["rows_n"] == 8
    unused = texts(page_of("queries", name="quality/collection", os="linux", app="Mail"))
    assert "Not part of this query: the app, system filter." in unused


def test_hostile_text_is_only_text(page_of: Page, small: Any, component: Component) -> None:
    app = page_of("queries", name="rollups/session_titles")
    titles = next(c for c in component(app, "result_table")["columns"] if c["name"] == "window_title")
    assert set(titles["cells"]) & {small.HOSTILE[0], small.HOSTILE[1]}
    for kind in ("markdown", "caption", "html", "header", "button"):
        assert "192.0.2.1" not in "".join(str(getattr(shown, "value", "")) for shown in app.get(kind)), kind


def test_never_more_rows_than_a_browser_can_hold(
    page_of: Page, component: Component, dataset_of: Callable[..., Path], tmp_path: Path
) -> None:
    rows = [{"session_id": "s", "seq": n, "kind": "click", "t_us": n} for n in range(2600)]
    open_dataset(dataset_of(tmp_path / "long", events=rows))
    app = page_of("queries", name="replay/events", session_id="s")
    assert component(app, "result_table")["rows_n"] == 2000
    assert any("the first 2,000 are shown, 600 more in CSV and Parquet" in text for text in texts(app))


def test_an_unknown_query_suggests_one(page_of: Page) -> None:
    assert "Try sessions/list" in texts(page_of("queries", name="sessions/lisst"))
    assert "sessions/../../etc: there is no such query" in texts(
        page_of("queries", name="sessions/../../etc")
    )


def test_a_slow_query_says_what_to_do(page_of: Page, small_root: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(opened, "_answers", Answers(open_engine(small_root, time_limit_ms=1)))
    app = page_of("queries", name="rollups/session_summary")
    assert "This took too long and was stopped, so that others do not wait." in texts(app)
    assert any("time_limit_ms" in code.value for code in app.code)


def test_a_new_run_stops_what_the_last_one_asks(page_of: Page, small_root: Path, monkeypatch: Any) -> None:
    engine = open_dataset(small_root)
    said: list[tuple[str, str | None]] = []
    ask, stop = engine.run, engine.interrupt
    monkeypatch.setattr(
        type(engine), "interrupt", lambda _self, owner=None: (said.append(("stop", owner)), stop(owner))
    )
    monkeypatch.setattr(
        type(engine), "run",
        lambda _self, name, params=None, *, owner=None: (
            said.append(("ask", owner)), ask(name, params, owner=owner))[1],
    )  # fmt: skip
    app = page_of("queries", name="sessions/totals")
    owner = app.session_state["query_owner"]
    app.run()
    assert said[0] == ("stop", owner)
    assert [who for what, who in said if what == "stop"] == [owner, owner]
    assert {who for what, who in said if what == "ask"} == {owner}
    assert page_of("queries").session_state["query_owner"] != owner
