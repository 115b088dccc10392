"""What a scan's summary says of each check, and of what redaction took away that nobody needed to lose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rich.table import Table

from explorer.terminal.screen import err

if TYPE_CHECKING:
    from explorer.scan.run import Report

# Count of a scan -> what a check looked at, in the plural.
UNITS = {
    "frames": "pictures", "picture_files": "files of pictures", "texts": "distinct texts",
    "presses": "presses and pauses", "key_presses": "key presses", "chunks": "columns of row groups",
    "folders": "folders", "titles_n": "window titles",
}  # fmt: skip
# What is masked, of what: words, and the two counts.
_SHARES = (
    ("of the pixels in pictures are masked", "masked_pixels", "pixels"),
    ("of the rows with text have a placeholder", "masked_text_rows", "text_rows"),
    ("of the key presses are hidden", "masked_presses", "key_presses"),
)


def checks_of(report: Report) -> list[dict[str, Any]]:
    """One row per check: name, version, how much of what it looked at, and how many findings it has."""
    from explorer.scan.registry import checks_here

    found = Counter(report.scan.findings["detector"].to_pylist())
    by_check = Counter[str]()
    for detector, n in found.items():
        # What one check found in the text of another is a finding of both.
        for name in detector.split("+"):
            by_check[name] += n
    return [
        {"check": one.name, "version": one.version, "looked_at": one.looks_at,
         "looked_at_n": report.scan.counts.get(one.looks_at, 0), "findings_n": by_check[one.name]}
        for one in checks_here()
    ]  # fmt: skip


def utility_of(report: Report) -> list[dict[str, Any]]:
    """What is masked, of what; masks over nothing and whole windows. Shares are None where nothing was looked at."""
    counts = report.scan.counts
    kinds = Counter(report.scan.findings["kind"].to_pylist())
    rows = [(words, counts.get(masked, 0), counts.get(whole, 0)) for words, masked, whole in _SHARES]
    rows.append(
        ("of the masks lie over an empty surface", kinds["mask_over_nothing"], counts.get("masks", 0))
    )
    rows.append(("of the pictures are masked as a whole", kinds["window_masked"], counts.get("frames", 0)))
    return [{"what": words, "masked_n": n, "of_n": of_n, "masked_share": n / of_n if of_n else None}
            for words, n, of_n in rows]  # fmt: skip


def print_checks(summary: Mapping[str, Any]) -> None:
    """One line per check, also for those that found nothing or had nothing to look at."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("check", "looked at", "", "places"):
        table.add_column(name, justify="right" if name in ("looked at", "places") else "left")
    for row in summary["checks"]:
        words = UNITS.get(row["looked_at"], row["looked_at"].replace("_", " "))
        table.add_row(
            row["check"].replace("_", " "), f"{row['looked_at_n']:,}", words, f"{row['findings_n']:,}"
        )
    err.print(table)


def print_utility(summary: Mapping[str, Any]) -> None:
    """One line per figure that has something it could be a share of."""
    for row in summary["utility"]:
        if row["of_n"]:
            share = f"{100 * row['masked_share']:.1f} %"
            err.print(f"{share} {row['what']} ({row['masked_n']:,} of {row['of_n']:,}).", soft_wrap=True)
