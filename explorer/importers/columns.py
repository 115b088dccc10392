"""Numpy columns to Arrow columns of the dataset: NULLs, flags, and text that any file may hold."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from explorer.importers.recording import Bools, Floats, Ints, Objects
from explorer.trace.schema import FARTHEST_PX


def text(values: Objects | Sequence[Any]) -> pa.Array:
    """Texts as they are; what UTF-8 cannot hold (lone surrogates) is replaced, anything else becomes text."""
    try:
        return pa.array(values, pa.string())
    except (UnicodeEncodeError, pa.ArrowInvalid, pa.ArrowTypeError):
        return pa.array([_clean(value) for value in values], pa.string())


def integers(values: NDArray[Any], is_null: Bools, kind: pa.DataType) -> pa.Array:
    """Whole numbers; NULL where `is_null`."""
    safe = np.where(is_null, 0, values)
    return pa.array(safe.astype(kind.to_pandas_dtype()), kind, mask=is_null)


def numbers(values: Objects | Floats) -> pa.Array:
    """Numbers; NULL where missing or not finite."""
    floats = np.array([_number(value) for value in values]) if values.dtype == object else values
    return pa.array(floats.astype(np.float64), pa.float64(), mask=~np.isfinite(floats.astype(np.float64)))


def pixels(values: Objects | Floats) -> pa.Array:
    """Pixels rounded half up; NULL where missing, not finite or farther than any desktop."""
    floats = np.array([_number(value) for value in values]) if values.dtype == object else values
    floats = np.floor(floats.astype(np.float64) + 0.5)
    return integers(floats, ~(np.abs(floats) <= FARTHEST_PX), pa.int32())


def flag_words(bits: Ints, names: tuple[str, ...]) -> pa.Array:
    """Sorted, comma-separated flag names of each bit set; NULL where none is set."""
    return pa.DictionaryArray.from_arrays(
        pa.array(bits.astype(np.int32), mask=bits == 0), _words(names)
    ).cast(pa.string())


def words(index: Ints, names: Sequence[str | None]) -> pa.Array | None:
    """The name at each index; NULL at -1. None when no name is used."""
    is_null = index < 0
    if not names or is_null.all():
        return None
    named = pa.DictionaryArray.from_arrays(
        pa.array(np.where(is_null, 0, index), mask=is_null), text(list(names))
    )
    return named.cast(pa.string())


def json_text(fields: Mapping[str, Any]) -> str | None:
    """Fields without a value left out, as JSON; None when none is left."""
    kept = {name: _plain(value) for name, value in sorted(fields.items()) if value not in (None, "", [], {})}
    return json.dumps(kept, ensure_ascii=False, default=str) if kept else None


@cache
def _words(names: tuple[str, ...]) -> pa.Array:
    sets = [
        [name for place, name in enumerate(names) if bits >> place & 1] for bits in range(1 << len(names))
    ]
    return pa.array([",".join(sorted(chosen)) for chosen in sets], pa.string())


def _clean(value: Any) -> str | None:
    return None if value is None else str(value).encode("utf-8", "replace").decode()


def _number(value: Any) -> float:
    try:
        return math.nan if value is None else float(value)
    except (TypeError, ValueError, OverflowError):
        return math.nan


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value
