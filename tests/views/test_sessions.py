"""The Sessions page: what is listed, what is said, what is withheld."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from explorer.trace.dataset import create
from explorer.widgets.opened import open_dataset

Page = Callable[..., AppTest]
Component = Callable[[AppTest, str], dict[str, Any]]
pytestmark = pytest.mark.usefixtures("small_open")


def texts(app: AppTest) -> list[str]:
    assert not app.exception, app.exception
    return [text.value for text in app.text]


def listed(app: AppTest, component: Component) -> dict[str, Any]:
    columns: dict[str, Any] = component(app, "session_table")["columns"]
    return columns


def test_the_whole_collection_is_listed_and_summed(sessions_page: Page, component: Component) -> None:
    app = sessions_page()
    assert any(text.startswith("24 sessions · 8 people · 2 h") for text in texts(app))
    columns = listed(app, component)
    assert {len(values) for values in columns.values()} == {24}
    assert columns["week"][0] == "26 Jan 2026"
    assert "participant_id" not in str(component(app, "session_table"))
    assert "P0" not in str(columns["title"])


def test_filters_come_from_the_address(sessions_page: Page, component: Component) -> None:
    app = sessions_page(app="Mail", os="linux")
    assert len(listed(app, component)["title"]) < 24
    assert app.selectbox(key="filter_app").value == "Mail"
    assert component(app, "session_table")["link"] == "app=Mail&os=linux"


def test_a_chip_writes_the_address_and_clear_empties_it(sessions_page: Page, component: Component) -> None:
    app = sessions_page()
    app.selectbox(key="filter_os").select("windows").run()
    assert app.query_params == {"os": "windows"}
    assert len(listed(app, component)["title"]) == 8
    app.button(key="filter_clear").click().run()
    assert app.query_params == {}
    assert len(listed(app, component)["title"]) == 24


def test_a_selection_of_few_people_withholds_its_sums(sessions_page: Page) -> None:
    assert "8 sessions · 8 people" in " ".join(texts(sessions_page(os="windows")))
    app = sessions_page(**{"from": "2026-01-19", "to": "2026-01-25"})
    assert "2 sessions · fewer than 5 people are in it or left out" in texts(app)
    assert not any("event" in text or "min" in text for text in texts(app))


def test_a_cohort_of_few_people_is_neither_offered_nor_answered(sessions_page: Page) -> None:
    app = sessions_page(cohort="rest")
    assert "No session is left: it is the cohort filter that leaves none." in texts(app)
    assert app.selectbox(key="filter_cohort").options == ["pilot (18)", "rest"]


def test_a_refused_cohort_beside_other_filters_offers_the_way_back(sessions_page: Page) -> None:
    app = sessions_page(cohort="rest", app="Mail")
    assert "Drop cohort (19 sessions)" in [button.label for button in app.button]


def test_typed_text_stays_out_of_the_address(sessions_page: Page, component: Component) -> None:
    app = sessions_page()
    app.text_input(key="filter_search").set_value("March orders").run()
    assert app.query_params == {}
    found = listed(app, component)["title"]
    assert found
    assert len(found) < 24
    links = [
        block.proto.json for block in app.get("bidi_component") if "copy_link" in block.proto.component_name
    ]
    assert [("March orders" in link) for link in links] == [False, True]


def test_a_link_with_text_is_followed_until_the_text_changes(
    sessions_page: Page, component: Component
) -> None:
    app = sessions_page(search="march ORDERS", sort="clicks")
    assert set(listed(app, component)["title"]) <= {"Sum the March orders"} | set(
        listed(app, component)["title"]
    )
    assert app.text_input(key="filter_search").value == "march ORDERS"
    app.text_input(key="filter_search").set_value("inbox").run()
    assert app.query_params == {"sort": "clicks"}


def test_any_text_can_be_searched(sessions_page: Page) -> None:
    app = sessions_page()
    for text in ("%", "'", "\\", "<script>", "\u202e", "a" * 200):
        app.text_input(key="filter_search").set_value(text).run()
        assert not app.exception, text


def test_an_empty_result_says_which_filter_emptied_it(sessions_page: Page, component: Component) -> None:
    app = sessions_page(app="Mail", os="plan9")
    assert "No session is left: it is the system filter that leaves none." in texts(app)
    assert [button.label for button in app.button] == ["Clear all", "Drop system (19 sessions)"]
    app.button(key="drop_system").click().run()
    assert app.query_params == {"app": "Mail"}
    assert listed(app, component)["title"]


def test_an_empty_dataset_says_what_to_run(sessions_page: Page, tmp_path: Path) -> None:
    create(tmp_path / "empty", "Nothing yet")
    open_dataset(tmp_path / "empty")
    app = sessions_page()
    assert "This dataset has no sessions yet. Bring recordings in with:" in texts(app)
    assert app.code[0].value == "trace-explorer import RECORDING -o DATASET"


def test_the_list_is_ordered(sessions_page: Page, component: Component) -> None:
    for sort, column in (("clicks", "clicks_n"), ("shortcuts-rising", "shortcuts_n"), ("frames", "frames_n")):
        values = listed(sessions_page(sort=sort), component)[column]
        assert values == sorted(values, reverse=not sort.endswith("rising")), sort


def test_no_other_order_exists(sessions_page: Page, component: Component) -> None:
    for sort in ("participant_id", "idle", "week;drop"):
        assert component(sessions_page(sort=sort), "session_table")["sort"] == {
            "by": "week",
            "is_rising": False,
        }


def test_hostile_text_reaches_no_markdown(sessions_page: Page, small: Any, component: Component) -> None:
    app = sessions_page()
    assert set(listed(app, component)["title"]) & {small.HOSTILE[0], small.HOSTILE[1]}
    for kind in ("markdown", "caption", "html", "header", "button"):
        for shown in app.get(kind):
            said = str(getattr(shown, "value", "")) + str(getattr(shown, "label", ""))
            assert "192.0.2.1" not in said, kind


def test_an_address_of_no_time_is_answered(sessions_page: Page, component: Component) -> None:
    for ends in ({"to": "0001-01-01"}, {"from": "9999-12-31"}, {"from": "0001-01-01", "to": "9999-12-31"}):
        assert len(listed(sessions_page(**ends), component)["title"]) == 24


def test_one_day_selects_its_week(sessions_page: Page, component: Component) -> None:
    app = sessions_page(**{"from": "2026-01-22", "to": "2026-01-22"})
    assert len(listed(app, component)["title"]) == 2
    assert component(app, "session_table")["link"] == "from=2026-01-19&to=2026-01-25"


def test_absurd_numbers_are_not_known(
    sessions_page: Page, component: Component, dataset_of: Callable[..., Path], tmp_path: Path
) -> None:
    numbers = ((10**9, -5), (-(10**9), 2**53), (84_010, 2**62))
    rows = [
        {"session_id": f"generated-{i}", "started_day": day, "duration_us": us}
        for i, (day, us) in enumerate(numbers)
    ]
    open_dataset(dataset_of(tmp_path / "set", sessions=rows))
    columns = listed(sessions_page(), component)
    assert columns["week"] == columns["length"] == ["not known"] * 3


def test_the_badge_says_real_as_soon_as_one_session_is(
    sessions_page: Page, dataset_of: Callable[..., Path], tmp_path: Path
) -> None:
    create(tmp_path / "set", synthetic=True)
    root = dataset_of(tmp_path / "set", sessions=[{"session_id": "generated-1"}])
    open_dataset(root)
    assert ":gray-badge[Synthetic]" in badges(sessions_page())
    dataset_of(root, sessions=[{"session_id": "rrweb-1", "source_format": "rrweb"}])
    assert ":gray-badge[Real]" in badges(sessions_page())


def badges(app: AppTest) -> str:
    assert not app.exception, app.exception
    return " ".join(shown.value for shown in app.markdown)


def test_a_damaged_file_is_named_in_the_sidebar(small: Any, sessions_page: Page, tmp_path: Path) -> None:
    root = small.write(tmp_path / "set", synthetic=True, sessions_n=4)
    [file] = (root / "frames").glob("*.parquet")
    file.write_bytes(file.read_bytes()[:-40])
    open_dataset(root)
    app = sessions_page()
    assert any(f"frames/{file.name}" in text for text in texts(app))
