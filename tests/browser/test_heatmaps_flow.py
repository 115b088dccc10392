"""Reading a heatmap as a person does it: by pointer and by keys, closer and further, to the moments and the replay."""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from explorer.engine.build import build_rollups

pytestmark = pytest.mark.browser
HERE = Path(__file__).resolve().parent
SHOTS = HERE / "shots"
MOST_BYTES = 300_000


@pytest.fixture(scope="module")
def pointed() -> Any:
    path = HERE.parent / "server" / "pointed_dataset.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def address(
    pointed: Any,
    dataset_of: Callable[..., Path],
    served: Callable[[Path], Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    SHOTS.mkdir(exist_ok=True)
    root = pointed.write(tmp_path_factory.mktemp("pointed") / "set", dataset_of)
    build_rollups(root)
    with served(root) as address:
        yield address


def stage_of(page: Page, number: int = 0) -> Locator:
    page.locator("[data-state=drawn]").nth(number).wait_for()
    return page.locator(".stage").nth(number)


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def at(page: Page, place: tuple[float, float]) -> dict[str, float]:
    """Where a share of the space lies on the first stage."""
    box = stage_of(page).bounding_box()
    assert box is not None
    return {"x": (place[0] + 0.002) * box["width"], "y": (place[1] + 0.002) * box["height"]}


def test_from_a_map_to_a_moment_and_back(
    browser: Browser, watched: Callable[..., Any], address: str, pointed: Any
) -> None:
    with watched(browser) as page:
        sizes: list[int] = []
        page.on("websocket", lambda socket: socket.on("framereceived", lambda data: sizes.append(len(data))))
        page.goto(f"{address}heatmaps")
        stage = stage_of(page)
        assert sum(sizes) < MOST_BYTES, "all that the page sends, its background too"
        # by pointer: exact counts, and nothing of a place where one person was alone
        stage.hover(position=at(page, pointed.HOME))
        expect(page.locator(".tip").first).to_contain_text("moves · 16 people")
        stage.hover(position=at(page, pointed.LONELY))
        expect(page.locator(".tip").first).to_have_text("none, or of fewer than 5 people")
        # another kind and app
        page.get_by_text("Clicks", exact=True).click()
        page.wait_for_url("**kind=click**")
        expect(page.get_by_role("link", name="Sheet 90 clicks")).to_be_visible()
        page.get_by_role("link", name="Sheet").click()
        expect(page.get_by_role("application", name="Map of Clicks in Sheet")).to_be_visible()
        assert query(page) == {"app": ["Sheet"], "kind": ["click"]}
        # by keys: to a cell with clicks, and open it; Streamlit's own keys do not fire
        stage = stage_of(page)
        stage.focus()
        for key in ("r", "c", "ArrowUp", "Home", "End", "Shift+ArrowLeft"):
            page.keyboard.press(key)
        assert page.get_by_role("dialog").count() == 0
        stage.hover(position=at(page, pointed.NORTH))
        expect(page.locator(".tip").first).to_contain_text("clicks · 6 people")
        page.keyboard.press("Enter")
        moments = page.get_by_role("list", name="Moments").get_by_role("link")
        expect(moments).to_have_count(9)
        assert query(page)["cell"][0].startswith("main.")
        moments.first.focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        page.wait_for_url("**/replay?**")
        assert {"id", "t", "app"} <= query(page).keys()
        page.go_back()
        expect(moments).to_have_count(9)


def test_a_closer_look_and_what_is_taken_away(
    browser: Browser, watched: Callable[..., Any], address: str, pointed: Any
) -> None:
    with watched(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(f"{address}heatmaps?app=Mail")
        stage = stage_of(page)
        expect(page.locator(".ground").first).to_be_visible()
        box = stage.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 0.02 * box["width"], box["y"] + 0.02 * box["height"])
        page.mouse.down()
        page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.3 * box["height"], steps=4)
        expect(page.locator(".drag")).to_be_visible()
        page.mouse.up()
        page.get_by_role("button", name="Show the whole").wait_for()
        left, top, right, bottom = (float(part) for part in query(page)["zoom"][0].split(","))
        assert (left, top, right, bottom) == pytest.approx((0.02, 0.02, 0.3, 0.3), abs=0.01)
        stage_of(page).focus()
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Show the whole")).to_be_hidden()
        assert "zoom" not in query(page)
        page.get_by_label("Opacity of the map").press("ArrowLeft")
        page.wait_for_url("**opacity=80**")
        page.locator('[data-test-script-state="notRunning"]').wait_for()
        with page.expect_download() as started:
            page.get_by_role("button", name="PNG").click()
        with Image.open(io.BytesIO(Path(started.value.path()).read_bytes())) as picture:
            assert picture.width == 1600
            assert "Pointing, small" in picture.text["Comment"]
            assert "16 people" in picture.text["Comment"]
        with page.expect_download() as started:
            page.get_by_role("button", name="CSV").click()
        rows = Path(started.value.path()).read_text("utf-8").splitlines()
        assert rows[0] == "cell,value,people_n"
        assert min(int(row.split(",")[2]) for row in rows[1:]) >= 5


@pytest.mark.parametrize("theme_and_size", ["light-wide", "light-narrow", "dark-wide", "dark-narrow"])
def test_the_maps_look_right_and_are_usable(
    browser: Browser, watched: Callable[..., Any], address: str, pointed: Any, theme_and_size: str
) -> None:
    theme, _, size = theme_and_size.partition("-")
    viewport = {"width": 1440, "height": 900} if size == "wide" else {"width": 390, "height": 844}
    with watched(browser, color_scheme=theme, viewport=viewport) as page:
        for name, state, drawn_n in (
            ("heatmaps", "app=Mail&split=cohort", 3),
            ("heatmaps-compared", "compare=cohort&a=north&b=south", 3),
        ):
            page.goto(f"{address}heatmaps?{state}")
            stage_of(page, drawn_n - 1)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=SHOTS / f"{name}-{theme}-{size}.png")
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
            assert violations(page) == []
        stage_of(page, 1).hover(position=at(page, pointed.NORTH))
        expect(page.locator(".tip:visible")).to_contain_text("A − B: +")
        assert page.locator(".apps img, .apps script").count() == 0
