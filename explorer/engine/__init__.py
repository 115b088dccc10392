"""Engines answer query files over one dataset. Everything above asks `open_engine` and knows only `Engine`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from explorer.engine.base import Engine, Frame, Quarantined
from explorer.trace.manifest import FileEntry

__all__ = ["Engine", "Frame", "Quarantined", "open_engine"]

TIME_LIMIT_MS = 10_000


def open_engine(
    root: Path | str,
    *,
    time_limit_ms: int = TIME_LIMIT_MS,
    on_file: Callable[[FileEntry], None] | None = None,
) -> Engine:
    """An engine over the dataset at `root`; `on_file` is told each file that has to be hashed first.

    `time_limit_ms` 0 means no limit. Raises DatasetError when there is no readable dataset.
    """
    from explorer.engine.duckdb import DuckDBEngine

    return DuckDBEngine(Path(root), time_limit_ms=time_limit_ms, on_file=on_file)
