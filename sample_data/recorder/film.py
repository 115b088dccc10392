"""Screenshots: taken when the screen has changed, masked, reduced to a flat palette, stored without loss."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from recorder.stage import Stage

Ints = NDArray[np.int64]

# Colours that fill areas: they stay exactly as drawn.
AREA_COLOURS_N = 24
_SETTLE_S = 0.12


@dataclass(frozen=True, slots=True)
class Shot:
    """One screenshot: its place in the log's order, its bytes, and the masks burned into it."""

    order: int
    t_us: int
    step: int | None
    content: bytes
    masks: tuple[dict[str, Any], ...]


class Film:
    """Takes the screenshots of one session; with `is_masked`, personal values are covered first."""

    def __init__(self, stage: Stage, *, is_masked: bool) -> None:
        self.shots: list[Shot] = []
        self._stage, self._is_masked = stage, is_masked
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
        masks = self._mask(True)
        page.evaluate("officeRecorder.painted()")
        raw = page.screenshot(animations="disabled", caret="hide")
        self._mask(False)
        self._stage.wait(_SETTLE_S)
        now_us = self._stage.now_us
        self.shots.append(Shot(self._stage.order(), now_us, self._stage.step, flat_picture(raw), masks))
        self._last_us, self._shown = now_us, shown

    def _mask(self, is_on: bool) -> tuple[dict[str, Any], ...]:
        if not self._is_masked:
            return ()
        page = self._stage.page
        page.evaluate("on => officeRecorder.mask(on)", is_on)
        return tuple(page.evaluate("officeRecorder.masks()")) if is_on else ()


def flat_picture(raw: bytes) -> bytes:
    """The screenshot in few colours, none farther than a few steps from what was drawn: a lossless WebP."""
    pixels = np.asarray(Image.open(io.BytesIO(raw)).convert("RGB")).astype(np.int64)
    packed = (pixels[..., 0] << 16) | (pixels[..., 1] << 8) | pixels[..., 2]
    found, place, count = np.unique(packed, return_inverse=True, return_counts=True)
    colours = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1)
    palette = _palette(colours, count)
    nearest = np.square(colours[:, None, :] - palette[None]).sum(axis=-1).argmin(axis=1)
    flat = palette[nearest][place].reshape(pixels.shape).astype(np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(flat).save(buffer, "WEBP", lossless=True, quality=100, method=4)
    return buffer.getvalue()


def _palette(colours: Ints, count: Ints) -> Ints:
    """The colours of areas as they are; of all others (edges of letters) one for every 32 steps of a channel."""
    by_count = np.argsort(-count, kind="stable")
    coarse = (colours[by_count] + 16) >> 5
    _, first = np.unique(coarse[:, 0] << 8 | coarse[:, 1] << 4 | coarse[:, 2], return_index=True)
    chosen = np.union1d(first, np.arange(min(AREA_COLOURS_N, len(colours))))
    palette: Ints = colours[by_count[chosen]]
    return palette
