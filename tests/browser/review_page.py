"""A page that holds nothing but the stage of the review, and a server of its own that lends what the test made."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, BrowserContext

from explorer.widgets.assets import assets
from explorer.widgets.review_words import lists

from .stage_page import HERE, THEMES

WAY = "review/plan"
OPEN = """async (data) => {
  const { default: mount } = await import('/player/review.js')
  const host = document.getElementById('host')
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  root.innerHTML = '<div class="player" style="height: 100vh"></div>'
  window.leave = mount({ parentElement: root, data })
}"""


@cache
def screenshot(shade: int = 244, size: tuple[int, int] = (1280, 720)) -> bytes:
    """A picture with a window, lines of text and a nearly black bar that holds words."""
    picture = Image.new("RGB", size, (shade, shade, shade))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((80, 60, size[0] - 80, size[1] - 60), fill=(255, 255, 255), outline=(190, 196, 204))
    for line in range(12):
        pen.text(
            (120, 110 + 32 * line),
            f"Line {line}: the quarterly numbers of the {shade} offices",
            fill=(40, 44, 52),
        )
    pen.rectangle((120, 520, 420, 552), fill=(0, 0, 0))
    pen.text((130, 528), "4556 7375 8689 9855", fill=(5, 5, 5))
    return png(picture)


def png(picture: Image.Image) -> bytes:
    """A picture as the bytes of a file."""
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def text(
    channel: str, words: str, *, spans: tuple[tuple[int, int, str], ...] = (), seq: int = 1, rows_n: int = 1
) -> dict[str, Any]:
    """A text of a moment as the route tells it."""
    told = [{"start": start, "end": end, "entity": entity} for start, end, entity in spans]
    return {"channel": channel, "column": channel, "seq": seq, "rows_n": rows_n, "text": words, "spans": told}


MASK = {
    "left_px": 120,
    "top_px": 520,
    "width_px": 300,
    "height_px": 32,
    "entity": "CREDIT_CARD",
    "method": "solid",
}
TEXTS = (
    text("window_title", "Invoice 4 for <PERSON> – Mail", spans=((14, 22, "PERSON"),)),
    text("url", "https://mail.example/inbox/4", rows_n=12),
    text("typed", "Dear <PERSON>, \u202eplease\u202c <b>pay</b> today", spans=((5, 13, "PERSON"),), seq=7),
)


class FakeServer:
    """Lends items in order, keeps verdicts by lease, and can be silent."""

    def __init__(self, items_n: int = 5, batch_size: int = 3) -> None:
        self.items = [
            {"texts": TEXTS, "masks": [MASK], "picture": screenshot(200 + 9 * at)} for at in range(items_n)
        ]
        self.batch_size = batch_size
        self.lent: dict[str, int] = {}
        self.kept: dict[str, dict[str, Any]] = {}
        self.order: list[str] = []
        self.again: list[int] = []
        self.row_of: dict[str, int] = {}
        self.undone: dict[int, str] = {}
        self.in_batch_n, self.batch_n = 0, 1
        self.bodies: list[tuple[str, dict[str, Any]]] = []
        self.is_silent = False
        self.refuses: dict[str, str] = {}  # readers, and why
        self.loses: list[str] = []  # routes that do what is asked, and lose their answer

    def answer(self, name: str, body: dict[str, Any]) -> tuple[int, Any]:
        """Status, and content or bytes."""
        self.bodies.append((name, body))
        if name == "picture":
            return 200, self.items[self.lent[body["lease_id"]]]["picture"]
        problem = "batch: has no verdict yet" if name == "close" and not self.in_batch_n else ""
        if problem := self.refuses.get(body["reader"], problem):
            return 422, {"problem": problem}
        return 200, {**getattr(self, f"on_{name}")(body), "progress": self.progress()}

    def progress(self) -> dict[str, int]:
        left_n = len(self.items) - len(self.order)
        return {
            "answered_n": len(self.order), "items_n": len(self.items), "left_n": left_n, "batch_n": self.batch_n,
            "in_batch_n": self.in_batch_n, "batch_size": self.batch_size,
        }  # fmt: skip

    def on_next(self, body: dict[str, Any]) -> dict[str, Any]:
        held = [lease for lease in self.lent if lease not in self.kept]
        if body["lease_id"] not in self.lent:
            if self.in_batch_n >= self.batch_size:
                return {"state": "batch_full"}
            free = [at for at in (*self.again, *range(len(self.items))) if at not in self.taken()]
            if self.in_batch_n + len(held) >= self.batch_size or not free:
                return {"state": "waiting" if held else "done"}
            self.lent[body["lease_id"]] = free[0]
        item = self.items[self.lent[body["lease_id"]]]
        has_picture = item["picture"] is not None
        shown = {"has_picture": has_picture, "width_px": 1280, "height_px": 720, "has_before": has_picture,
                 "is_broken": False, "texts": item["texts"], "masks": item["masks"]}  # fmt: skip
        return {
            "state": "item",
            "lease_id": body["lease_id"],
            "expires_utc_us": 2_000_000_000_000_000,
            "shown": shown,
        }

    def taken(self) -> set[int]:
        return set(self.lent.values())

    def on_answer(self, body: dict[str, Any]) -> dict[str, Any]:
        if body["lease_id"] not in self.kept:
            self.kept[body["lease_id"]] = body
            self.order.append(body["lease_id"])
            self.row_of[body["lease_id"]] = len(self.row_of) + 1
            self.in_batch_n += 1
        return {"row_n": self.row_of[body["lease_id"]]}

    def on_undo(self, body: dict[str, Any]) -> dict[str, Any]:
        if body["row_n"] in self.undone:
            return {"is_undone": True, "verdict": self.undone[body["row_n"]]}
        if not self.in_batch_n:
            return {"is_undone": False, "verdict": None}
        lease = self.order.pop()
        assert body["row_n"] == self.row_of[lease]
        verdict = self.undone[body["row_n"]] = self.kept.pop(lease)["verdict"]
        self.again.append(self.lent.pop(lease))
        self.in_batch_n -= 1
        return {"is_undone": True, "verdict": verdict}

    def on_close(self, body: dict[str, Any]) -> dict[str, Any]:
        batch = self.order[-self.in_batch_n :]
        self.in_batch_n, self.batch_n = 0, self.batch_n + 1
        rows = [
            {"verdict": self.kept[one]["verdict"], "words": "The checks had found nothing", "way": None}
            for one in batch
        ]
        return {"batch_n": self.batch_n - 1, "words": "The checks had found nothing.", "revealed": rows}

    def on_renew(self, body: dict[str, Any]) -> dict[str, Any]:
        return {"expires_utc_us": 2_000_000_000_000_000}

    def on_release(self, body: dict[str, Any]) -> dict[str, Any]:
        self.lent.pop(body["lease_id"], None)
        return {}


class ReviewPage:
    """The stage on a page, and the server behind it."""

    def __init__(self, context: BrowserContext, server: FakeServer, theme: str) -> None:
        self.server = server
        self.page = page = context.new_page()
        self.complaints: list[str] = []
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.route("**/*", self._answer)
        ground, soft, ink, line = THEMES[theme]
        link = "#1B62D1" if theme == "light" else "#7AB4FF"
        style = (f"color-scheme: {theme}; --st-background-color: {ground}; --st-secondary-background-color: {soft};"
                 f"--st-text-color: {ink}; --st-border-color: {line}; --st-primary-color: #1F6FEB; color: {ink};"
                 f"background: {ground}; --st-link-color: {link}; --st-font: sans-serif")  # fmt: skip
        self.html = (f"<!doctype html><html lang=en style='{style}'><title>Review</title><body style='margin: 0'>"
                     "<main><div id=host></div></main>")  # fmt: skip
        page.goto(HERE)

    def _answer(self, route: Any) -> None:
        path = urlsplit(route.request.url).path.removeprefix("/")
        if not path.startswith(f"{WAY}/"):
            content, media_type = assets().files.get(path, (self.html.encode(), "text/html"))
            route.fulfill(body=content, content_type=media_type)
            return
        name = path.removeprefix(f"{WAY}/")
        if self.server.is_silent:
            route.abort()
            return
        status, content = self.server.answer(name, json.loads(route.request.post_data or "{}"))
        if name in self.server.loses:
            self.server.loses.remove(name)
            route.abort()
        elif isinstance(content, bytes):
            route.fulfill(status=status, body=content, content_type="image/png")
        else:
            route.fulfill(status=status, body=json.dumps(content), content_type="application/json")

    def open(self, name: str = "Ada", **data: Any) -> None:
        """Show the stage; with a name, begin."""
        told = {
            **lists(), "way": WAY, "plan_way": "review?plan=plan", "role": "reader", "title": "Review", "pace_ms": 6000,
            "rule": "Leak rate so far hidden until all is judged (fixed plan)", "after": "Nothing more.",
            "welcome": ["One moment after the other."],
        }  # fmt: skip
        self.page.evaluate(OPEN, {**told, **data})
        if name:
            self.page.get_by_label("Your name").fill(name)
            self.page.keyboard.press("Enter")
            self.page.locator(".verdict.clean:enabled").wait_for()

    def press(self, *keys: str) -> None:
        """One key after the other; a verdict is not pressed before there is something to judge."""
        for key in keys:
            if key in "12345" and not self.page.locator("dialog[open]").count():
                self.page.locator(".verdict.clean:enabled").wait_for()
            self.page.keyboard.press(key)

    def verdicts(self) -> list[str]:
        """What the server has kept, in order."""
        return [self.server.kept[lease]["verdict"] for lease in self.server.order]


@contextmanager
def review_page(
    browser: Browser, server: FakeServer | None = None, theme: str = "light", **options: Any
) -> Iterator[ReviewPage]:
    """A stage over a server; nothing may go wrong on it."""
    context = browser.new_context(**{"viewport": {"width": 1100, "height": 700}, **options})
    context.set_default_timeout(8000)
    review = ReviewPage(context, server or FakeServer(), theme)
    try:
        yield review
        assert [said for said in review.complaints if "Failed to load resource" not in said] == []
    finally:
        context.close()
