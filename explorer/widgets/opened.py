"""The one dataset that this process shows: its engine, and a bounded memory of what was asked."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import streamlit as st

from explorer.engine import Engine, open_engine
from explorer.errors import ExplorerError
from explorer.store import Dismissals, Store, open_dismissals, open_store

if TYPE_CHECKING:
    from explorer.review import Reviews

MEMORY_BYTES = 64 * 1024 * 1024
MEMORY_ENTRIES = 512
_OWNER = "query_owner"
# Set for one run of the script, in its thread: a download or a picture asks for nobody, and is never stopped.
_owner: ContextVar[str] = ContextVar("owner", default="")


class Answers:
    """Answers of the engine, kept until the dataset or its consents change; the oldest go first."""

    def __init__(self, engine: Engine, *, limit_bytes: int = MEMORY_BYTES) -> None:
        self.engine = engine
        self.store: Store | None = None
        self.reviews: Reviews | None = None
        self.bytes = 0
        self._limit_bytes = limit_bytes
        self._lock = threading.Lock()
        self._version_id = engine.version_id
        self._known: OrderedDict[tuple[object, ...], tuple[pa.Table, float]] = OrderedDict()

    def run(self, name: str, params: Mapping[str, object]) -> pa.Table:
        """Answer of the query `name`; the same question about the same state is answered from memory."""
        return self.timed(name, params)[0]

    def timed(self, name: str, params: Mapping[str, object]) -> tuple[pa.Table, float]:
        """The same with the time (ms) that the engine took for it."""
        key = (self.engine.version_id, name, *sorted(params.items()))
        with self._lock:
            self._forget_others(self.engine.version_id)
            known = self._known.get(key)
            if known is not None:
                self._known.move_to_end(key)
                return known
        started = time.perf_counter()
        answer = self.engine.run(name, params, owner=_owner.get() or None)
        took_ms = 1000 * (time.perf_counter() - started)
        with self._lock:
            self._remember(key, answer, took_ms)
        return answer, took_ms

    def _forget_others(self, version_id: str) -> None:
        if version_id != self._version_id:
            self._known.clear()
            self.bytes = 0
            self._version_id = version_id

    def _remember(self, key: tuple[object, ...], answer: pa.Table, took_ms: float) -> None:
        if key in self._known or key[0] != self._version_id or answer.nbytes > self._limit_bytes // 2:
            return
        self._known[key] = (answer, took_ms)
        self.bytes += answer.nbytes
        while self.bytes > self._limit_bytes or len(self._known) > MEMORY_ENTRIES:
            _, (dropped, _) = self._known.popitem(last=False)
            self.bytes -= dropped.nbytes


_answers: Answers | None = None


def open_dataset(root: Path, mapping: str | None = None) -> Engine:
    """Make the dataset at `root` (or Parquet, through a mapping) the one that all pages and routes show.

    Raises DatasetError or MappingError when it cannot be read.
    """
    global _answers  # noqa: PLW0603  one process shows one dataset, in all its threads
    _answers = Answers(open_engine(root, mapping=mapping))
    return _answers.engine


def begin_run() -> None:
    """A run of the script begins: stop what this browser session still asks for a page that is gone."""
    owner: str = st.session_state.setdefault(_OWNER, secrets.token_hex(16))
    _owner.set(owner)
    if _answers is not None:
        _answers.engine.interrupt(owner)


def engine() -> Engine:
    """Engine of the dataset shown; ExplorerError when none is open."""
    return _shown().engine


def store() -> Store:
    """The store of what people write about the dataset shown. Raises StoreError when it cannot be read."""
    shown = _shown()
    if shown.store is None:
        shown.store = open_store(shown.engine.dataset.dataset_id)
    return shown.store


def dismissals() -> Dismissals:
    """The findings of the dataset shown that were dismissed."""
    return open_dismissals(engine().dataset.dataset_id)


def reviews() -> Reviews:
    """Plans and verdicts about the dataset shown. Raises StoreError when they cannot be read."""
    from explorer.review import open_reviews  # most visitors review nothing

    shown = _shown()
    if shown.reviews is None:
        shown.reviews = open_reviews(shown.engine)
    return shown.reviews


def run(name: str, **params: object) -> pa.Table:
    """Answer of the query `name` over the dataset shown; parameters that are None are left out."""
    return _shown().run(name, _set(params))


def timed(name: str, **params: object) -> tuple[pa.Table, float]:
    """The same with the time (ms) that the engine took for it."""
    return _shown().timed(name, _set(params))


def _set(params: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in params.items() if value is not None}


def _shown() -> Answers:
    if _answers is None:
        raise ExplorerError("no dataset is open", hint="Start the explorer with: trace-explorer open DATASET")
    return _answers
