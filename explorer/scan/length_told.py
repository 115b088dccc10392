"""Hidden text whose length can be counted: one row for each hidden key, or a length that was kept. A risk, no leak."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from explorer.measures.hidden_keys import run_lengths
from explorer.scan.finding import Finding
from explorer.scan.hidden_keys import SessionKeys

NAME, VERSION = "length_told", 1
_LEAST_N = 4  # shorter runs are a slip or a shortcut


def look(keys: SessionKeys) -> Iterator[Finding]:
    """A finding for a session with runs of hidden keys that are as long as what was typed."""
    lengths = run_lengths(keys.is_hidden)
    runs_n = int((lengths >= _LEAST_N).sum())
    if runs_n:
        yield _finding(keys.place, 0.6, int(lengths[lengths >= _LEAST_N].sum()), f"{runs_n:,} texts")


def in_kept(row: Mapping[str, Any]) -> Finding:
    """The finding for a row of scan/kept_lengths."""
    place = {
        "session_id": row["session_id"], "channel": "typed", "source_table": "events", "source_column": "text_len",
        "seq": row["seq"], "seq_end": row["seq_end"],
    }  # fmt: skip
    return _finding(place, 0.7, row["rows_n"], "length is stored")


def _finding(place: Mapping[str, Any], score: float, rows_n: int, reason: str) -> Finding:
    return Finding(
        **place, kind="length_told", severity="risk", score=score, detector=NAME, detector_version=VERSION,
        rows_n=rows_n, reason=reason,
    )  # fmt: skip
