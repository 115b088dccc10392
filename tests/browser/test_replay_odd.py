"""Recordings that are odd, and a server that goes away: the replay says what is wrong, and the rest works."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from explorer.trace.dataset import create

from ..engine.mapped_shapes import step_folder
from . import replay_page as pages

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)
go, frame, press = pages.go, pages.frame, pages.press
BACK, TEN, BROKEN, LONG = (f"generated-{name * 16}" for name in "abcd")
SECOND_US = 1_000_000
# Times of moves in their true order: the fourth goes back.
BACK_S = (0, 1, 2, 0.5, 3, 4)
WIDE, TALL = 1000, 800
FRAMES_N = 60
MARGIN_PX = 16  # around the desktop on the stage


@pytest.fixture(scope="module")
def root(
    dataset_of: Callable[..., Path], frame_row: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    moves = [
        {"session_id": BACK, "seq": at, "t_us": round(t_s * SECOND_US), "x_px": 100 + at, "y_px": 200 + at}
        for at, t_s in enumerate(BACK_S)
    ]
    # Ten displays in two rows around the primary one; the pointer visits each for a second.
    corners = [(WIDE * (at % 5 - 2), TALL * (at // 5 - 1)) for at in range(10)]
    moves += [
        {"session_id": TEN, "seq": at, "t_us": at * SECOND_US, "x_px": left + 100, "y_px": top + 50}
        for at, (left, top) in enumerate(corners)
    ]
    displays = [
        {"session_id": TEN, "display_id": f"D{at}", "left_px": left, "top_px": top, "width_px": WIDE,
         "height_px": TALL, "is_primary": (left, top) == (0, 0)}
        for at, (left, top) in enumerate(corners)
    ]  # fmt: skip
    frames = [frame_row(BROKEN, at, seq=2 * at, t_us=2 * at * SECOND_US) for at in range(3)]
    frames[1]["image"] = {"bytes": b"\x89PNG\r\n\x1a\n and then nothing that a browser knows", "path": None}
    moves += [
        {"session_id": BROKEN, "seq": 2 * at + 1, "t_us": (2 * at + 1) * SECOND_US, "x_px": 5, "y_px": 5}
        for at in range(3)
    ]
    frames += [frame_row(LONG, at, seq=2 * at, t_us=20 * at * SECOND_US) for at in range(FRAMES_N)]
    moves += [
        {"session_id": LONG, "seq": 2 * at + 1, "t_us": 20 * at * SECOND_US + 5, "x_px": at, "y_px": at}
        for at in range(FRAMES_N)
    ]
    sessions = [
        {"session_id": BACK, "duration_us": 4 * SECOND_US}, {"session_id": TEN, "duration_us": 10 * SECOND_US},
        {"session_id": BROKEN, "duration_us": 6 * SECOND_US},
        {"session_id": LONG, "duration_us": 20 * FRAMES_N * SECOND_US},
    ]  # fmt: skip
    found = tmp_path_factory.mktemp("odd") / "set"
    create(found, "Odd", synthetic=True)
    return dataset_of(found, sessions=sessions, moves=moves, displays=displays, frames=frames)


@pytest.fixture(scope="module")
def address(served: Callable[..., Any], root: Path) -> Iterator[str]:
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


def opened(page: Page, address: str, session_id: str, **moment: object) -> None:
    more = "".join(f"&{name}={value}" for name, value in moment.items())
    page.goto(f"{address}replay?id={session_id}{more}")
    frame(page).wait_for()


def test_times_that_run_backwards_are_said_and_never_go_back(page: Page, address: str) -> None:
    opened(page, address, BACK, skip=0)
    summary = page.locator(".player .summary")
    expect(summary).to_contain_text("clock stepped back")
    expect(summary).to_have_attribute("title", re.compile("1 event would go back in time"))
    live = page.locator(".player .live")
    for t_s, x_y in ((0, "100, 200"), (1.5, "101, 201"), (2, "103, 203"), (2.5, "103, 203"), (3, "104, 204")):
        opened(page, address, BACK, skip=0, t=int(t_s * 1000))
        expect(live).to_contain_text(f"Pointer at {x_y}")
    opened(page, address, BACK, skip=0, t=1900)
    press(page, "k")
    frame(page, "playing").wait_for()
    frame(page, "ended").wait_for()
    assert pages.now_us(page) == 4 * SECOND_US


def test_ten_displays_have_room_and_the_pointer_is_on_its_own(page: Page, address: str) -> None:
    opened(page, address, TEN, skip=0, trail=0)
    screen = page.locator(".stage .screen").bounding_box()
    assert screen is not None
    scale = min(
        (screen["width"] - 2 * MARGIN_PX) / (5 * WIDE), (screen["height"] - 2 * MARGIN_PX) / (2 * TALL)
    )
    left = screen["x"] + (screen["width"] - 5 * WIDE * scale) / 2
    top = screen["y"] + (screen["height"] - 2 * TALL * scale) / 2
    for at in (0, 4, 5, 9):
        x, y = WIDE * (at % 5) + 100, TALL * (at // 5) + 50
        opened(page, address, TEN, skip=0, trail=0, t=at * 1000)
        expect(page.locator(".player .live")).to_contain_text(f"Pointer at {x - 2 * WIDE}, {y - TALL}")
        box = page.locator(".stage canvas.over").evaluate(INK)
        assert abs(box[0] + screen["x"] - left - x * scale) < 4
        assert abs(box[1] + screen["y"] - top - y * scale) < 4


# Left and top of what is drawn on a canvas, in CSS pixels.
INK = """(canvas) => {
  const { width, height, clientWidth } = canvas
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height)
  const found = [width, height]
  for (let at = 3; at < data.length; at += 4) {
    if (data[at] < 128) continue
    const place = (at - 3) / 4
    found[0] = Math.min(found[0], place % width)
    found[1] = Math.min(found[1], Math.floor(place / width))
  }
  return found.map((px) => px * clientWidth / width)
}"""


def test_a_picture_that_does_not_decode_is_said_and_the_others_are_shown(page: Page, address: str) -> None:
    opened(page, address, BROKEN, skip=0)
    reason = page.locator(".stage .reason")
    expect(reason).to_be_hidden()
    press(page, ".")
    expect(reason).to_contain_text("does not decode")
    expect(reason.get_by_role("button", name="Try again")).to_be_visible()
    press(page, ".")
    expect(reason).to_be_hidden()
    opened(page, address, BROKEN, skip=0, t=1500)
    press(page, "k")
    expect(reason).to_contain_text("does not decode")
    frame(page, "ended").wait_for()
    expect(reason).to_be_hidden()


def test_parquet_of_others_is_replayed_in_place(
    page: Page, served: Callable[..., Any], tmp_path: Path
) -> None:
    """Its pictures have no sizes until they are decoded."""
    folder = step_folder(tmp_path / "theirs")
    with served(folder, mapping=str(folder / "m.yaml")) as address:
        page.goto(address)
        page.goto(f"{urlsplit(address).scheme}://{urlsplit(address).netloc}/replay")
        frame(page).wait_for()
        size = page.locator(".strip .size")
        expect(size).to_have_text(re.compile(r"^[1-9]\d* %$"))
        colours = set()
        for _ in range(3):
            page.wait_for_timeout(300)
            colours.add(tuple(page.locator(".stage canvas.ground").evaluate(MIDDLE)))
            press(page, ".")
        assert {colour[1:] for colour in colours} == {(100, 50)}, (
            "the pictures themselves, over the whole screen"
        )
        assert len(colours) > 1
        expect(page.locator(".player .live")).to_contain_text("Pointer at ")
        press(page, "k")
        frame(page, "ended").wait_for()


# Colour in the middle of a canvas.
MIDDLE = """(canvas) => {
  const { width, height } = canvas
  return [...canvas.getContext('2d').getImageData(width / 2, height / 2, 1, 1).data].slice(0, 3)
}"""


def _own_port() -> int:
    """A port that no other server looks for while ours is away."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_server_that_goes_and_comes_back_in_mid_play(
    page: Page, served: Callable[..., Any], root: Path
) -> None:
    port = _own_port()
    with ExitStack() as first:
        address = first.enter_context(served(root, port=port))
        opened(page, address, LONG, skip=0, idle="unfolded", speed=16)
        expect(page.locator(".list .count")).to_have_text(re.compile(r"^\d"))
        page.locator(".player .track").evaluate("track => { window.kept = track }")
        press(page, "k")
        frame(page, "playing").wait_for()
    silent = page.locator(".notice", has_text="The server does not answer")
    expect(silent).to_be_visible()
    before_us = pages.now_us(page)
    page.wait_for_timeout(1000)
    frame(page, "playing").wait_for()
    assert pages.now_us(page) > before_us + 10 * SECOND_US, "what is here plays on"
    with served(root, port=port):
        expect(page.locator(".notice", has_text="answers again")).to_be_visible(timeout=40_000)
        expect(silent).to_have_count(0)
        reason = page.locator(".stage .reason")
        expect(reason).to_be_hidden()
        frame(page, "playing").or_(frame(page, "ended")).first.wait_for()
        assert page.locator(".player .track").evaluate("track => track === window.kept")
        # Streamlit is back too: its own ways work.
        page.get_by_role("link", name="Page of this session").click()
        expect(page.get_by_role("link", name="Replay", exact=True).last).to_be_visible()
