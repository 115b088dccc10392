"""A real Chromium, and the real server as a program of its own, ended by its process id."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from explorer.resources import sample_dataset
from explorer.widgets.assets import assets

HERE = Path(__file__).resolve().parent
SERVE = (
    "import json, pathlib, sys, explorer.server as s;"
    "s.serve(pathlib.Path(sys.argv[1]), open_browser=False, **json.loads(sys.argv[2]))"
)
LIMIT_MS = 20_000
# Streamlit looks for its own folder below a deep link first; the answers are 404 by design.
_PAGES = "sessions session queries task replay heatmaps shortcuts findings review"
OWN_PROBES = tuple(f"/{page}/_stcore/" for page in _PAGES.split())


@pytest.fixture(scope="session")
def small() -> ModuleType:
    """The module that writes the small dataset."""
    path = HERE.parent / "server" / "small_dataset.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@contextmanager
def _served(root: Path, **options: object) -> Iterator[str]:
    program = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(root), json.dumps(options)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert program.stdout is not None
    try:
        lines = []
        for line in program.stdout:
            lines.append(line)
            if "http://" in line:
                yield line.strip()
                break
        else:
            pytest.fail("the server did not start:\n" + "".join(lines))
    finally:
        program.terminate()
        program.wait(timeout=15)
        program.stdout.close()


@pytest.fixture(scope="session")
def served() -> Callable[[Path], Any]:
    """Serve a dataset: the context gives the address that is printed. Options are those of serve: port, mapping."""
    return _served


@pytest.fixture(scope="session")
def stepped_root(
    dataset_of: Callable[..., Path], frame_row: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Sessions with steps, and tasks with several attempts."""
    path = HERE.parent / "server" / "stepped_dataset.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    root: Path = module.write(tmp_path_factory.mktemp("stepped") / "set", dataset_of, frame_row)
    return root


@pytest.fixture(scope="session")
def office_address() -> Iterator[str]:
    """Address of a server that shows the sample dataset."""
    (HERE / "shots").mkdir(exist_ok=True)
    with _served(sample_dataset()) as address:
        yield address


@contextmanager
def _watched(browser: Browser, refusals: tuple[str, ...] = (), **options: Any) -> Iterator[Page]:
    """A page in a browser of its own; at the end nothing may have left this computer or been refused by the policy.

    Addresses that hold one of `refusals` may answer that something cannot be done.
    """
    context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
    context.set_default_timeout(LIMIT_MS)
    requests: list[str] = []
    complaints: list[str] = []
    dialogs: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    page = context.new_page()
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    bad: list[str] = []
    page.on("response", lambda answer: bad.append(answer.url) if answer.status >= 400 else None)
    try:
        yield page
    finally:
        context.close()
    away = [
        url
        for url in requests
        if urlsplit(url).scheme in ("http", "https", "ws") and _host(url) != "127.0.0.1"
    ]
    assert not away
    assert not dialogs
    assert [url for url in bad if not any(probe in url for probe in (*OWN_PROBES, *refusals))] == []
    assert [text for text in complaints if "Failed to load resource" not in text] == []


def _host(url: str) -> str | None:
    return urlsplit(url).hostname


@pytest.fixture(scope="session")
def watched() -> Callable[..., Any]:
    """A page that is watched for requests, dialogs, refusals by the policy and errors."""
    return _watched


PLAYER_MODULES = ("clock", "machine", "events", "session", "grouping", "axis", "keys", "geometry")
PLAYER_PRELUDE = """async (names) => {
  const found = await Promise.all(names.map((name) => import(`/player/${name}.js`)))
  const core = Object.assign({}, ...found)
  core.buffer = (bytes) => Uint8Array.from(bytes).buffer
  core.sessionOf = ({ about, chunks }, only = null) => {
    const session = new core.Session(about)
    chunks.forEach((bytes, place) => {
      if (!only || only.includes(place)) session.add(core.decodeChunk(core.buffer(bytes), place))
    })
    return session
  }
  window.run = (text, given) => {
    const scope = { ...core, ...given }
    return new Function(...Object.keys(scope), text)(...Object.values(scope))
  }
}"""


@pytest.fixture(scope="session")
def player_core(browser: Browser) -> Iterator[Callable[..., Any]]:
    """The player's pure modules in a page of their own: runs JavaScript with their exports, and given values, in scope.

    `sessionOf(made, only)` makes a Session of what player_chunks.session gives, of all chunks or of those named.
    """
    page = browser.new_page()
    files = assets().files

    def answer(route: Any) -> None:
        path = urlsplit(route.request.url).path.removeprefix("/")
        content, media_type = files.get(path, (b"<!doctype html>", "text/html"))
        route.fulfill(body=content, content_type=media_type)

    page.route("**/*", answer)
    page.goto("http://127.0.0.1:1/")
    page.evaluate(PLAYER_PRELUDE, PLAYER_MODULES)

    def run(text: str, **given: Any) -> Any:
        # As JSON: Playwright packs every number of a list one by one, and chunks are lists of many thousand bytes.
        return page.evaluate(
            "([text, given]) => window.run(text, JSON.parse(given))", [text, json.dumps(given)]
        )

    yield run
    page.close()
