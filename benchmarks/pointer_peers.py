"""One engine's way to the raw map: `python pointer_peers.py ENGINE DATASET`, in an environment that has the engine.

Prints JSON: processor seconds, seconds by the clock, MiB above the idle process, and a digest of the counts. Counts
every move of the dataset on the 192 x 108 grid, from the column `cell`. Imports nothing of the project but for `own`.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import resource
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

COLUMNS, ROWS, RUNS = 192, 108, 2
Work = Callable[[list[str]], Any]


def own(np: Any, root: Path) -> Work:
    """The project's engine, as a page asks it."""
    from explorer.engine.duckdb import DuckDBEngine

    engine = DuckDBEngine(root, time_limit_ms=0)
    text = "SELECT cell, count(*) AS n FROM moves WHERE cell IS NOT NULL GROUP BY cell ORDER BY cell"

    def work(files: list[str]) -> Any:
        rows = engine.answer(text, {}, "raw map")
        return filled(np, rows["cell"].to_numpy(), rows["n"].to_numpy())

    return work


def limit(np: Any, root: Path) -> Work:
    """The least there is to do: decoding the one column, and counting numbers that lie ready."""
    pq = importlib.import_module("pyarrow.parquet")

    def work(files: list[str]) -> Any:
        counts = np.zeros(COLUMNS * ROWS, np.int64)
        for file in files:
            for batch in pq.ParquetFile(file).iter_batches(1 << 20, columns=["cell"]):
                began = time.process_time()
                cells = batch.column(0).drop_null().to_numpy(zero_copy_only=False).astype(np.intp)
                work.apart += time.process_time() - began  # type: ignore[attr-defined]
                counts += np.bincount(cells, minlength=COLUMNS * ROWS)
        return counts

    work.apart = 0.0  # type: ignore[attr-defined]
    return work


def polars(np: Any, root: Path) -> Work:
    pl = importlib.import_module("polars")

    def work(files: list[str]) -> Any:
        rows = (
            pl.scan_parquet(files)
            .select("cell")
            .drop_nulls()
            .group_by("cell")
            .len()
            .collect(engine="streaming")
        )
        return filled(np, rows["cell"].to_numpy(), rows["len"].to_numpy())

    return work


def pandas(np: Any, root: Path) -> Work:
    pd = importlib.import_module("pandas")

    def work(files: list[str]) -> Any:
        counts = pd.read_parquet(files, columns=["cell"])["cell"].value_counts()
        return filled(np, counts.index.to_numpy().astype(np.int64), counts.to_numpy())

    return work


def histogram2d(np: Any, root: Path) -> Work:
    pq = importlib.import_module("pyarrow.parquet")

    def work(files: list[str]) -> Any:
        counts = np.zeros((ROWS, COLUMNS))
        for file in files:
            cells = pq.read_table(file, columns=["cell"])["cell"].drop_null().to_numpy()
            place = cells // COLUMNS, cells % COLUMNS
            counts += np.histogram2d(*place, bins=(ROWS, COLUMNS), range=((0, ROWS), (0, COLUMNS)))[0]
        return counts.astype(np.int64).ravel()

    return work


def datashader(np: Any, root: Path) -> Work:
    ds, pd = importlib.import_module("datashader"), importlib.import_module("pandas")
    pq = importlib.import_module("pyarrow.parquet")
    canvas = ds.Canvas(COLUMNS, ROWS, x_range=(0, COLUMNS), y_range=(0, ROWS))

    def work(files: list[str]) -> Any:
        counts = np.zeros((ROWS, COLUMNS), np.int64)
        for file in files:
            cells = pq.read_table(file, columns=["cell"])["cell"].drop_null().to_numpy()
            points = pd.DataFrame({"x": cells % COLUMNS + 0.5, "y": cells // COLUMNS + 0.5})
            counts += canvas.points(points, "x", "y", agg=ds.count()).values.astype(np.int64)
        return counts.ravel()

    work([str(next(iter(sorted(root.glob("moves/*.parquet")))))])  # compiles
    return work


def chdb(np: Any, root: Path) -> Work:
    query = importlib.import_module("chdb").query

    def work(files: list[str]) -> Any:
        text = f"SELECT cell, count() FROM file('{root}/moves/*.parquet', Parquet) WHERE cell IS NOT NULL GROUP BY cell"
        rows = np.array([line.split(",") for line in str(query(text, "CSV")).split()], np.int64)
        return filled(np, rows[:, 0], rows[:, 1])

    return work


def filled(np: Any, cells: Any, n: Any) -> Any:
    """Counts of all cells."""
    counts = np.zeros(COLUMNS * ROWS, np.int64)
    counts[cells] = n
    return counts


ENGINES: dict[str, Callable[[Any, Path], Work]] = {
    made.__name__: made for made in (own, limit, polars, pandas, histogram2d, datashader, chdb)
}


def measured(engines: Mapping[str, Callable[[Any, Path], Work]]) -> int:
    """Measure the engine that is named; 3 when it is not installed here."""
    name, root = sys.argv[1], Path(sys.argv[2])
    # Beside this file lie modules with names of others', which a peer's own imports must not find.
    sys.path[:] = [path for path in sys.path if Path(path).resolve() != Path(__file__).resolve().parent]
    files = sorted(map(str, root.glob("moves/*.parquet")))
    try:
        np = importlib.import_module("numpy")
        work = engines[name](np, root)
    except ImportError:
        return 3
    idle_mb, runs = _peak_mb(), []
    for _ in range(RUNS):
        began, cpu_s = time.perf_counter(), _cpu_s()
        apart_s = getattr(work, "apart", 0.0)
        counts = work(files)
        apart_s = getattr(work, "apart", 0.0) - apart_s
        runs.append((_cpu_s() - cpu_s - apart_s, time.perf_counter() - began))
    digest = hashlib.sha256(np.ascontiguousarray(counts, dtype="<i8").tobytes()).hexdigest()
    cpu_s, seconds = min(runs)
    print(
        json.dumps({"cpu_s": cpu_s, "seconds": seconds, "above_mb": _peak_mb() - idle_mb, "sha256": digest})
    )
    return 0


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(measured(ENGINES))
