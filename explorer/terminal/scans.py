"""`scan` on the terminal: progress, then what was found, what could not be looked at, and what nothing looks at."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.progress import Progress as Bar
from rich.progress import TaskID, TextColumn
from rich.table import Table

from explorer.terminal.scan_tables import checks_of, print_checks, print_utility, utility_of
from explorer.terminal.screen import err, one_line, out, progress

if TYPE_CHECKING:
    from explorer.scan.run import Progress, Report

_MOST_LINES = 20


def scanned(dataset: Path, jobs: int | None, *, as_json: bool) -> int:
    """Scan and print the summary. Exit code 1 when anything of medium or high severity was found."""
    from explorer.scan.run import scan_dataset

    with progress(TextColumn("{task.fields[found]:,} findings")) as bar:
        task = bar.add_task("Looking", total=None, found=0)
        try:
            report = scan_dataset(dataset, jobs=jobs, on_progress=_teller(bar, task))
        except KeyboardInterrupt:
            bar.stop()
            err.print("Stopped. What was found so far is kept; run the same command again to go on.")
            return 130
    summary = summed(report)
    if as_json:
        print(json.dumps(summary, indent=1))
    else:
        _print(summary, report)
    return 1 if any(row["severity"] in ("high", "medium") for row in summary["findings"]) else 0


def _teller(bar: Bar, task: TaskID) -> Callable[[Progress], None]:
    def tell(now: Progress) -> None:
        bar.update(task, completed=now.done_n, total=now.total_n, found=now.found_n)

    return tell


def summed(report: Report) -> dict[str, Any]:
    """The summary as plain values: numbers of findings, never a place or a text."""
    from explorer.scan.finding import SEVERITIES, UNREAD
    from explorer.scan.registry import not_looked_at
    from explorer.scan.words import COUNT_WORDS

    rows = report.scan.findings.select(["kind", "severity", "channel", "reason"]).to_pylist()
    found = Counter((row["kind"], row["severity"], row["channel"]) for row in rows if row["kind"] != UNREAD)
    unread = Counter((row["channel"], row["reason"]) for row in rows if row["kind"] == UNREAD)
    order = sorted(found.items(), key=lambda one: (SEVERITIES.index(one[0][1]), -one[1], one[0]))
    return {
        "findings": [
            {"kind": kind, "severity": severity, "channel": channel, "findings_n": n}
            for (kind, severity, channel), n in order
        ],
        "looked_at": {name: report.scan.counts.get(name, 0) for name in COUNT_WORDS},
        "checks": checks_of(report),
        "utility": utility_of(report),
        "drawn_masks_n": report.scan.counts.get("drawn_masks", 0),
        "unread": [
            {"channel": channel, "reason": reason, "places_n": n}
            for (channel, reason), n in sorted(unread.items(), key=lambda one: -one[1])
        ],
        "left_out_files": list(report.left_out),
        "not_looked_at": not_looked_at(),
    }  # fmt: skip


def _print(summary: Mapping[str, Any], report: Report) -> None:
    from explorer.scan.words import COUNT_WORDS, channel_words, kind_words

    looked = summary["looked_at"]
    parts = ", ".join(f"{looked[name]:,} {words}" for name, words in COUNT_WORDS.items() if looked[name])
    err.print(f"Looked at {parts or 'nothing: there are no rows that consent allows'}.", soft_wrap=True)
    if report.was_there:
        err.print("Nothing has changed since the last scan: these are its findings.")
    if summary["findings"]:
        table = Table(box=None, pad_edge=False, header_style="bold")
        for name in ("severity", "finding", "channel", "places"):
            table.add_column(name, justify="right" if name == "places" else "left")
        for row in summary["findings"]:
            words = kind_words(row["kind"])
            table.add_row(row["severity"], words, channel_words(row["channel"]), f"{row['findings_n']:,}")
        out.print(table)
    else:
        err.print("The checks found nothing. That is no proof that nothing is there.")
    print_checks(summary)
    print_utility(summary)
    _print_rest(summary)


def _print_rest(summary: Mapping[str, Any]) -> None:
    if summary["drawn_masks_n"]:
        err.print(
            f"Not judged: {summary['drawn_masks_n']:,} masks declared as placeholder, as they carry a drawing."
        )
    unread = (f"{one['channel']}: {one['places_n']:,} × {one['reason']}" for one in summary["unread"])
    _print_lines("Could not be looked at", unread)
    _print_lines("Left out, damaged", summary["left_out_files"])
    _print_lines("Not looked at", (f"{what}: {why}" for what, why in summary["not_looked_at"].items()))


def _print_lines(title: str, lines: Iterable[str]) -> None:
    given = [one_line(line) for line in lines]
    for line in given[:_MOST_LINES]:
        err.print(f"{title}: {line}", soft_wrap=True)
    if len(given) > _MOST_LINES:
        err.print(f"{title}: and {len(given) - _MOST_LINES:,} more.")
