"""AgentNet trajectories come back through our own importer with the same steps and actions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from explorer.engine import open_engine
from explorer.exports.actions import Action, lines_of
from explorer.exports.agentnet_code import code_of
from explorer.exports.exchange_run import ExportReport
from explorer.exports.key_codes import pyautogui_hotkey
from explorer.exports.tally import Tally
from explorer.importers.action_code import parsed
from explorer.importers.action_code_events import Actions
from explorer.importers.run import import_sources

Export = Callable[..., ExportReport]
Read = Callable[[Path], dict[str, list[Action]]]


def lines(output: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (output / "trajectories.jsonl").read_text().splitlines()]


def meaning(action: Action) -> tuple[Any, ...]:
    """What must come back; positions to the picture's pixel."""
    place = None
    if action.row["x_px"] is not None and action.kind not in ("key", "shortcut", "text", "end", "wait"):
        place = action.row["x_px"], action.row["y_px"], action.end_px
    keys = pyautogui_hotkey(action.mods, action.key) if action.key else None
    lines_n = lines_of(action)[:2] if action.kind == "scroll" else None
    return action.kind, action.button, place, keys, action.times_n, action.text, lines_n


Meanings = list[list[tuple[Any, ...]]]


@pytest.fixture
def round_trip(
    tmp_path: Path, exported: Export, actions_in: Read
) -> Callable[[Path], tuple[Meanings, Meanings]]:
    """Export a dataset to `out`, import that into `back`: the meanings of all actions before and after."""

    def run(root: Path, session_ids: Sequence[str] = ()) -> tuple[Meanings, Meanings]:
        exported(root, "agentnet", tmp_path / "out", session_ids=session_ids)
        report = import_sources([tmp_path / "out" / "trajectories.jsonl"], tmp_path / "back", jobs=1)
        assert not report.damaged
        before, after = actions_in(root), actions_in(tmp_path / "back")
        kept = [actions for session, actions in before.items() if session in (session_ids or before)]
        return [list(map(meaning, actions)) for actions in kept], [
            list(map(meaning, actions)) for actions in after.values()
        ]

    return run


RoundTrip = Callable[..., tuple[Meanings, Meanings]]


def test_the_sample_data_comes_back(tmp_path: Path, office: Path, round_trip: RoundTrip) -> None:
    engine = open_engine(office)
    # An agent's session, one with drags and scrolls, one with a triple click.
    asked = ({"actor": "agent"}, {"search": "totals for Thursday"}, {"search": "order 4131"})
    chosen = [engine.run("sessions/list", filters)["session_id"][0].as_py() for filters in asked]
    engine.close()
    before, after = round_trip(office, chosen)
    assert {kind for actions in before for kind, *_ in actions} == {
        "click", "triple_click", "drag", "scroll", "shortcut", "key", "text", "end",
    }  # fmt: skip
    assert sorted(map(str, before)) == sorted(map(str, after))
    engine = open_engine(tmp_path / "back")
    listed = engine.run("sessions/list").to_pylist()
    engine.close()
    assert sorted(row["steps_n"] for row in listed) == sorted(
        len(line["traj"]) for line in lines(tmp_path / "out")
    )
    assert [row["actor"] for row in listed].count("agent") == 1
    assert {row["task_outcome"] for row in listed} <= {"done", "fail"}
    assert {row["os"] for row in listed} == {"linux"}


def test_a_line_holds_what_agentnet_readers_expect(
    tmp_path: Path, office: Path, exported: Export, agent_session: str
) -> None:
    exported(office, "agentnet", tmp_path / "out", session_ids=[agent_session])
    (line,) = lines(tmp_path / "out")
    assert set(line) == {"task_id", "instruction", "session_id", "system", "task_completed", "model", "traj"}
    assert [step["index"] for step in line["traj"]] == list(range(12))
    first = line["traj"][0]
    assert set(first) == {"index", "image", "value"}
    assert first["value"]["code"] == "pyautogui.click(x=0.306944, y=0.182222)"
    assert "complaint" in first["value"]["thought"]
    assert line["traj"][3]["value"]["code"] == "pyautogui.write('4127')\npyautogui.press('enter')"
    assert line["traj"][-1]["value"]["code"] == "computer.terminate(status='success')"
    engine = open_engine(office)
    for step in line["traj"]:
        frame = engine.frame(step["image"].removesuffix(".webp"))
        assert frame is not None
        content = (tmp_path / "out" / "images" / step["image"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == frame.sha256
    engine.close()


@pytest.mark.real
def test_a_trajectory_comes_back_as_it_was(tmp_path: Path, real: Path, round_trip: RoundTrip) -> None:
    import_sources([real / "agentnet_traj" / "raw_example.jsonl"], tmp_path / "d", jobs=1)
    before, after = round_trip(tmp_path / "d")
    assert before == after
    given = json.loads((real / "agentnet_traj" / "raw_example.jsonl").read_text())
    (told,) = lines(tmp_path / "out")
    assert [s["value"]["code"] for s in told["traj"]] == [s["value"]["code"] for s in given["traj"]]
    assert (told["task_id"], told["instruction"]) == (given["task_id"], given["instruction"])
    for ours, theirs in zip(told["traj"], given["traj"], strict=True):
        assert (tmp_path / "out" / "images" / ours["image"]).read_bytes() == (
            real / "agentnet_traj" / "images" / theirs["image"]
        ).read_bytes()


@pytest.mark.real
@pytest.mark.parametrize(("name", "actions_n"), [("ducktrack", 33), ("pc_tracker", 8)])
def test_real_recordings_come_back(
    tmp_path: Path, real: Path, round_trip: RoundTrip, name: str, actions_n: int
) -> None:
    import_sources([real / name], tmp_path / "d", jobs=1)
    (wanted,), (found,) = round_trip(tmp_path / "d")
    if name == "ducktrack":  # without pictures a place is a share of an unknown size
        wanted, found = ([(*a[:2], *a[3:]) for a in part] for part in (wanted, found))
    assert found == wanted
    assert len(found) == actions_n


@pytest.mark.parametrize(
    "text", ["it's", 'a "b"', "back\\slash", "(" * 300, "tab\there", "é 😀 \u2028", "'''", "{[(", "\\("]
)
def test_any_text_comes_back_from_its_code(text: str, rows_made: Callable[..., Any]) -> None:
    code = code_of(Action("text", rows_made("text_input", 0), text=text), None, None, Tally())
    assert code is not None
    (row,) = [row for call in parsed(code) for row in Actions().rows(call)]
    assert row["text"] == text


def test_what_has_no_call_is_left_out(rows_made: Callable[..., Any]) -> None:
    row, tally = rows_made("click", 0), Tally()
    assert code_of(Action("click", row, button="left"), None, None, tally) is None
    assert code_of(Action("drag", row, button="left"), (0.1, 0.2), None, tally) is None
    assert code_of(Action("key", row, key="Dead"), None, None, tally) is None
    assert code_of(Action("end", row), None, None, tally, "unknown") is None
    assert code_of(Action("wait", row, seconds=float("nan")), None, None, tally) == "computer.wait()"
    assert (
        code_of(Action("click", row, button="x1"), (0.5, 1.0), None, tally)
        == "pyautogui.click(x=0.5, y=1, clicks=1, button='x1')"
    )
    assert tally.left_out == {"key_without_code": 1, "event_without_word": 1}
