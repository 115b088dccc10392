"""One batch of an import: read recordings, write them into parts of its own. Runs in a worker process or in place."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path, PurePosixPath

import pyarrow as pa

from explorer.errors import DatasetError, SourceError
from explorer.importers.base import Source
from explorer.importers.plan import Job
from explorer.importers.recording import Recording
from explorer.importers.registry import Damaged, importer_of
from explorer.importers.tables import SessionTables, session_tables
from explorer.trace.manifest import FileEntry
from explorer.trace.writer import PART_PICTURE_BYTES, PartWriter

# Called after each session with: bytes of the source it stands for, rows, sessions (0 when it failed), source name.
Tell = Callable[[int, int, int, str], None]
_HINT_DISK = "Make room and run the same command again: it goes on where it stopped"


@dataclass(slots=True)
class BatchResult:
    """Parts to commit, and what happened."""

    entries: list[FileEntry] = field(default_factory=list)
    sessions: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    frames: Counter[str] = field(default_factory=Counter)
    damaged: list[Damaged] = field(default_factory=list)
    dropped: set[str] = field(default_factory=set)
    unfinished: list[str] = field(default_factory=list)

    def add(self, other: BatchResult) -> None:
        """Take over another batch's counts and findings (its parts excepted)."""
        self.sessions += other.sessions
        self.rows += other.rows
        self.frames += other.frames
        self.damaged += other.damaged
        self.dropped |= other.dropped
        self.unfinished += other.unfinished


def run_batch(root: Path, jobs: Sequence[Job], tell: Tell) -> BatchResult:
    """Import the jobs into parts under `root`; nothing is visible before the entries are committed.

    What is wrong with a source is in the result; DatasetError is raised when the dataset cannot be written.
    """
    work = _Work(root, tell)
    for job in jobs:
        work.run(job)
    return work.finish()


class _Work:
    def __init__(self, root: Path, tell: Tell) -> None:
        self._root, self._tell = root, tell
        self._writer = PartWriter(root)
        self._result = BatchResult()

    def run(self, job: Job) -> None:
        """Import one job's sessions; a damaged one is noted, and the next are tried."""
        importer = importer_of(job.source.format)
        rest = job.inner_ids
        while rest:
            done_n = 0
            try:
                for recording in importer.read(job.source, rest):
                    done_n += 1
                    self._one(job, recording, importer.version)
                return
            except DatasetError:
                raise
            except Exception as error:  # noqa: BLE001  one file that a reader stumbles over must not stop the others
                self._note_damage(job, error)
            rest = rest[done_n + 1 :]

    def finish(self) -> BatchResult:
        """Close the parts."""
        with _writing_errors(self._root):
            self._result.entries += self._writer.close()
        return self._result

    def _one(self, job: Job, recording: Recording, version: str) -> None:
        try:
            made = session_tables(recording, job.sha256, version)
            self._write(made)
        except DatasetError:
            raise
        except Exception as error:  # noqa: BLE001  as above
            self._note_damage(job, error)
            return
        name = job.source.format
        self._result.sessions[name] += 1
        self._result.rows[name] += made.source_rows_n
        self._result.frames[name] += made.frames_n
        self._result.dropped |= made.dropped
        if not made.is_complete:
            self._result.unfinished.append(made.session_id)
        self._tell(job.session_bytes, made.source_rows_n, 1, job.source.name)

    def _write(self, made: SessionTables) -> None:
        """Give a session to the writer: pictures are read first, since a session must not be written by half."""
        frames = made.tables.pop("frames", None)
        if frames is None or isinstance(frames, pa.Table):
            self._add(self._writer, made)
            return
        held, held_bytes = [], 0
        for table in frames:
            held.append(table)
            held_bytes += table.nbytes
            if held_bytes > PART_PICTURE_BYTES:
                self._write_alone(made, chain(held, frames))
                return
        if held:
            made.tables["frames"] = pa.concat_tables(held)
        self._add(self._writer, made)

    def _write_alone(self, made: SessionTables, frames: Iterator[pa.Table]) -> None:
        """A session with more pictures than memory should hold gets parts of its own, dropped if a picture fails."""
        writer = PartWriter(self._root)
        failures: list[Exception] = []
        made.tables["frames"] = _noting(frames, failures)
        try:
            with _writing_errors(self._root):
                writer.add(made.tables)
                self._result.entries += writer.close()
        except DatasetError:
            if failures:
                raise failures[0] from None
            raise

    def _add(self, writer: PartWriter, made: SessionTables) -> None:
        with _writing_errors(self._root):
            writer.add(made.tables)
            self._result.entries += writer.take()

    def _note_damage(self, job: Job, error: Exception) -> None:
        self._result.damaged.append(damage_of(job.source, error))
        self._tell(job.session_bytes, 0, 0, job.source.name)


def damage_of(source: Source, error: Exception) -> Damaged:
    """What to tell about an error in a source: its place in the search and in the file, never its content."""
    key = PurePosixPath(source.key or source.name)
    if isinstance(error, SourceError):
        place = key.parent / error.where if key.name == source.name else key / error.where
        return Damaged(str(place), error.what, error.hint)
    if isinstance(error, OSError):
        return Damaged(str(key), f"cannot be read ({error.strerror or type(error).__name__})")
    what = f"cannot be read ({type(error).__name__})"
    return Damaged(str(key), what, "Please report this with the recorder's version")


def _noting(tables: Iterator[pa.Table], failures: list[Exception]) -> Iterator[pa.Table]:
    """The same tables; an error in them is told apart from one of the disk that they are written to."""
    try:
        yield from tables
    except Exception as error:  # noqa: BLE001  passed on by _write_alone
        failures.append(error)
        raise DatasetError("a picture cannot be read") from None


@contextmanager
def _writing_errors(root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else type(error).__name__
        raise DatasetError(f"cannot be written ({reason})", where=root.name, hint=_HINT_DISK) from None
