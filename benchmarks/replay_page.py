"""`python -m benchmarks.replay_page [--minutes N]`: the replay in real Chromium, from the choice of a session on.

Pictures, cursor and marks are drawn by JavaScript at the times given; what the browser composes after is not in them.
Playing goes on for N minutes at 16x to see whether memory stays flat.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
from bisect import bisect_right
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np

import explorer as tx
from benchmarks.day import ROWS_N, write_days
from benchmarks.ground_floor import Measure
from benchmarks.page import Watched, busy, chromium, served
from benchmarks.page_memory import memory
from benchmarks.table import shown
from explorer.engine.build import build_rollups
from explorer.resources import sample_dataset

DAYS = [f"generated-00000000000000d{number}" for number in range(8)]
FRAMES_N = 480
MINUTES = 2.0
TIMES, SEEKS_N, STEPS_N, PLAY_MS = 5, 25, 20, 8_000
LOOK_MS = 3_000
LEAP = """(way) => {
  watch.began_ms = performance.now()
  history.pushState(null, '', way)
  window.dispatchEvent(new PopStateEvent('popstate', { state: null }))
}"""
ALONE = """async (frame_id) => {
  const start_ms = performance.now()
  const answer = await fetch(`frame/${frame_id}`)
  const bitmap = await createImageBitmap(await answer.blob())
  bitmap.close()
  return performance.now() - start_ms
}"""
WORDS = re.compile(r"Pointer at (-?\d+), (-?\d+)")


def measures(folder: Path, minutes: float = MINUTES) -> list[Measure]:
    """All measures of the page, with scratch space in `folder`."""
    with chromium() as browser:
        with served(sample_dataset()) as address:
            page = Watched(browser, address)
            found = _office(page)
            page.close()
        days = write_days(folder / "days", DAYS, FRAMES_N)
        build_rollups(days)
        with served(days) as address:
            page = Watched(browser, address)
            found += _day(page, days) + memory(page, minutes)
            page.close()
    return found


def _office(page: Watched) -> list[Measure]:
    """First frames of sessions of the sample, chosen on their pages and in the player."""
    with tx.open(sample_dataset()) as dataset:
        rows = dataset.run("sessions/list", limit_n=5000).to_pylist()
    ids = [row["session_id"] for row in rows if row["actor"] == "human" and row["frames_n"] > 5][:TIMES]
    chosen_ms = []
    for session_id in ids:
        page.go(f"session?id={session_id}")
        page.arm()
        page.page.get_by_role("link", name="Replay", exact=True).last.click()
        chosen_ms.append(page.shown_ms(f"/frame/{session_id}"))
    whole, own = sum(map(len, page.received)), max(len(one) for one in page.received if b"about_url" in one)
    page.go("replay")
    next_ms = [_next(page, row["session_id"]) for row in rows[1 : TIMES + 1]]
    return [
        _time("replay, chosen to first frame, office", chosen_ms, 1000),
        _time("replay, next session to first frame, office", next_ms, 1000),
        Measure("replay, the player's message", own / 1024, "KiB", 3, f"of {whole / 1024:.1f} KiB for the whole page"),
    ]  # fmt: skip


def _next(page: Watched, session_id: str) -> float:
    """Time to the first frame of the next session, which is `session_id`, once someone looked at this one."""
    page.replaying()
    page.page.wait_for_timeout(LOOK_MS)
    page.arm()
    page.page.keyboard.press(">")
    return page.shown_ms(f"/frame/{session_id}")


def _unread(page: Watched, session_id: str) -> float:
    """Time to the first frame of a session that the server has not read, on a way that asks for nothing ahead."""
    page.replaying()
    page.arm()
    page.page.evaluate(LEAP, f"replay?id={session_id}")
    return page.shown_ms(f"/frame/{session_id}")


def _day(page: Watched, root: Path) -> list[Measure]:
    """Working days, read ahead by the server and not; then what the replay of one costs."""
    page.go("replay")
    next_ms = [_next(page, session_id) for session_id in DAYS[1:4]]
    # The last next one was read ahead, and so is the one after each of these.
    unread_ms = [_unread(page, session_id) for session_id in (DAYS[7], DAYS[5])]
    found = [
        _time("replay, next session to first frame, 1 M rows", next_ms, 1000),
        _time("replay, unread session to first frame, 1 M rows", unread_ms, 1000),
    ]
    page.ready(DAYS[0], skip=0, idle="unfolded", keys="all", trail=5)
    sizes = page.page.evaluate(
        "performance.getEntriesByType('resource').filter(({ name }) => name.includes('events.bin'))"
        ".map(({ encodedBodySize }) => encodedBodySize)"
    )
    found.append(
        Measure("replay, bytes a row on the wire", sum(sizes) / ROWS_N, "B", 11, f"{len(sizes)} chunks")
    )
    return found + _playing(page) + _moving(page, Moments(root, DAYS[0]))


def _playing(page: Watched) -> list[Measure]:
    """Processor time of each animation frame's JavaScript, by the browser's own trace; beside it, how long it took."""
    keyboard = page.page.keyboard
    page.arm()
    browser = page.page.context.browser
    assert browser is not None
    browser.start_tracing(page=page.page, categories=["devtools.timeline"])
    keyboard.press("k")
    keyboard.press("4")
    page.page.wait_for_timeout(PLAY_MS)
    keyboard.press("k")
    events = json.loads(browser.stop_tracing())["traceEvents"]
    drawn = [event for event in events if event["name"] == "FireAnimationFrame"]
    work, took = (
        np.percentile([event[name] / 1000 for event in drawn], [50, 95]) for name in ("tdur", "dur")
    )
    page.page.wait_for_timeout(500)
    said = f"{len(drawn) / PLAY_MS * 1000:.0f} frames a second at 4x; {busy()}"
    return [
        Measure("replay, draw work a frame, p50", work[0], "ms", 4, f"took {took[0]:.1f} ms; {said}"),
        Measure("replay, draw work a frame, p95", work[1], "ms", 4, f"took {took[1]:.1f} ms; {said}"),
        Measure("replay, script runs while playing", len(page.sent), "", 0, "messages sent over the websocket"),
    ]  # fmt: skip


class Moments:
    """What the tables say of a session's moments."""

    def __init__(self, root: Path, session_id: str) -> None:
        with tx.open(root) as dataset:
            frames = dataset.run("replay/frames", session_id=session_id).to_pylist()
            moves, events = (
                dataset.run(f"replay/{name}", session_id=session_id) for name in ("moves", "events")
            )
        self.frames_us, self.frame_ids = [[row[name] for row in frames] for name in ("t_us", "frame_id")]
        tables = moves.to_pandas(), events.to_pandas().query("not is_derived")
        points = [table[["seq", "t_us", "x_px", "y_px"]].dropna() for table in tables]
        rows = [row for part in points for row in part.to_numpy(np.int64).tolist()]
        rows.sort()
        self.rows_us = [row[1] for row in rows]
        self.points = [tuple(row[2:]) for row in rows]

    def frame(self, t_us: int) -> str:
        """Id of the picture of a moment."""
        return str(self.frame_ids[bisect_right(self.frames_us, t_us) - 1])

    def point(self, t_us: int) -> tuple[int, ...]:
        """Where the pointer is."""
        return self.points[bisect_right(self.rows_us, t_us) - 1]


def _moving(page: Watched, moments: Moments) -> list[Measure]:
    """Seeks to random places of the timeline and steps from picture to picture, each to what the tables say."""
    box = page.page.locator(".track").bounding_box()
    assert box is not None
    shares = np.random.default_rng(5).uniform(0.01, 0.99, SEEKS_N)
    seeks_ms = []
    for share in shares.tolist():
        x = box["x"] + share * box["width"]
        seeks_ms.append(_arrived(page, moments, lambda x=x: page.page.mouse.click(x, box["y"] + 40)))
    alone_ms = median(page.page.evaluate(ALONE, moments.frame_ids[place]) for place in range(3, FRAMES_N, 24))
    seek_said = f"fetching and decoding a picture alone {alone_ms:.0f} ms; {busy()}"
    steps_ms = [_arrived(page, moments, lambda: page.page.keyboard.press(".")) for _ in range(STEPS_N)]
    return [
        _time("replay, seek anywhere", seeks_ms, 50, seek_said),
        _time("replay, frame step", steps_ms, 50),
    ]


def _arrived(page: Watched, moments: Moments, act: Callable[[], None]) -> float:
    """Time to the right picture; RuntimeError when the pointer is told to be elsewhere than the tables say."""
    t_us, said = page.told(act)
    words = WORDS.search(said)
    if words is None or tuple(map(int, words.groups())) != moments.point(t_us):
        raise RuntimeError(f"at {t_us} us the player says {said!r}, the tables {moments.point(t_us)}")
    return page.shown_ms(f"/frame/{moments.frame(t_us)}")


def _time(name: str, times_ms: list[float], limit: float, compared: str = "") -> Measure:
    said = f"median of {len(times_ms)}, {min(times_ms):,.0f} to {max(times_ms):,.0f} ms"
    return Measure(name, median(times_ms), "ms", limit, f"{said}; {compared or busy()}")


def main() -> int:
    """Print the table of these measures alone; 1 when a limit is broken."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=MINUTES, help="how long to play at 16x")
    minutes = asked.parse_args().minutes
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = f"{folder}/state"
        return shown(measures(Path(folder), minutes))


if __name__ == "__main__":
    sys.exit(main())
