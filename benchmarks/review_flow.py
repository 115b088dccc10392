"""Whole reviews in real Chromium, as a user does them: the sample, its fixed twin, and the sample fixed in its place.

`python -m benchmarks.review_flow FOLDER` scans each, plans at 1 % and 95 % on the page (the last by the way that the
page leads after a fix), lets a second person give the number, judges every item by keyboard and drags as the answer key
has it, reads the answer on the page, downloads the report and has `trace-explorer review verify` count it again.
Pictures of the pages and reports stay in FOLDER. Ends with 1 where the sample does not fail, the others do not pass, or
a report is not accepted.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from benchmarks.page import busy, chromium, served
from explorer.engine import open_engine
from explorer.resources import sample_dataset
from explorer.review import Judged, open_reviews
from tests.browser.review_reader import Reader, View, answers
from tests.sample_data.fixed_twin import found_in_texts, make_twin, planted

LOOKS: tuple[tuple[str, Any, int, int], ...] = (
    ("light-wide", "light", 1440, 1900), ("dark-wide", "dark", 1440, 900),
    ("light-narrow", "light", 390, 844), ("dark-narrow", "dark", 390, 3400),
)  # fmt: skip
expect.set_options(timeout=60_000)


class Flow:
    """One dataset, from the empty page to the checked report."""

    def __init__(self, browser: Browser, root: Path, folder: Path, name: str) -> None:
        self.browser, self.root, self.folder, self.name = browser, root, folder, name
        self.page = browser.new_page(viewport={"width": 1440, "height": 900})
        self.page.set_default_timeout(60_000)
        self.shots: set[str] = set()

    def shot(self, what: str, page: Page | None = None, *, is_full: bool = True) -> None:
        """Keep how it looks."""
        (page or self.page).screenshot(path=self.folder / f"{self.name}-{what}.png", full_page=is_full)

    def fill(self, label: str, value: str) -> None:
        field = self.page.get_by_role("textbox", name=label, exact=True)
        field.fill(value)
        field.press("Tab")

    def to_form(self, address: str, follows: str) -> None:
        """The form of a new plan, or of one that follows another after a fix."""
        page = self.page
        if not follows:
            page.goto(f"{address}review")
            page.get_by_role("button", name="New plan").click()
            return
        page.goto(f"{address}review?plan={follows}")
        page.get_by_role("heading", name="After a fix").wait_for()
        page.get_by_text("Yes", exact=True).click()
        page.get_by_text("it led to the fix").wait_for()
        self.shot("0-after-fix")
        page.get_by_role("button", name="Plan what follows").click()
        page.get_by_role("heading", name="Plan after a fix").wait_for()

    def plan(self, address: str, follows: str) -> str:
        """Commit to a plan at what the form offers, 1 % and 95 %, and start it; its id."""
        page = self.page
        self.to_form(address, follows)
        page.locator(".st-key-plan_curve .js-plotly-plot").wait_for()
        self.shot("1-form")
        self.fill("Your name, as it will stand in the log", "Ada")
        page.get_by_role("button", name="Commit to this plan").click()
        page.get_by_role("heading", name="Start with a second person").wait_for()
        self.shot("2-commitment")
        self.fill("Name of the second person", "Bo")
        self.fill("Their number", "4711")
        page.get_by_role("button", name="Start", exact=True).click()
        page.get_by_role("heading", name="Work").wait_for()
        self.shot("3-started")
        return page.url.partition("plan=")[2].partition("&")[0]

    def read(self, plan_id: str, sees: Callable[[Judged], View]) -> int:
        """Judge every item; how many."""
        with closing(open_engine(self.root)) as engine, closing(open_reviews(engine)) as reviews:
            reader = Reader(self.page, reviews, plan_id, sees)
            reader.watching = self.watch
            self.page.get_by_role("button", name="Review", exact=True).click()
            self.page.locator("#who").wait_for()
            self.shot("4-who")
            reader.begin("Ada")
            judged_n = reader.work()
            self.shot("7-nothing-left", is_full=False)
            self.page.keyboard.press("Enter")
            assert judged_n == len(reader.items), "every item was judged"
            return judged_n

    def watch(self, item: Judged, when: str) -> None:
        """Keep pictures of the first leaks that are drawn."""
        kind = f"5-{item.planted.leak if item.planted else item.kind}-{when}"
        if (when == "shown" and not item.planted) or kind in self.shots or len(self.shots) > 12:
            return
        self.shots.add(kind)
        self.shot(kind, is_full=False)

    def finish(self) -> str:
        """End the plan and read the answer."""
        page = self.page
        page.get_by_text("Everything is judged").wait_for()
        self.shot("8-to-finish")
        self.fill("Your name, as it will stand in the log", "Ada")
        page.get_by_role("button", name="Finish").click()
        answer = page.locator(".st-key-review_answer")
        answer.wait_for()
        page.get_by_role("heading", name="Moments behind the verdicts").wait_for()
        self.looks(page.url, "9-answer")
        return answer.inner_text()

    def looks(self, address: str, what: str) -> None:
        """The page as others see it."""
        for name, scheme, width, height in LOOKS:
            page = self.browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto(address)
            page.locator(".st-key-review_answer").wait_for(timeout=60_000)
            page.locator(".st-key-review_plan").wait_for(timeout=60_000)
            page.wait_for_timeout(2000)
            self.shot(f"{what}-{name}", page)
            page.close()

    def report(self) -> tuple[Path, Mapping[str, Any]]:
        """The report as it is downloaded."""
        way = self.folder / f"{self.name}-report.json"
        for name, file in (("Report to verify (JSON)", way), ("Report", way.with_suffix(".html"))):
            with self.page.expect_download(timeout=120_000) as started:
                self.page.get_by_role("button", name=name, exact=True).click()
            file.write_bytes(Path(started.value.path()).read_bytes())
        return way, json.loads(way.read_text("utf-8"))


def told(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the program's own command."""
    return subprocess.run(
        [sys.executable, "-m", "explorer", *words], capture_output=True, text=True, check=False
    )


@dataclass(frozen=True)
class Case:
    """A dataset, what its key says of it, and the plan that a fix of it followed."""

    name: str
    root: Path
    key: list[dict[str, Any]]
    follows: str = ""


def review(browser: Browser, folder: Path, case: Case) -> tuple[str, str]:
    """A whole review: PASS, FAIL or UNDECIDED, and the plan. Raises AssertionError where anything does not agree."""
    told("rollup", str(case.root))
    told("scan", str(case.root), "--jobs", "1")
    began = time.monotonic()
    with served(case.root) as address:
        flow = Flow(browser, case.root, folder, case.name)
        plan_id = flow.plan(address, case.follows)
        judged_n = flow.read(plan_id, answers(case.key))
        answer = flow.finish()
        file, report = flow.report()
        flow.page.close()
    print(f"{case.name}: {judged_n} items judged in {time.monotonic() - began:.0f} s; {busy()}")
    print(f"  page: {answer}")
    part = next(one for one in report["plans"] if one["plan_id"] == plan_id)
    outcome = agrees(part["estimate"], case.key)
    assert answer.startswith(outcome)
    signer = told("review", "key", str(case.root)).stdout.strip()
    checked = told("review", "verify", str(file), "--key", signer, "--dataset", str(case.root))
    file.with_suffix(".verified.txt").write_text(checked.stdout + checked.stderr)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    print(f"  verify: {checked.stderr.strip().splitlines()[-1]}")
    return outcome, plan_id


def agrees(estimate: Mapping[str, Any], key: list[dict[str, Any]]) -> str:
    """The outcome of a report's estimate; AssertionError where its bounds, or those of a channel, miss the key."""
    bounds = estimate["decision"]["bounds"]
    least_n, most_n = bounds["leaks_lo_n"], bounds["leaks_hi_n"]
    leaking_n = len({frame for one in key for frame in one["frame_ids"]})
    print(f"  key: {leaking_n} of {bounds['moments_n']} moments leak; estimate {least_n} to {most_n}")
    assert least_n <= leaking_n <= most_n, "the estimate agrees with the key"
    for one in estimate["channels"]:
        own_n = len({frame for leak in key if leak["channel"] == one["name"] for frame in leak["frame_ids"]})
        assert one["bounds"]["leaks_lo_n"] <= own_n <= one["bounds"]["leaks_hi_n"], one["name"]
    return str(estimate["decision"]["outcome"])


def datasets(folder: Path) -> tuple[Path, Path]:
    """The twin, and the twin under the sample's own name: the sample as a fix in its place leaves it."""
    twin, fixed = folder / "twin", folder / "fixed"
    if not twin.exists():
        make_twin(twin, found_in_texts(sample_dataset()))
    if not fixed.exists():
        shutil.copytree(twin, fixed)
        named = json.loads((sample_dataset() / "dataset.json").read_bytes())["dataset_id"]
        document = json.loads((fixed / "dataset.json").read_bytes())
        (fixed / "dataset.json").write_text(json.dumps({**document, "dataset_id": named}))
    return twin, fixed


def main() -> int:
    """Review all; 1 where an outcome is another than the key says."""
    folder = Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["XDG_STATE_HOME"] = str(folder / "state")
    twin, fixed = datasets(folder)
    with chromium() as browser:
        failed, plan_id = review(browser, folder, Case("office", sample_dataset(), planted()))
        passed, _ = review(browser, folder, Case("twin", twin, []))
        after, _ = review(browser, folder, Case("fixed", fixed, [], follows=plan_id))
    print({"office": failed, "twin": passed, "fixed in its place": after})
    return 0 if (failed, passed, after) == ("FAIL", "PASS", "PASS") else 1


if __name__ == "__main__":
    sys.exit(main())
