"""The list and the timeline of the replay page: what they show of rows that lie close together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from explorer.trace.dataset import create

from . import replay_page as pages

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)
TIES, MOVES = (f"generated-{name * 16}" for name in "ab")
SECOND_US = 1_000_000
# Items of TIES by when they begin, in seconds: three at once, at both ends and in the middle.
BEGIN_S = (0, 0, 0, 2, 3, 3, 3, 5, 6, 6, 6)


@pytest.fixture(scope="module")
def address(
    served: Callable[[Path], Any], dataset_of: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    clicks = [
        {"session_id": TIES, "seq": at, "t_us": second * SECOND_US, "kind": "click", "x_px": at, "y_px": at,
         "button": ("left", "right")[at % 2]}
        for at, second in enumerate(BEGIN_S)
    ]  # fmt: skip
    # A move every 5 s over 3 h: the description's bins are wider, so each holds several.
    moves = [
        {"session_id": MOVES, "seq": at, "t_us": at * 5 * SECOND_US, "x_px": at % 900, "y_px": at % 700}
        for at in range(2160)
    ]
    sessions = [
        {"session_id": TIES, "duration_us": 6 * SECOND_US},
        {"session_id": MOVES, "duration_us": 3 * 3600 * SECOND_US},
    ]
    root = tmp_path_factory.mktemp("parts") / "set"
    create(root, "Close together", synthetic=True)
    dataset_of(root, sessions=sessions, moves=moves, events=clicks)
    with served(root) as address:
        yield address


@pytest.fixture
def page(browser: Browser, watched: Callable[..., Any]) -> Iterator[Page]:
    with watched(browser) as page:
        yield page


def test_arrows_go_through_items_that_begin_together_one_by_one(page: Page, address: str) -> None:
    pages.go(page, address, TIES)
    current = page.locator(".item.current")

    def place() -> int:
        return int(current.get_attribute("data-place") or -1)

    page.locator(".list .scroller").focus()
    walked = []
    for key in ["ArrowUp"] * 4 + ["ArrowDown"] * 12 + ["ArrowUp"] * 12:
        before = place()
        page.keyboard.press(key)
        wanted = min(len(BEGIN_S) - 1, max(0, before + (1 if key == "ArrowDown" else -1)))
        expect(current).to_have_attribute("data-place", str(wanted))
        walked.append(wanted)
    assert set(walked) == set(range(len(BEGIN_S)))
    # The one that was pressed is the current one, not the last of those that begin with it.
    page.locator(".item[data-place='5'] .go").click()
    expect(current).to_have_attribute("data-place", "5")
    page.keyboard.press("Home")
    expect(current).to_have_attribute("data-place", "2")


def test_a_part_of_the_timeline_shows_what_happened_in_it(page: Page, address: str) -> None:
    pages.go(page, address, MOVES, t=60_000, idle="unfolded", skip=0)
    track, readout = page.locator(".track"), page.locator(".readout")
    box = track.bounding_box()
    assert box is not None

    def said(share: float) -> int:
        """Moves that the timeline tells of a place."""
        page.mouse.move(box["x"] + share * box["width"], box["y"] + 40)
        expect(readout).to_have_text(re.compile("·|press|Press|:"))
        found = re.search(r"(\d+) moves?", readout.text_content() or "")
        return int(found[1]) if found else 0

    assert said(0.5) > 1, "a bin of the whole session holds several moves"
    for share, act in ((0.5, page.mouse.down), (0.52, page.mouse.up)):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + 40, steps=4)
        act()
    expect(page.get_by_role("button", name="Whole session")).to_be_enabled()
    counts = [said(0.3 + step / 400) for step in range(24)]
    assert set(counts) == {0, 1}, "a bin of a part holds one move or none"


def test_the_next_session_is_asked_for_before_its_page_is_there(page: Page, address: str) -> None:
    told: list[str] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: told.append("run")))
    page.on("request", lambda request: told.append(request.url))
    pages.go(page, address, TIES)
    page.wait_for_load_state("networkidle")
    told.append("press")
    page.get_by_role("link", name=re.compile("^(Next|Previous) session")).click()
    expect(page.locator(".clock .whole")).to_have_text("3:00:00.00")
    page.wait_for_load_state("networkidle")
    [about] = [url for url in told if url.endswith("about.json") and MOVES in url]
    press = told.index("press")
    assert told.index(about) < told.index("run", press), "what was asked for ahead is what the page takes"
    chunks = [url for url in told if "events.bin" in url]
    assert len(chunks) == len(set(chunks)) > 1, "and so are the first rows"


def test_the_next_session_is_read_while_this_one_stands(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}replay")
    expect(page.locator(".player .place")).to_have_text("1 of 2")
    for _ in range(100):
        about = [url for url in asked if url.endswith("about.json")]
        if len(about) == 2:
            break
        page.wait_for_timeout(100)
    assert {one for one in (TIES, MOVES) for url in about if one in url} == {TIES, MOVES}


def test_typed_text_is_asked_for_anew_in_each_session(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    pages.go(page, address, TIES)
    with page.expect_request(f"**/{TIES}/events.bin?chunk=0&typed=1"):
        pages.press(page, "y")
    page.get_by_role("link", name=re.compile("^(Next|Previous) session")).click()
    expect(page.locator(".clock .whole")).to_have_text("3:00:00.00")
    expect(page.locator(".list .count")).to_have_text(re.compile(r"^\d"))
    of_moves = [url for url in asked if MOVES in url and "events.bin" in url]
    assert of_moves
    assert all(url.endswith("typed=0") for url in of_moves)
    # The switch is off: pressed, it asks in clear.
    with page.expect_request(f"**/{MOVES}/events.bin?chunk=0&typed=1"):
        pages.press(page, "y")
