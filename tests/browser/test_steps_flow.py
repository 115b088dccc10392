"""Walking through the steps of a session and the attempts at its task; how these pages look."""

from __future__ import annotations

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
FIRST = "generated-0000000000000000"
SIZES = {"wide": {"width": 1440, "height": 900}, "narrow": {"width": 390, "height": 844}}
QUERIES = ("queries", "queries?name=sessions/steps&session_id=" + FIRST, ".result .body .row")
STEPS = ("steps", f"session?id={FIRST}&step=14", ".steps .step.active")
TASK = ("task", "task?id=t-1", ".attempts .body .row")
# One page a theme and size: the frame around them is looked at in all of them by test_looks.
PAGES = {"light-wide": (QUERIES,), "dark-narrow": (STEPS,), "dark-wide": (TASK,)}


@pytest.fixture(scope="module")
def address(served: Callable[[Path], Any], stepped_root: Path) -> Iterator[str]:
    SHOTS.mkdir(exist_ok=True)
    with served(stepped_root) as address:
        yield address


@pytest.fixture(scope="module")
def page(browser: Browser, watched: Callable[..., Any], address: str) -> Iterator[Page]:
    with watched(browser) as page:
        yield page


def go(page: Page, address: str, step: int) -> None:
    page.goto(f"{address}session?id={FIRST}&step={step}")
    page.locator(f"#step-{step}.active").wait_for()


def step_of(page: Page) -> str:
    return parse_qs(urlsplit(page.url).query)["step"][0]


def test_keys_lead_to_failed_steps_over_pages(page: Page, address: str) -> None:
    go(page, address, 1)
    for place in ("5", "14", "23"):
        page.keyboard.press("f")
        expect(page.locator(f"#step-{place}.active")).to_be_in_viewport()
        assert step_of(page) == place
    page.keyboard.press("F")
    expect(page.locator("#step-14.active")).to_be_focused()
    page.get_by_role("button", name="Later steps").click()
    expect(page.locator("#step-101.active")).to_be_visible()
    expect(page.locator(".steps .step")).to_have_count(30)
    page.get_by_role("button", name="Previous failed").click()
    expect(page.locator("#step-95.active")).to_be_visible()
    page.get_by_role("button", name="Next failed").click()
    expect(page.locator("#step-104.active")).to_be_visible()
    page.keyboard.press("c")
    assert page.get_by_role("dialog").count() == 0, "Streamlit's own keys do not fire"


def test_outcomes_have_shapes_and_hostile_text_is_text(page: Page, address: str) -> None:
    go(page, address, 101)
    failed = page.get_by_role("article", name="Step 104, failed")
    assert failed.locator("svg.wrong path").count() == 2
    assert page.locator(".steps svg.correct .frame").first.get_attribute("d") != page.locator(
        ".steps svg.wrong .frame"
    ).first.get_attribute("d")
    hostile = page.locator("#step-101")
    expect(hostile.locator(".thought")).to_contain_text("<img src=http://192.0.2.1/a.png")
    assert page.locator(".said img, .said b, .said script").count() == 0
    page.locator("#step-102 summary", has_text="Code").click()
    expect(page.locator("#step-102 pre")).to_have_text("pyautogui.click(101)")


def test_a_screen_is_shown_at_its_stored_pixels(page: Page, address: str) -> None:
    go(page, address, 104)
    page.locator("#step-104 a.screen").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Step 104, before")
    picture = dialog.locator("img")
    picture.evaluate("picture => picture.decode()")
    assert picture.evaluate("p => [p.clientWidth, p.clientHeight, p.naturalWidth]") == [64, 40, 64]
    page.keyboard.press("ArrowRight")
    expect(dialog).to_contain_text("Step 104, after")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_the_attempts_at_the_task(page: Page, address: str) -> None:
    go(page, address, 104)
    page.get_by_role("link", name="4 attempts at this task").click()
    rows = page.locator(".attempts .body .row")
    expect(rows).to_have_count(4)
    assert urlsplit(page.url).path == "/task"
    page.get_by_role("link", name="Actor").click()
    expect(page.get_by_role("columnheader", name="Actor")).to_have_attribute("aria-sort", "ascending")
    expect(rows.nth(1)).to_contain_text("Agent")
    rows.first.locator("a.name").click()
    expect(page.locator(".way .place")).to_contain_text("of 4")
    page.go_back()
    page.get_by_role("link", name="Show them in the list").click()
    expect(page.get_by_role("grid", name="Sessions")).to_have_attribute("aria-rowcount", "5")


@pytest.mark.parametrize("theme_and_size", PAGES)
def test_the_pages_look_right_and_are_usable(
    browser: Browser, watched: Callable[..., Any], address: str, theme_and_size: str
) -> None:
    theme, _, size = theme_and_size.partition("-")
    with watched(browser, color_scheme=theme, viewport=SIZES[size]) as page:
        for name, way, landmark in PAGES[theme_and_size]:
            page.goto(address + way)
            page.locator(landmark).first.wait_for()
            page.wait_for_load_state("networkidle")
            page.screenshot(path=SHOTS / f"{name}-{theme}-{size}.png")
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
            found = Axe().run(page).response["violations"]
            assert [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]] == []
