"""Views of the Heatmaps and Shortcuts pages, through rollups: `python -m benchmarks.pointer_views DATASET`: JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from explorer.engine import open_engine

RUNS = 5
ALL: Mapping[str, object] = {"kind": "move"}
# name -> query, parameters, and whether only the application narrows it: a fixed view
VIEWS: dict[str, tuple[str, Mapping[str, object], bool]] = {
    "moves, 96 columns": ("pointer/heatmap", {**ALL, "columns_n": 96}, True),
    "moves, 48 columns": ("pointer/heatmap", ALL, True),
    "moves in a window, 96 columns": ("pointer/heatmap", {**ALL, "space": "window", "columns_n": 96}, True),
    "moves, one app, 96 columns": ("pointer/heatmap", {**ALL, "app": "Mail", "columns_n": 96}, True),
    "people by moves": ("pointer/heatmap", {**ALL, "by": "people"}, True),
    "clicks": ("pointer/heatmap", {"kind": "click", "columns_n": 96}, True),
    "dwell": ("pointer/heatmap", {"kind": "dwell"}, True),
    "numbers behind moves": ("pointer/denominators", ALL, True),
    "apps": ("pointer/apps", ALL, True),
    "moves of one system, 48 columns": ("pointer/heatmap", {**ALL, "os": "{os}"}, False),
    "moves of one system, 96 columns": ("pointer/heatmap", {**ALL, "os": "{os}", "columns_n": 96}, False),
    "moves of all people, filtered, 48 columns": ("pointer/heatmap", {**ALL, "actor": "human"}, False),
    "moves of all people, filtered, 96 columns": ("pointer/heatmap", {**ALL, "actor": "human", "columns_n": 96}, False),
    "moves of one system, one app, 96 columns": (
        "pointer/heatmap", {**ALL, "os": "{os}", "app": "Mail", "columns_n": 96}, False,
    ),
    "clicks of one system": ("pointer/heatmap", {"kind": "click", "os": "{os}"}, False),
    "dwell of one system": ("pointer/heatmap", {"kind": "dwell", "os": "{os}"}, False),
    "numbers behind moves of one system": ("pointer/denominators", {**ALL, "os": "{os}"}, False),
    "cells of each person": ("pointer/person_cells", ALL, False),
    "cells of each person, one app": ("pointer/person_cells", {**ALL, "app": "Mail"}, False),
    "moments behind a cell": ("pointer/moments", {**ALL, "cell": 48 * 13 + 24}, False),
    "moments behind a cell, 96 columns": ("pointer/moments", {**ALL, "cell": 96 * 27 + 48, "columns_n": 96}, False),
    "moves of all people, one app, 96 columns": (
        "pointer/heatmap", {**ALL, "actor": "human", "app": "Mail", "columns_n": 96}, False,
    ),
    "numbers behind them": (
        "pointer/denominators", {**ALL, "actor": "human", "app": "Mail", "columns_n": 96}, False,
    ),
    "clicks of all people, 96 columns": (
        "pointer/heatmap", {"kind": "click", "actor": "human", "columns_n": 96}, False,
    ),
    "moments behind clicks in a cell": ("pointer/moments", {"kind": "click", "cell": 48 * 13 + 24}, False),
    **{
        f"shortcuts: {name.replace('_', ' ')}": (f"shortcuts/{name}", {}, False)
        for name in ("coverage", "commands", "chords", "sequences", "right_clicks", "adoption", "moments", "people",
                     "times")
    },
    "shortcuts: times of one system": ("shortcuts/times", {"os": "{os}"}, False),
    "shortcuts: sequences of one system": ("shortcuts/sequences", {"os": "{os}"}, False),
}  # fmt: skip


def main() -> int:
    """Measure every view; the least of some runs, for others use the machine too."""
    engine = open_engine(Path(sys.argv[1]), time_limit_ms=0)
    assert engine.are_rollups_fresh
    system = _most_used(engine.run("sessions/facets").to_pylist())
    found = {}
    for name, (query, params, _) in VIEWS.items():
        asked = {key: system if value == "{os}" else value for key, value in params.items()}
        runs = []
        for _ in range(RUNS):
            began, cpu_s = time.perf_counter(), _cpu_s()
            rows = engine.run(query, asked)
            runs.append((_cpu_s() - cpu_s, time.perf_counter() - began))
        found[name] = {
            "cpu_ms": 1000 * min(cpu for cpu, _ in runs), "ms": 1000 * min(wall for _, wall in runs),
            "rows_n": rows.num_rows,
        }  # fmt: skip
    print(json.dumps(found))
    engine.close()
    return 0


def _most_used(facets: list[dict[str, object]]) -> object:
    return next(row["value"] for row in facets if row["facet"] == "os")


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
