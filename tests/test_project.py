"""Promises of the project about itself: layers, light start, sizes, pages that are up to date, no addresses."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
HEAVY = ("streamlit", "duckdb", "pandas", "pyarrow", "numpy", "plotly", "PIL", "rich")

# Files and functions over the limits, each with its reason.
LONG_FILES = {
    "explorer/trace/schema.py": "one table of columns a block; splitting it would hide the whole",
    **dict.fromkeys(
        (f"queries/pointer/{name}.sql" for name in ("moments", "zoom")),
        "every row is looked at: where it is, whose it is, which are drawn or withheld",
    ),
}
LONG_FUNCTIONS: dict[str, str] = {}


def tracked(*endings: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [PROJECT / line for line in listed.stdout.splitlines()]
    return [path for path in paths if path.suffix in endings and path.is_file()]


@pytest.mark.parametrize(
    ("statement", "allowed"),
    [
        ("import explorer", ()),
        ("import explorer.cli", ()),
        ("import explorer.sql, explorer.trace.schema, explorer.errors, explorer.resources", ()),
        ("import explorer.engine", ("pyarrow", "numpy")),
        ("import explorer.trace.check", ("pyarrow", "numpy", "PIL")),
        ("import explorer.importers.run", ("pyarrow", "numpy", "PIL")),
    ],
)
def test_importing_loads_nothing_heavy(statement: str, allowed: tuple[str, ...]) -> None:
    code = f"{statement}; import sys, json; print(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert set(json.loads(loaded.stdout)) <= set(allowed)


def test_files_and_functions_keep_their_size() -> None:
    limits = {".py": 250, ".sql": 80, ".js": 250}
    long_files = {}
    for path in tracked(*limits):
        name = path.relative_to(PROJECT).as_posix()
        if name.startswith(("explorer/", "queries/", "sample_data/")):
            lines_n = len(path.read_text().splitlines())
            if lines_n > limits[path.suffix] and name not in LONG_FILES:
                long_files[name] = lines_n
    assert long_files == {}
    assert long_functions() == {}


def long_functions() -> dict[str, int]:
    found = {}
    for path in tracked(".py"):
        name = path.relative_to(PROJECT).as_posix()
        if not name.startswith(("explorer/", "sample_data/")):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                body_from = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
                lines_n = (node.end_lineno or 0) - body_from.lineno + 2
                if lines_n > 30 and f"{name}:{node.name}" not in LONG_FUNCTIONS:
                    found[f"{name}:{node.name}"] = lines_n
    return found


def test_generated_pages_are_up_to_date() -> None:
    for script in ("generate_format.py", "generate_queries.py"):
        done = subprocess.run(
            [sys.executable, f"docs/{script}", "--check"],
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"run: make docs\n{done.stdout}{done.stderr}"


def test_no_machine_path_and_no_index_address_in_any_file() -> None:
    forbidden = re.compile(
        r"(?<![\w.])/(?:work|root|home)/[\w.]|--(?:extra-)?index-url|find-links|https?://[\w.-]*(?:pypi|registry|mirror|proxy)[\w.-]*"
    )
    found = []
    for path in tracked(
        ".py", ".md", ".txt", ".toml", ".sql", ".js", ".sh", ".yaml", ".json", ".css", ".html", ""
    ):
        if (
            path.name == "test_project.py"
            or path.stat().st_size > 1_000_000
            or "sample_data/office" in str(path)
        ):
            continue
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            if forbidden.search(line):
                found.append(f"{path.relative_to(PROJECT)}:{number}")
    assert found == []


def test_constraints_pin_every_dependency() -> None:
    pinned = {line.split("==")[0].lower() for line in (PROJECT / "constraints.txt").read_text().splitlines()}
    assert all("==" in line for line in (PROJECT / "constraints.txt").read_text().splitlines())
    named = re.findall(
        r'^  "([A-Za-z0-9_.-]+)[>=<~!]', (PROJECT / "pyproject.toml").read_text(), re.MULTILINE
    )
    assert {name.lower() for name in named} - pinned == set()
