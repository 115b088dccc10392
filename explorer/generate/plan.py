"""What is to be made: the sessions with their sizes, and how they are cut into batches and chunks.

The cuts follow from the sizes alone, never from the number of processes: the same sizes give the same rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from explorer.generate.arrays import Bools, Ints, shared, within
from explorer.generate.people import DAY_US, FIRST_DAY, WEEKS
from explorer.generate.sizes import Sizes

VERSION = "1"  # another one gives other rows for the same seed
BATCH_ROWS, LEAST_BATCH_ROWS, BATCHES = 5_000_000, 100_000, 8
BATCH_FRAMES = 2_000
CHUNK_ROWS = 250_000
_LEG_ROWS = 500  # what a leg weighs beside its rows: more is drawn than it takes
_STREAM = 1
_HOUR_US = 3_600 * 1_000_000


@dataclass(frozen=True, slots=True)
class Sessions:
    """One entry a session, in the order of their ids. `number` counts in the order in which they were drawn."""

    digest: NDArray[np.bytes_]
    number: Ints
    person: Ints
    rows_n: Ints
    frames_n: Ints
    started_us: Ints

    def __len__(self) -> int:
        return len(self.digest)

    def __getitem__(self, chosen: slice | Ints) -> Sessions:
        return Sessions(*(getattr(self, field.name)[chosen] for field in fields(self)))

    @property
    def ids(self) -> list[str]:
        """Their session_id."""
        return [f"generated-{digest.decode()}" for digest in self.digest.tolist()]

    def lot(self, place: int) -> Ints:
        """A number from 0 to 255 that each session drew with its id; `place` (0 to 7) tells draws apart."""
        pairs = self.digest.view("S2").reshape(-1, 8)[:, place]
        return np.array([int(pair, 16) for pair in pairs.tolist()], np.int64)

    @property
    def week(self) -> Ints:
        """Weeks since the first day."""
        return (self.started_us // DAY_US - FIRST_DAY) // 7


@dataclass(frozen=True, slots=True)
class Legs:
    """Pieces of sessions that are made at once: whole sessions, or runs of rows of long ones."""

    number: int
    session: Ints  # place in the batch
    rows_n: Ints
    frames_n: Ints
    is_last: Bools

    def __len__(self) -> int:
        return len(self.session)


@dataclass(frozen=True, slots=True)
class Batch:
    """Sessions that become one part of each table, made by one process."""

    sizes: Sizes
    number: int
    sessions: Sessions

    def chunks(self) -> Iterator[Legs]:
        """The sessions in pieces that fit in memory, in their order; never two legs of one session at once."""
        legs_n = -(-self.sessions.rows_n // CHUNK_ROWS)
        session, place = np.repeat(np.arange(len(legs_n)), legs_n), within(legs_n)
        total, frames = self.sessions.rows_n[session], self.sessions.frames_n[session]
        reached = place * CHUNK_ROWS
        rows = np.minimum(CHUNK_ROWS, total - reached)
        before, after = frames * reached // total, frames * (reached + rows) // total
        is_last = place == legs_n[session] - 1
        weight = rows + _LEG_ROWS
        chunk = (np.cumsum(weight) - weight) // CHUNK_ROWS
        for first, stop in _runs(chunk):
            legs = slice(first, stop)
            yield Legs(int(chunk[first]), session[legs], rows[legs], (after - before)[legs], is_last[legs])


def batches_of(sizes: Sizes) -> list[Batch]:
    """All that is to be made, the same for the same sizes."""
    sessions = _sessions(sizes)
    rows_n = min(BATCH_ROWS, max(LEAST_BATCH_ROWS, sizes.events // BATCHES))
    weight = sessions.rows_n / rows_n + sessions.frames_n / BATCH_FRAMES
    cut = np.floor(np.cumsum(weight) - weight).astype(np.int64)
    return [Batch(sizes, number, sessions[first:stop]) for number, (first, stop) in enumerate(_runs(cut))]


def source_sha256(sizes: Sizes) -> str:
    """What stands for the source's hash: the sizes are all that the rows were made from."""
    text = f"generated {VERSION} {sizes.events} {sizes.sessions} {sizes.people} {sizes.frames} {sizes.seed}"
    return hashlib.sha256(text.encode()).hexdigest()


def _sessions(sizes: Sizes) -> Sessions:
    n = sizes.sessions
    chance = np.random.default_rng([sizes.seed, _STREAM])
    source = source_sha256(sizes)
    digest = np.array(
        [hashlib.sha256(f"{source}{number}".encode()).hexdigest()[:16].encode() for number in range(n)]
    )
    rows_n = 1 + shared(sizes.events - n, np.exp(chance.normal(0, 0.6, n)))
    person = np.concatenate([np.arange(sizes.people), chance.integers(0, sizes.people, n - sizes.people)])
    week, weekday = chance.integers(0, WEEKS, n), chance.integers(0, 5, n)
    started_us = (FIRST_DAY + 7 * week + weekday) * DAY_US + chance.integers(8 * _HOUR_US, 17 * _HOUR_US, n)
    found = Sessions(
        digest, np.arange(n), person, rows_n, shared(sizes.frames, rows_n.astype(np.float64)), started_us
    )
    return found[np.argsort(digest)]


def _runs(numbers: Ints) -> Iterator[tuple[int, int]]:
    """(first, stop) of each run of equal numbers."""
    edges = np.flatnonzero(np.diff(numbers)) + 1
    yield from zip([0, *edges.tolist()], [*edges.tolist(), len(numbers)], strict=True)
