"""A page that holds nothing but the stage of the player, with pictures made by the test."""

from __future__ import annotations

import base64
import importlib.util
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, BrowserContext

from explorer.widgets.assets import assets

HERE = "http://127.0.0.1:1/"
THEMES = {
    "light": ("#FFFFFF", "#F5F6F8", "#1B1F24", "#DFE2E6"),
    "dark": ("#111418", "#1A1E24", "#E4E7EB", "#2A3038"),
}
STRIP_PX = 32
FRAME_COLUMNS = ("id", "t_us", "width", "height", "left", "top", "scale_x", "scale_y")
MASK_COLUMNS = ("frame", "left", "top", "width", "height", "entity", "method", "score")
# The session comes as JSON: Playwright packs every number of a list one by one.
OPEN = """async (made) => {
  const { about, chunks } = JSON.parse(made)
  const load = (name) => import(`/player/${name}.js`)
  const [{ Session }, { decodeChunk }, { createFrames }, { createStage }] =
    await Promise.all(['session', 'events', 'frames', 'stage'].map(load))
  window.stage?.destroy()
  window.pictures?.close()
  window.session = new Session(about)
  for (const bytes of chunks) session.add(decodeChunk(Uint8Array.from(bytes).buffer))
  window.pictures = createFrames({ urlOf: (i) => `/frame/${about.frames.id[i]}`, frames_n: about.frames.id.length })
  window.stage = createStage(document.getElementById('root'), { about, session, frames: pictures })
}"""
# The document as it was before the first test changed it: no stage, no names of a test's own, nothing scrolled.
REMEMBER = (
    "() => { window.first = { body: document.body.cloneNode(true) }; first.names = Object.keys(window) }"
)
FORGET = """() => {
  window.stage?.destroy()
  window.pictures?.close()
  for (const name of Object.keys(window)) if (!first.names.includes(name)) delete window[name]
  document.body.replaceWith(first.body.cloneNode(true))
  scrollTo(0, 0)
}"""
READ = """(name) => {
  const canvas = document.querySelector(`canvas.${name}`)
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
  let text = ''
  for (let at = 0; at < data.length; at += 32768) text += String.fromCharCode(...data.subarray(at, at + 32768))
  return [canvas.width, canvas.height, btoa(text)]
}"""


def module(name: str) -> ModuleType:
    """A module that lies beside the tests."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


CHUNKS = module("player_chunks")


def session(rows: Any, windows: Any = (), **parts: Any) -> Any:
    """A session of one chunk, with what `told` says about it."""
    return CHUNKS.session(rows, windows=[windows] if windows else (), **told(**parts))


def png(picture: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    """A picture as the bytes of a file."""
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def columns(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, list[Any]]:
    """Rows as columns."""
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def told(
    *, displays: Sequence[Sequence[Any]] = (), frames: Sequence[Sequence[Any]] = (),
    masks: Sequence[Sequence[Any]] = (), **other: Any,
) -> dict[str, Any]:  # fmt: skip
    """Parts of a session's description that the stage reads. Displays: id, left, top, width, height, start, end;
    and True where the size is a guess."""
    return {
        "displays": [
            {"id": name, "left": left, "top": top, "width": width, "height": height, "is_estimated": bool(guess),
             "start_us": start_us, "end_us": end_us}
            for name, left, top, width, height, start_us, end_us, *guess in displays
        ],
        "frames": columns(FRAME_COLUMNS, frames), "masks": columns(MASK_COLUMNS, masks),
        "frames_reason": None if frames else "not_recorded", "actor": "human",
    } | other  # fmt: skip


class StagePage:
    """The stage on a page: what it is given, and what it drew."""

    def __init__(self, context: BrowserContext, size: tuple[int, int], theme: str) -> None:
        self.page = page = context.new_page()
        self.complaints: list[str] = []
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (self.complaints.append("dialog"), dialog.dismiss()))
        page.route("**/*", self._answer)
        ground, soft, text, line = THEMES[theme]
        style = (f"color-scheme: {theme}; --st-background-color: {ground}; --st-secondary-background-color: {soft};"
                 f"--st-text-color: {text}; --st-border-color: {line}; --st-primary-color: #1F6FEB;"
                 "--st-link-color: #1B62D1; --st-font: sans-serif")  # fmt: skip
        self.html = (f"<!doctype html><html lang=en style='{style}'><title>Stage</title>"
                     "<link rel=stylesheet href=/player/stage.css><body style='margin: 0'><main>"
                     f"<div id=root style='width: {size[0]}px; height: {size[1] + STRIP_PX}px'></div>")  # fmt: skip
        self._clear()
        page.goto(HERE)
        page.evaluate(REMEMBER)

    def begin(self) -> None:
        """As if nothing had been on this page before; the player's modules stay loaded."""
        self.page.evaluate(FORGET)
        self.page.mouse.move(0, 0)
        self._clear()

    def _clear(self) -> None:
        self.answers: dict[str, bytes | int] = {}
        self.asked: list[str] = []
        self.held: list[Any] = []
        self.is_holding = False
        self.complaints.clear()

    def _answer(self, route: Any) -> None:
        path = urlsplit(route.request.url).path.removeprefix("/")
        if path.startswith("frame/"):
            self.asked.append(path.removeprefix("frame/"))
            if self.is_holding:
                self.held.append(route)
            else:
                self._picture(route)
            return
        content, media_type = assets().files.get(path, (self.html.encode(), "text/html"))
        route.fulfill(body=content, content_type=media_type)

    def _picture(self, route: Any) -> None:
        found = self.answers.get(urlsplit(route.request.url).path.removeprefix("/frame/"), 404)
        if found == 0:
            route.abort()
        elif isinstance(found, int):
            route.fulfill(status=found, body="")
        else:
            route.fulfill(body=found, content_type="image/png")

    def let_go(self) -> None:
        """Answer what was held back, and hold nothing back any more."""
        self.is_holding = False
        for route in self.held:
            self._picture(route)
        self.held.clear()

    def open(self, made: Mapping[str, Any], answers: Mapping[str, bytes | int] | None = None) -> None:
        """Show a session that player_chunks.session made; `answers` are bytes or a status by frame id, 0: none."""
        self.answers = dict(answers or {})
        self.page.evaluate(OPEN, json.dumps(made))

    def draw(self, t_us: float, **options: Any) -> None:
        """Draw a moment, wait until its picture is there or has failed, and draw it with that."""
        self.page.evaluate("([t_us, options]) => stage.draw(t_us, options)", [t_us, options])
        self.page.wait_for_function("!stage.isWaiting || (stage.redraw(), false)")
        self.page.evaluate("(t_us) => stage.draw(t_us)", t_us)

    def read(self, canvas: str) -> Image.Image:
        """Pixels of a canvas: ground or over."""
        width, height, data = self.page.evaluate(READ, canvas)
        return Image.frombytes("RGBA", (width, height), base64.b64decode(data))

    def run(self, call: str, given: Any = None) -> Any:
        """Run JavaScript with `stage`, `session` and `pictures` in scope."""
        return self.page.evaluate(call, given)

    def text(self, selector: str) -> str:
        """Text of a part of the stage, empty while it is hidden."""
        part = self.page.locator(selector)
        return (part.text_content() or "") if part.is_visible() else ""


# Pages that wait for the next test that wants one like them: a window of Chromium costs more than most tests do in it.
_waiting: dict[Any, StagePage] = {}
WAITING_N = 4


@contextmanager
def stage_page(
    browser: Browser, size: tuple[int, int] = (800, 500), theme: str = "light", **options: Any
) -> Iterator[StagePage]:
    """A stage whose screen is `size` CSS pixels large, as if on a page of its own; nothing may go wrong on it."""
    kind = (browser, size, theme, *sorted(options.items()))
    stage = _waiting.pop(kind, None)
    if stage:
        stage.begin()
    else:
        viewport = {"width": size[0], "height": size[1] + STRIP_PX}
        stage = StagePage(browser.new_context(**{"viewport": viewport, **options}), size, theme)
    try:
        yield stage
        assert [text for text in stage.complaints if "Failed to load resource" not in text] == []
    except BaseException:
        stage.page.context.close()
        raise
    _waiting[kind] = stage
    if len(_waiting) > WAITING_N:
        _waiting.pop(next(iter(_waiting))).page.context.close()
