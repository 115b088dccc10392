"""How the pages look, and that everybody can use them: pictures in tests/browser/shots, rules of axe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
SHOTS = Path(__file__).resolve().parent / "shots"
SIZES = {"wide": {"width": 1440, "height": 900}, "narrow": {"width": 390, "height": 844}}


@pytest.fixture(scope="module")
def address(
    served: Callable[[Path], Any], small: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    SHOTS.mkdir(exist_ok=True)
    with served(small.write(tmp_path_factory.mktemp("looks") / "set", synthetic=True)) as address:
        yield address


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("theme_and_size", ["light-wide", "light-narrow", "dark-wide", "dark-narrow"])
def test_the_pages_look_right_and_are_usable(
    browser: Browser, watched: Callable[..., Any], address: str, small: Any, theme_and_size: str
) -> None:
    theme, _, size = theme_and_size.partition("-")
    with watched(browser, color_scheme=theme, viewport=SIZES[size]) as page:
        page.goto(f"{address}sessions")
        page.locator(".body .row").first.wait_for()
        page.wait_for_load_state("networkidle")
        page.screenshot(path=SHOTS / f"sessions-{theme}-{size}.png")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert violations(page) == []
        page.goto(f"{address}session?id={small.session_id(21)}")
        page.locator(".facts dt").first.wait_for()
        page.locator(".js-plotly-plot .bars").first.wait_for()
        page.wait_for_load_state("networkidle")
        page.screenshot(path=SHOTS / f"session-{theme}-{size}.png")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert violations(page) == []
