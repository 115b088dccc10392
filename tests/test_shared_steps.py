"""Steps that statements share stand where they are named, and what cannot be filled in is told by file."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer import shared_steps, sql
from explorer.errors import QueryFileError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(shared_steps, "queries_root", lambda: tmp_path)
    (tmp_path / "lib").mkdir()
    return tmp_path


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / "lib" / name
    path.write_text(text, encoding="utf-8")
    return path


def test_steps_stand_where_they_are_named_without_their_comment(folder: Path) -> None:
    written(folder, "one.steps.sql", "-- Steps: one.\n--\n-- one: a row.\none AS (SELECT 1 AS a)\n")
    written(
        folder, "two.steps.sql", "-- Steps: two.\n-- steps of lib/one\n, two AS (\n  SELECT a FROM one)\n"
    )
    asking = written(folder, "ask.sql", "-- Ask.\nWITH\n-- steps of lib/two\nSELECT a FROM two")
    assert shared_steps.whole(asking) == (
        "-- Ask.\nWITH\none AS (SELECT 1 AS a)\n, two AS (\n  SELECT a FROM one)\nSELECT a FROM two"
    )


@pytest.mark.parametrize("named", ["lib/none", "lib/circle"])
def test_steps_that_are_not_there_or_name_themselves_are_refused(folder: Path, named: str) -> None:
    written(folder, "circle.steps.sql", "-- Steps.\n-- steps of lib/circle\n")
    asking = written(folder, "ask.sql", f"WITH\n-- steps of {named}\nSELECT 1")
    with pytest.raises(QueryFileError, match=f"there are no steps {named}"):
        shared_steps.whole(asking)


@pytest.mark.parametrize(
    "line", ["-- steps of lib", "-- steps of ../lib/one", "--steps of lib/one", " -- steps of lib/one"]
)
def test_other_comments_stay(folder: Path, line: str) -> None:
    assert shared_steps.whole(written(folder, "ask.sql", f"{line}\nSELECT 1")) == f"{line}\nSELECT 1"


def test_every_step_is_named_by_two_files_or_more() -> None:
    root = sql.queries_root()
    texts = {path: path.read_text(encoding="utf-8") for path in root.rglob("*.sql")}
    for path in root.rglob(f"*{shared_steps.ENDING}"):
        name = path.relative_to(root).as_posix().removesuffix(shared_steps.ENDING)
        assert sum(f"-- steps of {name}\n" in text for text in texts.values()) > 1, name
