"""The Shortcuts page in a browser: what it says, ways to moments, the keyboard, how it looks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)
SHOTS = Path(__file__).resolve().parent / "shots"
SIZES = {"wide": {"width": 1440, "height": 900}, "narrow": {"width": 390, "height": 844}}
LAST = "Share of shortcuts over time and by cohort"


def come(page: Page, address: str, query: str = "") -> None:
    page.goto(f"{address}shortcuts{query}")
    page.get_by_role("heading", name=LAST).wait_for()
    page.locator(".st-key-adoption_cohorts .js-plotly-plot .points").first.wait_for()


@pytest.fixture
def page(browser: Browser, watched: Callable[..., Any], office_address: str) -> Iterator[Page]:
    with watched(browser) as page:
        come(page, office_address)
        yield page


@pytest.fixture(scope="module")
def shown(browser: Browser, watched: Callable[..., Any], office_address: str) -> Iterator[Page]:
    """One page for all tests that only look at it, or take away what is shown."""
    with watched(browser) as page:
        come(page, office_address)
        yield page


def test_the_sidebar_leads_here_and_filters_come_along(page: Page, office_address: str) -> None:
    page.goto(f"{office_address}sessions?cohort=Order+desk")
    page.locator(".body .row").first.wait_for()
    page.get_by_test_id("stSidebar").get_by_role("link", name="Shortcuts").click()
    expect(page.locator(".st-key-shortcuts_headline")).to_contain_text("11 people")
    assert urlsplit(page.url).path == "/shortcuts"
    assert parse_qs(urlsplit(page.url).query) == {"cohort": ["Order desk"]}
    page.get_by_role("button", name="Clear all").click()
    expect(page.locator(".st-key-shortcuts_headline")).to_contain_text("44 people")


def test_a_command_leads_to_a_moment_in_the_replay(page: Page) -> None:
    link = page.get_by_role("link", name="Replay a moment of Reply by menu")
    asked = parse_qs(urlsplit(str(link.get_attribute("href"))).query)
    link.focus()
    page.keyboard.press("Enter")
    page.locator(".player canvas").first.wait_for()
    assert urlsplit(page.url).path == "/replay"
    assert parse_qs(urlsplit(page.url).query)["id"] == asked["id"]
    assert parse_qs(urlsplit(page.url).query)["t"] == asked["t"]
    page.go_back()
    expect(page.locator(".st-key-shortcuts_headline")).to_contain_text("Shortcuts were used for")


def test_keys_that_no_shortcut_used_have_no_letter(shown: Page) -> None:
    board = shown.locator(".keyboard svg")
    expect(board).to_have_attribute(
        "aria-label", re.compile(r"^Keyboard, keys of shortcuts shaded by use: Ctrl \d+")
    )
    letters = [
        text for text in board.locator("text").all_text_contents() if len(text) == 1 and text.isalpha()
    ]
    assert sorted(letters) == ["A", "B", "C", "F", "R", "S", "V", "Z"]
    board.locator("g.used").filter(has_text=re.compile("^C$")).hover()
    expect(shown.locator(".keyboard .tip")).to_contain_text("Ctrl + C: Copy, 23 ×")


def test_a_number_is_explained_to_the_keyboard(shown: Page) -> None:
    row = shown.locator("li", has_text="Save").filter(has=shown.locator(".ways")).first
    row.locator(".hinted").focus()
    expect(shown.locator(".ranked .tip:visible")).to_contain_text("31 by shortcut, 14 by menu, 24 by toolbar")


def test_csv_has_what_is_shown_and_no_more(shown: Page) -> None:
    with shown.expect_download() as started:
        shown.locator(".st-key-foot_uses").get_by_role("button", name="CSV").click()
    lines = Path(started.value.path()).read_text("utf-8").splitlines()
    assert lines[0].lstrip("\ufeff") == "app,command,via,is_comparable,is_other,uses_n,people_n"
    assert ",Save,shortcut,true,false,31,24" in lines
    assert all(int(line.rpartition(",")[2]) >= 5 for line in lines[1:])


@pytest.mark.parametrize("look", ["light-wide", "dark-wide", "light-narrow", "dark-narrow"])
def test_it_looks_right_and_is_usable(
    browser: Browser, watched: Callable[..., Any], office_address: str, look: str
) -> None:
    theme, _, size = look.partition("-")
    with watched(browser, color_scheme=theme, viewport=SIZES[size]) as page:
        come(page, office_address)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=SHOTS / f"shortcuts-{look}.png")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        found = Axe().run(page).response["violations"]
        assert [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]] == []
