"""Reads a chunk's file as the player does, by the layout alone."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True)
class Chunk:
    """The header, and one value a row of each column; `details` has None for a move. t_us are of the axis."""

    header: dict[str, Any]
    t_us: list[int]
    x: list[int]
    y: list[int]
    kinds: list[str]
    details: list[dict[str, Any] | None]


def decoded(file: bytes) -> Chunk:
    """A chunk out of the bytes of a file."""
    (length,) = struct.unpack_from("<I", file)
    header = json.loads(file[4 : 4 + length].decode())
    at = 4 + length
    columns = []
    rows_n = header["rows_n"]
    for kind, n in (
        ("<u4", rows_n),
        ("<i2", rows_n),
        ("<i2", rows_n),
        ("u1", rows_n),
        ("<u2", header["details_rows_n"]),
    ):
        at += -at % 8
        columns.append(np.frombuffer(file, kind, n, at))
        at += columns[-1].nbytes
    assert len(file) == at + -at % 8
    t, x, y, kind, ref = (column.tolist() for column in columns)
    refs = iter(ref)
    return Chunk(
        header, [header["base_us"] + us for us in t], x, y, [header["kinds"][place] for place in kind],
        [header["details"][next(refs)] if place else None for place in kind],
    )  # fmt: skip
