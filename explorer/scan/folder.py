"""Where findings live: beside the store, one folder for one state of a dataset; a state that has passed is known.

`scan.json` says which state it was, what was looked at, and whether the scan is whole; `findings.parquet` is the
result. Until it is whole, each finished job has a file of its own, written in one step.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from explorer.engine import Engine
from explorer.errors import StoreError
from explorer.scan import registry, unnamed_files
from explorer.scan.finding import SCHEMA, WHOLE_KINDS
from explorer.scan.jobs import Job
from explorer.scan.work import Result
from explorer.trace.manifest import replace_file
from explorer.trace.verified import state_home

HEAD, FINDINGS = "scan.json", "findings.parquet"
_COUNTS = b"counts"
_HINT = "Make trace-explorer's state folder writable ($XDG_STATE_HOME, else ~/.local/state)"


@dataclass(frozen=True, slots=True)
class State:
    """What a scan is about; another one, and its findings are stale."""

    dataset_id: str
    manifest_sha256: str
    consent_fingerprint: str
    left_out: tuple[str, ...]
    unnamed: str
    checks: str

    @property
    def state_id(self) -> str:
        """16 hex digits of all of it."""
        parts = (self.manifest_sha256, self.consent_fingerprint, *self.left_out, self.unnamed, self.checks)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    @property
    def folder(self) -> Path:
        return scans_of(self.dataset_id) / f"scan-{self.state_id}"


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan that is whole: its findings (columns of finding.SCHEMA), what was looked at, and if it is out of date."""

    findings: pa.Table
    counts: dict[str, int]
    is_stale: bool


def state_of(engine: Engine) -> State:
    """The state that an engine has open."""
    dataset = engine.dataset
    bad = tuple(file.file for file in engine.quarantined())
    unnamed = unnamed_files.fingerprint(dataset.root, {file.path for file in dataset.manifest.entries})
    return State(
        dataset.dataset_id,
        dataset.manifest.sha256,
        engine.consent_fingerprint,
        bad,
        unnamed,
        registry.versions(),
    )


def scans_of(dataset_id: str) -> Path:
    """The folder of a dataset's scans."""
    return state_home() / dataset_id


def begun(state: State) -> set[str]:
    """Make the folder where it is not there, closed to others; the names of the jobs that were kept before."""
    try:
        state.folder.mkdir(parents=True, exist_ok=True)
        for folder in (state_home(), scans_of(state.dataset_id), state.folder):
            with contextlib.suppress(PermissionError):
                folder.chmod(0o700)
    except OSError as error:
        raise StoreError(
            f"cannot be written ({error.strerror})", where=state.folder.name, hint=_HINT
        ) from None
    return {path.name for path in state.folder.glob("job-*.parquet") if _table(path) is not None}


def keep(state: State, result: Result) -> None:
    """Keep what a job found."""
    _write(state.folder / result.job.name, result.table(), result.counts)


def finish(state: State, jobs: list[Job]) -> Scan:
    """Put the jobs' files together as the result; scans of other states and the jobs' files are removed."""
    tables, counts = [], Counter[str]()
    for job in jobs:
        table = _table(state.folder / job.name)
        assert table is not None
        counts.update(_counts(table))
        tables.append(table.replace_schema_metadata(None))
    whole = one_a_session(pa.concat_tables([SCHEMA.empty_table(), *tables]))
    whole = whole.sort_by([("session_id", "ascending"), ("seq", "ascending"), ("kind", "ascending")])
    _write(state.folder / FINDINGS, whole, counts)
    _write_head(state, counts)
    for path in state.folder.glob("job-*.parquet"):
        path.unlink(missing_ok=True)
    for path in scans_of(state.dataset_id).glob("scan-*"):
        if path != state.folder:
            shutil.rmtree(path, ignore_errors=True)
    return Scan(whole, dict(counts), False)


def one_a_session(found: pa.Table) -> pa.Table:
    """The findings with those on whole sessions, of which each job of a session may have one, put together."""
    is_whole = pc.is_in(found["kind"], pa.array(list(WHOLE_KINDS)))
    sessions: dict[str, dict[str, Any]] = {}
    for row in found.filter(is_whole).to_pylist():
        kept = sessions.setdefault(row["session_id"], row)
        if kept is not row:
            first = min(kept, row, key=lambda one: one["seq"])
            kept.update(
                {name: first[name] for name in ("frame_id", "seq", "t_us")}, rows_n=kept["rows_n"] + row["rows_n"],
                seq_end=max(kept["seq_end"], row["seq_end"]), score=max(kept["score"], row["score"]),
                reason=max(kept, row, key=lambda one: one["score"])["reason"],
            )  # fmt: skip
    whole = pa.Table.from_pylist(list(sessions.values()), schema=SCHEMA)
    return pa.concat_tables([found.filter(pc.invert(is_whole)), whole])


def latest(engine: Engine) -> Scan | None:
    """The scan of what the engine has open, else the last one of an older state, as stale; None where there is none."""
    own = state_of(engine)
    folders = [own.folder, *sorted(scans_of(own.dataset_id).glob("scan-*"))]
    for folder in folders:
        if (folder / HEAD).exists() and (table := _table(folder / FINDINGS)) is not None:
            return Scan(table.replace_schema_metadata(None), _counts(table), folder != own.folder)
    return None


def _write_head(state: State, counts: Counter[str]) -> None:
    head = {
        "dataset_id": state.dataset_id, "manifest_sha256": state.manifest_sha256,
        "consent_fingerprint": state.consent_fingerprint, "left_out": list(state.left_out), "checks": state.checks,
        "counts": dict(counts), "not_looked_at": registry.not_looked_at(),
    }  # fmt: skip
    _store(state.folder / HEAD, json.dumps(head, indent=1).encode() + b"\n")


def _write(path: Path, table: pa.Table, counts: Counter[str]) -> None:
    sink = pa.BufferOutputStream()
    told = table.replace_schema_metadata({_COUNTS: json.dumps(dict(counts)).encode()})
    pq.write_table(told, sink, compression="zstd")
    _store(path, sink.getvalue().to_pybytes())


def _store(path: Path, content: bytes) -> None:
    try:
        replace_file(path, content)
        path.chmod(0o600)
    except OSError as error:
        raise StoreError(f"cannot be written ({error.strerror})", where=path.name, hint=_HINT) from None


def _table(path: Path) -> pa.Table | None:
    """A file of ours; None where it is missing, damaged or of another version."""
    try:
        table = pq.read_table(path, partitioning=None)
    except (OSError, pa.ArrowException):
        return None
    return table if table.schema.remove_metadata().equals(SCHEMA) else None


def _counts(table: pa.Table) -> dict[str, Any]:
    counts: dict[str, Any] = json.loads((table.schema.metadata or {}).get(_COUNTS, b"{}"))
    return counts
