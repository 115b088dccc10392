"""Things that take long to make, kept in one process until they are asked for no more."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Kept(Generic[Thing]):
    """The last `most_n` things by their key. The key names all that a thing is made of, the dataset's version too."""

    def __init__(self, most_n: int) -> None:
        self._most_n = most_n
        self._lock = threading.Lock()
        self._things: OrderedDict[tuple[object, ...], Thing] = OrderedDict()

    def get(self, key: tuple[object, ...], make: Callable[[], Thing]) -> Thing:
        """The thing of that key; made now where it is not there. What fails is not kept."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
                return self._things[key]
        thing = make()
        with self._lock:
            self._things[key] = thing
            while len(self._things) > self._most_n:
                self._things.popitem(last=False)
        return thing
