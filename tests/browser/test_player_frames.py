"""Pictures of the player: what is fetched when, what is kept, what is closed, and what a failure leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser

from . import stage_page as pages

pytestmark = pytest.mark.browser


PICTURE = pages.png(Image.new("RGB", (40, 25), (255, 0, 0)))
# Frames over the page's own fetch and decoder; every bitmap that was ever made is remembered.
MAKE = """async (options) => {
  const { createFrames } = await import('/player/frames.js')
  window.pictures?.close()
  window.made = []
  window.heard = []
  window.given_up = []
  window.pictures = createFrames({
    urlOf: (index) => `/frame/${index}`, frames_n: 200, ...options,
    fetch: (url, how) => {
      how.signal.addEventListener('abort', () => given_up.push(Number(url.split('/').pop())))
      return fetch(url, how)
    },
    createBitmap: async (blob, how) => {
      const bitmap = await createImageBitmap(blob, how)
      made.push(bitmap)
      return bitmap
    },
  })
  pictures.listen((index, state) => heard.push([index, state]))
}"""
OPEN_N = "made.filter((bitmap) => bitmap.width > 0).length"


@pytest.fixture(scope="module")
def opened(browser: Browser) -> Iterator[Any]:
    with pages.stage_page(browser) as stage:
        yield stage


@pytest.fixture
def frames(opened: Any) -> Iterator[Any]:
    opened.answers = {str(index): PICTURE for index in range(200)}
    opened.asked.clear()
    opened.run(MAKE, {})
    yield opened
    opened.let_go()
    opened.run("pictures.close()")


def ready(frames: Any, *indexes: int) -> None:
    frames.page.wait_for_function(
        "(all) => all.every((i) => pictures.state(i) === 'ready')", arg=list(indexes)
    )


@pytest.mark.parametrize(
    ("index", "direction", "order"),
    [
        (10, 1, [10, 11, 12, 13]),
        (10, -1, [10, 9, 8, 7]),
        (198, 1, [198, 199]),
        (0, -1, [0]),
        (0, 0, [0, 1, 2, 3]),
    ],
)
def test_the_picture_comes_first_and_three_ahead_after_it(
    frames: Any, index: int, direction: int, order: list[int]
) -> None:
    frames.is_holding = True
    frames.run("([index, direction]) => pictures.want(index, direction)", [index, direction])
    frames.page.wait_for_timeout(150)
    assert frames.asked == [str(index)], "alone, so that nothing delays it"
    frames.let_go()
    ready(frames, *order)
    assert sorted(frames.asked) == sorted(str(place) for place in order)
    assert frames.run("(i) => [pictures.get(i).width, pictures.get(i).height]", index) == [40, 25]
    frames.run("([index, direction]) => pictures.want(index, direction)", [index, direction])
    frames.page.wait_for_timeout(50)
    assert len(frames.asked) == len(order), "what is here is not asked for again"


def test_at_most_64_stay_and_the_others_are_closed(frames: Any) -> None:
    for index in range(0, 120, 4):
        frames.run("(i) => pictures.want(i)", index)
        ready(frames, *range(index, index + 4))
    assert frames.run(f"[made.length, {OPEN_N}, pictures.kept.size]") == [120, 64, 64]
    assert frames.run("[0, 55, 56, 119].map((i) => pictures.state(i))") == ["none", "none", "ready", "ready"]
    assert frames.run(
        "[pictures.get(0), pictures.nearest(40), pictures.nearest(60), pictures.nearest(500)]"
    ) == [None, -1, 60, 119]
    frames.run("pictures.get(56)")
    frames.run("pictures.want(150)")
    ready(frames, 150, 151, 152, 153)
    assert frames.run("[56, 57, 60, 61].map((i) => pictures.state(i))") == [
        "ready",
        "none",
        "none",
        "ready",
    ], "used last"
    frames.run("pictures.close()")
    assert frames.run(OPEN_N) == 0


def test_large_pictures_are_kept_by_their_size(frames: Any) -> None:
    frames.run(MAKE, {"most_bytes": 10 * 40 * 25 * 4})
    for index in range(0, 40, 4):
        frames.run("(i) => pictures.want(i)", index)
        ready(frames, *range(index, index + 4))
    assert frames.run(f"[{OPEN_N}, pictures.kept_bytes]") == [10, 10 * 40 * 25 * 4]
    frames.run(MAKE, {"most_bytes": 1})
    frames.run("pictures.want(0)")
    ready(frames, 0, 1, 2, 3)
    assert frames.run("pictures.state(0)") == "ready", (
        "the one needed and those ahead of it stay, whatever their size"
    )


def test_what_is_no_longer_wanted_is_given_up(frames: Any) -> None:
    frames.is_holding = True
    for index in (0, 50, 100):
        frames.run("(i) => pictures.want(i)", index)
    frames.page.wait_for_function("given_up.length === 1")
    assert frames.run("given_up") == [50], "the oldest may finish"
    frames.let_go()
    ready(frames, 0, 100, 101, 102, 103)
    assert frames.run("[pictures.state(50), pictures.loads.size]") == ["none", 0]


def test_fast_playing_still_shows_pictures(frames: Any) -> None:
    frames.run(
        """() => {
        let index = 0
        const timer = setInterval(() => {
          pictures.want(index)
          index = (index + 1) % 140
          if (heard.filter(([, state]) => state === 'ready').length >= 3) { clearInterval(timer); pictures.want(150) }
        }, 4)
      }"""
    )
    ready(frames, 150, 151, 152, 153)
    passed = [index for index, state in frames.run("heard") if state == "ready" and index < 140]
    assert len(passed) >= 3


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (404, "not in the dataset"),
        (500, "could not read"),
        (0, "did not answer"),
        (b"GIF89a?", "does not decode"),
        (b"", "does not"),
    ],
)
def test_a_failure_is_said_once_and_can_be_tried_again(frames: Any, answer: int | bytes, words: str) -> None:
    frames.answers["5"] = answer
    for _ in range(3):
        frames.run("pictures.want(5)")
        ready(frames, 6, 7, 8)
        frames.run("pictures.want(20)")
        ready(frames, 20)
    assert frames.run("heard.filter(([index]) => index === 5)") == [[5, "failed"]]
    assert frames.asked.count("5") == 1
    assert words in frames.run("pictures.reason(5)")
    assert frames.run("[pictures.get(5), pictures.state(5), pictures.reason(6)]") == [None, "failed", ""]
    frames.answers["5"] = PICTURE
    frames.run("pictures.want(5)")
    frames.run("pictures.retry(5)")
    ready(frames, 5)
    assert frames.run("pictures.reason(5)") == ""


def test_after_a_reconnect_all_failures_are_forgotten(frames: Any) -> None:
    for index in range(4):
        frames.answers[str(index)] = 0
    frames.run("pictures.want(0)")
    frames.page.wait_for_function("heard.length === 4")
    frames.answers |= {str(index): PICTURE for index in range(4)}
    frames.run("pictures.retry()")
    ready(frames, 0, 1, 2, 3)
    assert (
        frames.run("[0, 1, 2, 3].map((index) => [pictures.state(index), pictures.reason(index)])")
        == [["ready", ""]] * 4
    )


def test_closing_stops_what_is_on_its_way(frames: Any) -> None:
    frames.is_holding = True
    frames.run("pictures.want(0); pictures.onready = () => heard.push('late'); 0")
    frames.page.wait_for_timeout(50)
    frames.run("pictures.close()")
    frames.let_go()
    frames.page.wait_for_timeout(100)
    assert frames.run(f"[heard.length, pictures.kept.size, {OPEN_N}]") == [0, 0, 0]
