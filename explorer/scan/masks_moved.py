"""A whole session whose masks are off: scaled by the display's scale, moved by one distance, or all somewhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from explorer.measures.mask_beside import Around
from explorer.measures.masks_moved import Votes, ink_of
from explorer.scan.finding import Finding
from explorer.scan.ink_at_edge import Seen, judged
from explorer.scan.views import View

NAME, VERSION = "masks_moved", 2
# Pictures in which so many masks seem cut are looked at, and so many of them.
_CUT_SHARE, _MOST_PICTURES = 0.2, 6
_LEAST_MASKS, _LEAST_CUT, _MOST_CUT = 5, 8, 0.4
_PROBABLE = 0.5
# Of sound sessions of the tuning half, none had 0.38 at one side, nor 0.23 above or below.
_MOST_BESIDE, _MORE_THAN_OPPOSITE, _MOST_ABOVE = 0.45, 1.8, 0.35


@dataclass
class Session:
    """The masks of a session, and how they would lie if they had been moved or scaled."""

    seen: list[Seen] = field(default_factory=list)
    votes: Votes = field(default_factory=Votes)
    _pictures_n: int = 0

    def note(self, view: View) -> None:
        """Look at one picture more; most pictures are sound, and cost nothing here."""
        own = [Seen(mask, view.place, view.around(mask)) for mask in view.shown]
        self.seen.extend(own)
        cut_n = sum(one.around.is_cut or any(side.gap_px == 0 for side in one.around.near) for one in own)
        if cut_n > _CUT_SHARE * len(own) and self._pictures_n < _MOST_PICTURES:
            self._pictures_n += 1
            self.votes.count(ink_of(view.pixels, view.taken), [one.around.box for one in own])

    def found(self) -> Iterator[Finding]:
        """One finding for the session, with the number of its masks."""
        masks = {one.around.box: one.around for one in self.seen}
        if len(masks) < _LEAST_MASKS:
            return
        how = self.votes.scale or self.votes.distance or is_cut_alike(list(masks.values()))
        scores = {one.around.box: score for one, score in judged(self.seen)}
        share = float(np.mean([score >= _PROBABLE for score in scores.values()]))
        if how or share >= _MOST_CUT:
            places = [one.place for one in self.seen]
            yield Finding(
                **places[0], seq_end=max(place["seq"] for place in places), kind="masks_moved", severity="high",
                score=round(max(share, 0.5), 3), detector=NAME, detector_version=VERSION, rows_n=len(self.seen),
                reason=how or "by no one scale or distance",
            )  # fmt: skip


def is_cut_alike(masks: list[Around]) -> str | None:
    """Which edge most masks cut letters at while the opposite one is clear, in words; None where there is none."""
    left, right = (sum(side.is_text and side.gap_px == 0 for side in sides)
                   for sides in ([one.left for one in masks], [one.right for one in masks]))  # fmt: skip
    more, less, n = max(left, right), min(left, right), len(masks)
    if more >= max(_LEAST_CUT, _MOST_BESIDE * n, _MORE_THAN_OPPOSITE * less):
        return "to the right" if left > right else "to the left"
    return "up or down" if sum(one.is_cut for one in masks) >= max(_LEAST_CUT, _MOST_ABOVE * n) else None
