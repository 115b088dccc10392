"""A place that many pictures of a session show is one line of the Findings page, and dismissed at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.found_dataset import repeated

pytestmark = pytest.mark.browser


def test_a_place_in_many_pictures_is_dismissed_at_once(
    small: Any, served: Callable[..., Any], browser: Browser, watched: Callable[..., Any], tmp_path: Path
) -> None:
    root, n = repeated(small.write(tmp_path / "set", synthetic=True, sessions_n=2))
    with served(root) as address, watched(browser) as page:
        page.goto(f"{address}findings")
        said = page.locator(".actions .said")
        expect(said).to_have_text(f"2 places, {n + 1} findings")
        expect(page.locator(".row").first).to_contain_text(f"{n} times · PERSON")
        page.get_by_role("link", name="Unfold repeats").click()
        expect(said).to_have_text(f"{n + 1} findings")
        page.get_by_role("link", name="Fold repeats").click()
        expect(said).to_have_text(f"2 places, {n + 1} findings")
        page.locator(".row").first.click()
        page.locator(".grid").press("d")
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text(f"Dismiss {n} findings of this place")
        page.get_by_role("button", name=f"Yes, dismiss {n} findings").click()
        expect(said).to_have_text("1 finding")
        page.get_by_role("button", name="Undo").click()
        expect(said).to_have_text(f"2 places, {n + 1} findings")
