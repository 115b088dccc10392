"""Queues: blind, without collisions, and every verdict kept once."""

from __future__ import annotations

import dataclasses
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from explorer.engine import open_engine
from explorer.errors import NoteRefused, ParameterError, ReviewRefused
from explorer.review import Plan, Reviews, Shown, Spot, Terms, open_reviews
from explorer.review import desk as desk_module
from explorer.review import queue as queue_module
from explorer.review.desk import LEASE_US
from explorer.store import review_rows

from .conftest import DatasetOf, judge, lease_id, rows_of, started

TERMS = Terms(target_rate=0.2, confidence=0.9, batch_size=5, planted_share=0, repeated_share=0.1)
TWO = replace(TERMS, readers="two")
PLANTED = replace(TERMS, planted_share=0.5)


@pytest.fixture
def plan(reviews: Reviews) -> Plan:
    return started(reviews, TERMS)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Moves the clock by so many microseconds."""
    moved = [0]
    real = review_rows.now_us

    def now() -> int:
        return real() + moved[0]

    for module in (review_rows, queue_module, desk_module):
        monkeypatch.setattr(module, "now_us", now)
    return lambda by_us: moved.__setitem__(0, moved[0] + by_us)


def test_a_reader_goes_through_all_items_once_in_batches(reviews: Reviews, plan: Plan) -> None:
    queue, seen = reviews.queue(plan.plan_id, "Cleo"), []
    while (kept := judge(queue)) is not None:
        seen.append(kept.row_n)
    progress = queue.progress()
    assert len(seen) == plan.items_n == progress.answered_n == progress.items_n
    assert progress.left_n == 0
    assert queue.next(lease_id()).state in ("done", "batch_full")
    judged = reviews.judged(plan.plan_id)
    assert all(one.is_complete and len(one.readings) == 1 for one in judged)
    batches = Counter(reading.batch_n for one in judged for reading in one.readings)
    assert set(batches.values()) <= {5, plan.items_n % 5}


def test_the_same_lease_gives_the_same_item_and_its_verdict_is_kept_once(
    reviews: Reviews, plan: Plan
) -> None:
    queue, lease = reviews.queue(plan.plan_id, "Cleo"), lease_id()
    served = queue.next(lease)
    assert queue.next(lease) == served
    shown = queue.shown(lease)
    kept = queue.answer(lease, "clean", spent_ms=900)
    again = reviews.queue(plan.plan_id, "Cleo").answer(lease, "clean", spent_ms=950)
    assert again == replace(kept, was_there=True)
    with pytest.raises(ReviewRefused, match="another verdict already"):
        queue.answer(lease, "leak", [Spot("frame")], spent_ms=900)
    with pytest.raises(ReviewRefused, match="judged already"):
        queue.next(lease)
    assert queue.shown(lease) == shown
    assert [row.kind for row in reviews.log(plan.plan_id)].count("verdict") == 1


def test_two_clicks_at_once_are_one_verdict(reviews: Reviews, plan: Plan) -> None:
    queue, lease = reviews.queue(plan.plan_id, "Cleo"), lease_id()
    queue.next(lease)
    kept: list[Any] = []
    threads = [
        threading.Thread(target=lambda: kept.append(queue.answer(lease, "clean", spent_ms=9)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({one.row_sha256 for one in kept}) == 1
    assert sorted(one.was_there for one in kept) == [False, True, True, True]


def test_items_ahead_are_lent_and_no_more_than_a_batch_has_room_for(reviews: Reviews, plan: Plan) -> None:
    queue = reviews.queue(plan.plan_id, "Cleo")
    leases = [lease_id() for _ in range(4)]
    assert [queue.next(one).state for one in leases] == ["item"] * 4
    assert queue.next(lease_id()).state == "waiting"
    items = [reviews._ledger.store(plan.lineage_id).lease(plan.plan_id, one) for one in leases]
    assert len({one.item_id for one in items if one}) == 4
    queue.release(leases[3])
    for one in leases[:3]:
        queue.answer(one, "clean", spent_ms=1)
    assert [queue.next(lease_id()).state for _ in range(3)] == ["item", "item", "waiting"]


def test_readers_never_have_the_same_item_and_together_judge_each_once(reviews: Reviews, plan: Plan) -> None:
    queues = [reviews.queue(plan.plan_id, name) for name in ("Cleo", "Dora", "Emil")]
    going = list(queues)
    while going:
        held = [(queue, lease_id()) for queue in going]
        states = [queue.next(lease) for queue, lease in held]
        going = []
        for (queue, lease), served in zip(held, states, strict=True):
            if served.state == "item":
                queue.answer(lease, "clean", spent_ms=1)
            elif served.state == "batch_full":
                queue.close_batch()
            if served.state != "done":
                going.append(queue)
    assert all(len(one.readings) == 1 for one in reviews.judged(plan.plan_id))


def test_a_lease_that_ran_out_goes_to_others_and_its_verdict_still_counts(
    reviews: Reviews, plan: Plan, clock: Callable[[int], None]
) -> None:
    left, other = reviews.queue(plan.plan_id, "Cleo"), reviews.queue(plan.plan_id, "Dora")
    mine, theirs, more = lease_id(), lease_id(), lease_id()
    left.next(mine)
    other.next(more)
    clock(LEASE_US + 1)
    other.next(theirs)
    assert left.shown(mine).texts == other.shown(theirs).texts
    other.answer(theirs, "clean", spent_ms=1)
    assert not left.answer(mine, "leak", [Spot("url", entity="PERSON")], spent_ms=1).was_there
    (item,) = (one for one in reviews.judged(plan.plan_id) if len(one.readings) == 2)
    assert {one.verdict for one in item.readings} == {"clean", "leak"}


def test_a_renewed_lease_stays(reviews: Reviews, plan: Plan, clock: Callable[[int], None]) -> None:
    queue, other, lease = reviews.queue(plan.plan_id, "Cleo"), reviews.queue(plan.plan_id, "Dora"), lease_id()
    first = queue.next(lease).expires_utc_us
    clock(LEASE_US - 1_000_000)
    renewed = queue.renew(lease).expires_utc_us
    assert renewed is not None
    assert first is not None
    assert renewed > first
    clock(2_000_000)
    theirs = lease_id()
    other.next(theirs)
    store = reviews._ledger.store(plan.lineage_id)
    held = {
        one.item_id for one in (store.lease(plan.plan_id, lease), store.lease(plan.plan_id, theirs)) if one
    }
    assert len(held) == 2


@pytest.mark.parametrize("by_s", [-86_400 * 30, 86_400 * 365])
def test_a_clock_that_jumps_stops_nobody(
    reviews: Reviews, plan: Plan, clock: Callable[[int], None], by_s: int
) -> None:
    queue, other = reviews.queue(plan.plan_id, "Cleo"), reviews.queue(plan.plan_id, "Dora")
    lease = lease_id()
    queue.next(lease)
    clock(by_s * 1_000_000)
    queue.answer(lease, "clean", spent_ms=1)
    while judge(other) is not None:
        pass
    assert queue.progress().left_n == 0
    reviews.finish(plan.plan_id, actor="Cleo")
    assert all(one.readings for one in reviews.judged(plan.plan_id))


def test_undo_takes_back_until_the_batch_closes_and_stays_in_the_log(reviews: Reviews, plan: Plan) -> None:
    queue = reviews.queue(plan.plan_id, "Cleo")
    assert queue.undo() is None
    first, second = judge(queue), judge(queue, "leak")
    assert first is not None
    assert second is not None
    undone = queue.undo()
    assert undone is not None
    assert (undone.row_n, undone.verdict) == (second.row_n, "leak")
    other = reviews.queue(plan.plan_id, "Dora")
    theirs = lease_id()
    other.next(theirs)
    third = judge(queue)  # the same item again, though another reader asked before
    assert third is not None
    rows = {row.row_n: row for row in reviews.log(plan.plan_id)}
    assert rows[third.row_n].said["item_id"] == rows[second.row_n].said["item_id"]
    kinds = [row.kind for row in rows.values()]
    assert kinds == ["committed", "started", "verdict", "verdict", "undo", "verdict"]
    assert queue.progress().in_batch_n == 2
    queue.close_batch()
    assert queue.undo() is None
    with pytest.raises(ReviewRefused, match="no verdict yet"):
        queue.close_batch()


def test_a_second_click_on_undo_takes_nothing_else_back(reviews: Reviews, plan: Plan) -> None:
    queue = reviews.queue(plan.plan_id, "Cleo")
    first, second = judge(queue), judge(queue, "unsure")
    assert first is not None
    assert second is not None
    with pytest.raises(ReviewRefused, match="not the last verdict"):
        queue.undo(first.row_n)
    undone = queue.undo(second.row_n)
    assert undone == queue.undo(second.row_n)
    assert undone is not None
    assert undone.verdict == "unsure"
    assert queue.progress().in_batch_n == 1
    for reader, row_n in ((queue, 10**6), (reviews.queue(plan.plan_id, "Dora"), second.row_n)):
        with pytest.raises(ReviewRefused, match="not the last verdict"):
            reader.undo(row_n)


def test_one_person_is_never_both_readers_of_an_item(reviews: Reviews) -> None:
    plan = started(reviews, TWO)
    lease = lease_id()
    reviews.queue(plan.plan_id, "Cleo").next(lease)
    assert reviews.queue(plan.plan_id, " CLEO ").next(lease).lease_id == lease
    reviews.queue(plan.plan_id, "cleo").release(lease)
    cleo, dora = reviews.queue(plan.plan_id, "Cleo"), reviews.queue(plan.plan_id, "Dora")
    while judge(cleo) is not None:
        pass
    assert cleo.progress().answered_n == plan.items_n
    assert cleo.progress().left_n == plan.items_n
    assert cleo.next(lease_id()).state == "done", "what is left needs somebody else"
    while judge(dora) is not None:
        pass
    judged = reviews.judged(plan.plan_id)
    assert all({reading.reader for reading in one.readings} == {"cleo", "dora"} for one in judged)


def test_adjudicators_get_leaks_doubts_disagreements_and_as_many_others_but_nothing_of_their_own(
    reviews: Reviews,
) -> None:
    plan = started(reviews, TWO)
    said = {"Cleo": ["leak", "clean", "unsure", "clean", "over_redacted", "broken"] + ["clean"] * 500}
    said["Dora"] = ["clean"] * 500
    for name, verdicts in said.items():
        queue, given = reviews.queue(plan.plan_id, name), iter(verdicts)
        while judge(queue, next(given)) is not None:
            pass
    doubtful = {
        one.item_id for one in reviews.judged(plan.plan_id) if {r.verdict for r in one.readings} != {"clean"}
    }
    assert len(doubtful) == 4  # a mask too many and a broken picture are disagreements here
    for own in ("Cleo", "Dora"):
        assert reviews.queue(plan.plan_id, own, "adjudicator").next(lease_id()).state == "done"
    third = reviews.queue(plan.plan_id, "Emil", "adjudicator")
    assert third.progress().left_n == 2 * len(doubtful)
    while judge(third, "leak") is not None:
        pass
    judged = reviews.judged(plan.plan_id)
    adjudicated = {one.item_id for one in judged if one.adjudications}
    assert doubtful < adjudicated
    assert len(adjudicated) == 2 * len(doubtful)
    assert all(one.is_complete for one in judged)
    order = [
        r.item_id for r in sorted((r for one in judged for r in one.adjudications), key=lambda r: r.row_n)
    ]
    assert [item in doubtful for item in order] != sorted((item in doubtful for item in order), reverse=True)


def test_a_plan_of_one_reader_has_no_adjudicator(reviews: Reviews, plan: Plan) -> None:
    with pytest.raises(ReviewRefused, match="no adjudicator"):
        reviews.queue(plan.plan_id, "Cleo", "adjudicator")
    with pytest.raises(ParameterError):
        reviews.queue(plan.plan_id, "Cleo", "boss")
    with pytest.raises(NoteRefused):
        reviews.queue(plan.plan_id, "cleo@example.com")


def test_somebody_elses_item_is_not_ones_own(reviews: Reviews, plan: Plan) -> None:
    queue, other, lease = reviews.queue(plan.plan_id, "Cleo"), reviews.queue(plan.plan_id, "Dora"), lease_id()
    queue.next(lease)
    for act in (other.shown, other.picture, other.next, other.renew, other.release):
        with pytest.raises(ReviewRefused, match="not yours"):
            act(lease)
    with pytest.raises(ReviewRefused, match="not yours"):
        other.answer(lease, "clean", spent_ms=1)
    with pytest.raises(ReviewRefused, match="not yours"):
        queue.answer("never-lent", "clean", spent_ms=1)


def test_leases_and_verdicts_that_are_none_are_refused_and_nothing_is_kept(
    reviews: Reviews, plan: Plan
) -> None:
    queue, lease = reviews.queue(plan.plan_id, "Cleo"), lease_id()
    for wrong in ("", "short", "x" * 65, "a/../../b", "lease id", "läase-0001"):
        with pytest.raises(ParameterError):
            queue.next(wrong)
    queue.next(lease)
    for given in WRONG_VERDICTS:
        with pytest.raises(ParameterError):
            queue.answer(lease, **{"spent_ms": 1, **given})
    assert len(reviews.log(plan.plan_id)) == 2


WRONG_VERDICTS: list[dict[str, Any]] = [
    {"verdict": "fine"}, {"verdict": "leak"}, {"verdict": "leak", "spots": [Spot("frame", "unsure")]},
    {"verdict": "clean", "spent_ms": "1"}, {"verdict": "clean", "spent_ms": True},
    {"verdict": "leak", "spots": [Spot("frame")] * 51},
]  # fmt: skip


@pytest.mark.parametrize("given", [
    {"channel": "screen"}, {"verdict": "clean"}, {"reason": "it says Ms Fern"}, {"entity": "Ms Fern"},
    {"severity": "bad"}, {"left_px": 1}, {"left_px": 1.5, "top_px": 1, "width_px": 1, "height_px": 1},
    {"left_px": 1, "top_px": 1, "width_px": -1, "height_px": 1}, {"column": "Ms Fern"}, {"seq": "1"},
    {"left_px": 2**40, "top_px": 1, "width_px": 1, "height_px": 2**70},
])  # fmt: skip
def test_a_spot_has_room_for_words_from_lists_alone(given: dict[str, Any]) -> None:
    with pytest.raises(ParameterError):
        Spot(**{"channel": "frame", **given})


def test_the_verdict_is_never_milder_than_its_worst_spot_and_time_has_its_bounds(
    reviews: Reviews, plan: Plan
) -> None:
    queue = reviews.queue(plan.plan_id, "Cleo")
    for verdict, spots in (("over_redacted", [Spot("frame", "over_redacted"), Spot("url")]), ("clean", [])):
        lease = lease_id()
        queue.next(lease)
        queue.answer(lease, verdict, spots, spent_ms=10**9 if spots else -5)
    readings = sorted(
        (r for one in reviews.judged(plan.plan_id) for r in one.readings), key=lambda r: r.row_n
    )
    assert [(one.verdict, one.spent_ms) for one in readings] == [("leak", 600_000), ("clean", 0)]


def test_a_plan_that_has_not_begun_or_has_ended_takes_no_verdict(reviews: Reviews, plan: Plan) -> None:
    waiting = reviews.commit(TERMS, planner="Ana")
    with pytest.raises(ReviewRefused, match="is committed, so nothing can be judged"):
        reviews.queue(waiting.plan_id, "Cleo").next(lease_id())
    queue, lease = reviews.queue(plan.plan_id, "Cleo"), lease_id()
    queue.next(lease)
    reviews.finish(plan.plan_id, actor="Cleo")
    with pytest.raises(ReviewRefused, match="is finished, so nothing can be judged"):
        queue.answer(lease, "clean", spent_ms=1)
    with pytest.raises(ParameterError, match="no such plan"):
        reviews.queue("0" * 32, "Cleo")


def test_times_are_told_for_all_together_and_not_for_few(reviews: Reviews) -> None:
    plan = started(reviews, replace(TERMS, target_rate=0.05))
    queue = reviews.queue(plan.plan_id, "Cleo")
    for _ in range(19):
        judge(queue)
    assert reviews.spent()[0].median_ms is None
    judge(queue)
    spent = reviews.spent()[0]
    assert (spent.role, spent.verdicts_n, spent.median_ms) == ("reader", 20, 1500)
    assert not {"reader", "actor", "name"} & {one.name for one in dataclasses.fields(spent)}


# --- what is shown


def shown_all(reviews: Reviews, plan: Plan) -> list[tuple[Any, Shown, Any]]:
    """Every item with what is shown of it."""
    queue, found = reviews.queue(plan.plan_id, "Cleo"), []
    while True:
        lease = lease_id()
        state = queue.next(lease).state
        if state == "batch_full":
            queue.close_batch()
            continue
        if state != "item":
            break
        found.append((queue.shown(lease), queue.picture(lease)))
        queue.answer(lease, "clean", spent_ms=1)
    rows = sorted(reviews.judged(plan.plan_id), key=lambda one: one.readings[0].row_n)
    return [(item, *seen) for item, seen in zip(rows, found, strict=True)]


def test_planted_leaks_look_like_all_others(reviews: Reviews) -> None:
    plan = started(reviews, PLANTED)
    seen = shown_all(reviews, plan)
    planted = [(item, shown) for item, shown, _ in seen if item.planted]
    assert len(planted) > 8
    for item, shown, frame in seen:
        assert frame is not None
        if item.planted is None:
            assert frame.sha256 == item.sha256  # as stored, byte by byte
        assert (shown.has_picture, shown.is_broken, shown.format) == (True, False, "png")
        assert (shown.width_px, shown.height_px) == (64, 40)
        assert len(shown.texts) >= 2
    words = " ".join(one.name for one in dataclasses.fields(Shown))
    assert not any(word in words for word in ("kind", "planted", "flagged", "stratum", "item", "finding"))
    for item, shown in planted:
        own = [row for row in shown.texts if row.channel == item.planted.channel]
        assert own or item.planted.channel == "frame"
        if item.planted.channel == "url":  # in place of the placeholder
            assert "<PERSON>" not in own[0].text
            assert own[0].spans == ()


def test_masked_spans_are_told_apart_from_what_can_be_read(reviews: Reviews, plan: Plan) -> None:
    queue, lease = reviews.queue(plan.plan_id, "Cleo"), lease_id()
    queue.next(lease)
    by_channel = {row.channel: row for row in queue.shown(lease).texts}
    url = by_channel["url"]
    (span,) = url.spans
    assert (url.text[span.start : span.end], span.entity) == ("<PERSON>", "PERSON")
    assert by_channel["window_title"].spans == ()


def test_what_the_keys_spell_is_shown_and_so_is_what_they_spell_when_they_come_up(
    home: Path, tmp_path: Path, dataset_of: DatasetOf
) -> None:
    row = {"session_id": "a", "t_us": 0}
    pressed = [
        {**row, "kind": "key_down", "key": key} for key in ("F", "e", "r", "Backspace", "n", None, None)
    ]
    pressed += [{**row, "kind": "key_up", "key": key} for key in ("F", "e", "r", "n")]
    events = [{**one, "seq": at} for at, one in enumerate(pressed)]
    steps = [{**row, "step": 0, "seq": 20, "thought": "I see <PERSON>"}]
    root = dataset_of(
        tmp_path / "set", events=events, steps=steps, sessions=[{"session_id": "a", "task": "Write"}]
    )
    with closing(open_engine(root)) as engine, closing(open_reviews(engine)) as reviews:
        plan = started(reviews, Terms(planted_share=0, repeated_share=0))
        queue, lease = reviews.queue(plan.plan_id, "Cleo"), lease_id()
        queue.next(lease)
        shown = queue.shown(lease)
        texts = {(one.channel, one.text) for one in shown.texts}
        assert texts == {
            ("typed", "Fen\ufffd\ufffd"),
            ("typed", "Fern"),
            ("task", "Write"),
            ("thought", "I see <PERSON>"),
        }
        assert not shown.has_picture
        assert queue.picture(lease) is None
        assert not shown.is_broken


def test_the_picture_before_is_that_of_the_session(reviews: Reviews) -> None:
    plan = started(reviews, replace(TERMS, repeated_share=0))
    queue = reviews.queue(plan.plan_id, "Cleo")
    lease = lease_id()
    queue.next(lease)
    item = reviews._ledger.store(plan.lineage_id).lease(plan.plan_id, lease)
    assert item is not None
    moment = next(
        one.moments[0] for one in reviews.judged(plan.plan_id) if one.item_id == item.item_id and one.moments
    )
    number = int(moment.rpartition("-")[2])
    before = queue.picture(lease, "before")
    assert queue.shown(lease).has_before == (number > 0) == (before is not None)
    if before is not None:
        assert before.frame_id == f"{moment.rpartition('-')[0]}-{number - 1:07d}"
    with pytest.raises(ParameterError):
        queue.picture(lease, "after")


def test_a_picture_that_does_not_decode_is_offered_as_broken(
    home: Path, tmp_path: Path, dataset_of: DatasetOf, frame_row: Callable[..., dict[str, Any]]
) -> None:
    rows = rows_of(frame_row)
    for row in rows["frames"]:
        row["image"] = {"bytes": row["image"]["bytes"][:30], "path": None}
    root = dataset_of(tmp_path / "set", **rows)
    with closing(open_engine(root)) as engine, closing(open_reviews(engine)) as reviews:
        plan = started(reviews, replace(TERMS, planted_share=0.2))
        assert {one.planted.channel for one in reviews.judged(plan.plan_id) if one.planted} <= {
            "window_title", "url", "clipboard", "typed", "element_name"}  # fmt: skip
        queue, lease = reviews.queue(plan.plan_id, "Cleo"), lease_id()
        queue.next(lease)
        shown = queue.shown(lease)
        assert (shown.has_picture, shown.is_broken, shown.width_px) == (True, True, None)
        assert queue.answer(lease, "broken", spent_ms=1).row_n == 3


def test_after_a_batch_it_is_told_what_was_planted_and_not_before(reviews: Reviews) -> None:
    plan = started(reviews, replace(TERMS, planted_share=0.5, batch_size=20))
    queue = reviews.queue(plan.plan_id, "Cleo")
    for _ in range(20):
        judge(queue)
    batch = queue.close_batch()
    assert (batch.batch_n, len(batch.revealed)) == (1, 20)
    planted = [one for one in batch.revealed if one.planted]
    assert 1 < len(planted) < 18
    assert {one.verdict for one in batch.revealed} == {"clean"}
