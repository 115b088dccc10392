"""The stage of the review in a real browser: keys, places, verdicts that are never lost or doubled."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from .review_page import TEXTS, FakeServer, ReviewPage, review_page, text

pytestmark = pytest.mark.browser


def drag(review: ReviewPage, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Draw from one CSS pixel of the screen to another."""
    box = review.page.locator(".screen").bounding_box()
    assert box is not None
    mouse = review.page.mouse
    mouse.move(box["x"] + start[0], box["y"] + start[1])
    mouse.down()
    mouse.move(box["x"] + end[0], box["y"] + end[1], steps=4)
    mouse.up()


def wait_kept(review: ReviewPage, n: int) -> None:
    expect.set_options(timeout=8000)
    for _ in range(400):
        if len(review.server.order) >= n:
            return
        review.page.wait_for_timeout(20)
    raise AssertionError(f"{len(review.server.order)} verdicts kept, not {n}")


def test_a_batch_is_judged_by_keyboard_alone(browser: Browser) -> None:
    with review_page(browser) as review:
        review.open()
        review.press("1")
        # No place was marked: where, what, how bad, why.
        review.press("2", "2", "1", "1", "2")
        review.press("5")
        page = review.page
        page.get_by_role("heading", name="Batch 1 is judged").wait_for()
        assert review.verdicts() == ["clean", "leak", "broken"]
        leak = review.server.kept[review.server.order[1]]
        assert leak["spots"] == [{"channel": "window_title", "entity": "PERSON", "severity": "direct",
                                  "reason": "misplaced", "verdict": "leak"}]  # fmt: skip
        assert (leak["reader"], leak["role"]) == ("Ada", "reader")
        assert all(0 <= review.server.kept[lease]["spent_ms"] < 10_000 for lease in review.server.order)
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="what the checks had found").wait_for()
        page.keyboard.press("Enter")
        expect(page.locator(".told")).to_contain_text("2 of 5 left")
        review.press("4", "1", "1", "3")
        review.press("1")
        page.get_by_role("heading", name="Everything is judged").wait_for()
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Batch 2").wait_for()
        assert len(set(review.server.order)) == 5


def test_places_are_drawn_and_selected_and_can_be_taken_away(browser: Browser) -> None:
    with review_page(browser) as review:
        review.open()
        page = review.page
        review.press("0")
        drag(review, (300, 300), (400, 340))
        expect(page.locator(".place .where")).to_have_text(re.compile(r"Screen, \d+ × \d+ px"))
        review.press("Backspace")
        expect(page.locator(".place")).to_have_count(0)
        drag(review, (300, 300), (400, 340))
        select = """() => { const root = document.querySelector('#host').shadowRoot
          const text = root.querySelectorAll('.rows .text')[2]
          const range = document.createRange(); range.setStart(text.lastChild, 2); range.setEnd(text.lastChild, 8)
          const selection = root.getSelection?.() ?? getSelection()
          selection.removeAllRanges(); selection.addRange(range) }"""
        page.evaluate(select)
        review.press("s")
        expect(page.locator(".place")).to_have_count(2)
        review.press("t", "t", "Enter")
        expect(page.locator(".place")).to_have_count(3)
        review.press("Escape", "4", *("1", "1") * 3)
        wait_kept(review, 1)
        spots = review.server.kept[review.server.order[0]]["spots"]
        assert [spot["channel"] for spot in spots] == ["frame", "typed", "url"]
        region = {name: spots[0][name] for name in ("left_px", "top_px", "width_px", "height_px")}
        assert (region["width_px"], region["height_px"]) in {(101, 41), (100, 40), (101, 40), (100, 41)}
        start, end = spots[1]["char_start"], spots[1]["char_end"]
        assert (spots[1]["seq"], TEXTS[2]["text"][start:end]) == (7, "\u202eplease"[:6])
        assert {"column", "seq"} <= set(spots[2])
        assert all(spot["verdict"] == "unsure" and spot["severity"] is None for spot in spots)


def test_a_marked_place_is_not_dropped_by_one_slip(browser: Browser) -> None:
    with review_page(browser) as review:
        review.open()
        drag(review, (300, 300), (400, 340))
        review.press("1")
        expect(review.page.locator(".notice")).to_contain_text("You marked a place here")
        assert review.server.order == []
        review.press("1")
        wait_kept(review, 1)
        assert review.server.kept[review.server.order[0]]["spots"] == []


def test_a_silent_server_loses_and_doubles_nothing(browser: Browser) -> None:
    with review_page(browser, FakeServer(items_n=8, batch_size=8)) as review:
        review.open()
        page = review.page
        page.wait_for_timeout(300)
        review.server.loses = ["answer"]  # the first is kept, and its answer is lost
        review.press("1")
        review.server.is_silent = False
        expect(page.locator(".notice")).to_contain_text("One verdict waits here and will be sent again")
        review.server.is_silent = True
        review.press("5")
        expect(page.locator(".notices")).to_contain_text("2 verdicts wait here")
        review.press("z")
        expect(page.locator(".notices")).to_contain_text("is not kept yet")
        page.get_by_role("button", name="Try now").click()
        review.server.is_silent = False
        wait_kept(review, 2)
        expect(page.locator(".notices")).to_contain_text("The server answers again")
        assert review.verdicts() == ["clean", "broken"]
        answers = [body["lease_id"] for name, body in review.server.bodies if name == "answer"]
        assert answers.count(review.server.order[0]) >= 2
        assert len(review.server.kept) == 2


def test_what_waits_outlives_the_page(browser: Browser) -> None:
    with review_page(browser) as review:
        review.open()
        review.page.wait_for_timeout(200)
        review.server.is_silent = True
        review.press("1")
        expect(review.page.locator(".notice")).to_contain_text("One verdict waits")
        assert "Ada" not in review.page.url
        review.page.on("dialog", lambda dialog: dialog.accept())
        review.page.reload()
        review.server.is_silent = False
        review.open()
        wait_kept(review, 1)
        assert review.verdicts() == ["clean"]
        held = set(review.server.lent) - set(review.server.kept)
        assert len(held) == 2, "what was lent before the page was loaded again is given back"


def test_who_leaves_gives_back_what_is_lent_and_still_sends(browser: Browser) -> None:
    with review_page(browser) as review:
        review.open()
        review.page.wait_for_timeout(200)
        review.server.is_silent = True
        review.press("1")
        expect(review.page.locator(".notice")).to_contain_text("One verdict waits")
        review.server.is_silent = False
        review.page.evaluate("leave()")
        wait_kept(review, 1)
        for _ in range(50):
            if set(review.server.lent) == set(review.server.kept):
                break
            review.page.wait_for_timeout(20)
        assert set(review.server.lent) == set(review.server.kept)


def test_undo_brings_the_item_back_until_the_batch_is_closed(browser: Browser) -> None:
    with review_page(browser) as review:
        review.open()
        review.press("1")
        wait_kept(review, 1)
        first = review.server.lent[review.server.order[0]]
        review.press("1")
        wait_kept(review, 2)
        review.press("z")
        expect(review.page.locator(".notices")).to_contain_text("Taken back: Clean")
        review.page.locator(".verdict.clean:enabled").wait_for()
        review.server.loses = ["undo"]
        review.press("z")
        expect(review.page.locator(".notices")).to_contain_text("one verdict is taken back, not two")
        assert review.verdicts() == []
        review.press("z")
        expect(review.page.locator(".notices")).to_contain_text("Taken back: Clean")
        review.page.wait_for_timeout(300)
        review.press("5")
        wait_kept(review, 1)
        assert review.server.lent[review.server.order[0]] == first
        review.press("1")
        wait_kept(review, 2)
        review.press("1")
        page = review.page
        page.get_by_role("button", name="Undo the last verdict").wait_for()
        review.press("z")
        page.wait_for_timeout(300)
        review.press("1")
        page.get_by_role("button", name="Close the batch").click()
        page.get_by_role("heading", name="what the checks had found").wait_for()
        review.press("z")
        assert review.verdicts() == ["broken", "clean", "clean"]


def test_a_batch_whose_end_was_told_to_nobody_goes_on(browser: Browser) -> None:
    with review_page(browser, FakeServer(items_n=2, batch_size=1)) as review:
        review.open()
        review.press("1")
        close = review.page.get_by_role("button", name="Close the batch")
        review.server.loses = ["close"]
        close.click()
        expect(review.page.locator(".notices")).to_contain_text("Nothing is lost")
        close.click()
        review.press("1")
        wait_kept(review, 2)


def test_other_ways_to_look(browser: Browser) -> None:
    server = FakeServer(items_n=2)
    server.items[1]["picture"] = None
    with review_page(browser, server) as review:
        review.open()
        page = review.page
        review.press("c")
        expect(page.locator(".seen")).to_contain_text("Masks stretched to their own range")
        expect(page.get_by_role("button", name="Contrast")).to_have_attribute("aria-pressed", "true")
        review.press("d")
        expect(page.locator(".seen")).to_have_text("No pixel differs")
        page.keyboard.down("m")
        expect(page.get_by_role("button", name="Outlines")).to_have_attribute("aria-pressed", "true")
        page.keyboard.up("m")
        expect(page.get_by_role("button", name="Outlines")).to_have_attribute("aria-pressed", "false")
        review.press("0")
        expect(page.locator(".tools .size")).to_have_text("100 %")
        review.press("1")
        expect(page.locator(".screen .reason")).to_contain_text("No screenshot in this moment")


def test_text_is_text_and_masked_parts_are_chips(browser: Browser) -> None:
    server = FakeServer(items_n=1)
    hostile = "<img src=http://192.0.2.1/a.png onerror=alert(1)>" + "x" * 4000
    server.items[0]["texts"] = (text("url", hostile), *TEXTS)
    with review_page(browser, server) as review:
        review.open()
        page = review.page
        assert page.locator(".rows img").count() == 0
        expect(page.locator(".row .text").first).to_contain_text("<img src=http://192.0.2.1/a.png")
        page.get_by_role("button", name="Show 1,049 more characters").click()
        assert page.locator(".row .text").first.inner_text() == hostile
        expect(page.locator(".masked").first).to_have_text("<PERSON>")
        expect(page.locator(".masked").first).to_have_attribute("data-entity", "PERSON")


def test_a_picture_that_does_not_decode_says_so(browser: Browser) -> None:
    server = FakeServer(items_n=1)
    server.items[0]["picture"] = b"no picture at all"
    with review_page(browser, server) as review:
        review.open()
        expect(review.page.locator(".screen .reason")).to_have_text("The stored picture does not decode.")
        review.press("5")
        wait_kept(review, 1)


def test_a_moment_that_shows_nothing_can_be_doubted(browser: Browser) -> None:
    server = FakeServer(items_n=1)
    server.items[0] |= {"picture": None, "texts": (), "masks": []}
    with review_page(browser, server) as review:
        review.open()
        expect(review.page.locator(".screen .reason")).to_have_text(
            "Neither screenshot nor text in this moment."
        )
        review.press("4", "1", "h", "3")
        wait_kept(review, 1)
        assert review.server.kept[review.server.order[0]]["spots"][0]["channel"] == "frame"


@pytest.mark.parametrize("size", [(1100, 700), (390, 844)])
def test_however_long_a_batch_was_the_way_on_is_in_sight(browser: Browser, size: tuple[int, int]) -> None:
    server = FakeServer(items_n=1)
    close = server.on_close

    def on_close(body: dict[str, Any]) -> dict[str, Any]:
        told = close(body)
        return {**told, "revealed": told["revealed"] * 60}

    server.on_close = on_close  # type: ignore[method-assign]
    width, height = size
    with review_page(browser, server, viewport={"width": width, "height": height}) as review:
        review.open()
        review.press("1")
        review.page.get_by_role("button", name="Close the batch").click()
        expect(review.page.locator(".revealed li")).to_have_count(60)
        expect(review.page.get_by_role("button", name="Back to the plan")).to_be_in_viewport(ratio=1)


def test_a_name_that_is_refused_can_be_given_anew(browser: Browser) -> None:
    server = FakeServer(items_n=1)
    server.refuses["ada@example.com"] = "name: holds an e-mail address. Sign with a name or a pseudonym"
    with review_page(browser, server) as review:
        review.open(name="")
        review.page.get_by_label("Your name").fill("ada@example.com")
        review.page.keyboard.press("Enter")
        expect(review.page.get_by_text("Sign with a name or a pseudonym")).to_be_visible()
        review.page.keyboard.press("Enter")
        review.page.get_by_label("Your name").fill("Ada")
        review.page.keyboard.press("Enter")
        review.press("1")
        wait_kept(review, 1)
        assert {body["reader"] for name, body in review.server.bodies if name == "answer"} == {"Ada"}


PIXELS = """async ([now, before, boxes]) => {
  const { stretched, difference } = await import('/player/review_pixels.js')
  const pixels = (rows) => ({ width: rows[0].length, height: rows.length,
    data: Uint8ClampedArray.from(rows.flat().flatMap((value) => [value, value, value, 255])) })
  const first = (data) => data && Array.from(data).filter((_, at) => at % 4 === 0)
  const found = difference(pixels(now), pixels(before))
  return [first(stretched(pixels(now), boxes)), found && first(found.data), found?.changed_n]
}"""


def test_stretching_and_difference_pixel_by_pixel(browser: Browser) -> None:
    with review_page(browser) as review:
        box = {"left": 0, "top": 0, "width": 3, "height": 1}
        run: Any = lambda *given: review.page.evaluate(PIXELS, list(given))  # noqa: E731
        stretched, changed, changed_n = run([[0, 2, 4], [0, 4, 255]], [[0, 2, 4], [0, 5, 255]], [box])
        assert stretched[:3] == [0, 128, 255], "inside a mask its own range becomes black to white"
        assert stretched[3:] == [0, 58, 255], "elsewhere dark values are spread, and white stays"
        assert (changed[4], changed_n) == (4, 1)
        assert changed[5] == 255
        assert run([[1]], [[1, 2]], [])[1] is None
        assert run([[7, 7]], [[7, 7]], [{**box, "left": -5, "width": 99}])[0] == [7, 7], "nothing to stretch"


@pytest.mark.parametrize("look", ["light-wide", "dark-narrow"])
def test_it_is_usable_for_everybody(browser: Browser, look: str) -> None:
    theme, _, size = look.partition("-")
    viewport = {"width": 1440, "height": 900} if size == "wide" else {"width": 390, "height": 844}
    with review_page(browser, theme=theme, viewport=viewport, has_touch=size == "narrow") as review:
        review.open()
        page = review.page
        drag(review, (80, 100), (160, 140)) if size == "wide" else None
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        review.press("2")
        page.locator("dialog[open] .answer").first.wait_for()
        assert violations(review) == []
        review.press("Escape", "?")
        expect(page.get_by_role("dialog", name="Keyboard")).to_contain_text("Take back the last verdict")
        page.keyboard.press("Escape")
        if size == "wide":
            assert violations(review) == []


NOTHING_HAS_THE_FOCUS = """() => {
    let held = document.activeElement
    while (held.shadowRoot?.activeElement) held = held.shadowRoot.activeElement
    held.blur()
}"""


def test_a_key_at_the_moment_a_question_closes_is_heard(browser: Browser) -> None:
    with review_page(browser) as review:
        review.open()
        for _ in range(3):
            review.page.evaluate(NOTHING_HAS_THE_FOCUS)
            review.press("2")
            review.page.locator("dialog.chooser[open] .answer").first.wait_for()
            review.page.keyboard.press("Escape")
            review.page.keyboard.press("?")
            expect(review.page.get_by_role("dialog", name="Keyboard")).to_be_visible()
            review.page.keyboard.press("Escape")


def violations(review: ReviewPage) -> list[str]:
    found = Axe().run(review.page).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def test_streamlit_never_hears_our_keys(browser: Browser) -> None:
    with review_page(browser) as review:
        review.open()
        review.page.evaluate(
            "() => { window.heard = []; document.addEventListener('keydown', (e) => heard.push(e.key)) }"
        )
        review.press("c", "r", "c")
        review.page.locator("h1").click()
        review.press("r", "c")
        assert review.page.evaluate("heard") == []
