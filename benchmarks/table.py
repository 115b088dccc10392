"""The table of a run."""

from __future__ import annotations

import os
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from benchmarks.ground_floor import Measure


def shown(found: Sequence[Measure]) -> int:
    """Print the measures; 1 when a limit is broken, else 0."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("what", "measured", "limit", "holds", "compared in the same run"):
        table.add_column(name, justify="right" if name in ("measured", "limit") else "left")
    for m in found:
        table.add_row(m.name, m.shown(m.value), m.shown(m.limit), "yes" if m.holds else "NO", m.compared)
    Console(width=140).print(table)
    print(
        f"{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f}. On a shared machine trust the ratios."
    )
    return 0 if all(measure.holds for measure in found) else 1
