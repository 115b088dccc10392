"""Plans: committed to before anything is drawn, drawn by a seed that two people make, never changed, never hidden."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from explorer.engine import Engine, open_engine
from explorer.errors import NoteRefused, ParameterError, PlanChanged, ReviewRefused, StoreError
from explorer.review import Reviews, Terms, open_reviews
from explorer.review.changes import Kept, unpacked
from explorer.review.draw import Item, in_order, mixed, rank
from explorer.review.items import items_of
from explorer.review.keys import is_signed, signed_bytes
from explorer.review.moments import population
from explorer.review.words import ABANDON_REASONS
from explorer.scan.finding import Finding

from .conftest import DatasetOf, judge, kept_scan, rows_of, started

TERMS = Terms(target_rate=0.05, confidence=0.9, planted_share=0, repeated_share=0.05)


@pytest.mark.parametrize("given", [
    {"target_rate": 0}, {"target_rate": float("nan")}, {"target_rate": 1}, {"confidence": 1.0}, {"allowed_leaks": 4},
    {"allowed_leaks": 0.5}, {"planted_share": -0.1}, {"repeated_share": 2}, {"batch_size": 0}, {"readers": "three"},
    {"census_from": "all"}, {"entities": ()}, {"entities": ("NAMES",)}, {"policy": "x" * 201}, {"policy": "a\nb"},
    {"target_rate": True}, {"target_rate": "0.01"},
])  # fmt: skip
def test_terms_that_make_no_sense_are_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ParameterError):
        Terms(**given)


def test_looking_at_a_draft_keeps_nothing(reviews: Reviews, home: Path) -> None:
    draft = reviews.draft(TERMS)
    assert [(one.name, one.moments_n, one.is_census) for one in draft.strata] == [
        ("flagged", 0, True),
        ("rest", 96, False),
    ]
    assert (draft.attempt, draft.alpha, draft.has_scan) == (1, pytest.approx(0.05), False)
    assert 0 < draft.strata[1].sampled_n < 96
    assert reviews.plans() == []
    assert not list(home.glob("*.sqlite"))


def test_a_plan_commits_first_and_its_seed_follows_from_what_a_second_person_gives(reviews: Reviews) -> None:
    plan = reviews.commit(TERMS, planner="Ana")
    assert (plan.state, plan.seed, plan.items_n) == ("committed", None, 0)
    assert plan.population_sha256 == reviews.population().fingerprint
    begun = reviews.start(plan.plan_id, number="0815", given_by="Ben")
    assert begun.seed == hashlib.sha256(f"{plan.commitment}:0815".encode()).hexdigest()
    assert replace(begun, state="committed", was_started=False, seed=None, items_n=0) == plan
    for number, who in (("1", "Ben"), ("0815", "Ben")):
        with pytest.raises(ReviewRefused, match="is started already"):
            reviews.start(plan.plan_id, number=number, given_by=who)
    assert reviews.plan(plan.plan_id) == begun


NO_SECOND_PERSON: list[tuple[str, str, type[Exception], str]] = [
    ("", "Ben", ParameterError, "not a number"), ("-1", "Ben", ParameterError, "not a number"),
    ("1.5", "Ben", ParameterError, "not a number"), ("١٢", "Ben", ParameterError, "not a number"),
    ("1" * 41, "Ben", ParameterError, "not a number"), ("7", "ana", ReviewRefused, "a second person"),
    ("7", " Ana ", ReviewRefused, "a second person"), ("7", "", ParameterError, "is missing"),
    ("7", "ben@example.com", NoteRefused, "e-mail address"),
]  # fmt: skip


def test_without_a_number_of_a_second_person_nothing_is_drawn(reviews: Reviews) -> None:
    plan = reviews.commit(TERMS, planner="Ana")
    for number, given_by, error, said in NO_SECOND_PERSON:
        with pytest.raises(error, match=said):
            reviews.start(plan.plan_id, number=number, given_by=given_by)
    assert reviews.plan(plan.plan_id).state == "committed"


def test_the_draw_can_be_repeated_from_plan_population_and_number_alone(reviews: Reviews) -> None:
    begun = started(reviews, TERMS)
    judged = reviews.judged(begun.plan_id)
    # By hand, as anybody could.
    moments = sorted(reviews.population().moments["moment_id"].to_pylist(), key=lambda one: hashlib.sha256(
        f"{begun.seed}:draw:{one}".encode()).hexdigest())  # fmt: skip
    wanted = set(moments[: begun.rest.sampled_n])
    drawn = [moment for one in judged if one.kind == "random" for moment in one.moments]
    assert sorted(drawn) == sorted(wanted)
    assert sum(one.moments_n for one in judged) == begun.rest.sampled_n
    first = [one.moments[0] for one in judged if one.kind == "random"]
    assert first == [one for one in moments if one in set(first)]
    desk, sight = reviews._desk(begun)
    assert tuple(items_of(begun, reviews._ledger.kept(begun), sight, str(begun.seed))) == desk.items


def test_another_number_draws_another_sample(reviews: Reviews) -> None:
    first = reviews.commit(TERMS, planner="Ana")
    drawn = []
    for number in ("1", "2"):
        seed = hashlib.sha256(f"{first.commitment}:{number}".encode()).hexdigest()
        kept = reviews._ledger.kept(first)
        drawn.append([one.moment_id for one in items_of(first, kept, reviews._sight(first, seed), seed)])
    assert drawn[0] != drawn[1]


def test_all_moments_are_equally_likely_to_be_drawn() -> None:
    names = [f"s-{at:07d}" for at in range(40)]
    counts = Counter(one for seed in range(3000) for one in in_order(str(seed), "draw", names)[:10])
    expected, spread = 750, (3000 * 0.25 * 0.75) ** 0.5
    assert max(abs(counts[name] - expected) for name in names) < 4.5 * spread


def test_kinds_are_mixed_random_items_keep_their_order_and_repeats_lie_apart() -> None:
    def item(kind: str, at: int, repeats: str | None = None) -> Item:
        return Item(f"{kind}{at}", kind, None, f"u{at}", f"m{at}", (f"m{at}",), repeats=repeats)

    items = [item("flagged", at) for at in range(30)] + [item("random", at) for at in range(100)]
    items += [item("repeated", at, f"random{at}") for at in range(30)]
    for seed in ("a", "b", "c", "d"):
        order = mixed(seed, items)
        assert sorted(one.item_id for one in order) == sorted(one.item_id for one in items)
        assert [one.item_id for one in order if one.kind == "random"] == [f"random{at}" for at in range(100)]
        places = {one.item_id: at for at, one in enumerate(order)}
        near = [abs(places[one.item_id] - places[one.repeats]) for one in order if one.repeats]
        assert min(near) >= 7
        thirds = Counter(at // 54 for at, one in enumerate(order) if one.kind == "flagged")
        assert all(thirds[at] for at in range(3))
    assert rank("a", "queue", "x") != rank("a", "draw", "x") != rank("b", "draw", "x")


def test_attempts_share_the_error_and_none_is_hidden(reviews: Reviews) -> None:
    first = started(reviews, TERMS)
    waiting = reviews.commit(TERMS, planner="Ana")
    late = reviews.commit(TERMS, planner="Ana")
    assert [one.attempt for one in (first, waiting, late)] == [1, 2, 2]
    assert first.alpha == pytest.approx(0.05)
    assert waiting.alpha == pytest.approx(0.025)
    assert waiting.rest.sampled_n > first.rest.sampled_n
    for reason in ("", "because", "leak found"):
        with pytest.raises(ParameterError):
            reviews.abandon(first.plan_id, actor="Ana", reason=reason)
    reviews.abandon(first.plan_id, actor="Ana", reason="leak_found")
    reviews.start(waiting.plan_id, number="7", given_by="Ben")
    with pytest.raises(ReviewRefused, match="share of the error is spent"):
        reviews.start(late.plan_id, number="7", given_by="Ben")
    reviews.abandon(late.plan_id, actor="Ana", reason="mistake")
    assert [one.state for one in reviews.plans()] == ["abandoned", "started", "abandoned"]
    assert [one.was_started for one in reviews.plans()] == [True, True, False]
    last = reviews.commit(TERMS, planner="Ana")
    assert last.attempt == 3
    assert set(last.earlier) == {(one.plan_id, one.commitment) for one in (first, waiting, late)}
    with pytest.raises(ReviewRefused, match="is abandoned already"):
        reviews.abandon(first.plan_id, actor="Ana", reason="other")


def test_start_and_end_are_signed_over_the_head_of_the_log(reviews: Reviews) -> None:
    plan = started(reviews, TERMS)
    queue = reviews.queue(plan.plan_id, "Cleo")
    for _ in range(3):
        judge(queue)
    reviews.finish(plan.plan_id, actor="Cleo")
    rows, signatures = reviews.log(plan.plan_id), reviews.signatures(plan.plan_id)
    assert [one.what for one in signatures] == ["start", "end"]
    assert [one.row_n for one in signatures] == [2, len(rows)]
    for one in signatures:
        assert one.head_sha256 == rows[one.row_n - 1].row_sha256
        content = signed_bytes(one.what, plan.plan_id, one.row_n, one.head_sha256)
        assert is_signed(one.public_key, one.signature, content)
        assert not is_signed(one.public_key, one.signature, content + b"x")
        assert not is_signed("00" * 32, one.signature, content)
    assert json.loads(rows[-1].content)["judged_n"] == 3


def test_keys_are_for_this_user_alone_and_lie_in_no_database(reviews: Reviews, home: Path) -> None:
    plan = started(reviews, TERMS)
    keys = sorted(home.glob("*.review*"))
    assert [one.suffix for one in keys] == [".pem", ".key"]
    database = next(home.glob("*.sqlite"))
    for path in (*keys, database):
        assert path.stat().st_mode & 0o777 == 0o600
    secret = keys[1].read_bytes()
    assert len(secret) == 32
    assert secret not in database.read_bytes()
    assert secret.hex().encode() not in database.read_bytes()
    keys[1].write_bytes(b"other" * 8)
    with pytest.raises(StoreError, match="is damaged"):
        open_reviews(reviews._engine).population()
    keys[1].write_bytes(bytes(32))
    with pytest.raises(PlanChanged, match="another key"):
        open_reviews(reviews._engine).queue(plan.plan_id, "Cleo").next("lease-0001")


def test_no_text_of_a_moment_is_in_the_database(reviews: Reviews, home: Path) -> None:
    plan = started(reviews, TERMS)
    judge(reviews.queue(plan.plan_id, "Cleo"), "leak", "url")
    content = next(home.glob("*.sqlite")).read_bytes()
    for text in (b"desk.example", b"List 1", b"example.com", b"example.org"):
        assert text not in content


# --- the database refuses what this program never does, and what was done all the same is told


def test_evidence_is_only_added_to(reviews: Reviews, home: Path) -> None:
    started(reviews, TERMS)
    with closing(sqlite3.connect(next(home.glob("*.sqlite")))) as connection:
        for table in ("plans", "papers", "log", "signatures"):
            for statement in (f"DELETE FROM review_{table}", f"UPDATE review_{table} SET plan_id = ''"):
                with pytest.raises(sqlite3.IntegrityError, match="never changed"):
                    connection.execute(statement)


def _forced(home: Path, statement: str) -> None:
    with closing(sqlite3.connect(next(home.glob("*.sqlite")))) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
        connection.commit()


def test_a_log_that_was_changed_all_the_same_is_told(reviews: Reviews, home: Path) -> None:
    plan = started(reviews, TERMS)
    queue = reviews.queue(plan.plan_id, "Cleo")
    judge(queue)
    judge(queue, "leak")
    _forced(home, "UPDATE review_log SET content = replace(content, '\"leak\"', '\"clean\"') WHERE row_n = 4")
    with pytest.raises(StoreError, match="row 4 of a review does not follow"):
        reviews.judged(plan.plan_id)


def test_a_plan_that_was_changed_all_the_same_is_told(reviews: Reviews, home: Path) -> None:
    started(reviews, TERMS)
    _forced(home, "UPDATE review_plans SET document = replace(document, '0.05', '0.25')")
    with pytest.raises(StoreError, match="plan that was changed"):
        reviews.plans()


# --- what is flagged, and what changes


def finding(session_id: str, **place: Any) -> Finding:
    given = {"channel": "window_title", "kind": "readable_text", "severity": "high", **place}
    return Finding(
        session_id, given.pop("channel"), given.pop("kind"), given.pop("severity"), 1.0, "a", 1, **given
    )


def test_flagged_moments_are_reviewed_as_a_whole_with_all_that_look_the_same(
    reviews: Reviews, engine: Engine
) -> None:
    # The title of seq 7 (moment 2) stands in moment 3 as well, which looks the same.
    kept_scan(engine, [
        finding("s1", source_table="events", source_column="window_title", seq=7),
        finding("s2", channel="frame", frame_id="s2-0000005"),
        finding("s3", channel="frame", frame_id="s3-0000001", severity="low"),
        finding("s9", channel="frame", frame_id="s9-0000001"),
    ])  # fmt: skip
    draft = reviews.draft(TERMS)
    assert (draft.has_scan, draft.is_scan_stale) == (True, False)
    assert (draft.strata[0].moments_n, draft.strata[0].sampled_n) == (3, 3)
    assert reviews.draft(replace(TERMS, census_from="low")).strata[0].moments_n == 4
    assert reviews.draft(replace(TERMS, census_from=None)).strata[0].moments_n == 0
    plan = started(reviews, TERMS)
    flagged = {
        moment for one in reviews.judged(plan.plan_id) if one.kind == "flagged" for moment in one.moments
    }
    assert flagged == {"s1-0000002", "s1-0000003", "s2-0000005"}
    paper = unpacked(reviews._ledger.store(plan.lineage_id).paper(plan.plan_id, "population"))
    assert {one for one, _ in paper.part("flagged")} == flagged


@pytest.fixture
def own_root(small_root: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_root, tmp_path / "own"))


def test_a_dataset_that_changed_is_refused_with_what_changed(
    own_root: Path, home: Path, dataset_of: DatasetOf, frame_row: Callable[..., dict[str, Any]]
) -> None:
    with closing(open_engine(own_root)) as engine, closing(open_reviews(engine)) as reviews:
        plan = started(reviews, TERMS)
        waiting = reviews.commit(TERMS, planner="Ana")
        queue = reviews.queue(plan.plan_id, "Cleo")
        held = "lease-held"
        queue.next(held)
        rows = rows_of(frame_row)
        rows["events"] = [row for row in rows["events"] if (row["session_id"], row["seq"]) != ("s1", 4)]
        rows["frames"] = [row for row in rows["frames"] if row["session_id"] != "s2"]
        rows["events"] = [row for row in rows["events"] if row["session_id"] != "s2"]
        extra = {"session_id": "s9", "t_us": 0, "kind": "click", "seq": 0, "window_title": "New"}
        identity = (own_root / "dataset.json").read_bytes()
        shutil.rmtree(own_root)
        dataset_of(own_root, frames=rows["frames"], events=[*rows["events"], extra])
        (own_root / "dataset.json").write_bytes(identity)
        said = "sessions: 1 new, 1 gone, 1 changed; moments: 1 new, 12 gone, 1 changed"
        with pytest.raises(PlanChanged, match=said):
            queue.next("lease-0002")
        with pytest.raises(PlanChanged, match=said):
            reviews.start(waiting.plan_id, number="7", given_by="Ben")
        changed = reviews.changed(plan.plan_id)
        assert changed is not None
        assert changed.changed_moments_n == 1
        # What was seen before is still a verdict.
        assert not queue.answer(held, "clean", spent_ms=5).was_there
        assert reviews.abandon(plan.plan_id, actor="Ana", reason="changed").state == "abandoned"


def test_consent_that_is_withdrawn_changes_the_population(
    home: Path, tmp_path: Path, dataset_of: DatasetOf
) -> None:
    rows = [{"session_id": one, "t_us": 0, "kind": "click", "seq": 0, "window_title": one} for one in "abc"]
    people = [{"participant_id": f"P{one}", "consent_status": "granted"} for one in "ab"]
    sessions = [{"session_id": one, "participant_id": f"P{one}"} for one in "abc"]
    people.append({"participant_id": "Pc", "consent_status": "withdrawn"})
    root = dataset_of(tmp_path / "set", events=rows, participants=people, sessions=sessions)
    with closing(open_engine(root)) as engine:
        assert population(engine, bytes(32)).moments["session_id"].to_pylist() == ["a", "b"]


# --- populations of odd sizes


def test_a_population_smaller_than_the_sample_is_reviewed_as_a_whole(reviews: Reviews) -> None:
    terms = Terms(target_rate=0.001, allowed_leaks=1, planted_share=0.1, repeated_share=0.1)
    draft = reviews.draft(terms)
    assert draft.strata[1].sampled_n == 96
    plan = started(reviews, terms)
    judged = reviews.judged(plan.plan_id)
    assert sum(one.moments_n for one in judged) == 96
    kinds = Counter(one.kind for one in judged)
    assert kinds == {"random": 72, "planted": draft.planted_n, "repeated": draft.repeated_n}
    assert draft.planted_n == 10
    assert Counter(one.same_n for one in judged if one.kind == "random") == {0: 72}


def test_a_population_without_a_moment_is_refused(home: Path, tmp_path: Path, dataset_of: DatasetOf) -> None:
    root = dataset_of(tmp_path / "set", sessions=[{"session_id": "a"}])
    with closing(open_engine(root)) as engine, closing(open_reviews(engine)) as reviews:
        assert reviews.draft(TERMS).items_n == 0
        with pytest.raises(ReviewRefused, match="no moment that could be reviewed"):
            reviews.commit(TERMS, planner="Ana")


def test_one_moment_without_a_picture_is_a_population(
    home: Path, tmp_path: Path, dataset_of: DatasetOf
) -> None:
    root = dataset_of(tmp_path / "set", sessions=[{"session_id": "a", "task": "Write to them"}])
    with closing(open_engine(root)) as engine, closing(open_reviews(engine)) as reviews:
        plan = started(reviews, Terms(planted_share=0.5, repeated_share=0.5))
        kinds = Counter(one.kind for one in reviews.judged(plan.plan_id))
        assert kinds == {"random": 1, "planted": 1, "repeated": 1}
        (planted,) = (one.planted for one in reviews.judged(plan.plan_id) if one.planted)
        assert planted.channel != "frame"


def test_everything_may_be_flagged(reviews: Reviews, engine: Engine) -> None:
    frames = reviews.population().moments["frame_id"].to_pylist()
    kept_scan(engine, [finding(one[:2], channel="frame", frame_id=one) for one in frames])
    plan = started(reviews, TERMS)
    assert [(one.moments_n, one.sampled_n) for one in plan.strata] == [(96, 96), (0, 0)]
    assert {one.kind for one in reviews.judged(plan.plan_id)} == {"flagged", "repeated"}


def test_a_filter_narrows_the_population_and_an_unknown_one_is_refused(reviews: Reviews) -> None:
    assert reviews.draft(replace(TERMS, filters={"app": "Mail"})).population.moments_n == 96
    assert reviews.draft(replace(TERMS, filters={"app": "Sheet"})).population.moments_n == 0
    with pytest.raises(ParameterError):
        reviews.draft(replace(TERMS, filters={"person": "P1"}))


def test_a_peekable_plan_offers_the_whole_rest(reviews: Reviews) -> None:
    draft = reviews.draft(replace(TERMS, is_peekable=True))
    assert draft.strata[1].sampled_n == 96


# --- a dataset that follows another


def test_a_fixed_dataset_goes_on_with_the_lineage_and_shares_its_keys(
    engine: Engine,
    reviews: Reviews,
    tmp_path: Path,
    dataset_of: DatasetOf,
    frame_row: Callable[..., dict[str, Any]],
) -> None:
    first = started(reviews, TERMS)
    rows = rows_of(frame_row)
    rows["events"][1]["url"] = "https://desk.example/find?q="
    root = dataset_of(tmp_path / "fixed", **rows)
    with closing(open_engine(root)) as fixed, closing(open_reviews(fixed)) as later:
        assert later.plans() == []
        terms = replace(TERMS, lineage_id=engine.dataset.dataset_id)
        assert later.draft(terms).attempt == 2
        plan = later.commit(terms, planner="Ana")
        assert (plan.attempt, plan.lineage_id) == (2, engine.dataset.dataset_id)
        assert [one.plan_id for one in later.plans()] == [first.plan_id, plan.plan_id]
        # Without naming it again: the lineage stays.
        assert later.draft(TERMS).attempt == 2
        assert later.start(plan.plan_id, number="9", given_by="Ben").state == "started"
        changed = later.changed(first.plan_id)
        assert changed is not None
        assert (changed.changed_moments_n, changed.gone_moments_n, changed.new_moments_n) == (1, 0, 0)
        with pytest.raises(ReviewRefused, match="another lineage"):
            later.draft(replace(TERMS, lineage_id="0" * 8))
    with pytest.raises(ReviewRefused, match="another lineage"):
        reviews.draft(replace(TERMS, lineage_id="0" * 8))
    assert len(reviews.plans()) == 2


def test_what_changed_between_populations_is_counted() -> None:
    def kept(*rows: tuple[str, str, str]) -> Kept:
        names = ("moment_id", "session_id", "unit_id")
        made = {name: [row[at] for row in rows] for at, name in enumerate(names)}
        return Kept(pa.table({**made, "is_flagged": np.zeros(len(rows), bool)}))

    rows = kept(("a-0", "a", "1"), ("a-1", "a", "2"))
    assert rows.part("flagged") == []
    assert rows.fingerprint != kept(("a-0", "a", "1"), ("a-1", "a", "3")).fingerprint
    assert set(ABANDON_REASONS) >= {"changed", "leak_found"}
