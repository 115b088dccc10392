"""What people write beside a dataset: marks with notes, dismissed findings. Kept apart, in a database of their own."""

from __future__ import annotations

from explorer.store.connect import connected
from explorer.store.dismissals import Dismissal, Dismissals
from explorer.store.mark import LABELS, Mark
from explorer.store.marks import Store

__all__ = ["LABELS", "Dismissal", "Dismissals", "Mark", "Store", "open_dismissals", "open_store"]


def open_store(dataset_id: str, url: str | None = None) -> Store:
    """The store of one dataset: a SQLite file in the state folder, or with `url` a PostgreSQL database.

    Nothing is written before the first mark. Raises StoreError when what is there is damaged, of a newer version, or
    cannot be reached; StoreBusyError when it stays locked.
    """
    return Store(connected(dataset_id, url), dataset_id)


def open_dismissals(dataset_id: str, url: str | None = None) -> Dismissals:
    """The findings of one dataset that were dismissed, in the same store. Its methods raise as `open_store` does."""
    return Dismissals(connected(dataset_id, url), dataset_id)
