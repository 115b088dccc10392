"""The Review page as the script makes it: list, form, plan, answer; names are asked for and never in the address."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from explorer.review import Plan, Spot, Terms
from explorer.widgets.opened import reviews

LEAK = Spot("frame", entity="PASSWORD", severity="secret", reason="missed")
TERMS = Terms(target_rate=0.45, planted_share=0.0, repeated_share=0.2)


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_open: Path) -> None:
    """A state folder of the test's own, with no plan in it."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def said(app: AppTest) -> str:
    return "\n".join(str(text.value) for text in (*app.text, *app.title, *app.header))


def judged(terms: Terms = TERMS, spots: tuple[Spot, ...] = ()) -> Plan:
    """A plan with all its items judged: the first one a leak where spots are given, all others clean."""
    plan = reviews().commit(terms, planner="Ada")
    plan = reviews().start(plan.plan_id, number="1", given_by="Bo")
    queue, given = reviews().queue(plan.plan_id, "Ada"), spots
    while (served := queue.next(str(uuid4()))).state in ("item", "batch_full"):
        if served.lease_id is None:
            queue.close_batch()
            continue
        queue.answer(served.lease_id, "leak" if given else "clean", given, spent_ms=1000)
        given = ()
    return plan


def test_without_a_plan_it_says_what_a_review_is(page_of: Callable[..., AppTest]) -> None:
    app = page_of("review")
    assert "Nothing has been reviewed yet" in said(app)
    app.button(key="review_new").click().run()
    assert dict(app.query_params) == {"do": "new"}
    assert not app.exception


def test_the_form_tells_what_a_plan_would_mean_and_commits(page_of: Callable[..., AppTest]) -> None:
    app = page_of("review", do="new")
    assert "cannot pass, even if nothing leaks" in said(app) or "Passes a true" in said(app)
    app.number_input(key="plan_rate").set_value(45.0).run()
    assert re.search(r"Passes a true leak rate of [\d.]+ % in \d+ % of cases", said(app))
    assert "No scan has looked at this dataset" in said(app)
    assert "How long that takes is not known" in said(app)
    app.button(key="plan_commit").click().run()
    assert not app.exception
    assert not reviews().plans(), "nobody is named"
    app.text_input(key="plan_planner").set_value("Ada")
    app.number_input(key="plan_rate").set_value(40.0)
    app.button(key="plan_commit").click().run()
    (plan,) = reviews().plans()
    assert plan.terms.target_rate == 0.4, "what the button's own run was asked with"
    assert dict(app.query_params) == {"plan": plan.plan_id}
    assert plan.commitment in [code.value for code in app.code]


def test_a_second_person_starts_and_nobody_changes_it_afterwards(page_of: Callable[..., AppTest]) -> None:
    plan = reviews().commit(TERMS, planner="Ada")
    app = page_of("review", plan=plan.plan_id)
    app.text_input(key="start_name").set_value("Ada")
    app.text_input(key="start_number").set_value("7")
    app.button(key="start_go").click().run()
    assert reviews().plan(plan.plan_id).state == "committed"
    app.text_input(key="start_name").set_value("Bo")
    app.button(key="start_go").click().run()
    assert not app.exception
    assert reviews().plan(plan.plan_id).state == "started"
    assert "Hidden until the plan is finished" in said(app)
    assert "One-person mode" in said(app)
    app.text_input(key="abandon_name").set_value("Ada")
    app.button(key="abandon_go").click().run()
    assert reviews().plan(plan.plan_id).state == "abandoned"
    assert "UNDECIDED" in said(app)
    assert "start_go" not in [button.key for button in app.button]


def test_the_stage_gets_words_and_addresses_alone(
    page_of: Callable[..., AppTest], component: Callable[..., dict[str, Any]]
) -> None:
    plan = reviews().commit(TERMS, planner="Ada")
    reviews().start(plan.plan_id, number="1", given_by="Bo")
    data = component(page_of("review", plan=plan.plan_id, do="reader"), "review")
    assert (data["way"], data["role"]) == (f"review/{plan.plan_id}", "reader")
    assert [name for name, _, _ in data["verdicts"]] == ["clean", "leak", "over_redacted", "unsure", "broken"]
    assert "Ada" not in str(data)
    assert any("One-person mode" in line for line in data["welcome"])
    two = component(page_of("review", plan=plan.plan_id, do="adjudicator"), "review")
    assert any("as many that were called clean" in line for line in two["welcome"])


@pytest.mark.parametrize(
    ("spots", "outcome"),
    [((), "PASS"), ((LEAK,), "FAIL")],
)
def test_the_answer_comes_first_and_with_its_numbers(
    page_of: Callable[..., AppTest],
    component: Callable[..., dict[str, Any]],
    spots: tuple[Spot, ...],
    outcome: str,
) -> None:
    plan = judged(spots=spots)
    app = page_of("review", plan=plan.plan_id)
    assert "Everything is judged" in said(app)
    assert outcome not in said(app), "a fixed plan tells nothing before its end"
    app.text_input(key="finish_name").set_value("Ada")
    app.button(key="finish_go").click().run()
    assert not app.exception
    assert outcome in said(app)
    assert "not adjusted for looking at many" in said(app)
    rows = component(app, "review_moments")["rows"]
    assert [row[0] for row in rows] == ["leak"] * len(spots)
    assert all(row[3].startswith("replay?id=office-") for row in rows)
    listed = page_of("review")
    assert outcome in said(listed)


def test_a_leak_that_was_seen_beside_a_planted_one_is_listed(
    page_of: Callable[..., AppTest], component: Callable[..., dict[str, Any]]
) -> None:
    plan = reviews().commit(Terms(target_rate=0.45, planted_share=0.5, repeated_share=0), planner="Ada")
    plan = reviews().start(plan.plan_id, number="1", given_by="Bo")
    queue, planted = (
        reviews().queue(plan.plan_id, "Ada"),
        [one for one in reviews().judged(plan.plan_id) if one.planted],
    )
    store = reviews()._ledger.store(plan.lineage_id)
    while (served := queue.next(lease_id := str(uuid4()))).state in ("item", "batch_full"):
        if served.lease_id is None:
            queue.close_batch()
            continue
        lease = store.lease(plan.plan_id, lease_id)
        is_first = lease is not None and lease.item_id == planted[0].item_id
        queue.answer(
            lease_id, "leak" if is_first else "clean", [Spot("task")] if is_first else [], spent_ms=1000
        )
    reviews().finish(plan.plan_id, actor="Ada")
    (row,) = component(page_of("review", plan=plan.plan_id), "review_moments")["rows"]
    assert row[:3] == ["leak", "Leak", "Task · beside a planted leak, so in no rate"]
    assert row[3].startswith("replay?id=office-")


def test_a_peekable_plan_tells_at_any_time(page_of: Callable[..., AppTest]) -> None:
    plan = reviews().commit(Terms(target_rate=0.45, planted_share=0, is_peekable=True), planner="Ada")
    reviews().start(plan.plan_id, number="1", given_by="Bo")
    app = page_of("review", plan=plan.plan_id)
    assert not app.exception
    assert "UNDECIDED: " in said(app)
    assert "cannot be told yet" in said(app)


def test_an_unknown_plan_leads_back(page_of: Callable[..., AppTest]) -> None:
    app = page_of("review", plan="unknown")
    assert not app.exception
    assert [button.label for button in app.button] == ["All plans"]
