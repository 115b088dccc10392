"""Other people's Parquet, opened in place: rows, order, times, places and pictures, and nothing written beside it."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PIL import Image

from explorer import sql
from explorer.engine import Engine, open_engine
from explorer.errors import EngineError, MappingError
from explorer.trace.arrow import arrow_schema

from .mapped_shapes import STEPS, TRAJECTORIES, picture, step_folder, step_rows, trajectory_folder, write


def opened(root: Path) -> Engine:
    return open_engine(root, mapping=root / "m.yaml")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that no test changes."""
    return step_folder(tmp_path_factory.mktemp("mapped") / "d")


@pytest.fixture(scope="module")
def engine(root: Path) -> Iterator[Engine]:
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    found = opened(root)
    yield found
    found.close()
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before


def by_task(engine: Engine) -> dict[str, dict[str, Any]]:
    return {str(row["task"]): row for row in engine.run("sessions/list").to_pylist()}


def test_sessions_are_listed_with_their_counts(engine: Engine) -> None:
    rows = by_task(engine)
    assert set(rows) == {"do 0", "do 1", "do 2"}
    one = rows["do 1"]
    assert (one["steps_n"], one["events_n"], one["frames_n"], one["moves_n"]) == (5, 4, 4, 0)
    assert (one["clicks_n"], one["right_clicks_n"], one["scrolls_n"]) == (2, 1, 1)
    assert (one["actor"], one["task_outcome"], one["quality"]) == ("agent", "fail", "")
    assert rows["do 0"]["task_outcome"] == "done"
    assert one["duration_us"] == 6_000_000
    assert engine.are_rollups_fresh
    assert engine.dataset.title == "Desktop episodes"
    assert engine.run("sessions/totals").to_pylist()[0]["people_n"] == 3


def test_events_stand_in_their_order_with_time_place_and_pictures(engine: Engine) -> None:
    session_id = by_task(engine)["do 1"]["session_id"]
    rows = engine.run("replay/events", {"session_id": session_id}).to_pylist()
    assert [(row["seq"], row["step"], row["t_us"]) for row in rows] == [
        (2, 0, 0), (8, 2, 3_000_000), (11, 3, 4_500_000), (14, 4, 6_000_000)]  # fmt: skip
    assert [(row["kind"], row["button"]) for row in rows] == [
        ("click", "left"), ("click", "right"), ("click", "left"), ("scroll", None)]  # fmt: skip
    second = rows[1]
    assert (second["x_rel"], second["y_rel"], second["x_px"], second["y_px"]) == (0.2, 0.5, 13, 20)
    assert second["cell"] == 54 * 192 + 38
    assert (second["frame_id"], second["frame_after_id"]) == (None, f"{session_id}-0000003")
    assert (rows[0]["text"], rows[0]["text_len"]) == ("héllo", 5)
    (display,) = engine.run("sessions/displays", {"session_id": session_id}).to_pylist()
    assert (display["width_px"], display["height_px"], display["coordinate_space"]) == (64, 40, "normalized")


def test_frames_come_byte_for_byte_with_a_thumb(engine: Engine) -> None:
    session_id = by_task(engine)["do 1"]["session_id"]
    frames = engine.run("replay/frames", {"session_id": session_id}).to_pylist()
    assert [row["step"] for row in frames] == [0, 1, 3, 4]
    for row in frames:
        frame = engine.frame(row["frame_id"])
        assert frame is not None
        assert (frame.bytes, frame.format) == (picture(10 + row["step"]), "png")
        thumb = engine.thumb(row["frame_id"])
        assert thumb is not None
        assert Image.open(io.BytesIO(thumb)).format == "JPEG"
    assert engine.frame(f"{session_id}-0000002") is None
    for hostile in ("", "x", "parquet-0-0000000", f"{session_id}-9999999", "' OR 1=1 --"):
        assert engine.frame(hostile) is None


def test_every_query_of_the_library_answers(engine: Engine) -> None:
    row = by_task(engine)["do 0"]
    first = row["session_id"]
    own = {"session_id": first, "frame_id": row["first_frame_id"], "task_id": "x"}
    own |= {"first_session_id": first, "last_session_id": first, "home_session_id": first}
    own |= {"kind": "move", "cell": 0, "app": "x"}
    for name in sql.names():
        asked = {param.name: own[param.name] for param in sql.load(name).params if param.name in own}
        assert engine.run(name, asked).column_names == [column.name for column in sql.load(name).columns], (
            name
        )


@pytest.mark.parametrize(
    "table", ["sessions", "participants", "displays", "moves", "events", "steps", "frames", "redactions"]
)
def test_the_relations_have_the_schemas_columns_and_types(engine: Engine, table: str) -> None:
    found = engine.answer(f"SELECT * FROM {table}", {}, table).schema  # type: ignore[attr-defined]
    wanted = [(f.name, f.type) for f in arrow_schema(table) if f.name not in ("image", "thumb")]
    if table == "frames":
        wanted += [("file", pa.string()), ("file_row", pa.int64())]
    assert [(field.name, field.type) for field in found] == wanted


def test_the_instance_reads_the_listed_files_and_nothing_else(engine: Engine, tmp_path: Path) -> None:
    write(tmp_path / "new.parquet", step_rows(1))
    cursor = engine._opened.connection.cursor()  # type: ignore[attr-defined]
    for text in (
        "SELECT * FROM read_text('/etc/passwd')",
        f"SELECT * FROM read_parquet('{tmp_path}/new.parquet')",
        f"COPY (SELECT 1) TO '{tmp_path}/x.csv'",
        "SET enable_external_access = true",
    ):
        with pytest.raises(duckdb.Error):
            cursor.execute(text)


def test_ids_do_not_depend_on_the_place_of_the_folder(engine: Engine, tmp_path: Path) -> None:
    other = opened(step_folder(tmp_path / "other"))
    ids = [set(found.run("sessions/list")["session_id"].to_pylist()) for found in (engine, other)]
    assert ids[0] == ids[1]
    other.close()


@pytest.mark.parametrize("kind", ["struct", "blob", "text"])
def test_trajectories_unfold_their_lists(tmp_path: Path, kind: str) -> None:
    engine = opened(trajectory_folder(tmp_path / "d", kind))
    rows = by_task(engine)
    assert {task: (r["steps_n"], r["events_n"], r["frames_n"]) for task, r in rows.items()} == {
        "g": (3, 2, 3), "h": (2, 2, 1), "None": (1, 0, 0)}  # fmt: skip
    assert "2 rows have lists of unequal length" in engine.notes[0]
    first = rows["g"]["session_id"]
    frames = engine.run("replay/frames", {"session_id": first})["frame_id"].to_pylist()
    assert [getattr(engine.frame(frame), "bytes", None) for frame in frames] == [
        picture(number, "JPEG") for number in (1, 2, 3)
    ]
    events = engine.run("replay/events", {"session_id": first}).to_pylist()
    assert [(row["kind"], row["t_us"], row["x_px"], row["cell"]) for row in events] == [
        ("click", None, 32, 21 * 192 + 96), ("text_input", None, None, None)]  # fmt: skip
    told = "SELECT thought, action_type, action_args FROM steps WHERE session_id = $id ORDER BY step"
    steps = [tuple(row.values()) for row in engine.answer(told, {"id": first}, "steps").to_pylist()]  # type: ignore[attr-defined]
    assert steps[0] == ("a", "click", '{"type":"click","x":0.5,"y":0.2}')
    assert steps[2] == ("c", None, None)
    engine.close()


def test_each_row_may_be_a_session_of_its_own(tmp_path: Path) -> None:
    root = trajectory_folder(tmp_path / "d", "struct")
    (root / "m.yaml").write_text(TRAJECTORIES.replace("session: id\n", ""))
    fixed = pa.table({"images": pa.array([[picture(1)] * 2], pa.list_(pa.binary(), 2)), "n": [1]})
    pq.write_table(fixed, tmp_path / "fixed.parquet")
    engine = opened(root)
    assert len(by_task(engine)) == 3
    engine.close()
    (tmp_path / "m.yaml").write_text(
        "mapping: 1\nfiles: '*.parquet'\nshape: row_per_trajectory\nlists: [images]\n"
        "sessions: {actor: \"'agent'\", task: n}\nframes: {image: images}\n"
    )
    engine = opened(tmp_path)
    (row,) = by_task(engine).values()
    assert (row["steps_n"], row["frames_n"]) == (2, 2)
    frame = engine.frame(row["last_frame_id"])
    assert frame is not None
    assert frame.bytes == picture(1)
    engine.close()


def test_a_picture_named_in_a_struct_without_bytes_is_read_from_beside(tmp_path: Path) -> None:
    rows = step_rows(1)
    for row in rows:
        (tmp_path / "d" / "pics").mkdir(parents=True, exist_ok=True)
        (tmp_path / "d" / "pics" / f"{row['step_idx']}.png").write_bytes(row["image"]["bytes"])
        row["image"] = {"bytes": None, "path": f"pics/{row['step_idx']}.png"} if row["step_idx"] < 3 else None
    rows.append({**rows[0], "step_idx": 9, "image": {"bytes": picture(9), "path": "x"}})
    root = step_folder(tmp_path / "d", [])
    write(root / "data" / "a.parquet", rows)
    engine = opened(root)
    session = by_task(engine)["do 0"]
    assert session["frames_n"] == 4
    frame = engine.frame(session["first_frame_id"])
    assert frame is not None
    assert frame.bytes == picture(0)
    engine.close()


def test_pixels_as_recorded_get_their_share_and_flags(tmp_path: Path) -> None:
    mapping = STEPS.replace("x_rel: mouse_x", "x_px: mouse_x * 100").replace(
        "y_rel: mouse_y", "y_px: mouse_y * 20"
    )
    rows = [{**row, "mouse_x": row["step_idx"] * 0.3} for row in step_rows(1)]
    root = step_folder(tmp_path / "d", [], mapping)
    write(root / "data" / "a.parquet", rows)
    engine = opened(root)
    session_id = by_task(engine)["do 0"]["session_id"]
    found = engine.run("replay/events", {"session_id": session_id}).to_pylist()
    assert [(row["x_px"], row["flags"]) for row in found] == [
        (0, None), (60, None), (90, "off_screen"), (120, "off_screen")]  # fmt: skip
    assert found[1]["x_rel"] == 60 / 64
    assert found[2]["cell"] is None
    engine.close()


def test_sizes_may_be_mapped_and_time_may_be_a_wall_clock(tmp_path: Path) -> None:
    mapping = STEPS.replace(
        "frames: {image: image}", "frames: {image: image, width_px: 128, height_px: 80}"
    ).replace("  actor:", "  started_at_unix_us: (1700000000 + timestamp) * 1000000\n  actor:")
    engine = opened(step_folder(tmp_path / "d", mapping=mapping))
    session_id = by_task(engine)["do 0"]["session_id"]
    facts = engine.run("sessions/facts", {"session_id": session_id}).to_pylist()[0]
    assert facts["clock"] == "epoch"
    assert facts["started_week_day"] == 19674
    assert engine.run("replay/events", {"session_id": session_id})["x_px"].to_pylist()[1] == 26
    engine.close()


def test_a_changed_file_is_read_anew_and_a_lost_one_left_out(tmp_path: Path) -> None:
    root = step_folder(tmp_path / "d")
    engine = opened(root)
    version = engine.version_id
    write(
        root / "data" / "b.parquet", [{**row, "episode_id": 7, "instruction": "new"} for row in step_rows(1)]
    )
    assert "new" in by_task(engine)
    assert engine.version_id != version
    (root / "data" / "b.parquet").unlink()
    assert "new" not in by_task(engine)
    engine.close()


@pytest.mark.parametrize("damage", ["emptied", "truncated", "pages", "other column"])
def test_a_damaged_file_is_left_out_by_name(tmp_path: Path, damage: str) -> None:
    root = step_folder(tmp_path / "d")
    write(root / "data" / "c.parquet", [{**row, "episode_id": 50} for row in step_rows(1, 50)], group_rows=50)
    path = root / "data" / "c.parquet"
    raw = path.read_bytes()
    middle = pq.read_metadata(path).row_group(0).column(1).data_page_offset
    if damage == "other column":
        pq.write_table(pq.read_table(path).drop_columns(["mouse_x"]), path)
    else:
        pages = raw[: middle + 2] + b"\xff" * 60 + raw[middle + 62 :]
        path.write_bytes({"emptied": b"", "truncated": raw[: len(raw) // 2], "pages": pages}[damage])
    engine = opened(root)
    assert [file.file for file in engine.quarantined()] == ["data/c.parquet"]
    assert len(by_task(engine)) == 3
    engine.close()


WRONG = [
    ("x_rel: mouse_x", "x_rel: mouse_x * 10", "events.x_rel: mouse_x \\* 10 is not a number from 0 to 1 in "
     "data/a.parquet, row [0-9]+; first bad value: [1-4]"),
    ("thought: thought", "is_correct: thought", "is_correct: thought is not true or false in .* value: think 2.4"),
    ("kind: \"CASE", "kind: \"'tap' || CASE", "kind: .* is not one of mouse_down, .*; first bad value: tapscroll"),
    ("session: episode_id", "session: nullif(episode_id, 2)", "session: .* first bad value: NULL"),
    ("step: step_idx", "step: 1", "step: 1 is not unique within episode_id: step 1 comes 5 times"),
    ("step: step_idx", "step: step_idx - 1", "step: .* first bad value: -1"),
    ("step: step_idx", "step: thought", "step: thought is not a number .* first bad value: think"),
    ("time_us: timestamp", "time_us: timestamp * 1e18", "time_us: .* is not a number"),
    ("time_us: timestamp * 1000000", "time_us: timestamp * 100000000000000", "time_us: a session lasts 6,944 days"),
    ("actor: \"'agent'\"", "actor: thought", "sessions.actor: thought is not one of human, agent"),
    ("actor: \"'agent'\"", "actor: \"CASE WHEN false THEN 'agent' END\"", "sessions.actor: .* is empty"),
    ("x_rel: mouse_x", "x_rel: mouse_z", "events.x_rel: names the column mouse_z.*Did you mean mouse_[xy]"),
    ("x_rel: mouse_x", "x_rel: image", "events.x_rel: image is nested, expected DOUBLE"),
    ("x_rel: mouse_x", "x_rel: thought + 1", "events.x_rel: does not fit the columns"),
    ("x_rel: mouse_x", "x_rel: CAST(thought AS DOUBLE)", "events.x_rel: .* cannot be computed"),
    ("x_rel: mouse_x", "x_rel: mouse_x / 0.0", "events.x_rel: .* first bad value: (inf|nan)"),
    ("image: image", "image: step_idx", "frames.image: step_idx is not a picture"),
    ("text: keyboard_text", "text: repeat(thought, 10)", "events.text: calls repeat, which is not allowed"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told"), WRONG)
def test_a_wrong_mapping_names_our_column_theirs_and_the_first_bad_value(
    root: Path, tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert old in STEPS
    (tmp_path / "m.yaml").write_text(STEPS.replace(old, new))
    with pytest.raises(MappingError, match=told) as caught:
        open_engine(root, mapping=tmp_path / "m.yaml")
    assert caught.value.where.startswith("m.yaml, ")


def test_a_bad_value_is_cut_and_made_harmless(tmp_path: Path) -> None:
    rows = [{**row, "click_type": "\x1b[31m" + "é" * 300} for row in step_rows(1)]
    mapping = STEPS.replace(
        "button: \"CASE WHEN click_type IN ('left', 'right') THEN click_type END\"", "button: click_type"
    )
    with pytest.raises(MappingError) as caught:
        opened(step_folder(tmp_path / "d", rows, mapping))
    assert "\x1b" not in str(caught.value)
    assert caught.value.what.endswith("\ufffd[31m" + "é" * 55)


def test_zero_rows_are_an_empty_dataset(tmp_path: Path) -> None:
    root = tmp_path / "d"
    whole = pa.Table.from_pylist(step_rows())
    (root / "data").mkdir(parents=True)
    pq.write_table(whole.slice(0, 0), root / "data" / "a.parquet")
    (root / "m.yaml").write_text(STEPS)
    engine = opened(root)
    assert engine.run("sessions/list").num_rows == 0
    assert engine.frame("parquet-0-0000000") is None
    engine.close()


def test_a_folder_named_like_a_column_changes_no_value(tmp_path: Path) -> None:
    root = step_folder(tmp_path / "click_type=scroll", [], STEPS.replace("data/*", "**/*"))
    write(root / "mouse_x=7" / "a.parquet", step_rows(1))
    engine = opened(root)
    assert by_task(engine)["do 0"]["clicks_n"] == 2
    engine.close()


def test_no_file_and_no_folder_are_clear_errors(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(STEPS)
    with pytest.raises(MappingError, match="no file matches"):
        opened(tmp_path)
    with pytest.raises(MappingError, match="is not a folder"):
        open_engine(tmp_path / "nowhere", mapping=tmp_path / "m.yaml")


def test_a_query_that_fails_names_itself(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "q" / "test").mkdir(parents=True)
    (tmp_path / "q" / "test" / "escape.sql").write_text(
        "-- Test.\n--\n-- returns rows\n-- column n BIGINT: number\nSELECT content AS n FROM read_text('/etc/passwd')\n"
    )
    monkeypatch.setattr(sql, "queries_root", lambda: tmp_path / "q")
    with pytest.raises(EngineError, match="test/escape"):
        engine.run("test/escape")


Make = Callable[..., Path]


def test_a_linked_picture_of_a_dataset_is_served_only_while_it_is_the_same(
    tmp_path: Path, dataset_of: Make, frame_row: Callable[..., dict[str, Any]]
) -> None:
    row = frame_row("a-1", 0, seq=0)
    content = row["image"]["bytes"]
    (tmp_path / "pics").mkdir()
    (tmp_path / "pics" / "1.png").write_bytes(content)
    row["image"] = {"bytes": None, "path": "../pics/1.png"}
    absolute = {
        **frame_row("a-1", 1, seq=1),
        "image": {"bytes": None, "path": str(tmp_path / "pics" / "1.png")},
    }
    pipe = {**frame_row("a-1", 2, seq=2), "image": {"bytes": None, "path": "../pipe"}}
    os.mkfifo(tmp_path / "pipe")
    engine = open_engine(dataset_of(tmp_path / "d", frames=[row, absolute, pipe]))
    frame = engine.frame("a-1-0000000")
    assert frame is not None
    assert frame.bytes == content
    assert engine.thumb("a-1-0000000") is not None
    assert engine.frame("a-1-0000001") is None
    assert engine.frame("a-1-0000002") is None
    (tmp_path / "pics" / "1.png").write_bytes(picture(77))
    assert engine.frame("a-1-0000000") is None
    engine.close()
