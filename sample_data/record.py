"""Records the sample dataset: invented people and an agent at work in the office apps, in a real Chromium.

    python sample_data/record.py --seed 1 -o sample_data/office

The same seed gives the same events on any machine. The folder is replaced only when everything is recorded.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright
from recorder.dataset import tables_of, write
from recorder.people import shifts
from recorder.session import Take, play
from recorder.stage import CHROMIUM_ARGS


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium from PATH; SystemExit when there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        raise SystemExit(
            "No Chromium found. Install it (Debian: apt-get install chromium) and run this again."
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_ARGS))
        try:
            yield browser
        finally:
            browser.close()


def main() -> None:
    """Record all sessions and write them."""
    parser = argparse.ArgumentParser(description="Record the sample dataset.")
    parser.add_argument("--seed", type=int, default=1, help="same seed, same events (default 1)")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, help="dataset folder; replaced when it exists"
    )
    parser.add_argument("--only", type=int, help="record this session alone (its number, from 0)")
    chosen = parser.parse_args()
    _refuse_foreign(chosen.output)
    plan = [shift for shift in shifts() if chosen.only in (None, shift.number)]
    if not plan:
        raise SystemExit(f"There is no session {chosen.only}: the plan has {len(shifts())}, numbered from 0.")
    began = time.monotonic()
    takes = []
    with chromium() as browser:
        for shift in plan:
            take = play(browser, shift, chosen.seed)
            takes.append(tables_of(take))
            _tell(take)
    write(chosen.output, takes, chosen.seed)
    print(f"{chosen.output}: {len(takes)} sessions in {time.monotonic() - began:.0f} s")


def _refuse_foreign(root: Path) -> None:
    if root.exists() and any(root.iterdir()) and not (root / "dataset.json").exists():
        raise SystemExit(f"{root} is not a dataset. Choose another folder: this one would be replaced.")


def _tell(take: Take) -> None:
    rows = [row for row in take.log if "t_us" in row]
    seconds = (rows[-1]["t_us"] - rows[0]["t_us"]) / 1e6
    size_kb = sum(len(shot.content) for shot in take.shots) / 1000
    name = f"{take.shift.task} {take.shift.persona.person}".strip()
    print(f"{take.shift.number:3d}  {name:20s} {seconds:5.0f} s  {len(rows):5d} rows  "
          f"{len(take.shots):3d} frames  {size_kb:5.0f} kB", flush=True)  # fmt: skip


if __name__ == "__main__":
    try:
        main()
    except Error as error:
        sys.exit(f"The browser failed: {error.message.splitlines()[0]}")
