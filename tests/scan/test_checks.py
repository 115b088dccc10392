"""Every kind of leak of the leak set is found where it is; what is sound is left alone."""

from __future__ import annotations

from contextlib import closing

import pytest

from explorer.engine import open_engine
from explorer.measures.mask_beside import Around, Beside
from explorer.scan import masks_moved, text_work
from explorer.scan.registry import TextCheck
from explorer.scan.run import all_jobs
from explorer.scan.work import work

KINDS = {
    "blurred": "weak_mask", "pixelated": "weak_mask", "translucent": "weak_mask", "near_black": "weak_mask",
    "shifted": "ink_at_edge",
    "declared_not_burned": "not_burned", "one_of_two": "bare_in_neighbour", "burned_not_declared": "not_declared",
}  # fmt: skip


def of(found, session_id):
    return [row for row in found if row["session_id"] == session_id]


def overlaps(row, box):
    left, top, right, bottom = box
    return (
        row["left_px"] is not None
        and row["left_px"] < right
        and row["left_px"] + row["width_px"] > left
        and row["top_px"] < bottom
        and row["top_px"] + row["height_px"] > top
    )


def test_a_session_off_by_the_display_s_scale_is_one_finding_with_its_masks_and_a_sound_one_none(
    leaks, of_leaks
):
    for kind, n in (("display_scale", 1), ("sound_session", 0)):
        for answer in (one for one in leaks[1] if one.get("kind") == kind):
            rows = [row for row in of(of_leaks, answer["session_id"]) if row["kind"] == "masks_moved"]
            assert len(rows) == n
            assert all(row["rows_n"] == sum(len(one["masks"]) for one in answer["pictures"]) for row in rows)


@pytest.mark.parametrize(("cut_n", "answer"), [(7, None), (8, "to the left")])
def test_few_masks_that_cut_letters_do_not_make_a_session(cut_n, answer):
    """A pass whose margin is as wide as a space touches as many in one picture."""
    letters = Beside(0, 0.0, 2.0, "blank", is_text=True)
    cut, sound = (Around((0, 0, 90, 16), Beside(), right, 9.0, is_cut=False) for right in (letters, Beside()))
    assert masks_moved.is_cut_alike([cut] * cut_n + [sound] * 2) == answer


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_found_where_it_is(leaks, of_leaks, kind):
    answers = [one for one in leaks[1] if one.get("kind") == kind]
    assert answers
    for answer in answers:
        if answer["recovery"] is None or answer["recovery"]["is_recoverable"]:
            kinds = {
                row["kind"] for row in of(of_leaks, answer["session_id"]) if overlaps(row, answer["box"])
            }
            assert KINDS[kind] in kinds, (kind, answer["encoding"], kinds)


def test_sound_masks_without_loss_are_never_called_weak(leaks, of_leaks):
    for answer in leaks[1]:
        if answer.get("kind") == "sound" and answer["encoding"] in ("png", "webp lossless"):
            kinds = {row["kind"] for row in of(of_leaks, answer["session_id"])}
            assert not kinds & {"weak_mask", "not_burned", "mask_outside", "unread"}


def test_texts_with_a_form_are_found_at_their_characters_and_others_are_not(leaks, of_leaks):
    texts = [one for one in leaks[1] if one["part"] == "text"]
    for answer in texts:
        rows = [row for row in of(of_leaks, answer["session_id"]) if row["channel"] == answer["channel"]]
        if not answer["is_leak"]:
            assert rows == [], answer["text"]
        elif answer["spans"][0]["entity"] not in ("PERSON", "LOCATION"):
            assert rows, answer["text"]
            span = answer["spans"][0]
            if answer["channel"] == "typed":
                assert all(row["seq"] <= row["seq_end"] and row["char_start"] is None for row in rows)
            else:
                assert any(
                    row["char_start"] < span["end"] and span["start"] < row["char_end"] for row in rows
                )


def test_sifting_texts_first_changes_nothing(leaks, of_leaks, monkeypatch):
    slow = tuple(TextCheck(one.name, one.version, one.look) for one in text_work.TEXT_CHECKS)
    monkeypatch.setattr(text_work, "TEXT_CHECKS", slow)
    everything = text_work._ALL
    monkeypatch.setattr(text_work.masked_elsewhere, "sift", lambda texts, channel, known: everything)
    with closing(open_engine(leaks[0], time_limit_ms=0)) as engine:
        jobs = [job for job in all_jobs(engine) if job.kind == "texts"]
        found = [row for job in jobs for row in work(engine, job).table().to_pylist()]
    detectors = ("personal_text", "masked_elsewhere")
    of_texts = [row for row in of_leaks if row["detector"].split("+")[0] in detectors]
    assert len(of_texts) >= 8
    assert sorted(map(repr, of_texts)) == sorted(
        repr(row) for row in found if row["detector"].split("+")[0] in detectors
    )


def test_every_finding_has_a_place_and_says_who_found_it(of_leaks):
    for row in of_leaks:
        assert row["session_id"] or row["file"] or row["kind"] == "rare_title"
        assert row["detector"]
        assert row["detector_version"] >= 1
        assert 0 <= row["score"] <= 1
        assert row["frame_id"] or row["source_table"]
