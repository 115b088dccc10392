"""The replay page as the tests handle it: ways to open it, to read its clock and its address."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

import explorer as tx
from explorer.resources import sample_dataset

# Whether the canvas has the pixels of its room: the browser may tell of a new one some frames later.
IS_SHARP = """async (canvas) => {
  const isSharp = () => canvas.clientWidth * devicePixelRatio === canvas.width
  for (let n = 0; n < 300 && !isSharp(); n += 1) await new Promise(requestAnimationFrame)
  return isSharp()
}"""


def office() -> dict[str, Any]:
    """A session of a person with several clicks, one of an agent at a task that was tried more than once."""
    with tx.open(sample_dataset()) as dataset:
        rows = dataset.run("sessions/list", limit_n=5000).to_pandas()
        people = rows[
            (rows.actor == "human") & (rows.clicks_n > 3) & (rows.shortcuts_n > 1) & (rows.frames_n > 5)
        ]
        person = people.session_id.iloc[0]
        tasks = dataset.run("sessions/tasks").to_pylist()
        task_id = next(
            task["task_id"] for task in tasks if task["agent_attempts_n"] and task["attempts_n"] > 1
        )
        attempts = dataset.run("sessions/attempts", task_id=task_id).to_pylist()
        events = dataset.run("replay/events", session_id=person).to_pylist()
        return {
            "person": person,
            "agent": next(row["session_id"] for row in attempts if row["actor"] == "agent"),
            "other": next(row["session_id"] for row in attempts if row["actor"] != "agent"),
            "clicks_us": sorted(
                row["t_us"] for row in events if row["kind"] == "click" and row["button"] == "left"
            ),
            "keys_us": sorted(row["t_us"] for row in events if row["kind"] == "shortcut"),
            "duration_us": int(rows[rows.session_id == person].duration_us.iloc[0]),
            "ids": rows.session_id.tolist(),
            "letters": letters(dataset, people.session_id.tolist()),
        }


def letters(dataset: tx.TraceDataset, session_ids: list[str]) -> tuple[str, int]:
    """A session in which letters were typed quickly that no redaction took away, and when one of them was."""
    for session_id in session_ids:
        rows = dataset.run("replay/events", session_id=session_id).to_pylist()
        keys = [row for row in rows if row["kind"] == "key_down"]
        for before, row in pairwise(keys):
            texts = [one["key"] or "" for one in (before, row) if not one["mods"]]
            if [len(text) for text in texts] == [1, 1] and row["t_us"] - before["t_us"] < 500_000:
                return session_id, row["t_us"]
    raise AssertionError("no session of the sample holds two letters in a row")


def go(page: Page, address: str, session_id: str, **moment: object) -> None:
    page.goto(
        f"{address}replay?id={session_id}" + "".join(f"&{name}={value}" for name, value in moment.items())
    )
    frame(page).first.wait_for()
    expect(page.locator(".list .count").first).to_have_text(re.compile(r"^\d"))


def frame(page: Page, state: str = "paused") -> Locator:
    return page.locator(f".player .deck[data-state={state}]")


def now_us(page: Page, side: int = 0) -> int:
    """What the clock of the controls says, to the hundredth."""
    minutes, seconds = (page.locator(".clock .time").nth(side).text_content() or "").split(":")[-2:]
    return int(minutes) * 60_000_000 + round(float(seconds) * 1e6)


def settled_us(page: Page, name: str = "t") -> int:
    """The moment that the address names, when it has come to be the one that the clock shows."""
    side = 0 if name == "t" else 1
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    for _ in range(100):
        found = parse_qs(urlsplit(page.url).query).get(name, ["-1"])[0]
        t_us = round(float(found) * 1000)
        if t_us // 10_000 == now_us(page, side) // 10_000:
            return t_us
        page.wait_for_timeout(50)
    raise AssertionError(f"{page.url} never came to {now_us(page, side)} us")


def comes_below(page: Page, most_us: int) -> None:
    """Waits until the clock shows less: a state is told before the clock is drawn anew."""
    for _ in range(100):
        if now_us(page) < most_us:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"the clock never came below {most_us} us")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def sent_by(page: Page) -> dict[str, int]:
    """Counts of what goes over the websocket from now on: a run of the script would be among it."""
    counts = {"sent": 0, "received": 0}

    def count(name: str) -> Callable[[Any], None]:
        return lambda _: counts.__setitem__(name, counts[name] + 1)

    def watch(socket: Any) -> None:
        socket.on("framesent", count("sent"))
        socket.on("framereceived", count("received"))

    page.on("websocket", watch)
    return counts


def about(page: Page, session_id: str) -> Any:
    return page.evaluate("id => fetch(`trace/${id}/about.json`).then((answer) => answer.json())", session_id)


def shot(name: str) -> Path:
    """Where a picture of a page is kept, to be looked at."""
    return Path(__file__).resolve().parent / "shots" / f"{name}.png"


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]
