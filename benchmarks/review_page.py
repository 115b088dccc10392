"""The review in real Chromium: from a key to the next picture, with the sample dataset.

Times run from the press to the end of the animation frame that drew another picture than the one before. Items without
a picture are judged and not counted. Run alone: `python -m benchmarks.review_page`.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import numpy as np
from playwright.sync_api import CDPSession, Page

from benchmarks.ground_floor import Measure
from benchmarks.page import busy, chromium, served
from benchmarks.table import shown
from explorer.engine import open_engine
from explorer.resources import sample_dataset
from explorer.review import Terms, open_reviews

READ_MS, ITEMS_N = 600, 100
WATCH = """(() => {
  const watch = window.watch = { pressed_ms: 0, last: null, times: [] }
  addEventListener('keydown', () => { watch.pressed_ms = performance.now() }, true)
  const draw = CanvasRenderingContext2D.prototype.drawImage
  const channel = new MessageChannel()
  channel.port1.onmessage = () => {
    if (watch.pressed_ms) watch.times.push(performance.now() - watch.pressed_ms)
    watch.pressed_ms = 0
  }
  CanvasRenderingContext2D.prototype.drawImage = function (picture, ...rest) {
    draw.call(this, picture, ...rest)
    if (!(picture instanceof ImageBitmap) || picture === watch.last) return
    watch.last = picture
    channel.port2.postMessage(null)
  }
})()"""


def measures() -> list[Measure]:
    """All measures of the stage. The state folder is the caller's."""
    plan_id = _started()
    with served(sample_dataset()) as address, chromium() as browser:
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto(f"{address}review?plan={plan_id}&do=reader")
        page.get_by_label("Your name").fill("Reader")
        page.keyboard.press("Enter")
        found = [_measure(page)]
        context.close()
    return found


def _started() -> str:
    with closing(open_engine(sample_dataset())) as engine:
        reviews = open_reviews(engine)
        terms = Terms(target_rate=0.01, batch_size=200, planted_share=0.1)
        plan = reviews.commit(terms, planner="Planner")
        return reviews.start(plan.plan_id, number="1", given_by="Second").plan_id


def _measure(page: Page) -> Measure:
    """Judge ITEMS_N items, each after a short look."""
    page.evaluate("watch.times = []")
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    work_s = _worked(session)
    for _ in range(ITEMS_N):
        page.locator(".verdict.clean:enabled").wait_for()
        page.wait_for_timeout(READ_MS)
        page.keyboard.press("1")
    page.wait_for_timeout(1000)
    work_ms = 1000 * (_worked(session) - work_s) / ITEMS_N
    times = page.evaluate("watch.times")
    p50, p95 = np.percentile(times, [50, 95])
    looked = f"{len(times)} pictures, {READ_MS} ms of looking at each"
    said = f"{looked}, p50 {p50:.0f} ms; the page worked {work_ms:.0f} ms on each; {busy()}"
    return Measure("review, key to next picture, p95", float(p95), "ms", 150, said)


def _worked(session: CDPSession) -> float:
    """Seconds of processor time that the page's main thread has worked."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))


def main() -> int:
    """Print the table of these measures alone; 1 when a limit is broken."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = str(Path(folder) / "state")
        return shown(measures())


if __name__ == "__main__":
    sys.exit(main())
