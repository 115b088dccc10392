"""The committed sample dataset: it opens, it is whole, it is small, and it holds no real person's data."""

from __future__ import annotations

import io
import re
from collections import Counter

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PIL import Image

from explorer.engine import open_engine
from explorer.resources import sample_dataset
from explorer.trace.check import check
from explorer.trace.dataset import Dataset
from explorer.trace.schema import TABLES

LARGEST_BYTES = 4_000_000
FILL = (0x4A, 0x53, 0x61)
EMAIL = re.compile(r"[\w.+-]+@[\w.-]+\w")
RESERVED = re.compile(r"@([\w-]+\.)*example\.(com|org|net)$")
CARD = re.compile(r"\b(?:\d[ -]?){13,16}\b")
PHONE = re.compile(r"\b\d{3}-\d{4}\b")


@pytest.fixture(scope="module")
def office() -> Dataset:
    return Dataset.open(sample_dataset())


def rows_of(dataset: Dataset, table: str, columns: list[str] | None = None) -> list[dict[str, object]]:
    parts = [pq.read_table(dataset.root / entry.path, columns=columns) for entry in dataset.files(table)]
    return pa.concat_tables(parts).to_pylist()


def test_says_that_it_is_synthetic_and_what_was_announced(office):
    assert office.is_synthetic
    assert office.licence == "CC0-1.0"
    assert office.announced["apps"] == ["Mail", "Sheet"]
    assert [source["format"] for source in office.sources] == ["office"]


def test_keeps_the_format(office):
    assert check(office.root) == []


def test_is_small_and_has_no_leftovers(office):
    named = {entry.path for table in TABLES for entry in office.files(table)}
    found = {path.relative_to(office.root).as_posix() for path in office.root.rglob("*") if path.is_file()}
    own = {name for name in found if not name.startswith("rollups/") and not name.endswith(".lock")}
    assert own == named | {"dataset.json", "manifest.json"}
    assert sum((office.root / name).stat().st_size for name in found) <= LARGEST_BYTES


def test_two_cohorts_of_five_people_and_an_agent(office):
    people = rows_of(office, "participants")
    assert Counter(row["cohort"] for row in people) == {"Support desk": 5, "Order desk": 5}
    assert {row["consent_status"] for row in people} == {"granted"}
    sessions = rows_of(office, "sessions")
    assert Counter(row["actor"] for row in sessions) == {"human": 10, "agent": 1}
    assert {row["participant_id"] for row in sessions if row["actor"] == "human"} == {
        row["participant_id"] for row in people
    }
    assert {(row["width_px"], row["height_px"]) for row in rows_of(office, "displays")} == {
        (1280, 800),
        (1440, 900),
    }


def test_sessions_are_long_and_rich_enough_to_look_at(office):
    for row in rows_of(office, "sessions"):
        assert 30e6 <= row["duration_us"] <= 100e6, row["source_name"]
        assert 8 <= row["frames_n"] <= 16, row["source_name"]
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
    assert len(steps) == 12
    assert all(row["frame_before_id"] in frames and row["frame_after_id"] in frames for row in steps)
    caused = {row["step"] for row in rows_of(office, "events", ["step"])} - {None}
    assert caused <= {row["step"] for row in steps}
    assert len(caused) == 11  # the last step only says that it is done


def test_every_mask_lies_in_its_frame(office):
    columns = ["frame_id", "width_px", "height_px", "is_redacted"]
    frames = {row["frame_id"]: row for row in rows_of(office, "frames", columns)}
    masks = rows_of(office, "redactions")
    assert {row["entity"] for row in masks} == {"EMAIL_ADDRESS", "PHONE_NUMBER", "CREDIT_CARD"}
    for mask in masks:
        frame = frames[mask["frame_id"]]
        assert frame["is_redacted"]
        assert mask["frame_left_px"] + mask["frame_width_px"] <= frame["width_px"]
        assert mask["frame_top_px"] + mask["frame_height_px"] <= frame["height_px"]


def test_every_mask_is_in_the_picture(office):
    pictures = {
        row["frame_id"]: np.asarray(Image.open(io.BytesIO(row["image"]["bytes"])).convert("RGB"), np.int16)
        for row in rows_of(office, "frames", ["frame_id", "image"])
    }
    shares = []
    for mask in rows_of(office, "redactions"):
        left, top = mask["frame_left_px"], mask["frame_top_px"]
        right, bottom = left + mask["frame_width_px"], top + mask["frame_height_px"]
        cut = pictures[mask["frame_id"]][top:bottom, left:right]
        shares.append((np.abs(cut - FILL).max(axis=-1) <= 16).mean())
    assert min(shares) > 0.1  # a menu or a header may lie over a part of it
    assert np.median(shares) > 0.9


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
        assert all(re.sub(r"\D", "", found) == "4111111111111111" for found in CARD.findall(text)), text


def test_its_rollups_are_fresh(office):
    engine = open_engine(office.root)
    assert engine.are_rollups_fresh, "run: trace-explorer rollup sample_data/office"
    engine.close()
