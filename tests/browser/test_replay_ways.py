"""Ways into the replay and out of it, two sides, touch, and whether everybody can use it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from . import replay_page as pages

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)


go, frame, press, violations = pages.go, pages.frame, pages.press, pages.violations
now_us, settled_us = pages.now_us, pages.settled_us
SHOTS = Path(__file__).resolve().parent / "shots"
NARROW = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def office() -> dict[str, Any]:
    found: dict[str, Any] = pages.office()
    return found


@pytest.fixture(scope="module")
def address(office_address: str) -> str:
    return office_address


@pytest.fixture(scope="module")
def page(browser: Browser, watched: Callable[..., Any]) -> Iterator[Page]:
    with watched(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        yield page


def test_the_way_there_and_back(page: Page, address: str, office: dict[str, Any]) -> None:
    page.goto(f"{address}session?id={office['agent']}")
    page.get_by_role("link", name="Replay from step 3").click()
    frame(page).wait_for()
    expect(page.locator(".item.current, .item.step").first).to_be_visible()
    at_step_us = settled_us(page)
    assert at_step_us > 0
    expect(page.locator(".item.step .thought").first).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Screenshot at").first.click()
    frame(page).wait_for()
    assert settled_us(page) != at_step_us
    page.go_back()
    lanes = page.locator(".timeline canvas.activity")
    lanes.click(position={"x": 300, "y": 20})
    frame(page).wait_for()
    assert settled_us(page) > 0
    page.goto(f"{address}replay")
    frame(page).wait_for()
    first = page.locator(".place").text_content() or ""
    assert first.startswith("1 of ")
    press(page, "ArrowRight")
    first_us = settled_us(page)
    press(page, ">")
    expect(page.locator(".place")).to_have_text(first.replace("1 of", "2 of"))
    expect(frame(page)).to_be_visible()
    page.go_back()
    expect(page.locator(".place")).to_have_text(first)
    expect(frame(page)).to_be_visible()
    assert settled_us(page) == first_us
    page.get_by_role("link", name="Page of this session").click()
    expect(page.get_by_role("link", name="Replay", exact=True).last).to_be_visible()


def test_two_attempts_run_by_one_clock(page: Page, address: str, office: dict[str, Any]) -> None:
    page.goto(f"{address}session?id={office['agent']}")
    page.get_by_role("link", name="Beside another attempt").click()
    frame(page).nth(1).wait_for()
    press(page, "k")
    page.wait_for_timeout(1200)
    assert abs(now_us(page, 0) - now_us(page, 1)) < 400_000
    press(page, "k")
    left_us = settled_us(page)
    assert left_us == settled_us(page, "with_t") > 0
    page.get_by_role("button", name="linked").first.click()
    page.locator(".track").nth(1).press("ArrowRight")
    assert (settled_us(page), settled_us(page, "with_t")) == (left_us, left_us + 5_000_000)
    page.get_by_role("button", name="linked").first.click()
    page.locator(".track").nth(0).press("Alt+ArrowRight")
    assert (settled_us(page), settled_us(page, "with_t")) == (left_us + 100_000, left_us + 5_100_000)
    page.reload()
    frame(page).nth(1).wait_for()
    assert (settled_us(page), settled_us(page, "with_t")) == (left_us + 100_000, left_us + 5_100_000)
    page.get_by_role("link", name="Show alone").nth(1).click()
    expect(page.locator(".player .deck")).to_have_count(1)
    frame(page).wait_for()
    assert settled_us(page) == left_us + 5_100_000


def test_touch_and_a_small_screen(
    browser: Browser, watched: Callable[..., Any], address: str, office: dict[str, Any]
) -> None:
    with watched(browser, viewport=NARROW, has_touch=True, color_scheme="dark") as page:
        go(page, address, office["agent"], t=5000)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        expect(page.locator(".list")).to_be_hidden()
        page.get_by_role("button", name="Events").tap()
        expect(page.locator(".list")).to_be_visible()
        page.screenshot(path=SHOTS / "replay-dark-narrow.png")
        assert violations(page) == []
        page.locator(".item.step .go").nth(1).tap()
        assert settled_us(page) > 0
        page.get_by_role("button", name="Close the list").tap()
        expect(page.locator(".list")).to_be_hidden()
        page.get_by_role("button", name="Play").tap()
        frame(page, "playing").wait_for()
        box = page.locator(".track").bounding_box()
        assert box is not None
        page.touchscreen.tap(box["x"] + box["width"] * 0.9, box["y"] + 40)
        page.get_by_role("button", name="Pause").tap()
        assert settled_us(page) > 20_000_000


def test_everybody_can_use_it(
    browser: Browser, watched: Callable[..., Any], address: str, office: dict[str, Any]
) -> None:
    with watched(browser) as page:
        go(page, address, office["person"], t=office["clicks_us"][1] // 1000)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=SHOTS / "replay-light-wide.png")
        assert violations(page) == []
        press(page, "?")
        expect(page.get_by_role("dialog", name="Keyboard")).to_contain_text("Play or pause")
        assert violations(page) == []
        press(page, "Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.locator(".live")).to_contain_text("Pointer")
        slider = page.get_by_role("slider", name="Time")
        assert slider.get_attribute("aria-valuetext")
        page.get_by_role("button", name="Options").click()
        assert violations(page) == []
