"""`marks` on the terminal."""

from __future__ import annotations

from pathlib import Path

import explorer
from explorer.errors import ParameterError
from explorer.terminal.results import print_table
from explorer.terminal.screen import err, one_line

FORMATS = ("table", "csv", "json")
_ON_SCREEN = ["session_id", "t_us", "label", "note", "author"]


def listed(dataset: Path, output_format: str, output: Path | None) -> int:
    """Write the marks of the sessions that the dataset shows; a table on the screen leaves ids and dates out."""
    from explorer.exports import results

    if output_format not in FORMATS:
        raise ParameterError(
            f"knows no format '{output_format[:20]}'",
            where="--format",
            hint=f"Use one of {', '.join(FORMATS)}",
        )
    with explorer.open(dataset) as opened:
        for file in opened.quarantined:
            err.print(one_line(f"Left out: {file.file}: {file.reason}"))
        rows = opened.marks()
    if output_format != "table" or output is not None:
        results.write(rows, output_format, output)
    elif rows.num_rows:
        print_table(rows.select(_ON_SCREEN))
    else:
        err.print("No marks yet.")
    return 0
