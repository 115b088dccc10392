"""What people write beside a dataset: marks, dismissed findings, plans, verdicts; in a database of its own."""

from __future__ import annotations

from explorer.store.connect import connected
from explorer.store.dismissals import Dismissal, Dismissals
from explorer.store.mark import LABELS, Mark
from explorer.store.marks import Store
from explorer.store.reviews import ReviewStore

__all__ = [
    "LABELS", "Dismissal", "Dismissals", "Mark", "ReviewStore", "Store",
    "open_dismissals", "open_reviews", "open_store",
]  # fmt: skip


def open_store(dataset_id: str, url: str | None = None) -> Store:
    """The store of one dataset: a SQLite file in the state folder, or with `url` a PostgreSQL database.

    Nothing is written before the first mark. Raises StoreError when what is there is damaged, of a newer version, or
    cannot be reached; StoreBusyError when it stays locked.
    """
    return Store(connected(dataset_id, url), dataset_id)


def open_dismissals(dataset_id: str, url: str | None = None) -> Dismissals:
    """The findings of one dataset that were dismissed, in the same store. Its methods raise as `open_store` does."""
    return Dismissals(connected(dataset_id, url), dataset_id)


def open_reviews(dataset_id: str, url: str | None = None) -> ReviewStore:
    """The reviews of one dataset, in the same database as its marks; as for `open_store`."""
    return ReviewStore(connected(dataset_id, url))
