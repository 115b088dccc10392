"""Screenshots: taken when the screen has changed, as drawn, with the place of every personal value in them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from recorder.stage import Stage
from recorder.values import patterns

_SETTLE_S = 0.12


@dataclass(frozen=True, slots=True)
class Place:
    """Where a personal value can be seen, in picture pixels; right and bottom lie just outside."""

    entity: str
    text: str
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Shot:
    """One screenshot: its place in the log's order, its bytes, and what must not be read in it."""

    order: int
    t_us: int
    step: int | None
    content: bytes
    places: tuple[Place, ...]


class Film:
    """Takes the screenshots of one session."""

    def __init__(self, stage: Stage) -> None:
        self.shots: list[Shot] = []
        self._stage = stage
        self._last_us = 0
        self._shown = ""

    def look(self, gap_s: float) -> None:
        """Take a picture if the last one is older than `gap_s` and the screen has changed since."""
        if self._stage.now_us - self._last_us < gap_s * 1_000_000:
            return
        page = self._stage.page
        shown = page.evaluate("officeRecorder.shown()")
        if shown == self._shown:
            return
        page.evaluate("officeRecorder.painted()")
        places = tuple(
            _place(found) for found in page.evaluate("forms => officeRecorder.places(forms)", patterns())
        )
        raw = page.screenshot(animations="disabled", caret="hide")
        self._stage.wait(_SETTLE_S)
        now_us = self._stage.now_us
        self.shots.append(Shot(self._stage.order(), now_us, self._stage.step, raw, places))
        self._last_us, self._shown = now_us, shown


def _place(found: dict[str, Any]) -> Place:
    return Place(
        found["entity"], found["text"], math.floor(found["left"]), math.floor(found["top"]),
        math.ceil(found["right"]), math.ceil(found["bottom"]),
    )  # fmt: skip
