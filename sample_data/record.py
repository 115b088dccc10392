"""Records the sample dataset: invented people and agents at work in the office apps, in a real Chromium.

    python sample_data/record.py --seed 1 -o sample_data/office

The same seed gives the same events on any machine, whatever the number of processes. The folder is replaced only when
everything is recorded. With --fixed the redaction pass works; else it fails at places chosen by the seed, and --key
says where.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Error
from recorder import answers, cohorts, studio
from recorder.dataset import tables_of, write
from recorder.failures import Failure
from recorder.people import Shift
from recorder.stage import RecordingError

from explorer.importers.tables import SessionTables

DATASET = "dataset.json"


def main() -> None:
    """Record all sessions and write them."""
    chosen = _arguments().parse_args()
    _refuse_foreign(chosen.output)
    studio.find_chromium()
    plan = _plan(chosen.only)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="office-") as folder:
        scratch = Path(folder)
        studio.record(plan, chosen.seed, scratch, chosen.jobs, lambda line: print(line, flush=True))
        failures, moments_n = ([], 0) if chosen.fixed else studio.choose(plan, chosen.seed, scratch)
        key: list[dict[str, Any]] = []
        name = f"office/{chosen.seed}{'/fixed' if chosen.fixed else ''}"
        write(chosen.output, _tables(plan, failures, scratch, chosen.jobs, key), name)
    if chosen.key:
        answers.write_key(chosen.key, key, failures, moments_n)
    print(f"{chosen.output}: {len(plan)} sessions in {time.monotonic() - began:.0f} s")


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Record the sample dataset.")
    parser.add_argument("--seed", type=int, default=1, help="same seed, same events (default 1)")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, help="dataset folder; replaced when it exists"
    )
    parser.add_argument(
        "--only", type=int, nargs="+", metavar="N", help="record these sessions alone (numbers, from 0)"
    )
    parser.add_argument("--jobs", type=_jobs, default=1, metavar="N", help="processes (default 1)")
    parser.add_argument("--fixed", action="store_true", help="with a redaction pass that does not fail")
    parser.add_argument("--key", type=Path, metavar="FILE", help="write where the redaction pass fails")
    return parser


def _jobs(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError("a number from 1 to 64 is needed")
    return int(text)


def _plan(only: Sequence[int] | None) -> list[Shift]:
    shifts = cohorts.plan()
    unknown = sorted(set(only or ()) - set(range(len(shifts))))
    if unknown:
        raise SystemExit(f"There is no session {unknown[0]}: the plan has {len(shifts)}, numbered from 0.")
    return [shift for shift in shifts if only is None or shift.number in only]


def _tables(
    plan: Sequence[Shift], failures: Sequence[Failure], scratch: Path, jobs: int, key: list[dict[str, Any]]
) -> Iterator[SessionTables]:
    """Tables of each session; where its redaction failed is added to `key`."""
    for take in studio.develop(plan, failures, scratch, jobs):
        made = tables_of(take)
        own = [one for one in failures if one.session == take.shift.number]
        key += answers.answers_of(take, made, own)
        yield made


def _refuse_foreign(root: Path) -> None:
    if root.is_file() or (root.exists() and any(root.iterdir()) and not (root / DATASET).exists()):
        raise SystemExit(f"{root} is not a dataset. Choose another folder: this one would be replaced.")


if __name__ == "__main__":
    try:
        main()
    except Error as error:
        sys.exit(f"The browser failed: {error.message.splitlines()[0]}")
    except RecordingError as error:
        sys.exit(f"The recording stopped, nothing was replaced: {error}")
    except KeyboardInterrupt:
        sys.exit("Stopped. Nothing was replaced.")
