"""Generating: all batches on several processes, and one commit at the end, so that a dataset is whole or not there."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from explorer.generate.apps import APPS
from explorer.generate.people import REGIONS, participants, people_of
from explorer.generate.plan import batches_of
from explorer.generate.pool import run_batches
from explorer.generate.sizes import Sizes
from explorer.trace.commit import writing
from explorer.trace.dataset import create
from explorer.trace.manifest import FileEntry
from explorer.trace.parts import Part

LICENCE = "CC0-1.0"
ANNOUNCED: dict[str, Any] = {
    "channels": ["moves", "clicks", "keys", "text", "screenshots", "window_titles", "urls"],
    "apps": [app.name for app in APPS],
    "regions": list(REGIONS),
    "retention_days": 365,
    "purpose": "Load tests: nobody was recorded",
}


def generate(
    root: Path, sizes: Sizes, *, jobs: int | None = None, on_rows: Callable[[int], None] | None = None
) -> None:
    """Make a dataset of these sizes in the new or empty folder `root`, without rollups.

    The same sizes and seed give the same rows, whatever `jobs` (worker processes; default: one a processor; a script
    then needs multiprocessing's `__main__` guard). `on_rows` is told how many rows more are made. Raises DatasetError
    when there is no room for a dataset, OSError when the disk refuses, ExplorerError when a worker process ends.
    """
    title = f"Generated, {sizes.events:,} events"
    created = create(root, title, synthetic=True, licence=LICENCE, announced=ANNOUNCED)
    with writing(created.root) as commit:
        entries = [_people_part(created.root, sizes)]
        batches = run_batches(
            created.root, batches_of(sizes), jobs or os.cpu_count() or 1, on_rows or (lambda rows_n: None)
        )
        with closing(batches):
            for made in batches:
                entries += made
        commit.add(entries)
        commit.note_sources()


def _people_part(root: Path, sizes: Sizes) -> FileEntry:
    with Part(root, "participants") as part:
        part.write(participants(people_of(sizes)))
        return part.close()
