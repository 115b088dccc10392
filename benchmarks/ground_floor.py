"""Import, storage, and the first answers: what the ground floor promises."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from explorer.engine import Engine, open_engine
from explorer.trace.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Measure:
    """One promise: a value with its limit, and what it was compared with in this run."""

    name: str
    value: float
    unit: str
    limit: float
    compared: str = ""
    is_floor: bool = False

    @property
    def holds(self) -> bool:
        return self.value >= self.limit if self.is_floor else self.value <= self.limit

    def shown(self, number: float) -> str:
        return f"{number:,.0f} {self.unit}" if number >= 100 else f"{number:,.2f} {self.unit}"


def measures(source: Path, folder: Path) -> list[Measure]:
    """All measures on the Balabit collection at `source`, with scratch space in `folder`."""
    dataset = folder / "balabit"
    found = [_help(), *_import(source, dataset), _sample(source, folder / "sample"), *_bytes(source, dataset)]
    engine = open_engine(dataset)
    found += [_session(engine, dataset), _session_list(engine, dataset)]
    engine.close()
    return found


def _help() -> Measure:
    bare = median(_seconds([sys.executable, "-c", "pass"]) for _ in range(5))
    value = median(_seconds([sys.executable, "-m", "explorer", "--help"]) for _ in range(5))
    return Measure(
        "trace-explorer --help", value, "s", 0.3, f"{value / bare:.1f} x bare python ({bare:.3f} s)"
    )


def _import(source: Path, dataset: Path) -> list[Measure]:
    rows_n = pq.read_metadata(source).num_rows
    copy_s = _timed(lambda: _plain_copy(source, dataset.parent / "copy.parquet"))
    code = (
        "import json, resource, sys\nfrom pathlib import Path\n"
        "from explorer.importers.run import import_sources\n"
        "if __name__ == '__main__':\n"
        f"    report = import_sources([Path({str(source)!r})], Path({str(dataset)!r}))\n"
        "    processes = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)\n"
        "    peak = max(resource.getrusage(who).ru_maxrss for who in processes)\n"
        "    print(json.dumps([report.rows_n, report.seconds, peak]))\n"
    )
    script = dataset.parent / "importing.py"
    script.write_text(code)
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    imported_n, seconds, peak_kb = json.loads(done.stdout)
    assert imported_n == rows_n
    rollup_s = _seconds([sys.executable, "-m", "explorer", "rollup", str(dataset)])
    return [
        Measure("import, rows a second", rows_n / seconds, "/s", 150_000,
                f"{seconds / copy_s:.1f} x a plain DuckDB copy of the file ({copy_s:.1f} s)", is_floor=True),
        Measure("import, largest process", peak_kb / 1024, "MiB", 1024, f"{rows_n:,} rows"),
        Measure("rollups, all sessions", rollup_s, "s", 30, f"{rollup_s / seconds:.2f} x the import"),
    ]  # fmt: skip


def _sample(source: Path, dataset: Path) -> Measure:
    ask = [sys.executable, "-m", "explorer", "import", str(source), "-o", str(dataset), "--sample", "20"]
    value = _seconds(ask)
    return Measure(
        "first look, --sample 20", value, "s", 30, f"{source.stat().st_size / 2**20:.0f} MiB of source"
    )


def _bytes(source: Path, dataset: Path) -> list[Measure]:
    opened = Dataset.open(dataset)
    files = opened.files("moves")
    rows_n = sum(file.rows for file in files)
    value = sum(file.bytes for file in files) / rows_n
    plain = dataset.parent / "plain.parquet"
    pq.write_table(pa.concat_tables([pq.read_table(dataset / f.path) for f in files]), plain)
    ratio = plain.stat().st_size / rows_n / value
    return [Measure("moves, bytes a row", value, "B", 5, f"pyarrow's defaults take {ratio:.1f} x as much")]


def _session(engine: Engine, dataset: Path) -> Measure:
    ids = engine.run("sessions/list", {"limit_n": 2000})["session_id"].to_pylist()
    session_id = ids[len(ids) // 2]
    connection = duckdb.connect()
    plain = f"SELECT * FROM read_parquet('{dataset}/events/*.parquet') WHERE session_id = ? ORDER BY seq"

    def ask(asked: str) -> float:
        return 1000 * _timed(lambda: engine.run("replay/events", {"session_id": asked}))

    def glob() -> float:
        return 1000 * _timed(lambda: connection.execute(plain, [session_id]).fetchnumpy())

    ask(session_id), glob()
    # In turns, so that what else the machine does weighs on both.
    value, naive = map(min, zip(*((ask(session_id), glob()) for _ in range(15)), strict=True))
    others = median(map(ask, ids[:: max(len(ids) // 15, 1)]))
    compared = (
        f"a glob over the folder takes {naive / value:.1f} x; sessions not asked before {others:.0f} ms"
    )
    return Measure("one session's events, warm", value, "ms", 10, compared)


def _session_list(engine: Engine, dataset: Path) -> Measure:
    value = _best_ms(lambda: engine.run("sessions/list", {"limit_n": 2000}))
    connection = duckdb.connect()
    raw = (
        f"SELECT session_id, count(*) FILTER (kind = 'click') FROM read_parquet('{dataset}/events/*.parquet') "
        f"GROUP BY 1 UNION ALL SELECT session_id, count(*) FROM read_parquet('{dataset}/moves/*.parquet') GROUP BY 1"
    )
    slow = _best_ms(lambda: connection.execute(raw).fetchnumpy())
    sessions_n = sum(file.rows for file in Dataset.open(dataset).files("sessions"))
    return Measure(
        "session list",
        value,
        "ms",
        60,
        f"{sessions_n:,} sessions; counting raw rows takes {slow / value:.1f} x",
    )


def _plain_copy(source: Path, target: Path) -> None:
    duckdb.connect().execute(f"COPY (FROM '{source}') TO '{target}' (FORMAT parquet, COMPRESSION zstd)")


def _seconds(command: list[str]) -> float:
    return _timed(lambda: subprocess.run(command, capture_output=True, check=True))


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _best_ms(act: Callable[[], object]) -> float:
    act()
    return min(_timed(act) for _ in range(15)) * 1000
