"""What a reader sees of an item: picture, texts, masks. Planted leaks are drawn in memory, when they are asked for."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
import pyarrow.compute as pc

from explorer.engine import Engine, Frame
from explorer.errors import PlanChanged
from explorer.review import planted_pictures, planted_texts
from explorer.review.changes import Changed, changed_between, unpacked
from explorer.review.draw import Item, Planted
from explorer.review.flagged import Flagged, flagged
from explorer.review.moments import Population
from explorer.review.plan import Plan
from explorer.review.shown import Box, TextRow, content_of, masks_of
from explorer.review.standing import Reading
from explorer.scan import folder
from explorer.store.reviews import ReviewStore
from explorer.trace.pictures import decoded

_FRAMES_N = 8
# The population as the dataset is now, and which key hashed its texts.
Read = Callable[[], tuple[Population, str]]


@dataclass(frozen=True, slots=True)
class Shown:
    """What there is to see of an item; `is_broken`: its picture cannot be shown."""

    lease_id: str
    has_picture: bool
    width_px: int | None
    height_px: int | None
    format: str | None
    texts: tuple[TextRow, ...]
    masks: tuple[Box, ...]
    app: str | None
    has_before: bool
    is_broken: bool


@dataclass(frozen=True, slots=True)
class FoundHere:
    """A finding of the scan in a moment."""

    kind: str
    severity: str
    channel: str
    entity: str | None


@dataclass(frozen=True, slots=True)
class Revealed:
    """What is told of an item after its batch: where it is, what the checks had found, and if the leak was planted."""

    lease_id: str
    moment_id: str
    verdict: str
    planted: Planted | None
    findings: tuple[FoundHere, ...]


@dataclass(frozen=True, slots=True)
class _Picture:
    frame: Frame | None
    size: tuple[int, int] | None


class Sight:
    """One plan over one dataset; shared by all queues of a process."""

    def __init__(self, engine: Engine, store: ReviewStore, plan: Plan, seed: str | None, read: Read) -> None:
        self._engine, self._store, self._plan, self._read = engine, store, plan, read
        self.seed = seed
        self._lock = threading.RLock()
        self._seen = ""
        self._population: Population | None = None
        self._flagged: Flagged | None = None
        self._pictures: OrderedDict[str, _Picture] = OrderedDict()

    def changed(self) -> Changed | None:
        """What is other in the dataset than the plan committed to; None when nothing is."""
        with self._lock:
            version = self._engine.version_id
            if version == self._seen:
                return None
            now, now_key_id = self._read()
            if now_key_id != self._plan.key_id:
                return Changed(is_other_key=True)
            if now.fingerprint != self._plan.population_sha256:
                return changed_between(unpacked(self._store.paper(self._plan.plan_id, "population")), now)
            self._seen, self._population, self._flagged = version, now, None
            self._pictures.clear()
            return None

    def refuse_change(self) -> Population:
        """The population. Raises PlanChanged when it is not the one that the plan committed to."""
        if changed := self.changed():
            raise PlanChanged(
                f"speaks of another state of the dataset ({changed})",
                where=f"plan {self._plan.plan_id[:8]}",
                hint="Put the dataset back as it was, or abandon this plan and make another",
            )
        assert self._population is not None
        return self._population

    def moment(self, moment_id: str) -> dict[str, Any]:
        """A row of the population."""
        moments = self.refuse_change().moments
        row: dict[str, Any] = moments.slice(pc.index(moments["moment_id"], moment_id).as_py(), 1).to_pylist()[
            0
        ]
        return row

    def shown(self, lease_id: str, item: Item) -> Shown:
        """All but the pixels."""
        moment = self.moment(item.moment_id)
        texts, masks = content_of(self._engine, moment)
        planted = item.planted
        if planted and planted.channel != "frame":
            texts = planted_texts.with_leak(texts, planted.channel, self.dice(item.moment_id, planted))
        picture = self._picture(item, moment)
        frame, (width, height), has = (
            picture.frame,
            picture.size or (None, None),
            moment["frame_id"] is not None,
        )
        return Shown(
            lease_id, has, width, height, frame.format if frame else None, tuple(texts), tuple(masks), moment["app"],
            self._before(moment) is not None, has and picture.size is None,
        )  # fmt: skip

    def picture(self, item: Item, *, is_before: bool = False) -> Frame | None:
        """The picture as stored, or with what was planted in it; or the one before it in the session."""
        moment = self.moment(item.moment_id)
        if is_before:
            before = self._before(moment)
            return self._engine.frame(before) if before else None
        return self._picture(item, moment).frame

    def revealed(self, judged: Sequence[tuple[Reading, Item]]) -> tuple[Revealed, ...]:
        """What is told after a batch."""
        placed = self._placed()
        moments = self.refuse_change().moments
        told = []
        for reading, item in judged:
            at = np.array([pc.index(moments["moment_id"], item.moment_id).as_py()])
            rows = placed.of_moments(at).to_pylist() if placed else []
            found = {FoundHere(row["kind"], row["severity"], row["channel"], row["entity"]) for row in rows}
            told.append(Revealed(reading.lease_id, item.moment_id, reading.verdict, item.planted,
                                 tuple(sorted(found, key=repr))))  # fmt: skip
        return tuple(told)

    def dice(self, moment_id: str, planted: Planted) -> Random:
        """Chance for what is planted in a moment: the same each time."""
        return Random(f"{self.seed}:planted:{moment_id}:{planted.leak}:{planted.channel}")

    def planted(self, moment: dict[str, Any], leak: str, channel: str) -> Planted | None:
        """A leak of that kind in that moment; None where there is no room for it."""
        planned = Planted(leak, channel, "")
        dice = self.dice(moment["moment_id"], planned)
        if channel != "frame":
            return Planted(
                leak, channel, planted_texts.entity_of(channel, dice), None, planted_texts.COLUMNS[channel]
            )
        drawn = self._drawn(moment, planned)
        return Planted(leak, channel, drawn.entity, drawn.box) if drawn else None

    def _picture(self, item: Item, moment: dict[str, Any]) -> _Picture:
        with self._lock:
            if item.item_id in self._pictures:
                return self._pictures[item.item_id]
        made = self._made(item, moment)
        with self._lock:
            self._pictures[item.item_id] = made
            while len(self._pictures) > _FRAMES_N:
                self._pictures.popitem(last=False)
        return made

    def _made(self, item: Item, moment: dict[str, Any]) -> _Picture:
        frame = self._engine.frame(moment["frame_id"]) if moment["frame_id"] else None
        if frame is None:
            return _Picture(None, None)
        try:
            size = decoded(frame.bytes)[0].size
        except ValueError:
            return _Picture(frame, None)
        if item.planted and item.planted.channel == "frame" and (drawn := self._drawn(moment, item.planted)):
            content = planted_pictures.encoded(drawn.picture, frame.format)
            frame = Frame(frame.frame_id, content, frame.format, hashlib.sha256(content).hexdigest())
        return _Picture(frame, size)

    def _drawn(self, moment: dict[str, Any], planted: Planted) -> planted_pictures.Drawn | None:
        frame = self._engine.frame(moment["frame_id"]) if moment["frame_id"] else None
        if frame is None:
            return None
        try:
            picture = decoded(frame.bytes)[0]
        except ValueError:
            return None
        masks = [one.edges for one in masks_of(self._engine, moment)]
        return planted_pictures.draw(picture, masks, planted.leak, self.dice(moment["moment_id"], planted))

    def _before(self, moment: dict[str, Any]) -> str | None:
        """The picture before that of the moment."""
        if moment["moment_n"] == 0 or moment["frame_id"] is None:
            return None
        moments = self.refuse_change().moments
        at = pc.index(moments["moment_id"], moment["moment_id"]).as_py() - 1
        frame_id: str | None = moments["frame_id"][at].as_py()
        return frame_id

    def _placed(self) -> Flagged | None:
        with self._lock:
            scan = folder.latest(self._engine)
            if self._flagged is None and scan is not None and not scan.is_stale:
                self._flagged = flagged(self._engine, self.refuse_change(), scan.findings)
            return self._flagged
