"""`python -m tests.every_kind.look FOLDER -o SHOTS`: one finding of each kind and channel, listed and in the replay.

FOLDER is a dataset that was scanned. Each picture is to be looked at: is the place shown, is it plain what is meant?
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from benchmarks.page import chromium, served

SETTLED_MS = 900


def kinds_of(page: Page, address: str) -> list[str]:
    """Kinds of which something was found, and what could not be read."""
    page.goto(f"{address}findings")
    page.locator(".findings .row").first.wait_for()
    ways = page.locator(".facet.kind a").evaluate_all("all => all.map((one) => new URL(one.href).search)")
    rest = page.evaluate("fetch('findings/rows.json').then((answer) => answer.json())")
    return sorted(
        {*(way.split("kind=")[1] for way in ways), *(row["kind"] for row in rest["rows"]), "unread"}
    )


def look_at(page: Page, address: str, kind: str, shots: Path) -> None:
    """Pictures of the kind's list, and of the first finding of each of its channels, here and in the replay."""
    page.goto(f"{address}findings?kind={kind}")
    page.locator(".findings .row").first.wait_for()
    listed: list[dict[str, Any]] = page.evaluate(
        "(kind) => fetch(`findings/rows.json?kind=${kind}`).then((answer) => answer.json())", kind
    )["rows"]
    first: dict[tuple[str, str], int] = {}
    for at, row in enumerate(listed):
        first.setdefault(
            (row["channel"], row["reason"] if kind in ("unread", "length_told") else row["check"]), at
        )
    for at in first.values():
        page.goto(f"{address}findings?kind={kind}")
        row = page.locator(f"#finding-{at}")
        row.click()
        page.wait_for_timeout(SETTLED_MS)
        name = f"{kind}-{at}-{listed[at]['channel']}"
        page.screenshot(path=shots / f"{name}-1-findings.png")
        if listed[at]["href"]:
            page.goto(f"{address}{listed[at]['href']}")
            page.locator(".player .head .found span").wait_for()
            page.wait_for_timeout(SETTLED_MS)
            page.screenshot(path=shots / f"{name}-2-replay.png")


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(prog="python -m tests.every_kind.look", description=__doc__)
    parser.add_argument("folder", type=Path, help="a dataset that was scanned")
    parser.add_argument("-o", "--shots", type=Path, required=True, help="folder for the pictures")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--size", default="1440x900", help="of the window (1440x900)")
    parser.add_argument("--kinds", nargs="*", help="these alone")
    args = parser.parse_args()
    args.shots.mkdir(parents=True, exist_ok=True)
    width, height = map(int, args.size.split("x"))
    with served(args.folder) as address, chromium() as browser:
        page = browser.new_page(color_scheme=args.theme, viewport={"width": width, "height": height})
        for kind in args.kinds or kinds_of(page, address):
            look_at(page, address, kind, args.shots)
            print(kind, flush=True)


if __name__ == "__main__":
    main()
