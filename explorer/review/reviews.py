"""Reviews of one dataset: plans from commitment to end, and the queues between."""

from __future__ import annotations

import re
import threading

from explorer.engine import Engine
from explorer.errors import NoteRefused, ParameterError, ReviewRefused
from explorer.review import draw
from explorer.review.after_fix import AfterFix, after_fix
from explorer.review.changes import Changed, Kept
from explorer.review.desk import Desk
from explorer.review.earlier import earlier, recalled
from explorer.review.items import items_of
from explorer.review.judged import Judged, Spent, judged_of, spent_of
from explorer.review.keys import Signer, key_id, sha256_hex
from explorer.review.ledger import Ledger, refuse_unless
from explorer.review.moments import Filters, Population, population
from explorer.review.plan import COMMITTED, STARTED, Draft, Plan
from explorer.review.planning import drafted, planned
from explorer.review.queue import Queue
from explorer.review.sight import Sight
from explorer.review.terms import Terms
from explorer.review.words import ABANDON_REASONS, ROLES
from explorer.store.mark import kept_author
from explorer.store.review_log import LogRow, check_chain
from explorer.store.review_rows import PlanRow, Signature

_NUMBER = re.compile(r"[0-9]{1,40}")


class Reviews:
    """Safe to share between threads. Methods raise StoreError, ReviewRefused, ParameterError; PlanChanged too."""

    def __init__(self, engine: Engine, *, url: str | None = None) -> None:
        self._engine, self._ledger = engine, Ledger(engine.dataset.dataset_id, url)
        self._lock = threading.RLock()
        self._population: tuple[object, Population] | None = None
        self._open: dict[str, tuple[Desk, Sight]] = {}

    @property
    def dataset_id(self) -> str:
        """The dataset that is reviewed."""
        return self._ledger.dataset_id

    @property
    def lineage_id(self) -> str:
        """The dataset's own id, or that of the one it follows."""
        return self._ledger.lineage_id

    def population(self, filters: Filters | None = None, *, lineage_id: str | None = None) -> Population:
        """All moments that pass the filters, as the dataset is now."""
        lineage_id = lineage_id or self.lineage_id
        state = self._engine.version_id, lineage_id, tuple(sorted((filters or {}).items()))
        with self._lock:
            if self._population is None or self._population[0] != state:
                self._population = state, population(self._engine, self._ledger.text_key(lineage_id), filters)
            return self._population[1]

    def draft(self, terms: Terms) -> Draft:
        """What the terms would mean now. Nothing is kept."""
        lineage_id = self._ledger.lineage_of(terms.lineage_id)
        return self._drafted(terms, lineage_id, self._before(terms, lineage_id))[0]

    # --- from commitment to end

    def commit(self, terms: Terms, *, planner: str) -> Plan:
        """Commit to a population and a plan, before anything is drawn."""
        planner, lineage_id = _named(planner, "planner"), self._ledger.lineage_of(terms.lineage_id)
        now = self.population(terms.filters, lineage_id=lineage_id)
        if not now.moments_n:
            raise ReviewRefused("has no moment that could be reviewed", where="population",
                                hint="Widen the filter, or see whether consent hides everything")  # fmt: skip
        before = self._before(terms, lineage_id)
        first = self._drafted(terms, lineage_id, before)  # before the store is held: it may take long

        def made(attempt: int, earlier: list[PlanRow]) -> tuple[Plan, Kept]:
            is_first = attempt == first[0].attempt
            draft, kept = first if is_first else drafted(self._engine, now, terms, attempt, before)
            key, dataset_id = self._ledger.text_key(lineage_id), self._ledger.dataset_id
            plan = planned(draft, kept, key=key, dataset_id=dataset_id, lineage_id=lineage_id, planner=planner,
                           earlier=earlier)  # fmt: skip
            return plan, kept

        return self._ledger.commit(lineage_id, planner, made)

    def start(self, plan_id: str, *, number: str, given_by: str) -> Plan:
        """Draw, with a number of 1 to 40 digits that somebody else than the planner gives. Raises PlanChanged."""
        plan, given_by = self.plan(plan_id), _named(given_by, "given_by")
        if not _NUMBER.fullmatch(number):
            raise ParameterError("is not a number of 1 to 40 digits", where="number")
        if given_by.casefold() == plan.planner.casefold():
            raise ReviewRefused("comes from the planner: a second person has to give it", where="number")
        refuse_unless(plan, COMMITTED)
        seed = sha256_hex(f"{plan.commitment}:{number}")
        sight = self._sight(plan, seed)
        sight.refuse_change()
        items = items_of(plan, self._ledger.kept(plan), sight, seed)
        paper = draw.packed(items)
        content = {
            "number": number,
            "seed": seed,
            "items_sha256": draw.sha256_of(paper),
            "items_n": len(items),
        }
        self._ledger.start(plan, given_by, paper, content)
        return self.plan(plan_id)

    def abandon(self, plan_id: str, *, actor: str, reason: str) -> Plan:
        """End a plan without an answer. It stays listed, and counts as an attempt once it was started."""
        if reason not in ABANDON_REASONS:
            raise ParameterError(
                "is not in the list", where="reason", hint=f"Use one of {', '.join(ABANDON_REASONS)}"
            )
        actor = _named(actor, "actor")
        self._ledger.end(self.plan(plan_id), "abandoned", actor, {"reason": reason}, (COMMITTED, STARTED))
        return self.plan(plan_id)

    def finish(self, plan_id: str, *, actor: str) -> Plan:
        """End a started plan; what was not judged counts as leak in the bound. Its log is signed."""
        plan, actor = self.plan(plan_id), _named(actor, "actor")
        desk, _ = self._desk(plan)
        with desk.reading() as standing:
            judged_n = sum(desk.is_complete(standing, one.item_id) for one in desk.items)
            content = {"items_n": len(desk.items), "judged_n": judged_n, "verdicts_n": len(standing.by_row)}
        self._ledger.end(plan, "finished", actor, content, (STARTED,))
        return self.plan(plan_id)

    # --- what there is

    def plans(self) -> list[Plan]:
        """All plans of the lineage, in the order of their commitment; abandoned ones too."""
        return self._ledger.plans(self.lineage_id)

    def plan(self, plan_id: str) -> Plan:
        """One plan."""
        return self._ledger.plan(plan_id)

    def changed(self, plan_id: str) -> Changed | None:
        """What is other in the dataset than the plan committed to; None when nothing is."""
        return self._desk(self.plan(plan_id))[1].changed()

    def queue(self, plan_id: str, reader: str, role: str = "reader") -> Queue:
        """The queue of one person, who signs with `reader` (in small letters from then on: "Ana" and "ana" are one).

        `role` is reader or adjudicator.
        """
        reader, plan = _named(reader, "reader").casefold(), self.plan(plan_id)
        if role not in ROLES:
            raise ParameterError("is not known", where="role", hint=f"Use one of {', '.join(ROLES)}")
        if role == "adjudicator" and plan.terms.readings_n == 1:
            raise ReviewRefused("has one reader for each item and no adjudicator", where="plan")
        return Queue(*self._desk(plan), reader, role)

    def judged(self, plan_id: str) -> list[Judged]:
        """Everything that was said, by item. Raises StoreError where the log is not whole; PlanChanged."""
        plan = self.plan(plan_id)
        desk, sight = self._desk(plan)
        check_chain(self.log(plan_id), plan.commitment, desk.store.where)
        with desk.reading() as standing:
            return judged_of(desk, standing, sight.refuse_change())

    def recalled(self, plan_id: str) -> list[Judged]:
        """The same from the store alone, also where the dataset changed since: without apps and hashes of pictures."""
        return recalled(self._ledger, self.plan(plan_id))

    def log(self, plan_id: str) -> list[LogRow]:
        """The plan's log."""
        return self._ledger.store(self.lineage_id).rows(plan_id)

    def signatures(self, plan_id: str) -> list[Signature]:
        """Signed heads of the plan's log."""
        return self._ledger.store(self.lineage_id).signatures(plan_id)

    def paper(self, plan_id: str, name: str) -> bytes:
        """What belongs to a plan as a whole, as it is kept: its `population`, and once it was started its `items`."""
        return self._ledger.store(self.lineage_id).paper(plan_id, name)

    def signer(self) -> Signer:
        """Who signs the lineage's logs and reports."""
        return Signer(self.lineage_id)

    def spent(self) -> tuple[Spent, ...]:
        """How long items take, by role; all people and plans of the lineage together."""
        standings = []
        for plan in self.plans():
            with self._desk(plan)[0].reading() as standing:
                standings.append(standing)
        return tuple(spent_of(role, standings) for role in ROLES)

    def close(self) -> None:
        """Give the connections back."""
        self._ledger.close()

    def after_fix(
        self, plan_id: str, *, is_prompted: bool | None = None, lineage_id: str | None = None
    ) -> AfterFix:
        """What a started plan still says now that something was fixed, and what one that follows it has to do.

        is_prompted: whether its sample led to the fix. lineage_id: the plan's, where this dataset has not joined it.
        """
        lineage_id = self._ledger.lineage_of(lineage_id)
        found = earlier(self._ledger, plan_id, lineage_id)
        now = self.population(found.plan.terms.filters, lineage_id=lineage_id)
        return after_fix(found.plan, found.judged, found.kept, now.moments, is_prompted)

    # --- within

    def _drafted(self, terms: Terms, lineage_id: str, before: Kept | None) -> tuple[Draft, Kept]:
        attempt = 1 + sum(one.was_started for one in self._ledger.plans(lineage_id))
        now = self.population(terms.filters, lineage_id=lineage_id)
        return drafted(self._engine, now, terms, attempt, before)

    def _before(self, terms: Terms, lineage_id: str) -> Kept | None:
        """What the plan committed to that a new one follows."""
        if terms.follows is None:
            return None
        return earlier(self._ledger, terms.follows, lineage_id, terms.filters).kept

    def _sight(self, plan: Plan, seed: str | None) -> Sight:
        def read() -> tuple[Population, str]:
            now = self.population(plan.terms.filters, lineage_id=plan.lineage_id)
            return now, key_id(self._ledger.text_key(plan.lineage_id))

        return Sight(self._engine, self._ledger.store(plan.lineage_id), plan, seed, read)

    def _desk(self, plan: Plan) -> tuple[Desk, Sight]:
        with self._lock:
            if plan.plan_id not in self._open or self._open[plan.plan_id][1].seed != plan.seed:
                desk = Desk(self._ledger.store(plan.lineage_id), plan)
                self._open[plan.plan_id] = desk, self._sight(plan, plan.seed)
            return self._open[plan.plan_id]


def _named(text: str, where: str) -> str:
    """A name that somebody signs with. Raises NoteRefused, ParameterError."""
    try:
        name = kept_author(text)
    except NoteRefused as error:
        raise NoteRefused(error.what, where="name", hint="Sign with a name or a pseudonym") from None
    if not name:
        raise ParameterError("is missing: say who you are, by any name", where=where)
    return name
