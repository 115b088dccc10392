"""A report is accepted as it was written, and no copy is that was tampered with."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest

from explorer.engine import open_engine
from explorer.errors import ReviewError
from explorer.resources import sample_dataset
from explorer.review.draw import sha256_of
from explorer.review.report import written
from explorer.review.verify import verify

from . import signed_reports as made
from .signed_reports import Report, subject

Change = Callable[[Report], Any]


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield made.reviewed(sample_dataset())


@pytest.fixture
def report(reviewed: Any) -> Report:
    return copy.deepcopy(reviewed[1])


def failed(report: Report, **known: Any) -> set[str]:
    """Names of the checks that fail."""
    return {check.name for check in verify(json.dumps(report), **known).checks if check.outcome == "failed"}


def test_a_report_is_accepted_and_says_what_it_could_not_confirm(report: Report) -> None:
    found = verify(written(report))
    assert found.is_accepted
    assert {check.name for check in found.checks if check.outcome == "not checked"} == {
        "signing key", "dataset and store",
    }  # fmt: skip


def test_with_key_and_dataset_all_is_confirmed(reviewed: Any) -> None:
    reviews, report = reviewed
    found = verify(written(report), public_key=reviews.signer().public_key, reviews=reviews)
    assert {check.outcome for check in found.checks} == {"confirmed"}


def test_no_text_of_the_dataset_is_in_a_report(reviewed: Any) -> None:
    text = written(reviewed[1])
    with closing(open_engine(sample_dataset())) as engine:
        rows = engine.run("scan/texts", {"first_session_id": "", "last_session_id": "~"})
        apps = engine.run("collection/apps")["app"].to_pylist()
    # A number of an order may stand in a hash by chance.
    texts = {one for one in rows["text"].to_pylist() if len(one) > 3 and not one.isdigit()}
    assert len(texts) > 100
    assert not [one for one in (*texts, *apps) if one in text]


# --- tampering: each is seen although whoever did it signed all heads and the whole report anew with the true key


def _verdict(to: str, at: int = 0) -> Change:
    def change(said: dict[str, Any]) -> None:
        said.update(verdict=to, spots=[] if to == "clean" else said["spots"])

    return lambda report: made.change_row(subject(report), "verdict", change, at)


def _said(kind: str, **values: Any) -> Change:
    return lambda report: made.change_row(subject(report), kind, lambda said: said.update(values))


def _spots(**values: Any) -> Change:
    """The first leak with a spot of these values, or without one."""
    spots = [{"channel": "frame", "verdict": "leak", **values}] if values else []
    return lambda report: made.change_row(
        subject(report), "verdict", lambda said: said.update(spots=spots), 1
    )


def _terms(**values: Any) -> Change:
    return lambda report: made.change_terms(subject(report), lambda terms: terms.update(values))


def _choice(**values: Any) -> Change:
    return lambda report: made.change_terms(subject(report), lambda terms: terms["terms"].update(values))


def _rows(change: Callable[[list[Any]], Any]) -> Change:
    return lambda report: change(subject(report)["log"])


def _moments(change: Callable[[list[Any]], Any]) -> Change:
    return lambda report: change(subject(report)["moments"])


def _items(change: Callable[[list[Any]], Any]) -> Change:
    def act(report: Report) -> None:
        plan = subject(report)
        items = json.loads(plan["items"])
        change(items)
        plan["items"] = json.dumps(items, separators=(",", ":"))

    return act


def _items_and_hash(change: Callable[[list[Any]], Any]) -> Change:
    """The hash at the start is made to fit; the log is chained again by whoever does this."""

    def act(report: Report) -> None:
        _items(change)(report)
        plan = subject(report)
        digest = sha256_of(plan["items"].encode())
        made.change_row(plan, "started", lambda said: said.update(items_sha256=digest))
        made.chain_again(plan)

    return act


def _estimate(**values: Any) -> Change:
    return lambda report: subject(report)["estimate"]["decision"].update(values)


def _chained(change: Change) -> Change:
    """The same, with every row hashed again from row 1."""

    def act(report: Report) -> None:
        change(report)
        made.chain_again(subject(report))

    return act


def _without_plan(report: Report) -> None:
    report["plans"] = [subject(report)]


def _without_plan_and_its_name(report: Report) -> None:
    _without_plan(report)
    made.change_terms(subject(report), lambda terms: terms.update(earlier=[]))
    made.chain_again(subject(report))


def _first_plan(change: Callable[[dict[str, Any]], Any]) -> Change:
    return lambda report: change(next(one for one in report["plans"] if one["plan_id"] != report["plan_id"]))


def _cut(rows_n: int) -> Change:
    return _rows(lambda rows: rows.__delitem__(slice(len(rows) - rows_n, None)))


def _swap(rows: list[Any]) -> None:
    at = next(at for at, row in enumerate(rows) if row[0] == "verdict")
    rows[at], rows[at + 1] = rows[at + 1], rows[at]


def _twice(rows: list[Any]) -> None:
    rows.insert(5, list(rows[4]))


def _drop(kind: str, at: int = 0) -> Change:
    return _rows(lambda rows: rows.remove([row for row in rows if row[0] == kind][at]))


SEEN_BY_COUNTING: dict[str, Change] = {
    "a leak becomes clean": _verdict("clean", 1),
    "the second leak becomes clean": _verdict("clean", 11),
    "a verdict becomes unsure": _verdict("unsure"),
    "a verdict is of another item": _said("verdict", item_id="0" * 16),
    "a verdict took no time": _said("verdict", spent_ms=0),
    "a verdict has another role": _said("verdict", role="adjudicator"),
    "a leak is of another severity": _spots(severity="quasi"),
    "a leak has no place": _spots(),
    "the reader is somebody else": _rows(lambda rows: rows[5].__setitem__(2, "Eve")),
    "the planner gave the number": _chained(_rows(lambda rows: rows[1].__setitem__(2, "ada"))),
    "one reader read an item twice": _chained(_rows(lambda rows: rows.insert(-1, [*rows[4][:3], "k", rows[4][4], ""]))),
    "the time is another": _rows(lambda rows: rows[5].__setitem__(1, 0)),
    "the key of a row is another": _rows(lambda rows: rows[5].__setitem__(3, "lease-x")),
    "two rows are swapped": _rows(_swap),
    "a row stands twice": _rows(_twice),
    "a verdict is gone": _drop("verdict"),
    "a leak is gone": _drop("verdict", 1),
    "the undo is gone": _drop("undo"),
    "a batch was never closed": _drop("batch_closed"),
    "the start is gone": _drop("started"),
    "the commitment is gone": _drop("committed"),
    "a row is of another kind": _rows(lambda rows: rows[4].__setitem__(0, "remark")),
    "another number was given": _said("started", number="4712"),
    "another seed was used": _said("started", seed="0" * 64),
    "another seed, chained again": _chained(_said("started", seed="0" * 64)),
    "another number, chained again": _chained(_said("started", number="4712")),
    "the target is higher": _terms(target_rate=0.2),
    "the target is higher, chained again": _chained(_choice(target_rate=0.2)),
    "the confidence is lower": _choice(confidence=0.8),
    "the confidence is lower, chained again": _chained(_choice(confidence=0.8)),
    "the attempt is the first": _terms(attempt=1),
    "the attempt is the first, chained again": _chained(_terms(attempt=1, alpha=0.025)),
    "the population is smaller": _terms(moments_n=10),
    "the plan is another's": _chained(_terms(plan_id="0" * 32)),
    "the lineage is another": _chained(_terms(lineage_id="other")),
    "a moment is gone": _moments(lambda moments: moments.pop()),
    "a moment is new": _moments(lambda moments: moments.append(["x", "y", "z", False])),
    "a moment looks like another": _moments(lambda moments: moments[0].__setitem__(1, moments[1][1])),
    "a moment is of another session": _moments(lambda moments: moments[0].__setitem__(2, "other")),
    "a moment is flagged": _moments(lambda moments: moments[0].__setitem__(3, True)),
    "an item is gone": _items(lambda items: items.pop()),
    "an item is gone, and its hash": _items_and_hash(lambda items: items.pop()),
    "the order is another": _items(lambda items: items.reverse()),
    "the order is another, and its hash": _items_and_hash(lambda items: items.reverse()),
    "an item stands for more": _items_and_hash(lambda items: items[0]["moments"].append("x")),
    "a planted item is a drawn one": _items_and_hash(lambda items: next(
        one for one in items if one["kind"] == "planted").update(kind="random", stratum="rest")),
    "the outcome is PASS": _estimate(outcome="PASS"),
    "the outcome is FAIL": _estimate(outcome="FAIL"),
    "a figure is gone": lambda report: subject(report)["estimate"].popitem(),
    "a figure is new": _estimate(bonus=1),
    "there are no figures": lambda report: subject(report).update(estimate=None),
    "a plan is missing": _without_plan,
    "an earlier plan's terms are others": _first_plan(
        lambda plan: made.change_terms(plan, lambda terms: terms.update(planner="Eve"))
    ),
    "an earlier plan was never started": _first_plan(lambda plan: plan.update(log=plan["log"][:1], signatures=[])),
    "an earlier plan is another": _first_plan(lambda plan: plan.update(plan_id="1" * 32)),
}  # fmt: skip


@pytest.mark.parametrize("name", SEEN_BY_COUNTING)
def test_what_counting_again_sees_whoever_signs(reviewed: Any, report: Report, name: str) -> None:
    SEEN_BY_COUNTING[name](report)
    signer = reviewed[0].signer()
    made.sign_heads(report, signer.public_key, signer.sign)
    made.sign_whole(report, signer.public_key, signer.sign)
    assert failed(report, public_key=signer.public_key)


# What fits in itself is seen by the key alone: whoever has no key cannot make it, whoever has it can.
FITTING: dict[str, Change] = {
    "nothing but the signatures": lambda report: None,
    "a leak becomes clean, all counted and chained again": _verdict("clean", 1),
    "all times are others": _rows(lambda rows: [row.__setitem__(1, row[1] + 1) for row in rows]),
    "the end is gone": _drop("finished"),
    "the tail is cut by ten rows": _cut(10),
    "the tail is cut to the start": _rows(lambda rows: rows.__delitem__(slice(2, None))),
    "an earlier plan's log is cut": _first_plan(lambda plan: plan["log"].pop()),
    "an earlier plan is left out as if it had never been": _without_plan_and_its_name,
}


@pytest.mark.parametrize("name", FITTING)
def test_what_is_chained_again_from_row_1_has_not_the_key(reviewed: Any, report: Report, name: str) -> None:
    FITTING[name](report)
    made.chain_again(subject(report))
    public, sign = made.other_key()
    made.sign_heads(report, public, sign)
    made.sign_whole(report, public, sign)
    assert "signing key" in failed(report, public_key=reviewed[0].signer().public_key)


@pytest.mark.parametrize("name", [*SEEN_BY_COUNTING, *list(FITTING)[1:]])
def test_a_copy_that_nobody_signed_is_rejected(report: Report, name: str) -> None:
    {**SEEN_BY_COUNTING, **FITTING}[name](report)
    assert "report" in failed(report)


def test_more_than_fifty_copies_are_rejected() -> None:
    assert len(SEEN_BY_COUNTING) + len(FITTING) - 1 >= 50


def test_with_the_store_even_the_keeper_of_the_key_is_seen(reviewed: Any, report: Report) -> None:
    reviews = reviewed[0]
    FITTING["a leak becomes clean, all counted and chained again"](report)
    made.chain_again(subject(report))
    made.count_again(report)
    signer = reviews.signer()
    made.sign_heads(report, signer.public_key, signer.sign)
    made.sign_whole(report, signer.public_key, signer.sign)
    assert failed(report, public_key=signer.public_key) == set()
    assert failed(report, public_key=signer.public_key, reviews=reviews) == {"store: logs"}


# --- what is no report


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "1e999", '"x"', "[" * 100_000, '{"format": "other"}', "\x00", '{"format": NaN}'],
)
def test_what_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(ReviewError):
        verify(text)


def test_a_report_that_says_a_thing_twice_is_refused(report: Report) -> None:
    text = written(report)
    twice = text.replace('"outcome": ', '"outcome": "PASS", "outcome": ', 1)
    assert twice != text
    for one in (twice, '{"plans": [],' + text.lstrip().removeprefix("{")):
        assert json.loads(one)["plans"] == report["plans"], "the last saying is the signed one"
        with pytest.raises(ReviewError, match="is no report"):
            verify(one)


def test_a_report_of_a_newer_version_is_refused(report: Report) -> None:
    with pytest.raises(ReviewError, match="another version"):
        verify(json.dumps({**report, "version": 2}))


def test_any_value_of_another_type_is_refused_or_rejected(report: Report) -> None:
    report["plans"][0]["moments"] = report["plans"][0]["moments"][:3]
    places = list(_leaves(report, ()))
    assert len(places) > 300
    for path in places[:: len(places) // 60]:
        for value in (None, 0, "\ud800", [], {}, 1e300):
            changed = copy.copy(report)
            _put(changed, path, value)
            try:
                found = verify(json.dumps(changed))
            except ReviewError:
                continue
            assert not found.is_accepted, path


def _leaves(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    yield from (found for name, one in list(inner)[:40] for found in _leaves(one, (*path, name)))
    if path:
        yield path


def _put(report: Any, path: tuple[Any, ...], value: Any) -> None:
    """Put a value at a place of a shallow copy, and leave the original as it is."""
    at = report
    for name in path[:-1]:
        at[name] = copy.copy(at[name])
        at = at[name]
    at[path[-1]] = value
