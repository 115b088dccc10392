"""The fix list for a redactor: the places of findings, and nothing of what stands there. CSV and JSON.

Columns are described in docs/guides/fix-list.md; FORMAT_VERSION is raised when one changes its meaning.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass

import pyarrow as pa

from explorer._version import __version__
from explorer.exports.results import csv_text, json_text
from explorer.scan.finding import SCHEMA

FORMAT_VERSION = 1
_NAMES = {"detector": "check", "detector_version": "check_version"}
# Columns that a later check adds to say where something is are in the list by themselves.
_OWN = {name: _NAMES.get(name, name) for name in SCHEMA.names if name != "reason"}
COLUMNS = ("finding_id", *_OWN.values(), "is_dismissed", "dismissed_reason")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a list comes from: the dataset, and the scan's state with the checks and their versions."""

    dataset_id: str
    scan_state: str
    checks: str
    is_stale: bool
    not_looked_at: Mapping[str, str]
    with_dismissed: bool = False

    @property
    def line(self) -> str:
        """All of it in one line."""
        state = f"{self.scan_state}{', out of date' if self.is_stale else ''}"
        dismissed = "with dismissed findings" if self.with_dismissed else "without dismissed findings"
        return (
            f"fix list {FORMAT_VERSION}; trace-explorer {__version__}; dataset {self.dataset_id}; "
            f"scan {state}; checks {self.checks}; {dismissed}"
        )


def fix_table(findings: pa.Table, finding_ids: Collection[str], reasons: Mapping[str, str]) -> pa.Table:
    """One row per finding, in the order given; `reasons` has those that are dismissed, by id."""
    ids = list(finding_ids)
    return pa.table(
        {
            "finding_id": pa.array(ids, pa.string()),
            **{said: findings[name] for name, said in _OWN.items()},
            "is_dismissed": pa.array([one in reasons for one in ids], pa.bool_()),
            "dismissed_reason": pa.array([reasons.get(one) for one in ids], pa.string()),
        }
    )


def fixes_csv(rows: pa.Table, source: Source) -> bytes:
    """RFC 4180 text after one line, beginning with #, that says where it comes from."""
    said = source.line.replace("\r", " ").replace("\n", " ")
    return f"# {said}\r\n{csv_text(rows)}".encode()


def fixes_json(rows: pa.Table, source: Source) -> bytes:
    """An object: format_version, program, source, and the fixes as a list of objects."""
    head = {
        "format_version": FORMAT_VERSION,
        "program": f"trace-explorer {__version__}",
        "source": asdict(source) | {"not_looked_at": dict(source.not_looked_at)},
        "fixes_n": rows.num_rows,
        "fixes": [],
    }
    start = json.dumps(head, ensure_ascii=False, indent=1)
    # The rows are JSON already; the empty list is the last thing in the head.
    return (start.removesuffix("[]\n}") + json_text(rows).rstrip() + "\n}\n").encode()
