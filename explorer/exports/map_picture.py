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
_PAD, _TITLE, _SMALL, _BAR, _GAP = 32, 26, 17, 18, 8
_GREY, _SEEN = 0.75, 0.55
_MOST_TITLE = 80


@dataclass(frozen=True, slots=True)
class MapPicture:
    """One map. `layer` has alpha, a pixel a cell or finer; `ramp` is one row of pixels.

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


def map_png(title: str, pictures: Sequence[MapPicture], dataset: Dataset, said: Sequence[str]) -> bytes:
    """PNG bytes of one map, or of several side by side; `said` is what stands behind: people, sessions, filters."""
    label = Label(_provenance(dataset, said), None)
    strip = strip_of(label, WIDTH_PX, 1.15)
    room = (WIDTH_PX - (len(pictures) + 1) * _PAD) // len(pictures)
    sizes = [(room, round(room / picture.ratio)) for picture in pictures]
    is_one = len(pictures) == 1
    top = 2 * _PAD + _TITLE + (0 if is_one else 2 * _SMALL)
    height = top + max(size[1] for size in sizes) + _BAR + (3 if is_one else 5) * _SMALL + _PAD + strip.height
    whole = Image.new("RGB", (WIDTH_PX, height), colour("paper"))
    pen = ImageDraw.Draw(whole)
    pen.text((_PAD, _PAD + _TITLE / 2), _printable(title), colour("ink"), font(_TITLE, 600), "lm")
    for number, (picture, size) in enumerate(zip(pictures, sizes, strict=True)):
        left = _PAD + number * (room + _PAD)
        if not is_one:
            pen.text((left, top - _SMALL), _printable(picture.title), colour("ink"), font(_SMALL, 600), "lm")
        _draw_map(whole, picture, (left, top), size)
        _draw_bar(
            whole, picture, (left, top + size[1] + _SMALL), room // 3 if is_one else room, is_below=not is_one
        )
    whole.paste(strip, (0, whole.height - strip.height))
    told = PngInfo()
    told.add_itxt("Comment", label.text)
    out = io.BytesIO()
    whole.save(out, "PNG", pnginfo=told, optimize=True)
    return out.getvalue()


def _draw_map(
    whole: Image.Image, picture: MapPicture, corner: tuple[int, int], size: tuple[int, int]
) -> None:
    left, top = corner
    whole.paste(_stage(picture, size), corner)
    edge = (left - 1, top - 1, left + size[0], top + size[1])
    ImageDraw.Draw(whole).rectangle(edge, outline=colour("line"))


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


def _draw_bar(
    whole: Image.Image, picture: MapPicture, corner: tuple[int, int], wide: int, *, is_below: bool
) -> None:
    """The bar with its ticks; its title stands beside it, or below."""
    pen, (left, top) = ImageDraw.Draw(whole), corner
    ramp = picture.ramp.resize((wide, _BAR), Image.Resampling.BILINEAR)
    whole.paste(ramp, (left, top), ramp)
    pen.rectangle((left - 1, top - 1, left + wide, top + _BAR), outline=colour("line"))
    letters = font(_SMALL)
    free = float("inf")
    for place, word in reversed(picture.ticks):  # the highest is told first; who would touch it gives way
        at, anchor = left + place * wide, "lt" if place < 0.02 else "rt" if place > 0.98 else "mt"
        begin, _, end, _ = pen.textbbox((at, 0), word, letters, anchor)
        if end + _GAP < free:
            pen.text((at, top + _BAR + 6), word, colour("quiet"), letters, anchor)
            free = begin
    if is_below:
        pen.text((left, top + _BAR + 2 * _SMALL), picture.bar_title, colour("quiet"), letters, "lt")
    else:
        pen.text((left + wide + _PAD, top + _BAR / 2), picture.bar_title, colour("quiet"), letters, "lm")


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "�" for char in text)
