"""Planted values stand in texts like those around them, so that their look does not tell that they were planted."""

from __future__ import annotations

from random import Random

import pytest

from explorer.review.planted_texts import with_leak
from explorer.review.shown import TextRow

OWN = (
    TextRow("window_title", "window_title", 3, 7, "Orders, March - Sheet"),
    TextRow("url", "url", 3, 7, "https://office.example.com/sheet.html#row-4"),
)


def added(rows: tuple[TextRow, ...], channel: str, seed: int) -> TextRow:
    """The row that was planted."""
    (row,) = set(with_leak(rows, channel, Random(seed))) - set(rows)
    return row


@pytest.mark.parametrize("seed", range(6))
def test_a_title_and_an_address_are_those_of_the_app_that_is_shown(seed: int) -> None:
    title = added(OWN, "window_title", seed)
    assert title.text.endswith(" - Sheet")
    assert title.text != OWN[0].text
    assert added(OWN, "url", seed).text.startswith("https://office.example.com/sheet.html?q=")


def test_where_nothing_is_shown_they_stand_alone() -> None:
    assert added((), "url", 1).text.startswith("https://desk.example/find?q=")
    assert added((TextRow("url", "url", 3, 1, "about:blank"),), "url", 1).text.startswith(
        "https://desk.example/"
    )
    assert added((TextRow("window_title", "window_title", 3, 1, "Orders"),), "window_title", 1).text


def test_what_is_planted_is_the_same_each_time() -> None:
    assert [added(OWN, "url", 5) for _ in range(2)] == [added(OWN, "url", 5)] * 2
