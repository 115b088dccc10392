"""The two consoles, the progress bar, and text made harmless for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

err = Console(stderr=True, highlight=False, markup=False)
out = Console(highlight=False, markup=False)


@contextmanager
def progress(*columns: ProgressColumn) -> Iterator[Progress]:
    """A bar on stderr with elapsed and remaining time; `columns` stand between."""
    parts = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), *columns,
             TimeElapsedColumn(), TimeRemainingColumn())  # fmt: skip
    with Progress(*parts, console=err, transient=True) as bar:
        yield bar


def one_line(text: str) -> str:
    """Text on one line, without control characters: a trace must not drive the terminal."""
    return "".join(c if c.isprintable() else "�" for c in text)
