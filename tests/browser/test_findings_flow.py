"""The Findings page in a browser: filter, look, open in the replay with the region, dismiss, undo, take away, keys."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from explorer.widgets.assets import assets
from tests.found_dataset import scanned

pytestmark = pytest.mark.browser
SHOTS = Path(__file__).resolve().parent / "shots"
SIZES = {"wide": {"width": 1440, "height": 900}, "narrow": {"width": 390, "height": 844}}
RED = (198, 40, 40)


@pytest.fixture(scope="module")
def address(
    small: Any, served: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    (SHOTS).mkdir(exist_ok=True)
    root = small.write(tmp_path_factory.mktemp("found") / "set", synthetic=True, sessions_n=6)
    with served(scanned(root)) as address:
        yield address


def come(page: Page, address: str, query: str = "") -> None:
    page.goto(f"{address}findings{query}")
    page.locator(".findings .row").first.wait_for()


@pytest.fixture
def page(browser: Browser, watched: Callable[..., Any], address: str) -> Iterator[Page]:
    # A note with personal data is refused.
    with watched(browser, ("/findings/dismissals.json",)) as page:
        come(page, address)
        yield page


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_from_the_overview_through_counts_to_the_fix_list(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name=re.compile("^Scan: 9 findings")).click()
    assert urlsplit(page.url).path == "/findings"
    expect(page.locator(".st-key-findings_headline")).to_contain_text("9 findings in 2 sessions")
    page.locator(".facet.severity").get_by_role("link", name="high").click()
    expect(page.locator(".actions .said")).to_have_text("5 findings")
    page.locator(".facet.channel").get_by_role("link", name="picture").click()
    expect(page.locator(".actions .said")).to_have_text("2 findings")
    assert query(page) == {"severity": ["high"], "channel": ["frame"]}
    with page.expect_download() as started:
        page.get_by_role("link", name="Fix list as JSON").click()
    assert json.loads(Path(started.value.path()).read_text("utf-8"))["fixes_n"] == 2
    assert started.value.suggested_filename == "fix-list.json"
    page.locator(".facet.severity a[aria-current]").click()
    expect(page.locator(".actions .said")).to_have_text("3 findings")
    page.go_back()
    expect(page.locator(".actions .said")).to_have_text("2 findings")


def test_a_region_is_looked_at_and_opened_in_the_replay(page: Page) -> None:
    page.locator(".row", has_text="120 × 30 px").click()
    expect(page.locator(".picture .said")).to_contain_text("Stored pixels · picture of 960 × 540")
    href = str(page.get_by_role("link", name="Open in replay").get_attribute("href"))
    page.locator(".grid").press("Enter")
    page.locator(".player .head .found span").wait_for()
    assert query(page) | {"t": []} == parse_qs(urlsplit(href).query) | {"t": []}
    expect(page.locator(".player .head .found span")).to_have_text(
        "Finding: mask that lets something through"
    )
    canvas = page.locator(".player canvas.ground")
    expect(canvas).to_have_attribute("aria-label", re.compile("Finding: mask that lets something through"))
    box = drawn(page)
    assert box["red"], "an outline is on the stage"
    # Where the region lies: the picture fills a display that has no other size than it.
    assert abs(box["left"] - 100 / 960) < 0.02
    assert abs(box["right"] - 220 / 960) < 0.02
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Back to the list").click(button="middle")
    expect(opened.value.locator(".row.active")).to_contain_text("120 × 30 px")
    opened.value.close()
    page.get_by_role("button", name="Hide the finding").click()
    page.wait_for_function("!location.search.includes('box=')")
    assert query(page).keys() == {"id", "t"}
    expect(page.locator(".player .head .found")).to_be_hidden()
    page.go_back()
    expect(page.locator(".row.active")).to_contain_text("120 × 30 px")


def drawn(page: Page) -> dict[str, Any]:
    """Red pixels of the stage, as shares of the picture that it shows."""
    return page.locator(".player canvas.ground").evaluate(
        """(canvas, [r, g, b]) => {
          const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
          const is = (at, [x, y, z]) => data[at] === x && data[at + 1] === y && data[at + 2] === z
          let [left, right, red, first, last] = [width, 0, 0, width, 0]
          for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) {
            const at = 4 * (y * width + x)
            if (is(at, [238, 240, 243])) { first = Math.min(first, x); last = Math.max(last, x) }
          }
          const rows = new Map()
          for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) {
            if (is(4 * (y * width + x), [r, g, b])) { red += 1; rows.set(y, (rows.get(y) ?? []).concat(x)) }
          }
          const widest = [...rows.values()].sort((one, other) => other.length - one.length)[1] ?? []
          const share = (x) => (x - first) / (last - first)
          return { red, left: share(Math.min(...widest)), right: share(Math.max(...widest)) }
        }""",
        list(RED),
    )


def test_a_title_is_pointed_out_and_what_is_gone_is_said(page: Page, address: str, small: Any) -> None:
    page.locator(".row", has_text="window title, row 0").click()
    page.get_by_role("link", name="Open in replay").click()
    mark = page.locator(".player .strip .title mark")
    mark.wait_for()
    assert len(str(mark.text_content())) == 4
    assert query(page)["rows"] == ["0-0"]
    beside = f"id={small.session_id(1)}&what=masked_beside&on={small.session_id(1)}-0000000&box=100,60,120,30"
    page.goto(f"{address}replay?{beside}&place=title&rows=0-0&chars=0-4")
    mark.wait_for()
    found = page.locator(".player .head .found")
    expect(found.locator("span")).to_have_text(
        "Finding: masked in the picture, readable beside it, in the window title"
    )
    expect(found).to_have_attribute("title", re.compile(r"Mask it there, too\.$"))
    stage = page.locator(".player canvas.ground")
    expect(stage).to_have_attribute("aria-label", re.compile("Finding: masked in the picture"))
    for place, words in (("on=office-gone-1&box=1,2,3,4", "The picture of this finding is not"),
                         ("place=url&rows=999999999-999999999", "The rows of this finding are not")):  # fmt: skip
        page.goto(f"{address}replay?id={small.session_id(1)}&what=readable_text&{place}")
        expect(page.locator(".player .notice").first).to_contain_text(words)


def test_findings_are_dismissed_by_keys_and_brought_back(page: Page) -> None:
    grid = page.locator(".grid")
    grid.focus()
    grid.press("End")
    grid.press("d")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Dismiss this finding")
    dialog.get_by_label("another reason").check()
    dialog.get_by_role("textbox", name="Note").fill("see jane.doe@example.com")
    dialog.get_by_role("button", name="Dismiss", exact=True).click()
    expect(dialog.get_by_role("alert")).to_contain_text("holds an e-mail address")
    dialog.get_by_role("textbox", name="Note").fill("a sample of the vendor")
    dialog.get_by_role("button", name="Dismiss", exact=True).click()
    expect(page.locator(".st-key-findings_headline")).to_contain_text("8 findings")
    expect(page.get_by_role("link", name="Dismissed 1")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".st-key-findings_headline")).to_contain_text("9 findings")
    many(page)


def many(page: Page) -> None:
    """Several are dismissed only after a question."""
    page.locator(".facet.channel").get_by_role("link", name="picture").click()
    expect(page.locator(".actions .said")).to_have_text("3 findings")
    page.locator(".grid").focus()
    page.keyboard.press("a")
    expect(page.locator(".actions .said")).to_have_text("3 selected")
    page.keyboard.press("d")
    expect(page.get_by_role("dialog")).to_contain_text("Are all 3 findings false alarms for the same reason?")
    page.get_by_role("button", name="Yes, dismiss 3 findings").click()
    expect(page.locator(".list .none")).to_contain_text("No finding passes these filters")
    page.get_by_role("link", name="Dismissed 3").click()
    page.locator(".row.dismissed").first.wait_for()
    grid = page.locator(".grid")
    grid.focus()
    grid.press("Shift+ArrowDown")
    grid.press("Shift+ArrowDown")
    expect(page.locator(".actions .said")).to_have_text("3 selected")
    grid.press("u")
    expect(page.locator(".st-key-findings_headline")).to_contain_text("9 findings")
    assert query(page) == {"channel": ["frame"], "show": ["dismissed"]}


STATES = ("none", "running", "running", "done", "elsewhere", "done")


@pytest.fixture
def alone(browser: Browser) -> Iterator[Page]:
    """A page whose only files are our modules, and whose server tells of a scan."""
    page = browser.new_page()
    states = iter(STATES)

    def answer(route: Any) -> None:
        path = urlsplit(route.request.url).path.removeprefix("/")
        if path.startswith("findings/scan"):
            now = {"state": next(states), "done_share": 0.519, "problem": ""}
            route.fulfill(body=json.dumps(now), content_type="application/json")
            return
        content, media_type = assets().files.get(path, (b'<div class="scan"></div>', "text/html"))
        route.fulfill(body=content, content_type=media_type)

    page.route("**/*", answer)
    page.goto("http://127.0.0.1:1/")
    yield page
    page.close()


def test_letters_and_boxes_are_found(alone: Page) -> None:
    found = alone.evaluate("""async () => {
      const { boxOf, partsOf } = await import('/player/found.js')
      const { outlineOf } = await import('/player/draw_finding.js')
      const frames = { id: ['f'], left: [10], top: [20], width: [800], height: [600], scale_x: [2], scale_y: [0] }
      return {
        parts: partsOf('a😀bc', [1, 3]), beyond: partsOf('abc', [1, 4]), none: partsOf('abc', [2, 2]),
        box: boxOf({ frame: 'f', box: [100, 50, 0, 30], words: 'w' }, { frames }),
        whole: boxOf({ frame: 'f', box: null, words: 'w' }, { frames }).width,
        gone: boxOf({ frame: 'g', box: [1, 1, 1, 1], words: 'w' }, { frames }),
        edge: outlineOf({ left: -3, top: -3, width: 106, height: 50 }, { width: 100, height: 80 }, 2),
        beyond_left: outlineOf({ left: -30, top: 20, width: 20, height: 5 }, { width: 100, height: 80 }, 2).arrow,
        beyond_below: outlineOf({ left: 120, top: 90, width: 20, height: 5 }, { width: 100, height: 80 }, 2).arrow,
      }
    }""")
    assert found == {
        "parts": ["a", "😀b", "c"], "beyond": None, "none": None, "whole": 400, "gone": None,
        "edge": {"left": 2, "top": 2, "width": 96, "height": 45, "arrow": ""}, "beyond_left": "←", "beyond_below": "↘",
        "box": {"frame": 0, "words": "w", "left": 60, "top": 70, "width": 2, "height": 30},
    }  # fmt: skip


def test_a_scan_is_begun_and_watched_from_the_page(alone: Page) -> None:
    page = alone
    page.evaluate("""async () => {
      const { default: mount } = await import('/widgets/scan_box.js')
      const setTriggerValue = (name) => { window.told = name }
      mount({ parentElement: document.body, data: { label: 'Scan now' }, setTriggerValue })
    }""")
    page.get_by_role("button", name="Scan now").click()
    expect(page.get_by_role("status")).to_have_text("Looking: 51 % of the work is done")
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "0.519")
    page.wait_for_function("window.told === 'ended'")
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    page.evaluate("window.told = ''")
    page.get_by_role("button", name="Scan now").click()
    expect(page.get_by_role("status")).to_contain_text(
        "51 % of the work is done (begun outside of this page)"
    )
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    page.wait_for_function("window.told === 'ended'")


@pytest.mark.parametrize("look", ["light-wide", "dark-narrow"])
def test_it_looks_right_and_is_usable(
    browser: Browser, watched: Callable[..., Any], address: str, look: str
) -> None:
    theme, _, size = look.partition("-")
    with watched(browser, color_scheme=theme, viewport=SIZES[size]) as page:
        come(page, address)
        page.locator(".row", has_text="120 × 30 px").click()
        expect(page.locator(".picture .said")).to_contain_text("picture of")
        page.screenshot(path=SHOTS / f"findings-{look}.png")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.locator(".grid").press("d")
        page.get_by_role("dialog").wait_for()
        faults(page)


def faults(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]] == []
