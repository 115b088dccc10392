"""Findings of one place: the same region of the screen, told again in each picture of a session that shows it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

# What says that two findings in pictures are of one place; the picture, its time and what is judged of it may differ.
_PLACE = ("session_id", "kind", "channel", "detector", "entity", "left_px", "top_px", "width_px", "height_px")
_BOX = ("frame_id", "left_px", "top_px", "width_px", "height_px")


def place_numbers(findings: pa.Table) -> NDArray[np.int64]:
    """A number for each row, 0 and up, equal where rows are of one place.

    Rows without a picture or without a region are a place each, and so are those about letters of a text.
    """
    rows_n = findings.num_rows
    codes = np.zeros(rows_n, np.int64)
    for name in _PLACE:
        column = findings[name].combine_chunks().dictionary_encode(null_encoding="encode")
        own = column.indices.to_numpy().astype(np.int64)
        codes = _dense(codes * (len(column.dictionary) or 1) + own)
    has_region = pc.is_null(findings["char_start"]).to_numpy(zero_copy_only=False).astype(bool)
    for name in _BOX:
        has_region &= pc.is_valid(findings[name]).to_numpy(zero_copy_only=False)
    return _dense(np.where(has_region, codes, rows_n + np.arange(rows_n)))


def _dense(codes: NDArray[np.int64]) -> NDArray[np.int64]:
    """The same told apart by the numbers from 0 on, so that products of few columns do not overflow."""
    numbers: NDArray[np.int64] = np.unique(codes, return_inverse=True)[1].reshape(-1).astype(np.int64)
    return numbers


def folded(
    ordered: NDArray[np.int64], places: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first of `ordered` rows of each place, in that order, and how many of them each place has."""
    own = places[ordered]
    places_n = int(places.max(initial=-1)) + 1
    firsts = np.full(places_n, -1, np.int64)
    firsts[own[::-1]] = np.arange(len(ordered))[::-1]  # of what is written twice, the last stays
    at = np.sort(firsts[firsts >= 0])
    return ordered[at], np.bincount(own, minlength=places_n)[own[at]]
