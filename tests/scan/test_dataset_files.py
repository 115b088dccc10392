"""What a dataset's files hold that is in no row is found; files as we write them are clean; broken ones are named."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from explorer.measures.column_bounds import is_lower_bound_of, is_upper_bound_of
from explorer.scan import text_aside, unnamed_files
from explorer.scan.dataset_file import Chunk, DatasetFile
from explorer.scan.parquet_left import look
from explorer.trace.dataset import Dataset

SECRET = "Juniper Vale"
TITLES = ["Inbox", "Orders", "Inbox", None]


@pytest.fixture(scope="module")
def clean(dataset_of, tmp_path_factory) -> Path:
    events = [
        {
            "session_id": "s",
            "seq": at,
            "t_us": at,
            "kind": "window_focus",
            "window_title": title,
            "extra": "{}",
        }
        for at, title in enumerate(TITLES)
    ]
    return dataset_of(tmp_path_factory.mktemp("clean") / "set", events=events)


@pytest.fixture
def copy(clean, tmp_path) -> Path:
    return Path(shutil.copytree(clean, tmp_path / "set"))


def rewritten(root: Path, change, **how) -> None:
    """Change the rows of the events file and how it is written; the manifest goes along."""
    path = root / Dataset.open(root).files("events")[0].path
    pq.write_table(change(pq.read_table(path)), path, **how)
    name_again(root)


def name_again(root: Path) -> None:
    document = json.loads((root / "manifest.json").read_text())
    for entry in document["files"]:
        content = (root / entry["path"]).read_bytes()
        entry.update(bytes=len(content), sha256=hashlib.sha256(content).hexdigest())
    (root / "manifest.json").write_text(json.dumps(document))


def of_files(found) -> list[tuple[str, str | None, str | None, int | None]]:
    return [(row["kind"], row["file"] and row["file"].split("/")[0], row["source_column"], row["row_group"])
            for row in found if row["channel"] == "file"]  # fmt: skip


def with_dictionary(table: pa.Table, values: list[str]) -> pa.Table:
    held = [*dict.fromkeys(one for one in TITLES if one), *values]
    indices = pa.array([None if one is None else held.index(one) for one in TITLES], pa.int32())
    column = pa.DictionaryArray.from_arrays(indices, pa.array(held))
    return table.set_column(table.schema.get_field_index("window_title"), "window_title", column)


def test_what_we_write_is_clean(clean, found_in):
    assert of_files(found_in(clean)) == []


def test_values_that_only_the_dictionary_holds(copy, found_in):
    rewritten(copy, lambda table: with_dictionary(table, [SECRET]), write_statistics=False)
    found = found_in(copy)
    assert of_files(found) == [("left_in_dictionary", "events", "window_title", 0)]
    assert [row["reason"] for row in found if row["channel"] == "file"] == ["1 value"]
    assert SECRET not in repr(found)


def test_bounds_that_no_row_holds(copy, found_in):
    path = copy / Dataset.open(copy).files("events")[0].path
    content = path.read_bytes()
    start = len(content) - 8 - int.from_bytes(content[-8:-4], "little")
    footer = content[start:]
    assert footer.count(b"Orders") >= 1
    path.write_bytes(content[:start] + footer.replace(b"Orders", b"J.Vale"))
    name_again(copy)
    found = found_in(copy)
    assert of_files(found) == [("left_in_statistics", "events", "window_title", 0)]
    assert "Vale" not in repr(found)


def test_bounds_of_a_column_that_was_emptied(copy):
    place = {"session_id": "", "channel": "file"}
    none = pa.array([], pa.string())
    chunk = Chunk(place, "events", "url", none, none, SECRET, SECRET)
    assert [one.kind for one in look(chunk)] == ["left_in_statistics"]
    assert list(look(Chunk(place, "events", "url", none, none, None, None))) == []


@pytest.mark.parametrize(
    ("bound", "value", "is_lower", "is_upper"),
    [
        ("abc", "abc", True, True), ("ab", "abc", True, True), ("abd", "abcdef", False, True),
        ("b", "abc", False, True),
        ("Juniper", "Zoe", False, False), ("zz", "a", False, False), ("", "a", True, True), ("é", "étage", True, True),
    ],
)  # fmt: skip
def test_bounds_may_be_cut(bound, value, is_lower, is_upper):
    assert is_lower_bound_of(bound, value) == is_lower
    assert is_upper_bound_of(bound, value) == is_upper


def test_a_dictionary_that_is_given_up_midway_is_no_finding(tmp_path):
    values = [f"value {at:06d} " * 20 for at in range(6_000)] + ["again"] * 100
    path = tmp_path / "part.parquet"
    pq.write_table(pa.table({"text": values}), path, dictionary_pagesize_limit=50_000, row_group_size=4_000)
    chunks = list(DatasetFile(tmp_path, "part.parquet", "events").chunks())
    assert [len(one.held) for one in chunks] == [4_000, 2_001]
    assert [found for one in chunks for found in look(one)] == []


def test_personal_values_in_columns_that_no_page_shows_and_in_footers(copy, found_in):
    def change(table: pa.Table) -> pa.Table:
        extra = pa.array(
            [None, '{"to": "fern.wild@example.com"}', '{"n": 1}', '{"to": "a.vale@example.org"}']
        )
        changed = table.set_column(table.schema.get_field_index("extra"), "extra", extra)
        return changed.replace_schema_metadata({b"by": b"ghp_EXAMPLEabcdefghijklmnopqrstuvwxyz0123456789"})

    rewritten(copy, change)
    document = json.loads((copy / "dataset.json").read_text())
    (copy / "dataset.json").write_text(json.dumps({**document, "title": "Tel: +44 7700 900123"}))
    found = [row for row in found_in(copy) if row["kind"] == "readable_text"]
    assert {(row["file"].split("/")[0], row["source_column"], row["entity"], row["reason"]) for row in found} == {
        ("events", "extra", "EMAIL_ADDRESS", "2 texts"), ("events", None, "API_TOKEN", "1 text"),
        ("dataset.json", None, "PHONE_NUMBER", "1 text"),
    }  # fmt: skip


def test_columns_that_have_checks_of_their_own_are_passed_over():
    values = pa.array(["fern.wild@example.com"])
    for table, columns in text_aside.LOOKED_AT.items():
        for column in columns:
            assert list(text_aside.look(Chunk({}, table, column, values, values, None, None))) == []


def test_files_that_the_manifest_does_not_name(copy, found_in):
    own = f"part-{'0' * 32}.parquet"
    for name in (f"events/{own}", f"events/{own}.partial", "frames/juniper vale.png", ".DS_Store",
                 "letters/Juniper/cv.pdf", "rollups/old/x.parquet", "trace.duckdb.wal", "b\udcff.txt"):  # fmt: skip
        path = copy / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"PAR1")
    os.symlink("/etc", copy / "events" / "elsewhere")
    found = [row for row in found_in(copy) if row["kind"] == "unnamed_file"]
    assert len(found) == 9
    files = {row["file"] for row in found}
    assert {f"events/{own}", f"events/{own}.partial", ".DS_Store"} < files
    assert sum("in order of names" in one for one in files) == 6
    assert not any("uniper" in one or "elsewhere" in one for one in files)
    assert {row["severity"] for row in found if row["file"] == ".DS_Store"} == {"low"}


def test_linked_pictures_are_named_by_their_table(dataset_of, frame_row, found_in, tmp_path):
    row = frame_row("s", 0, seq=0)
    content = row["image"]["bytes"]
    kept = content + b"left behind by an editor"
    linked = {"image": {"bytes": None, "path": "pictures/0.png"}, "sha256": hashlib.sha256(kept).hexdigest()}
    root = dataset_of(tmp_path / "set", frames=[{**row, **linked, "thumb": None}])
    (root / "pictures").mkdir()
    (root / "pictures/0.png").write_bytes(kept)
    (root / "pictures/1.png").write_bytes(content)
    found = found_in(root)
    (unnamed,) = (row["file"] for row in found if row["kind"] == "unnamed_file")
    assert unnamed.startswith("(folder)/(file ")
    assert unnamed.endswith(" in order of names).png")
    assert [row["frame_id"] for row in found if row["kind"] == "after_the_end"] == ["s-0000000"]


def test_rollups_of_a_state_that_has_passed(copy, found_in):
    folder = copy / "rollups" / "session_titles"
    folder.mkdir(parents=True)
    path = f"rollups/session_titles/part-{'1' * 32}.parquet"
    (copy / path).write_bytes(b"PAR1")
    entry = {
        "rollup": "session_titles",
        "path": path,
        "rows": 1,
        "bytes": 4,
        "sha256": hashlib.sha256(b"PAR1").hexdigest(),
    }
    head = {
        "manifest_sha256": "0" * 64,
        "consent_sha256": "0" * 64,
        "sql_sha256": {},
        "covered": [],
        "files": [entry],
    }
    (copy / "rollups/manifest.json").write_text(json.dumps(head))
    assert ("stale_rollup", "rollups", None, None) in of_files(found_in(copy))


def test_a_new_file_in_the_folder_is_another_state(copy):
    before = unnamed_files.fingerprint(copy, set())
    (copy / "notes.txt").write_text("x")
    assert unnamed_files.fingerprint(copy, set()) != before
    (copy / "rollups").mkdir()
    (copy / "rollups/x").write_text("x")
    (copy / "notes.txt").unlink()
    assert unnamed_files.fingerprint(copy, set()) == before


@pytest.mark.parametrize("spoil", ["empty", "cut", "zeros", "footer", "body"])
def test_files_that_cannot_be_read_are_named(copy, found_in, spoil):
    path = copy / Dataset.open(copy).files("events")[0].path
    content = path.read_bytes()
    body = bytearray(content)
    body[40:200] = b"\xff" * 160
    path.write_bytes({"empty": b"", "cut": content[: len(content) // 2], "zeros": b"\0" * len(content),
                      "footer": content[:-300] + b"\xff" * 292 + content[-8:], "body": bytes(body)}[spoil])  # fmt: skip
    name_again(copy)
    unread = [row for row in found_in(copy) if row["kind"] == "unread" and row["file"]]
    assert unread
    assert all(row["file"].startswith("events/") for row in unread)


def test_texts_that_are_no_utf_8_are_named(copy, found_in):
    def change(table: pa.Table) -> pa.Table:
        raw = pa.array([b"\xff\xfe", b"fern.wild@example.com \xff", b"\xed\xa0\x80", None])
        extra = pa.Array.from_buffers(pa.string(), 4, raw.buffers())
        return table.set_column(table.schema.get_field_index("extra"), "extra", extra)

    rewritten(copy, change)
    found = [row for row in found_in(copy) if row["channel"] == "file"]
    assert found
    assert {row["kind"] for row in found} <= {"unread", "readable_text", "left_in_statistics"}
    assert all(row["file"].startswith("events/") for row in found)


def test_a_column_that_is_too_large_is_named(copy, found_in, monkeypatch):
    monkeypatch.setattr("explorer.scan.dataset_file.MOST_BYTES", 1)
    reasons = {row["reason"] for row in found_in(copy) if row["channel"] == "file"}
    assert reasons == {"column is too large"}
