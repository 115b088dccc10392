"""Sessions whose screenshots leak, each in one way: masks that fail, and what lies in the files of pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
from PIL import Image, PngImagePlugin

from explorer.trace.pictures import thumb
from tests.leak_set.boxes import Box
from tests.leak_set.items import Declared, Item
from tests.leak_set.pictures import made

from .rows import Tables, of_item

SPLIT = "tuning"
# Case -> kind and number of an item of the leak set.
ITEMS = {
    "blurred": ("blurred", 0), "not-burned": ("declared_not_burned", 0), "shifted": ("shifted", 0),
    "masks-moved": ("display_offset", 0), "not-declared": ("burned_not_declared", 0), "one-of-two": ("one_of_two", 4),
    "missed": ("missed", 0),
}  # fmt: skip
MAIL = "fern.wild@example.com"
OUTSIDE = Box(-400, -60, -300, -20)
EMPTY = Box(30, 440, 130, 458)  # nothing is there in the sound screenshot


def picture_sessions() -> Iterator[Tables]:
    """One session for each case."""
    for case, (kind, number) in ITEMS.items():
        yield of_item(f"case-{case}", made(SPLIT, kind, number))
    yield of_item("case-mask-outside", with_mask(sound(), Declared(OUTSIDE, "PERSON", "fill")))
    nothing = stored(sound(), over_nothing())
    yield of_item("case-mask-over-nothing", with_mask(nothing, Declared(EMPTY, "PERSON", "fill")))
    yield of_item("case-window-masked", window_masked())
    yield small_copy()
    for case, content in files().items():
        yield of_item(f"case-{case}", stored(sound(), content))
    yield from unread()


@cache
def sound() -> Item:
    """A screenshot with masks that hold, as PNG."""
    return made(SPLIT, "sound", 26)


def stored(item: Item, content: bytes) -> Item:
    """The item with its picture stored otherwise."""
    return replace(item, pictures=(replace(item.pictures[0], content=content),))


def with_mask(item: Item, mask: Declared) -> Item:
    """The item with one more mask declared."""
    picture = item.pictures[0]
    return replace(item, pictures=(replace(picture, masks=(*picture.masks, mask)),))


def over_nothing() -> bytes:
    """The screenshot with a bar where it was empty."""
    picture = shown(sound())
    left, top, _, _ = sound().pictures[0].masks[0].box.edges
    picture.paste(picture.getpixel((left, top)), EMPTY.edges)
    return written(picture)


def window_masked() -> Item:
    """Nothing of the window is left."""
    picture = sound().pictures[0]
    size = picture.width_px, picture.height_px
    content = written(Image.new("RGB", size, (17, 24, 32)))
    mask = Declared(Box(0, 0, *size), "PERSON", "fill")
    return replace(sound(), pictures=(replace(picture, content=content, masks=(mask,)),))


def small_copy() -> Tables:
    """The small copy was made before a mask was burned in."""
    tables = of_item("case-small-copy", sound())
    bare = np.array(shown(sound()))
    box = max((mask.box for mask in sound().pictures[0].masks), key=lambda one: one.width * one.height)
    bare[box.area] = stripes(box)
    tables["frames"][0]["thumb"] = thumb(Image.fromarray(bare))
    return tables


def files() -> dict[str, bytes]:
    """Case -> the sound screenshot in a file that holds more than its pixels."""
    picture = shown(sound())
    other = picture.rotate(180)
    position = Image.Exif()
    position[0x0131] = "Editor 1"
    position.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0)})
    author, plain = PngImagePlugin.PngInfo(), PngImagePlugin.PngInfo()
    author.add_text("Author", MAIL)
    plain.add_text("Title", "drawn here")
    return {
        "after-the-end": written(picture) + written(other),
        "note-with-mail": written(picture, pnginfo=author),
        "note-plain": written(picture, pnginfo=plain),
        "note-with-position": written(picture, exif=position.tobytes()),
        "extra-frames": written(picture, save_all=True, append_images=[other]),
        "hidden-colour": hidden_colour(),
    }


def hidden_colour() -> bytes:
    """The masks only took the opacity away: the colours are still there."""
    picture = np.asarray(shown(sound()))
    pixels = np.dstack([picture, np.full(picture.shape[:2], 255, np.uint8)])
    for mask in sound().pictures[0].masks:
        pixels[mask.box.area] = np.dstack([stripes(mask.box), np.zeros(mask.box.size[::-1], np.uint8)])
    return written(Image.fromarray(pixels))


def stripes(box: Box) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Something to be seen, of a box's size."""
    drawn = np.full((box.height, box.width, 3), 255, np.uint8)
    drawn[2:-2, ::3] = 20
    return drawn


def unread() -> Iterator[Tables]:
    """A picture that does not decode, and a mask without a rectangle."""
    broken = of_item("case-broken-picture", sound())
    content = broken["frames"][0]["image"]["bytes"]
    broken["frames"][0]["image"] = {"bytes": content[: len(content) // 3], "path": None}
    yield broken
    placeless = of_item("case-mask-without-place", sound())
    placeless["redactions"][0] |= {f"frame_{name}_px": None for name in ("left", "top", "width", "height")}
    yield placeless


def shown(item: Item) -> Image.Image:
    """The first picture of an item."""
    return Image.open(io.BytesIO(item.pictures[0].content)).convert("RGB")


def written(picture: Image.Image, **how: Any) -> bytes:
    """The picture as PNG."""
    content = io.BytesIO()
    picture.save(content, "PNG", compress_level=2, **how)
    return content.getvalue()
