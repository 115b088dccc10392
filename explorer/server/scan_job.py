"""The scan that the page can start: a program of its own, so that it may fail, be slow or be stopped alone.

What it found so far is kept by the scan itself: one that was stopped goes on where it was.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import BinaryIO

from explorer.scan import folder
from explorer.scan.jobs import Job, jobs_of
from explorer.trace.lock import LOCK_NAME, is_locked
from explorer.widgets.findings_state import can_scan
from explorer.widgets.opened import engine, run

_STOP_LIMIT_S = 20.0
_NICE = 10
# A picture takes as long as that many rows (docs/decisions/findings-page.md).
_PICTURE_ROWS = 5_700
_LONGEST = 400
_PROGRAM = "trace-explorer:"


@dataclass(frozen=True, slots=True)
class ScanState:
    """`state`: none, running, elsewhere (begun by another program), stopping, done, stopped or failed.

    How far it is, by time; why it failed.
    """

    state: str = "none"
    done_share: float = 0.0
    problem: str = ""


class ScanJob:
    """At most one scan of this process, which ends with the process; and how far one is that was begun elsewhere."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._program: subprocess.Popen[bytes] | None = None
        self._said_in: BinaryIO | None = None
        self._said = ""
        self._costs: dict[str, int] = {}
        self._state: folder.State | None = None
        self._is_stopped = self._was_elsewhere = False

    def start(self) -> ScanState:
        """Begin, unless one runs already."""
        with self._lock:
            root = engine().dataset.root
            if self._is_running() or not can_scan(root) or self._is_elsewhere():
                return self._now()
            self._plan(folder.state_of(engine()))
            self._is_stopped = self._was_elsewhere = False
            self._listen_no_more()
            self._said_in = tempfile.TemporaryFile()  # noqa: SIM115  read and closed when the program has ended
            self._program = _started(root, self._said_in)
            return self._now()

    def stop(self) -> ScanState:
        """Ask it to end after what it is looking at; what it found is kept."""
        with self._lock:
            if self._is_running() and self._program is not None:
                self._is_stopped = True
                self._program.send_signal(signal.SIGINT)
            return self._now()

    def now(self) -> ScanState:
        """How far it is."""
        with self._lock:
            return self._now()

    def close(self) -> None:
        """The process ends: so does the scan."""
        with self._lock:
            if self._program is None or not self._is_running():
                return
            self._program.send_signal(signal.SIGINT)
            try:
                self._program.wait(_STOP_LIMIT_S)
            except subprocess.TimeoutExpired:
                self._program.kill()
                self._program.wait()
            self._listen_no_more()

    def _is_running(self) -> bool:
        return self._program is not None and self._program.poll() is None

    def _plan(self, state: folder.State) -> None:
        """What a scan of that state has to do, to know how far it is."""
        if state != self._state:
            self._costs = {job.name: _cost(job) for job in jobs_of(run("scan/sessions").to_pylist())}
        self._state = state

    def _is_elsewhere(self) -> bool:
        """Whether another program scans what is open here."""
        if not can_scan(engine().dataset.root):
            return False
        state = folder.state_of(engine())
        is_so = is_locked(state.folder / LOCK_NAME)
        if is_so:
            self._plan(state)
            self._was_elsewhere = True
        return is_so

    def _now(self) -> ScanState:
        if not self._is_running() and self._is_elsewhere():
            return ScanState("elsewhere", self._done_share())
        if self._was_elsewhere:
            return ScanState("stopped", self._done_share()) if self._is_failed() else ScanState("done", 1.0)
        return self._own()

    def _own(self) -> ScanState:
        if self._program is None:
            return ScanState()
        code = self._program.poll()
        if code is None:
            state = "stopping" if self._is_stopped else "running"
            return ScanState(state, self._done_share())
        self._listen_no_more()
        if code in (0, 1) and not self._is_failed():
            return ScanState("done", 1.0)
        if self._is_stopped:
            return ScanState("stopped", self._done_share())
        return ScanState("failed", self._done_share(), self._said or "The scan ended by itself")

    def _is_failed(self) -> bool:
        """Exit code 1 is that of findings as well as of an error: only a whole scan leaves its head."""
        return self._state is None or not (self._state.folder / folder.HEAD).exists()

    def _done_share(self) -> float:
        place = None if self._state is None else self._state.folder
        names = {path.name for path in place.glob("job-*.parquet")} if place else set()
        done = sum(cost for name, cost in self._costs.items() if name in names)
        return done / max(1, sum(self._costs.values()))

    def _listen_no_more(self) -> None:
        """Keep the last line of a program that has ended: it speaks of files, and never of what is in them."""
        if self._said_in is None:
            return
        with self._said_in as file:
            file.seek(0)
            lines = [line for line in file.read().decode("utf-8", "replace").splitlines() if line.strip()]
        self._said_in = None
        last = lines[-1] if lines and lines[-1].startswith(_PROGRAM) else ""
        self._said = last.removeprefix(_PROGRAM).strip()[:_LONGEST]


def _cost(job: Job) -> int:
    return job.size * (_PICTURE_ROWS if job.kind == "pictures" else 1)


def _started(root: Path, said_in: BinaryIO) -> subprocess.Popen[bytes]:
    """A scan that leaves a core, and the way, to those who look at pages."""
    cores = max(1, len(os.sched_getaffinity(0)) - 1)
    nice = which("nice")
    polite = [nice, "-n", str(_NICE)] if nice else []
    return subprocess.Popen(
        [*polite, sys.executable, "-m", "explorer", "scan", str(root), "--json", "--jobs", str(cores)],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said_in,
        env={**os.environ, "NO_COLOR": "1", "TERM": "dumb"},
    )  # fmt: skip


job = ScanJob()
