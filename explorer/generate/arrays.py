"""Small steps on whole arrays that the generator's modules share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NONE = -1  # place in a list of words that stands for NULL


def starts(counts: Ints) -> Ints:
    """Where each run begins when `counts` of each follow each other."""
    return np.cumsum(counts) - counts


def within(counts: Ints) -> Ints:
    """Place of each element in its run, from 0."""
    return np.arange(int(counts.sum())) - np.repeat(starts(counts), counts)


def shared(total: int, weights: Floats) -> Ints:
    """`total` whole things dealt out by weight; their sum is exactly `total`."""
    bounds = np.cumsum(weights)
    edges = np.round(total * (bounds / bounds[-1])).astype(np.int64)
    parts: Ints = edges - np.concatenate([[0], edges[:-1]])
    return parts


def chosen(weights: Floats, rows: Ints, chance: Floats) -> Ints:
    """For each chance (0–1) a column of weights[row], as often as its weight says."""
    bounds = np.cumsum(weights, axis=1)
    bounds = bounds / bounds[:, -1:]
    passed: Ints = np.count_nonzero(chance[:, None] >= bounds[rows, :-1], axis=1)
    return passed


def carried(values: Ints, is_set: Bools) -> Ints:
    """The latest value that was set; the first one must be."""
    return values[np.maximum.accumulate(np.where(is_set, np.arange(len(values)), 0))]


def words(places: Ints, names: Sequence[str]) -> pa.Array:
    """Text column of the names at `places`; NULL at NONE."""
    index = pa.array(places.astype(np.int32), mask=places < 0)
    return pa.DictionaryArray.from_arrays(index, pa.array(names, pa.string())).cast(pa.string())


def numbers(values: NDArray[Any], is_known: Bools) -> pa.Array:
    """Number column, NULL where the value is not known."""
    return pa.array(values, mask=~is_known)
