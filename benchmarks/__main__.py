"""`python -m benchmarks [SOURCE] [--minutes N]`: one run, one table. SOURCE is the Balabit collection as Parquet.

Playing goes on for N minutes to see whether the browser's memory stays flat.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from benchmarks import comparing, generate, ground_floor, replay_page, replay_wire, review_page
from benchmarks.table import shown

DEFAULT_SOURCE = Path(__file__).resolve().parents[2] / "shared" / "data" / "balabit" / "balabit_all.parquet"


def main() -> int:
    """Print the table; 1 when a limit is broken, 2 when there is nothing to measure on."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    asked.add_argument("source", nargs="?", type=Path, default=DEFAULT_SOURCE)
    asked.add_argument("--minutes", type=float, default=replay_page.MINUTES, help="how long to play at 16x")
    given = asked.parse_args()
    if not given.source.is_file():
        print("Nothing was measured: give the Balabit Parquet file as an argument.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = f"{folder}/state"
        found = (
            ground_floor.measures(given.source, Path(folder))
            + generate.measures(Path(folder))
            + replay_wire.measures(Path(folder))
            + comparing.measures()
            + replay_page.measures(Path(folder), given.minutes)
            + review_page.measures()
        )
    return shown(found)


if __name__ == "__main__":
    sys.exit(main())
