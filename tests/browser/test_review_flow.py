"""A whole review in a browser: plan, start by a second person, every item by keyboard, the end, the answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from explorer.engine import open_engine
from explorer.review import open_reviews

from .review_reader import Reader, Seen, View

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)
SHOTS = Path(__file__).resolve().parent / "shots"


@pytest.fixture(scope="module")
def root(small: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    written: Path = small.write(tmp_path_factory.mktemp("review") / "set", synthetic=True, sessions_n=4)
    return written


@pytest.fixture(scope="module")
def address(served: Callable[[Path], Any], root: Path) -> Iterator[str]:
    SHOTS.mkdir(exist_ok=True)
    with served(root) as address:
        yield address


def fill(page: Page, label: str, value: str) -> None:
    """Write into a field of Streamlit's, which hears of it when it is left."""
    field = page.get_by_role("textbox", name=label, exact=True)
    field.fill(value)
    field.press("Tab")


def plan(page: Page, address: str) -> None:
    """From the empty page to a started plan."""
    page.goto(f"{address}review")
    page.get_by_text("Nothing has been reviewed yet").wait_for()
    page.get_by_role("button", name="New plan").click()
    page.locator(".st-key-review_power").wait_for()
    page.locator(".st-key-plan_curve .js-plotly-plot").wait_for()
    shot(page, "review-form-light-wide")
    rate = page.get_by_role("spinbutton", name="Fewer moments leak than (%)")
    rate.fill("45")
    rate.press("Tab")
    page.get_by_text("Tests of the readers").click()
    planted = page.get_by_role("spinbutton", name="Planted leaks (%)")
    planted.fill("0")
    planted.press("Tab")
    expect(page.locator(".st-key-review_power")).to_contain_text(
        re.compile(r"Passes a true .* % in .* % of cases")
    )
    fill(page, "Your name, as it will stand in the log", "Ada")
    page.get_by_role("button", name="Commit to this plan").click()
    page.get_by_role("heading", name="Start with a second person").wait_for()
    assert re.fullmatch("[0-9a-f]{64}", page.locator(".stCode code").inner_text())
    fill(page, "Name of the second person", "Ada")
    fill(page, "Their number", "4711")
    page.get_by_role("button", name="Start", exact=True).click()
    page.locator(".st-key-wrong_start").wait_for()
    fill(page, "Name of the second person", "Bo")
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_role("heading", name="Work").wait_for()


def judge_all(page: Page, root: Path) -> int:
    """Every item, by keyboard alone: the second one over-redacted, the others clean; how many there were."""
    page.get_by_role("button", name="Review", exact=True).click()
    (plan_id,) = parse_qs(urlsplit(page.url).query)["plan"]
    with closing(open_engine(root)) as engine, closing(open_reviews(engine)) as reviews:
        over = View("over_redacted", (Seen("", ""),))
        reader = Reader(
            page, reviews, plan_id, lambda _item: over if len(reader.judged) == 1 else View("clean")
        )
        reader.begin("Ada")
        judged_n = reader.work()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Work").wait_for()
    return judged_n


def test_from_a_plan_to_the_answer(
    browser: Browser, watched: Callable[..., Any], address: str, root: Path
) -> None:
    with watched(browser) as page:
        plan(page, address)
        expect(page.get_by_text("Hidden until the plan is finished")).to_be_visible()
        assert set(parse_qs(urlsplit(page.url).query)) == {"plan"}, "no name in the address"
        judged_n = judge_all(page, root)
        assert judged_n > 3
        expect(page.get_by_text("Everything is judged")).to_be_visible()
        fill(page, "Your name, as it will stand in the log", "Ada")
        page.get_by_role("button", name="Finish").click()
        expect(page.locator(".st-key-review_answer")).to_contain_text(
            re.compile(r"PASS: At most \d+ of \d+ moments leak at 97.5 % confidence; that is below 45 %")
        )
        expect(page.locator(".behind li")).to_have_count(1)
        shot(page, "review-answer-light-wide")
        with page.expect_download() as started:
            page.get_by_role("button", name="Report", exact=True).click()
        assert "PASS" in Path(started.value.path()).read_text("utf-8").upper()
        page.locator(".behind a").click()
        page.locator(".player canvas").first.wait_for()
        assert urlsplit(page.url).path == "/replay"
        page.go_back()
        page.get_by_role("button", name="All plans").click()
        expect(page.get_by_text("PASS · target: fewer than 45 % of")).to_be_visible()


def test_it_is_usable_on_a_telephone_at_night(
    browser: Browser, watched: Callable[..., Any], address: str
) -> None:
    viewport = {"width": 390, "height": 844}
    with watched(browser, color_scheme="dark", viewport=viewport) as page:
        page.goto(f"{address}review")
        page.get_by_role("button", name="Open").first.click()
        page.locator(".behind li").first.wait_for()
        shot(page, "review-answer-dark-narrow")


def shot(page: Page, name: str) -> None:
    """Keep how it looks; nothing is wider than the window, and axe finds nothing."""
    page.wait_for_load_state("networkidle")
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    found = Axe().run(page).response["violations"]
    assert [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]] == []
