"""`generate` on the terminal: progress, then what was made."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from rich.progress import TextColumn

from explorer.exports.new_folder import new_folder
from explorer.generate.sizes import FEWER, refuse_without_room
from explorer.terminal.maintenance import add_rollups
from explorer.terminal.screen import err, one_line, progress

if TYPE_CHECKING:
    from explorer.generate.sizes import Sizes

_STOPPED = 130


def generated(output: Path, sizes: Sizes, jobs: int | None) -> int:
    """Make the dataset, build its rollups, and say what there is now; a stopped one leaves nothing behind."""
    started = time.monotonic()
    try:
        _make(output, sizes, jobs)
    except KeyboardInterrupt:
        err.print("Stopped. No dataset was written.")
        return _STOPPED
    seconds = time.monotonic() - started
    try:
        add_rollups(output)
    except KeyboardInterrupt:
        name = one_line(str(output))
        err.print(
            f"Stopped. The dataset is whole; its rollups come with: trace-explorer rollup {name}",
            soft_wrap=True,
        )
        return _STOPPED
    _summary(output, sizes, seconds)
    return 0


def _make(output: Path, sizes: Sizes, jobs: int | None) -> None:
    from explorer.generate.run import generate

    with new_folder(output, fewer=FEWER) as folder:
        refuse_without_room(folder, output.name, sizes)
        with progress(TextColumn("{task.completed:,} rows")) as bar:
            task = bar.add_task("Generating", total=sizes.events)
            generate(folder, sizes, jobs=jobs, on_rows=lambda rows_n: bar.advance(task, rows_n))


def _summary(output: Path, sizes: Sizes, seconds: float) -> None:
    from explorer.trace.dataset import Dataset

    size_mb = sum(entry.bytes for entry in Dataset.open(output).manifest.entries) / 1e6
    err.print(
        f"{sizes.events:,} events, {sizes.sessions:,} sessions, {sizes.people:,} people, {sizes.frames:,} frames: "
        f"{size_mb:,.0f} MB, made in {seconds:,.1f} s.",
        soft_wrap=True,
    )
    err.print(f"Open it with: trace-explorer open {one_line(str(output))}", soft_wrap=True)
