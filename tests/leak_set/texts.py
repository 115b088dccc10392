"""The text half of the leak set: values in titles, addresses, the clipboard, typed keys and more, and decoys."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from urllib.parse import quote

from .decoys import decoy
from .presses import WAYS, Press, presses
from .seeds import dice as dice_of
from .text_shapes import ADDRESSES, AROUND, CHANNELS, DECOY_TEXTS, ENTITIES, LEAKING
from .values import Value, foreign_person, value
from .words import SCRIPTS

_DECOY = re.compile(r"\[(\w+)\]")
_PLACEHOLDER = re.compile(r"(?:<|%3C)([A-Z_]+)(?:>|%3E)")
_FOREIGN_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of a text."""

    start: int
    end: int
    entity: str


@dataclass(frozen=True, slots=True)
class TextItem:
    """One text of a channel. `spans` are personal values in it, `masked` placeholders that the pass declares.

    `shape` says how the value is written, `value` is it before it was encoded for an address. `keys` spell the text
    where the channel is `typed`; `way` says how.
    """

    split: str
    channel: str
    number: int
    is_leak: bool
    text: str
    spans: tuple[Span, ...]
    masked: tuple[Span, ...]
    value: str
    shape: str
    way: str = ""
    keys: tuple[Press, ...] = ()

    @property
    def item_id(self) -> str:
        """Says nothing about what is in the text."""
        name = f"{self.split}/{self.channel}/{self.is_leak}/{self.number}"
        return hashlib.sha256(name.encode()).hexdigest()[:16]


def texts(split: str, n_per_kind: int, channels: Sequence[str] = CHANNELS) -> Iterator[TextItem]:
    """So many leaks of each channel, and as many texts without one."""
    for channel in channels:
        for number in range(n_per_kind):
            yield leak(split, channel, number)
            yield plain(split, channel, number)


def leak(split: str, channel: str, number: int) -> TextItem:
    """A text with one personal value; every entity of the channel in turn."""
    dice = dice_of(split, channel, number)
    entity = ENTITIES[channel][number % len(ENTITIES[channel])]
    made = value(entity, split, dice)
    if entity == "PERSON" and channel != "typed" and dice.random() < _FOREIGN_SHARE:
        made = foreign_person(split, dice, dice.choice(SCRIPTS[1:]))
    text, start, end = _placed(made, channel, split, dice)
    span = Span(start, end, entity)
    way, keys = _keys(text, channel, number, dice)
    return TextItem(split, channel, number, True, text, (span,), (), made.text, made.shape, way, keys)


def plain(split: str, channel: str, number: int) -> TextItem:
    """A text without a personal value, and with something that looks like one or stands for one."""
    dice = dice_of(split, channel, number, "plain")
    text = _with_decoys(DECOY_TEXTS[channel][number % len(DECOY_TEXTS[channel])], split, dice)
    masked = tuple(Span(one.start(), one.end(), one[1]) for one in _PLACEHOLDER.finditer(text))
    way, keys = _keys(text, channel, number, dice)
    return TextItem(split, channel, number, False, text, (), masked, "", "decoy", way, keys)


def _placed(made: Value, channel: str, split: str, dice: Random) -> tuple[str, int, int]:
    """A text of the channel with the value in it, and where the value stands."""
    if channel == "url":
        written, shape = _in_address(made, dice), dice.choice(ADDRESSES.get(made.entity, LEAKING["url"]))
    else:
        written, shape = made.text, dice.choice(LEAKING[channel])
        shape = shape.replace("{}", dice.choice(AROUND.get(made.entity, ("{}",))))
    before, after = _with_decoys(shape.replace("~", "home"), split, dice).split("{}")
    return before + written + after, len(before), len(before) + len(written)


def _in_address(made: Value, dice: Random) -> str:
    """A value as addresses carry it: signs as %XX, names also with hyphens."""
    if made.entity in ADDRESSES:
        return f"[{made.text}]" if made.shape == "v6" else made.text
    if made.entity == "PERSON" and dice.random() < 0.5:
        return quote("-".join(re.findall(r"\w+", made.text.lower())))
    return quote(made.text, safe=dice.choice(("", "@")))


def _with_decoys(shape: str, split: str, dice: Random) -> str:
    return _DECOY.sub(lambda kind: decoy(kind[1], split, dice), shape)


def _keys(text: str, channel: str, number: int, dice: Random) -> tuple[str, tuple[Press, ...]]:
    """How the text is typed, where the channel is keys."""
    way = WAYS[number % len(WAYS)]
    return (way, presses(text, way, dice)) if channel == "typed" else ("", ())
