"""The pictures of a clip, one by one: screenshot or plain stage, marks, shortcuts, and where it comes from."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, ImageDraw

from explorer.engine.base import Engine
from explorer.errors import EngineError
from explorer.exports.clip_chips import draw_chips
from explorer.exports.clip_drawing import colour, draw_marks
from explorer.exports.clip_font import font
from explorer.exports.clip_label import Label, draw_progress, strip_of
from explorer.exports.clip_moments import ClipSource, Shot
from explorer.exports.clip_space import Space, frame_box

UNREADABLE = "This screenshot cannot be read or decoded."
BEFORE_FIRST = "No screenshot yet."
_FORMATS = ("PNG", "WEBP", "JPEG")


class ClipPictures:
    """Draws shots. Keeps the screenshot drawn last, as most pictures of a clip show the same one."""

    def __init__(
        self, engine: Engine, source: ClipSource, space: Space, label: Label, reason: str | None
    ) -> None:
        self._engine, self._source, self._space, self._reason = engine, source, space, reason
        self._strip = strip_of(label, space.width_px, min(1.2, space.unit))
        self._ground: tuple[int, Image.Image] | None = None
        self.size = (space.width_px, space.height_px + self._strip.height)

    def picture(self, shot: Shot, share: float = 0.0) -> Image.Image:
        """RGB; `share` of the clip is over."""
        stage = self._stage(shot.frame).copy()
        draw_marks(stage, shot, self._space)
        draw_chips(stage, shot.chips, self._space.unit)
        whole = Image.new("RGB", self.size)
        whole.paste(stage, (0, 0))
        whole.paste(self._strip, (0, stage.height))
        draw_progress(whole, stage.height, share)
        return whole

    def _stage(self, frame: int) -> Image.Image:
        if self._ground is None or self._ground[0] != frame:
            self._ground = (frame, self._drawn(frame))
        return self._ground[1]

    def _drawn(self, frame: int) -> Image.Image:
        stage = Image.new("RGB", (self._space.width_px, self._space.height_px), colour("ground"))
        if frame < 0:
            return _said(stage, self._reason or BEFORE_FIRST, self._space.unit)
        row = self._source.frame_row(frame)
        stored = stored_picture(self._engine, row)
        left, top, right, bottom = self._space.place(frame_box(row))
        if stored is None:
            return _said(stage, UNREADABLE, self._space.unit)
        size = (right - left, bottom - top)
        if stored.size != size:
            is_smaller = size[0] < stored.width
            way = Image.Resampling.LANCZOS if is_smaller else Image.Resampling.BICUBIC
            stored = stored.resize(size, way)
        stage.paste(stored, (left, top))
        return stage


def stored_picture(engine: Engine, row: dict[str, Any]) -> Image.Image | None:
    """A screenshot's pixels as they are stored; None when they cannot be read."""
    try:
        found = engine.frame(row["frame_id"])
        if found is None:
            return None
        with Image.open(io.BytesIO(found.bytes), formats=_FORMATS) as picture:
            if picture.size != (row["width_px"], row["height_px"]):
                return None
            return picture.convert("RGB")
    except (EngineError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None


def _said(stage: Image.Image, words: str, unit: float) -> Image.Image:
    """A stage with one sentence in its middle."""
    pen, edge = ImageDraw.Draw(stage), round(8 * unit)
    pen.rectangle(
        (edge, edge, stage.width - 1 - edge, stage.height - 1 - edge), colour("paper"), colour("line")
    )
    middle = (stage.width / 2, stage.height / 2)
    pen.text(middle, words, colour("quiet"), font(max(9, round(18 * unit))), anchor="mm")
    return stage
