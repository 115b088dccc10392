"""The keys of one session, as checks of side channels get them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class SessionKeys:
    """Presses and interruptions in true order; of a press whose key a pass masked, `is_hidden`. -1: no time.

    `has_code`: the row still says which physical key it was.
    """

    session_id: str
    seq: NDArray[np.int64]
    t_us: NDArray[np.int64]
    is_hidden: NDArray[np.bool_]
    has_code: NDArray[np.bool_]

    @property
    def place(self) -> dict[str, Any]:
        """The hidden rows as findings have them."""
        return {
            "session_id": self.session_id, "channel": "typed", "source_table": "events", "source_column": "key",
            **self.rows(self.is_hidden),
        }  # fmt: skip

    def rows(self, are_meant: NDArray[np.bool_]) -> dict[str, int | None]:
        """The first and the last of these rows, and the time of the first, as findings have them."""
        seqs, t_us = self.seq[are_meant], int(self.t_us[are_meant][0])
        return {"seq": int(seqs[0]), "seq_end": int(seqs[-1]), "t_us": t_us if t_us >= 0 else None}


def sessions_of(keys: pa.Table) -> Iterator[SessionKeys]:
    """The sessions of rows of scan/keys that have hidden keys."""
    is_hidden, has_code = np.asarray(keys["is_masked"]), np.asarray(keys["has_code"])
    ids = np.asarray(keys["session_id"].cast(pa.string()).dictionary_encode().combine_chunks().indices)
    starts = np.flatnonzero(np.diff(ids, prepend=-1)).tolist()
    for start, end in zip(starts, [*starts[1:], len(ids)][: len(starts)], strict=True):
        if is_hidden[start:end].any():
            part = keys.slice(start, end - start)
            seq, times = np.asarray(part["seq"]), np.asarray(pc.fill_null(part["t_us"], -1))
            own = slice(start, end)
            yield SessionKeys(part["session_id"][0].as_py(), seq, times, is_hidden[own], has_code[own])
