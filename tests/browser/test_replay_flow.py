"""The replay in a real browser: it plays without the server, and every way leads to the right moment."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from . import replay_page as pages

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)


go, frame, press, about, sent_by = pages.go, pages.frame, pages.press, pages.about, pages.sent_by
now_us, settled_us = pages.now_us, pages.settled_us


@pytest.fixture(scope="module")
def office() -> dict[str, Any]:
    found: dict[str, Any] = pages.office()
    return found


@pytest.fixture(scope="module")
def address(office_address: str) -> str:
    return office_address


@pytest.fixture(scope="module")
def page(browser: Browser, watched: Callable[..., Any]) -> Iterator[Page]:
    with watched(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        yield page


def test_it_plays_without_a_run_of_the_script(page: Page, address: str, office: dict[str, Any]) -> None:
    counts = sent_by(page)
    go(page, address, office["person"], skip=0)
    page.wait_for_load_state("networkidle")
    assert counts["sent"] > 0
    before = dict(counts)
    press(page, "k")
    frame(page, "playing").wait_for()
    page.wait_for_timeout(1500)
    assert 1_000_000 < now_us(page) < 4_000_000
    press(page, "4")
    expect(page.get_by_label("Speed")).to_have_value("4")
    # Streamlit's own keys: r would run the script again, c would ask whether to clear its memory.
    press(page, "c", "c", "c", " ", "R", "r", " ")
    frame(page, "playing").wait_for()
    assert page.get_by_role("dialog").count() == 0
    page.wait_for_timeout(500)
    press(page, "k")
    t_us = settled_us(page)
    assert t_us > 2_000_000
    assert counts == before, "playing, pausing and moving send nothing"
    press(page, "End", "k")
    frame(page, "playing").wait_for()
    pages.comes_below(page, office["duration_us"] // 2)  # playing at the end begins anew


def test_a_run_of_the_script_does_not_stop_it(page: Page, address: str, office: dict[str, Any]) -> None:
    counts = sent_by(page)
    go(page, address, office["person"], t=1000)
    page.locator(".player .track").evaluate("track => { window.kept = track }")
    press(page, "k")
    frame(page, "playing").wait_for()
    before_n = counts["sent"]
    page.get_by_test_id("stSidebar").get_by_role("link", name="Queries").focus()
    press(page, "r")
    page.wait_for_timeout(1500)
    assert counts["sent"] > before_n, "the script ran again"
    assert page.locator(".player .track").evaluate("track => track === window.kept")
    expect(frame(page, "playing")).to_be_visible()
    assert now_us(page) > 2_000_000


def test_every_way_to_a_moment(page: Page, address: str, office: dict[str, Any]) -> None:
    go(page, address, office["person"], t=0, idle="unfolded")
    for place in (0, 1):
        press(page, "n")
        assert settled_us(page) == office["clicks_us"][place]
    press(page, "p")
    assert settled_us(page) == office["clicks_us"][0]
    press(page, "Home", "s")
    assert settled_us(page) == office["keys_us"][0]
    press(page, "ArrowRight")
    assert settled_us(page) == office["keys_us"][0] + 5_000_000
    press(page, "Alt+ArrowLeft")
    assert settled_us(page) == office["keys_us"][0] + 4_900_000
    press(page, "Home", ".", ".")
    frames_us = about(page, office["person"])["frames"]["t_us"]
    assert settled_us(page) == sorted({t for t in frames_us if t > 0})[1]
    box = page.locator(".track").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 40)
    assert 0.3 < settled_us(page) / office["duration_us"] < 0.7
    page.mouse.move(box["x"] + 10, box["y"] + 40)
    expect(page.locator(".lanes .hover img:not(.missing)")).to_be_visible()
    item = page.locator(".item", has=page.locator(".shape.click")).first
    minutes, seconds = (item.locator(".when").text_content() or "").split(":")
    item.locator(".go").click()
    assert abs(settled_us(page) - int(minutes) * 60e6 - float(seconds) * 1e6) <= 100_000
    expect(page.locator(".item.current")).to_have_count(1)


def test_a_link_opens_exactly_there(page: Page, address: str, office: dict[str, Any]) -> None:
    t_us = office["clicks_us"][1] + 123
    go(page, address, office["person"], t=f"{t_us / 1000:.3f}", speed=2, skip=0, masks=1)
    press(page, "l")
    expect(page.get_by_role("button", name="Copied", exact=True)).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    query = parse_qs(urlsplit(link).query)
    assert round(float(query["t"][0]) * 1000) == t_us
    assert (query["speed"], query["skip"], query["masks"]) == (["2"], ["0"], ["1"])
    page.goto(link)
    frame(page).wait_for()
    assert settled_us(page) == t_us
    expect(page.get_by_label("Speed")).to_have_value("2")
    expect(page.get_by_role("button", name="skip idle")).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_role("button", name="masks")).to_have_attribute("aria-pressed", "true")
    go(page, address, office["person"], t=10**9)
    expect(page.get_by_role("status").first).to_contain_text("after the end")
    assert settled_us(page) == office["duration_us"]


def test_loop_zoom_and_size(page: Page, address: str, office: dict[str, Any]) -> None:
    go(page, address, office["person"], t=2000, idle="unfolded", skip=0)
    press(page, "[", "Alt+ArrowRight", "Alt+ArrowRight", "Alt+ArrowRight", "Alt+ArrowRight", "]")
    expect(page.locator(".track .loop")).to_be_visible()
    press(page, "k")
    seen = [now_us(page) for _ in range(12) if page.wait_for_timeout(120) is None]
    assert all(1_990_000 <= t_us <= 2_400_000 for t_us in seen)
    assert any(after < before for before, after in pairwise(seen))
    press(page, "k", "\\")
    expect(page.locator(".track .loop")).to_be_hidden()
    box = page.locator(".track").bounding_box()
    assert box is not None
    for share, act in ((0.2, page.mouse.down), (0.4, page.mouse.up)):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + 40, steps=4)
        act()
    whole = page.get_by_role("button", name="Whole session")
    expect(whole).to_be_visible()
    before_us = settled_us(page)
    page.mouse.click(box["x"] + 0.5 * box["width"], box["y"] + 40)
    assert before_us != settled_us(page)
    assert 0.15 < settled_us(page) / office["duration_us"] < 0.45
    press(page, "z")
    expect(page.locator(".strip .size")).to_have_text("100 %")
    press(page, "Z")
    fitted = page.locator(".strip .size").text_content()
    page.set_viewport_size({"width": 1180, "height": 760})
    expect(page.locator(".strip .size")).not_to_have_text(fitted or "")
    assert page.locator(".track canvas").evaluate(pages.IS_SHARP)
    page.set_viewport_size({"width": 1440, "height": 900})
    whole.click()
    expect(whole).to_be_hidden()


def test_waiting_is_leapt_over_while_it_plays(page: Page, address: str, office: dict[str, Any]) -> None:
    page.goto(f"{address}replay")
    frame(page).wait_for()
    waits = ((one, wait) for one in office["ids"] for wait in about(page, one)["idle"])
    session_id, (from_us, to_us) = next(found for found in waits if found[1][1] - found[1][0] > 15_000_000)
    for skip, is_leapt in ((5, True), (0, False)):
        go(page, address, session_id, t=(from_us - 200_000) / 1000, skip=skip)
        press(page, "k")
        frame(page, "playing").wait_for()
        page.wait_for_timeout(1500)
        press(page, "k")
        assert (settled_us(page) > to_us - 400_000) == is_leapt
    press(page, "i", "Home")
    expect(page.get_by_role("button", name="skip idle")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Options").click()
    page.get_by_label("Skip waits longer than").fill("60")
    expect(page).to_have_url(re.compile("skip=60"))


def test_typed_text_is_bullets_until_it_is_asked_for(
    page: Page, address: str, office: dict[str, Any]
) -> None:
    session_id, t_us = office["letters"]
    go(page, address, session_id, t=t_us / 1000)
    page.locator(".item.current .more").click()
    lines = page.locator(".item.open .lines")
    expect(lines.locator("dt").first).not_to_have_text("Text")
    press(page, "y")
    expect(lines.locator("dt").first).to_have_text("Text")
    assert "typed" not in page.url
    press(page, "y")
    expect(lines.locator("dt").first).not_to_have_text("Text")


def test_the_list_keeps_in_step_until_someone_scrolls(
    page: Page, address: str, office: dict[str, Any]
) -> None:
    go(page, address, office["person"], t=0)
    following = page.get_by_role("button", name="following")
    press(page, "End")
    expect(page.locator(".item.current")).to_be_in_viewport()
    page.locator(".scroller").hover()
    page.mouse.wheel(0, -400)
    expect(following).to_have_attribute("aria-pressed", "false")
    press(page, "Home")
    following.click()
    expect(following).to_have_attribute("aria-pressed", "true")
    whole = page.locator(".list .count").text_content() or ""
    page.get_by_role("button", name="Kinds").click()
    page.locator(".list .panel").get_by_label("clicks", exact=False).first.uncheck()
    expect(page.locator(".list .count")).to_have_text(re.compile(r"^\d+ of \d+"))
    press(page, "Escape")
    press(page, "/")
    page.keyboard.type("no such words")
    expect(page.get_by_text("Nothing passes the filter.")).to_be_visible()
    assert whole.split()[0] in (page.locator(".list .count").text_content() or "")
    more = page.locator(".item .more").first
    page.get_by_label("Filter the events").fill("")
    more.click()
    expect(page.locator(".item.open .lines")).to_be_visible()
