"""After a fix: what changed is looked at again, a spent sample does not speak again, and nothing can be hidden."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from explorer.engine import open_engine
from explorer.errors import ParameterError, PlanChanged, ReviewRefused
from explorer.measures.leak_bounds import hypergeometric_upper
from explorer.review import Judged, Reviews, Stratum, Terms, open_reviews
from explorer.review import sentences as words
from explorer.review.after_fix import after_fix
from explorer.review.changes import Kept
from explorer.review.estimate import estimate
from explorer.review.plan import ABANDONED
from explorer.review.report import report_of, written
from explorer.review.report_html import page_of
from explorer.review.report_rows import asked
from explorer.review.verify import verify

from . import signed_reports as made
from .conftest import DatasetOf, judge, kept_scan, started
from .fixes import CHANGED, FLAGGED, TERMS, FrameRow, findings, fixed, read
from .said import again, clean, flagged, item, plan, reading
from .signed_reports import Report, subject

REST_N, DRAWN_N = 60, 20


def kept(*rows: tuple[str, str]) -> Kept:
    """Moments with their units, none flagged."""
    ids, units = ([row[at] for row in rows] for at in (0, 1))
    marks = np.zeros(len(rows), bool)
    names = {"moment_id": ids, "session_id": ids, "unit_id": units, "is_flagged": marks}
    return Kept(pa.table(names))


def test_what_is_as_it_was_has_the_same_id_and_the_same_look() -> None:
    before = kept(("a", "1"), ("b", "2"), ("c", "3"), ("d", "4"), ("e", "5"))
    # b looks like a now, c and d changed places, e is gone, f looks like nothing, g like what e was.
    now = kept(("a", "1"), ("b", "1"), ("c", "4"), ("d", "3"), ("f", "6"), ("g", "5")).rows
    assert before.as_it_was(now).tolist() == [True, False, False, False, False]
    # a is reviewed again too: it looks like b, and one look has one verdict.
    assert before.touched(now).tolist() == [True, True, True, True, True, True]
    found = after_fix(plan(flagged_n=0, rest_n=5, drawn_n=0), [], before, now, False)
    assert (found.unchanged_n, found.changed_n, found.new_n, found.gone_n) == (1, 3, 2, 1)
    assert (found.in_full_n, found.in_full_units_n, found.rest_n) == (6, 5, 0)


def test_nothing_changed() -> None:
    before = kept(("a", "1"), ("b", "1"))
    found = after_fix(plan(flagged_n=0, rest_n=2, drawn_n=0), [], before, before.rows, True)
    assert found.is_same
    assert (found.unchanged_n, found.in_full_n, found.in_full_units_n, found.rest_n) == (2, 0, 0, 2)
    assert "nothing changed since" in words.changed_since(found)
    assert "nothing to review in full" in words.next_plan(found)
    gone = after_fix(plan(flagged_n=0, rest_n=2, drawn_n=0), [], before, before.rows.slice(0, 0), True)
    assert (gone.gone_n, gone.rest_n, gone.is_same) == (2, 0, False)


def _judged(*others: Judged) -> list[Judged]:
    """A clean sample of DRAWN_N, in which these stand for as many clean ones, and a flagged leak."""
    items = [replace(one, moments=(one.item_id,)) for one in clean(range(DRAWN_N - len(others)))]
    return [*items, *others, flagged("f", [reading("leak")], moments=("f-0",))]


def _leaf(verdict: str) -> Judged:
    return item("x", [reading(verdict)] if verdict else [], moments=("x",))


def _of(*, changed: str = "", **given: Any) -> tuple[Any, tuple[str, ...]]:
    """What is told of a sample, with one moment changed."""
    own = plan(flagged_n=1, rest_n=REST_N, drawn_n=DRAWN_N, **given.pop("terms", {}))
    judged = given.pop("judged", _judged())
    own = replace(own, **given.pop("became", {}))
    ids = [f"i{at}" for at in range(REST_N - 1)] + ["x", "f-0"]
    before = kept(*((one, one) for one in ids))
    before = Kept(before.rows.set_column(3, "is_flagged", pa.array([one == "f-0" for one in ids])))
    now = kept(*((one, "other" if one == changed else one) for one in ids if one != given.get("gone"))).rows
    found = after_fix(own, judged, before, now, given.get("is_prompted", False))
    return found, found.sample.reasons


SPENT: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "a leak": (("leak",), {"judged": _judged(_leaf("leak"))}),
    "somebody was unsure": (("doubt",), {"judged": _judged(_leaf("unsure"))}),
    "a picture was broken": (("doubt",), {"judged": _judged(_leaf("broken"))}),
    "a repetition found it": (("leak",), {"judged": [*_judged(), again("i3", [reading("leak")])]}),
    "an item was not judged": (("unfinished",), {"judged": _judged(_leaf(""))}),
    "the plan was given up": (("unfinished",), {"became": {"state": ABANDONED}}),
    "a drawn moment changed": (("changed",), {"changed": "i3"}),
    "a drawn moment is gone": (("changed",), {"gone": "i3"}),
    "it led to the fix": (("prompted",), {"is_prompted": True}),
    "nobody said": (("undeclared",), {"is_prompted": None}),
    "all at once": (("leak", "changed", "prompted"),
                    {"judged": _judged(_leaf("leak")), "changed": "x", "is_prompted": True}),
}  # fmt: skip


@pytest.mark.parametrize("name", SPENT)
def test_a_sample_that_may_not_speak_again(name: str) -> None:
    reasons, given = SPENT[name]
    found, told = _of(**dict(given))
    assert told == reasons
    assert not found.sample.is_valid
    assert found.sample.most_n is None
    assert "no longer counts" in words.earlier_sample(found.sample)
    assert "{" not in words.earlier_sample(found.sample)


@pytest.mark.parametrize(("changed", "part_n"), [("", REST_N), ("i40", REST_N - 1), ("f-0", REST_N)])
def test_a_sample_without_a_leak_still_speaks_of_what_is_as_it_was(changed: str, part_n: int) -> None:
    """A leak in what was flagged does not spend it, nor does a change of what was not drawn."""
    found, reasons = _of(changed=changed)
    assert reasons == ()
    assert (found.sample.part_n, found.sample.drawn_n) == (part_n, DRAWN_N)
    assert found.sample.most_n == hypergeometric_upper(0, DRAWN_N, REST_N, 0.025)
    said = words.earlier_sample(found.sample)
    assert f"at most {found.sample.most_n} leak at 97.5 % confidence." in said
    assert "never on the earlier sample" in words.next_plan(found)


def test_a_peekable_sample_is_what_was_judged() -> None:
    items = [replace(one, moments=(one.item_id,)) for one in clean(range(DRAWN_N))]
    rest = [item(f"i{at}", [], moments=(f"i{at}",)) for at in range(DRAWN_N, REST_N - 1)]
    given = {"terms": {"is_peekable": True}, "judged": [*_judged()[-1:], *items, *rest]}
    found, reasons = _of(changed="i50", **given)
    assert (reasons, found.sample.drawn_n, found.sample.changed_n) == ((), DRAWN_N, 0)
    assert found.sample.open_n == REST_N - 1 - DRAWN_N
    assert _of(changed="i5", **given)[1] == ("changed",)


@pytest.mark.parametrize("is_peekable", [False, True])
def test_leaks_in_what_changed_count_one_by_one(is_peekable: bool) -> None:
    own = plan(
        flagged_n=1, rest_n=REST_N, drawn_n=REST_N if is_peekable else DRAWN_N, is_peekable=is_peekable
    )
    own = replace(own, strata=(own.strata[0], Stratum("changed", 3, 3, True), own.strata[1]), moments_n=64)
    changed = [
        item("c1", [reading("leak")], moments=("c1", "c2"), kind="changed", stratum="changed", same_n=0),
        item("c3", [reading()], moments=("c3",), kind="changed", stratum="changed"),
    ]
    got = estimate(own, [*_judged(), *changed])
    assert [(one.name, one.drawn_n, one.leaks_n) for one in got.strata][:2] == [
        ("flagged", 1, 1),
        ("changed", 3, 2),
    ]
    assert got.decision.bounds.leaks_lo_n == 3
    [rest] = [one.bounds for one in got.strata if one.name == "rest"]
    assert got.decision.bounds.leaks_hi_n == 3 + rest.leaks_hi_n
    # The checks had flagged one of three leaks that are known.
    assert got.recall is not None
    assert (got.recall.flagged_n, got.recall.leaks_n, got.recall.rate) == (1, 3, pytest.approx(1 / 3))
    assert (got.recall.rate_lo, got.recall.rate_hi) == (1 / (1 + 2 + rest.leaks_hi_n), pytest.approx(1 / 3))


# --- a dataset, its fix, and the plan that follows


@pytest.fixture(scope="module")
def fixed_root(tmp_path_factory: pytest.TempPathFactory, dataset_of: DatasetOf, frame_row: FrameRow) -> Path:
    return fixed(tmp_path_factory.mktemp("fixed") / "set", dataset_of, frame_row)


@pytest.fixture(scope="module")
def followed(
    small_root: Path, fixed_root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Reviews, Report, str]]:
    """Reviews of the fixed dataset, the report on the plan that follows, and the id of the plan before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        with closing(open_engine(small_root)) as engine, closing(open_reviews(engine)) as reviews:
            first = read(
                reviews, started(reviews, TERMS), lambda number: "leak" if number % 4 == 1 else "clean"
            )
        with closing(open_engine(fixed_root)) as engine, closing(open_reviews(engine)) as reviews:
            kept_scan(engine, findings())
            terms = replace(
                TERMS,
                lineage_id=first.lineage_id,
                follows=first.plan_id,
                is_prompted=True,
                repeated_share=0.1,
            )
            asked = reviews.after_fix(first.plan_id, lineage_id=first.lineage_id)
            assert asked.sample.reasons[0] == "leak"
            second = read(reviews, started(reviews, terms))
            yield reviews, json.loads(written(report_of(reviews, second.plan_id))), first.plan_id


@pytest.fixture
def report(followed: Any) -> Report:
    return copy.deepcopy(followed[1])


def test_what_changed_is_a_stratum_of_its_own_and_reviewed_in_full(followed: Any) -> None:
    reviews, report, first_id = followed
    own = reviews.plan(report["plan_id"])
    assert [(one.name, one.moments_n, one.is_census) for one in own.strata] == [
        ("flagged", 2, True), ("changed", 3, True), ("rest", 91, False),
    ]  # fmt: skip
    assert (own.attempt, own.terms.follows, own.terms.is_prompted) == (2, first_id, True)
    judged = reviews.judged(own.plan_id)
    for kind, moments in (("flagged", FLAGGED), ("changed", CHANGED)):
        assert {moment for one in judged if one.kind == kind for moment in one.moments} == set(moments)
        assert {one.stratum for one in judged if one.kind == kind} == {kind}
    random = [one for one in judged if one.kind == "random"]
    assert sum(one.moments_n for one in random) == own.rest.sampled_n < 91
    assert not {one for item in random for one in item.moments} & {*FLAGGED, *CHANGED}
    decision = subject(report)["estimate"]["decision"]
    assert (decision["outcome"], decision["bounds"]["moments_n"]) == ("PASS", 96)


def test_page_and_report_say_what_the_fix_changed(followed: Any) -> None:
    reviews, report, first_id = followed
    after = subject(report)["estimate"]["after_fix"]
    counts = [
        after[f"{name}_n"] for name in ("unchanged", "changed", "new", "gone", "in_full", "in_full_units")
    ]
    assert counts == [93, 2, 1, 1, 4, 3]
    assert after["sample"]["reasons"][0] == "leak"
    assert "prompted" in after["sample"]["reasons"]
    told = reviews.after_fix(first_id, is_prompted=True)
    assert list(words.after_a_fix(told)) == after["said"]
    page = page_of(report)
    assert f"follows plan {first_id[:8]}, whose sample led to the fix" in page
    assert "2 changed, 1 new, 1 gone; 93 as they were" in page


def test_a_later_attempt_that_follows_none_says_so() -> None:
    own = plan(flagged_n=0, rest_n=REST_N, drawn_n=DRAWN_N)
    assert "After a fix" not in dict(asked(own))
    assert dict(asked(replace(own, attempt=2)))["After a fix"].startswith("follows no plan")


def test_the_report_is_accepted(followed: Any) -> None:
    reviews, report, _ = followed
    found = verify(written(report), public_key=reviews.signer().public_key, reviews=reviews)
    assert {check.outcome for check in found.checks} == {"confirmed"}
    assert any("4 are all that changed" in check.said for check in found.checks)


# --- tampering: whoever does it signs all again with the true key


Change = Callable[[Report], Any]


def _first(report: Report) -> dict[str, Any]:
    return next(one for one in report["plans"] if one["plan_id"] != report["plan_id"])


def _moment(plan: dict[str, Any], moment_id: str) -> list[Any]:
    return next(row for row in plan["moments"] if row[0] == moment_id)


def _mark(moment_id: str, value: bool) -> Change:
    return lambda report: _moment(subject(report), moment_id).__setitem__(4, value)


def _terms(**values: Any) -> Change:
    return lambda report: made.change_terms(subject(report), lambda terms: terms.update(values))


def _choice(**values: Any) -> Change:
    return lambda report: made.change_terms(subject(report), lambda terms: terms["terms"].update(values))


def _hidden(report: Report) -> None:
    """A changed moment goes to the rest, and all that names it is made to fit."""
    plan = subject(report)
    for moment_id in CHANGED[:2]:
        _moment(plan, moment_id)[4] = False
    ids = [row[0] for row in plan["moments"] if row[4]]

    def change(terms: dict[str, Any]) -> None:
        terms["changed_sha256"] = made.sha256_hex("\n".join(ids))
        terms["strata"][1].update(moments_n=1, sampled_n=1)
        terms["strata"][2].update(moments_n=93)

    made.change_terms(plan, change)


def _as_it_was(report: Report) -> None:
    """The earlier population is made to look as if nothing had changed in one moment."""
    _moment(_first(report), CHANGED[1])[1] = _moment(subject(report), CHANGED[1])[1]


def _no_stratum(report: Report) -> None:
    def change(terms: dict[str, Any]) -> None:
        del terms["strata"][1]
        terms["strata"][1]["moments_n"] = 94

    made.change_terms(subject(report), change)


def _follows_none(report: Report) -> None:
    """As if no plan had been followed."""

    def change(terms: dict[str, Any]) -> None:
        del terms["terms"]["follows"], terms["terms"]["is_prompted"], terms["changed_sha256"]
        del terms["strata"][1]
        terms["strata"][1]["moments_n"] = 94

    plan = subject(report)
    made.change_terms(plan, change)
    plan["moments"] = [row[:4] for row in plan["moments"]]
    del plan["estimate"]["after_fix"]


def _stratum(at: int, **values: Any) -> Change:
    return lambda report: made.change_terms(subject(report), lambda terms: terms["strata"][at].update(values))


def _figure(*path: str, value: Any) -> Change:
    def change(report: Report) -> None:
        at = subject(report)["estimate"]["after_fix"]
        for name in path[:-1]:
            at = at[name]
        at[path[-1]] = value

    return change


def _items(change: Callable[[list[Any]], list[Any]]) -> Change:
    def act(report: Report) -> None:
        plan = subject(report)
        plan["items"] = json.dumps(change(json.loads(plan["items"])), separators=(",", ":"))
        digest = made.sha256_hex(plan["items"])
        made.change_row(plan, "started", lambda said: said.update(items_sha256=digest))

    return act


def _first_has_no_end(report: Report) -> None:
    plan = _first(report)
    plan["log"] = [row for row in plan["log"] if row[0] != "finished"]


# Which check sees it at least, whether or not everything was chained again.
SEEN_BY = {
    "no plan is followed": "draw",
    "an item of the stratum is gone": "draw",
    "an item of the stratum is a random one": "draw",
    "the fix was not prompted": "figures",
    "nobody said what prompted it": "figures",
    "fewer moments changed": "figures",
    "the earlier sample stays valid": "figures",
    "other words": "figures",
}
HIDDEN: dict[str, Change] = {
    "a changed moment is not marked": _mark(CHANGED[1], False),
    "a new moment is not marked": _mark(CHANGED[2], False),
    "a moment that looks like a changed one is not marked": _mark(CHANGED[0], False),
    "a changed moment that is flagged is not marked": _mark(FLAGGED[0], False),
    "a moment is marked that did not change": _mark("s0-0000000", True),
    "a changed moment is hidden, and all that names it fits": _hidden,
    "a changed moment is gone": lambda report: subject(report)["moments"].remove(_moment(subject(report), CHANGED[2])),
    "the earlier moment looks as the changed one does": _as_it_was,
    "the stratum is gone": _no_stratum,
    "no plan is followed": _follows_none,
    "the stratum is not reviewed in full": _stratum(1, is_census=False),
    "less of the stratum is reviewed": _stratum(1, sampled_n=1),
    "the stratum has another name": _stratum(1, name=["changed"]),
    "the plan that is followed is itself": lambda report: _choice(follows=report["plan_id"])(report),
    "the plan that is followed is missing": _choice(follows="0" * 32),
    "the plan that is followed is a number": _choice(follows=7),
    "the plan that is followed is no earlier one": _terms(earlier=[]),
    "the plan that is followed has no end": _first_has_no_end,
    "the filter is another": _choice(filters={"app": "Mail"}),
    "the hash of what changed is another": _terms(changed_sha256="0" * 64),
    "the hash of what changed is gone": _terms(changed_sha256=None),
    "the fix was not prompted": _choice(is_prompted=False),
    "nobody said what prompted it": _choice(is_prompted=None),
    "an item of the stratum is gone": _items(lambda items: [one for one in items if one["moment_id"] != CHANGED[2]]),
    "an item of the stratum is a random one": _items(lambda items: [
        {**one, "kind": "random", "stratum": "rest"} if one["kind"] == "changed" else one for one in items]),
    "fewer moments changed": _figure("changed_n", value=1),
    "the earlier sample stays valid": _figure("sample", "reasons", value=[]),
    "other words": _figure("said", value=["All is well."]),
}  # fmt: skip


@pytest.mark.parametrize("name", HIDDEN)
@pytest.mark.parametrize("is_chained", [False, True])
def test_who_hides_a_changed_moment_is_seen(
    followed: Any, report: Report, name: str, is_chained: bool
) -> None:
    HIDDEN[name](report)
    if is_chained:
        for plan in report["plans"]:
            made.chain_again(plan)
    signer = followed[0].signer()
    made.sign_heads(report, signer.public_key, signer.sign)
    made.sign_whole(report, signer.public_key, signer.sign)
    found = verify(json.dumps(report), public_key=signer.public_key)
    seen = {check.name for check in found.checks if check.outcome == "failed"}
    by = SEEN_BY.get(name, "population")
    assert ("figures" if by == "figures" else f"plan 2 of 2: {by}") in seen


# --- a dataset that is fixed in its place


def test_after_a_fix_in_place_what_was_said_can_still_be_read(
    small_root: Path, tmp_path: Path, home: Path, dataset_of: DatasetOf, frame_row: FrameRow
) -> None:
    root = Path(shutil.copytree(small_root, tmp_path / "own"))
    with closing(open_engine(root)) as engine, closing(open_reviews(engine)) as reviews:
        first = read(reviews, started(reviews, TERMS))
        answer = estimate(first, reviews.judged(first.plan_id))
        same = reviews.after_fix(first.plan_id, is_prompted=False)
        assert (same.is_same, same.sample.is_valid) == (True, True)
        identity = (root / "dataset.json").read_bytes()
        shutil.rmtree(root)
        fixed(root, dataset_of, frame_row)
        (root / "dataset.json").write_bytes(identity)
        with pytest.raises(PlanChanged):
            reviews.judged(first.plan_id)
        assert estimate(first, reviews.recalled(first.plan_id)) == answer
        found = reviews.after_fix(first.plan_id, is_prompted=False)
        assert (found.unchanged_n, found.changed_n, found.new_n, found.gone_n) == (93, 2, 1, 1)
        drawn = {moment for one in reviews.recalled(first.plan_id) for moment in one.moments}
        assert found.sample.changed_n == len(drawn & {"s1-0000000", "s2-0000005", "s7-0000011"})
        assert found.sample.is_valid is (found.sample.changed_n == 0)
        draft = reviews.draft(replace(TERMS, follows=first.plan_id, is_prompted=False))
        assert [one.moments_n for one in draft.strata] == [0, 4, 92]


# --- what cannot be followed


def test_what_cannot_be_followed_is_refused(reviews: Reviews) -> None:
    first = started(reviews, TERMS)
    follows = replace(TERMS, follows=first.plan_id, is_prompted=False)
    with pytest.raises(ReviewRefused, match="before it was started and ended"):
        reviews.draft(follows)
    with pytest.raises(ReviewRefused, match="before it was started and ended"):
        reviews.after_fix(first.plan_id)
    reviews.abandon(first.plan_id, actor="Ana", reason="leak_found")
    assert reviews.draft(follows).strata[1].moments_n == 0
    with pytest.raises(ReviewRefused, match="other sessions"):
        reviews.commit(replace(follows, filters={"app": "Mail"}), planner="Ana")
    with pytest.raises(ParameterError, match="no such plan"):
        reviews.draft(replace(follows, follows="0" * 32))
    waiting = reviews.commit(TERMS, planner="Ana")
    reviews.abandon(waiting.plan_id, actor="Ana", reason="mistake")
    with pytest.raises(ReviewRefused, match="before it was started"):
        reviews.draft(replace(follows, follows=waiting.plan_id))
    assert [one.plan_id for one in reviews.plans()] == [first.plan_id, waiting.plan_id]


@pytest.mark.parametrize("given", [{"follows": "0" * 32}, {"is_prompted": True}])
def test_who_follows_has_to_say_what_prompted_the_fix(given: dict[str, Any]) -> None:
    with pytest.raises(ParameterError, match="led to the fix"):
        Terms(**given)


def test_terms_without_a_fix_are_written_as_before_and_others_come_back() -> None:
    assert "follows" not in TERMS.as_json()
    own = replace(TERMS, follows="0" * 32, is_prompted=False)
    assert (own.as_json()["follows"], own.as_json()["is_prompted"]) == ("0" * 32, False)


def test_what_changed_waits_until_a_plan_reviewed_all_of_it(
    small_root: Path, fixed_root: Path, home: Path
) -> None:
    """A plan that followed and stopped before its end is not followed: what it left would never be looked at."""
    with closing(open_engine(small_root)) as engine, closing(open_reviews(engine)) as reviews:
        first = started(reviews, TERMS)
        reviews.abandon(first.plan_id, actor="Ana", reason="leak_found")
    with closing(open_engine(fixed_root)) as engine, closing(open_reviews(engine)) as reviews:
        terms = replace(TERMS, lineage_id=first.lineage_id, follows=first.plan_id, is_prompted=True)
        second = started(reviews, terms)
        judge(reviews.queue(second.plan_id, "Cleo"))
        reviews.finish(second.plan_id, actor="Ana")
        with pytest.raises(ReviewRefused, match="was not reviewed to its end"):
            reviews.draft(replace(terms, follows=second.plan_id))
        third = read(reviews, started(reviews, terms))
        assert third.attempt == 3
        assert reviews.draft(replace(terms, follows=third.plan_id)).strata[1].moments_n == 0
        # All that was said is in the report, and the waiting of the second one does not harm the third.
        assert verify(written(report_of(reviews, third.plan_id))).is_accepted
