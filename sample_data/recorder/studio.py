"""Records a plan on several processes: sessions first, then, once all failures are chosen, the redaction pass.

Takes wait in a scratch folder in between, since the choice needs to see all of them and memory does not hold them.
"""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from playwright.sync_api import Browser, sync_playwright

from recorder.failures import Failure, chances, chosen
from recorder.people import SCOPES, Shift
from recorder.redactor import redacted
from recorder.session import play
from recorder.stage import CHROMIUM_ARGS, RecordingError
from recorder.take import Redacted, Take

# Sessions that one browser records before it is closed.
SESSIONS_A_BROWSER = 4
Tell = Callable[[str], None]
Work = TypeVar("Work")
Done = TypeVar("Done")


def find_chromium() -> str:
    """Path of a Chromium; SystemExit when there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        raise SystemExit(
            "No Chromium found. Install it (Debian: apt-get install chromium) and run this again."
        )
    return path


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_ARGS))
        try:
            yield browser
        finally:
            browser.close()


def record(shifts: Sequence[Shift], seed: int, scratch: Path, jobs: int, tell: Tell) -> None:
    """Record all sessions into the scratch folder."""
    size = max(1, min(SESSIONS_A_BROWSER, -(-len(shifts) // jobs)))
    batches = [shifts[at : at + size] for at in range(0, len(shifts), size)]
    for lines in _spread(partial(_record, seed=seed, scratch=scratch), batches, jobs):
        for line in lines:
            tell(line)


def choose(shifts: Sequence[Shift], seed: int, scratch: Path) -> tuple[list[Failure], int]:
    """Where the pass is to fail, and how many moments anybody may see."""
    found: list[Failure] = []
    moments_n = 0
    for shift in shifts:
        if shift.persona.consent != "granted" or shift.persona.scopes != SCOPES:
            continue  # consent hides all or part of this session: a failure in it would never be met
        take: Take = _load(scratch, "take", shift)
        moments_n += len(take.shots)
        found += chances(take)
    return chosen(found, moments_n, seed), moments_n


def develop(
    shifts: Sequence[Shift], failures: Sequence[Failure], scratch: Path, jobs: int
) -> Iterator[Redacted]:
    """The sessions after the redaction pass, in their order."""
    work = [(shift, [one for one in failures if one.session == shift.number]) for shift in shifts]
    for shift in _spread(partial(_develop, scratch=scratch), work, jobs):
        yield _load(scratch, "redacted", shift)
        _path(scratch, "redacted", shift).unlink()


def _record(shifts: Sequence[Shift], seed: int, scratch: Path) -> list[str]:
    lines = []
    with chromium() as browser:
        for shift in shifts:
            try:
                take = play(browser, shift, seed)
            except RecordingError as error:
                raise RecordingError(f"session {shift.number} ({shift.task}): {error}") from error
            _store(scratch, "take", shift, take)
            lines.append(_line(take))
    return lines


def _develop(work: tuple[Shift, list[Failure]], scratch: Path) -> Shift:
    shift, failures = work
    _store(scratch, "redacted", shift, redacted(_load(scratch, "take", shift), failures))
    return shift


def _spread(task: Callable[[Work], Done], work: Sequence[Work], jobs: int) -> Iterator[Done]:
    """Results in the order of the work; new processes start clean, since a browser's threads do not survive a fork."""
    if jobs == 1 or len(work) == 1:
        yield from map(task, work)
        return
    with ProcessPoolExecutor(min(jobs, len(work)), mp_context=get_context("spawn")) as pool:
        try:
            yield from pool.map(task, work)
        finally:
            pool.shutdown(cancel_futures=True)


def _path(scratch: Path, stage: str, shift: Shift) -> Path:
    return scratch / f"{stage}-{shift.number:03d}.pickle"


def _store(scratch: Path, stage: str, shift: Shift, made: Take | Redacted) -> None:
    _path(scratch, stage, shift).write_bytes(pickle.dumps(made))


def _load(scratch: Path, stage: str, shift: Shift) -> Any:
    return pickle.loads(_path(scratch, stage, shift).read_bytes())


def _line(take: Take) -> str:
    rows = [row for row in take.log if "t_us" in row]
    seconds = (rows[-1]["t_us"] - rows[0]["t_us"]) / 1e6
    name = f"{take.shift.task} {take.shift.persona.person}".strip()
    return f"{take.shift.number:3d}  {name:20s} {seconds:5.0f} s  {len(rows):5d} rows  {len(take.shots):3d} frames"
