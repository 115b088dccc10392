"""Batches on several worker processes: results as they are ready, and a crashed worker costs nothing but its batch."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from pathlib import Path

from explorer.errors import SourceError
from explorer.importers.batch import BatchResult, Tell, damage_of, run_batch
from explorer.importers.plan import Job

Jobs = tuple[Job, ...]
Message = tuple[int, int, int, str]
_POLL_S = 0.1
_CRASH = SourceError(
    "importing it ended the worker process",
    hint="It may need more memory than there is: try again with --jobs 1",
)


class _Stopped(BaseException):
    """The import was interrupted; not an Exception, so that no reader takes it for damage."""


@dataclass(slots=True)
class _Channel:
    """A worker's line to the parent."""

    messages: Queue[Message]
    stop: Event


_channel: _Channel | None = None


def run_batches(
    root: Path, batches: Iterable[Jobs], jobs: int, tell: Tell
) -> Generator[BatchResult, None, None]:
    """Results of the batches, in the order in which they end. With one job everything runs in this process.

    Raises DatasetError when the dataset cannot be written.
    """
    if jobs <= 1:
        for batch in batches:
            yield run_batch(root, batch, tell)
        return
    pool = _Pool(root, jobs, tell)
    try:
        yield from pool.run(iter(batches))
    finally:
        pool.close()


class _Pool:
    def __init__(self, root: Path, jobs: int, tell: Tell) -> None:
        self._root, self._jobs, self._tell = root, jobs, tell
        self._context = multiprocessing.get_context("spawn")
        self._stop = self._context.Event()
        self._messages: Queue[Message] = self._context.Queue()
        self._executor = self._new_executor()

    def run(self, batches: Iterator[Jobs]) -> Iterator[BatchResult]:
        """Keep every worker busy, with one batch waiting."""
        running: dict[Future[BatchResult], Jobs] = {}
        crashed: list[Jobs] = []
        while True:
            while len(running) <= self._jobs and (batch := next(batches, None)) is not None:
                running[self._submit(batch)] = batch
            if not running:
                break
            done, _ = wait(running, timeout=_POLL_S, return_when=FIRST_COMPLETED)
            self._hear()
            for future in done:
                batch = running.pop(future)
                try:
                    yield future.result()
                except BrokenProcessPool:
                    crashed.append(batch)
        for batch in crashed:
            yield from self._one_by_one(batch)

    def close(self) -> None:
        """Let the workers stop at the next session, and wait for them."""
        self._stop.set()
        try:
            self._executor.shutdown(wait=True, cancel_futures=True)
        except KeyboardInterrupt:
            # The second Ctrl+C: waiting again, here or at exit, could be for ever.
            for worker in multiprocessing.active_children():
                worker.terminate()
            raise
        self._hear()
        self._messages.close()

    def _one_by_one(self, batch: Jobs) -> Iterator[BatchResult]:
        """Run a crashed batch again, source by source, to find the one that is to blame."""
        for job in batch:
            future = self._submit((job,))
            try:
                yield future.result()
            except BrokenProcessPool:
                yield BatchResult(damaged=[damage_of(job.source, _CRASH)])
            self._hear()

    def _submit(self, batch: Jobs) -> Future[BatchResult]:
        try:
            with _deaf_children():
                return self._executor.submit(_work, self._root, batch)
        except BrokenProcessPool:
            self._executor.shutdown(wait=True)
            self._hear()
            self._messages = self._context.Queue()  # the one that died may have kept the old one's lock
            self._executor = self._new_executor()
            return self._executor.submit(_work, self._root, batch)

    def _new_executor(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._jobs, mp_context=self._context, initializer=_connect, initargs=(self._messages, self._stop)
        )

    def _hear(self) -> None:
        while not self._messages.empty():
            self._tell(*self._messages.get())


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Processes started here do not hear Ctrl+C from their first moment on: the parent answers it, a moment later."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _connect(messages: Queue[Message], stop: Event) -> None:
    """First thing in a worker: only the parent answers the user's interrupt."""
    global _channel  # noqa: PLW0603  a pool hands its workers nothing but what the initializer stores
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    messages.cancel_join_thread()  # leaving never waits for a parent that has stopped listening
    _channel = _Channel(messages, stop)


def _work(root: Path, batch: Jobs) -> BatchResult:
    return run_batch(root, batch, _tell_parent)


def _tell_parent(*message: int | str) -> None:
    if _channel is None:
        return
    if _channel.stop.is_set():
        raise _Stopped
    _channel.messages.put(message)  # type: ignore[arg-type]
