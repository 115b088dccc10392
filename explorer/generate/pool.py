"""Batches on several worker processes. One that fails ends the whole: half a dataset is none."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from explorer.errors import ExplorerError
from explorer.generate.batch import Tell, write_batch
from explorer.generate.plan import Batch
from explorer.trace.manifest import FileEntry

# A worker says how many rows more it has made, which parts it has finished, or why it cannot go on.
_Message = int | list[FileEntry] | BaseException
_CRASH = ExplorerError(
    "a worker process ended early", hint="It may need more memory than there is: try again with --jobs 1"
)


def run_batches(
    root: Path, batches: Sequence[Batch], jobs: int, tell: Tell
) -> Generator[list[FileEntry], None, None]:
    """Entries of each batch's parts, in the order in which they end. With one job everything runs in this process.

    Raises what a worker raised, and ExplorerError when one died.
    """
    workers_n = min(jobs, len(batches))
    if workers_n <= 1:
        for batch in batches:
            yield write_batch(root, batch, tell)
        return
    waiting = iter(batches)
    workers: list[_Worker] = []
    try:
        with _deaf_children():
            for _ in range(workers_n):
                workers.append(_Worker.started(root))
        busy = {worker.line: worker for worker in workers if worker.give(next(waiting, None))}
        while busy:
            for line in wait(list(busy)):
                assert isinstance(line, Connection)
                message = _heard(line)
                if isinstance(message, int):
                    tell(message)
                    continue
                if not busy[line].give(next(waiting, None)):
                    del busy[line]
                yield message
    finally:
        for worker in workers:
            worker.end()


@dataclass(slots=True)
class _Worker:
    """One process, and the line to it."""

    process: SpawnProcess
    line: Connection

    @classmethod
    def started(cls, root: Path) -> _Worker:
        """A new worker, waiting for batches."""
        context = multiprocessing.get_context("spawn")
        line, far_end = context.Pipe()
        process = context.Process(target=_work, args=(root, far_end), daemon=True)
        process.start()
        far_end.close()
        return cls(process, line)

    def give(self, batch: Batch | None) -> bool:
        """Send the next batch, if there is one; whether there was."""
        if batch is not None:
            try:
                self.line.send(batch)
            except OSError:
                raise _CRASH from None
        return batch is not None

    def end(self) -> None:
        """Stop it at once: what it was writing is named nowhere."""
        self.process.kill()
        self.process.join()
        self.line.close()


def _heard(line: Connection) -> int | list[FileEntry]:
    try:
        message: _Message = line.recv()
    except (EOFError, OSError):
        raise _CRASH from None
    if isinstance(message, BaseException):
        raise message
    return message


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Processes started here never hear Ctrl+C: the parent answers it, and ends them."""
    resource_tracker.ensure_running()  # left to the first process it would let the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(root: Path, line: Connection) -> None:
    """A worker's life: one batch after the other, until the parent goes."""
    try:
        while True:
            batch: Batch = line.recv()
            try:
                line.send(write_batch(root, batch, line.send))
            except Exception as error:  # noqa: BLE001  the parent tells the user
                line.send(error)
    except (EOFError, OSError):
        return
