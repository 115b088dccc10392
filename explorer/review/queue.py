"""One reader's queue: the next item, its verdict, undo, batches. Nothing here tells why an item is in the queue."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from explorer.engine import Frame
from explorer.errors import ParameterError, ReviewRefused
from explorer.review.desk import LEASE_US, MOST_HELD, Desk, is_forgotten, is_held, refuse_unless_started
from explorer.review.sight import Revealed, Shown, Sight
from explorer.review.standing import Standing
from explorer.review.verdict import Spot, checked
from explorer.store.review_log import LogRow
from explorer.store.review_rows import Lease, Writing, now_us

if TYPE_CHECKING:
    from explorer.review.draw import Item

_LEASE_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


@dataclass(frozen=True, slots=True)
class Served:
    """An item to look at (`state` item), or why there is none: batch_full, waiting (for other readers), done."""

    state: str
    lease_id: str | None = None
    expires_utc_us: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A verdict that is on disk; `was_there`: it had been sent before."""

    row_n: int
    row_sha256: str
    was_there: bool


@dataclass(frozen=True, slots=True)
class Undone:
    """A verdict that no longer counts; `next` serves its item again."""

    row_n: int
    verdict: str


@dataclass(frozen=True, slots=True)
class ClosedBatch:
    """A batch that cannot be changed any more, and what the checks had found in its items."""

    batch_n: int
    revealed: tuple[Revealed, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: verdicts given by all in this role, of those that the plan asks for; and this reader's batch."""

    answered_n: int
    items_n: int
    left_n: int
    batch_n: int
    in_batch_n: int
    batch_size: int


class Queue:
    """Every method may raise StoreError, ReviewRefused at what the plan does not allow, PlanChanged."""

    def __init__(self, desk: Desk, sight: Sight, reader: str, role: str) -> None:
        self._desk, self._sight = desk, sight
        self._reader, self._role = reader, role
        self._plan_id = desk.plan.plan_id

    def next(self, lease_id: str) -> Served:
        """Lend the next item under an id that the caller makes; the same id gives the same item, also later."""
        if not _LEASE_ID.fullmatch(lease_id):
            raise ParameterError("is not an id of 8 to 64 letters, digits and hyphens", where="lease_id")
        self._sight.refuse_change()
        with self._desk.writing() as (writing, standing):
            refuse_unless_started(standing)
            if lease_id in standing.used:
                raise ReviewRefused("was judged already", where="item")
            if known := writing.lease(self._plan_id, lease_id):
                return self._served(self._own(known))
            leases, now = writing.leases(self._plan_id), now_us()
            for old in leases:
                if is_forgotten(old, now):
                    writing.end_lease(self._plan_id, old.lease_id)
            if stop := self._stop(standing, leases, now):
                return stop
            item_id = self._desk.chosen(standing, leases, self._reader, self._role)
            if item_id is None:
                return Served("waiting" if self._may_come(standing) else "done")
            lease = Lease(self._plan_id, lease_id, item_id, self._reader, self._role, now, now + LEASE_US)
            writing.lend(lease)
        return self._served(lease)

    def shown(self, lease_id: str) -> Shown:
        """What there is to see of the item."""
        return self._sight.shown(lease_id, self._item(lease_id))

    def picture(self, lease_id: str, which: str = "now") -> Frame | None:
        """Its picture as stored, or the one `before`; None where there is none."""
        if which not in ("now", "before"):
            raise ParameterError("is not known", where="which", hint="Use one of now, before")
        return self._sight.picture(self._item(lease_id), is_before=which == "before")

    def answer(self, lease_id: str, verdict: str, spots: Sequence[Spot] = (), *, spent_ms: int) -> Kept:
        """Keep the verdict; it is on disk when this returns. Sent twice it is kept once.

        An item whose lease ran out may still be judged, also when others have judged it meanwhile. Raises
        ReviewRefused where another verdict was kept for this lease, or the reader has judged the item already.
        """
        verdict, spots, spent_ms = checked(verdict, spots, spent_ms)
        said = {"verdict": verdict, "spots": [one.as_json() for one in spots]}
        with self._desk.writing() as (writing, standing):
            if lease_id in standing.used:
                return self._kept_before(writing, lease_id, said)
            refuse_unless_started(standing)
            lease = self._own(writing.lease(self._plan_id, lease_id))
            if self._reader in standing.readers(lease.item_id):
                raise ReviewRefused("was judged by you before: one person gives one reading", where="item")
            content = {
                **said, "item_id": lease.item_id, "lease_id": lease_id, "role": self._role, "spent_ms": spent_ms,
                "batch_n": standing.closed_n[self._reader, self._role] + 1,
            }  # fmt: skip
            row = self._append(writing, "verdict", lease_id, content)
        return Kept(row.row_n, row.row_sha256, False)

    def undo(self, row_n: int | None = None) -> Undone | None:
        """Take the last verdict of the open batch back; None where there is none.

        With the verdict's `row_n` it is taken back once, however often that is sent; ReviewRefused where it is not the
        last one.
        """
        with self._desk.writing() as (writing, standing):
            refuse_unless_started(standing)
            batch = standing.open_batch[self._reader, self._role]
            if row_n is not None and f"undo:{row_n}" in standing.used:
                row = writing.rows(self._plan_id, row_n - 1)[0]
                if row.actor == self._reader:
                    return Undone(row_n, str(row.said["verdict"]))
            if row_n is not None and batch[-1:] != [row_n]:
                raise ReviewRefused("is not the last verdict of this batch", where=f"row {row_n}")
            if not batch:
                return None
            reading = standing.by_row[batch[-1]]
            content = {"row_n": reading.row_n, "item_id": reading.item_id}
            self._append(writing, "undo", f"undo:{reading.row_n}", content)
        return Undone(reading.row_n, reading.verdict)

    def renew(self, lease_id: str) -> Served:
        """Keep the item for longer."""
        with self._desk.writing() as (writing, standing):
            refuse_unless_started(standing)
            old = self._own(writing.lease(self._plan_id, lease_id))
            now = now_us()
            lease = Lease(old.plan_id, lease_id, old.item_id, old.reader, old.role, now, now + LEASE_US)
            writing.lend(lease)
        return self._served(lease)

    def release(self, lease_id: str) -> None:
        """Give the item back unjudged."""
        with self._desk.writing() as (writing, standing):
            lease = writing.lease(self._plan_id, lease_id)
            if lease is not None and lease_id not in standing.used:
                writing.end_lease(self._plan_id, self._own(lease).lease_id)

    def close_batch(self) -> ClosedBatch:
        """End the open batch: its verdicts stay, and what the checks had found is told. Refused while it is empty."""
        with self._desk.writing() as (writing, standing):
            who = self._reader, self._role
            rows = [standing.by_row[row_n] for row_n in standing.open_batch[who]]
            if not rows:
                raise ReviewRefused("has no verdict yet", where="batch")
            batch_n = standing.closed_n[who] + 1
            content = {"batch_n": batch_n, "role": self._role}
            self._append(writing, "batch_closed", f"batch:{self._role}:{self._reader}:{batch_n}", content)
        items = [(one, self._desk.by_id[one.item_id]) for one in rows]
        return ClosedBatch(batch_n, self._sight.revealed(items))

    def progress(self) -> Progress:
        """How far the plan and this reader's batch are."""
        with self._desk.reading() as standing:
            who, terms = (self._reader, self._role), self._desk.plan.terms
            answered = sum(one.role == self._role for one in standing.by_row.values())
            waiting = self._desk.waiting(standing, self._role)
            needed = terms.readings_n if self._role == "reader" else 1
            given = (len(standing.readings(item, self._role)) for item in waiting)
            left = sum(max(0, needed - one) for one in given)
            return Progress(answered, answered + left, left, standing.closed_n[who] + 1,
                            len(standing.open_batch[who]), terms.batch_size)  # fmt: skip

    def _stop(self, standing: Standing, leases: list[Lease], now: int) -> Served | None:
        """Why this reader gets no other item now."""
        in_batch_n = len(standing.open_batch[self._reader, self._role])
        size = self._desk.plan.terms.batch_size
        own = [one for one in leases if (one.reader, one.role) == (self._reader, self._role)]
        held_n = sum(is_held(one, now, standing) for one in own)
        if in_batch_n >= size:
            return Served("batch_full")
        return Served("waiting") if held_n >= MOST_HELD or in_batch_n + held_n >= size else None

    def _may_come(self, standing: Standing) -> bool:
        """Whether others have items that this reader may get later: none that this reader judged, in any role."""
        waiting = self._desk.waiting(standing, self._role)
        return any(self._reader not in standing.readers(item_id) for item_id in waiting)

    def _append(self, writing: Writing, kind: str, key: str, content: Mapping[str, object]) -> LogRow:
        return writing.append(self._plan_id, kind, self._reader, key, content)[0]

    def _kept_before(self, writing: Writing, lease_id: str, said: Mapping[str, object]) -> Kept:
        """What was kept for a lease, where the same is sent again."""
        row = next(row for row in writing.rows(self._plan_id) if row.key == lease_id)
        if row.actor != self._reader or any(row.said[name] != value for name, value in said.items()):
            raise ReviewRefused("has another verdict already: undo it first", where="item")
        return Kept(row.row_n, row.row_sha256, True)

    def _item(self, lease_id: str) -> Item:
        lease = self._own(self._desk.store.lease(self._plan_id, lease_id))
        with self._desk.reading():
            return self._desk.by_id[lease.item_id]

    def _own(self, lease: Lease | None) -> Lease:
        if lease is None or (lease.reader, lease.role) != (self._reader, self._role):
            raise ReviewRefused("is not yours", where="item", hint="Take the next one")
        return lease

    def _served(self, lease: Lease) -> Served:
        return Served("item", lease.lease_id, lease.expires_utc_us)
