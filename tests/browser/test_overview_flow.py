"""The first page as a leader meets it: numbers, a picture that loads, the ways on; how it looks."""

from __future__ import annotations

import json
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
Visit = tuple[str, Any]
SIZES = {"wide": {"width": 1440, "height": 900}, "narrow": {"width": 390, "height": 844}}


@pytest.fixture(scope="module")
def sample(office_address: str) -> Visit:
    """The sample dataset: its address, and what a browser must hold."""
    return office_address, None


@pytest.fixture(scope="module")
def bare(
    browser: Browser, served: Callable[[Path], Any], dataset_of: Callable[..., Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Visit]:  # fmt: skip
    """Real recordings without screenshots, in which more was recorded than announced."""
    ids = [f"rrweb-{i}" for i in range(7)]
    moves = [{"session_id": s, "seq": i, "t_us": 50_000 * i, "x_px": 9 * i, "y_px": 300 + i % 40}
             for s in ids for i in range(120)]  # fmt: skip
    click = {
        "seq": 200,
        "t_us": 10,
        "kind": "click",
        "button": "right",
        "x_px": 90,
        "y_px": 90,
        "app": "Diary",
    }
    clicks = [{**click, "session_id": s} for s in ids]
    root = dataset_of(
        tmp_path_factory.mktemp("bare") / "set", moves=moves, events=clicks,
        sessions=[{"session_id": s, "source_format": "rrweb", "participant_id": s[-1], "region": "DE"} for s in ids],
    )  # fmt: skip
    said = json.loads((root / "dataset.json").read_text())
    told = {"channels": ["moves"], "apps": ["Mail"], "regions": ["IE"]}
    (root / "dataset.json").write_text(json.dumps({**said, "announced": told}))
    with served(root) as printed:
        context = browser.new_context()
        context.new_page().goto(printed)
        state = context.storage_state()
        context.close()
        yield printed.partition("?")[0], state


@pytest.fixture(scope="module")
def page(browser: Browser, watched: Callable[..., Any], sample: Visit) -> Iterator[Page]:
    """The first page for those that leave it as it is, and for the last one, which leaves it."""
    with watched(browser) as page:
        page.goto(sample[0])
        page.get_by_role("heading", name="Overview").wait_for()
        page.locator(".next a").first.wait_for()
        yield page


def test_the_first_page_has_a_picture_with_the_pointer_over_it(page: Page) -> None:
    assert urlsplit(page.url).path == "/"
    picture = page.locator(".stage img")
    picture.evaluate("picture => picture.decode()")
    size = picture.evaluate("p => [p.naturalWidth, p.naturalHeight]")
    assert page.locator(".stage svg").get_attribute("viewBox") == f"0 0 {size[0]} {size[1]}"
    assert page.locator(".stage polyline.path").count() >= 1
    assert page.locator(".stage .reason").count() == 0
    expect(page.get_by_role("img", name="Path of the pointer")).to_be_visible()
    expect(page.locator(".redaction")).to_contain_text("not yet measured")


def test_terms_are_explained_to_the_pointer_and_to_the_keyboard(page: Page) -> None:
    page.locator(".figures dt", has_text="people").hover()
    expect(page.locator(".figures .tip")).to_contain_text("Different people by their pseudonyms")
    page.locator(".ledger .hinted", has_text="Keys").focus()
    expect(page.locator(".ledger .tip").first).to_contain_text("Key presses and keyboard shortcuts")


def test_the_ways_on_stay_in_the_page(page: Page) -> None:
    page.evaluate("window.stays = true")
    page.get_by_role("link", name="Open this session").click()
    page.locator(".head h1").wait_for()
    assert urlsplit(page.url).path == "/session"
    assert len(parse_qs(urlsplit(page.url).query)["id"]) == 1
    page.go_back()
    page.get_by_role("link", name="Browse sessions").click()
    page.locator(".body .row").first.wait_for()
    assert urlsplit(page.url).path == "/sessions"
    page.go_back()
    page.get_by_role("link", name="Ask a query").click()
    page.locator(".list .query").first.wait_for()
    assert page.evaluate("window.stays")


def test_a_picture_that_cannot_be_loaded_leaves_its_place_and_a_word(
    browser: Browser, watched: Callable[..., Any], sample: Visit
) -> None:
    with watched(browser) as page:
        page.route("**/frame/*", lambda route: route.abort())
        page.goto(sample[0])
        expect(page.locator(".stage .reason")).to_have_text("The screenshot could not be loaded.")
        assert page.locator(".stage").bounding_box()["height"] > 200


def test_what_goes_beyond_is_said_first_and_marked_in_the_table(
    browser: Browser, watched: Callable[..., Any], bare: Visit
) -> None:
    with watched(browser, storage_state=bare[1]) as page:
        page.goto(bare[0])
        expect(page.locator(".findings li")).to_have_count(3)
        expect(page.locator(".findings")).to_contain_text("7 people in DE")
        expect(page.locator(".ledger tr.beyond")).to_have_text(
            ["Clicksno7 rows100 %", "Diaryno7 sessions100 %", "DEno7 sessions100 %"]
        )
        expect(page.locator(".stage .reason")).to_contain_text("No screenshots were recorded")
        expect(page.locator(".stage circle.right")).to_have_count(1)
        with page.expect_download() as started:
            page.locator(".st-key-foot_apps").get_by_role("button", name="CSV").click()
        assert "Diary,false,1,7" in Path(started.value.path()).read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "look"),
    [
        ("sample", "light-wide"),
        ("sample", "dark-wide"),
        ("sample", "dark-narrow"),
        ("bare", "light-narrow"),
        ("bare", "dark-wide"),
    ],
)
def test_it_looks_right_and_is_usable(
    browser: Browser, watched: Callable[..., Any], name: str, look: str, request: pytest.FixtureRequest
) -> None:
    theme, _, size = look.partition("-")
    address, state = request.getfixturevalue(name)
    with watched(browser, color_scheme=theme, viewport=SIZES[size], storage_state=state) as page:
        page.goto(address)
        page.locator(".next a").first.wait_for()
        page.wait_for_load_state("networkidle")
        page.screenshot(path=SHOTS / f"overview-{name}-{look}.png")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        found = Axe().run(page).response["violations"]
        assert [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]] == []
