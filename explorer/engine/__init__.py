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
    mapping: Path | str | None = None,
) -> Engine:
    """An engine over the dataset at `root`; `on_file` is told each file that has to be hashed first.

    With `mapping` (a YAML file, or the name of a shipped one) `root` is a folder of other people's Parquet, read in
    place. `time_limit_ms` 0 means no limit. Raises DatasetError when there is no readable dataset, MappingError when
    the mapping is wrong.
    """
    from explorer.engine.duckdb import DuckDBEngine

    document = None
    if mapping is not None:
        from explorer.trace.mapping import load

        document = load(mapping)
    return DuckDBEngine(Path(root), time_limit_ms=time_limit_ms, on_file=on_file, mapping=document)
