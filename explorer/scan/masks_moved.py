"""A whole session whose masks are off: scaled by the display's scale, moved by one distance, or all somewhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from explorer.measures.masks_moved import Votes, ink_of
from explorer.scan.finding import Finding
from explorer.scan.ink_at_edge import Seen, judged
from explorer.scan.views import View

NAME, VERSION = "masks_moved", 1
# Pictures in which so many masks seem cut are looked at, and so many of them.
_CUT_SHARE, _MOST_PICTURES = 0.2, 6
_LEAST_MASKS, _MOST_CUT = 5, 0.4
_PROBABLE = 0.5


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
        distinct = {one.around.box: score for one, score in judged(self.seen)}
        if len(distinct) < _LEAST_MASKS:
            return
        share = float(np.mean([score >= _PROBABLE for score in distinct.values()]))
        how = self.votes.scale or self.votes.distance
        if how or share >= _MOST_CUT:
            places = [one.place for one in self.seen]
            yield Finding(
                **{**places[0], "t_us": places[0]["t_us"]}, seq_end=max(place["seq"] for place in places),
                kind="masks_moved", severity="high", score=round(max(share, 0.5), 3), detector=NAME,
                detector_version=VERSION, rows_n=len(self.seen), reason=how or "by no one scale or distance",
            )  # fmt: skip
