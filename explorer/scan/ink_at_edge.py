"""Letters that go on where a mask ends: it is misplaced, or too small. Judged by the other masks of its session."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from explorer.measures.mask_beside import Around
from explorer.measures.mask_evidence import Peer, Peers, chance
from explorer.scan.finding import Finding
from explorer.scan.views import Mask, View

NAME, VERSION = "ink_at_edge", 6
LEAST_CHANCE, _PROBABLE = 0.0092, 0.5


@dataclass(frozen=True, slots=True)
class Seen:
    """A mask, the columns of findings that say where it is, and what is around it."""

    mask: Mask
    place: dict[str, Any]
    around: Around

    @property
    def peer(self) -> Peer:
        return Peer(self.around, self.mask.entity)


@dataclass
class Session:
    """The masks of a session, picture by picture."""

    seen: list[Seen] = field(default_factory=list)

    def note(self, view: View) -> None:
        """Look at one picture more; a mask that leaves nothing of it has no edge at which letters could go on."""
        height, width = view.pixels.shape[:2]
        edged = (mask for mask in view.shown if view.within(mask) != (0, 0, width, height))
        self.seen.extend(Seen(mask, view.place, view.around(mask)) for mask in edged)

    def found(self) -> Iterator[Finding]:
        """A finding for each mask that is likelier cut short than its peers; to be ranked by its score."""
        for one, score in judged(self.seen):
            if score >= LEAST_CHANCE:
                yield Finding(
                    **one.place, **one.mask.place, kind="ink_at_edge",
                    severity="medium" if score >= _PROBABLE else "low", score=round(score, 3), detector=NAME,
                    detector_version=VERSION, redaction_id=one.mask.redaction_id, entity=one.mask.entity,
                )  # fmt: skip


def judged(seen: list[Seen]) -> Iterator[tuple[Seen, float]]:
    """Each mask with the chance that it is misplaced or too small."""
    peers = Peers([one.peer for one in seen])
    known: dict[Peer, float] = {}
    for one in seen:
        if one.peer not in known:
            known[one.peer] = chance(peers.signs(one.peer))
        yield one, known[one.peer]
