"""Placeholders with a number that come up in several sessions: number 12 can be followed. A risk, no leak."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from explorer.scan.finding import Finding, counted

NAME, VERSION = "same_placeholder", 2
_NUMBERED = re.compile(
    r"(?:<|\[|%3C)([A-Z][A-Z_]{2,30}?)[ _#:-]?(\d{1,6}|[0-9a-f]{6,16})(?:>|\]|%3E)", re.ASCII
)
_LEAST_SESSIONS = 2


def look(rows: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
    """A finding for each entity whose numbers link sessions, given rows of scan/placeholder_texts.

    Its place is the first row of the first session that is linked; `rows_n` counts the numbers that link.
    """
    sessions: dict[tuple[str, str], set[str]] = defaultdict(set)
    first: dict[tuple[str, str], Mapping[str, Any]] = {}
    for row in rows:
        for match in _NUMBERED.finditer(row["text"]):
            sessions[match[1], match[2]].add(row["session_id"])
            first.setdefault((match[1], match[2]), row)
    linking = {key: ids for key, ids in sessions.items() if len(ids) >= _LEAST_SESSIONS}
    for entity in sorted({entity for entity, _ in linking}):
        keys = [key for key in linking if key[0] == entity]
        row = min((first[key] for key in keys), key=lambda one: (one["session_id"], one["seq"]))
        linked = set().union(*(linking[key] for key in keys))
        yield Finding(
            session_id=row["session_id"], channel=row["channel"], kind="same_placeholder",
            severity="risk", score=0.6, detector=NAME, detector_version=VERSION, entity=entity,
            source_table="events", source_column=row["source_column"], seq=row["seq"], t_us=row["t_us"],
            rows_n=len(keys), reason=f"{counted(len(keys), 'number')} in {counted(len(linked), 'session')}",
        )  # fmt: skip
