"""The replay page in real Chromium, for measuring: the server as a program of its own, and a page that is watched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SERVE = "import sys, pathlib, explorer.server as s; s.serve(pathlib.Path(sys.argv[1]), open_browser=False)"
WATCH = (Path(__file__).parent / "page_watch.js").read_text()
PATIENCE_S = 20.0
QUIET_N = 8
LOOP_N = 3_000_000


@contextmanager
def served(root: Path) -> Iterator[str]:
    """Address of a server of the dataset at `root`, which ends with the block."""
    program = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(root)], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert program.stdout is not None
    try:
        yield next(line.strip() for line in program.stdout if "http://" in line)
    finally:
        program.terminate()
        program.wait(timeout=15)
        program.stdout.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of the tests; RuntimeError when there is none."""
    program = next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)
    if program is None:
        raise RuntimeError("Chromium is missing: run tests/browser/ensure_chromium.sh")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


class Watched:
    """A page of the app, with what goes over its websocket."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.address = address
        self.sent: list[bytes] = []
        self.received: list[bytes] = []
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.add_init_script(WATCH)
        self.page: Page = context.new_page()
        self.page.on("websocket", self._listen)

    def _listen(self, socket: Any) -> None:
        socket.on("framesent", lambda content: self.sent.append(_bytes(content)))
        socket.on("framereceived", lambda content: self.received.append(_bytes(content)))

    def close(self) -> None:
        """Close the page and what belongs to it."""
        self.page.context.close()

    def go(self, way: str) -> None:
        """Load an address of the app and wait until nothing more comes."""
        self.page.goto(self.address + way)
        self.still()

    def still(self) -> None:
        """Wait until the page asks for nothing more."""
        asked_n, quiet_n = -1, 0
        while quiet_n < QUIET_N:
            self.page.wait_for_timeout(100)
            now_n = self.page.evaluate("performance.getEntriesByType('resource').length")
            asked_n, quiet_n = now_n, quiet_n + 1 if now_n == asked_n else 0

    def ready(self, session_id: str, **moment: object) -> None:
        """Load a session's replay, all its events and its first picture."""
        more = "".join(f"&{name}={value}" for name, value in moment.items())
        self.page.goto(f"{self.address}replay?id={session_id}{more}")
        self.replaying()

    def replaying(self) -> None:
        """Wait until the replay stands, with all that belongs to it."""
        self.page.locator(".player .deck[data-state=paused]").wait_for()
        self.still()

    def arm(self) -> None:
        """What is done next is what is measured."""
        self.received.clear()
        self.sent.clear()
        self.page.evaluate("watch.arm()")

    def shown_ms(self, picture: str) -> float:
        """Time from the press to the picture whose address holds `picture`, with its marks."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            found = self.page.evaluate("name => watch.shown(name)", picture)
            if found is not None:
                return float(found)
            self.page.wait_for_timeout(15)
        seen = self.page.evaluate("[watch.began_ms, watch.draws.slice(-3), watch.overs_ms.length]")
        raise RuntimeError(f"no picture {picture} within {PATIENCE_S:.0f} s: {seen}")

    def told(self, act: Callable[[], None]) -> tuple[int, str]:
        """Do something that leads to a moment: what the address names once it stands still, and what is said of it."""
        words = self.page.locator(".player .live")
        words.evaluate("live => { live.textContent = '' }")
        self.arm()
        act()
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            self.page.wait_for_timeout(50)
            said = words.text_content()
            if said:
                return round(float(parse_qs(urlsplit(self.page.url).query)["t"][0]) * 1000), said
        raise RuntimeError(f"no moment within {PATIENCE_S:.0f} s")


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def busy() -> str:
    """How much longer a fixed loop of work takes than the processor works on it: 1 where nothing else runs."""
    began, worked = time.perf_counter(), time.process_time()
    sum(number * number for number in range(LOOP_N))
    times = (time.perf_counter() - began) / (time.process_time() - worked)
    return f"a fixed loop took {times:.1f} x its processor time"
