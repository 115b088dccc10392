"""Importing: find recordings, read them on several processes, and commit batch by batch."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from explorer.importers.batch import BatchResult
from explorer.importers.plan import Job, Plan, plan
from explorer.importers.pool import run_batches
from explorer.importers.registry import Damaged, Skipped, find_sources
from explorer.trace.commit import Commit, clean, writing
from explorer.trace.dataset import create


@dataclass(frozen=True, slots=True)
class FormatCount:
    """What was imported of one format: sessions, their source rows (pictures included), and pictures."""

    format: str
    sessions_n: int
    rows_n: int
    frames_n: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is; bytes are those of the sources."""

    bytes_done: int
    bytes_total: int
    rows_n: int
    sessions_n: int
    name: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. `known_n` sessions were in the dataset already; `unfinished` holds session ids."""

    imported: tuple[FormatCount, ...]
    known_n: int
    skipped: tuple[Skipped, ...]
    damaged: tuple[Damaged, ...]
    dropped: tuple[str, ...]
    unfinished: tuple[str, ...]
    seconds: float

    @property
    def sessions_n(self) -> int:
        return sum(count.sessions_n for count in self.imported)

    @property
    def rows_n(self) -> int:
        return sum(count.rows_n for count in self.imported)

    @property
    def exit_code(self) -> int:
        """1 when something is damaged, or nothing at all was found; else 0."""
        return 1 if self.damaged or not (self.sessions_n or self.known_n) else 0


def import_sources(
    paths: Sequence[Path],
    dataset_root: Path,
    *,
    format: str | None = None,
    jobs: int | None = None,
    sample: int | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> ImportReport:
    """Import recordings into the dataset at `dataset_root`, which is made when it does not exist.

    `format` restricts the search; `jobs` is the number of worker processes (default: one a processor; a script then
    needs multiprocessing's `__main__` guard); `sample` takes that many sessions, spread over everything.
    Batches are committed one by one: an import that was killed goes on where it was. Raises SourceError for an
    unknown format, DatasetBusyError when another import runs, DatasetError when the dataset cannot be written.
    """
    started = time.monotonic()
    found = find_sources([Path(path) for path in paths], format)
    total = BatchResult(damaged=list(found.damaged))
    known_n = 0
    if found.sources:
        root = create(dataset_root).root
        with writing(root) as commit:
            planned = plan(found.sources, commit.known_session_ids(), sample)
            _run(commit, planned, jobs or os.cpu_count() or 1, total, on_progress)
            known_n = planned.known_n
            total.damaged += planned.damaged
            commit.compact()
            commit.note_sources()
    return _report(total, known_n, found.skipped, time.monotonic() - started)


def _run(
    commit: Commit,
    planned: Plan,
    jobs: int,
    total: BatchResult,
    on_progress: Callable[[Progress], None] | None,
) -> None:
    meter = _Meter(planned, on_progress, planned.bytes_total)
    batches = planned.batches()
    first = list(islice(batches, 2))  # a single batch is not worth starting processes for
    workers_n = jobs if len(first) > 1 else 1
    try:
        with closing(run_batches(commit.root, chain(first, batches), workers_n, meter.tell)) as results:
            for result in results:
                commit.add(result.entries)
                total.add(result)
    finally:
        clean(commit.root)  # parts of a worker that ended early, or that the disk refused


@dataclass(slots=True)
class _Meter:
    """Adds up what the batches tell and passes it on."""

    planned: Plan
    on_progress: Callable[[Progress], None] | None
    bytes_total: int
    bytes_done: int = 0
    rows_n: int = 0
    sessions_n: int = 0

    def tell(self, bytes_n: int, rows_n: int, sessions_n: int, name: str) -> None:
        self.bytes_done += bytes_n
        self.rows_n += rows_n
        self.sessions_n += sessions_n
        if self.on_progress:
            bytes_done = min(self.bytes_total, self.bytes_done + self.planned.bytes_skipped)
            self.on_progress(Progress(bytes_done, self.bytes_total, self.rows_n, self.sessions_n, name))


def _report(total: BatchResult, known_n: int, skipped: tuple[Skipped, ...], seconds: float) -> ImportReport:
    return ImportReport(
        imported=tuple(_counts(total)),
        known_n=known_n,
        skipped=skipped,
        damaged=tuple(total.damaged),
        dropped=tuple(sorted(total.dropped)),
        unfinished=tuple(total.unfinished),
        seconds=seconds,
    )


def _counts(total: BatchResult) -> Iterator[FormatCount]:
    for name in sorted(total.sessions):
        yield FormatCount(name, total.sessions[name], total.rows[name], total.frames[name])


__all__ = ["Damaged", "FormatCount", "ImportReport", "Job", "Progress", "Skipped", "import_sources"]
