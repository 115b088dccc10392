"""Memory of the browser while a session plays: the script's heap, and the process that shows the page."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.ground_floor import Measure
from benchmarks.page import Watched

SPEED, SAMPLE_S = "16", 5
# Pictures are kept up to a size: that store is full before the first sample, so that only growth is measured.
FILL_N = 40
MIB = 2**20


def memory(page: Watched, minutes: float) -> list[Measure]:
    """Growth while a session plays for `minutes` at 16x, from its start; flat is near 0."""
    keyboard = page.page.keyboard
    for _ in range(FILL_N):
        keyboard.press(".")
        page.page.wait_for_timeout(80)
    keyboard.press("Home")
    keyboard.press("k")
    for digit in SPEED:
        keyboard.press(digit)
    samples = _samples(page, minutes)
    keyboard.press("k")
    heap, process = samples.T
    said = f"last third against first, {minutes:g} min at 16x"
    return [
        Measure("replay, growth of the script's heap", _growth(heap), "MiB", 2,
                f"{said}; {heap.min():.1f} to {heap.max():.1f} MiB"),
        Measure("replay, growth of the page's process", _growth(process), "MiB", 16,
                f"{said}; {process.min():.0f} to {process.max():.0f} MiB"),
    ]  # fmt: skip


def _samples(page: Watched, minutes: float) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Heap after a collection and resident memory (MiB), one row a sample."""
    own = page.page.context.new_cdp_session(page.page)
    browser = page.page.context.browser
    assert browser is not None
    whole = browser.new_browser_cdp_session()
    began = time.monotonic()
    rows = []
    while time.monotonic() - began < 60 * minutes:
        page.page.wait_for_timeout(1000 * SAMPLE_S)
        own.send("HeapProfiler.collectGarbage")
        heap = own.send("Runtime.getHeapUsage")["usedSize"] / MIB
        processes = whole.send("SystemInfo.getProcessInfo")["processInfo"]
        resident = max(_resident(one["id"]) for one in processes if one["type"] == "renderer")
        rows.append((heap, resident))
    return np.array(rows)


def _resident(process_id: int) -> float:
    """Resident memory (MiB); 0 for a process that is gone."""
    try:
        status = Path(f"/proc/{process_id}/status").read_text()
    except OSError:
        return 0.0
    return next(
        (int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0.0
    )


def _growth(values: np.ndarray[Any, Any]) -> float:
    """Median of the last third of the samples less that of the first: what noise leaves of a slope."""
    third = max(1, len(values) // 3)
    return float(np.median(values[-third:]) - np.median(values[:third]))
