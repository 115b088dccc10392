"""Jobs on several processes. A job that ends its process is tried once more alone, and then told as unread."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from explorer.engine import Engine, open_engine
from explorer.scan.jobs import Job
from explorer.scan.work import Result, channel_of, work

_engine: Engine | None = None


def results(root: Path, jobs: Sequence[Job], processes_n: int) -> Generator[Result, None, None]:
    """Results in the order in which jobs end; with one process everything runs in this one."""
    if processes_n <= 1 or len(jobs) <= 1:
        engine = open_engine(root, time_limit_ms=0)
        try:
            for job in jobs:
                yield work(engine, job)
        finally:
            engine.close()
        return
    crashed = yield from _on_processes(root, jobs, processes_n)
    for job in crashed:
        again = yield from _on_processes(root, [job], 1)
        if again:
            result = Result(job)
            result.unread(job.first, channel_of(job), "looking at it ended the worker process")
            yield result


def _on_processes(root: Path, jobs: Sequence[Job], processes_n: int) -> Generator[Result, None, list[Job]]:
    """Results as they come; what it returns are jobs whose process ended."""
    waiting = iter(jobs)
    crashed: list[Job] = []
    running: dict[Future[Result], Job] = {}
    executor = _executor(root, processes_n)
    try:
        while True:
            _fill(executor, waiting, running, processes_n)
            if not running:
                return crashed
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                job = running.pop(future)
                try:
                    yield future.result()
                except BrokenProcessPool:
                    crashed += [job, *running.values()]
                    running.clear()
                    executor.shutdown(wait=True)
                    executor = _executor(root, processes_n)
                    break
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _fill(
    executor: ProcessPoolExecutor,
    waiting: Iterator[Job],
    running: dict[Future[Result], Job],
    processes_n: int,
) -> None:
    """Keep every process busy, with one job waiting. They do not hear Ctrl+C: the parent answers it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        while len(running) <= processes_n and (job := next(waiting, None)) is not None:
            running[executor.submit(_work, job)] = job
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _executor(root: Path, processes_n: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(processes_n, mp_context=context, initializer=_open, initargs=(root,))


def _open(root: Path) -> None:
    global _engine  # noqa: PLW0603  a pool hands its workers nothing but what the initializer stores
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _engine = open_engine(root, time_limit_ms=0)


def _work(job: Job) -> Result:
    assert _engine is not None
    return work(_engine, job)
