"""The office sample fails at 1 %, and its fixed twin passes: what the key says, judged by a reader who sees it all."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from explorer.engine import Engine, open_engine
from explorer.measures.review_decision import Decision, Found, Rules, decide
from explorer.measures.strata_bounds import StratumCount
from explorer.resources import sample_dataset
from explorer.review import Judged, Plan, Reviews, Terms, open_reviews
from explorer.scan.finding import Finding
from tests.sample_data.fixed_twin import found_in_texts, leaking_frames, make_twin, planted

from .conftest import kept_scan, started

TERMS = Terms(target_rate=0.01, confidence=0.95)


@pytest.fixture(scope="module")
def found() -> list[Finding]:
    return found_in_texts(sample_dataset())


@pytest.fixture(scope="module")
def twin(found: list[Finding], tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("office") / "twin"
    make_twin(root, found)
    return root


def test_the_twin_is_whole_and_nothing_of_the_key_is_left_in_it(twin: Path) -> None:
    assert found_in_texts(twin) == []
    with closing(open_engine(sample_dataset())) as old, closing(open_engine(twin)) as new:
        for one in planted():
            if one["channel"] == "frame":
                frames = [engine.frame(one["frame_ids"][0]) for engine in (old, new)]
                assert frames[0] is not None
                assert frames[1] is not None
                assert frames[0].sha256 != frames[1].sha256
        left = {row["session_id"]: row for row in new.run("review/sessions").to_pylist()}
        asked = [
            (one["session_id"], one["seq"], one["channel"]) for one in planted() if one["channel"] != "frame"
        ]
        for session_id, seq, channel in asked:
            assert session_id in left
            rows = [engine.run("review/event_rows", {"session_id": session_id, "seq": seq, "seq_end": seq}).to_pylist()
                    for engine in (old, new)]  # fmt: skip
            assert rows[0] != rows[1], channel


def judge_all(reviews: Reviews, plan: Plan, leaks: Callable[[Judged], bool]) -> None:
    """Verdicts on all items in one transaction, as a reader who sees everything gives them."""
    with reviews._ledger.store(plan.lineage_id).writing() as writing:
        writing.hold(plan.plan_id)
        for number, one in enumerate(reviews.judged(plan.plan_id)):
            verdict = "leak" if leaks(one) or one.planted else "clean"
            content = {"item_id": one.item_id, "lease_id": f"l{number}", "role": "reader", "batch_n": 1,
                       "verdict": verdict, "spots": [], "spent_ms": 1000}  # fmt: skip
            writing.append(plan.plan_id, "verdict", "Cleo", f"l{number}", content)


def decision(reviews: Reviews, plan: Plan) -> Decision:
    judged = reviews.judged(plan.plan_id)
    strata = []
    for stratum in plan.strata:
        own = [one for one in judged if one.stratum == stratum.name]
        leaks_n = sum(one.moments_n for one in own if any(r.verdict == "leak" for r in one.readings))
        assert sum(one.moments_n for one in own) == stratum.sampled_n
        strata.append(StratumCount(stratum.moments_n, stratum.sampled_n, leaks_n, leaks_n, stratum.is_census))
    put = [one for one in judged if one.planted]
    seen_n = sum(any(r.verdict == "leak" for r in one.readings) for one in put)
    terms = plan.terms
    return decide(
        Rules(terms.target_rate, terms.confidence, plan.attempt, bool(put)),
        Found(
            [one for one in strata if one.moments_n],
            0,
            len(put),
            seen_n,
            all(one.is_complete for one in judged),
        ),
    )


def reviewed(engine: Engine, leaking: set[str]) -> tuple[Plan, Decision]:
    with closing(open_reviews(engine)) as reviews:
        plan = started(reviews, TERMS)
        judge_all(reviews, plan, lambda one: bool(leaking & set(one.moments)))
        return plan, decision(reviews, plan)


def test_the_sample_fails_and_its_fixed_twin_passes(twin: Path, found: list[Finding], home: Path) -> None:
    with closing(open_engine(sample_dataset())) as engine:
        kept_scan(engine, found)
        plan, failed = reviewed(engine, leaking_frames())
    assert plan.strata[0].moments_n >= 15
    assert (failed.outcome, failed.reason) == ("FAIL", "too_many")
    assert failed.bounds.leaks_lo_n <= len(leaking_frames()) == 24 <= failed.bounds.leaks_hi_n
    with closing(open_engine(twin)) as engine:
        plan, passed = reviewed(engine, set())
    assert plan.strata[0].moments_n == 0
    assert plan.rest.sampled_n < plan.moments_n / 2
    assert (passed.outcome, passed.reason) == ("PASS", "below_target")
    assert passed.most_n <= passed.limit_n == 8


def test_the_twin_follows_the_sample_and_what_was_fixed_is_reviewed_in_full(
    twin: Path, found: list[Finding], home: Path
) -> None:
    with closing(open_engine(sample_dataset())) as engine, closing(open_reviews(engine)) as reviews:
        kept_scan(engine, found)
        first = started(reviews, TERMS)
        judge_all(reviews, first, lambda one: bool(leaking_frames() & set(one.moments)))
        first = reviews.finish(first.plan_id, actor="Ana")
    with closing(open_engine(twin)) as engine, closing(open_reviews(engine)) as reviews:
        after = reviews.after_fix(first.plan_id, is_prompted=True, lineage_id=first.lineage_id)
        assert (after.new_n, after.gone_n) == (0, 0)
        assert len(leaking_frames()) <= after.changed_n < 100
        assert after.unchanged_n + after.changed_n == first.moments_n
        assert "prompted" in after.sample.reasons
        terms = replace(TERMS, lineage_id=first.lineage_id, follows=first.plan_id, is_prompted=True)
        plan = started(reviews, terms)
        assert [one.name for one in plan.strata] == ["flagged", "changed", "rest"]
        assert plan.strata[1].moments_n == after.in_full_n
        in_full = {
            moment for one in reviews.judged(plan.plan_id) if one.kind == "changed" for moment in one.moments
        }
        assert leaking_frames() <= in_full
        judge_all(reviews, plan, lambda one: False)
        passed = decision(reviews, plan)
    assert (plan.attempt, passed.outcome, passed.reason) == (2, "PASS", "below_target")
    assert passed.most_n <= passed.limit_n == 8
