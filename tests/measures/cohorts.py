"""Made-up people for simulations: what people do clusters, and people differ a lot."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CELLS_N = 60
# Where people of two systems work: the same screens, other places.
_SYSTEMS = np.random.default_rng(7).dirichlet(np.full(CELLS_N, 0.3), 2)
# A planted shift moves a part of what lies in the first three of these cells to the other three.
_BY_USE = np.argsort(_SYSTEMS[0])
FROM, TO = _BY_USE[-6:-3], _BY_USE[-16:-13]


def people(chance: np.random.Generator, system: Ints, *, moved_share: float = 0.0) -> Ints:
    """Events by person and cell. Each person has places of their own, and from 5 to some ten thousand events."""
    places = chance.gamma(30 * _SYSTEMS[system] + 1e-6)
    places /= places.sum(axis=1, keepdims=True)
    moved = moved_share * places[:, FROM]
    places[:, FROM] -= moved
    places[:, TO] += moved.sum(axis=1, keepdims=True) / len(TO)
    events_n = np.maximum(5, chance.lognormal(5, 1.5, len(system))).astype(np.int64)
    return np.array([chance.multinomial(n, place) for n, place in zip(events_n, places, strict=True)])
