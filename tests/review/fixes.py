"""A dataset, and the same after a fix that changed two moments, removed one and added one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from explorer.review import Plan, Reviews, Terms
from explorer.scan.finding import Finding

from .conftest import DatasetOf, judge, rows_of

FrameRow = Callable[..., dict[str, Any]]
TERMS = Terms(target_rate=0.1, confidence=0.9, planted_share=0, repeated_share=0.05)
# Flagged after the fix: one moment that it changed, and one that it did not.
FLAGGED = ("s1-0000000", "s3-0000005")
# What else is not as it was: another look, one that looks like it now, and a new one.
CHANGED = ("s2-0000004", "s2-0000005", "s8-0000000")


def fixed_rows(frame_row: FrameRow) -> dict[str, list[dict[str, Any]]]:
    """The rows after the fix: 93 of 96 moments are as they were."""
    rows = rows_of(frame_row)
    of = {(row["session_id"], row["seq"]): row for row in rows["events"]}
    of["s1", 1]["window_title"] = "<TITLE>"
    of["s2", 16]["window_title"] = "List 4"
    rows["frames"] = [
        {**frame_row("s2", 4, seq=15, t_us=5000, shade=102), "frame_id": "s2-0000005"}
        if row["frame_id"] == "s2-0000005" else row
        for row in rows["frames"] if row["frame_id"] != "s7-0000011"
    ]  # fmt: skip
    rows["events"] = [row for row in rows["events"] if (row["session_id"], row["seq"]) < ("s7", 33)]
    rows["frames"].append(frame_row("s8", 0, seq=0, shade=108))
    rows["events"].append({"session_id": "s8", "seq": 1, "t_us": 0, "kind": "click", "window_title": "New"})
    return rows


def fixed(root: Path, dataset_of: DatasetOf, frame_row: FrameRow) -> Path:
    """A dataset of these rows, with an id of its own."""
    return dataset_of(root, **fixed_rows(frame_row))


def findings() -> list[Finding]:
    """What a scan of the fixed dataset found."""
    return [
        Finding(frame[:2], "frame", "readable_text", "high", 1.0, "a", 1, frame_id=frame) for frame in FLAGGED
    ]


def read(reviews: Reviews, plan: Plan, verdict_of: Callable[[int], str] = lambda number: "clean") -> Plan:
    """Judge everything, the item of each number as told, and finish."""
    queue, number = reviews.queue(plan.plan_id, "Cleo"), 0
    while judge(queue, verdict_of(number)):
        number += 1
    if queue.progress().in_batch_n:
        queue.close_batch()
    return reviews.finish(plan.plan_id, actor="Ana")
