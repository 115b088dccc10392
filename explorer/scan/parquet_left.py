"""Values that a Parquet file still holds though no row does: in dictionaries, and in the bounds of its footer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow.compute as pc

from explorer.measures.column_bounds import is_lower_bound_of, is_upper_bound_of
from explorer.scan.dataset_file import Chunk
from explorer.scan.finding import Finding, counted

NAME, VERSION = "parquet_left", 1


def look(chunk: Chunk) -> Iterator[Finding]:
    """A finding for the dictionary and one for the bounds of a column chunk; how many values, never which."""
    if left_n := pc.sum(pc.greater(pc.utf8_length(chunk.left), 0)).as_py() or 0:
        yield _finding(chunk, "left_in_dictionary", left_n)
    bounds = [bound for bound in (chunk.low, chunk.high) if bound is not None]
    if not len(chunk.held):
        stray_n = len(bounds)
    else:
        ends = pc.min_max(chunk.held)
        is_low = chunk.low is None or is_lower_bound_of(chunk.low, ends["min"].as_py())
        is_high = chunk.high is None or is_upper_bound_of(chunk.high, ends["max"].as_py())
        stray_n = (not is_low) + (not is_high)
    if stray_n:
        yield _finding(chunk, "left_in_statistics", stray_n)


def _finding(chunk: Chunk, kind: str, values_n: int) -> Finding:
    place: dict[str, Any] = chunk.place
    return Finding(
        **place, kind=kind, severity="high", score=0.9, detector=NAME, detector_version=VERSION,
        reason=counted(values_n, "value"),
    )  # fmt: skip
