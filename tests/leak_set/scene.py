"""A page with its values and the masks of one pass: what all kinds of items are made from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .boxes import Box
from .fills import Fill, Style, solid
from .items import Declared, Truth
from .page import Page, Slot


@dataclass
class Shot:
    """A picture before it is stored: pixels, what the pass declares, and which values are shown."""

    image: Image.Image
    masks: list[Declared]
    truths: tuple[Truth, ...] = ()
    subject: int | None = None


@dataclass
class Scene:
    """A page, the pass's style, the place of the value in question, and the texts to paint."""

    page: Page
    style: Style
    dice: Random
    subject: int
    texts: Sequence[str]
    burned: list[Box] = field(default_factory=list)

    @property
    def slot(self) -> Slot:
        return self.page.slots[self.subject]

    def shot(self, bare: Collection[int] = (), absent: Collection[int] = (), fill: Fill = solid) -> Shot:
        """All values painted and covered by the pass, but those that stay bare and those that are not there at all.

        `fill` is how the subject is covered; the others are covered by one colour.
        """
        image, declared = self.page.image.copy(), []
        shown = [at for at in range(len(self.page.slots)) if at not in absent]
        self.burned = []
        for at in shown:
            self.page.slots[at].paint(image, self.texts[at])
        for at in shown:
            if at not in bare:
                slot = self.page.slots[at]
                box = self.style.box(slot, image.size)
                self.burn(image, box, slot.value.entity, fill if at == self.subject else solid)
                method = "fill" if at != self.subject or fill is solid else "placeholder"
                declared.append(Declared(box, slot.value.entity, method))
        return Shot(image, declared, subject=self.subject if self.subject in shown else None)

    def burn(self, image: Image.Image, box: Box, entity: str, fill: Fill = solid) -> None:
        """Cover a box."""
        fill(image, box, self.style.colour, entity)
        self.burned.append(box)

    def told(self, shot: Shot, absent: Collection[int] = ()) -> Shot:
        """The shot with what is true of it: where values lie, and how much of each is open."""
        shown = [at for at in range(len(self.page.slots)) if at not in absent]
        shot.truths = tuple(
            Truth(
                slot.box, slot.value.entity, self.texts[at], slot.ground, self.open_share(slot, self.burned)
            )
            for at, slot in ((at, self.page.slots[at]) for at in shown)
        )
        shot.subject = shown.index(self.subject) if self.subject in shown else None
        return shot

    def open_share(self, slot: Slot, covered: Iterable[Box]) -> float:
        """Share of the ink of the slot's own value that lies in none of the boxes."""
        covered = [box for box in covered if box.touches(slot.box)]
        if not covered or any(box.holds(slot.box) for box in covered):
            return 0.0 if covered else 1.0
        ink = self.ink(slot)
        open_ink = ink.copy()
        for box in covered:
            open_ink[box.moved(-slot.box.left, -slot.box.top).within(slot.box.size).area] = False
        return float(open_ink.sum() / max(1, ink.sum()))

    def ink(self, slot: Slot) -> NDArray[np.bool_]:
        """Pixels of the slot's box that its own value changes."""
        bare = self.page.image.crop(slot.box.edges)
        written = bare.copy()
        slot.paint(written, slot.value.text, left_px=slot.box.left, top_px=slot.box.top)
        changed: NDArray[np.bool_] = (np.asarray(bare) != np.asarray(written)).any(axis=-1)
        return changed


def scene_of(
    page: Page, style: Style, dice: Random, *, other_values: bool, grounds: Collection[str] = ()
) -> Scene:
    """A scene whose subject is chosen among the slots on one of the grounds, or among all of them.

    With other values, every value is replaced by another of its kind, in the same place and with the same masks.
    """
    places = [at for at, slot in enumerate(page.slots) if not grounds or slot.ground in grounds]
    wide = [at for at in places if page.slots[at].box.width >= 2 * page.slots[at].box.height] or places
    subject = dice.choice(wide)
    instead = Random(f"{page.split}/{page.layout}/other")
    texts = [page.other(slot, instead) if other_values else slot.value.text for slot in page.slots]
    return Scene(page, style, dice, subject, texts)
