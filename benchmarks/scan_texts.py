"""`python -m benchmarks.scan_texts [ROWS]`: processor time of a scan's texts, one million rows as a rule.

Titles and addresses as they are in work with an office: all different, and as they repeat (each 200 times). The rows
lie in a dataset of ten sessions; time is that of the jobs in one process, reading and keeping what was found included,
opening the dataset not. By the clock: as a scan does it, on all processors, their start and opening included.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pyarrow as pa
from rich.console import Console
from rich.table import Table

from explorer.engine import open_engine
from explorer.scan.jobs import jobs_of
from explorer.scan.pool import results as results_of
from explorer.scan.work import work
from explorer.trace.arrow import arrow_schema, from_rows
from explorer.trace.commit import writing
from explorer.trace.dataset import create
from explorer.trace.writer import PartWriter
from tests.conftest import SESSION

_APPS = (
    "Mail",
    "Word",
    "Visual Studio Code",
    "Chrome",
    "Excel",
    "Terminal",
    "Orders",
    "Customers",
    "Notizen",
)
_SUBJECTS = (
    "report invoice quarterly draft plan meeting notes review budget design orders overview settings inbox"
)
_THINGS = (
    "dashboard project client launch roadmap summary agenda contract table image export build merge Übersicht"
)
_WORDS = [*_SUBJECTS.split(" "), *_THINGS.split(" ")]
_SESSIONS = 10
_NONE = {"moves_n": 0, "steps_n": 0, "frames_n": 0}


def titles(n: int) -> Iterator[str]:
    """So many different window titles; one in 500 holds a value, one in eight a placeholder."""
    random = Random(1)
    for at in range(n):
        words = " ".join(random.choices(_WORDS, k=random.randint(1, 5)))
        app = random.choice(_APPS)
        forms = (
            f"{words.capitalize()} {at} - {app}", f"{words}-{at}.xlsx - {app}", f"({at % 99}) {words} {at} | {app}",
            f"Order {10_000 + at} - {words} - {app}", f"{words} 2026-03-{at % 28 + 1:02d} 10:33:12 {at}",
            f"<PERSON> - Customer {at} - {app}", f"Réunion {words} nº {at} – {app}", f"Pull request #{at} · {words}",
        )  # fmt: skip
        yield f"fern.wild{at}@example.com - {app}" if at % 500 == 0 else forms[at % 8]


def addresses(n: int) -> Iterator[str]:
    """So many different addresses; one in six searches for words, one in 500 holds a value."""
    random = Random(2)
    for at in range(n):
        path = "/".join(random.choices(_WORDS[:-1], k=random.randint(1, 4)))
        forms = (
            f"https://shop.test/{path}/{at}", f"https://shop.test/{path}?page=3&sort=date&id={at:09d}",
            f"https://shop.test/search?q={path.replace('/', '+')}+{at}", f"https://docs.example.com/{path}/{random.getrandbits(128):032x}",
            f"https://docs.example.com/{path}%20{at}.pdf#page=7", f"https://shop.test/{path}?t={1_700_000_000 + at}",
        )  # fmt: skip
        yield f"https://shop.test/c?mail=fern{at}%40example.com" if at % 500 == 0 else forms[at % 6]


def main() -> int:
    """Print the table."""
    rows_n = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    table = Table(box=None, header_style="bold", pad_edge=False)
    clock = f"clock s, {os.cpu_count()} processes"
    for name in ("rows with text", "distinct", "found", "processor s", "of it reading", clock):
        table.add_column(name, justify="right")
    for times in (1, 200):
        with tempfile.TemporaryDirectory() as folder:
            root = _dataset(Path(folder) / "set", rows_n, times)
            table.add_row(*_measured(root))
    Console(width=110).print(table)
    return 0


def _dataset(root: Path, rows_n: int, times: int) -> Path:
    """Half the rows with text are titles, half are addresses; one event has one of each."""
    events_n = rows_n // 2
    create(root)
    own_n = events_n // _SESSIONS
    texts = [list(made(events_n // times)) * times for made in (titles, addresses)]
    with writing(root) as commit:
        writer = PartWriter(root)
        for at in range(_SESSIONS):
            session = {**SESSION, **_NONE, "session_id": f"s{at:02d}", "events_n": own_n}
            part = [own[at * own_n : (at + 1) * own_n] for own in texts]
            writer.add({"sessions": from_rows("sessions", [session]), "events": _events(f"s{at:02d}", *part)})
        commit.add(writer.close())
    return root


def _events(session_id: str, titles_in: list[str], addresses_in: list[str]) -> pa.Table:
    n = len(titles_in)
    given = {
        "session_id": [session_id] * n, "seq": range(n), "t_us": range(n), "kind": ["navigation"] * n,
        "is_derived": [False] * n, "window_title": titles_in, "url": addresses_in,
    }  # fmt: skip
    schema = arrow_schema("events")
    columns = [
        pa.array(given[one.name], one.type) if one.name in given else pa.nulls(n, one.type) for one in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def _measured(root: Path) -> tuple[str, ...]:
    with closing(open_engine(root, time_limit_ms=0)) as engine:
        jobs = jobs_of(engine.run("scan/sessions").to_pylist())
        start = time.process_time()
        results = [work(engine, job) for job in jobs]
        found_n = sum(result.table().num_rows for result in results)
        whole_s = time.process_time() - start
        start = time.process_time()
        for job in jobs:
            engine.run("scan/texts", {"first_session_id": job.first, "last_session_id": job.last})
        reading_s = time.process_time() - start
    start = time.monotonic()
    assert len(list(results_of(root, jobs, os.cpu_count() or 1))) == len(jobs)
    clock_s = time.monotonic() - start
    counts = [sum(result.counts[name] for result in results) for name in ("text_rows", "texts")]
    return (*(f"{n:,}" for n in (*counts, found_n)), f"{whole_s:.1f}", f"{reading_s:.1f}", f"{clock_s:.1f}")


if __name__ == "__main__":
    sys.exit(main())
