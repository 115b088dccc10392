"""A bounded memory of what was read and packed for the player; a thing that several ask for at once is made once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol, TypeVar

MOST_BYTES = 192 * 1024 * 1024
Key = tuple[object, ...]


class Sized(Protocol):
    """Something that knows the memory it takes."""

    @property
    def nbytes(self) -> int:
        """Its bytes."""


_Thing = TypeVar("_Thing", bound=Sized | bytes | None)


class Memory:
    """Things by key for one version of the dataset; those not asked for longest go first, all when it changes."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._version_id = ""
        self._known: OrderedDict[Key, tuple[Sized | bytes, int]] = OrderedDict()
        self._in_work: dict[Key, Future[object]] = {}
        self.bytes = 0

    def get(self, version: Callable[[], str], key: Key, make: Callable[[], _Thing]) -> _Thing:
        """The thing of that key, made if it is not there; kept only if the version stayed the same meanwhile."""
        version_id = version()
        work: Future[object] = Future()
        with self._lock:
            self._forget_others(version_id)
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key][0]  # type: ignore[return-value]
            others = self._in_work.setdefault((version_id, *key), work)
        if others is not work:
            return others.result()  # type: ignore[return-value]
        try:
            made = make()
        except BaseException as error:
            work.set_exception(error)
            raise
        else:
            work.set_result(made)
            if version() == version_id:
                self._keep(version_id, key, made)
            return made
        finally:
            with self._lock:
                del self._in_work[version_id, *key]

    def _forget_others(self, version_id: str) -> None:
        if version_id != self._version_id:
            self._known.clear()
            self.bytes = 0
            self._version_id = version_id

    def _keep(self, version_id: str, key: Key, thing: Sized | bytes | None) -> None:
        taken = 0 if thing is None else len(thing) if isinstance(thing, bytes) else thing.nbytes
        if thing is None or taken > self._most_bytes // 2:
            return
        with self._lock:
            if version_id != self._version_id or key in self._known:
                return
            self._known[key] = (thing, taken)
            self.bytes += taken
            while self.bytes > self._most_bytes:
                self.bytes -= self._known.popitem(last=False)[1][1]
