"""Finding, filling in and running a query, as a person does it, over a private dataset."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)
ROWS = ".result .body .row"


@pytest.fixture(scope="module")
def page(
    browser: Browser, served: Callable[[Path], Any], watched: Callable[..., Any], small: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Page]:  # fmt: skip
    root = small.write(tmp_path_factory.mktemp("queries") / "set", synthetic=False, sessions_n=9)
    with (
        served(root) as address,
        watched(browser, permissions=["clipboard-read", "clipboard-write"]) as page,
    ):
        page.goto(address)
        page.get_by_role("link", name="Queries").click()
        page.locator(".list .query").first.wait_for()
        assert urlsplit(page.url).path == "/queries"
        yield page


def go(page: Page, query: str) -> None:
    page.goto(urlsplit(page.url)._replace(path="/queries", query=query, fragment="").geturl())
    page.locator(ROWS if "name=" in query else ".list .query").first.wait_for()


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_a_query_is_found_and_run(page: Page) -> None:
    go(page, "")
    box = page.get_by_role("searchbox", name="Search queries")
    box.focus()
    page.keyboard.type("active application")
    expect(page.locator(".list .query")).to_have_count(1)
    assert query(page) == {}, "what is typed stays in the browser"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="sessions/time_per_app")).to_be_visible()
    assert query(page) == {"name": ["sessions/time_per_app"]}
    expect(page.get_by_text("Give session_id, then choose Run.")).to_be_visible()
    page.get_by_role("combobox", name="session_id (required)").click()
    page.get_by_role("option").first.click()
    page.get_by_role("button", name="Run").click()
    page.locator(ROWS).first.wait_for()
    page.locator(".js-plotly-plot .bars").first.wait_for()
    assert set(query(page)) == {"name", "session_id"}


def test_a_wrong_value_is_said_beside_its_field(page: Page, small: Any) -> None:
    go(page, f"name=sessions/time_per_app&session_id={small.session_id(1)}")
    field = page.get_by_role("textbox", name="idle_gap_ms [ms]")
    field.fill("soon")
    field.press("Enter")
    expect(page.locator(".st-key-wrong_idle_gap_ms")).to_contain_text(
        "Parameter idle_gap_ms wants BIGINT [ms]"
    )
    expect(page.locator(ROWS)).to_have_count(0)
    page.get_by_role("textbox", name="idle_gap_ms [ms]").fill("2,000")
    page.get_by_role("button", name="Run").click()
    page.locator(ROWS).first.wait_for()
    assert query(page)["idle_gap_ms"] == ["2,000"]
    address = page.url
    page.reload()
    page.locator(ROWS).first.wait_for()
    assert page.url == address


def test_a_header_is_explained_and_hostile_text_is_text(page: Page, small: Any) -> None:
    go(page, "name=rollups/session_titles")
    page.get_by_role("columnheader", name="rows_n").hover()
    expect(page.locator(".result .tip")).to_contain_text("events recorded under that title")
    table = page.get_by_role("table", name="Result of rollups/session_titles")
    expect(table).to_have_attribute("aria-colcount", "3")
    assert page.locator(ROWS).count() < 80, "rows out of view do not exist"
    table.focus()
    for key in ("End", "r", "c", "Home"):
        page.keyboard.press(key)
    assert page.get_by_role("dialog").count() == 0, "Streamlit's own keys do not fire"
    assert page.locator(f"{ROWS} img, {ROWS} script").count() == 0
    page.locator(f"{ROWS} a").first.click()
    page.locator(".head h1").wait_for()
    assert urlsplit(page.url).path == "/session"
    page.go_back()
    page.locator(ROWS).first.wait_for()


def test_the_whole_result_is_taken_away(page: Page, tmp_path: Path) -> None:
    go(page, "name=sessions/list&os=linux")
    for label, name in (("CSV", "sessions-list.csv"), ("Parquet", "sessions-list.parquet")):
        with page.expect_download() as started:
            page.get_by_role("button", name=label).click()
        assert started.value.suggested_filename == name
        started.value.save_as(tmp_path / name)
    assert pq.read_table(tmp_path / "sessions-list.parquet").num_rows == 3
    text = (tmp_path / "sessions-list.csv").read_text("utf-8")
    assert "participant" not in text
    assert "\n=" not in text


def test_typed_text_enters_a_link_only_when_asked(page: Page) -> None:
    go(page, "name=sessions/list")
    page.get_by_role("textbox", name="search").fill("march")
    page.get_by_role("button", name="Run").click()
    page.get_by_role("button", name="Copy link with search").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.includes('search=march'))")
    page.get_by_role("button", name="Copy link", exact=True).click()
    page.wait_for_function("navigator.clipboard.readText().then(text => !text.includes('march'))")
    assert "march" not in page.url
