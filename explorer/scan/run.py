"""A whole scan: what is there to look at, what was kept of an earlier try, and the rest on several processes."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from explorer.engine import Engine, open_engine
from explorer.errors import DatasetError
from explorer.scan import folder
from explorer.scan.extras import NER, OCR
from explorer.scan.folder import Scan
from explorer.scan.jobs import Job, extra_jobs, file_jobs, jobs_of
from explorer.scan.pool import results
from explorer.trace.lock import LOCK_NAME, locked

_MOST_PROCESSES = 8
_ASKED_S = 0.2


@dataclass(frozen=True, slots=True)
class Progress:
    """Rows and pictures that were looked at, of all; findings so far."""

    done_n: int
    total_n: int
    found_n: int


@dataclass(frozen=True, slots=True)
class Report:
    """The scan, files of the dataset that were left out, and whether it was there already."""

    scan: Scan
    left_out: tuple[str, ...]
    was_there: bool


def scan_dataset(
    root: Path, *, jobs: int | None = None, on_progress: Callable[[Progress], None] | None = None
) -> Report:
    """Look at everything that consent allows, and keep what was found.

    A scan that was cut short goes on; one that is whole for this state of the dataset is given back. Raises
    DatasetError when there is no readable dataset or it changes meanwhile, DatasetBusyError while another scan of it
    runs, StoreError when the state folder cannot be written.
    """
    with closing(open_engine(root, time_limit_ms=0)) as engine:
        state = folder.state_of(engine)
        kept = folder.latest(engine)
        if kept is not None and not kept.is_stale:
            return Report(kept, state.left_out, True)
        planned = all_jobs(engine)
    done = folder.begun(state)
    # Who asks whether a scan runs holds the lock for a moment, too.
    with locked(state.folder / LOCK_NAME, "another scan of this dataset is running", wait_s=_ASKED_S):
        waiting = [job for job in planned if job.name not in done]
        total_n = sum(job.size for job in planned)
        now = Progress(total_n - sum(job.size for job in waiting), total_n, 0)
        with closing(results(root, waiting, jobs or _cores())) as coming:
            for result in coming:
                folder.keep(state, result)
                now = Progress(now.done_n + result.job.size, total_n, now.found_n + len(result.found))
                if on_progress:
                    on_progress(now)
        _refuse_change(root, state)
        return Report(folder.finish(state, planned), state.left_out, False)


def all_jobs(engine: Engine) -> list[Job]:
    """All jobs for what is there to look at, those of the extras that are there last."""
    sessions = engine.run("scan/sessions").to_pylist()
    jobs = jobs_of(sessions)
    jobs += file_jobs(len(jobs), [entry.rows for entry in engine.dataset.manifest.entries])
    homes = engine.run("scan/picture_homes").to_pylist() if OCR.is_there else []
    return [*jobs, *extra_jobs(len(jobs), sessions if NER.is_there else [], homes)]


def _refuse_change(root: Path, state: folder.State) -> None:
    """What was found in two states is the result of neither."""
    with closing(open_engine(root)) as engine:
        if folder.state_of(engine) != state:
            raise DatasetError("changed while it was looked at", where=root.name, hint="Run the scan again")


def _cores() -> int:
    return max(1, min(_MOST_PROCESSES, len(os.sched_getaffinity(0))))
