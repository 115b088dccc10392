"""`python -m benchmarks [SOURCE]`: one run, one table. SOURCE is the Balabit collection as Parquet."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import comparing, generate, replay_wire
from benchmarks.ground_floor import Measure, measures

DEFAULT_SOURCE = Path(__file__).resolve().parents[2] / "shared" / "data" / "balabit" / "balabit_all.parquet"


def main() -> int:
    """Print the table; 1 when a limit is broken, 2 when there is nothing to measure on."""
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_SOURCE
    if not source.is_file():
        print("Nothing was measured: give the Balabit Parquet file as an argument.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = f"{folder}/state"
        found = (
            measures(source, Path(folder))
            + generate.measures(Path(folder))
            + replay_wire.measures(Path(folder))
            + comparing.measures()
        )
    Console(width=140).print(_table(found))
    print(
        f"{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f}. On a shared machine trust the ratios."
    )
    return 0 if all(measure.holds for measure in found) else 1


def _table(found: list[Measure]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("what", "measured", "limit", "holds", "compared in the same run"):
        table.add_column(name, justify="right" if name in ("measured", "limit") else "left")
    for m in found:
        table.add_row(m.name, m.shown(m.value), m.shown(m.limit), "yes" if m.holds else "NO", m.compared)
    return table


if __name__ == "__main__":
    sys.exit(main())
