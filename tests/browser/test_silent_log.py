"""What the real server writes to the terminal, over a dataset whose every text is a secret."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from explorer.server.hand_over import private_page, remove
from explorer.trace.schema import TABLES

pytestmark = pytest.mark.browser
SECRET = "canary-7f31"
SERVE = "import sys, pathlib, explorer.server as s; s.serve(pathlib.Path(sys.argv[1]), open_browser=False)"
OWN = "office-0000000000000001"
KEYS = {"session_id", "frame_id", "frame_before_id", "frame_after_id", "format"}


def secret_row(table: str, **columns: Any) -> dict[str, Any]:
    """A row with the secret in each text column, those included that want one of a few words."""
    texts = {c.name: f"{SECRET} {c.name}" for c in TABLES[table].columns if c.type == "VARCHAR"}
    return {name: text for name, text in texts.items() if name not in KEYS} | {"session_id": OWN} | columns


def write(root: Path, dataset_of: Callable[..., Path], frame_row: Callable[..., Any]) -> Path:
    frame = frame_row(OWN, 0, seq=0)
    return dataset_of(
        root,
        sessions=[secret_row("sessions", started_day=10**9, duration_us=-5, task_score=1e308)],
        displays=[secret_row("displays", start_us=0, width_px=10, height_px=10)],
        moves=[secret_row("moves", seq=1, t_us=-7)],
        events=[secret_row("events", seq=2, t_us=2**62), secret_row("events", seq=3, t_us=5, kind="click")],
        steps=[secret_row("steps", step=0, seq=4, t_us=2**62)],
        frames=[secret_row("frames") | frame],
    )


def paths() -> list[str]:
    queries = ("sessions/list", "sessions/facts", "sessions/steps", "quality/session_report", SECRET)
    return [
        "/", f"/?search={SECRET}", f"/sessions?search={SECRET}&to=0001-01-01", "/sessions?from=9999-12-31&source=x",
        f"/session?id={OWN}",
        f"/session?id={SECRET}", f"/task?id={SECRET}+task_id", f"/frame/{SECRET}", f"/frame/{OWN}-0000000",
        *(f"/queries?name={name}&session_id={OWN}" for name in queries),
    ]  # fmt: skip


def test_no_text_of_the_dataset_reaches_the_terminal(
    browser: Browser, tmp_path: Path, dataset_of: Callable[..., Path], frame_row: Callable[..., Any]
) -> None:
    root = write(tmp_path / "set", dataset_of, frame_row)
    log = tmp_path / "stderr.txt"
    with log.open("w") as stderr:
        program = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(root)],
            stdout=subprocess.PIPE, stderr=stderr, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        assert program.stdout is not None
        try:
            address = next(line.strip() for line in program.stdout if "http://" in line)
            visit(browser, address)
        finally:
            program.terminate()
            said = program.stdout.read()
            program.wait(timeout=15)
            program.stdout.close()
    assert "token=" not in log.read_text()
    assert SECRET not in said + log.read_text()


def visit(browser: Browser, address: str) -> None:
    """Go through the key's file as a browser is told to, then to every page until it stands still."""
    page = browser.new_page()
    file = private_page(address)
    page.goto(file.as_uri())
    page.get_by_role("heading", name="Overview").wait_for()
    remove(file)
    assert "token" not in page.url
    for path in paths():
        page.goto(address.partition("/?")[0] + path)
        if "/frame/" not in path:
            page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
            time.sleep(0.3)
    page.close()
