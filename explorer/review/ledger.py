"""Plans of a lineage as they are kept: listed, committed, started, ended; each end of a log is signed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace

from explorer.errors import ParameterError, ReviewRefused, StoreError
from explorer.review import changes
from explorer.review.changes import Kept
from explorer.review.keys import Signer, sha256_hex, text_key
from explorer.review.plan import ABANDONED, COMMITTED, FINISHED, STARTED, Plan, document_of, plan_of
from explorer.review.standing import Standing, told
from explorer.store import open_reviews as open_store
from explorer.store.review_log import LogRow
from explorer.store.review_rows import PlanRow, Reading, Signature, Writing
from explorer.store.reviews import ReviewStore

_STATES = (COMMITTED, STARTED, FINISHED, ABANDONED)
Made = Callable[[int, list[PlanRow]], tuple[Plan, Kept]]


class Ledger:
    """Plans of one dataset's lineage. All datasets of a lineage share its keys, so that their moments can be compared.

    Methods raise StoreError, and ReviewRefused at what was done already.
    """

    def __init__(self, dataset_id: str, url: str | None) -> None:
        self.dataset_id, self.url = dataset_id, url
        self._stores: dict[str, ReviewStore] = {}
        self._lock = threading.RLock()

    @property
    def lineage_id(self) -> str:
        """The dataset's own id, or that of the one it follows."""
        return self.store(self.dataset_id).lineage(self.dataset_id) or self.dataset_id

    def lineage_of(self, wanted: str | None) -> str:
        """The lineage of a plan that wants to follow `wanted`."""
        known = self.lineage_id
        if wanted in (None, known):
            return known
        if known != self.dataset_id or self.plans(known):
            raise ReviewRefused("belongs to another lineage already", where="dataset")
        return str(wanted)

    def text_key(self, lineage_id: str | None = None) -> bytes:
        """The key of a lineage for texts."""
        return text_key(lineage_id or self.lineage_id)

    def store(self, lineage_id: str) -> ReviewStore:
        """Where the plans of a lineage are kept."""
        with self._lock:
            if lineage_id not in self._stores:
                self._stores[lineage_id] = open_store(lineage_id, self.url)
            return self._stores[lineage_id]

    def plans(self, lineage_id: str) -> list[Plan]:
        """Plans in the order of their commitment."""
        store = self.store(lineage_id)
        plans = [_told(row, store) for row in store.plans(lineage_id)]
        return sorted(plans, key=lambda one: (one.committed_utc_us, one.plan_id))

    def plan(self, plan_id: str) -> Plan:
        """One plan. Raises ParameterError where there is none of this id in the lineage."""
        store = self.store(self.lineage_id)
        row = store.plan(plan_id)
        if row is None or row.lineage_id != self.lineage_id:
            raise ParameterError("there is no such plan", where="plan_id")
        return _told(row, store)

    def commit(self, lineage_id: str, planner: str, make: Made) -> Plan:
        """Keep the plan that `make` gives for an attempt and the plans before it."""
        self._follow(lineage_id)
        with self.store(lineage_id).writing() as writing:
            writing.hold(lineage_id)
            earlier = writing.plans(lineage_id)
            attempt = 1 + sum(_standing(writing, one.plan_id).was_started for one in earlier)
            plan, kept = make(attempt, earlier)
            document = document_of(plan)
            commitment = sha256_hex(document)
            writing.add_plan(PlanRow(plan.plan_id, plan.dataset_id, lineage_id, document, commitment))
            writing.add_paper(plan.plan_id, "population", changes.packed(kept))
            writing.append(plan.plan_id, "committed", planner, "committed", {})
        return replace(plan, commitment=commitment)

    def kept(self, plan: Plan) -> Kept:
        """The population that a plan committed to."""
        return changes.unpacked(self.store(plan.lineage_id).paper(plan.plan_id, "population"))

    def start(self, plan: Plan, given_by: str, items: bytes, content: Mapping[str, object]) -> None:
        """Keep the items of a plan. Refused where another plan of the lineage was started since its commitment."""
        with self.store(plan.lineage_id).writing() as writing:
            writing.hold(plan.lineage_id)
            refuse_unless(plan, COMMITTED, standing=_standing(writing, plan.plan_id))
            others = [one for one in writing.plans(plan.lineage_id) if one.plan_id != plan.plan_id]
            started_n = sum(_standing(writing, one.plan_id).was_started for one in others)
            if started_n != plan.attempt - 1:
                raise ReviewRefused(
                    "was committed to before another one was started, so its share of the error is spent",
                    where=f"plan {plan.plan_id[:8]}", hint="Abandon it and commit to a new one",
                )  # fmt: skip
            writing.hold(plan.plan_id)
            writing.add_paper(plan.plan_id, "items", items)
            self._sign(
                writing, "start", writing.append(plan.plan_id, "started", given_by, "started", content)[0]
            )

    def end(
        self, plan: Plan, kind: str, actor: str, content: Mapping[str, object], states: tuple[str, ...]
    ) -> None:
        """End a plan that is in one of the states."""
        with self.store(plan.lineage_id).writing() as writing:
            writing.hold(plan.plan_id)
            refuse_unless(plan, *states, standing=_standing(writing, plan.plan_id))
            self._sign(writing, "end", writing.append(plan.plan_id, kind, actor, kind, content)[0])

    def close(self) -> None:
        """Give the connections back."""
        for store in self._stores.values():
            store.close()

    def _follow(self, lineage_id: str) -> None:
        """Note which lineage this dataset goes on with, so that no later plan starts a new one."""
        if lineage_id != self.lineage_id:
            with self.store(self.dataset_id).writing() as writing:
                writing.add_lineage(self.dataset_id, lineage_id)

    def _sign(self, writing: Writing, what: str, row: LogRow) -> None:
        signer = Signer(self.lineage_id)
        signed = signer.sign(what, row.plan_id, row.row_n, row.row_sha256)
        writing.sign(Signature(row.plan_id, what, row.row_n, row.row_sha256, signer.public_key, signed))


def refuse_unless(plan: Plan, *states: str, standing: Standing | None = None) -> None:
    """Raise ReviewRefused where a plan is in none of the states."""
    state = standing.state if standing else plan.state
    if state not in states:
        raise ReviewRefused(f"is {state} already", where=f"plan {plan.plan_id[:8]}")


def _standing(reading: Reading | ReviewStore, plan_id: str) -> Standing:
    """What became of a plan, without its verdicts."""
    standing = Standing()
    standing.apply(reading.rows(plan_id, 0, _STATES))
    return standing


def _told(row: PlanRow, store: ReviewStore) -> Plan:
    standing = _standing(store, row.plan_id)
    if not standing.row_n:
        raise StoreError("holds a plan without its log", where=store.where, hint="Restore it from a backup")
    return told(plan_of(row, store.where), standing)
