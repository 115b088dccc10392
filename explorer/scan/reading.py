"""The last scan of a dataset as pages read it: findings, what was looked at, and why it may be out of date.

What another version wrote is read as far as it is understood. Nothing of it is believed: whoever shows a value shows it
as text.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from explorer.scan import folder, registry
from explorer.scan.finding import SCHEMA

_COUNTS = b"counts"
_JOBS = "job-*.parquet"
_CHANGED = {
    "manifest_sha256": "the dataset changed",
    "consent_fingerprint": "consent changed",
    "left_out": "other files are damaged",
    "unnamed": "files beside the dataset's own changed",
    "checks": "the checks changed",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A scan that is whole. `findings` has the columns of finding.SCHEMA; `stale` says why it is out of date."""

    state_id: str
    findings: pa.Table
    counts: dict[str, int]
    checks: str
    not_looked_at: dict[str, str]
    stale: tuple[str, ...]
    finished_unix_s: int
    left_out_n: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """A scan or None; `problem` where one cannot be read; `parts_n` of a scan of now that is not whole."""

    kept: Kept | None
    problem: str = ""
    parts_n: int = 0


def stamp(state: folder.State) -> tuple[object, ...]:
    """Changes whenever `read` could answer something else: a key to keep its answer by."""
    found = []
    for place in _folders(state):
        try:
            stat = (place / folder.FINDINGS).stat()
        except OSError:
            continue
        found.append((place.name, stat.st_mtime_ns, stat.st_size))
    return (state.dataset_id, state.state_id, _parts_n(state), *found)


def read(state: folder.State) -> Reading:
    """The scan of a state; else the newest one of another state of the dataset, as stale."""
    problem, parts_n = "", _parts_n(state)
    for place in _folders(state):
        head = _head(place)
        if head is None:
            continue
        table = _table(place / folder.FINDINGS)
        if isinstance(table, pa.Table):
            return Reading(_kept(state, place, head, table), problem, parts_n)
        problem = problem or table
    return Reading(None, problem, parts_n)


def _parts_n(state: folder.State) -> int:
    return sum(1 for _ in state.folder.glob(_JOBS))


def _folders(state: folder.State) -> list[Path]:
    others = [path for path in folder.scans_of(state.dataset_id).glob("scan-*") if path != state.folder]
    return [state.folder, *sorted(others, key=_finished_s, reverse=True)]


def _finished_s(place: Path) -> float:
    try:
        return (place / folder.HEAD).stat().st_mtime
    except OSError:
        return 0.0


def _head(place: Path) -> dict[str, Any] | None:
    try:
        head = json.loads((place / folder.HEAD).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError):
        return {}
    return head if isinstance(head, dict) else {}


def _table(path: Path) -> pa.Table | str:
    """The findings, or why they cannot be read."""
    try:
        table = pq.read_table(path, partitioning=None)
    except FileNotFoundError:
        return "The findings of the last scan are missing."
    except (OSError, pa.ArrowException):
        return "The findings of the last scan are damaged."
    try:
        return _known(table)
    except (KeyError, pa.ArrowException):
        return "The findings of the last scan were written by another version of this program."


def _known(table: pa.Table) -> pa.Table:
    """The columns that are known, those of a later version left out, those that an earlier one had not empty."""
    columns = []
    for wanted in SCHEMA:
        if wanted.name in table.column_names:
            columns.append(table[wanted.name].cast(wanted.type))
        elif wanted.nullable:
            columns.append(pa.nulls(table.num_rows, wanted.type))
        else:
            raise KeyError(wanted.name)
    known = pa.Table.from_arrays(columns, names=SCHEMA.names, metadata=table.schema.metadata)
    return known.filter(pc.and_(pc.is_valid(known["kind"]), pc.is_valid(known["severity"])))


def _kept(state: folder.State, place: Path, head: dict[str, Any], table: pa.Table) -> Kept:
    stale: tuple[str, ...] = ()
    if place != state.folder:
        now = json.loads(json.dumps(asdict(state)))
        known = {name: words for name, words in _CHANGED.items() if name in now and name in head}
        told = [words for name, words in known.items() if head[name] != now[name]]
        stale = tuple(told) or ("what there is to look at changed",)
    left_out = head.get("left_out")
    return Kept(
        place.name.removeprefix("scan-"),
        table.replace_schema_metadata(None),
        _counts(table),
        str(head.get("checks", "")),
        _words(head.get("not_looked_at", registry.not_looked_at())),
        stale,
        int(_finished_s(place)),
        len(left_out) if isinstance(left_out, list) else 0,
    )


def _counts(table: pa.Table) -> dict[str, int]:
    try:
        counts = json.loads((table.schema.metadata or {}).get(_COUNTS, b"{}"))
    except (ValueError, RecursionError):
        return {}
    if not isinstance(counts, dict):
        return {}
    return {str(name): n for name, n in counts.items() if type(n) is int and 0 <= n < 2**53}


def _words(found: Any) -> dict[str, str]:
    return {str(what): str(why) for what, why in found.items()} if isinstance(found, dict) else {}
