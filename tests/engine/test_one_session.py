"""Queries about one session read less than the whole dataset, and answer exactly the same."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from explorer import sql
from explorer.engine.build import build_rollups
from explorer.engine.duckdb import DuckDBEngine
from explorer.engine.mentions import columns_named
from explorer.resources import sample_dataset
from explorer.trace.mapping import load

from .mapped_shapes import STEPS, step_folder

ABOUT_ONE = [
    name
    for name in sql.names()
    if any(param.name == "session_id" for param in sql.load(name, "duckdb").params)
]
SCOPES = {"p-1": None, "p-2": "training", "p-3": "screenshots,keystrokes,window_titles"}
KEY = {"kind": "key_down", "key": "c", "code": "KeyC", "mods": "ctrl", "chord": "ctrl+c", "text": "c", "app": "Mail",
       "window_title": "Letter", "url": "https://example.com", "element_name": "Body"}  # fmt: skip
# Without sizes in the mapping, a session's are read off its first picture, which is done for one session alone.
SIZED = STEPS.replace(
    "{image: image}", "{image: image, width_px: '64 + 0 * step_idx', height_px: '40 + 0 * step_idx'}"
)


@pytest.fixture(scope="module")
def traced(
    tmp_path_factory: pytest.TempPathFactory,
    dataset_of: Callable[..., Path],
    frame_row: Callable[..., dict[str, Any]],
) -> Path:
    """Six sessions in two parts of each table: one part has apps and keys, the other has none of them."""
    rich, bare = ("a-1", "c-1", "e-1"), ("b-1", "d-1", "f-1")  # the commits take turns
    times = [(seq, None if seq == 4 else 700_000 * seq) for seq in range(9)]
    return dataset_of(
        tmp_path_factory.mktemp("traced") / "d",
        commits=2,
        sessions=[{"session_id": session_id, "participant_id": f"p-{number % 4}", "task_id": "t-1", "task": "write",
                   "duration_us": 9_000_000, "started_at_unix_us": None if session_id in bare else 10**15}
                  for number, session_id in enumerate((*rich, *bare))],
        participants=[{"participant_id": "p-0", "consent_status": "withdrawn"},
                      *({"participant_id": p, "consent_status": "granted", "consent_scope": s}
                        for p, s in SCOPES.items())],
        displays=[{"session_id": s, "display_id": "screen", "left_px": 0, "top_px": 0, "width_px": 1920,
                   "height_px": 1080} for s in (*rich, *bare)],
        moves=[{"session_id": s, "seq": 100 + seq, "t_us": t, "x_px": seq, "y_px": 3} for s in (*rich, *bare)
               for seq, t in times],
        events=[*({**KEY, "session_id": s, "seq": 200 + seq, "t_us": t} for s in rich for seq, t in times),
                *({"session_id": s, "seq": 200 + seq, "t_us": t, "kind": "click", "button": "left"}
                  for s in bare for seq, t in times)],
        steps=[{"session_id": s, "step": step, "seq": 300 + step, "action_code": "write('c')", "thought": "so"}
               for s in rich for step in range(3)],
        frames=[frame_row(s, index, seq=400 + index, t_us=index * 10**6) for s in (*rich, *bare)
                for index in range(2)],
    )  # fmt: skip


@pytest.fixture(
    scope="module", params=["small", "small with rollups", "office", "office with rollups", "mapped"]
)
def engine(
    request: pytest.FixtureRequest, traced: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DuckDBEngine]:
    kind, root, mapping = request.param, tmp_path_factory.mktemp("one") / "d", None
    if kind == "mapped":
        mapping = load(step_folder(root, mapping=SIZED) / "m.yaml")
    else:
        shutil.copytree(traced if "small" in kind else sample_dataset(), root)
    shutil.rmtree(root / "rollups", ignore_errors=True)
    if "with rollups" in kind:
        build_rollups(root)
    opened = DuckDBEngine(root, time_limit_ms=0, mapping=mapping)
    assert opened.are_rollups_fresh is (kind not in ("small", "office"))
    yield opened
    opened.close()


def ids_of(engine: DuckDBEngine) -> list[str]:
    return [
        *engine.answer("SELECT session_id FROM sessions ORDER BY session_id", {}, "ids")[
            "session_id"
        ].to_pylist()
    ]


def compared(engine: DuckDBEngine, name: str, session_id: str) -> tuple[pa.Table, pa.Table]:
    """The answer over that session's files, and over all files."""
    query = sql.load(name, "duckdb")
    bound = sql.bind(query, {"session_id": session_id} | frame_of(engine, query, session_id))
    return engine.run(name, bound), engine.answer(query.sql, bound, name)


def frame_of(engine: DuckDBEngine, query: sql.Query, session_id: str) -> dict[str, str]:
    if not any(param.name == "frame_id" for param in query.params):
        return {}
    frames = engine.run("replay/frames", {"session_id": session_id})["frame_id"].to_pylist()
    return {"frame_id": frames[0] if frames else "none"}


def test_every_query_about_one_session_answers_as_over_all_files(engine: DuckDBEngine) -> None:
    ids = ids_of(engine)
    chosen = [*(ids if len(ids) < 5 else (ids[0], ids[-1])), "nobody"]
    rows_n = 0
    for name in ABOUT_ONE:
        for session_id in chosen:
            own, whole = compared(engine, name, session_id)
            assert own.equals(whole), (name, session_id)
            rows_n += own.num_rows
    assert rows_n > 100


def test_whole_rows_keep_every_column(engine: DuckDBEngine) -> None:
    for session_id in ids_of(engine)[:4]:
        for table in ("events", "moves", "steps", "frames", "displays"):
            where = f"FROM {table} WHERE session_id = $session_id ORDER BY ALL"
            asked = {"session_id": session_id}
            whole = engine.answer(f"SELECT * {where}", asked, table)
            for text in (
                f"SELECT * {where}",
                where,
                f"WITH own AS (FROM {table}) SELECT own.* {where.replace(table, 'own')}",
            ):
                assert engine.answer(text, asked, table, session_id=session_id).equals(whole)


def test_what_consent_hides_stays_hidden(traced: Path) -> None:
    engine = DuckDBEngine(traced, time_limit_ms=0)
    keys = {
        s: set(engine.run("replay/events", {"session_id": s})["key"].to_pylist())
        for s in ("a-1", "c-1", "e-1")
    }
    assert keys == {"a-1": set(), "c-1": {"c"}, "e-1": {None}}  # withdrawn, unrestricted, without keystrokes
    engine.close()


def test_one_parsed_statement_answers_many_threads(traced: Path) -> None:
    engine = DuckDBEngine(traced, time_limit_ms=0)
    asked = [("replay/events", s) for s in ("b-1", "c-1", "d-1", "e-1", "f-1")] * 6
    expected = {key: compared(engine, *key)[1] for key in asked[:5]}
    with ThreadPoolExecutor(8) as threads:
        answers = threads.map(lambda key: engine.run(key[0], {"session_id": key[1]}), asked)
        assert all(answer.equals(expected[key]) for key, answer in zip(asked, answers, strict=True))
    engine.close()


@pytest.mark.parametrize(
    "text",
    ["SELECT * FROM t", "SELECT t.* FROM t", "SELECT a, * FROM t", "SELECT DISTINCT * FROM t", "select\n  *\nfrom t",
     "SELECT * EXCLUDE (a) FROM t", "SELECT COLUMNS('a.*') FROM t", "FROM t", "TABLE t", "SELECT 1 UNION ALL FROM t",
     "WITH u AS (FROM t) SELECT a FROM u", "SELECT a FROM t NATURAL JOIN u", "SELECT hash(*) FROM t", "DESCRIBE t"],
)  # fmt: skip
def test_a_text_that_may_read_unnamed_columns_is_known(text: str) -> None:
    assert columns_named((text,)) is None
    assert columns_named(("SELECT a FROM t", text)) is None


def test_the_words_of_a_text_are_its_columns() -> None:
    text = 'SELECT count(*), A * 2, "b_us" * t.c FROM t WHERE d IS DISTINCT FROM $e'
    words = "select count a b_us t c from where d is distinct e f u 2"
    assert columns_named((text, "SELECT f FROM u")) == frozenset(words.split())


def test_no_query_about_one_session_needs_unnamed_columns() -> None:
    assert [name for name in ABOUT_ONE if columns_named((sql.load(name, "duckdb").sql,)) is None] == []
