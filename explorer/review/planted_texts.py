"""Planted leaks in texts: a made-up value in a title, an address, the clipboard, keys, or the name of an element."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from random import Random
from urllib.parse import quote

from explorer.review.planted_values import made_up
from explorer.review.shown import TextRow, placeholders

COLUMNS = {"window_title": "window_title", "url": "url", "clipboard": "text", "typed": "key",
           "element_name": "element_name"}  # fmt: skip
_ENTITIES = {
    "window_title": ("PERSON", "EMAIL_ADDRESS"), "url": ("PERSON", "EMAIL_ADDRESS"),
    "clipboard": ("EMAIL_ADDRESS", "PHONE_NUMBER", "LOCATION", "CREDIT_CARD"),
    "typed": ("PERSON", "EMAIL_ADDRESS", "PHONE_NUMBER"), "element_name": ("PERSON", "EMAIL_ADDRESS"),
}  # fmt: skip
_PLACEHOLDER = re.compile(r"<[A-Z][A-Z_]{2,39}>|%3C[A-Z][A-Z_]{2,39}%3E")
_AROUND = {
    "window_title": ("{} - Details", "Re: {}", "{}"), "url": ("https://desk.example/find?q={}",),
    "clipboard": ("{}",), "typed": ("{}",), "element_name": ("Open {}", "{}"),
}  # fmt: skip
_APP = re.compile(r" [-|\u2013\u2014] [^-|\u2013\u2014]{1,40}$")
_ADDRESS = re.compile(r"https?://[^?#\s]{1,200}")


def entity_of(channel: str, dice: Random) -> str:
    """What is planted in the channel."""
    return dice.choice(_ENTITIES[channel])


def with_leak(rows: Sequence[TextRow], channel: str, dice: Random) -> list[TextRow]:
    """The rows with a value of `entity_of(channel, dice)`: for a placeholder of the channel, else in a text added."""
    entity = entity_of(channel, dice)
    value = made_up(entity, dice)
    own = [at for at, row in enumerate(rows) if row.channel == channel]
    written = quote(value) if channel == "url" else value
    masked = [at for at in own if _PLACEHOLDER.search(rows[at].text)]
    made = list(rows)
    if masked and channel != "typed":
        at = dice.choice(masked)
        found = dice.choice(list(_PLACEHOLDER.finditer(rows[at].text)))
        text = rows[at].text[: found.start()] + written + rows[at].text[found.end() :]
        made[at] = replace(rows[at], text=text, spans=placeholders(text))
        return made
    seq = rows[own[-1]].seq if own else (rows[0].seq if rows else 0)
    text = _like(
        rows[own[-1]].text if own else "", channel, dice.choice(_AROUND[channel]).format(written), written
    )
    added = TextRow(channel, COLUMNS[channel], seq, len(value) if channel == "typed" else 1, text)
    made.insert(own[-1] + 1 if own else 0, added)
    return made


def _like(own: str, channel: str, text: str, written: str) -> str:
    """The text as the moment's own text of the channel would have it: else its look would tell what is planted."""
    if channel == "url" and (address := _ADDRESS.match(own)):
        return f"{address.group()}?q={written}"
    if channel == "window_title" and (app := _APP.search(own)):
        return f"{text.removesuffix(' - Details')}{app.group()}"
    return text
