"""Reviews as they are kept: plans, their papers, their logs. What the rows mean is for explorer/review to know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection

from explorer.errors import StoreError
from explorer.store import review_tables as tables
from explorer.store.connect import Database
from explorer.store.review_log import LogRow
from explorer.store.review_rows import Lease, PlanRow, Reading, Signature, Writing


class ReviewStore:
    """Safe to share between threads, and for several programs at once. Every method may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._is_made = False

    def __repr__(self) -> str:
        return f"<ReviewStore {self._database.where!r}>"

    @property
    def where(self) -> str:
        """Names the database in errors."""
        return self._database.where

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """One transaction that may add rows; others wait. What it added is on disk when it ends, or nothing is."""
        with self._database.writing() as connection:
            tables.make(connection, self._database.where)
            yield Writing(connection, self._database.where)
        self._is_made = True

    def plans(self, lineage_id: str) -> list[PlanRow]:
        """Plans of a lineage, by id."""
        with self._reading() as connection:
            return Reading(connection).plans(lineage_id) if connection else []

    def plan(self, plan_id: str) -> PlanRow | None:
        """One plan."""
        with self._reading() as connection:
            return Reading(connection).plan(plan_id) if connection else None

    def lineage(self, dataset_id: str) -> str | None:
        """The lineage that a dataset goes on with, where it was told."""
        with self._reading() as connection:
            return Reading(connection).lineage(dataset_id) if connection else None

    def paper(self, plan_id: str, name: str) -> bytes:
        """A paper of a plan."""
        with self._reading() as connection:
            found = Reading(connection).paper(plan_id, name) if connection else None
        if found is None:
            raise StoreError(
                f"holds no {name} of this plan", where=self.where, hint="Restore it from a backup"
            )
        return found

    def rows(self, plan_id: str, after: int = 0, kinds: Sequence[str] = ()) -> list[LogRow]:
        """Rows of a plan's log after number `after`, in order; with `kinds` those of these kinds."""
        with self._reading() as connection:
            return Reading(connection).rows(plan_id, after, kinds) if connection else []

    def signatures(self, plan_id: str) -> list[Signature]:
        """Signed heads of a plan, the start first."""
        with self._reading() as connection:
            return Reading(connection).signatures(plan_id) if connection else []

    def lease(self, plan_id: str, lease_id: str) -> Lease | None:
        """One lease, expired or not."""
        with self._reading() as connection:
            return Reading(connection).lease(plan_id, lease_id) if connection else None

    def close(self) -> None:
        """Give the connections back."""
        self._database.engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection | None]:
        """None while nothing was ever kept; looking makes no file."""
        if not self._database.is_there:
            yield None
            return
        with self._database.reading() as connection:
            self._is_made = self._is_made or tables.are_there(connection, self.where)
            yield connection if self._is_made else None
