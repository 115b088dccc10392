"""What an export takes, what it never takes, what it notes, and that it appears whole or not at all."""

from __future__ import annotations

import json
import resource
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from mcap.reader import make_reader

from explorer.engine import open_engine
from explorer.errors import ExplorerError, ParameterError
from explorer.exports.exchange import TARGETS, Target, TargetWriter, Task, target_of
from explorer.exports.exchange_choice import FILTERS
from explorer.exports.exchange_run import ExportReport, Request, export
from explorer.exports.file_names import file_name
from explorer.exports.session_rows import SessionRows
from explorer.trace.arrow import from_rows
from explorer.trace.commit import writing
from explorer.trace.dataset import Dataset
from explorer.trace.parts import Part

Export = Callable[..., ExportReport]
NAMES = [target.name for target in TARGETS]


def all_text(output: Path) -> bytes:
    """Everything that an export says, unpacked; pictures left out."""
    found = b""
    for path in sorted(output.rglob("*")):
        if path.suffix == ".parquet":
            table = pq.read_table(path)
            found += json.dumps(table.drop_columns(["image"]).to_pylist()).encode()
            found += json.dumps([image and image["path"] for image in table["image"].to_pylist()]).encode()
        elif path.suffix == ".mcap":
            with path.open("rb") as file:
                reader = make_reader(file)
                found += b"\n".join(message.data for _, _, message in reader.iter_messages())
                found += repr(list(reader.iter_metadata())).encode()
        elif path.is_file() and path.suffix not in (".png", ".webp"):
            found += path.read_bytes()
    return found + "\n".join(path.name for path in output.rglob("*")).encode()


@pytest.mark.parametrize("name", NAMES)
def test_only_what_consent_allows_leaves(tmp_path: Path, consents: Path, exported: Export, name: str) -> None:
    report = exported(consents, name, tmp_path / "all")
    assert report.sessions_n == 3
    assert report.unknown_consent_n == 1
    assert report.tally.left_out["session_without_training_consent"] == 1
    told = all_text(tmp_path / "all")
    assert b"a-1" in told
    assert not [word for word in (b"b-1", b"c-1", b"p-all", b"p-closed", b"p-unknown") if word in told]
    titles = {"parquet-hf": True, "owamcap": True, "agentnet": False}
    assert (b"SECRETTITLE" in told) is titles[name]
    exported(consents, name, tmp_path / "closed", session_ids=["d-1"])
    closed = all_text(tmp_path / "closed")
    assert b"SECRET" not in closed
    assert b"d-1-0000000" not in closed
    assert b"image/png;base64" not in closed
    assert not list((tmp_path / "closed").rglob("*.png"))


@pytest.mark.parametrize("name", NAMES)
def test_people_are_named_only_when_asked_for(
    tmp_path: Path, consents: Path, exported: Export, name: str
) -> None:
    exported(consents, name, tmp_path / "out", session_ids=["a-1"], with_people=True)
    assert b"p-all" in all_text(tmp_path / "out")
    assert json.loads((tmp_path / "out" / "EXPORT.json").read_text())["with_people"] is True


def test_the_note_tells_where_it_came_from(tmp_path: Path, office: Path, exported: Export) -> None:
    filters = {"actor": "agent", "day_from": "18000", "os": "linux"}
    report = exported(office, "agentnet", tmp_path / "deep" / "out", filters)
    note = json.loads((tmp_path / "deep" / "out" / "EXPORT.json").read_text())
    dataset = Dataset.open(office)
    assert (note["dataset_id"], note["manifest_sha256"]) == (dataset.dataset_id, dataset.manifest.sha256)
    assert note["filters"] == {"actor": "agent", "day_from": 18000, "os": "linux"}
    assert note["counts"] == dict(report.tally.written) == {
        "sessions_n": 10, "steps_n": 95, "pictures_n": 95,
    }  # fmt: skip
    assert note["left_out"] == dict(report.tally.left_out)
    assert (note["format"], note["licence"], note["damaged_files"]) == ("agentnet", "CC0-1.0", [])
    assert note["exported_utc"].endswith("+00:00")


def test_filters_are_those_of_the_session_list(tmp_path: Path, office: Path, exported: Export) -> None:
    engine = open_engine(office)
    task = engine.run("sessions/list", {"search": "order 4131"})["session_id"][0].as_py()
    task_id = engine.run("exchange/session", {"session_id": task})["task_id"][0].as_py()
    kinds: dict[str, str] = {
        "cohort": "Order desk", "app": "Sheet", "os": "linux", "source_format": "office", "actor": "human",
        "day_from": "18000", "day_to": "30000", "search": "ORDER 4131",
        "task_id": task_id,
    }  # fmt: skip
    assert set(kinds) == set(FILTERS)
    wanted = engine.run("sessions/list", kinds)["session_id"].to_pylist()
    engine.close()
    exported(office, "owamcap", tmp_path / "out", kinds)
    assert {path.stem for path in (tmp_path / "out").glob("*.mcap")} == set(wanted)
    assert 0 < len(wanted) < 20


@pytest.mark.parametrize(
    ("filters", "session_ids", "words"),
    [
        ({"limit_n": "3"}, (), "no filter limit_n"),
        ({"min_people": "1"}, (), "no filter min_people"),
        ({"participant_id": "x"}, (), "no filter participant_id"),
        ({"day_from": "monday"}, (), "day_from wants INTEGER"),
        ({}, ("nobody",), "1 session that the dataset does not have"),
        ({"actor": "robot"}, (), "no session matches"),
        ({"search": "' OR 1=1 --"}, (), "no session matches"),
        ({"cohort": "p-all"}, (), "no session matches"),
        ({}, ("b-1",), "does not have"),
        ({}, ("c-1",), "consent of 1 session does not cover training"),
    ],
)
def test_wrong_choices_say_why(  # noqa: PLR0917 (fixtures and a case's three parts)
    tmp_path: Path, consents: Path, exported: Export, filters: Any, session_ids: Any, words: str
) -> None:
    with pytest.raises(ExplorerError, match=words) as told:
        exported(consents, "agentnet", tmp_path / "out", filters, session_ids=session_ids)
    assert "nobody" not in str(told.value)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_format_is_told() -> None:
    with pytest.raises(ParameterError, match="Use one of parquet-hf, owamcap, agentnet"):
        target_of("lerobot")


def test_a_taken_folder_is_refused_and_left_as_it_was(
    tmp_path: Path, consents: Path, exported: Export
) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for name in ("taken", "file", "link"):
        with pytest.raises(ExplorerError, match="is there already and not empty"):
            exported(consents, "agentnet", tmp_path / name)
    with pytest.raises(ExplorerError, match="inside the dataset"):
        exported(consents, "agentnet", consents / "out")
    with pytest.raises(ExplorerError, match="cannot be written"):
        exported(consents, "agentnet", tmp_path / "file" / "out")
    assert (tmp_path / "taken" / "mine.txt").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "link", "taken"]
    (tmp_path / "empty").mkdir()
    exported(consents, "agentnet", tmp_path / "empty")
    assert (tmp_path / "empty" / "EXPORT.json").is_file()


@pytest.fixture
def small_disk() -> Iterator[None]:
    """No file can grow beyond 20 kB: what a full disk does, without filling one."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("name", NAMES)
def test_a_full_disk_leaves_nothing_behind(
    tmp_path: Path, office: Path, exported: Export, small_disk: None, name: str
) -> None:
    with pytest.raises(ExplorerError, match="disk is full"):
        exported(office, name, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_withdrawal_meanwhile_stops_the_export(tmp_path: Path, dataset_of: Callable[..., Path]) -> None:
    """Sessions are written one by one; the person of the first one withdraws before the last one is."""
    move = {"seq": 0, "t_us": 0, "x_px": 1, "y_px": 1}
    root = dataset_of(
        tmp_path / "d",
        sessions=[{"session_id": s, "participant_id": s[0]} for s in ("a-1", "b-1")],
        participants=[{"participant_id": p, "consent_status": "granted"} for p in ("a", "b")],
        moves=[{**move, "session_id": s} for s in ("a-1", "b-1")],
    )
    engine = open_engine(root)

    def withdraw(done: int, of: int) -> None:
        if done == 0:
            return
        old = Dataset.open(root).files("participants")
        with writing(root) as commit:
            for entry in old:
                commit.swap([], drop=[entry])
            with Part(root, "participants") as part:
                rows = [{"participant_id": "a", "consent_status": "withdrawn"}]
                part.write(from_rows("participants", rows))
                commit.add([part.close()])

    request = Request(target_of("owamcap"), tmp_path / "out", {})
    with pytest.raises(ExplorerError, match="changed while it was exported"):
        export(engine, request, withdraw)
    engine.close()
    assert [path.name for path in tmp_path.iterdir()] == ["d"]


def test_an_error_within_a_session_leaves_nothing_behind(tmp_path: Path, consents: Path) -> None:
    closed = []

    class Failing:
        def __init__(self, task: Task) -> None:
            (task.folder / "half").write_text("half")

        def refuses(self, session: SessionRows) -> str | None:
            return None

        def add(self, session: SessionRows) -> bool:
            raise KeyboardInterrupt

        def close(self) -> None:
            closed.append("close")

        def abandon(self) -> None:
            closed.append("abandon")

    def opened(task: Task) -> TargetWriter:
        return Failing(task)

    engine = open_engine(consents)
    with pytest.raises(KeyboardInterrupt):
        export(engine, Request(Target("x", "", opened), tmp_path / "out", {}))
    engine.close()
    assert closed == ["abandon"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", NAMES)
def test_ids_never_name_files_elsewhere(
    tmp_path: Path,
    dataset_of: Callable[..., Path],
    frame_row: Callable[..., Any],
    exported: Export,
    name: str,
) -> None:
    session_id = "../../x\n"
    click = {
        "kind": "click",
        "x_px": 1,
        "y_px": 1,
        "button": "left",
        "clicks_n": 1,
        "window_title": "</script>",
    }
    frame = {
        **frame_row(session_id, 0, seq=0),
        "capture_left_px": 0,
        "capture_top_px": 0,
        "scale_x": 1.0,
        "scale_y": 1.0,
    }
    root = dataset_of(
        tmp_path / "in" / "d",
        events=[
            {"session_id": session_id, "seq": 1, "t_us": 0, "frame_id": f"{session_id}-0000000", **click}
        ],
        frames=[{**frame, "format": "../png"}],
    )
    exported(root, name, tmp_path / "in" / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
    assert sorted(path.name for path in (tmp_path / "in").iterdir()) == ["d", "out"]
    names = [path.name for path in (tmp_path / "in" / "out").rglob("*") if path.is_file()]
    assert all(name.isprintable() and not name.startswith(".") for name in names)


def test_file_names() -> None:
    assert file_name("office-268416a16ba7dd61") == "office-268416a16ba7dd61"
    odd = ["", ".", "..", "a/b", "-x", "a\0", "x" * 200, ".hidden", "é", "a b"]
    assert all(len(file_name(name)) == 32 for name in odd)
    assert len({file_name(name) for name in odd}) == len(odd)
