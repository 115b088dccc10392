"""Rows of reviews within one transaction: what can be asked, and what can be added."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from explorer.errors import StoreError
from explorer.store import review_tables as tables
from explorer.store.review_log import LogRow, canonical, row_after


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan as it was committed: `document` is canonical JSON, `commitment` its sha256."""

    plan_id: str
    dataset_id: str
    lineage_id: str
    document: str
    commitment: str


@dataclass(frozen=True, slots=True)
class Signature:
    """A signed head of a plan's log. `what`: start or end; `public_key`, `signature` in hex."""

    plan_id: str
    what: str
    row_n: int
    head_sha256: str
    public_key: str
    signature: str


@dataclass(frozen=True, slots=True)
class Lease:
    """An item that a reader has now."""

    plan_id: str
    lease_id: str
    item_id: str
    reader: str
    role: str
    leased_utc_us: int
    expires_utc_us: int


class Reading:
    """What can be asked within a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def plans(self, lineage_id: str) -> list[PlanRow]:
        """Plans of a lineage, by id."""
        table = tables.plans
        found = self._connection.execute(_of(table, PlanRow).where(table.c.lineage_id == lineage_id))
        return sorted((PlanRow(*row) for row in found), key=lambda one: one.plan_id)

    def plan(self, plan_id: str) -> PlanRow | None:
        """One plan."""
        found = self._connection.execute(
            _of(tables.plans, PlanRow).where(tables.plans.c.plan_id == plan_id)
        ).first()
        return PlanRow(*found) if found else None

    def lineage(self, dataset_id: str) -> str | None:
        """The lineage that a dataset goes on with."""
        table = tables.lineages
        found: str | None = self._connection.execute(
            select(table.c.lineage_id).where(table.c.dataset_id == dataset_id)
        ).scalar()
        return found

    def paper(self, plan_id: str, name: str) -> bytes | None:
        """A paper of a plan."""
        table = tables.papers
        asked = select(table.c.content).where(table.c.plan_id == plan_id, table.c.name == name)
        found = self._connection.execute(asked).scalar()
        return None if found is None else bytes(found)

    def rows(self, plan_id: str, after: int = 0, kinds: Sequence[str] = ()) -> list[LogRow]:
        """Rows of a plan's log after number `after`, in order; with `kinds` those of these kinds."""
        table = tables.log
        asked = _of(table, LogRow).where(table.c.plan_id == plan_id, table.c.row_n > after)
        if kinds:
            asked = asked.where(table.c.kind.in_(kinds))
        return [LogRow(*row) for row in self._connection.execute(asked.order_by(table.c.row_n))]

    def signatures(self, plan_id: str) -> list[Signature]:
        """Signed heads of a plan, the start first."""
        table = tables.signatures
        found = self._connection.execute(_of(table, Signature).where(table.c.plan_id == plan_id))
        return sorted((Signature(*row) for row in found), key=lambda one: one.row_n)

    def lease(self, plan_id: str, lease_id: str) -> Lease | None:
        """One lease, expired or not."""
        own = (tables.leases.c.plan_id == plan_id, tables.leases.c.lease_id == lease_id)
        found = self._connection.execute(_of(tables.leases, Lease).where(*own)).first()
        return Lease(*found) if found else None

    def leases(self, plan_id: str) -> list[Lease]:
        """All leases of a plan."""
        asked = _of(tables.leases, Lease).where(tables.leases.c.plan_id == plan_id)
        return [Lease(*row) for row in self._connection.execute(asked)]


class Writing(Reading):
    """What can be added within a transaction."""

    def __init__(self, connection: Connection, where: str) -> None:
        super().__init__(connection)
        self._where = where

    def hold(self, plan_id: str) -> None:
        """Let nobody else add to this plan before the transaction ends; SQLite's lets nobody add anything."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(plan_id, 0))))

    def add_plan(self, plan: PlanRow) -> None:
        """Keep a plan."""
        self._add(tables.plans, plan)

    def add_lineage(self, dataset_id: str, lineage_id: str) -> None:
        """Keep which lineage a dataset goes on with."""
        values = {"dataset_id": dataset_id, "lineage_id": lineage_id}
        self._connection.execute(insert(tables.lineages).values(values))

    def add_paper(self, plan_id: str, name: str, content: bytes) -> None:
        """Keep a paper of a plan."""
        values = {"plan_id": plan_id, "name": name, "content": content}
        self._connection.execute(insert(tables.papers).values(values))

    def append(
        self, plan_id: str, kind: str, actor: str, key: str, content: Mapping[str, Any]
    ) -> tuple[LogRow, bool]:
        """The row of that key, and whether it was there before; else it becomes the log's last. `hold` comes first."""
        table = tables.log
        own = _of(table, LogRow).where(table.c.plan_id == plan_id)
        if found := self._connection.execute(own.where(table.c.key == key)).first():
            return LogRow(*found), True
        last = self._connection.execute(own.order_by(table.c.row_n.desc()).limit(1)).first()
        plan = self.plan(plan_id)
        if plan is None:
            raise StoreError("holds no such plan", where=self._where)
        previous, row_n = (LogRow(*last).row_sha256, LogRow(*last).row_n) if last else (plan.commitment, 0)
        bare = LogRow(plan_id, row_n + 1, kind, now_us(), actor, key, canonical(content), "", "")
        row = row_after(previous, bare)
        self._add(table, row)
        return row, False

    def sign(self, signature: Signature) -> None:
        """Keep a signature."""
        self._add(tables.signatures, signature)

    def lend(self, lease: Lease) -> None:
        """Keep a lease, or its new end."""
        self.end_lease(lease.plan_id, lease.lease_id)
        self._add(tables.leases, lease)

    def end_lease(self, plan_id: str, lease_id: str) -> None:
        """Forget a lease."""
        own = (tables.leases.c.plan_id == plan_id, tables.leases.c.lease_id == lease_id)
        self._connection.execute(delete(tables.leases).where(*own))

    def _add(self, table: Any, row: Any) -> None:
        values = {name: getattr(row, name) for name in row.__dataclass_fields__}
        self._connection.execute(insert(table).values(values))


def _of(table: Any, kind: Any) -> Any:
    return select(*(table.c[name] for name in kind.__dataclass_fields__))


def now_us() -> int:
    """What the clock says, from 1970 in UTC."""
    return time.time_ns() // 1000
