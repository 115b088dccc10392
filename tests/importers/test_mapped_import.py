"""Importing through a mapping: the same sessions as in place, a clean dataset, pictures copied or linked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from explorer.cli import app
from explorer.engine import Engine, open_engine
from explorer.errors import MappingError, ParameterError
from explorer.importers.mapped import import_mapped
from explorer.terminal import mappings
from explorer.terminal.imports import imported_mapped
from explorer.trace.check import check
from explorer.trace.mapping import parse

from ..engine.mapped_shapes import STEPS, picture, step_folder, step_rows, trajectory_folder, write

QUERIES = ("replay/events", "sessions/displays", "sessions/steps")


def sessions(engine: Engine) -> dict[str, dict[str, Any]]:
    return {row["session_id"]: row for row in engine.run("sessions/list").to_pylist()}


def same_in_both(there: Engine, here: Engine) -> None:
    assert sessions(there) == sessions(here)
    for session_id in sessions(there):
        for query in QUERIES:
            asked = {"session_id": session_id}
            assert there.run(query, asked).to_pylist() == here.run(query, asked).to_pylist(), query
        for frame_id in here.run("replay/frames", {"session_id": session_id})["frame_id"].to_pylist():
            theirs, ours = there.frame(frame_id), here.frame(frame_id)
            assert theirs == ours
            assert here.thumb(frame_id) == there.thumb(frame_id)


@pytest.mark.parametrize("shape", ["steps", "struct", "text"])
def test_an_import_is_what_opening_in_place_shows(tmp_path: Path, shape: str) -> None:
    root = step_folder(tmp_path / "d") if shape == "steps" else trajectory_folder(tmp_path / "d", shape)
    done = import_mapped(root, tmp_path / "out", root / "m.yaml")
    assert (done.report.sessions_n, done.report.exit_code) == (3, 0)
    assert check(tmp_path / "out") == []
    there, here = open_engine(root, mapping=root / "m.yaml"), open_engine(tmp_path / "out")
    same_in_both(there, here)
    there.close()
    here.close()


def test_linked_pictures_stay_where_they_are(tmp_path: Path) -> None:
    root = trajectory_folder(tmp_path / "d", "text")
    out = tmp_path / "deep" / "out"
    done = import_mapped(root, out, root / "m.yaml", frames="link").report
    assert done.exit_code == 0
    assert check(out) == []
    engine = open_engine(out)
    (first,) = [s for s in sessions(engine).values() if s["task"] == "h"]
    frame = engine.frame(first["first_frame_id"])
    assert frame is not None
    assert frame.bytes == picture(4, "JPEG")
    (root / "pics" / "4.jpg").write_bytes(picture(5, "JPEG"))
    assert engine.frame(first["first_frame_id"]) is None
    assert [problem.column for problem in check(out)][:1] == ["sha256"]
    engine.close()


def test_embedded_pictures_cannot_be_linked(tmp_path: Path) -> None:
    root = trajectory_folder(tmp_path / "d", "blob")
    with pytest.raises(MappingError, match="embedded in the Parquet"):
        import_mapped(root, tmp_path / "out", root / "m.yaml", frames="link")
    assert not (tmp_path / "out").exists()


def test_a_missing_linked_picture_is_told_and_its_session_comes_in(tmp_path: Path) -> None:
    root = trajectory_folder(tmp_path / "d", "text")
    (root / "pics" / "2.jpg").unlink()
    done = import_mapped(root, tmp_path / "out", root / "m.yaml")
    assert "1 linked pictures are not there" in done.notes
    assert check(tmp_path / "out") == []
    engine = open_engine(tmp_path / "out")
    (first,) = [s for s in sessions(engine).values() if s["task"] == "g"]
    assert first["frames_n"] == 2
    engine.close()


def test_a_broken_picture_leaves_out_its_session_alone(tmp_path: Path) -> None:
    rows = step_rows()
    rows[7 + 1]["image"] = {"bytes": b"\x89PNG\r\n\x1a\n broken", "path": None}
    root = step_folder(tmp_path / "d", rows)
    done = import_mapped(root, tmp_path / "out", root / "m.yaml").report
    assert (done.sessions_n, done.exit_code) == (2, 1)
    assert done.damaged[0].where == "data/a.parquet, step 3"
    assert check(tmp_path / "out") == []


def test_many_pictures_are_streamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.importers.mapped.PART_PICTURE_BYTES", 1_000)
    monkeypatch.setattr("explorer.importers.mapped._BATCH_SESSIONS", 2)
    root = step_folder(tmp_path / "d", step_rows(3, 11))
    done = import_mapped(root, tmp_path / "out", root / "m.yaml").report
    assert done.imported[0].frames_n == 32
    assert check(tmp_path / "out") == []


def run(*words: str | Path) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_the_commands_import_check_and_list(tmp_path: Path) -> None:
    root = step_folder(tmp_path / "d")
    done = run("import", root, "-o", tmp_path / "out", "--mapping", root / "m.yaml", "--frames", "copy")
    assert done.exit_code == 0, done.output
    checked = run("mapping", "check", root, "--mapping", root / "m.yaml")
    assert checked.exit_code == 0
    assert "3 sessions, 15 steps, 12 events, 14 frames" in checked.stdout
    assert "desktop-steps" in run("mapping", "list").stdout
    engine = open_engine(tmp_path / "out")
    assert engine.are_rollups_fresh
    engine.close()
    (root / "data" / "c.parquet").write_bytes(b"")
    checked = run("mapping", "check", root, "--mapping", root / "m.yaml")
    assert checked.exit_code == 1
    assert "Left out: data/c.parquet: is not a readable Parquet file" in checked.stdout


def test_options_that_do_not_go_together_are_named(tmp_path: Path) -> None:
    assert "name the folder" in run("open", "--mapping", "desktop-steps").output
    with pytest.raises(ParameterError, match="--frames: is neither copy nor link"):
        imported_mapped([tmp_path], tmp_path, "m", "move", {})
    with pytest.raises(ParameterError, match="--jobs: does not go with --mapping"):
        imported_mapped([tmp_path], tmp_path, "m", "copy", {"--jobs": 2})
    with pytest.raises(ParameterError, match="takes one folder"):
        imported_mapped([tmp_path, tmp_path], tmp_path, "m", "copy", {})


def test_a_suggested_draft_opens_the_file_it_was_made_from(tmp_path: Path) -> None:
    root = step_folder(tmp_path / "d")
    done = run("mapping", "suggest", root / "data" / "a.parquet", "-o", tmp_path / "draft.yaml")
    assert done.exit_code == 0, done.output
    text = (tmp_path / "draft.yaml").read_text()
    assert "#   mouse_x: double" in text
    engine = open_engine(root, mapping=tmp_path / "draft.yaml")
    rows = sessions(engine).values()
    assert {(row["task"], row["steps_n"], row["events_n"]) for row in rows} == {
        (f"do {n}", 5, 5) for n in range(3)
    }
    assert sum(row["frames_n"] for row in rows) == 14
    engine.close()
    with pytest.raises(MappingError, match="cannot be written"):
        mappings.suggested(root / "data" / "a.parquet", tmp_path / "draft.yaml")


def test_a_suggested_draft_of_trajectories_opens_too(tmp_path: Path) -> None:
    root = trajectory_folder(tmp_path / "d", "struct")
    draft = run("mapping", "suggest", root / "a.parquet").stdout
    assert 'lists: ["images", "actions", "thoughts"]' in draft
    (root / "draft.yaml").write_text(draft)
    engine = open_engine(root, mapping=root / "draft.yaml")
    assert sorted(row["steps_n"] for row in sessions(engine).values()) == [1, 2, 3]
    engine.close()


@pytest.mark.parametrize("name", ['we"ird: #x', "new\nline", "yes", "Ünï", "a b", "episode_id"])
def test_a_draft_of_odd_names_is_yaml(tmp_path: Path, name: str) -> None:
    write(tmp_path / f"{name[:3]}.parquet", [{name: "x", "Episode_ID": "e", "on": ["x"]}])
    file = next(tmp_path.glob("*.parquet"))
    text = run("mapping", "suggest", file).stdout
    assert parse(text).alone["session"] in ("episode_id", '"Episode_ID"')


def test_suggest_refuses_what_is_no_parquet(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(MappingError, match=r"a\.parquet: is not a readable Parquet file"):
        mappings.suggested(tmp_path / "a.parquet", None)


def test_the_folder_may_hold_the_dataset_that_is_imported_from_it(tmp_path: Path) -> None:
    root = step_folder(tmp_path / "d", mapping=STEPS.replace("data/*.parquet", "**/*.parquet"))
    import_mapped(root, root / "out", root / "m.yaml")
    again = import_mapped(root, root / "out", root / "m.yaml").report
    assert (again.sessions_n, again.known_n) == (0, 3)
