"""The set as a dataset keeps the format, and its key says what lies in it."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from explorer.trace.check import check
from explorer.trace.dataset import Dataset

from .dataset import answer, write_dataset, write_items
from .items import KINDS, Item
from .presses import Press, typed
from .text_shapes import CHANNELS
from .texts import texts

TEXTS_N = 8
SECRET = ("kind", "variant", *KINDS)


@pytest.fixture(scope="module")
def written(tuning: tuple[Item, ...], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two pictures of each kind and eight texts of each channel, and the key beside them."""
    folder = tmp_path_factory.mktemp("leaks")
    pictures = [item for item in tuning if item.number < 2]
    write_items(folder / "set", "Leak set", [*pictures, *texts("tuning", TEXTS_N)], folder / "key.jsonl")
    return folder / "set", folder / "key.jsonl"


@pytest.fixture(scope="module")
def answers(written: tuple[Path, Path]) -> list[dict[str, object]]:
    return [json.loads(line) for line in written[1].read_text(encoding="utf-8").splitlines()]


def rows(root: Path, table: str) -> list[dict[str, object]]:
    files = Dataset.open(root).files(table)
    found: list[dict[str, object]] = pa.concat_tables(
        pq.read_table(root / one.path) for one in files
    ).to_pylist()
    return found


def test_it_keeps_the_format(written):
    assert check(written[0]) == []
    assert Dataset.open(written[0]).is_synthetic


def test_every_item_is_a_session_and_has_an_answer(written, answers):
    sessions = {row["session_id"] for row in rows(written[0], "sessions")}
    assert sessions == {row["session_id"] for row in answers}
    assert len(answers) == len(sessions) == 2 * len(KINDS) + 2 * TEXTS_N * len(CHANNELS)


def test_frames_and_masks_are_those_of_the_key(written, answers, tuning):
    frames = {row["frame_id"]: row for row in rows(written[0], "frames")}
    keyed = {picture["frame_id"]: picture for row in answers for picture in row.get("pictures", ())}
    assert set(frames) == set(keyed)
    stored = {picture.content for item in tuning for picture in item.pictures}
    assert all(row["image"]["bytes"] in stored for row in frames.values())
    declared: dict[str, list[list[int]]] = {name: [] for name in frames}
    for row in rows(written[0], "redactions"):
        if row["target"] == "frame":
            left, top = row["frame_left_px"], row["frame_top_px"]
            edges = [left, top, left + row["frame_width_px"], top + row["frame_height_px"]]
            declared[row["frame_id"]].append(edges)
    assert declared == {name: [mask["box"] for mask in picture["masks"]] for name, picture in keyed.items()}


def test_texts_lie_in_the_column_of_their_channel(written, answers):
    found = {
        "window_title": [row["window_title"] for row in rows(written[0], "events")],
        "url": [row["url"] for row in rows(written[0], "events")],
        "clipboard": [row["text"] for row in rows(written[0], "events") if row["kind"] == "clipboard_copy"],
        "element_name": [row["element_name"] for row in rows(written[0], "events")],
        "task": [row["task"] for row in rows(written[0], "sessions")],
        "thought": [row["thought"] for row in rows(written[0], "steps")],
    }
    for row in answers:
        if row["part"] == "text" and row["channel"] != "typed":
            assert row["text"] in found[row["channel"]]


def test_typed_keys_of_the_dataset_spell_the_text(written, answers):
    events = rows(written[0], "events")
    for row in [row for row in answers if row.get("channel") == "typed"]:
        down = [one for one in events if one["session_id"] == row["session_id"] and one["kind"] == "key_down"]
        up = [one for one in events if one["session_id"] == row["session_id"] and one["kind"] == "key_up"]
        assert len(down) == len(up)
        assert typed(tuple(Press(one["key"], one["code"]) for one in down)) == row["text"]


def test_nothing_in_the_dataset_says_what_is_wrong_where(written):
    shown = [
        str(value)
        for table in ("sessions", "frames", "redactions", "events")
        for row in rows(written[0], table)
        for name, value in row.items()
        if name not in ("image", "thumb", "task", "text", "url", "window_title", "element_name", "kind")
    ]
    assert not [text for text in shown if any(secret in text for secret in SECRET)]
    assert not (written[0] / "key.jsonl").exists()


def test_a_placeholder_is_declared_at_its_row(written, answers):
    spans = {(row["session_id"], span["start"]) for row in answers for span in row.get("masked", ())}
    texts_of = [row for row in rows(written[0], "redactions") if row["target"] != "frame"]
    assert spans == {(row["session_id"], row["char_start"]) for row in texts_of}
    assert {row["target"] for row in texts_of} >= {"window_title", "url", "element_name", "task", "text"}


def test_the_key_must_lie_elsewhere(tmp_path):
    with pytest.raises(ValueError, match="must not lie in the dataset"):
        write_dataset(tmp_path / "set", "tuning", 1, key=tmp_path / "set" / "key.jsonl")
    assert not (tmp_path / "set").exists()


def test_a_part_of_the_set_on_request(tmp_path):
    made = write_dataset(tmp_path / "set", "measuring", 1, kinds=["missed"], channels=["url"])
    assert [row.get("kind") or row["channel"] for row in made] == ["missed", "url", "url"]
    assert check(tmp_path / "set") == []


def test_an_answer_names_the_value_and_its_place(tuning):
    item = next(item for item in tuning if item.kind == "translucent")
    found = answer(item)
    truth = found["pictures"][0]["truths"][found["pictures"][0]["subject"]]
    assert truth["text"] == item.pictures[0].truths[item.pictures[0].subject].text
    assert found["recovery"]["is_recoverable"] is item.is_leak
    assert json.loads(json.dumps(found))["box"] == list(item.box.edges)
