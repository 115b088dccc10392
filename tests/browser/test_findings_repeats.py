"""Findings that are told again are counted under one line: a place in many pictures, and masks of a whole session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.found_dataset import repeated

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def shown(
    small: Any, served: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, int]]:
    """The address of the dataset, and how many findings its place has."""
    root, n = repeated(small.write(tmp_path_factory.mktemp("found") / "set", synthetic=True, sessions_n=4))
    with served(root) as address:
        yield address, n


@pytest.fixture
def page(browser: Browser, watched: Callable[..., Any], shown: tuple[str, int]) -> Iterator[Page]:
    with watched(browser) as page:
        page.goto(f"{shown[0]}findings")
        yield page


def test_a_place_in_many_pictures_is_dismissed_at_once(page: Page, shown: tuple[str, int]) -> None:
    n = shown[1]
    said = page.locator(".actions .said")
    expect(said).to_have_text(f"3 places, {n + 5} findings")
    expect(page.locator(".row").first).to_contain_text(f"{n} times · PERSON")
    page.get_by_role("link", name="Unfold repeats").click()
    expect(said).to_have_text(f"{n + 5} findings")
    page.get_by_role("link", name="Fold repeats").click()
    expect(said).to_have_text(f"3 places, {n + 5} findings")
    page.locator(".row").first.click()
    page.locator(".grid").press("d")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(f"Dismiss {n} findings of this place")
    page.get_by_role("button", name=f"Yes, dismiss {n} findings").click()
    expect(said).to_have_text("2 places, 5 findings")
    page.get_by_role("button", name="Undo").click()
    expect(said).to_have_text(f"3 places, {n + 5} findings")


def test_masks_of_a_session_that_is_off_are_counted_under_it(page: Page) -> None:
    row = page.locator(".row", has_text="Session whose masks are off as a whole")
    expect(row).to_contain_text("3 told one by one · 7 masks of the session")
    row.click()
    page.locator(".grid").press("d")
    expect(page.get_by_role("dialog")).to_contain_text("3 findings of single masks stay as they are")
    page.get_by_role("button", name="Dismiss", exact=True).click()
    single = page.locator(".row", has_text="Mask that is misplaced or too small")
    expect(single).to_have_count(3)
    page.get_by_role("button", name="Undo").click()
    expect(single).to_have_count(0)
    page.locator(".grid").press("a")
    page.locator(".grid").press("d")
    expect(page.get_by_role("dialog")).to_contain_text("Among them: 3 of single masks")
    page.keyboard.press("Escape")
    row.click()
    page.get_by_role("link", name="3 of its masks are told one by one").click()
    expect(page.locator(".actions .said")).to_have_text("3 findings")
    address = page.url
    page.locator(".grid").press("ArrowDown")
    page.locator(".grid").press("Enter")
    page.get_by_role("link", name="Back to the list").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".row.active")).to_have_id("finding-1")
    expect(page.locator(".grid")).to_be_focused()
    page.wait_for_url(address)
