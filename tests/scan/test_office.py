"""The office sample's key, as far as the checks cover it: what was planted in texts and masks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from explorer.resources import sample_dataset

KEY = Path(__file__).resolve().parents[1] / "sample_data" / "office_key.json"
MASKS = {"blurred": "weak_mask", "pixelated": "weak_mask", "translucent": "weak_mask", "neighbour": "bare_in_neighbour",
         "too_small": "ink_at_edge"}  # fmt: skip
TEXT_KINDS = ("readable_text", "masked_elsewhere")


@pytest.fixture(scope="module")
def found(found_in):
    return found_in(sample_dataset())


@pytest.fixture(scope="module")
def planted():
    return json.loads(KEY.read_text(encoding="utf-8"))["failures"]


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


def test_planted_masks_are_found_and_no_sound_mask_is_called_weak(found, planted):
    for leak in planted:
        if leak["channel"] == "frame" and leak["kind"] in MASKS:
            kinds = {
                row["kind"]
                for row in found
                if row["frame_id"] in leak["frame_ids"] and touches(row, leak["box"])
            }
            assert MASKS[leak["kind"]] in kinds, leak["kind"]
    weak = [row for row in found if row["kind"] in ("weak_mask", "not_burned")]
    planted_n = sum(leak["kind"] in ("blurred", "pixelated", "translucent") for leak in planted)
    assert len(weak) == planted_n


def touches(row, box):
    left, top, right, bottom = box
    return (
        row["left_px"] < right
        and row["left_px"] + row["width_px"] > left
        and row["top_px"] < bottom
        and row["top_px"] + row["height_px"] > top
    )
