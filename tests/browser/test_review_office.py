"""The sample dataset fails on the page: the last items are read in the browser, leaks among them, and the report holds.

The whole review in the browser, item by item, and that of the fixed twin: `python -m benchmarks.review_flow FOLDER`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from explorer.engine import open_engine
from explorer.resources import sample_dataset
from explorer.review import Judged, Plan, Reviews, Terms, open_reviews
from explorer.review.verify import verify
from tests.review.conftest import kept_scan
from tests.sample_data.fixed_twin import found_in_texts, planted

from .review_reader import Reader, answers

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)
LEFT_N = 8


@pytest.fixture(scope="module")
def served_office(
    served: Callable[[Path], Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Reviews]]:
    """Address of the sample, and its reviews, in a state folder of their own with a scan of its texts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        with closing(open_engine(sample_dataset())) as engine, closing(open_reviews(engine)) as reviews:
            kept_scan(engine, found_in_texts(sample_dataset()))
            with served(sample_dataset()) as address:
                yield address, reviews


def judge_all_but_some(reviews: Reviews, plan: Plan) -> list[Judged]:
    """Verdicts of another reader, who knows the key too, in one transaction; the items that are left."""
    sees, items = answers(planted()), reviews.judged(plan.plan_id)
    views = {one.item_id: sees(one) for one in items}
    drawn = [one for one in items if any(place.box for place in views[one.item_id].places)]
    left = [*drawn[:2], *(one for one in items if views[one.item_id].verdict == "clean")][:LEFT_N]
    with reviews._ledger.store(plan.lineage_id).writing() as writing:
        writing.hold(plan.plan_id)
        for number, one in enumerate(items):
            if one in left:
                continue
            view = views[one.item_id]
            spots = [{"channel": place.channel, "severity": place.severity} for place in view.places]
            content = {"item_id": one.item_id, "lease_id": f"l{number}", "role": "reader", "batch_n": 1,
                       "verdict": view.verdict, "spots": spots, "spent_ms": 1000}  # fmt: skip
            writing.append(plan.plan_id, "verdict", "cleo", f"l{number}", content)
    return left


def test_the_sample_fails_on_the_page_and_its_report_is_accepted(
    browser: Browser, watched: Callable[..., Any], served_office: tuple[str, Reviews]
) -> None:
    address, reviews = served_office
    plan = reviews.commit(Terms(target_rate=0.01, confidence=0.95), planner="Ada")
    plan = reviews.start(plan.plan_id, number="4711", given_by="Bo")
    assert plan.strata[0].moments_n >= 15
    left = judge_all_but_some(reviews, plan)
    with watched(browser) as page:
        page.goto(f"{address}review?plan={plan.plan_id}")
        expect(page.get_by_text(f"{LEFT_N} of {plan.items_n} items left")).to_be_visible()
        page.get_by_role("button", name="Review", exact=True).click()
        reader = Reader(page, reviews, plan.plan_id, answers(planted()))
        reader.begin("Dora")
        assert reader.work() == LEFT_N
        assert set(reader.judged) == {one.item_id for one in left}
        page.keyboard.press("Enter")
        page.get_by_role("textbox", name="Your name, as it will stand in the log").first.fill("Ada")
        page.get_by_role("button", name="Finish").click()
        said = page.locator(".st-key-review_answer")
        expect(said).to_have_text(
            re.compile(
                r"FAIL: At least (1[5-9]|2[0-4]) of 894 moments leak at 97.5 % confidence; .* 1 % allows 8."
            )
        )
        expect(page.get_by_text("What now: the moments below show where it leaks")).to_be_visible()
        with page.expect_download() as started:
            page.get_by_role("button", name="Report to verify (JSON)", exact=True).click()
        text = Path(started.value.path()).read_text("utf-8")
    found = verify(text, public_key=reviews.signer().public_key, reviews=reviews)
    assert [check.said for check in found.checks if check.outcome != "confirmed"] == []
    readings = [reading for one in reviews.judged(plan.plan_id) for reading in one.readings]
    assert any(spot.width_px for one in readings if one.reader == "dora" for spot in one.spots), (
        "a place was drawn"
    )
