"""What an import has to do: which sessions of which sources, cut into batches that are committed one by one."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from explorer.errors import SourceError
from explorer.importers.base import Source, session_id
from explorer.importers.registry import Damaged, importer_of

BATCH_SESSIONS = 256
BATCH_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Job:
    """Some sessions of one source; `session_bytes` is what one of them weighs in the progress."""

    source: Source
    sha256: str
    inner_ids: tuple[str, ...]
    session_bytes: int


@dataclass(slots=True)
class Plan:
    """The sessions chosen from the sources, and what was found out about them on the way."""

    chosen: list[tuple[Source, tuple[str, ...], int]]
    known: set[str]
    damaged: list[Damaged] = field(default_factory=list)
    known_n: int = 0
    bytes_skipped: int = 0

    @property
    def bytes_total(self) -> int:
        """Weight of all chosen sessions."""
        return sum(len(ids) * session_bytes for _, ids, session_bytes in self.chosen)

    def batches(self) -> Iterator[tuple[Job, ...]]:
        """Batches of work in the order of the sources; sessions that are in the dataset already are left out.

        Sources are hashed as their turn comes, so that a large collection starts at once.
        """
        jobs: list[Job] = []
        sessions_n = bytes_n = 0
        for source, inner_ids, session_bytes in self.chosen:
            for job in self._jobs(source, inner_ids, session_bytes):
                weight = len(job.inner_ids) * session_bytes
                if jobs and (
                    sessions_n + len(job.inner_ids) > BATCH_SESSIONS or bytes_n + weight > BATCH_BYTES
                ):
                    yield tuple(jobs)
                    jobs, sessions_n, bytes_n = [], 0, 0
                jobs.append(job)
                sessions_n += len(job.inner_ids)
                bytes_n += weight
        if jobs:
            yield tuple(jobs)

    def _jobs(self, source: Source, inner_ids: tuple[str, ...], session_bytes: int) -> Iterator[Job]:
        try:
            sha256 = importer_of(source.format).fingerprint(source)
        except OSError as error:
            self.damaged.append(Damaged(source.key or source.name, f"cannot be read ({error.strerror})"))
            self.bytes_skipped += len(inner_ids) * session_bytes
            return
        new = []
        for inner_id in inner_ids:
            name = session_id(source.format, sha256, inner_id)
            if name not in self.known:
                self.known.add(name)
                new.append(inner_id)
        self.known_n += len(inner_ids) - len(new)
        self.bytes_skipped += (len(inner_ids) - len(new)) * session_bytes
        step = max(1, min(BATCH_SESSIONS, BATCH_BYTES // max(1, session_bytes)))
        for start in range(0, len(new), step):
            yield Job(source, sha256, tuple(new[start : start + step]), session_bytes)


def plan(sources: Sequence[Source], known: set[str], sample: int | None = None) -> Plan:
    """All sessions of the sources, or `sample` of them, spread over everything and the same in every run."""
    damaged: list[Damaged] = []
    offered: list[tuple[Source, tuple[str, ...], int]] = []
    for source in sources:
        try:
            inner_ids = tuple(importer_of(source.format).inner_ids(source))
        except SourceError as error:
            damaged.append(Damaged(error.where, error.what, error.hint))
        except OSError as error:
            damaged.append(Damaged(source.key or source.name, f"cannot be read ({error.strerror})"))
        else:
            offered.append((source, inner_ids, max(1, source.size_bytes // max(1, len(inner_ids)))))
    return Plan(offered if sample is None else _sampled(offered, sample), set(known), damaged)


def _sampled(
    offered: Sequence[tuple[Source, tuple[str, ...], int]], sample: int
) -> list[tuple[Source, tuple[str, ...], int]]:
    """Sessions in the order of their lots, the formats taking turns: a large collection must not crowd out the rest."""
    lots: dict[str, list[tuple[str, int, str]]] = {}
    for place, (source, inner_ids, _) in enumerate(offered):
        drawn = lots.setdefault(source.format, [])
        drawn += [(_lot(source, inner_id), place, inner_id) for inner_id in inner_ids]
    turns = (
        (turn, *lot) for drawn in lots.values() for turn, lot in enumerate(heapq.nsmallest(sample, drawn))
    )
    picked = {(place, inner_id) for _, _, place, inner_id in heapq.nsmallest(sample, turns)}
    chosen = []
    for place, (source, inner_ids, session_bytes) in enumerate(offered):
        kept = tuple(inner_id for inner_id in inner_ids if (place, inner_id) in picked)
        if kept:
            chosen.append((source, kept, session_bytes))
    return chosen


def _lot(source: Source, inner_id: str) -> str:
    return hashlib.md5(
        f"{source.key}\n{inner_id}".encode("utf-8", "surrogatepass"), usedforsecurity=False
    ).hexdigest()
