"""Two readers who disagree, each in a browser of their own, an adjudicator, and what the answer makes of both."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from explorer.engine import open_engine
from explorer.review import Judged, Plan, Reviews, Terms, open_reviews

from .review_reader import Reader, Seen, View

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)
TERMS = Terms(target_rate=0.3, planted_share=0, repeated_share=0, readers="two", census_from=None)
CLEAN, LEAK = View("clean"), View("leak", (Seen("", "PERSON"),))


@pytest.fixture(scope="module")
def root(small: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    written: Path = small.write(tmp_path_factory.mktemp("two") / "set", synthetic=True, sessions_n=4)
    return written


@pytest.fixture(scope="module")
def address(served: Callable[[Path], Any], root: Path) -> Iterator[str]:
    with served(root) as address:
        yield address


@pytest.fixture(scope="module")
def reviews(root: Path) -> Iterator[Reviews]:
    with closing(open_engine(root)) as engine, closing(open_reviews(engine)) as opened:
        yield opened


@pytest.fixture(scope="module")
def plan(reviews: Reviews) -> Plan:
    made = reviews.commit(TERMS, planner="Ada")
    return reviews.start(made.plan_id, number="4711", given_by="Bo")


def test_two_readers_disagree_and_a_third_person_decides(
    browser: Browser,
    watched: Callable[..., Any],
    address: str,
    reviews: Reviews,
    plan: Plan,
) -> None:
    doubted = reviews.judged(plan.plan_id)[1:3]
    both, one_alone = (one.item_id for one in doubted)

    def sees(leaks: set[str]) -> Callable[[Judged], View]:
        return lambda item: LEAK if item.item_id in leaks else CLEAN

    way = f"{address}review?plan={plan.plan_id}"
    for name, leaks in (("Cleo", {both, one_alone}), ("Dora", {both})):
        with watched(browser) as page:
            page.goto(f"{way}&do=reader")
            reader = Reader(page, reviews, plan.plan_id, sees(leaks))
            reader.begin(name)
            assert reader.work() == plan.items_n
            if name == "Cleo":
                expect(page.get_by_role("heading", name="Nothing is left for you here")).to_be_visible()
                # Nobody is both readers, by whatever letters the name is written.
                page.goto(f"{way}&do=reader")
                reader.begin("CLEO")
                expect(page.get_by_text("What is left needs another reader")).to_be_visible()
                page.goto(way)
                expect(page.get_by_text("Each is read by two people")).to_be_visible()
    with watched(browser) as page:
        page.goto(way)
        expect(page.get_by_text(f"2 of {plan.items_n} items left. An adjudicator decides")).to_be_visible()
        page.get_by_role("button", name="Adjudicate").click()
        third = Reader(page, reviews, plan.plan_id, sees(set()))
        # Who read an item does not decide on it.
        third.begin("Dora")
        expect(page.get_by_text("No leak, doubt or disagreement waits")).to_be_visible()
        page.goto(f"{way}&do=adjudicator")
        third.begin("Emil")
        assert third.work() == 4, "the two, and as many that both called clean"
        assert {both, one_alone} < set(third.judged)
        page.keyboard.press("Enter")
        expect(page.get_by_text("Everything is judged")).to_be_visible()
        page.get_by_role("textbox", name="Your name, as it will stand in the log").first.fill("Ada")
        page.get_by_role("button", name="Finish").click()
        leaks_n = sum(one.moments_n for one in doubted)
        answer = page.locator(".st-key-quiet_review_rests")
        expect(answer).to_contain_text(f"{plan.rest.sampled_n} drawn by chance, {leaks_n} leaks")
        expect(answer).to_contain_text(
            re.compile(r"After adjudication it would be PASS: At most \d+ of \d+ moments")
        )
        agreement = page.get_by_text(
            re.compile(rf"^{plan.items_n} items read by two, 2 a leak in either reading")
        )
        expect(agreement).to_contain_text(re.compile(r"positive agreement 0\.67 \(.*\), kappa 0\.\d\d \("))
