"""Hidden text whose length can be counted: one row for each hidden key, or a length that was kept. A risk, no leak."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from explorer.measures.hidden_keys import run_lengths
from explorer.scan.finding import Finding, counted
from explorer.scan.hidden_keys import SessionKeys

NAME, VERSION = "length_told", 1
_LEAST_N = 4  # shorter runs are a slip or a shortcut
_STARS, _LEAST_LENGTHS = re.compile(r"\*{4,}|•{4,}|●{4,}"), 2


def look(keys: SessionKeys) -> Iterator[Finding]:
    """A finding for a session with runs of hidden keys that are as long as what was typed."""
    lengths = run_lengths(keys.is_hidden)
    runs_n = int((lengths >= _LEAST_N).sum())
    if runs_n:
        yield _finding(keys.place, 0.6, int(lengths[lengths >= _LEAST_N].sum()), counted(runs_n, "text"))


def in_placeholders(rows: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
    """A finding for each column of a session whose stars or dots differ in number, given rows of
    scan/placeholder_texts: always the same number would tell nothing.
    """
    found: dict[tuple[str, str], list[tuple[int, Mapping[str, Any]]]] = defaultdict(list)
    for row in rows:
        for match in _STARS.finditer(row["text"]):
            found[row["session_id"], row["source_column"]].append((len(match[0]), row))
    for (session_id, column), runs in sorted(found.items()):
        lengths = {length for length, _ in runs}
        if len(lengths) >= _LEAST_LENGTHS:
            place = {
                "session_id": session_id, "channel": "typed" if column == "text" else column,
                "source_table": "events", "source_column": column,
                "seq": min(row["seq"] for _, row in runs), "seq_end": max(row["seq_end"] for _, row in runs),
                "t_us": min((row["t_us"] for _, row in runs if row["t_us"] is not None), default=None),
            }  # fmt: skip
            yield _finding(place, 0.6, len(runs), counted(len(lengths), "length"))


def in_kept(row: Mapping[str, Any]) -> Finding:
    """The finding for a row of scan/kept_lengths."""
    place = {
        "session_id": row["session_id"], "channel": "typed", "source_table": "events", "source_column": "text_len",
        "seq": row["seq"], "seq_end": row["seq_end"], "t_us": row["t_us"],
    }  # fmt: skip
    return _finding(place, 0.7, row["rows_n"], "length is stored")


def _finding(place: Mapping[str, Any], score: float, rows_n: int, reason: str) -> Finding:
    return Finding(
        **place, kind="length_told", severity="risk", score=score, detector=NAME, detector_version=VERSION,
        rows_n=rows_n, reason=reason,
    )  # fmt: skip
