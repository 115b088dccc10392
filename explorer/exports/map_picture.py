"""A map as a PNG to take away: title, ground, layer, bar, and where it comes from, burnt in and as text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from explorer._version import __version__
from explorer.exports.clip_drawing import colour
from explorer.exports.clip_font import font
from explorer.exports.clip_label import Label, strip_of
from explorer.trace.dataset import Dataset

WIDTH_PX = 1600
_PAD, _TITLE, _SMALL, _BAR = 32, 26, 17, 18
_GREY, _SEEN = 0.75, 0.55
_MOST_TITLE = 80


@dataclass(frozen=True, slots=True)
class MapPicture:
    """What is drawn. `layer` has alpha, a pixel a cell or finer; `ramp` is one row of pixels.

    `ticks` are place (0-1) and word of the bar; `ratio` is width / height of the space; `ground` may be missing.
    """

    title: str
    layer: Image.Image
    is_smooth: bool
    ratio: float
    ramp: Image.Image
    ticks: Sequence[tuple[float, str]]
    bar_title: str
    ground: Image.Image | None = None


def map_png(picture: MapPicture, dataset: Dataset, said: Sequence[str]) -> bytes:
    """PNG bytes; `said` is what stands behind the map: people, sessions, filters."""
    label = Label(_provenance(dataset, said), None)
    strip = strip_of(label, WIDTH_PX, 1.15)
    size = (WIDTH_PX - 2 * _PAD, round((WIDTH_PX - 2 * _PAD) / picture.ratio))
    top = 2 * _PAD + _TITLE
    whole = Image.new(
        "RGB", (WIDTH_PX, top + size[1] + _BAR + 3 * _SMALL + _PAD + strip.height), colour("paper")
    )
    pen = ImageDraw.Draw(whole)
    pen.text((_PAD, _PAD + _TITLE / 2), _printable(picture.title), colour("ink"), font(_TITLE, 600), "lm")
    whole.paste(_stage(picture, size), (_PAD, top))
    pen.rectangle((_PAD - 1, top - 1, _PAD + size[0], top + size[1]), outline=colour("line"))
    _draw_bar(whole, pen, picture, top + size[1] + _SMALL)
    whole.paste(strip, (0, whole.height - strip.height))
    told = PngInfo()
    told.add_itxt("Comment", label.text)
    out = io.BytesIO()
    whole.save(out, "PNG", pnginfo=told, optimize=True)
    return out.getvalue()


def _provenance(dataset: Dataset, said: Sequence[str]) -> tuple[str, ...]:
    kind = "synthetic data" if dataset.is_synthetic else ""
    parts = (dataset.title[:_MOST_TITLE], *said, f"trace-explorer {__version__}", kind)
    return tuple(_printable(part) for part in parts if part)


def _stage(picture: MapPicture, size: tuple[int, int]) -> Image.Image:
    stage = Image.new("RGB", size, colour("ground"))
    if picture.ground is not None:
        ground = picture.ground.convert("RGB").resize(size, Image.Resampling.LANCZOS)
        grey = Image.blend(ground, ground.convert("L").convert("RGB"), _GREY)
        stage = Image.blend(Image.new("RGB", size, colour("paper")), grey, _SEEN)
    how = Image.Resampling.BICUBIC if picture.is_smooth else Image.Resampling.NEAREST
    # Weighted by how much is seen: the clear cells must not darken the edges.
    layer = picture.layer.convert("RGBa").resize(size, how).convert("RGBA")
    stage.paste(layer, (0, 0), layer)
    return stage


def _draw_bar(whole: Image.Image, pen: ImageDraw.ImageDraw, picture: MapPicture, top: int) -> None:
    wide, left = WIDTH_PX // 3, _PAD
    ramp = picture.ramp.resize((wide, _BAR), Image.Resampling.BILINEAR)
    whole.paste(ramp, (left, top), ramp)
    pen.rectangle((left - 1, top - 1, left + wide, top + _BAR), outline=colour("line"))
    letters = font(_SMALL)
    for place, word in picture.ticks:
        anchor = "lt" if place < 0.02 else "rt" if place > 0.98 else "mt"
        pen.text((left + place * wide, top + _BAR + 6), word, colour("quiet"), letters, anchor)
    pen.text((left + wide + _PAD, top + _BAR / 2), picture.bar_title, colour("quiet"), letters, "lm")


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "�" for char in text)
