"""Fixtures of the export tests: datasets with consent of every kind, and one call that exports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from explorer.engine import open_engine
from explorer.engine.build import build_rollups
from explorer.exports.actions import Action, actions_of
from explorer.exports.exchange import target_of
from explorer.exports.exchange_run import ExportReport, Request, export
from explorer.exports.session_rows import SessionRows
from explorer.exports.tally import Tally
from explorer.resources import sample_dataset

from . import clip_sample

SECRETS = ("SECRETKEY", "SECRETTITLE", "SECRETTHOUGHT", "SECRETCODE")
PEOPLE = {
    "a-1": ("p-all", "granted", "screenshots,keystrokes,window_titles,training,demo"),
    "b-1": ("p-withdrawn", "withdrawn", None),
    "c-1": ("p-no-training", "granted", "screenshots,keystrokes,window_titles"),
    "d-1": ("p-closed", "granted", "training"),
    "e-1": ("p-unknown", "unknown", None),
}


@pytest.fixture(scope="session")
def office() -> Path:
    return sample_dataset()


@pytest.fixture(scope="session")
def agent_session(office: Path) -> str:
    """The sample's session of an agent that answers a complaint in twelve steps, all of them right."""
    engine = open_engine(office)
    rows = engine.run("sessions/list", {"actor": "agent", "search": "order 4127"}).to_pylist()
    engine.close()
    found: str = min(row["session_id"] for row in rows if row["steps_n"] == 12)
    return found


@pytest.fixture(scope="session")
def some_sessions(office: Path, agent_session: str) -> list[str]:
    """A few of the sample's sessions, the agent's among them: all of them would take long."""
    engine = open_engine(office)
    ids = sorted(engine.run("sessions/list", {"app": "Sheet", "actor": "human"})["session_id"].to_pylist())
    engine.close()
    return [*ids[:6], agent_session]


@pytest.fixture(scope="session")
def exported() -> Callable[..., ExportReport]:
    """`exported(root, name, output, filters={}, session_ids=(), with_people=False)`."""

    def run(
        root: Path, name: str, output: Path, filters: Mapping[str, str] | None = None, **more: Any
    ) -> ExportReport:
        engine = open_engine(root, time_limit_ms=0)
        try:
            return export(engine, Request(target_of(name), output, filters or {}, **more))
        finally:
            engine.close()

    return run


@pytest.fixture(scope="session")
def actions_in() -> Callable[[Path], dict[str, list[Action]]]:
    """All actions of a dataset, by session."""

    def read(root: Path) -> dict[str, list[Action]]:
        engine = open_engine(root, time_limit_ms=0)
        found = {}
        for session_id in sorted(engine.run("exchange/consent")["session_id"].to_pylist()):
            session = SessionRows(engine, session_id)
            found[session_id] = actions_of(
                session.events(), Tally(), os=session.facts["os"], has_key_rows=session.has_key_rows
            )
        engine.close()
        return found

    return read


@pytest.fixture(scope="session")
def consents(
    tmp_path_factory: pytest.TempPathFactory,
    dataset_of: Callable[..., Path],
    frame_row: Callable[..., dict[str, Any]],
) -> Path:
    """Five sessions alike, of five people: all scopes, withdrawn, no training, training alone, nothing recorded."""
    events: list[dict[str, Any]] = []
    for session in PEOPLE:
        where = {
            "session_id": session,
            "frame_id": f"{session}-0000000",
            "window_title": "SECRETTITLE",
            "step": 0,
        }
        click = {"button": "left", "clicks_n": 1, "x_px": 10, "y_px": 20, "x_rel": 0.1, "y_rel": 0.2}
        events += [
            {**where, "seq": 1, "t_us": 10, "kind": "window_focus"},
            {**where, "seq": 2, "t_us": 20, "kind": "click", **click},
            {**where, "seq": 3, "t_us": 30, "kind": "text_input", "text": "SECRETKEY", "text_len": 9},
            {**where, "seq": 4, "t_us": 40, "kind": "key_down", "key": "Enter", "code": "Enter"},
        ]
    root = dataset_of(
        tmp_path_factory.mktemp("consents") / "d",
        sessions=[{"session_id": s, "participant_id": p, "task": "write"} for s, (p, _, _) in PEOPLE.items()],
        participants=[
            {"participant_id": p, "consent_status": status, "consent_scope": scope}
            for p, status, scope in PEOPLE.values()
        ],
        events=events,
        steps=[
            {
                "session_id": s, "step": 0, "seq": 5, "t_us": 50, "thought": "SECRETTHOUGHT",
                "action_code": "pyautogui.write('SECRETCODE')", "frame_before_id": f"{s}-0000000",
            }
            for s in PEOPLE
        ],
        frames=[
            {**frame_row(s, 0, seq=0), "capture_left_px": 0, "capture_top_px": 0, "scale_x": 1.0, "scale_y": 1.0}
            for s in PEOPLE
        ],
    )  # fmt: skip
    build_rollups(root)
    return root


@pytest.fixture(scope="session")
def rows_made() -> Callable[..., dict[str, Any]]:
    """An event row with every column that exports read."""

    def row(kind: str, seq: int, **own: Any) -> dict[str, Any]:
        empty = dict.fromkeys(
            (
                "t_us", "step", "x_px", "y_px", "button", "clicks_n", "wheel_x", "wheel_y", "wheel_unit", "key", "code",
                "mods", "text", "app", "window_title", "frame_id", "extra", "window_left_px", "window_top_px",
                "window_width_px", "window_height_px",
            )
        )  # fmt: skip
        return {**empty, "kind": kind, "seq": seq, "t_us": seq * 1_000, "is_derived": False, **own}

    return row


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of clip_sample, of real people."""
    return clip_sample.write(tmp_path_factory.mktemp("clips") / "d")
