"""Keys that spell a text, and what stands in the field after them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.measures.typed_text import MASKED, Press, Typed, typed


def spelled(*keys: str) -> list[str]:
    """Texts of keys; `ctrl+a` is a chord, `|` an interruption, `~` a masked key, `paste:x` a paste."""
    return [one.text for one in typed(press(seq, key) for seq, key in enumerate(keys))]


def press(seq: int, key: str) -> Press:
    if key == "|":
        return Press(seq, is_key=False)
    if key == "~":
        return Press(seq)
    if key.startswith("paste:"):
        return Press(seq, pasted=key[6:], is_key=False)
    mods, _, name = key.rpartition("+") if len(key) > 1 else ("", "", key)
    return Press(seq, name, mods or None)


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ([*"card"], "card"),
        ([*"cax", "Backspace", *"rd"], "card"),
        ([*"crd", "ArrowLeft", "ArrowLeft", "a", "End", "s"], "cards"),
        ([*"ard", "Home", "c"], "card"),
        ([*"one two", "ctrl+ArrowLeft", *"no "], "one no two"),
        ([*"one two", "ctrl+Backspace", *"three"], "one three"),
        ([*"xx", "ctrl+a", *"card"], "card"),
        ([*"abxx", "shift+ArrowLeft", "shift+ArrowLeft", *"cd"], "abcd"),
        ([*"axb", "ArrowLeft", "ArrowLeft", "Delete", "End", "c"], "abc"),
        ([*"abX", "ctrl+z", "c"], "abc"),
        (["a", "paste:bcd", "e"], "abcde"),
        ([*"jane", "ctrl+alt+@", *"example"], "jane@example"),
        ([*"aaa"], "aaa"),  # key repeat: each is a row
        (["shift+a", "CapsLock", "B"], "AB"),
        ([*"ab", "ctrl+s", *"cd"], "ab"),
        ([*"a ", "~", "~", "b"], f"a {MASKED}{MASKED}b"),
        ([*"ab", "Enter", *"cd", "Home", "x"], "ab\nxcd"),
    ],
)
def test_what_stands_there(keys, text):
    assert text in spelled(*keys)


def test_what_nobody_can_follow_ends_the_text():
    assert spelled(*"ab", "|", *"cd", "Tab", *"ef", "ArrowUp", *"gh") == ["ab", "cd", "ef", "gh"]


def test_a_text_that_was_deleted_again_is_given_too():
    assert spelled(*"4111", *["Backspace"] * 4, *"no") == ["4111", "no"]
    assert spelled(*"ab", "Backspace", "c") == ["ac"]  # a slip


def test_each_character_knows_its_row():
    keys = [Press(10, "a"), Press(20, "x"), Press(30, "Backspace"), Press(40, "b")]
    assert list(typed(keys)) == [Typed("ab", (10, 40))]


KEYS = st.sampled_from([*"ab @1", "Backspace", "Delete", "ArrowLeft", "ArrowRight", "shift+ArrowLeft", "Home", "End",
                        "ctrl+a", "ctrl+x", "ctrl+z", "ctrl+Backspace", "Enter", "Tab", "|", "~", "paste:xy", "Shift",
                        "F5", "Dead", "ctrl+alt+@"])  # fmt: skip


@given(st.lists(KEYS, max_size=60))
def test_any_keys_give_texts_whose_rows_are_among_them(keys):
    for one in typed(press(seq, key) for seq, key in enumerate(keys)):
        assert len(one.text) == len(one.seqs) > 1
        assert all(0 <= seq < len(keys) for seq in one.seqs)
        assert all(keys[seq].startswith("paste:") or sign in (MASKED, "\n") or sign in keys[seq]
                   for sign, seq in zip(one.text, one.seqs, strict=True))  # fmt: skip
