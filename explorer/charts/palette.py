"""One colour per kind and per application, the same in every chart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of activity as it is drawn: its word, and its colour on each theme."""

    name: str
    label: str
    light: str
    dark: str


KINDS = (
    Kind("move", "moves", "#8A8F98", "#7E8590"),
    Kind("click", "clicks", "#1F6FEB", "#4C9AFF"),
    Kind("right_click", "right clicks", "#C2560C", "#F2903D"),
    Kind("scroll", "scrolls", "#8A6D00", "#D9B93B"),
    Kind("key", "keys", "#1B7F4D", "#3FBF7F"),
    Kind("shortcut", "shortcuts", "#6B3FD4", "#A88BFA"),
    Kind("app_switch", "app switches", "#0B7A75", "#35B8B0"),
    Kind("frame", "frames", "#5B6573", "#98A2B3"),
)

# Ten hues of one lightness that read on both themes; no meaning but "another application".
APP_COLOURS = (
    "#4E79C4", "#C98A2E", "#4F9A6B", "#B65C74", "#7F6BB8", "#3E97A6", "#A8804F", "#7C9440", "#B0679E", "#5E82A0",
)  # fmt: skip
APP_GREY = "#8A8F98"


def app_colours(apps: Iterable[str]) -> dict[str, str]:
    """Colour of each of the first ten applications; the caller shows all others in APP_GREY.

    Each takes the place that its name alone gives it, so colours stay when the order or the number changes; one that
    finds its place taken moves to the next free one.
    """
    free = list(range(len(APP_COLOURS)))
    colours: dict[str, str] = {}
    for app in dict.fromkeys(apps):
        if not free:
            break
        wanted = int.from_bytes(hashlib.sha256(app.encode("utf-8", "replace")).digest()[:4]) % len(
            APP_COLOURS
        )
        place = min(free, key=lambda slot: (slot - wanted) % len(APP_COLOURS))
        free.remove(place)
        colours[app] = APP_COLOURS[place]
    return colours
