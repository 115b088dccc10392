"""docs/queries.md is what the headers of the query files say."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from explorer import sql

DOCS = Path(__file__).resolve().parent.parent / "docs"
SCRIPT = DOCS / "generate_queries.py"


def _run(script: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(script), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_page_is_current() -> None:
    done = _run(SCRIPT, "--check")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_page_holds_every_query_parameter_and_column() -> None:
    sections = re.split(r"^### ", (DOCS / "queries.md").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert [section.split("\n", 1)[0] for section in sections] == sql.names()
    for name, section in zip(sql.names(), sections, strict=True):
        query = sql.load(name)
        assert query.summary in section
        for field in (*query.params, *query.columns):
            assert re.search(rf"^\| `{field.name}` \| {field.type}", section, re.MULTILINE), field.name


def test_a_stale_page_is_refused_and_rewritten(tmp_path: Path) -> None:
    """In a checkout of its own, so that the real page is never touched."""
    for folder in ("explorer", "queries"):
        (tmp_path / folder).symlink_to(DOCS.parent / folder)
    (tmp_path / "docs").mkdir()
    script = tmp_path / "docs" / "generate_queries.py"
    script.write_text(SCRIPT.read_text(encoding="utf-8"), encoding="utf-8")
    assert _run(script, "--check").returncode == 1
    assert _run(script).returncode == 0
    assert (tmp_path / "docs" / "queries.md").read_bytes() == (DOCS / "queries.md").read_bytes()
    assert _run(script, "--check").returncode == 0


def test_other_arguments_are_explained() -> None:
    done = _run(SCRIPT, "--force")
    assert done.returncode == 2
    assert "--check" in done.stderr
