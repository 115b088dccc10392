"""AgentNet trajectories: steps, actions, pictures before and after, and lines that are hostile."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.errors import SourceError
from explorer.importers.agentnet_trajectory import AgentNetTrajectory
from explorer.importers.recording import Recording

Make = Callable[..., Any]
IMPORTER = AgentNetTrajectory()
CODE = "pyautogui.click(x=0.5, y=0.5)"


def step(index: Any = 0, code: Any = CODE, image: Any = "0.png", **value: Any) -> dict[str, Any]:
    return {"index": index, "image": image, "value": {"code": code, **value}}


def write(folder: Path, *tasks: Any, pictures: Mapping[str, bytes] | None = None) -> Path:
    (folder / "images").mkdir(parents=True, exist_ok=True)
    path = folder / "tasks.jsonl"
    lines = [task if isinstance(task, bytes) else json.dumps(task).encode() for task in tasks]
    path.write_bytes(b"\n".join(lines) + b"\n")
    for name, content in (pictures or {}).items():
        (folder / "images" / name).write_bytes(content)
    return path


def task(*steps: Any, **fields: Any) -> dict[str, Any]:
    return {"task_id": "t1", "instruction": "Sort the table", "traj": list(steps), **fields}


def read_all(path: Path) -> list[Recording]:
    source = IMPORTER.find(path)
    assert source is not None
    return list(IMPORTER.read(source, IMPORTER.inner_ids(source)))


def rows_of(made: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = made[name].to_pylist()
    return found


def test_steps_actions_and_pictures(tmp_path: Path, tables_of: Make, png: Make, seq_of_all: Make) -> None:
    words = {
        "thought": "It is there",
        "observation": "A table",
        "action": "Click the cell",
        "reflection": "Good",
    }
    path = write(
        tmp_path,
        task(
            step(0, image="0.png", last_step_correct=True, last_step_redundant=False, **words),
            step(
                1, "pyautogui.moveTo(0.1, 0.2)\npyautogui.dragTo(0.3, 0.4)", "1.png", last_step_correct=False
            ),
            step(
                2, "pyautogui.hotkey('ctrl', 'c')\npyautogui.press('enter')\npyautogui.write('hi')", "2.png"
            ),
            step(3, "computer.terminate(status='success')", "3.png"),
        ),
        pictures={"0.png": png(1), "1.png": png(2), "2.png": png(3, (128, 80)), "3.png": png(4)},
    )
    made = tables_of(read_all(path)[0])
    steps = rows_of(made, "steps")
    assert [row["action_type"] for row in steps] == [
        "click",
        "moveTo,dragTo",
        "hotkey,press,write",
        "terminate",
    ]
    assert {name: steps[0][name] for name in ("thought", "observation", "reflection")} == {
        name: text for name, text in words.items() if name != "action"
    }
    said = json.loads(steps[0]["action_args"])
    assert said == {
        "description": "Click the cell",
        "calls": [{"call": "pyautogui.click", "x": 0.5, "y": 0.5}],
    }
    assert [row["is_correct"] for row in steps] == [True, False, None, None]
    assert [row["is_redundant"] for row in steps] == [False, None, None, None]
    assert [row["frame_before_id"][-1] for row in steps] == ["0", "1", "2", "3"]
    assert [(row["frame_after_id"] or "-")[-1] for row in steps] == ["1", "2", "3", "-"]
    events = rows_of(made, "events")
    assert [row["kind"] for row in events] == [
        "click",
        "drag",
        "shortcut",
        "key_down",
        "key_up",
        "text_input",
        "task_end",
    ]
    assert [row["step"] for row in events] == [0, 1, 2, 2, 2, 2, 3]
    assert {row["t_us"] for row in events} == {None}
    click, drag, shortcut = events[:3]
    assert (click["x_rel"], click["x_px"], click["y_px"]) == (0.5, 32, 20)
    assert (click["frame_id"][-1], click["frame_after_id"][-1]) == ("0", "1")
    assert json.loads(drag["extra"]) == {"end_x_px": 19, "end_y_px": 16}
    assert (shortcut["chord"], shortcut["mods"], shortcut["is_derived"]) == ("ctrl+c", "ctrl", False)
    assert events[-1]["frame_after_id"] is None
    assert made["moves"]["x_px"].to_pylist() == [6]
    assert made["frames"]["scale_x"].to_pylist() == [1, 1, 2, 1]
    assert seq_of_all(made) == list(range(4 + 4 + 7 + 1))
    session = rows_of(made, "sessions")[0]
    assert (session["actor"], session["clock"], session["time_precision"]) == ("human", "step", "none")
    assert (session["task"], session["task_outcome"], session["duration_us"]) == (
        "Sort the table",
        "done",
        None,
    )
    assert session["quality"] == "no_time"
    assert rows_of(made, "displays")[0]["coordinate_space"] == "normalized"


def test_the_bytes_of_pictures_stay(tmp_path: Path, tables_of: Make, png: Make) -> None:
    made = tables_of(read_all(write(tmp_path, task(step()), pictures={"0.png": png(7)}))[0])
    assert made["frames"]["image"][0].as_py()["bytes"] == png(7)


def test_a_missing_picture_is_told_and_none_takes_its_place(
    tmp_path: Path, tables_of: Make, png: Make
) -> None:
    steps = [step(0, image="0.png"), step(1, image="1.png"), step(2, image="2.png"), step(3, image=None)]
    path = write(tmp_path, task(*steps), pictures={"0.png": png(1), "2.png": png(2)[:-30]})
    made = tables_of(read_all(path)[0])
    assert made["frames"].num_rows == 1
    assert [bool(row["frame_id"]) for row in rows_of(made, "events")] == [True, False, False, False]
    assert [row["extra"] for row in rows_of(made, "steps")] == [
        None, '{"is_picture_missing": true}', '{"is_picture_missing": true}', None,
    ]  # fmt: skip
    assert json.loads(rows_of(made, "sessions")[0]["extra"])["missing_pictures_n"] == 2


def test_without_pictures_shares_are_kept(tmp_path: Path, tables_of: Make) -> None:
    made = tables_of(read_all(write(tmp_path, task(step(image=None))))[0])
    assert rows_of(made, "events")[0]["x_rel"] == 0.5
    assert rows_of(made, "sessions")[0]["quality"] == "estimated_display,incomplete,no_frames,no_time"


def test_positions_in_pixels_of_the_picture(tmp_path: Path, tables_of: Make, png: Make) -> None:
    path = write(tmp_path, task(step(code="pyautogui.click(32, 20)")), pictures={"0.png": png(1)})
    event = rows_of(tables_of(read_all(path)[0]), "events")[0]
    assert (event["x_px"], event["x_rel"], event["y_rel"]) == (32, 0.5, 0.5)


@pytest.mark.parametrize(
    "name",
    ["../secret.png", "/etc/secret.png", "images/../../secret.png", "link.png", "folder.png", "a\0.png", "x" * 5_000,
     "0.txt", "", 7, None, ["0.png"], {"a": 1}],
)  # fmt: skip
def test_only_pictures_beside_the_file_are_opened(tmp_path: Path, png: Make, name: Any) -> None:
    (tmp_path / "secret.png").write_bytes(png())
    own = tmp_path / "own"
    path = write(own, task(step(image=name)))
    (own / "images" / "link.png").symlink_to(tmp_path / "secret.png")
    (own / "images" / "folder.png").mkdir()
    (own / "images" / "0.txt").write_bytes(png())
    assert read_all(path)[0].frames == []


def test_code_that_is_none_stays_with_its_step(tmp_path: Path, tables_of: Make) -> None:
    made = tables_of(read_all(write(tmp_path, task(step(code="Click the button", image=None))))[0])
    assert rows_of(made, "steps")[0]["action_code"] == "Click the button"
    assert rows_of(made, "steps")[0]["extra"] == '{"is_code_unparsed": true}'
    event = rows_of(made, "events")[0]
    assert (event["kind"], event["extra"]) == ("custom", '{"is_unparsed": true}')


@pytest.mark.parametrize(
    ("codes", "completed", "outcome", "is_complete"),
    [
        (["computer.terminate(status='success')"], None, "done", True),
        (["computer.terminate(status='success')"], True, "done", True),
        (["computer.terminate(status='success')"], False, "unknown", True),
        (["computer.terminate(status='failure')"], None, "fail", True),
        ([CODE], True, "unknown", False),
    ],
)
def test_outcomes(
    tmp_path: Path, codes: Sequence[str], completed: Any, outcome: str, is_complete: bool
) -> None:
    path = write(tmp_path, task(*(step(code=code) for code in codes), task_completed=completed))
    session = read_all(path)[0].session
    assert (session["task_outcome"], session["is_complete"]) == (outcome, is_complete)


@pytest.mark.parametrize(
    ("indexes", "numbers"),
    [([0, 2, 5], [0, 2, 5]), ([0, 0, 1], [0, 1, 2]), ([3, 2, 1], [0, 1, 2]), (["a", 1, 2], [0, 1, 2]),
     ([-1, 0, 1], [0, 1, 2]), ([True, 2, 3], [0, 1, 2]), ([1, 2, 2**70], [0, 1, 2])],
)  # fmt: skip
def test_step_numbers(tmp_path: Path, tables_of: Make, indexes: list[Any], numbers: list[int]) -> None:
    made = tables_of(read_all(write(tmp_path, task(*(step(index) for index in indexes))))[0])
    assert [row["step"] for row in rows_of(made, "steps")] == numbers


def test_each_line_is_a_session_and_is_found_again_by_its_place(tmp_path: Path) -> None:
    path = write(
        tmp_path, task(step(), task_id="a"), b"", task(step(), task_id="b"), b'{"task_id": "c", "traj": 7}'
    )
    source = IMPORTER.find(path)
    assert source is not None
    ids = IMPORTER.inner_ids(source)
    assert [name.partition("@")[0] for name in ids] == ["1", "3", "4"]
    assert [one.session["task_id"] for one in IMPORTER.read(source, ids[1:2])] == ["b"]
    with pytest.raises(SourceError, match="traj is not a list") as caught:
        list(IMPORTER.read(source, ids[2:]))
    assert caught.value.where == "tasks.jsonl:4"


def test_only_sessions_whose_pictures_arrived_later_are_new(tmp_path: Path, png: Make) -> None:
    path = write(tmp_path, task(step(image="0.png")), task(step(image="1.png")), pictures={"0.png": png()})
    source = IMPORTER.find(path)
    assert source is not None
    before = IMPORTER.inner_ids(source)
    (tmp_path / "images" / "1.png").write_bytes(png())
    after = IMPORTER.inner_ids(source)
    assert (before[0] == after[0], before[1] == after[1]) == (True, False)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (b'{"task_id": 1, "traj": ' + b"[" * 100_000, "not a JSON object"),
        (b'{"task_id": 1, "traj": [' + b'{"value": ' * 50_000, "not a JSON object"),
        (b"[1, 2]", "not a JSON object"),
        (b'{"task_id": 1, "traj": []}', "holds no steps"),
        (b'{"task_id": 1}', "traj is not a list"),
    ],
)
def test_a_line_that_is_none_is_damage_with_its_place(tmp_path: Path, line: bytes, what: str) -> None:
    path = write(tmp_path, task(step()), line)
    source = IMPORTER.find(path)
    assert source is not None
    with pytest.raises(SourceError, match=what) as caught:
        list(IMPORTER.read(source, IMPORTER.inner_ids(source)[1:]))
    assert caught.value.where == "tasks.jsonl:2"


def test_a_line_of_10_mb(tmp_path: Path, tables_of: Make) -> None:
    path = write(tmp_path, task(step(thought="long " * 2_000_000)))
    assert len(rows_of(tables_of(read_all(path)[0]), "steps")[0]["thought"]) == 10_000_000


def test_a_line_that_is_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.importers.agentnet_trajectory.LONGEST_LINE", 1_000)
    path = write(tmp_path, task(step()), task(step(thought="long " * 1_000)), task(step()))
    source = IMPORTER.find(path)
    assert source is not None
    ids = IMPORTER.inner_ids(source)
    assert len(list(IMPORTER.read(source, [ids[0], ids[2]]))) == 2
    with pytest.raises(SourceError, match="longer than"):
        list(IMPORTER.read(source, ids[1:2]))


def test_a_lone_surrogate_is_replaced(tmp_path: Path, tables_of: Make) -> None:
    value = b'{"thought": "\\ud800", "action": "\\udfff", "code": "wait(\'\\ud800\')"}'
    line = b'{"task_id": "\\ud800", "traj": [{"value": ' + value + b"}]}"
    made = tables_of(read_all(write(tmp_path, line))[0])
    assert rows_of(made, "steps")[0]["thought"] == "?"


def test_what_is_no_trajectory(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"task_id": 1}\n')
    (tmp_path / "b.txt").write_text('{"task_id": 1, "traj": []}\n')
    assert IMPORTER.find(tmp_path / "a.jsonl") is None
    assert IMPORTER.find(tmp_path / "b.txt") is None
    assert IMPORTER.find(tmp_path) is None
    long = write(tmp_path / "c", task(step(thought="x" * 200_000)))
    assert IMPORTER.find(long) is not None


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=8)
    | st.just(CODE),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["code", "thought", "x"]), inner)
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.dictionaries(st.sampled_from(["index", "image", "value"]), JSON) | JSON, min_size=1, max_size=4
    ),
    JSON,
)
def test_wrong_types_everywhere(
    tmp_path_factory: pytest.TempPathFactory, tables_of: Make, steps: list[Any], field: Any
) -> None:
    path = write(tmp_path_factory.mktemp("a"), {"task_id": field, "traj": steps, "instruction": field, "system": field,
                                                "task_completed": field, "reason": field})  # fmt: skip
    made = tables_of(read_all(path)[0])
    assert made["steps"].num_rows == len(steps)
