"""The office sample's key, as far as the checks cover it: what was planted in texts and masks.

All texts are looked at, and the pictures of as few sessions as hold every kind that was planted in pictures; all of
them are in `python -m benchmarks.scan office`.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from explorer.engine import open_engine
from explorer.resources import sample_dataset
from explorer.scan.run import all_jobs
from explorer.scan.work import work

KEY = Path(__file__).resolve().parents[1] / "sample_data" / "office_key.json"
MASKS = {"blurred": "weak_mask", "pixelated": "weak_mask", "translucent": "weak_mask", "neighbour": "bare_in_neighbour",
         "too_small": "ink_at_edge"}  # fmt: skip
TEXT_KINDS = ("readable_text", "masked_elsewhere")


@pytest.fixture(scope="module")
def planted():
    return json.loads(KEY.read_text(encoding="utf-8"))["failures"]


@pytest.fixture(scope="module")
def looked_at(planted):
    """Sessions that hold every kind planted in pictures: the one with the most kinds first, then what is missing."""
    kinds: dict[str, set[str]] = {}
    for leak in planted:
        if leak["channel"] == "frame":
            kinds.setdefault(leak["session_id"], set()).add(leak["kind"])
    chosen: list[str] = []
    missing = set.union(*kinds.values())
    while missing:
        chosen.append(max(sorted(kinds), key=lambda one: len(kinds[one] & missing)))
        missing -= kinds[chosen[-1]]
    return chosen


@pytest.fixture(scope="module")
def found(looked_at):
    with closing(open_engine(sample_dataset(), time_limit_ms=0)) as engine:
        asked = [job for job in all_jobs(engine) if job.kind != "pictures" or job.first in looked_at]
        return [row for job in asked for row in work(engine, job).table().to_pylist()]


def test_all_planted_texts_are_found_and_nothing_else_is(found, planted):
    texts = [row for row in found if row["kind"] in TEXT_KINDS]
    leaks = [one for one in planted if one["channel"] != "frame" and one["kind"] == "missed"]
    hit = {
        at
        for leak in leaks
        for at, row in enumerate(texts)
        if (row["session_id"], row["channel"]) == (leak["session_id"], leak["channel"])
        and row["seq"] <= leak["seq"] <= (row["seq_end"] or row["seq"])
    }
    missed = [
        leak
        for leak in leaks
        if not any(
            (row["session_id"], row["channel"]) == (leak["session_id"], leak["channel"])
            and row["seq"] <= leak["seq"] <= (row["seq_end"] or row["seq"])
            for row in texts
        )
    ]
    assert missed == []
    assert len(hit) >= 0.95 * len(texts)


def test_planted_masks_are_found_and_no_sound_mask_is_called_weak(found, planted, looked_at):
    pictures = [leak for leak in planted if leak["channel"] == "frame" and leak["session_id"] in looked_at]
    assert {leak["kind"] for leak in pictures} >= set(MASKS)
    for leak in pictures:
        if leak["kind"] in MASKS:
            kinds = {row["kind"] for row in found if is_at(row, leak)}
            assert MASKS[leak["kind"]] in kinds, leak["kind"]
    weak = [row for row in found if row["kind"] in ("weak_mask", "not_burned")]
    assert len(weak) == sum(leak["kind"] in ("blurred", "pixelated", "translucent") for leak in pictures)


def test_few_sound_places_are_told(found, planted, looked_at):
    """Of masks that nothing is wrong with; the hint of an empty field is no bare value."""
    pictures = [leak for leak in planted if leak["channel"] == "frame"]
    sound = [row for row in found if row["frame_id"] and not any(is_at(row, leak) for leak in pictures)]
    counts = Counter(row["kind"] for row in sound)
    assert counts["masks_moved"] == counts["weak_mask"] == 0
    assert counts["bare_in_neighbour"] <= len(looked_at)


def is_at(row, leak):
    return row["frame_id"] in leak["frame_ids"] and row["left_px"] is not None and touches(row, leak["box"])


def touches(row, box):
    left, top, right, bottom = box
    return (
        row["left_px"] < right
        and row["left_px"] + row["width_px"] > left
        and row["top_px"] < bottom
        and row["top_px"] + row["height_px"] > top
    )


def test_what_is_masked_in_the_picture_and_readable_beside_it(found, planted):
    beside = [row for row in found if row["kind"] == "masked_beside"]
    leaks = [one for one in planted if one["channel"] != "frame" and one["kind"] == "missed"]
    texts = [row for row in found if row["kind"] in TEXT_KINDS]
    of_leaks = [row for row in texts if any(stands_at(row, leak) for leak in leaks)]
    # Every one of them is a value that was planted, beside a mask of its kind; nothing else is told.
    for row in beside:
        assert any(
            one["session_id"] == row["session_id"]
            and one["channel"] == row["channel"]
            and one["entity"] == row["entity"]
            for one in of_leaks
        )
    assert (len(leaks), len(beside)) == (40, 36)
    assert sum(any(stands_at(row, leak) for row in beside) for leak in leaks) >= 34


def stands_at(row, leak):
    own = (row["session_id"], row["channel"]) == (leak["session_id"], leak["channel"])
    return own and row["seq"] <= leak["seq"] <= (row["seq_end"] or row["seq"])


def test_files_and_side_channels(found):
    assert [row for row in found if row["channel"] == "file"] == []
    assert {row["kind"] for row in found if row["severity"] == "risk"} == {
        "length_told",
        "timing_told",
        "rare_title",
    }
    # Masks over nothing are a weak check: docs/decisions/scan.md says how many of the sample's it finds.
    empty = [row for row in found if row["kind"] == "mask_over_nothing"]
    assert {row["severity"] for row in empty} <= {"low"}
    assert len(empty) < 10
