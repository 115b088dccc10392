"""Real recordings of every format replay in a real browser, and everything the player does works on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from explorer.engine import open_engine

from . import replay_page as pages

pytestmark = [pytest.mark.browser, pytest.mark.real]
expect.set_options(timeout=15_000)
press, frame, settled_us = pages.press, pages.frame, pages.settled_us
FORMATS = (
    "agentnet_raw", "agentnet_trajectory", "balabit", "ducktrack", "openadapt_capture", "owamcap", "pc_tracker",
    "rrweb", "sapimouse",
)  # fmt: skip


class Opened(NamedTuple):
    """A page that may see the real recordings, their address, and the longest session of each format."""

    page: Page
    address: str
    sessions: dict[str, str]


@pytest.fixture(scope="module")
def opened(
    browser: Browser, real_sessions: Path, served: Callable[[Path], Any], watched: Callable[..., Any]
) -> Iterator[Opened]:  # fmt: skip
    engine = open_engine(real_sessions)
    rows = engine.run("sessions/list", {"limit_n": 1000}).to_pylist()
    engine.close()
    rows.sort(key=lambda row: row["moves_n"] + row["events_n"])
    with (
        served(real_sessions) as address,
        watched(browser, permissions=["clipboard-read", "clipboard-write"]) as page,
    ):
        page.goto(address)
        yield Opened(
            page, address.partition("?")[0], {row["source_format"]: row["session_id"] for row in rows}
        )


@pytest.mark.parametrize("source_format", FORMATS)
def test_it_replays(opened: Opened, source_format: str) -> None:
    page, address, sessions = opened
    session_id = sessions[source_format]
    pages.go(page, address, session_id, skip=0, idle="unfolded")
    about = pages.about(page, session_id)
    is_timed, duration_us = about["axis"] == "time", about["duration_us"]
    _plays_and_stops(page, is_timed)
    press(page, "End")
    _stands_at(page, duration_us, is_timed)
    press(page, "Home", "j")
    _steps_and_links(page, is_timed)
    _loops(page, duration_us)
    _is_seen(page, bool(about["frames"]["id"]))


def _stands_at(page: Page, t_us: int, is_timed: bool) -> None:
    """The clock's place, by the address; a step axis shows no time to compare with."""
    if is_timed:
        assert settled_us(page) == t_us
    else:
        page.wait_for_function("t => new URL(location).searchParams.get('t') === t", arg=f"{t_us // 1000}")


def _plays_and_stops(page: Page, is_timed: bool) -> None:
    press(page, "4", "k")
    frame(page, "playing").or_(frame(page, "ended")).first.wait_for()
    page.wait_for_timeout(500)
    if frame(page, "playing").count():
        press(page, "k")
    expect(page.get_by_label("Speed")).to_have_value("4")
    if is_timed:
        assert settled_us(page) > 0


def _steps_and_links(page: Page, is_timed: bool) -> None:
    page.wait_for_timeout(400)
    press(page, "l")
    expect(page.get_by_role("button", name="Copied", exact=True)).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    page.goto(link)
    frame(page).first.wait_for()
    t_us = round(float(parse_qs(urlsplit(link).query)["t"][0]) * 1000)
    _stands_at(page, t_us, is_timed)


def _loops(page: Page, duration_us: int) -> None:
    press(page, "Home", "[")
    box = page.locator(".track").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 30)
    press(page, "]")
    expect(page.locator(".track .loop")).to_be_visible()
    press(page, "\\")
    expect(page.locator(".track .loop")).to_be_hidden()
    for share, act in ((0.2, page.mouse.down), (0.6, page.mouse.up)):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + 40, steps=4)
        act()
    if duration_us > 1_000_000:
        whole = page.get_by_role("button", name="Whole session")
        whole.click()
        expect(whole).to_be_hidden()


def _is_seen(page: Page, has_frames: bool) -> None:
    if has_frames:
        press(page, "z")
        expect(page.locator(".strip .size")).to_have_text("100 %")
        press(page, "Z")
    else:
        expect(page.locator(".stage .reason")).to_be_visible()
    page.set_viewport_size({"width": 1180, "height": 760})
    canvas = page.locator(".track canvas")
    expect(canvas).to_be_visible()
    assert canvas.evaluate(pages.IS_SHARP)
    page.set_viewport_size({"width": 1440, "height": 900})
    press(page, "/")
    page.keyboard.type("no such words")
    expect(
        page.get_by_text("Nothing passes the filter.").or_(page.get_by_text("There is nothing to list"))
    ).to_be_visible()
    page.get_by_label("Filter the events").fill("")
