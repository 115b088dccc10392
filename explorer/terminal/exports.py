"""`export` on the terminal: progress, then what was written, what was left out, and why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.progress import MofNCompleteColumn, TextColumn

from explorer.errors import ParameterError
from explorer.terminal.screen import err, one_line, progress

if TYPE_CHECKING:
    from explorer.exports.exchange_run import ExportReport

_COUNTS = {"rows_n": "rows", "steps_n": "steps", "messages_n": "messages", "pictures_n": "pictures"}


def exported(
    dataset: Path,
    target: str,
    output: Path,
    *,
    where: Sequence[str],
    sessions: Sequence[str],
    with_people: bool,
) -> int:
    """Export, and print the summary."""
    from explorer.engine import open_engine
    from explorer.exports.exchange import target_of
    from explorer.exports.exchange_choice import bound
    from explorer.exports.exchange_run import Request, export

    request = Request(target_of(target), output, _filters(where), tuple(sessions), with_people)
    bound(request.filters)
    engine = open_engine(dataset, time_limit_ms=0)
    try:
        for file in engine.quarantined():
            err.print(f"Left out: {file.file}: {file.reason}")
        with progress(MofNCompleteColumn(), TextColumn("sessions")) as bar:
            task = bar.add_task("Exporting", total=None)
            report = export(engine, request, lambda done, of: bar.update(task, completed=done, total=of))
    finally:
        engine.close()
    _summary(report, output)
    return 0


def _filters(pairs: Sequence[str]) -> dict[str, str]:
    given: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise ParameterError("is not of the form name=value", where="--where")
        if name in given:
            raise ParameterError(f"names {one_line(name[:40])} twice", where="--where")
        given[name] = value
    return given


def _summary(report: ExportReport, output: Path) -> None:
    written = report.tally.written
    parts = [f"{written[name]:,} {word}" for name, word in _COUNTS.items() if written[name]]
    sessions = f"{report.sessions_n:,} session{'s' if report.sessions_n != 1 else ''}"
    err.print(f"{sessions} exported to {one_line(str(output))}: {', '.join(parts)}.", soft_wrap=True)
    if report.unknown_consent_n:
        err.print(
            f"Of these, {report.unknown_consent_n:,} with unknown consent to training (no scope is recorded).",
            soft_wrap=True,
        )
    lines = report.tally.lines()
    if lines:
        err.print("Left out or changed:")
    for n, words in lines:
        err.print(f"  {n:>9,}  {words}", soft_wrap=True)
