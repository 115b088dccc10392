"""Texts of every channel hold a value where they say, or none; keys spell them."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import unquote

import pytest

from .presses import WAYS, Press, presses, typed
from .seeds import dice
from .text_shapes import CHANNELS, ENTITIES
from .texts import TextItem, texts
from .values import is_card, is_iban

SIXTY = 60


@pytest.fixture(scope="module")
def items() -> list[TextItem]:
    return list(texts("measuring", SIXTY))


def test_sixty_leaks_and_sixty_others_of_each_channel(items: list[TextItem]):
    counted = Counter((item.channel, item.is_leak) for item in items)
    assert counted == {(channel, is_leak): SIXTY for channel in CHANNELS for is_leak in (True, False)}
    assert len({item.item_id for item in items}) == len(items)


def test_every_entity_of_a_channel_in_several_shapes(items: list[TextItem]):
    for channel in CHANNELS:
        found = [item for item in items if item.channel == channel and item.is_leak]
        assert {item.spans[0].entity for item in found} == set(ENTITIES[channel])
        assert len({item.shape for item in found}) >= 10
        assert len({item.text for item in found}) > 0.9 * SIXTY


def test_spans_are_where_the_values_stand(items: list[TextItem]):
    for item in items:
        if item.is_leak:
            [span] = item.spans
            shown = unquote(item.text[span.start : span.end]).strip("[]")
            assert shown in (item.value, "-".join(re.findall(r"\w+", item.value.lower())))
        else:
            assert item.spans == ()
            assert item.value == ""


def test_placeholders_are_declared_and_nothing_else(items: list[TextItem]):
    masked = [(item, span) for item in items for span in item.masked]
    assert {item.channel for item, _ in masked} >= {
        "window_title",
        "url",
        "clipboard",
        "element_name",
        "task",
        "thought",
    }
    for item, span in masked:
        assert unquote(item.text[span.start : span.end]) == f"<{span.entity}>"
    assert all("<" not in item.text for item in items if not item.masked)


def test_what_looks_like_a_value_is_none(items: list[TextItem]):
    for item in items:
        if not item.is_leak:
            assert not re.search(r"[\w.+-]+@(?:[\w-]+\.)*(?:example|test|com|org|net)\b", item.text)
            assert not re.search(r"\b\d{3}-\d{2}-\d{4}\b|\b555[-.]?01\d\d\b|EXAMPLE", item.text)
            for digits in re.findall(r"(?<!\w)\d{13,19}(?!\w)", re.sub(r"(?<=\d)[ -](?=\d)", "", item.text)):
                assert not is_card(digits) or "ISBN" in item.text
            assert not any(is_iban(word) for word in re.findall(r"\b[A-Z]{2}\d{2}[A-Z0-9]{11,}\b", item.text))


def test_names_of_other_scripts_are_among_them(items: list[TextItem]):
    assert any(not item.value.isascii() for item in items)
    assert any(
        "%D" in item.text or "%C" in item.text or "%E" in item.text for item in items if item.channel == "url"
    )


def test_keys_spell_the_text_in_every_way(items: list[TextItem]):
    of_keys = [item for item in items if item.channel == "typed"]
    assert {item.way for item in of_keys} == set(WAYS)
    assert all(typed(item.keys) == item.text for item in of_keys)
    assert any(press.key == "Backspace" for item in of_keys for press in item.keys)
    assert any(press.mods == "ctrl+alt" for item in of_keys for press in item.keys)
    assert all(item.keys == () for item in items if item.channel != "typed")


@pytest.mark.parametrize(
    ("way", "text", "keys"),
    [
        ("plain", "aB", [Press("a", "KeyA"), Press("B", "KeyB", "shift")]),
        ("altgr", "@1", [Press("@", "KeyQ", "ctrl+alt"), Press("1", "Digit1")]),
        ("plain", "@ \n", [Press("@", "Digit2", "shift"), Press(" ", "Space"), Press("Enter", "Enter")]),
    ],
)
def test_keys_of_a_text(way, text, keys):
    assert list(presses(text, way, dice("tuning"))) == keys


@pytest.mark.parametrize("way", WAYS)
def test_whatever_the_way_the_text_is_the_same(way):
    for n in range(20):
        assert typed(presses("Ms Vale, 555-0143", way, dice("tuning", n))) == "Ms Vale, 555-0143"
