"""Finding and opening sessions, as a person does it, over a private dataset."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
ROWS = ".body .row"


@pytest.fixture(scope="module")
def page(
    browser: Browser, served: Callable[[Path], Any], watched: Callable[..., Any], small: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Page]:  # fmt: skip
    root = small.write(tmp_path_factory.mktemp("flow") / "set", synthetic=False)
    with served(root) as address:
        stranger = browser.new_page()
        stranger.goto(address.partition("?")[0])
        expect(stranger.get_by_role("heading")).to_have_text("Open the address that trace-explorer printed")
        stranger.close()
        with watched(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
            page.goto(address)
            page.get_by_test_id("stSidebar").get_by_role("link", name="Sessions").click()
            page.locator(ROWS).first.wait_for()
            assert "token" not in page.url
            yield page


@pytest.fixture(autouse=True)
def start(page: Page) -> None:
    """Each test begins at the whole list."""
    page.goto(urlsplit(page.url)._replace(path="/sessions", query="", fragment="").geturl())
    page.locator(ROWS).first.wait_for()


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def titles(page: Page) -> list[str]:
    return page.locator(f"{ROWS} .name").all_inner_texts()


def test_the_list_shows_sessions_with_their_thumbs(page: Page) -> None:
    expect(page.get_by_role("grid", name="Sessions")).to_have_attribute("aria-rowcount", "25")
    expect(page.get_by_text("24 sessions · 8 people")).to_be_visible()
    page.locator(f"{ROWS} img").first.evaluate("picture => picture.decode()")
    assert page.locator(ROWS).count() < 24, "rows out of view do not exist"


def test_hostile_text_is_text(page: Page, small: Any) -> None:
    page.get_by_role("grid").press("End")
    expect(page.locator(f"{ROWS} .name").get_by_text(small.HOSTILE[1], exact=True)).to_be_visible()
    assert page.locator(f"{ROWS} .cell script, {ROWS} .name img, {ROWS} .name a").count() == 0
    row = page.locator(ROWS).filter(has_text=small.HOSTILE[0]).last
    row.locator(".apps").hover()
    expect(page.locator(".tip")).to_be_visible()


def test_the_keyboard_moves_and_opens_and_comes_back(page: Page) -> None:
    grid = page.get_by_role("grid")
    grid.focus()
    for key in ("ArrowDown", "ArrowDown", "PageDown", "PageUp", "End", "Home", "ArrowDown", "r", "c"):
        page.keyboard.press(key)
    expect(grid).to_have_attribute("aria-activedescendant", "row-1")
    assert page.get_by_role("dialog").count() == 0, "Streamlit's own keys do not fire"
    title = titles(page)[1]
    page.keyboard.press("Enter")
    expect(page.locator("h1").get_by_text(title, exact=True)).to_be_visible()
    assert urlsplit(page.url).path == "/session"
    expect(page.locator(".way .place")).to_have_text("2 of 24")
    page.get_by_label("Next session").click()
    expect(page.locator(".way .place")).to_have_text("3 of 24")
    page.locator(".way a", has_text="Sessions").click()
    page.locator(ROWS).first.wait_for()
    expect(page.get_by_role("grid")).to_have_attribute("aria-activedescendant", "row-1")


def test_filters_live_in_the_address(page: Page) -> None:
    page.get_by_role("combobox", name="System").click()
    page.get_by_role("option", name="macOS").click()
    expect(page.get_by_role("grid")).to_have_attribute("aria-rowcount", "9")
    assert query(page) == {"os": ["macos"]}
    page.get_by_role("button", name="Clicks").click()
    expect(page.get_by_role("columnheader", name="Clicks")).to_have_attribute("aria-sort", "descending")
    before = titles(page)
    page.reload()
    page.locator(ROWS).first.wait_for()
    assert query(page) == {"os": ["macos"], "sort": ["clicks"]}
    assert titles(page) == before
    page.locator(ROWS).first.click()
    page.locator("h1").wait_for()
    assert query(page)["os"] == ["macos"]
    expect(page.locator(".way .place")).to_have_text("1 of 8")
    page.go_back()
    page.locator(ROWS).first.wait_for()
    assert query(page) == {"os": ["macos"], "sort": ["clicks"]}


def test_slash_leads_to_the_search_and_the_text_stays_out_of_the_address(page: Page) -> None:
    page.get_by_role("grid").focus()
    page.keyboard.press("/")
    page.keyboard.type("march orders")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Copy link with search")).to_be_visible()
    assert query(page) == {}
    expect(page.get_by_role("grid")).not_to_have_attribute("aria-rowcount", "25")
    page.get_by_role("button", name="Copy link", exact=True).click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert "march" not in page.evaluate("navigator.clipboard.readText()")
    page.get_by_role("button", name="Copy link with search").click()
    page.wait_for_function(
        "navigator.clipboard.readText().then(text => text.includes('search=march+orders'))"
    )
    page.get_by_role("button", name="Clear all").click()
    expect(page.get_by_role("grid")).to_have_attribute("aria-rowcount", "25")


def test_an_empty_result_offers_the_way_back(page: Page) -> None:
    page.goto(f"{page.url}?os=macos&app=Nowhere")
    page.get_by_role("button", name="Drop app").click()
    page.locator(ROWS).first.wait_for()
    assert query(page) == {"os": ["macos"]}


def test_csv_is_taken_away_without_formulas(page: Page, small: Any) -> None:
    with page.expect_download() as started:
        page.get_by_role("button", name="CSV").click()
    text = Path(started.value.path()).read_text("utf-8")
    assert text.count("office-") >= 24
    assert small.HOSTILE[2][:12] in text
    assert "\n=" not in text
    assert ",=" not in text
    assert "participant" not in text
