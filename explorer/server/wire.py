"""The layout in which rows travel to the player: one JSON header, then columns that are read where they lie.

u32 length of the header · the header, UTF-8 · columns, each starting at a multiple of 8 bytes from the start of the
file. All numbers are little-endian. The header of a chunk of events names the columns' lengths:

    t     Uint32[rows_n]           microseconds since base_us, never falling
    x, y  Int16[rows_n]            desktop px, -32768 where unknown
    kind  Uint8[rows_n]            place in kinds; 0 is a move
    ref   Uint16[details_rows_n]   for each row that is no move, in order: place in details
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

VERSION = 1
_ALIGNED = 8


def file_of(header: str, columns: Sequence[NDArray[Any]]) -> bytes:
    """The bytes of one file. `columns` are of the types that the header promises."""
    text = header.encode()
    parts = [struct.pack("<I", len(text)) + text, *(_little(column).tobytes() for column in columns)]
    return b"".join(part + bytes(-len(part) % _ALIGNED) for part in parts)


def _little(column: NDArray[Any]) -> NDArray[Any]:
    return np.ascontiguousarray(column, column.dtype.newbyteorder("<"))


def cut(text: str | None, most: int) -> str | None:
    """Text of at most `most` characters; what is longer ends in an ellipsis."""
    return text if text is None or len(text) <= most else text[: most - 1] + "…"
