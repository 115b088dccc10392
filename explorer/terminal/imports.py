"""`import` on the terminal: progress, then a summary of what came in, what did not, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.progress import Progress as Bar
from rich.progress import TaskID, TextColumn
from rich.table import Table

from explorer.errors import DatasetError, ParameterError
from explorer.terminal.maintenance import add_rollups
from explorer.terminal.screen import err, one_line, progress

if TYPE_CHECKING:
    from explorer.importers.run import ImportReport, Progress

_MOST_LINES = 20


def imported(
    sources: Sequence[Path], output: Path, *, source_format: str | None, jobs: int | None, sample: int | None
) -> int:
    """Import, print the summary, build the rollups; the exit code is 1 when anything was damaged."""
    from explorer.importers.run import import_sources

    with progress(TextColumn("{task.fields[rows]:,} rows")) as bar:
        task = bar.add_task("Searching", total=None, rows=0)
        try:
            report = import_sources(
                sources,
                output,
                format=source_format,
                jobs=jobs,
                sample=sample,
                on_progress=_teller(bar, task),
            )
        except KeyboardInterrupt:
            bar.stop()
            return _stopped(output)
    summary(report, output)
    if report.sessions_n or report.known_n:
        add_rollups(output)
    return report.exit_code


def _teller(bar: Bar, task: TaskID) -> Callable[[Progress], None]:
    def tell(now: Progress) -> None:
        name = f"Importing {one_line(now.name)[:40]}"
        bar.update(task, description=name, completed=now.bytes_done, total=now.bytes_total, rows=now.rows_n)

    return tell


def _stopped(output: Path) -> int:
    from explorer.trace.dataset import Dataset

    try:
        sessions_n = sum(entry.rows for entry in Dataset.open(output).files("sessions"))
    except DatasetError:
        sessions_n = 0
    err.print(f"Stopped. {_sessions(sessions_n)} in the dataset; run the same command again to go on.")
    return 130


def imported_mapped(
    sources: Sequence[Path], output: Path, mapping: str, frames: str, others: Mapping[str, object]
) -> int:
    """Import the Parquet of one folder through a mapping; as `imported`. `others` do not go with it."""
    from explorer.importers.mapped import FRAMES, import_mapped

    if frames not in FRAMES:
        raise ParameterError("is neither copy nor link", where="--frames")
    for name, value in others.items():
        if value is not None:
            raise ParameterError("does not go with --mapping", where=name)
    if len(sources) != 1:
        raise ParameterError("takes one folder at a time", where="--mapping")
    with progress(TextColumn("{task.fields[rows]:,} rows")) as bar:
        task = bar.add_task("Checking the mapping", total=None, rows=0)
        done = import_mapped(sources[0], output, mapping, frames=frames, on_progress=_teller(bar, task))
    _print_list("Note", [one_line(note) for note in done.notes])
    summary(done.report, output)
    if done.report.sessions_n or done.report.known_n:
        add_rollups(output)
    return done.report.exit_code


def summary(report: ImportReport, output: Path) -> None:
    """Print what an import did, to stderr."""
    if report.imported:
        _print_counts(report)
    if report.known_n:
        err.print(f"{_sessions(report.known_n)} skipped: in the dataset already.")
    if report.unfinished:
        err.print(f"{_sessions(len(report.unfinished))} unfinished: imported as far as the recording goes.")
    if report.dropped:
        err.print(
            f"Left out, because they identify a machine, an account or a moment: {', '.join(report.dropped)}."
        )
    _print_list("Skipped", [f"{one_line(str(file.path))}: {file.reason}" for file in report.skipped])
    _print_list(
        "Damaged",
        [
            f"{one_line(bad.where)}: {bad.what}" + (f". {bad.hint}" if bad.hint else "")
            for bad in report.damaged
        ],
    )
    if report.sessions_n or report.known_n:
        err.print(f"Open it with: trace-explorer open {one_line(str(output))}")
    elif not report.damaged:
        err.print("No recording of a known format was found.")


def _print_counts(report: ImportReport) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("format", "sessions", "rows", "frames"):
        table.add_column(name, justify="left" if name == "format" else "right")
    for count in report.imported:
        table.add_row(count.format, f"{count.sessions_n:,}", f"{count.rows_n:,}", f"{count.frames_n:,}")
    err.print(table)
    err.print(f"{_sessions(report.sessions_n)} imported in {report.seconds:,.1f} s.")


def _print_list(title: str, lines: Sequence[str]) -> None:
    for line in lines[:_MOST_LINES]:
        err.print(f"{title}: {line}", soft_wrap=True)
    if len(lines) > _MOST_LINES:
        err.print(f"{title}: and {len(lines) - _MOST_LINES:,} more.")


def _sessions(n: int) -> str:
    return f"{n:,} session{'s' if n != 1 else ''}"
