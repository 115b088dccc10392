"""What people keep of a replay, in a real browser: marks with notes, and what they take away."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import av
import pyarrow.parquet as pq
import pytest
from PIL import Image
from playwright.sync_api import Browser, Download, Page, expect

from explorer.trace.shown_keys import BULLET

from . import replay_page as pages

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)
go, press, settled_us = pages.go, pages.press, pages.settled_us
HOSTILE = "<img src=x onerror=alert(1)> ![a](http://192.0.2.1/a.png) \u202eback"


@pytest.fixture(scope="module")
def office() -> dict[str, Any]:
    found: dict[str, Any] = pages.office()
    return found


@pytest.fixture(scope="module")
def page(browser: Browser, watched: Callable[..., Any], office: dict[str, Any]) -> Iterator[Page]:
    # A refused note is an answer 422, which the browser's console calls an error.
    with watched(browser, refusals=("/marks.json",)) as page:
        yield page


def test_marks_are_made_found_changed_deleted_and_brought_back(
    page: Page, office_address: str, office: dict[str, Any]
) -> None:
    session_id, first_us = office["agent"], 1_000_000
    go(page, office_address, session_id, t=first_us / 1000, skip=0)
    press(page, "k", "m")
    note = page.get_by_role("textbox", name="Note")
    expect(note).to_be_focused()
    assert pages.frame(page, "paused").count() == 1, "marking pauses"
    note.fill("ask jane.doe@example.com")
    press(page, "Enter")
    expect(page.locator(".note .problem")).to_contain_text("holds an e-mail address, and was not kept")
    expect(note).to_have_value("ask jane.doe@example.com")
    note.fill(HOSTILE)
    page.get_by_label("Possible leak").check()
    page.get_by_role("button", name="Keep").click()
    expect(page.locator(".notice")).to_contain_text("Marked 0:0")
    expect(page.get_by_role("tab", name="Marks")).to_have_text("Marks1")
    page.get_by_role("tab", name="Marks").click()
    row = page.locator(".marking")
    expect(row).to_contain_text("<img src=x onerror=alert(1)>")
    assert row.locator("img").count() == 0
    marked_us = settled_us(page)
    press(page, "End", "G")
    assert settled_us(page) == marked_us
    assert pages.violations(page) == []
    row.get_by_role("button", name="Change").click()
    note.fill("second thought")
    press(page, "Enter")
    expect(row).to_contain_text("second thought")
    with page.expect_download() as saved:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert "second thought" in Path(saved.value.path()).read_text()
    row.get_by_role("button", name="Delete").click()
    expect(row).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(row).to_have_count(1)
    page.reload()
    expect(page.get_by_role("tab", name="Marks")).to_have_text("Marks1")
    box = page.locator(".track").bounding_box()
    assert box is not None
    duration_us = pages.about(page, session_id)["duration_us"]
    press(page, "u")
    page.mouse.move(box["x"] + box["width"] * marked_us / duration_us, box["y"] + 88)
    expect(page.locator(".readout")).to_contain_text("mark: second thought")


def test_a_silent_server_loses_no_note(page: Page, office_address: str, office: dict[str, Any]) -> None:
    go(page, office_address, office["other"], t=500)
    page.route("**/marks.json", lambda route: route.abort())
    press(page, "m")
    page.get_by_role("textbox", name="Note").fill("worth keeping")
    press(page, "Enter")
    expect(page.locator(".note .problem")).to_contain_text("Nothing is lost: try again")
    page.unroute("**/marks.json")
    press(page, "Enter")
    expect(page.get_by_role("tab", name="Marks")).to_have_text("Marks1")


def saved(page: Page, act: Callable[[], None]) -> tuple[str, bytes]:
    with page.expect_download(timeout=60_000) as waited:
        act()
    download: Download = waited.value
    return download.suggested_filename, Path(download.path()).read_bytes()


def test_pictures_films_and_rows_are_taken_away(
    page: Page, office_address: str, office: dict[str, Any]
) -> None:
    session_id = office["letters"][0]
    go(page, office_address, session_id, t=2000)
    press(page, "[", "ArrowRight", "]")
    page.get_by_role("button", name="Take away").click()
    plan, make = page.locator(".take .plan"), page.locator(".take .button.primary")
    expect(page.get_by_role("radio", name="GIF")).to_be_checked()
    expect(plan).to_contain_text(re.compile(r"^\d+\.\d s, \d+ pictures of 960 × \d+ px$"))
    expect(page.locator(".take .hint").first).to_contain_text(f"Office sample · {session_id}")
    assert pages.violations(page) == []
    page.get_by_label("Width").select_option("480")
    page.get_by_label("To", exact=True).fill("nonsense")
    expect(page.locator(".take .problem")).to_contain_text("Write times as")
    expect(make).to_be_disabled()
    page.get_by_label("To", exact=True).fill("0:03")
    name, content = saved(page, make.click)
    assert name == f"{session_id}-2000.gif"
    with Image.open(io.BytesIO(content)) as gif:
        assert (gif.n_frames, gif.width) == (10, 480)
    page.get_by_label("Film (MP4)").check()
    name, content = saved(page, make.click)
    with av.open(io.BytesIO(content)) as film:
        assert film.streams.video[0].frames == 25
        assert session_id in film.metadata["comment"]
    page.get_by_role("radio", name="Picture").check()
    page.get_by_label("The screenshot as stored").check()
    _, content = saved(page, make.click)
    with Image.open(io.BytesIO(content)) as picture:
        frames = pages.about(page, session_id)["frames"]
        assert picture.size in set(zip(frames["width"], frames["height"], strict=True))
    page.get_by_role("radio", name="Rows").check()
    _, content = saved(page, page.get_by_role("link", name="events as Parquet").click)
    hidden = pq.read_table(io.BytesIO(content)).to_pandas()
    page.get_by_label("With typed text").check()
    name, content = saved(page, page.get_by_role("link", name="events as Parquet").click)
    shown = pq.read_table(io.BytesIO(content)).to_pandas()
    assert name == f"{session_id}-events.parquet"
    assert (hidden.key == BULLET).sum() > 0
    assert (shown.key == BULLET).sum() == 0
    assert len(hidden) == len(shown)
    _, content = saved(page, page.get_by_role("link", name="moves as CSV").click)
    assert content.startswith(b"session_id,seq,t_us,x_px")
    press(page, "Escape")
    expect(page.locator(".take")).to_be_hidden()


def test_a_film_in_the_making_is_stopped(page: Page, office_address: str, office: dict[str, Any]) -> None:
    go(page, office_address, office["person"], t=0)
    press(page, "e")
    page.get_by_label("Film (MP4)").check()
    page.get_by_label("To", exact=True).fill("0:50")
    page.get_by_label("Width").select_option("1920")
    held: list[Any] = []
    page.route("**/clip", lambda route: held.append(route))  # noqa: PLW0108  a built-in cannot be marked
    page.locator(".take .button.primary").click()
    expect(page.locator(".take progress")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".take progress")).to_be_hidden()
    with page.expect_request("**/clip/*/stop"):  # it was stopped before the server gave it a name
        held.pop().continue_()
    page.unroute("**/clip")
    page.locator(".take .button.primary").click()
    expect(page.locator(".take progress")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".take progress")).to_be_hidden()
    expect(page.locator(".take .button.primary")).to_be_enabled()
    page.get_by_role("radio", name="Picture").check()
    name, _ = saved(page, page.locator(".take .button.primary").click)
    assert name.endswith(".png"), "the next one does not wait for the one that was stopped"


def test_a_key_at_the_moment_a_dialog_closes_is_heard(
    page: Page, office_address: str, office: dict[str, Any]
) -> None:
    go(page, office_address, office["person"], t=2000)
    for _ in range(3):
        press(page, "m")
        expect(page.locator(".note")).to_be_visible()
        press(page, "Escape", "e")
        expect(page.locator(".take")).to_be_visible()
        press(page, "Escape")


def test_two_sizes_and_themes_hold_the_dialogs(
    browser: Browser, watched: Callable[..., Any], office_address: str, office: dict[str, Any]
) -> None:
    for size, theme in (((1440, 900), "light"), ((390, 844), "dark")):
        options = {"viewport": dict(zip(("width", "height"), size, strict=True)), "color_scheme": theme}
        with watched(browser, **options) as page:
            go(page, office_address, office["person"], t=2000)
            for key, name in (("m", "note"), ("e", "take")):
                press(page, key)
                expect(page.locator(f".player .{name}")).to_be_visible()
                page.wait_for_timeout(600)
                page.screenshot(path=pages.shot(f"replay-{name}-{theme}-{size[0]}"))
                box = page.locator(f".player .{name}").bounding_box()
                assert box is not None
                assert box["x"] >= 0
                assert box["x"] + box["width"] <= size[0]
                assert pages.violations(page) == []
                press(page, "Escape")
                expect(page.locator(f".player .{name}")).to_be_hidden()
