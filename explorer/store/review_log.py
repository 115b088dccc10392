"""The log of a review plan: rows that are only added, each bound to the one before by a hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from explorer.errors import StoreError

LONGEST_KEY = 200


@dataclass(frozen=True)
class LogRow:
    """One row; `content` is canonical JSON, `key` is unique within the plan, `at_utc_us` is what the clock said."""

    plan_id: str
    row_n: int
    kind: str
    at_utc_us: int
    actor: str
    key: str
    content: str
    previous_sha256: str
    row_sha256: str

    @cached_property
    def said(self) -> dict[str, Any]:
        """The content, read."""
        read: dict[str, Any] = json.loads(self.content)
        return read


def canonical(content: Mapping[str, Any]) -> str:
    """JSON that is the same for the same content: sorted names, no spaces, no number that is none."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def row_after(previous_sha256: str, row: LogRow) -> LogRow:
    """The row with the hashes that it has after the row of hash `previous_sha256`; its own are not looked at."""
    parts = (
        previous_sha256,
        row.plan_id,
        str(row.row_n),
        row.kind,
        str(row.at_utc_us),
        row.actor,
        row.key,
        row.content,
    )
    # No part but the last can hold a line break, so the parts can be told from the whole.
    whole = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return replace(row, previous_sha256=previous_sha256, row_sha256=whole)


def check_chain(rows: Iterable[LogRow], first_sha256: str, where: str) -> None:
    """Raise StoreError where a row does not follow from the one before; the first follows `first_sha256`."""
    previous = first_sha256
    for row_n, row in enumerate(rows, 1):
        if row.row_n != row_n or row != row_after(previous, row):
            raise StoreError(
                f"row {row_n} of a review does not follow from the one before: it was changed outside of this program",
                where=where,
                hint="Restore the store from a backup",
            )
        previous = row.row_sha256
