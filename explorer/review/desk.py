"""A started plan at work: its items, and who has which. Shared by all queues of one process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from explorer.errors import ReviewRefused
from explorer.review.draw import Item, rank, unpacked
from explorer.review.plan import STARTED, Plan
from explorer.review.standing import Standing
from explorer.store.review_rows import Lease, Writing, now_us
from explorer.store.reviews import ReviewStore

LEASE_US = 600 * 1_000_000
MOST_HELD = 4
_KEPT_US = 24 * 3600 * 1_000_000  # an answer may come long after its lease ran out


class Desk:
    """The items of a plan and where each stands; follows the log, which other programs add to as well."""

    def __init__(self, store: ReviewStore, plan: Plan) -> None:
        self.store, self.plan = store, plan
        self.items: tuple[Item, ...] = ()
        self.by_id: dict[str, Item] = {}
        self._standing = Standing()
        self._lock = threading.RLock()

    @contextmanager
    def reading(self) -> Iterator[Standing]:
        """Where the plan stands now."""
        with self._lock:
            self._standing.apply(self.store.rows(self.plan.plan_id, self._standing.row_n))
            self._load()
            yield self._standing

    @contextmanager
    def writing(self) -> Iterator[tuple[Writing, Standing]]:
        """The same within a transaction in which nobody else adds to this plan."""
        plan_id = self.plan.plan_id
        with self._lock, self.store.writing() as writing:
            writing.hold(plan_id)
            # What was read is on disk already, so it stays true when this transaction fails.
            self._standing.apply(writing.rows(plan_id, self._standing.row_n))
            if self._standing.was_started and not self.items:
                self._keep(unpacked(writing.paper(plan_id, "items") or b"[]"))
            yield writing, self._standing

    def _load(self) -> None:
        if self._standing.was_started and not self.items:
            self._keep(unpacked(self.store.paper(self.plan.plan_id, "items")))

    def _keep(self, items: list[Item]) -> None:
        self.items = tuple(items)
        self.by_id = {one.item_id: one for one in items}

    # --- which item comes next

    def chosen(self, standing: Standing, leases: list[Lease], reader: str, role: str) -> str | None:
        """The next item for a reader: one whose verdict was taken back, else the first that still needs a reading."""
        now = now_us()
        held = {one.item_id for one in leases if one.reader == reader and is_held(one, now, standing)}
        others: dict[str, set[str]] = {}
        for one in leases:
            if one.role == role and one.reader != reader and is_held(one, now, standing):
                others.setdefault(one.item_id, set()).add(one.reader)
        for (other, in_role), items in standing.again.items():
            for item_id, since in items.items():
                # Whoever took a verdict back sees the item again, before others do.
                if in_role == role and other != reader and since <= now < since + LEASE_US:
                    others.setdefault(item_id, set()).add(other)
        again = [item for item in standing.again[reader, role] if item not in held]
        needed = self.plan.terms.readings_n if role == "reader" else 1
        for item_id in (*again, *self.waiting(standing, role)):
            if item_id in held or reader in standing.readers(item_id):
                continue
            given = {one.reader for one in standing.readings(item_id, role)}
            if len(given | others.get(item_id, set())) < needed:
                return item_id
        return None

    def waiting(self, standing: Standing, role: str) -> list[str]:
        """Items that need a reading in that role, in the order of the queue."""
        if role == "adjudicator":
            return self._to_adjudicate(standing)
        needed = self.plan.terms.readings_n
        return [one.item_id for one in self.items if len(standing.readings(one.item_id, role)) < needed]

    def is_complete(self, standing: Standing, item_id: str) -> bool:
        """All readings that the plan asks for are there."""
        return standing.is_complete(item_id, self.plan.terms.readings_n)

    def _to_adjudicate(self, standing: Standing) -> list[str]:
        """Leaks, doubts and disagreements, and as many others, in an order that does not tell which is which."""
        seed, needed = str(standing.started["seed"]), self.plan.terms.readings_n
        read = [i for i in standing.by_item if len(standing.readings(i, "reader")) >= needed]
        doubtful = [item for item in read if standing.needs_adjudication(item)]
        plain = sorted(set(read) - set(doubtful), key=lambda item: rank(seed, "plain", item))[: len(doubtful)]
        both = sorted((*doubtful, *plain), key=lambda item: rank(seed, "adjudication", item))
        return [item for item in both if not standing.readings(item, "adjudicator")]


def is_held(lease: Lease, now: int, standing: Standing) -> bool:
    """Whether somebody has the item now. A lease from the future was made before the clock was put back."""
    return lease.lease_id not in standing.used and lease.leased_utc_us <= now < lease.expires_utc_us


def is_forgotten(lease: Lease, now: int) -> bool:
    """Whether a lease may go."""
    return abs(now - lease.expires_utc_us) > _KEPT_US


def refuse_unless_started(standing: Standing) -> None:
    """Raise ReviewRefused while nothing may be judged."""
    if standing.state != STARTED:
        raise ReviewRefused(f"is {standing.state}, so nothing can be judged", where="plan")
