"""Whether a value can be had from the pixels under a weak mask, above the noise of the codec.

Whoever knows font, place and mask can lay the mask over any value and compare. So, for each channel:

    t    what the mask makes of the true value, minus the mean of what it makes of 12 others: the value's own pattern
    d    the pixels in the box as decoded from the stored bytes
    n    the same of a picture that is solid there (one colour, the mean of d) and stored the same way: the codec's
         noise, and what leaks into the box from beside it
    w    1 / (1 + (n - that colour)^2): pixels count the less, the more the codec disturbs them in a solid mask

All sums are weighted by w. d, n and t are centred, and what the mask makes of all values alike is taken out of d and n
by least squares.

    likeness = the highest correlation of d with t among the three channels. A correlation does not change with
               brightness and contrast, so it is that of the best stretch of contrast.
    noise    = root mean square of the same correlation with n in the place of d, over the patterns of all 13 values
    recoverable: likeness >= 0.25 and likeness >= 3 * noise
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .boxes import Box
from .encoding import Encoding, decoded
from .items import Recovery
from .page import Page, Slot
from .weak import Pixels, Weak

OTHERS_N = 12
LEAST_LIKENESS, LEAST_OVER_NOISE = 0.25, 3.0
_NOTHING = 1e-6

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Inside:
    """A weak mask over a slot: the picture beneath without the value, and what the mask does to pixels."""

    page: Page
    slot: Slot
    box: Box
    beneath: Image.Image
    mask: Weak

    def pixels(self, text: str) -> Pixels:
        """The box with that value under the mask, before it is stored."""
        cut = self.beneath.crop(self.box.edges)
        self.slot.paint(cut, text, left_px=self.box.left, top_px=self.box.top)
        return self.mask(np.asarray(cut))

    def picture(self, text: str) -> Image.Image:
        return Image.fromarray(self.pixels(text))


def recovery(inside: Inside, content: bytes, stored: Encoding) -> Recovery:
    """How well the true value can be told from the stored bytes of its picture."""
    found = decoded(content)[inside.box.area].astype(np.float64)
    colour = found.mean(axis=(0, 1)).round()
    solid = _solid(inside, colour, stored)
    weight = 1 / (1 + (solid - colour) ** 2)
    texts = [inside.slot.value.text, *_others(inside)]
    made = np.stack([inside.pixels(text) for text in texts]).astype(np.float64)
    patterns = [one - made[1:].mean(axis=0) for one in made]
    own = _likeness(_rest(found, made.mean(axis=0), weight), patterns[0], weight)
    rest = _rest(solid, made.mean(axis=0), weight)
    noise = float(np.sqrt(np.mean([_likeness(rest, pattern, weight) ** 2 for pattern in patterns])))
    return Recovery(own, noise, own >= max(LEAST_LIKENESS, LEAST_OVER_NOISE * noise))


def _others(inside: Inside) -> list[str]:
    chance = Random(f"{inside.page.split}/{inside.page.layout}/recovery")
    return [inside.page.other(inside.slot, chance) for _ in range(OTHERS_N)]


def _solid(inside: Inside, colour: Floats, stored: Encoding) -> Floats:
    """The box of the same picture with one colour in it, after storing."""
    image = inside.beneath.copy()
    red, green, blue = (int(part) for part in colour)
    image.paste((red, green, blue), inside.box.edges)
    pixels = np.asarray(image) if stored.quality is None else decoded(stored.encoded(image))
    return pixels[inside.box.area].astype(np.float64)


def _rest(found: Floats, common: Floats, weight: Floats) -> Floats:
    """Centred pixels without what is common to all values."""
    rest, shared = _centred(found, weight), _centred(common, weight)
    sizes = (weight * shared**2).sum(axis=(0, 1))
    share = np.divide((weight * rest * shared).sum(axis=(0, 1)), sizes, out=np.zeros(3), where=sizes > 0)
    alone: Floats = rest - share * shared
    return alone


def _likeness(rest: Floats, pattern: Floats, weight: Floats) -> float:
    """The highest correlation of a channel with the pattern; 0 where nothing varies."""
    centred = _centred(pattern, weight)
    sizes = np.sqrt((weight * rest**2).sum(axis=(0, 1)) * (weight * centred**2).sum(axis=(0, 1)))
    products = (weight * rest * centred).sum(axis=(0, 1))
    return float(np.divide(products, sizes, out=np.zeros(3), where=sizes > _NOTHING).max())


def _centred(pixels: Floats, weight: Floats) -> Floats:
    centred: Floats = pixels - (weight * pixels).sum(axis=(0, 1)) / weight.sum(axis=(0, 1))
    return centred
