"""The id of a finding: the same as long as dataset, check, kind and place are the same, also after another scan.

It is a hash of numbers and names, of nothing that stands at the place. Version of the check, severity and score are no
part of it: what was judged once stays judged when a check only says it differently.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import pyarrow as pa

from explorer.scan.finding import UNREAD

# Of a finding that is said again these may differ; another pass numbers its masks anew. All other columns are place,
# kind or check.
_SAYING = ("severity", "score", "detector_version", "redaction_id", "t_us", "rows_n")
_DIGITS = 32


def finding_ids(findings: pa.Table, dataset_id: str) -> list[str]:
    """One id a row: 32 hex digits. Rows of one place, kind and check have the same."""
    names = sorted(set(findings.column_names) - {*_SAYING})
    start = hashlib.sha256(dataset_id.encode())
    columns = [findings[name].to_pylist() for name in names]
    kinds = findings["kind"].to_pylist()
    return [
        _digest(start, names, row, kind == UNREAD)
        for kind, row in zip(kinds, zip(*columns, strict=True), strict=True)
    ]


def _digest(start: hashlib._Hash, names: Iterable[str], row: Iterable[object], has_reason: bool) -> str:
    """Columns that are empty count as not there, so that a column more changes no id."""
    digest = start.copy()
    for name, value in zip(names, row, strict=True):
        if value is not None and (has_reason or name != "reason"):
            digest.update(f"\0{name}={value}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:_DIGITS]
