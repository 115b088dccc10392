"""A scan cut into jobs that are done and kept one by one; the same state of a dataset gives the same jobs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

TEXT_ROWS = 200_000
FRAMES = 48
ROWS_AT_ONCE = 100  # of a file take as long as one row of text
READ_PICTURES = 8  # reading one takes two or three seconds, against some 50 ms for looking at its masks
_READ_SIZE = 50


@dataclass(frozen=True, slots=True)
class Job:
    """Texts of the sessions `first` to `last`, or pictures number `start` to `end` (excluded) of the one `first`.

    `kind`: texts, pictures; files, number `start` to `end` of the manifest's; whole for what needs all sessions; of
    extras names (in texts) and words (of pictures that `first` is the first to show).
    """

    number: int
    kind: str
    first: str
    last: str
    start: int
    end: int
    size: int

    @property
    def name(self) -> str:
        """Of the file that holds what it found."""
        return f"job-{self.number:07d}.parquet"


def jobs_of(sessions: Iterable[Mapping[str, Any]]) -> list[Job]:
    """Jobs for the rows of scan/sessions: texts of many small sessions together, pictures of each one apart."""
    rows = list(sessions)
    made = [*_texts(rows), *_pictures(rows)]
    return [Job(number, *one) for number, one in enumerate(made)]


def file_jobs(first_number: int, rows: Sequence[int]) -> list[Job]:
    """Jobs for the folder and the dataset as a whole, and for its files, given their numbers of rows."""
    made: list[_Parts] = [("whole", "", "", 0, 0, 1)]
    made += [("files", "", "", at, at + 1, rows_n // ROWS_AT_ONCE + 1) for at, rows_n in enumerate(rows)]
    return [Job(number, *one) for number, one in enumerate(made, first_number)]


_Parts = tuple[str, str, str, int, int, int]


def extra_jobs(
    first_number: int, sessions: Iterable[Mapping[str, Any]], homes: Iterable[Mapping[str, Any]]
) -> list[Job]:
    """Jobs for the extras: names in the texts of `sessions`, words of the pictures in rows of scan/picture_homes."""
    made = [("names", *one[1:]) for one in _texts(list(sessions))]
    for row in homes:
        own = row["session_id"]
        for start in range(0, row["pictures_n"], READ_PICTURES):
            end = min(row["pictures_n"], start + READ_PICTURES)
            made.append(("words", own, own, start, end, _READ_SIZE * (end - start)))
    return [Job(number, *one) for number, one in enumerate(made, first_number)]


def _texts(rows: list[Mapping[str, Any]]) -> Iterator[_Parts]:
    first, size = "", 0
    for row in rows:
        first = first or row["session_id"]
        size += row["events_n"] + row["steps_n"] + 1
        if size >= TEXT_ROWS:
            yield "texts", first, row["session_id"], 0, 0, size
            first, size = "", 0
    if first:
        yield "texts", first, rows[-1]["session_id"], 0, 0, size


def _pictures(rows: list[Mapping[str, Any]]) -> Iterator[_Parts]:
    for row in rows:
        own = row["session_id"]
        for start in range(0, row["frames_n"], FRAMES):
            end = min(row["frames_n"], start + FRAMES)
            yield "pictures", own, own, start, end, end - start
