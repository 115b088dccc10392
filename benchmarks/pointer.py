"""Maps of pointing at scale: `python -m benchmarks.pointer [--folder FOLDER] [--peers PYTHON]`: one run, one table.

FOLDER (or TRACE_EXPLORER_BENCHMARKS) keeps the generated datasets of 10 and 105 million events, which are used again.
PYTHON is the interpreter of an environment with polars, pandas, pyarrow, datashader and chdb: peers are no part of the
project. A peer that is not there is told as not installed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.pointer_views import VIEWS
from explorer.engine.build import build_rollups
from explorer.generate.run import generate
from explorer.generate.sizes import Sizes
from explorer.trace.dataset import Dataset

SMALL, LARGE = Sizes(10_000_000, 100, 60), Sizes(105_000_000, 1_050, 200)
MOST_MS, MOST_GROWTH, MOST_SHARE, MOST_OF_LIMIT, MOST_ABOVE_MB = 100, 2.0, 0.10, 1.5, 150
# How many times our processor time each peer is to take at least; None: told alone.
PEERS = {"polars": 1.3, "pandas": 2.0, "histogram2d": None, "datashader": None, "chdb": 2.0}
HERE = Path(__file__).parent
# What counts moves -> what its title says, and what the limit reads.
RAW = (
    ("pointer_peers.py", "from the stored column cell", "decode one column, count"),
    ("pointer_pixels.py", "from pixels and displays", "decode four columns, count"),
)


def main() -> int:
    """Print the tables; 1 when a goal is not met."""
    args = _args()
    with tempfile.TemporaryDirectory() as kept:
        os.environ["XDG_STATE_HOME"] = f"{kept}/state"
        folder = Path(args.folder or kept)
        small, large = (_dataset(folder, sizes) for sizes in (SMALL, LARGE))
        tables = [_views(small, large), _shares(small, large)]
        tables += [_raw(large, args.peers, *kind) for kind in RAW]
    console = Console(width=130)
    for table, _ in tables:
        console.print(table)
    print(f"{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f}. On a shared machine trust ratios and "
          "processor time: the lesser of a view's two times is held against its goal.")  # fmt: skip
    return 0 if all(holds for _, holds in tables) else 1


def _args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", default=os.environ.get("TRACE_EXPLORER_BENCHMARKS"))
    parser.add_argument("--peers", default=sys.executable)
    return parser.parse_args()


def _dataset(folder: Path, sizes: Sizes) -> Path:
    """A generated dataset of that size with fresh rollups; made when it is not there."""
    root = folder / f"pointer-{sizes.events // 1_000_000}M"
    if not root.is_dir():
        making = root.with_suffix(".part")
        generate(making, sizes)
        making.rename(root)
    build_rollups(root)
    return root


def _views(small: Path, large: Path) -> tuple[Table, bool]:
    few, many = (
        _answer([sys.executable, "-m", "benchmarks.pointer_views", str(root)]) for root in (small, large)
    )
    table = _table(
        "view through the rollups", "10 M, cpu ms", "105 M, cpu ms", "105 M, ms", "growth", "holds"
    )
    all_hold = True
    for name, (_, _, is_fixed) in VIEWS.items():
        growth = many[name]["cpu_ms"] / few[name]["cpu_ms"]
        # Files lie in the page cache: on an idle machine a view takes at most its processor time.
        time_ms = min(many[name]["ms"], many[name]["cpu_ms"])
        holds = time_ms <= MOST_MS and (growth <= MOST_GROWTH or not is_fixed)
        all_hold &= holds
        numbers = (few[name]["cpu_ms"], many[name]["cpu_ms"], many[name]["ms"])
        grown = f"{growth:.2f}" + ("" if is_fixed else " (no goal)")
        table.add_row(name, *(f"{number:,.0f}" for number in numbers), grown, _said(holds))
    return table, all_hold


def _shares(small: Path, large: Path) -> tuple[Table, bool]:
    table = _table("rollups", "data, MB", "rollups, MB", "share", "goal", "holds")
    all_hold = True
    for root in (small, large):
        data = sum(entry.bytes for entry in Dataset.open(root).manifest.entries)
        rollups = sum(path.stat().st_size for path in root.glob("rollups/*/part-*.parquet"))
        # The map of the whole has a size of its own, which a small dataset is too small for.
        holds = rollups <= MOST_SHARE * data
        all_hold &= holds or root == small
        share = f"{rollups / data:.1%}"
        table.add_row(
            root.name, f"{data / 1e6:,.0f}", f"{rollups / 1e6:,.1f}", share, f"{MOST_SHARE:.0%}", _said(holds)
        )
    return table, all_hold


def _raw(root: Path, peers: str, script: str, said: str, least: str) -> tuple[Table, bool]:
    title = f"every move of {root.name}, {said}"
    table = _table(title, "cpu s", "s", "x ours", "MiB above idle", "goal", "holds")
    own, limit = (_peer(sys.executable, script, name, root) for name in ("own", "limit"))
    assert own is not None
    assert limit is not None
    share = own["cpu_s"] / limit["cpu_s"]
    judged = [
        ("trace explorer", own, f"<= {MOST_ABOVE_MB} MiB", own["above_mb"] <= MOST_ABOVE_MB),
        (
            f"limit: {least}",
            limit,
            f"ours <= {MOST_OF_LIMIT} x ({share:.2f})",
            share <= MOST_OF_LIMIT,
        ),
    ]
    missing = []
    for name, at_least in PEERS.items():
        found = _peer(peers, script, name, root)
        if found is None:
            missing.append(name)
            continue
        assert found["sha256"] == own["sha256"], f"{name} counts otherwise"
        goal = "none" if at_least is None else f">= {at_least} x ours"
        judged.append((name, found, goal, at_least is None or found["cpu_s"] >= at_least * own["cpu_s"]))
    for name, found, goal, holds in judged:
        numbers = (found["cpu_s"], found["seconds"], found["cpu_s"] / own["cpu_s"])
        shown = (*(f"{number:.2f}" for number in numbers), f"{found['above_mb']:,.0f}")
        table.add_row(name, *shown, goal, "" if goal == "none" else _said(holds))
    for name in missing:
        table.add_row(name, "not installed", *[""] * 5)
    return table, not missing and all(holds for *_, holds in judged)


def _peer(python: str, script: str, name: str, root: Path) -> dict[str, Any] | None:
    """What an engine needed, in a process of its own; None when it is not installed."""
    done = subprocess.run(
        [python, str(HERE / script), name, str(root)], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(HERE.parent)},
    )  # fmt: skip
    if done.returncode == 3:
        return None
    done.check_returncode()
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _answer(command: list[str]) -> dict[str, Any]:
    return dict(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))


def _table(*names: str) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for place, name in enumerate(names):
        table.add_column(name, justify="right" if 0 < place < len(names) - 2 else "left")
    return table


def _said(holds: bool) -> str:
    return "yes" if holds else "NO"


if __name__ == "__main__":
    sys.exit(main())
