"""Hidden text whose length can be counted: one row for each hidden key, or a length that was kept. A risk, no leak."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from explorer.measures.hidden_keys import run_lengths
from explorer.scan.finding import Finding, counted
from explorer.scan.hidden_keys import SessionKeys

NAME, VERSION = "length_told", 2
_LEAST_N = 4  # shorter runs are a slip or a shortcut
_STARS, _LEAST_LENGTHS = re.compile(r"\*{4,}|•{4,}|●{4,}"), 2


def look(keys: SessionKeys) -> Iterator[Finding]:
    """A finding for a session with runs of hidden keys that are as long as what was typed."""
    lengths = run_lengths(keys.is_hidden)
    runs_n = int((lengths >= _LEAST_N).sum())
    if runs_n:
        yield _finding(keys.place, 0.6, int(lengths[lengths >= _LEAST_N].sum()), counted(runs_n, "text"))


def in_placeholders(rows: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
    """A finding for each column and channel of a session whose stars or dots differ in number within the column, given
    rows of scan/placeholder_texts: always the same number would tell nothing.
    """
    found: dict[tuple[str, str], list[tuple[int, Mapping[str, Any]]]] = defaultdict(list)
    for row in rows:
        for match in _STARS.finditer(row["text"]):
            found[row["session_id"], row["source_column"]].append((len(match[0]), row))
    for _, runs in sorted(found.items()):
        lengths_n = len({length for length, _ in runs})
        if lengths_n < _LEAST_LENGTHS:
            continue
        for channel in sorted({row["channel"] for _, row in runs}):
            own = [row for _, row in runs if row["channel"] == channel]
            yield _finding(_place(own), 0.6, len(own), counted(lengths_n, "length"))


def _place(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Where these rows of one session, channel and column lie, as findings have it."""
    return {
        **{name: rows[0][name] for name in ("session_id", "channel", "source_column")}, "source_table": "events",
        "seq": min(row["seq"] for row in rows), "seq_end": max(row["seq_end"] for row in rows),
        "t_us": min((row["t_us"] for row in rows if row["t_us"] is not None), default=None),
    }  # fmt: skip


def in_kept(row: Mapping[str, Any]) -> Finding:
    """The finding for a row of scan/kept_lengths."""
    place = {
        "session_id": row["session_id"], "channel": row["channel"], "source_table": "events",
        "source_column": "text_len", "seq": row["seq"], "seq_end": row["seq_end"], "t_us": row["t_us"],
    }  # fmt: skip
    return _finding(place, 0.7, row["rows_n"], "length is stored")


def _finding(place: Mapping[str, Any], score: float, rows_n: int, reason: str) -> Finding:
    return Finding(
        **place, kind="length_told", severity="risk", score=score, detector=NAME, detector_version=VERSION,
        rows_n=rows_n, reason=reason,
    )  # fmt: skip
