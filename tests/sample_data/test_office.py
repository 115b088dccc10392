"""The committed sample dataset: it opens, it is whole, it is small, and it holds no real person's data."""

from __future__ import annotations

import io
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PIL import Image

from explorer.engine import open_engine
from explorer.resources import sample_dataset
from explorer.trace.check import check
from explorer.trace.dataset import Dataset
from explorer.trace.schema import CONSENT_SCOPES, TABLES

LARGEST_BYTES = 32_000_000
FILL = (0x4A, 0x53, 0x61)
EMAIL = re.compile(r"[\w.+-]+@[\w.-]+\w")
RESERVED = re.compile(r"@([\w-]+\.)*example\.(com|org|net)$")
CARDS = {"4111111111111111", "5555555555554444", "4242424242424242"}
CARD = re.compile(r"\b(?:\d[ -]?){13,16}\b")
PHONE = re.compile(r"\b\d{3}-\d{4}\b")


@pytest.fixture(scope="module")
def office() -> Dataset:
    return Dataset.open(sample_dataset())


@pytest.fixture(scope="module")
def key() -> dict[str, Any]:
    """Where the redaction pass of the committed sample fails."""
    found: dict[str, Any] = json.loads(
        Path(__file__).with_name("office_key.json").read_text(encoding="utf-8")
    )
    return found


def pictures_of(dataset: Dataset, wanted: set[str]) -> Iterator[tuple[str, np.ndarray]]:
    """Decoded pictures, one row group at a time: together they would fill the memory."""
    for entry in dataset.files("frames"):
        file = pq.ParquetFile(dataset.root / entry.path)
        for batch in file.iter_batches(16, columns=["frame_id", "image"]):
            for row in batch.to_pylist():
                if row["frame_id"] in wanted:
                    image = Image.open(io.BytesIO(row["image"]["bytes"])).convert("RGB")
                    yield row["frame_id"], np.asarray(image, np.int16)


def rows_of(dataset: Dataset, table: str, columns: list[str] | None = None) -> list[dict[str, object]]:
    parts = [pq.read_table(dataset.root / entry.path, columns=columns) for entry in dataset.files(table)]
    return pa.concat_tables(parts).to_pylist()


def test_says_that_it_is_synthetic_and_what_was_announced(office):
    assert office.is_synthetic
    assert office.licence == "CC0-1.0"
    assert office.announced["apps"] == ["Mail", "Sheet", "Customers"]
    assert [source["format"] for source in office.sources] == ["office"]


def test_keeps_the_format(office):
    assert check(office.root) == []


def test_is_small_and_has_no_leftovers(office):
    named = {entry.path for table in TABLES for entry in office.files(table)}
    found = {path.relative_to(office.root).as_posix() for path in office.root.rglob("*") if path.is_file()}
    own = {name for name in found if not name.startswith("rollups/") and not name.endswith(".lock")}
    assert own == named | {"dataset.json", "manifest.json"}
    assert sum((office.root / name).stat().st_size for name in found) <= LARGEST_BYTES


def test_four_cohorts_of_twelve_people_over_three_weeks(office):
    people = rows_of(office, "participants")
    assert Counter(row["cohort"] for row in people) == dict.fromkeys(
        ("Support desk", "Order desk", "Customer care", "Back office"), 12
    )
    sessions = rows_of(office, "sessions")
    assert Counter(row["actor"] for row in sessions) == {"human": 62, "agent": 10}
    assert {row["participant_id"] for row in sessions if row["actor"] == "human"} == {
        row["participant_id"] for row in people
    }
    days = {row["started_day"] for row in sessions}
    first = min(days)  # a Monday
    assert {(day - first) // 7 for day in days} == {0, 1, 2}
    assert sum(row["duration_us"] for row in sessions) >= 2 * 3_600_000_000
    assert sum(row["frames_n"] for row in sessions) >= 800


def test_governance_has_something_to_find(office):
    people = rows_of(office, "participants")
    assert Counter(row["consent_status"] for row in people) == {"granted": 46, "withdrawn": 2}
    missing = [set(CONSENT_SCOPES) - set(row["consent_scope"].split(",")) for row in people]
    lacking = Counter(scope for scopes in missing for scope in scopes)
    assert all(lacking[scope] for scope in ("screenshots", "keystrokes", "window_titles", "demo"))
    assert {row["region"] for row in people} - set(office.announced["regions"]) == {"DE"}
    apps = {row["app"] for row in rows_of(office, "events", ["app"])} - {None}
    assert apps - set(office.announced["apps"]) == {"Documents"}
    kinds = Counter(row["kind"] for row in rows_of(office, "events", ["kind"]))
    assert kinds["pause"] == kinds["resume"] >= 3


def test_two_sizes_light_and_dark(office):
    assert {(row["width_px"], row["height_px"]) for row in rows_of(office, "displays")} == {
        (1280, 800),
        (1440, 900),
    }
    lightness = Counter(
        np.median(np.asarray(Image.open(io.BytesIO(row["thumb"])).convert("L"))) > 128
        for row in rows_of(office, "frames", ["thumb"])
    )
    assert min(lightness[True], lightness[False]) > 100


def test_sessions_are_long_and_rich_enough_to_look_at(office):
    for row in rows_of(office, "sessions"):
        assert row["duration_us"] >= (15e6 if row["actor"] == "agent" else 60e6), row["source_name"]
        assert 5 <= row["frames_n"] <= 30, row["source_name"]
        assert row["quality"] == ""
    kinds = {row["kind"] for row in rows_of(office, "events", ["kind"])}
    assert kinds >= {
        "click", "clipboard_copy", "clipboard_paste", "double_click", "drag", "key_down", "navigation", "scroll",
        "shortcut", "task_end", "window_focus",
    }  # fmt: skip


def test_commands_are_given_in_four_ways(office):
    given = [row for row in rows_of(office, "events", ["kind", "command", "via"]) if row["command"]]
    assert {row["via"] for row in given} == {"shortcut", "menu", "context_menu", "toolbar"}
    assert {row["kind"] for row in given if row["via"] != "shortcut"} == {"click"}


def test_the_agents_steps_join_frames_and_events(office):
    frames = {row["frame_id"] for row in rows_of(office, "frames", ["frame_id"])}
    steps = rows_of(office, "steps")
    assert all(row["frame_before_id"] in frames and row["frame_after_id"] in frames for row in steps)
    assert {row["is_correct"] for row in steps} == {True, False}
    caused = {(row["session_id"], row["step"]) for row in rows_of(office, "events", ["session_id", "step"])}
    named = {(row["session_id"], row["step"]) for row in steps}
    assert {place for place in caused if place[1] is not None} <= named
    outcomes = {row["task_outcome"] for row in rows_of(office, "sessions") if row["actor"] == "agent"}
    assert outcomes == {"done", "fail"}


def test_every_mask_lies_in_its_frame(office):
    columns = ["frame_id", "width_px", "height_px", "is_redacted"]
    frames = {row["frame_id"]: row for row in rows_of(office, "frames", columns)}
    masks = rows_of(office, "redactions")
    assert {row["entity"] for row in masks} >= {"PERSON", "EMAIL_ADDRESS", "PHONE_NUMBER", "CREDIT_CARD"}
    for mask in (row for row in masks if row["target"] == "frame"):
        frame = frames[mask["frame_id"]]
        assert frame["is_redacted"]
        assert mask["frame_left_px"] + mask["frame_width_px"] <= frame["width_px"]
        assert mask["frame_top_px"] + mask["frame_height_px"] <= frame["height_px"]


def test_masks_are_in_their_pictures_where_the_key_says_nothing_else(office, key):
    failing = {frame for one in key["failures"] if one["channel"] == "frame" for frame in one["frame_ids"]}
    masks = defaultdict(list)
    for mask in rows_of(office, "redactions"):
        if mask["target"] == "frame" and mask["frame_id"] not in failing and mask["frame_id"][-1] in "258":
            masks[mask["frame_id"]].append(mask)
    shares = []
    for frame_id, pixels in pictures_of(office, set(masks)):
        for mask in masks[frame_id]:
            left, top = mask["frame_left_px"], mask["frame_top_px"]
            cut = pixels[top : top + mask["frame_height_px"], left : left + mask["frame_width_px"]]
            shares.append((np.abs(cut - FILL).max(axis=-1) <= 16).mean())
    assert len(shares) > 500
    assert min(shares) == 1


def test_failures_are_as_many_as_promised(key):
    leaks = Counter((one["channel"], one["kind"]) for one in key["failures"])
    kinds = ("missed", "blurred", "pixelated", "translucent", "shifted", "too_small", "neighbour")
    assert all(leaks["frame", kind] >= 2 for kind in kinds)
    channels = ("window_title", "url", "clipboard", "typed", "element_name")
    assert all(leaks[channel, "missed"] >= 8 for channel in channels)
    assert leaks["frame", "over"] >= 4
    assert leaks["element_name", "over"] >= 4
    assert 0.02 <= key["leaking_moments_n"] / key["moments_n"] <= 0.03


def test_the_key_is_true(office, key):
    """Where it says that text leaks, a value stands; e-mail addresses and telephone numbers stand nowhere else."""
    columns = ["session_id", "seq", "kind", "window_title", "url", "element_name", "text"]
    rows = {(row["session_id"], row["seq"]): row for row in rows_of(office, "events", columns)}
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in key["failures"]:
        if one["channel"] in ("frame", "typed"):
            continue
        column = "text" if one["channel"] == "clipboard" else one["channel"]
        value = rows[one["session_id"], one["seq"]][column]
        assert value
        assert (value == "<PERSON>") == (one["kind"] == "over"), one
        named[one["session_id"], column].add(value)
    for row in rows.values():
        for column in ("window_title", "url", "element_name", "text"):
            if row[column] and (EMAIL.search(row[column]) or PHONE.search(row[column])):
                assert row[column] in named[row["session_id"], column]


def test_the_key_does_not_lie_in_the_dataset(office):
    assert not list(office.root.rglob("*office_key*"))
    assert {path.suffix for path in office.root.rglob("*") if path.is_file()} <= {".json", ".parquet", ""}
    assert {path.name for path in office.root.rglob("*.json")} == {"dataset.json", "manifest.json"}


@pytest.mark.parametrize("table", TABLES)
def test_personal_values_come_from_reserved_ranges(office, table):
    columns = [column.name for column in TABLES[table].columns if column.type == "VARCHAR"]
    hashes = {
        "source_sha256",
        "sha256",
        "pixels_sha256",
        "screen_state",
        "redaction_id",
        "frame_id",
        "session_id",
    }
    chosen = [name for name in columns if name not in hashes and not name.startswith("frame_")]
    texts = {
        str(value) for row in rows_of(office, table, chosen) for value in row.values() if value is not None
    }
    for text in texts:
        assert all(RESERVED.search(found) for found in EMAIL.findall(text)), text
        assert all(found.startswith("555-01") for found in PHONE.findall(text)), text
        assert all(re.sub(r"\D", "", found) in CARDS for found in CARD.findall(text)), text


def test_its_rollups_are_fresh(office):
    engine = open_engine(office.root)
    assert engine.are_rollups_fresh, "run: trace-explorer rollup sample_data/office"
    engine.close()
