"""The description of a session says what the queries say, on the replay's axis."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from explorer.charts.apps_in_session import app_runs
from explorer.engine import Engine, open_engine
from explorer.engine.replay_rows import read_rows
from explorer.server.wire_about import MANY_STEPS, about_file
from explorer.server.wire_activity import BINS_N
from explorer.trace.dataset import create

from . import wire_sample
from .wire_sample import BUSY, CLOSED, NONE, ONE, ROWS, STEPS, S

OFFICE = Path(__file__).resolve().parents[2] / "sample_data" / "office"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_engine(wire_sample.write(tmp_path_factory.mktemp("wire") / "set"))
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def office() -> Iterator[Engine]:
    engine = open_engine(OFFICE)
    yield engine
    engine.close()


def about(engine: Engine, session_id: str, *, typed: bool = False) -> dict[str, Any]:
    rows = read_rows(engine, session_id)
    assert rows is not None
    asked = {"session_id": session_id}
    displays, masks = engine.run("sessions/displays", asked), engine.run("replay/masks", asked)
    told: dict[str, Any] = json.loads(about_file(rows, displays, masks, typed))
    return told


def test_a_session_with_everything(sample: Engine) -> None:
    told = about(sample, BUSY)
    activity = {
        kind: sum(counts)
        for kind, counts in zip(told["density"]["kinds"], told["density"]["counts"], strict=True)
    }
    assert activity == {
        "move": 5,
        "right_click": 1,
        "scroll": 1,
        "key": 6,
        "shortcut": 1,
        "app_switch": 1,
        "frame": 2,
    }
    del told["density"]
    assert told == {
        "version": 1, "session_id": BUSY, "title": "Answer a complaint", "actor": "human", "model": None,
        "task": "Answer a complaint", "os": "windows", "axis": "time", "duration_us": 5_000_000_040, "rows_n": 31,
        "moves_n": 5, "events_n": 26, "chunks": [[0, 2000, 26], [5_000_000_000, 5_000_000_040, 5]], "backward_n": 1,
        "untimed_n": 1, "far_n": 1,
        "displays": [
            {"id": "left", "start_us": 0, "end_us": 5_000_000_000, "left": -1920, "top": 0, "width": 1920,
             "height": 1080, "scale": 1.0, "is_primary": False, "is_estimated": False, "space": "physical_px"},
            {"id": "main", "start_us": 0, "end_us": None, "left": 0, "top": 0, "width": 1920, "height": 1080,
             "scale": 1.0, "is_primary": True, "is_estimated": False, "space": "physical_px"},
        ],
        "frames": {
            "id": [f"{BUSY}-0000000", f"{BUSY}-0000001"], "t_us": [2000, 2000], "step": [None, None],
            "width": [80, 80], "height": [45, 45], "left": [-8, -8], "top": [4, 4], "scale_x": [0.5, 0.5],
            "scale_y": [0.5, 0.5], "display": ["main", "main"], "is_redacted": [True, False],
        },
        "frames_reason": None, "redaction": {"status": "partial", "text_n": 1},
        "masks": {"frame": [1], "left": [3], "top": [4], "width": [20], "height": [10], "entity": ["PERSON"],
                  "method": ["fill"], "score": [0.5]},
        "steps": [], "idle": [[2000, 5_000_000_000]],
        "apps": [["Mail", 0, 1100], ["Browser", 1100, 5_000_000_040]], "typed": "hidden",
        "flags": ["clock_backwards", "off_screen"],
    }  # fmt: skip


def test_a_session_of_steps(sample: Engine) -> None:
    told = about(sample, STEPS)
    assert (told["axis"], told["duration_us"], told["model"], told["idle"]) == ("step", 3 * S, "m-large", [])
    assert (told["frames"]["t_us"], told["frames"]["step"]) == ([0, S, 2 * S], [0, 1, 2])
    assert [(step["t_us"], step["frame"], step["is_correct"], step["thought"]) for step in told["steps"]] == [
        (0, 0, True, "Step 0"), (S, 1, False, "Step 1"), (2 * S, 2, True, "Step 2"),
    ]  # fmt: skip
    assert [step["action_args"] for step in told["steps"]] == [
        '{"calls": [{"call": "pyautogui.click", "x": 0.5}]}', '{"text": "••••••••••", "keys": ["ctrl", "v"]}', "•",
    ]  # fmt: skip
    assert {step["action_code"] for step in told["steps"]} == {None}
    shown = about(sample, STEPS, typed=True)
    assert shown["typed"] == "shown"
    assert shown["steps"][1]["action_code"] == f"write('{wire_sample.TYPED}')"
    assert wire_sample.TYPED in shown["steps"][1]["action_args"]


def test_small_sessions(sample: Engine) -> None:
    rows, one, none = about(sample, ROWS), about(sample, ONE), about(sample, NONE)
    assert (rows["axis"], rows["chunks"], rows["frames"]["t_us"]) == ("step", [[0, S, 2]], [2 * S])
    assert (one["axis"], one["chunks"], one["duration_us"], one["apps"]) == ("time", [[0, 0, 1]], 0, [])
    assert (none["chunks"], none["rows_n"], none["density"]["kinds"]) == ([], 0, [])
    assert none["frames_reason"] == "not_recorded"


def test_a_session_of_closed_channels(sample: Engine) -> None:
    told = about(sample, CLOSED, typed=True)
    assert (told["typed"], told["frames_reason"]) == ("closed", "consent")
    assert told["frames"]["id"] == []
    assert told["masks"]["frame"] == []


def test_long_texts_are_cut(dataset_of: Any, tmp_path: Path) -> None:
    create(tmp_path / "set")
    sizes = {"a": (1, 20_000), "b": (MANY_STEPS + 1, 2_000)}
    steps = [
        {"session_id": f"generated-{name}", "step": step, "seq": step, "thought": "x" * 30_000}
        for name, (steps_n, _) in sizes.items() for step in range(steps_n)
    ]  # fmt: skip
    engine = open_engine(dataset_of(tmp_path / "set", steps=steps))
    for name, (_, longest) in sizes.items():
        thoughts = {step["thought"] for step in about(engine, f"generated-{name}")["steps"]}
        assert thoughts == {"x" * (longest - 1) + "…"}
    engine.close()


def office_ids(office: Engine) -> list[str]:
    return list(office.run("sessions/list")["session_id"].to_pylist()[::6])


def test_activity_is_that_of_the_query(office: Engine) -> None:
    for session_id in office_ids(office):
        density = about(office, session_id)["density"]
        rows = office.run("replay/density", {"session_id": session_id, "bins_n": BINS_N}).to_pylist()
        asked: dict[str, list[int]] = {}
        for row in rows:
            asked.setdefault(row["kind"], [0] * BINS_N)[row["bin"]] = row["rows_n"]
        assert dict(zip(density["kinds"], density["counts"], strict=True)) == asked


@pytest.mark.parametrize("gap_ms", [2_000, 3_000, 5_000])
def test_waits_are_the_idle_pieces_of_the_query(office: Engine, sample: Engine, gap_ms: int) -> None:
    found_n = 0
    for engine, session_id in [*((office, name) for name in office_ids(office)), (sample, CLOSED)]:
        asked = {"session_id": session_id, "idle_gap_ms": gap_ms, "merge_share": 0.0}
        pieces = engine.run("sessions/segments", asked).to_pylist()
        idle = [[piece["start_us"], piece["end_us"]] for piece in pieces if piece["state"] == "idle"]
        waits = [wait for wait in about(engine, session_id)["idle"] if wait[1] - wait[0] > 1000 * gap_ms]
        assert merged(waits) == idle
        found_n += len(idle)
    assert found_n > 0


def merged(waits: list[list[int]]) -> list[list[int]]:
    found: list[list[int]] = []
    for start_us, end_us in waits:
        if found and found[-1][1] == start_us:
            found[-1][1] = end_us
        else:
            found.append([start_us, end_us])
    return found


def test_applications_are_those_of_the_session_page(office: Engine) -> None:
    for session_id in office_ids(office):
        told, asked = about(office, session_id), {"session_id": session_id}
        [facts] = office.run("sessions/facts", asked).to_pylist()
        runs = app_runs(facts["first_app"], office.run("sessions/app_switches", asked), facts["duration_us"])
        assert told["apps"] == [list(run) for run in runs]
