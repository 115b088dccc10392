"""The replay in a real browser: playing, finding one's way, links, two sides, and what it does when things fail."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

import explorer as tx
from explorer.resources import sample_dataset

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)
SHOTS = Path(__file__).resolve().parent / "shots"
NARROW = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def office() -> dict[str, Any]:
    """A session of a person with several clicks, one of an agent at a task that was tried more than once."""
    with tx.open(sample_dataset()) as dataset:
        rows = dataset.run("sessions/list", limit_n=5000).to_pandas()
        people = rows[
            (rows.actor == "human") & (rows.clicks_n > 3) & (rows.shortcuts_n > 1) & (rows.frames_n > 5)
        ]
        person = people.session_id.iloc[0]
        tasks = dataset.run("sessions/tasks").to_pylist()
        task_id = next(
            task["task_id"] for task in tasks if task["agent_attempts_n"] and task["attempts_n"] > 1
        )
        attempts = dataset.run("sessions/attempts", task_id=task_id).to_pylist()
        events = dataset.run("replay/events", session_id=person).to_pylist()
        return {
            "person": person,
            "agent": next(row["session_id"] for row in attempts if row["actor"] == "agent"),
            "other": next(row["session_id"] for row in attempts if row["actor"] != "agent"),
            "clicks_us": sorted(
                row["t_us"] for row in events if row["kind"] == "click" and row["button"] == "left"
            ),
            "keys_us": sorted(row["t_us"] for row in events if row["kind"] == "shortcut"),
            "duration_us": int(rows[rows.session_id == person].duration_us.iloc[0]),
            "ids": rows.session_id.tolist(),
        }


@pytest.fixture(scope="module")
def address(served: Callable[[Path], Any]) -> Iterator[str]:
    SHOTS.mkdir(exist_ok=True)
    with served(sample_dataset()) as address:
        yield address


@pytest.fixture(scope="module")
def page(browser: Browser, watched: Callable[..., Any], address: str) -> Iterator[Page]:
    with watched(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        yield page


def go(page: Page, address: str, session_id: str, **moment: object) -> None:
    page.goto(
        f"{address}replay?id={session_id}" + "".join(f"&{name}={value}" for name, value in moment.items())
    )
    frame(page).first.wait_for()
    expect(page.locator(".list .count").first).to_have_text(re.compile(r"^\d"))


def frame(page: Page, state: str = "paused") -> Locator:
    return page.locator(f".player .deck[data-state={state}]")


def now_us(page: Page, side: int = 0) -> int:
    """What the clock of the controls says, to the hundredth."""
    minutes, seconds = (page.locator(".clock .time").nth(side).text_content() or "").split(":")[-2:]
    return int(minutes) * 60_000_000 + round(float(seconds) * 1e6)


def settled_us(page: Page, name: str = "t") -> int:
    """The moment that the address names, when it has come to be the one that the clock shows."""
    side = 0 if name == "t" else 1
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    for _ in range(100):
        found = parse_qs(urlsplit(page.url).query).get(name, ["-1"])[0]
        t_us = round(float(found) * 1000)
        if t_us // 10_000 == now_us(page, side) // 10_000:
            return t_us
        page.wait_for_timeout(50)
    raise AssertionError(f"{page.url} never came to {now_us(page, side)} us")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def sent_by(page: Page) -> dict[str, int]:
    """Counts of what goes over the websocket from now on: a run of the script would be among it."""
    counts = {"sent": 0, "received": 0}

    def count(name: str) -> Callable[[Any], None]:
        return lambda _: counts.__setitem__(name, counts[name] + 1)

    def watch(socket: Any) -> None:
        socket.on("framesent", count("sent"))
        socket.on("framereceived", count("received"))

    page.on("websocket", watch)
    return counts


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
    assert now_us(page) < office["duration_us"] // 2, "playing at the end begins anew"


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
    frames_us = page.evaluate(
        "id => fetch(`trace/${id}/about.json`).then(answer => answer.json()).then(about => about.frames.t_us)",
        office["person"],
    )
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
    assert page.locator(".track canvas").evaluate(
        "canvas => canvas.clientWidth * devicePixelRatio === canvas.width"
    )
    page.set_viewport_size({"width": 1440, "height": 900})
    whole.click()
    expect(whole).to_be_hidden()


def about(page: Page, session_id: str) -> Any:
    return page.evaluate("id => fetch(`trace/${id}/about.json`).then((answer) => answer.json())", session_id)


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
    go(page, address, office["person"], keys="all")
    typed = page.locator(".item.typing", has=page.locator(".more")).first
    typed.locator(".more").click()
    lines = page.locator(".item.typing.open .lines").first
    expect(lines).not_to_contain_text("Text")
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


def test_the_way_there_and_back(page: Page, address: str, office: dict[str, Any]) -> None:
    page.goto(f"{address}session?id={office['agent']}")
    page.get_by_role("link", name="Replay from step 3").click()
    frame(page).wait_for()
    expect(page.locator(".item.current, .item.step").first).to_be_visible()
    at_step_us = settled_us(page)
    assert at_step_us > 0
    expect(page.locator(".item.step .thought").first).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Screenshot at").first.click()
    frame(page).wait_for()
    assert settled_us(page) != at_step_us
    page.go_back()
    lanes = page.locator(".timeline canvas.activity")
    lanes.click(position={"x": 300, "y": 20})
    frame(page).wait_for()
    assert settled_us(page) > 0
    page.goto(f"{address}replay")
    frame(page).wait_for()
    first = page.locator(".place").text_content() or ""
    assert first.startswith("1 of ")
    press(page, "ArrowRight")
    first_us = settled_us(page)
    press(page, ">")
    expect(page.locator(".place")).to_have_text(first.replace("1 of", "2 of"))
    expect(frame(page)).to_be_visible()
    page.go_back()
    expect(page.locator(".place")).to_have_text(first)
    expect(frame(page)).to_be_visible()
    assert settled_us(page) == first_us
    page.get_by_role("link", name="Page of this session").click()
    expect(page.get_by_role("link", name="Replay", exact=True).last).to_be_visible()


def test_two_attempts_run_by_one_clock(page: Page, address: str, office: dict[str, Any]) -> None:
    page.goto(f"{address}session?id={office['agent']}")
    page.get_by_role("link", name="Beside another attempt").click()
    frame(page).nth(1).wait_for()
    press(page, "k")
    page.wait_for_timeout(1200)
    assert abs(now_us(page, 0) - now_us(page, 1)) < 400_000
    press(page, "k")
    left_us = settled_us(page)
    assert left_us == settled_us(page, "with_t") > 0
    page.get_by_role("button", name="linked").first.click()
    page.locator(".track").nth(1).press("ArrowRight")
    assert (settled_us(page), settled_us(page, "with_t")) == (left_us, left_us + 5_000_000)
    page.get_by_role("button", name="linked").first.click()
    page.locator(".track").nth(0).press("Alt+ArrowRight")
    assert (settled_us(page), settled_us(page, "with_t")) == (left_us + 100_000, left_us + 5_100_000)
    page.reload()
    frame(page).nth(1).wait_for()
    assert (settled_us(page), settled_us(page, "with_t")) == (left_us + 100_000, left_us + 5_100_000)
    page.get_by_role("link", name="Show alone").nth(1).click()
    expect(page.locator(".player .deck")).to_have_count(1)
    frame(page).wait_for()
    assert settled_us(page) == left_us + 5_100_000


def test_touch_and_a_small_screen(
    browser: Browser, watched: Callable[..., Any], address: str, office: dict[str, Any]
) -> None:
    with watched(browser, viewport=NARROW, has_touch=True, color_scheme="dark") as page:
        go(page, address, office["agent"], t=5000)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        expect(page.locator(".list")).to_be_hidden()
        page.get_by_role("button", name="Events").tap()
        expect(page.locator(".list")).to_be_visible()
        page.screenshot(path=SHOTS / "replay-dark-narrow.png")
        assert violations(page) == []
        page.locator(".item.step .go").nth(1).tap()
        assert settled_us(page) > 0
        page.get_by_role("button", name="Close the list").tap()
        expect(page.locator(".list")).to_be_hidden()
        page.get_by_role("button", name="Play").tap()
        frame(page, "playing").wait_for()
        box = page.locator(".track").bounding_box()
        assert box is not None
        page.touchscreen.tap(box["x"] + box["width"] * 0.9, box["y"] + 40)
        page.get_by_role("button", name="Pause").tap()
        assert settled_us(page) > 20_000_000


def test_everybody_can_use_it(
    browser: Browser, watched: Callable[..., Any], address: str, office: dict[str, Any]
) -> None:
    with watched(browser) as page:
        go(page, address, office["person"], t=office["clicks_us"][1] // 1000)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=SHOTS / "replay-light-wide.png")
        assert violations(page) == []
        press(page, "?")
        expect(page.get_by_role("dialog", name="Keyboard")).to_contain_text("Play or pause")
        assert violations(page) == []
        press(page, "Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.locator(".live")).to_contain_text("Pointer")
        slider = page.get_by_role("slider", name="Time")
        assert slider.get_attribute("aria-valuetext")
        page.get_by_role("button", name="Options").click()
        assert violations(page) == []


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]
