"""What the server packs and the browser decodes, against the tables, at random moments of real sessions."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explorer.engine import Engine, open_engine
from explorer.engine.replay_details import read_details
from explorer.engine.replay_rows import read_rows
from explorer.server.wire_about import about_file
from explorer.server.wire_chunk import chunk_file

pytestmark = pytest.mark.browser
Run = Callable[..., Any]
OFFICE = Path(__file__).resolve().parents[2] / "sample_data" / "office"
MOMENTS_N = 20
# Rows in a chunk; None leaves the chunks as the server cuts them, 50 puts borders everywhere.
CUTS = (None, 50)
STOPS = (
    "event",
    "click",
    "right_click",
    "shortcut",
    "scroll",
    "key",
    "app_switch",
    "frame",
    "step",
    "failed_step",
)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    opened = open_engine(OFFICE)
    yield opened
    opened.close()


def sessions() -> list[str]:
    """Some sessions of people and of agents, the same ones at every run."""
    engine = open_engine(OFFICE)
    try:
        rows = engine.run("sessions/list", {"limit_n": 10_000}).to_pylist()
    finally:
        engine.close()
    found = {
        actor: sorted(row["session_id"] for row in rows if row["actor"] == actor)
        for actor in ("human", "agent")
    }
    return found["human"][:: max(1, len(found["human"]) // 2)] + found["agent"][:1]


def packed(engine: Engine, session_id: str, cut_n: int | None, is_typed: bool) -> dict[str, Any]:
    """Description and chunks of a session, as the routes send them."""
    rows = read_rows(engine, session_id)
    assert rows is not None
    if cut_n:
        ends = [*range(0, len(rows.t_us), cut_n), len(rows.t_us)]
        rows = replace(rows, chunks=list(pairwise(ends)))
    details = read_details(engine, rows)
    asked = {"session_id": session_id}
    about = about_file(
        rows, engine.run("sessions/displays", asked), engine.run("replay/masks", asked), is_typed
    )
    chunks = [list(chunk_file(details, place, is_typed)) for place in range(len(rows.chunks))]
    return {"about": json.loads(about), "chunks": chunks}


def told(engine: Engine, session_id: str) -> list[dict[str, Any]]:
    """All rows of the tables in their true order, with the time at which each is shown."""
    asked = {"session_id": session_id}
    moves = engine.run("replay/moves", asked).to_pylist()
    events = engine.run("replay/events", asked).to_pylist()
    rows = sorted(moves + events, key=lambda row: row["seq"])
    shown = np.maximum.accumulate([row["t_us"] for row in rows])
    return [row | {"shown_us": int(t_us)} for row, t_us in zip(rows, shown, strict=True)]


def expected(rows: list[dict[str, Any]], t_us: float) -> dict[str, Any]:
    """What holds at a moment, by walking through the rows."""
    found: dict[str, Any] = {"x": None, "y": None, "app": None, "title": None, "buttons": set(), "keys": []}
    for row in rows:
        if row["shown_us"] > t_us:
            break
        kind = row.get("kind", "move")
        if row.get("is_derived"):
            continue
        if row["x_px"] is not None:
            found |= {"x": row["x_px"], "y": row["y_px"]}
        if row.get("window_title") is not None:
            found |= {"app": row["app"], "title": row["window_title"]}
        if kind == "mouse_down":
            found["buttons"].add(row["button"])
        elif kind == "mouse_up":
            found["buttons"].discard(row["button"])
        elif row.get("key") is None:
            continue  # a key that was masked or is not known has no name to be held under
        elif kind == "key_down" and row["key"].lower() not in (key.lower() for key in found["keys"]):
            found["keys"].append(row["key"])
        elif kind == "key_up":
            found["keys"] = [key for key in found["keys"] if key.lower() != row["key"].lower()]
    return found | {"buttons": sorted(found["buttons"]), "keys": sorted(found["keys"])}


@pytest.mark.parametrize("cut_n", CUTS)
@pytest.mark.parametrize("session_id", sessions())
def test_moments_are_those_of_the_tables(
    player_core: Run, engine: Engine, session_id: str, cut_n: int | None
) -> None:
    rows = told(engine, session_id)
    rng = np.random.default_rng(int(session_id[-8:], 16))
    times = [*rng.uniform(0, rows[-1]["shown_us"], MOMENTS_N), *(float(row["shown_us"]) for row in rows[::7])]
    found = player_core(
        """const session = sessionOf(made)
        return times.map((t_us) => session.stateAt(t_us)).map(({ x, y, buttons, keys, window: { app, title } }) =>
          ({ x, y, app, title, buttons: [...buttons].sort(), keys: keys.map(({ key }) => key).sort() }))""",
        made=packed(engine, session_id, cut_n, True), times=times,
    )  # fmt: skip
    wanted = [expected(rows, t_us) for t_us in times]
    assert [
        state | {"buttons": sorted(state["buttons"]), "keys": sorted(state["keys"])} for state in found
    ] == wanted
    # The random moments are not all alike.
    assert len({(state["x"], state["y"]) for state in wanted}) > 2


@pytest.mark.parametrize("session_id", sessions())
def test_no_key_stays_down_when_text_is_hidden(player_core: Run, engine: Engine, session_id: str) -> None:
    """Hidden keys have no names: what is held is counted, and the list and the chips hold no letter."""
    rows = told(engine, session_id)
    times = [float(row["shown_us"]) for row in rows]
    found = player_core(
        """const session = sessionOf(made)
        return [times.map((t_us) => session.stateAt(t_us).keys.length), groupRows(session).map((item) => item.text),
          times.flatMap((t_us) => session.chipsAt(t_us, { mode: 'all' }).filter(({ kind }) => kind === 'typed')
            .map(({ label }) => label.replaceAll('•', '')))]""",
        made=packed(engine, session_id, 50, False), times=times,
    )  # fmt: skip
    assert found[0] == [len(expected(rows, t_us)["keys"]) for t_us in times]
    assert set(found[2]) <= {""}
    thoughts = {
        row["thought"] for row in engine.run("sessions/steps", {"session_id": session_id}).to_pylist()
    }
    assert set(found[1]) <= {"", *thoughts}


def test_the_list_says_the_same_wherever_the_chunks_are_cut(player_core: Run, engine: Engine) -> None:
    text = """return groupRows(sessionOf(made))
      .map(({ kind, start_us, end_us, label }) => [kind, start_us, end_us, label])"""
    for session_id in sessions():
        whole = player_core(text, made=packed(engine, session_id, None, True))
        # A click's press, and the clicks of a double click, may lie on the two sides of a border.
        runs = [item for item in whole if item[0] in ("typing", "scroll", "shortcut", "app_switch", "step")]
        cut = player_core(text, made=packed(engine, session_id, 50, True))
        assert [
            item for item in cut if item[0] in ("typing", "scroll", "shortcut", "app_switch", "step")
        ] == runs
        assert len(whole) > 10


@pytest.mark.parametrize("session_id", sessions())
def test_activity_counted_from_rows_is_the_one_the_server_tells(
    player_core: Run, engine: Engine, session_id: str
) -> None:
    made = packed(engine, session_id, 100, False)
    found = player_core(
        """const session = sessionOf(made)
        const { duration_us, density: { bins_n } } = session.about
        const part = closeDensity(sessionOf(made, [0]), [0, duration_us])
        return [closeDensity(session, [0, duration_us], bins_n), part, closeDensity(session, [5, 5])]""",
        made=made,
    )  # fmt: skip
    about = made["about"]
    assert found == [about["density"] | {"span": [0, about["duration_us"]]}, None, None]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, dict[str, str]]]:
    """The dataset that holds everything the wire carries, and its sessions by name."""
    path = Path(__file__).resolve().parents[1] / "server" / "wire_sample.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    opened = open_engine(module.write(tmp_path_factory.mktemp("wire") / "set"))
    yield (
        opened,
        {name: getattr(module, name) for name in ("BUSY", "STEPS", "ROWS", "KEYS", "ONE", "NONE", "CLOSED")},
    )
    opened.close()


@pytest.mark.parametrize("is_typed", [True, False])
@pytest.mark.parametrize("cut_n", [1, 3, None])
@pytest.mark.parametrize("name", ["BUSY", "STEPS", "ROWS", "KEYS", "ONE", "NONE", "CLOSED"])
def test_a_chunk_begins_with_what_the_player_knew_at_the_end_of_the_one_before(
    player_core: Run, sample: tuple[Engine, dict[str, str]], name: str, cut_n: int | None, is_typed: bool
) -> None:
    """The server finds it by counting presses, the player by walking through rows."""
    engine, ids = sample
    made = packed(engine, ids[name], cut_n, is_typed)
    found = player_core(
        """const decoded = made.chunks.map((bytes) => decodeChunk(buffer(bytes)))
        const told = ({ x, y, buttons, keys, drag_from }) => ({ x, y, buttons: [...buttons], keys, drag_from })
        return decoded.slice(1).map(({ header }, place) => {
          const session = new Session({ ...made.about, chunks: made.about.chunks.slice(0, place + 1) })
          decoded.slice(0, place + 1).forEach((chunk) => session.add(chunk))
          const end = session.stateAt(1e15)
          return [told(header.state), told({ ...end, keys: end.keys.map(({ key, mods }) => [key, mods]) })]
        })""",
        made=made,
    )
    assert [after for _, after in found] == [before for before, _ in found]
    assert len(found) == max(0, len(made["chunks"]) - 1)


@pytest.mark.parametrize("name", ["BUSY", "STEPS", "ROWS", "KEYS", "ONE", "NONE", "CLOSED"])
def test_walking_from_stop_to_stop_there_and_back_meets_every_time_once(
    player_core: Run, sample: tuple[Engine, dict[str, str]], name: str
) -> None:
    engine, ids = sample
    found = player_core(
        """const session = sessionOf(made)
        const walk = (name, t_us, by) => {
          const times = []
          for (let t = session.next(name, t_us, by); t !== null; t = session.next(name, t, by)) times.push(t)
          return times
        }
        const timesOf = ({ chunk }) => Array.from(chunk.event_rows, (row) => chunk.base_us + chunk.t[row])
        return [names.map((name) => [walk(name, -1, 1), walk(name, 1e15, -1).reverse()]),
          session.indexed.flatMap(timesOf)]""",
        made=packed(engine, ids[name], 4, False), names=STOPS,
    )  # fmt: skip
    for forth, back in found[0]:
        assert forth == back == sorted(set(forth))
    assert found[0][0][0] == sorted(set(found[1]))
