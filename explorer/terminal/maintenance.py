"""`check` and `rollup` on the terminal."""

from __future__ import annotations

from pathlib import Path

from rich.progress import MofNCompleteColumn, TextColumn

from explorer.errors import ExplorerError
from explorer.terminal.screen import err, one_line, progress


def checked(dataset: Path) -> int:
    """Run the check; 1 when it finds a problem."""
    from explorer.trace.check import check
    from explorer.trace.dataset import Dataset

    files_n = len(Dataset.open(dataset).manifest.entries)
    with progress(MofNCompleteColumn(), TextColumn("files")) as bar:
        task = bar.add_task("Checking", total=files_n)
        problems = check(dataset, on_file=lambda entry: bar.advance(task))
    for problem in problems:
        print(one_line(str(problem)))
    if problems:
        err.print(f"{len(problems):,} problems in {files_n:,} files.")
        return 1
    err.print(f"{files_n:,} files checked: hashes, schema, order, values and references are right.")
    return 0


def rolled_up(dataset: Path) -> int:
    """Build the rollups and say what was done."""
    from explorer.engine.build import build_rollups

    with progress() as bar:
        task = bar.add_task("Building rollups", total=None)
        report = build_rollups(
            dataset, on_rollup=lambda name: bar.update(task, description=f"Building {name}")
        )
    if not report.rebuilt and not report.extended:
        err.print("The rollups are up to date.")
    else:
        done = [f"{len(names)} {word}" for names, word in
                ((report.rebuilt, "rebuilt"), (report.extended, "extended")) if names]  # fmt: skip
        err.print(f"Rollups: {', '.join(done)}; {report.sessions_n:,} sessions read.")
    return 0


def add_rollups(dataset: Path) -> None:
    """A dataset is whole without its rollups: that they cannot be built now is told and is no failure."""
    from explorer.engine.build import build_rollups

    try:
        with progress() as bar:
            bar.add_task("Building rollups", total=None)
            build_rollups(dataset)
    except (ExplorerError, OSError) as error:
        err.print(f"The rollups were not built: {one_line(str(error))}", soft_wrap=True)
        err.print(f"Pages open slower until: trace-explorer rollup {one_line(str(dataset))}", soft_wrap=True)
