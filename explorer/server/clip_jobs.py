"""Clips in the making: one at a time, each with its progress; files lie in a folder of this process alone."""

from __future__ import annotations

import secrets
import tempfile
import threading
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from explorer.engine.base import Engine
from explorer.errors import ExplorerError
from explorer.exports.clip import plan_clip, write_clip
from explorer.exports.clip_request import ClipRequest
from explorer.exports.file_names import file_name
from explorer.server.headers import log_unexpected

MOST_WAITING, MOST_KEPT = 8, 8


class _Stopped(Exception):
    """The clip is not wanted any more."""


@dataclass(slots=True)
class ClipJob:
    """One clip. `state`: waiting, drawing, done, failed or stopped; `problem` says why it failed."""

    job_id: str
    path: Path
    state: str = "waiting"
    done_n: int = 0
    pictures_n: int = 0
    problem: str = ""
    version_id: str = ""
    is_wanted: bool = True

    @property
    def is_over(self) -> bool:
        return self.state in ("done", "failed", "stopped")


class ClipJobs:
    """The clips of one process; the oldest finished ones go when there are many."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs: OrderedDict[str, ClipJob] = OrderedDict()
        self._worker: ThreadPoolExecutor | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def start(self, engine: Engine, request: ClipRequest) -> ClipJob | None:
        """Begin to make a clip; its file gets a name of its own. None when too many wait already."""
        with self._lock:
            if sum(not job.is_over for job in self._jobs.values()) >= MOST_WAITING:
                return None
            self._forget()
            job = ClipJob(secrets.token_hex(16), self._place(request))
            self._jobs[job.job_id] = job
            if self._worker is None:
                self._worker = ThreadPoolExecutor(1, thread_name_prefix="clips")
            self._worker.submit(self._make, engine, replace(request, output=job.path), job)
        return job

    def get(self, job_id: str) -> ClipJob | None:
        """The clip of that id; None when there is none, or it was let go."""
        return self._jobs.get(job_id)

    def stop(self, job_id: str) -> None:
        """Not wanted any more: what there is of it is removed."""
        job = self._jobs.get(job_id)
        if job is not None:
            job.is_wanted = False
            if job.is_over:
                job.path.unlink(missing_ok=True)
                job.state = "stopped"

    def close(self) -> None:
        """The program ends: nothing is left."""
        for job in self._jobs.values():
            job.is_wanted = False
        if self._worker is not None:
            self._worker.shutdown(cancel_futures=True)
        if self._folder is not None:
            self._folder.cleanup()
        self._jobs.clear()
        self._worker = self._folder = None

    def _place(self, request: ClipRequest) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="trace-explorer-")
        own = Path(tempfile.mkdtemp(dir=self._folder.name))
        return (
            own / f"{file_name(request.session_id)}-{(request.from_us or 0) // 1000}{request.output.suffix}"
        )

    def _forget(self) -> None:
        over = [job for job in self._jobs.values() if job.is_over]
        for job in over[: max(0, len(over) - MOST_KEPT + 1)]:
            job.path.unlink(missing_ok=True)
            del self._jobs[job.job_id]

    def _make(self, engine: Engine, request: ClipRequest, job: ClipJob) -> None:
        def drawn(done_n: int) -> None:
            job.done_n = done_n
            if not job.is_wanted:
                raise _Stopped

        try:
            if not job.is_wanted:
                raise _Stopped
            plan = plan_clip(engine, request)
            job.pictures_n, job.version_id, job.state = plan.pictures_n, plan.version_id, "drawing"
            write_clip(engine, plan, drawn)
        except _Stopped:
            job.state = "stopped"
        except ExplorerError as error:
            job.problem, job.state = str(error), "failed"
        except Exception as error:  # noqa: BLE001  whoever waits for it is told, and the log has the place
            job.problem, job.state = f"The clip could not be made (error {log_unexpected(error)})", "failed"
        else:
            job.state = "done"
