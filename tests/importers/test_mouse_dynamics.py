"""Balabit and SapiMouse: CSV files, and the Balabit set as Parquet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from explorer.errors import SourceError
from explorer.importers.base import Source
from explorer.importers.mouse import MouseDynamics
from explorer.importers.recording import Recording

Make = Callable[..., Any]
IMPORTER = MouseDynamics()
SAPIMOUSE = "client timestamp,button,state,x,y"
GOOD = ("0.0,9.0,NoButton,Move,10,20", "0.1,8.0,Left,Pressed,11,21", "0.1,7.0,Left,Released,11,21")


def source_of(path: Path) -> Source:
    source = IMPORTER.find(path)
    assert source is not None
    return source


def read(path: Path) -> list[Recording]:
    source = source_of(path)
    return list(IMPORTER.read(source, IMPORTER.inner_ids(source)))


def test_balabit_rows(tmp_path: Path, balabit_csv: Make, tables_of: Make) -> None:
    path = balabit_csv(
        tmp_path / "training_files" / "user7" / "session_1",
        *GOOD, "0.2,6.0,NoButton,Drag,12,22", "0.3,5.0,Scroll,Up,12,22", "0.4,5.0,Scroll,Down,12,22",
        "0.5,4.0,XButton,Pressed,12,22", "0.6,3.0,NoButton,Move,65535,65535",
    )  # fmt: skip
    tables = tables_of(read(path)[0])
    session = tables["sessions"].to_pylist()[0]
    assert (session["participant_id"], session["split"]) == ("balabit-user7", "train")
    assert (session["time_precision"], session["source_name"]) == ("us", "session_1")
    assert tables["participants"]["participant_id"].to_pylist() == ["balabit-user7"]
    assert tables["moves"]["flags"].to_pylist() == [None, "drag", "sentinel_xy"]
    assert tables["moves"]["x_px"].to_pylist() == [10, 12, None]
    events = tables["events"].to_pylist()
    assert [row["kind"] for row in events] == [
        "mouse_down",
        "mouse_up",
        "click",
        "scroll",
        "scroll",
        "custom",
    ]
    assert [row["wheel_y"] for row in events] == [None, None, None, -1.0, 1.0, None]
    assert events[-1]["source_type"] == "XButton Pressed"
    assert [row["t_us"] for row in events] == [100_000, 100_000, 100_000, 300_000, 400_000, 500_000]
    assert "sentinel_xy" in session["quality"]


def test_sapimouse_rows(tmp_path: Path, balabit_csv: Make, tables_of: Make) -> None:
    path = balabit_csv(
        tmp_path / "user11" / "session_1min.csv", "1867,NoButton,Move,699,642", "1900,Other,Pressed,5,5",
        "1950,Right,Drag,6,5", header=SAPIMOUSE,
    )  # fmt: skip
    tables = tables_of(read(path)[0])
    session = tables["sessions"].to_pylist()[0]
    assert (session["source_format"], session["participant_id"]) == ("sapimouse", "sapimouse-user11")
    assert (session["time_precision"], session["duration_us"], session["split"]) == ("ms", 83_000, None)
    assert tables["events"]["source_type"].to_pylist() == ["Other Pressed"]


def test_a_folder_that_names_no_user_gives_no_participant(tmp_path: Path, balabit_csv: Make) -> None:
    recording = read(balabit_csv(tmp_path / "jane.doe" / "session_1", *GOOD))[0]
    assert recording.session["participant_id"] is None
    assert recording.participant is None


def test_files_with_windows_line_ends_and_a_mark(tmp_path: Path, balabit_csv: Make) -> None:
    path = balabit_csv(tmp_path / "session_1", *GOOD)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(read(path)[0].moves) == 1


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("0.2,1.0,NoButton,Move,ten,20", "column 'x' is not a number"),
        ("later,1.0,NoButton,Move,10,20", "column 'record timestamp' is not a number"),
        ("0.2,1.0,NoButton,Move,10", "5 values, the header 6 columns"),
        ("0.2,1.0,NoButton,Move,10,20,30", "7 values, the header 6 columns"),
        ("nan,1.0,NoButton,Move,10,20", "the time stamp is not a time"),
        ("1e18,1.0,NoButton,Move,10,20", "the time stamp is not a time"),
        (",1.0,NoButton,Move,10,20", "column 'record timestamp' is not a number"),
    ],
)
def test_a_value_that_cannot_be_is_damage_with_its_place(
    tmp_path: Path, balabit_csv: Make, line: str, what: str
) -> None:
    with pytest.raises(SourceError, match=what) as caught:
        read(balabit_csv(tmp_path / "session_1", *GOOD, line, *GOOD))
    assert caught.value.where == "session_1:5"


@pytest.mark.parametrize("value", ["nan", "1e18", "-65536000000"])
def test_an_unusable_position_is_a_flag(
    tmp_path: Path, balabit_csv: Make, tables_of: Make, value: str
) -> None:
    path = balabit_csv(tmp_path / "session_1", *GOOD, f"0.2,1.0,NoButton,Move,{value},20")
    assert tables_of(read(path)[0])["moves"]["flags"].to_pylist() == [None, "sentinel_xy"]


def test_text_that_is_no_utf8_is_damage(tmp_path: Path, balabit_csv: Make) -> None:
    path = balabit_csv(tmp_path / "session_1", *GOOD)
    path.write_bytes(path.read_bytes() + b"0.2,1.0,No\xffButton,Move,1,1\n")
    with pytest.raises(SourceError, match="column 'button' is not a readable text") as caught:
        read(path)
    assert caught.value.where == "session_1:5"


@pytest.mark.parametrize(
    ("header", "missing"),
    [("record timestamp,client timestamp,button,state,X,y", "x"), ("client timestamp,button,state,x", "y"),
     ("time,client timestamp,button,state,x,y", None)],
)  # fmt: skip
def test_a_wrong_column_is_named(tmp_path: Path, balabit_csv: Make, header: str, missing: str | None) -> None:
    path = balabit_csv(tmp_path / "session_1", *GOOD, header=header)
    if missing is None:  # all columns of SapiMouse and one more: read as such
        assert source_of(path).format == "balabit"
        missing = "record timestamp"
    with pytest.raises(SourceError, match=f"column '{missing}' is missing") as caught:
        read(path)
    assert caught.value.where == "session_1:1"


def test_a_file_without_rows_is_told(tmp_path: Path, balabit_csv: Make) -> None:
    with pytest.raises(SourceError, match="holds no rows"):
        read(balabit_csv(tmp_path / "session_1"))


@pytest.mark.parametrize("content", ["filename,is_illegal\nsession_1,0\n", "", "x,y\n1,2\n", "\0\0\0"])
def test_other_files_are_left_alone(tmp_path: Path, content: str) -> None:
    path = tmp_path / "labels.csv"
    path.write_text(content)
    assert IMPORTER.find(path) is None
    assert IMPORTER.find(tmp_path) is None


def parquet(path: Path, rows: Sequence[tuple[Any, ...]], *, group_rows: int = 3, without: str = "") -> Path:
    names = (
        "split",
        "username",
        "session",
        "row",
        "record timestamp",
        "client timestamp",
        "button",
        "state",
        "x",
        "y",
    )
    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    table = pa.table({name: list(values) for name, values in columns.items() if name != without})
    pq.write_table(table, path, row_group_size=group_rows)
    return path


def session_rows(split: str, user: str, name: str, rows_n: int) -> list[tuple[Any, ...]]:
    return [
        (
            split,
            user,
            name,
            row,
            row / 10,
            0.0,
            "NoButton" if row % 2 else "Left",
            "Move" if row % 2 else "Pressed",
            row,
            row,
        )
        for row in range(rows_n)
    ]


def test_sessions_of_a_parquet_file_span_row_groups(tmp_path: Path, tables_of: Make) -> None:
    rows = [
        *session_rows("test", "user1", "a", 5),
        *session_rows("train", "user1", "a", 4),
        *session_rows("train", "user2", "b", 7),
    ]
    source = source_of(parquet(tmp_path / "all.parquet", rows))
    assert IMPORTER.inner_ids(source) == ("test/user1/a", "train/user1/a", "train/user2/b")
    recordings = list(IMPORTER.read(source, ["train/user2/b", "test/user1/a"]))
    assert [recording.inner_id for recording in recordings] == ["test/user1/a", "train/user2/b"]
    assert [recording.source_rows_n for recording in recordings] == [5, 7]
    tables = tables_of(recordings[1])
    assert tables["moves"]["x_px"].to_pylist() == [1, 3, 5]
    assert tables["sessions"].to_pylist()[0]["split"] == "train"


def test_row_is_the_order_within_a_session(tmp_path: Path) -> None:
    rows = session_rows("test", "user1", "a", 6)
    source = source_of(parquet(tmp_path / "all.parquet", [*rows[3:], *rows[:3]]))
    recording = next(iter(IMPORTER.read(source, ["test/user1/a"])))
    assert recording.moves.x.tolist() == [1, 3, 5]


def test_account_names_become_pseudonyms(tmp_path: Path) -> None:
    source = source_of(parquet(tmp_path / "all.parquet", session_rows("train", "jane.doe", "a", 3)))
    person = next(iter(IMPORTER.read(source, ["train/jane.doe/a"]))).session["participant_id"]
    assert person.startswith("P-")
    assert "jane" not in person


def test_nobody_is_known_to_have_made_a_test_session(
    tmp_path: Path, balabit_csv: Make, tables_of: Make
) -> None:
    # half of the labelled test sessions are another person's than their folder says
    rows = [*session_rows("test", "user1", "a", 3), *session_rows("train", "user1", "a", 3)]
    both = read(parquet(tmp_path / "all.parquet", rows))
    recordings = [*both, *read(balabit_csv(tmp_path / "test_files" / "user7" / "session_1", *GOOD))]
    made = [tables_of(recording) for recording in recordings]
    people = [tables["sessions"]["participant_id"].to_pylist()[0] for tables in made]
    assert people == [None, "balabit-user1", None]
    assert ["participants" in tables for tables in made] == [False, True, False]


def test_no_picture_is_missing_where_none_is_taken(
    tmp_path: Path, balabit_csv: Make, tables_of: Make
) -> None:
    session = tables_of(read(balabit_csv(tmp_path / "session_1", *GOOD))[0])["sessions"].to_pylist()[0]
    assert "no_frames" not in session["quality"]


def test_extra_names_no_person(tmp_path: Path, tables_of: Make) -> None:
    [recording] = read(parquet(tmp_path / "all.parquet", session_rows("train", "jane", "s", 3)))
    assert tables_of(recording)["sessions"]["extra"].to_pylist() == [None]


def test_a_session_in_two_places_is_damage(tmp_path: Path) -> None:
    rows = [
        *session_rows("test", "u", "a", 3),
        *session_rows("test", "u", "b", 2),
        *session_rows("test", "u", "a", 3),
    ]
    with pytest.raises(SourceError, match="do not lie together") as caught:
        IMPORTER.inner_ids(source_of(parquet(tmp_path / "all.parquet", rows)))
    assert caught.value.where == "all.parquet, row 5"


def test_a_missing_or_wrong_column_is_damage(tmp_path: Path) -> None:
    path = parquet(tmp_path / "all.parquet", session_rows("test", "u", "a", 3), without="state")
    with pytest.raises(SourceError, match="column 'state' is missing"):
        IMPORTER.inner_ids(source_of(path))
    table = pq.read_table(parquet(path, session_rows("test", "u", "a", 3)))
    pq.write_table(table.set_column(8, "x", pa.array(["a", "b", "c"])), path)
    with pytest.raises(SourceError, match="column 'x' has type string"):
        IMPORTER.inner_ids(source_of(path))


def test_a_bad_time_names_session_and_row(tmp_path: Path) -> None:
    rows = session_rows("test", "user1", "a", 3)
    rows[1] = (*rows[1][:4], float("nan"), *rows[1][5:])
    source = source_of(parquet(tmp_path / "all.parquet", rows))
    with pytest.raises(SourceError) as caught:
        list(IMPORTER.read(source, ["test/user1/a"]))
    assert caught.value.where == "all.parquet, a, row 1"


def test_a_cut_off_parquet_file_is_damage(tmp_path: Path) -> None:
    path = parquet(tmp_path / "all.parquet", session_rows("test", "u", "a", 30))
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(SourceError, match="cannot be read"):
        IMPORTER.find(path)
    other = tmp_path / "other.parquet"
    pq.write_table(pa.table({"a": [1]}), other)
    assert IMPORTER.find(other) is None
