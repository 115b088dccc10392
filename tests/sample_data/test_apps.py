"""The apps in a real browser: what is personal lies within the known places, and shortcuts do what they say."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PIL import Image

pytestmark = pytest.mark.browser
# Makes personal values transparent without moving anything, by a search of its own.
HIDE = """people => {
  const values = people.flatMap((person) => [person.name, person.email, person.phone]);
  const ranges = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    for (const value of values) {
      const at = walker.currentNode.data.indexOf(value);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + value.length);
      ranges.push(range);
    }
  }
  CSS.highlights.set("personal", new Highlight(...ranges));
  document.head.insertAdjacentHTML("beforeend",
    "<style>::highlight(personal), input[data-pii] { color: transparent !important; }</style>");
}"""


@pytest.fixture(scope="module", params=["light", "dark"])
def stage(recorder, request, browser) -> Iterator[Any]:
    made = recorder("stage").Stage(browser, (1280, 800), request.param, 0)
    yield made
    made.close()


def chord(stage: Any, *keys: str) -> None:
    for key in keys:
        stage.press(key)
    for key in reversed(keys):
        stage.release(key)
    stage.settle()


def picture(stage: Any) -> np.ndarray:
    raw = stage.page.screenshot(animations="disabled", caret="hide")
    return np.asarray(Image.open(io.BytesIO(raw)).convert("RGB"), np.int16)


@pytest.mark.parametrize(
    ("app", "key"), [("Mail", "1"), ("Sheet", "2"), ("Customers", "3"), ("Documents", "4")]
)
def test_all_personal_ink_lies_within_the_known_places(recorder, stage, app, key):
    if stage.app != app:
        chord(stage, "Alt", key)
    assert stage.app == app
    places = stage.page.evaluate("forms => officeRecorder.places(forms)", recorder("values").patterns())
    before = picture(stage)
    stage.page.evaluate(HIDE, recorder("values").people())
    is_ink = np.abs(before - picture(stage)).max(axis=-1) > 48  # less: edges of round corners, drawn anew
    assert is_ink.sum() > 200
    for place in places:
        is_ink[
            int(place["top"]) - 1 : int(place["bottom"]) + 2, int(place["left"]) - 2 : int(place["right"]) + 3
        ] = False
    assert not is_ink.any(), np.argwhere(is_ink)[:5].tolist()


def test_customers_save_undo_find_and_new(stage):
    if stage.app != "Customers":
        chord(stage, "Alt", "3")
    page = stage.page
    page.fill('[data-id="field-town"]', "Mockham")
    assert page.title().startswith("* ")
    chord(stage, "Control", "s")
    assert not page.title().startswith("* ")
    page.locator('[data-id="row-c1041"]').evaluate("row => row.click()")
    chord(stage, "Control", "z")
    assert page.input_value('[data-id="field-town"]') == "Exampleton"
    chord(stage, "Control", "f")
    page.keyboard.type("vale")
    assert page.locator(".row").count() == 1
    page.keyboard.press("Enter")
    assert page.input_value('[data-id="field-name"]') == "Juniper Vale"
    chord(stage, "Control", "Shift", "M")
    assert page.title() == "New customer - Customers"


def test_documents_bold_find_undo_and_new(stage):
    if stage.app != "Documents":
        chord(stage, "Alt", "4")
    page = stage.page
    chord(stage, "Control", "f")
    page.keyboard.type("June")
    page.keyboard.press("Enter")
    chord(stage, "Control", "b")
    assert page.locator('[data-id="paper"] b').inner_text() == "June"
    assert page.title().startswith("* ")
    chord(stage, "Control", "z")
    assert page.locator('[data-id="paper"] b').count() == 0
    chord(stage, "Control", "s")
    assert not page.title().startswith("* ")
    chord(stage, "Control", "Shift", "M")
    assert page.title() == "New letter - Documents"
