"""The one dataset that this process shows: its engine, and a bounded memory of what was asked."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from explorer.engine import Engine, open_engine
from explorer.errors import ExplorerError

MEMORY_BYTES = 64 * 1024 * 1024
MEMORY_ENTRIES = 512


class Answers:
    """Answers of the engine, kept until the dataset or its consents change; the oldest go first."""

    def __init__(self, engine: Engine, *, limit_bytes: int = MEMORY_BYTES) -> None:
        self.engine = engine
        self.bytes = 0
        self._limit_bytes = limit_bytes
        self._lock = threading.Lock()
        self._version_id = engine.version_id
        self._known: OrderedDict[tuple[object, ...], pa.Table] = OrderedDict()

    def run(self, name: str, params: Mapping[str, object]) -> pa.Table:
        """Answer of the query `name`; the same question about the same state is answered from memory."""
        key = (self.engine.version_id, name, *sorted(params.items()))
        with self._lock:
            self._forget_others(self.engine.version_id)
            known = self._known.get(key)
            if known is not None:
                self._known.move_to_end(key)
                return known
        answer = self.engine.run(name, params)
        with self._lock:
            self._remember(key, answer)
        return answer

    def _forget_others(self, version_id: str) -> None:
        if version_id != self._version_id:
            self._known.clear()
            self.bytes = 0
            self._version_id = version_id

    def _remember(self, key: tuple[object, ...], answer: pa.Table) -> None:
        if key in self._known or key[0] != self._version_id or answer.nbytes > self._limit_bytes // 2:
            return
        self._known[key] = answer
        self.bytes += answer.nbytes
        while self.bytes > self._limit_bytes or len(self._known) > MEMORY_ENTRIES:
            _, dropped = self._known.popitem(last=False)
            self.bytes -= dropped.nbytes


_answers: Answers | None = None


def open_dataset(root: Path) -> Engine:
    """Make the dataset at `root` the one that all pages and routes show; DatasetError when it cannot be read."""
    global _answers  # noqa: PLW0603  one process shows one dataset, in all its threads
    _answers = Answers(open_engine(root))
    return _answers.engine


def engine() -> Engine:
    """Engine of the dataset shown; ExplorerError when none is open."""
    return _shown().engine


def run(name: str, **params: object) -> pa.Table:
    """Answer of the query `name` over the dataset shown; parameters that are None are left out."""
    return _shown().run(name, {key: value for key, value in params.items() if value is not None})


def _shown() -> Answers:
    if _answers is None:
        raise ExplorerError("no dataset is open", hint="Start the explorer with: trace-explorer open DATASET")
    return _answers
