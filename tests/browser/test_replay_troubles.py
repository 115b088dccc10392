"""What the replay does when something fails: it says so, the rest works, and it goes on by itself where it can."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from explorer.trace.dataset import create

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)
LONG, KEYS, ONE, NONE = (f"generated-{name * 16}" for name in "abcd")
MINUTE_US = 60_000_000


@pytest.fixture(scope="module")
def address(
    served: Callable[[Path], Any], dataset_of: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Three hours of moves (several chunks), a session of keys alone, one of one event, and one of nothing."""
    moves = [
        {"session_id": LONG, "seq": at, "t_us": at * MINUTE_US // 6, "x_px": at % 900, "y_px": at % 700}
        for at in range(1080)
    ]
    keys = [
        {
            "session_id": KEYS,
            "seq": at,
            "t_us": at * 200_000,
            "kind": ("key_down", "key_up")[at % 2],
            "key": "s",
        }
        for at in range(20)
    ]
    one = [
        {"session_id": ONE, "seq": 0, "t_us": 0, "kind": "mouse_down", "button": "left", "x_px": 5, "y_px": 5}
    ]
    sessions = [
        {"session_id": LONG, "duration_us": 180 * MINUTE_US},
        {"session_id": KEYS, "duration_us": 4_000_000},
        {"session_id": ONE, "duration_us": 0},
        {"session_id": NONE, "duration_us": 0},
    ]
    root = tmp_path_factory.mktemp("long") / "set"
    create(root, "Long and short", synthetic=True)
    dataset_of(root, sessions=sessions, moves=moves, events=keys + one)
    with served(root) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own: requests that fail are what is tested."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def frame(page: Page, state: str = "paused") -> Any:
    return page.locator(f".player .deck[data-state={state}]")


def test_events_that_fail_half_way(page: Page, address: str) -> None:
    is_broken = True

    def answer(route: Route) -> None:
        if is_broken and "chunk=1" in route.request.url:
            route.fulfill(status=503, body="The session could not be read")
        else:
            route.continue_()

    page.route("**/events.bin*", answer)
    page.goto(f"{address}replay?id={LONG}&t={65 * 60_000}&skip=0")
    notice = page.locator(".notice", has_text="could not be fetched")
    expect(notice).to_be_visible()
    expect(page.locator(".list .count")).to_have_text(re.compile(r"^\d"))
    page.keyboard.press("k")
    frame(page, "playing").wait_for()
    page.keyboard.press("6")
    page.keyboard.press("4")
    page.wait_for_timeout(800)
    frame(page, "playing").wait_for()
    is_broken = False
    notice.get_by_role("button", name="Retry").click()
    expect(notice).to_have_count(0)
    expect(page.locator(".clock .time")).to_have_text(re.compile(r"^1:0"))


def test_events_that_come_late_are_told_when_they_are_here(page: Page, address: str) -> None:
    held: list[Route] = []
    page.route("**/events.bin*", lambda route: route.continue_() if held else held.append(route))
    page.goto(f"{address}replay?id={LONG}&t={65 * 60_000}&skip=0")
    live = page.locator(".player .live")
    expect(live).to_contain_text("on their way")
    held[0].continue_()
    expect(live).to_contain_text("Pointer at")


def test_a_server_that_is_silent_in_mid_play(page: Page, address: str) -> None:
    is_gone = False
    page.route(
        "**/events.bin*",
        lambda route: route.abort() if is_gone and "chunk=2" in route.request.url else route.continue_(),
    )
    is_gone = True
    page.goto(f"{address}replay?id={LONG}&t={65 * 60_000}&skip=0")
    notice = page.locator(".notice", has_text="The server does not answer")
    expect(notice).to_be_visible()
    page.keyboard.press("k")
    frame(page, "playing").wait_for()
    page.keyboard.press("End")
    frame(page, "waiting").wait_for()
    page.keyboard.press("Shift+ArrowLeft")
    is_gone = False
    expect(page.locator(".notice", has_text="answers again")).to_be_visible()
    frame(page, "playing").or_(frame(page, "ended")).first.wait_for()


def test_what_cannot_be_opened_is_said(page: Page, address: str) -> None:
    page.goto(f"{address}replay?id=generated-ffffffffffffffff")
    expect(page.get_by_text("There is no such session")).to_be_visible()
    page.route("**/about.json", lambda route: route.fulfill(status=404, body="Not found"))
    page.goto(f"{address}replay?id={LONG}")
    expect(page.locator(".notice")).to_contain_text("not in the dataset any more")
    page.unroute("**/about.json")
    page.route("**/about.json", lambda route: route.fulfill(status=503, body="no"))
    page.goto(f"{address}replay?id={LONG}")
    retry = page.locator(".notice").get_by_role("button", name="Retry")
    expect(retry).to_be_visible()
    page.unroute("**/about.json")
    retry.click()
    frame(page).wait_for()
    expect(page.locator(".notice")).to_have_count(0)


def test_sessions_with_little_in_them(page: Page, address: str) -> None:
    page.goto(f"{address}replay?id={KEYS}")
    frame(page).wait_for()
    expect(page.locator(".item").first).to_be_visible()
    expect(page.locator(".stage .reason")).to_contain_text("No pictures")
    page.keyboard.press("k")
    frame(page, "ended").wait_for()
    for session_id in (ONE, NONE):
        page.goto(f"{address}replay?id={session_id}")
        frame(page).wait_for()
        page.keyboard.press("k")
        page.keyboard.press("n")
        expect(page.locator(".clock .whole")).to_have_text("0:00.00")
    expect(page.locator(".list .empty")).to_contain_text("nothing to list")


MOUNT = """
async ({url, data}) => {
  const host = document.createElement('div')
  document.body.replaceChildren(host)
  const root = host.attachShadow({mode: 'open'})
  root.innerHTML = '<div class="player" style="height: 600px"></div>'
  const player = await import(url)
  window.stop = player.default({data, parentElement: root})
}
"""


def test_nothing_stays_behind(page: Page, address: str) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}replay?id={KEYS}")
    frame(page).wait_for()
    module = page.evaluate(
        "() => performance.getEntriesByType('resource').find(({name}) => name.endsWith('/player.js')).name"
    )
    page.goto(f"{address}assets/none")
    data = {
        "session_id": KEYS, "about_url": f"/trace/{KEYS}/about.json", "events_url": f"/trace/{KEYS}/events.bin",
        "frame_url": "/frame/", "thumb_url": "/thumb/", "start_us": 1_000_000, "start_step": None, "start_frame": None,
        "side": "", "title": "Keys", "length": "4.0 s", "others": [], "app_colours": {}, "trace_way": f"/trace/{KEYS}",
        "ways": {"list": "sessions", "session": "session", "place": None, "previous": None, "next": None},
    }  # fmt: skip
    page.evaluate(MOUNT, {"url": module, "data": data})
    frame(page).wait_for()
    page.keyboard.press("k")
    page.evaluate("window.stop()")
    page.evaluate("document.body.replaceChildren()")
    page.keyboard.press("k")
    page.wait_for_timeout(300)
    assert errors == []
