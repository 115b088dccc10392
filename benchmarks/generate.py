"""Generating a load: rows for each second of a processor, memory, and bytes, against a plain write of the same rows."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.ground_floor import Measure
from explorer.trace.dataset import Dataset

EVENTS, SESSIONS, PEOPLE, PROCESSES = 4_000_000, 200, 40, 2
# 400,000 events a second on two processors that nobody else uses.
EVENTS_PER_CPU_S, MOST_MEMORY_MB = 200_000, 700


def measures(folder: Path) -> list[Measure]:
    """All measures of the generator, with scratch space in `folder`."""
    dataset = folder / "generated"
    seconds, cpu_s, peak_mb = _generated(dataset)
    plain_cpu_s = _plain_write(dataset, folder / "plain")
    return [
        Measure("generate, events a processor second", EVENTS / cpu_s, "/s", EVENTS_PER_CPU_S,
                f"{cpu_s / plain_cpu_s:.1f} x the processor time of writing the same rows with pyarrow's defaults; "
                f"{EVENTS / seconds:,.0f} events/s by the clock", is_floor=True),
        Measure("generate, largest process", peak_mb, "MiB", MOST_MEMORY_MB, f"{PROCESSES} processes"),
    ]  # fmt: skip


def _generated(dataset: Path) -> tuple[float, float, float]:
    """Seconds by the clock, of all processors, and MiB of the largest process."""
    code = (
        "import json, resource, time\nfrom pathlib import Path\n"
        "from explorer.generate.run import generate\nfrom explorer.generate.sizes import Sizes\n"
        "if __name__ == '__main__':\n"
        "    began = time.perf_counter()\n"
        f"    generate(Path({str(dataset)!r}), Sizes({EVENTS}, {SESSIONS}, {PEOPLE}), jobs={PROCESSES})\n"
        "    seconds = time.perf_counter() - began\n"
        "    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]\n"
        "    cpu_s = sum(one.ru_utime + one.ru_stime for one in used)\n"
        "    print(json.dumps([seconds, cpu_s, max(one.ru_maxrss for one in used) / 1024]))\n"
    )
    script = dataset.parent / "generating.py"
    script.write_text(code)
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    seconds, cpu_s, peak_mb = json.loads(done.stdout)
    return seconds, cpu_s, peak_mb


def _plain_write(dataset: Path, folder: Path) -> float:
    """Processor seconds of writing the rows of moves and events as pyarrow does when it is asked for nothing more."""
    folder.mkdir()
    opened = Dataset.open(dataset)
    tables = {
        name: pa.concat_tables([pq.read_table(dataset / file.path) for file in opened.files(name)])
        for name in ("moves", "events")
    }
    before = _cpu_s()
    for name, rows in tables.items():
        pq.write_table(rows, folder / f"{name}.parquet")
    return _cpu_s() - before


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
