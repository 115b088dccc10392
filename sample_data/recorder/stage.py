"""The stage: the office apps in Chromium, a plan's clock, and the log of what the pages saw.

Time is the plan's: `wait` moves the clock on without waiting, so a minute is recorded in seconds, and the same plan
gives the same times on any machine.
"""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Page, Route

from recorder.motion import Path as PointerPath

HERE = Path(__file__).resolve().parent
APPS = HERE.parent / "apps"
Button = Literal["left", "middle", "right"]
ORIGIN = "https://office.example.com"
PAGES = {
    "Mail": "mail.html",
    "Sheet": "sheet.html",
    "Customers": "customers.html",
    "Documents": "documents.html",
}
CHROMIUM_ARGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-lcd-text",
    "--font-render-hinting=none",
)


class RecordingError(Exception):
    """The pages saw something else than what the plan did."""


class Stage:
    """App windows of one size, one pointer, one keyboard; every input is answered by rows in `log`."""

    def __init__(self, browser: Browser, size: tuple[int, int], scheme: str, start_us: int) -> None:
        self.size, self.now_us = size, start_us
        self.log: list[dict[str, Any]] = []
        self.pointer = (size[0] // 2, size[1] // 2)
        self.step: int | None = None
        self._context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        self._context.route("**/*", _serve)
        self._context.add_init_script(path=HERE / "listener.js")
        self._pages: dict[str, Page] = {}
        self._next_app: str | None = None
        self._shown = ("", "")
        self.app = "Mail"
        self._focus("Mail")

    def close(self) -> None:
        """Close all windows."""
        self._context.close()

    @property
    def page(self) -> Page:
        """The window in front."""
        return self._pages[self.app]

    def wait(self, seconds: float) -> None:
        """Let planned time pass."""
        self.now_us += round(seconds * 1_000_000)

    def order(self) -> int:
        """The next place in the log's order, for rows that are kept elsewhere."""
        self.log.append({"type": "place"})
        return len(self.log) - 1

    def note(self, kind: str) -> None:
        """Write down what no page sees, such as that the recording pauses."""
        self._write({"type": kind})

    def move(self, path: PointerPath) -> None:
        """Move the pointer along a planned path."""
        for _, x, y in path:
            self.page.mouse.move(x, y)
        moves, others = self._take()
        if [(row["x"], row["y"]) for row in moves] != [(x, y) for _, x, y in path]:
            raise RecordingError(
                f"{len(path)} pointer positions were sent, {len(moves)} or other ones arrived"
            )
        for (wait_us, x, y), row in zip(path, moves, strict=True):
            self.now_us += wait_us
            self._write(row)
            self.pointer = (x, y)
        for row in others:
            self._write(row)

    def press(self, key: str) -> None:
        """Press a key."""
        self.page.keyboard.down(key)
        self._answered()

    def release(self, key: str) -> None:
        """Release a key."""
        self.page.keyboard.up(key)
        self._answered()

    def button_down(self, button: Button = "left", count: int = 1) -> None:
        """Press a mouse button; `count` is 2 for the second press of a double click."""
        self.page.mouse.down(button=button, click_count=count)
        self._answered()

    def button_up(self, button: Button = "left", count: int = 1) -> None:
        """Release a mouse button."""
        self.page.mouse.up(button=button, click_count=count)
        self._answered()

    def wheel(self, down_px: int) -> None:
        """Turn the wheel by one notch."""
        self.page.mouse.wheel(0, down_px)
        self._answered()

    def settle(self) -> None:
        """Bring another window to the front if the last input asked for it; called once all keys are up."""
        if self._next_app and self._next_app != self.app:
            self._focus(self._next_app)
        self._next_app = None

    def rectangle(self, name: str) -> tuple[float, float, float, float]:
        """Left, top, width and height of the element with that data-id, scrolled as it is."""
        box = self.page.locator(f'[data-id="{name}"]').bounding_box()
        if box is None:
            raise RecordingError(f"{name} is not on the page")
        return box["x"], box["y"], box["width"], box["height"]

    def _answered(self) -> None:
        """Write down all that the last input caused: it happened now."""
        moves, others = self._take()
        if moves:
            raise RecordingError("the pointer moved by itself")
        for row in others:
            self._write(row)

    def _open(self, name: str) -> Page:
        page = self._context.new_page()
        page.on("pageerror", _stop)
        page.goto(f"{ORIGIN}/{name}")
        return page

    def _focus(self, app: str) -> None:
        if app not in self._pages:
            self._pages[app] = self._open(PAGES[app])
        self.app = app
        self.page.bring_to_front()
        self._take()
        self._write({"type": "focus", "title": self._shown[0], "url": self._shown[1]})

    def _take(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Rows since the last call: pointer moves, and all others with a new title or address at their end."""
        taken = self.page.evaluate("officeRecorder.take()")
        rows = taken["rows"]
        shown = (taken["title"], taken["url"])
        if shown != self._shown:
            rows.append({"type": "navigation", "title": shown[0], "url": shown[1]})
        self._shown = shown
        moves = [row for row in rows if row["type"] == "mousemove"]
        return moves, [row for row in rows if row["type"] != "mousemove"]

    def _write(self, row: dict[str, Any]) -> None:
        self._next_app = row.get("switch") or self._next_app
        self.log.append({**row, "t_us": self.now_us, "app": self.app, "step": self.step})


def _serve(route: Route) -> None:
    """Answer from the apps' folder; nothing leaves the machine."""
    name = route.request.url.removeprefix(f"{ORIGIN}/").split("#")[0]
    path = APPS / name
    if not route.request.url.startswith(ORIGIN) or path.parent != APPS or not path.is_file():
        route.abort()
        return
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    route.fulfill(body=path.read_bytes(), content_type=f"{kind}; charset=utf-8")


def _stop(error: Any) -> None:
    raise RecordingError(f"the app failed: {error}")
