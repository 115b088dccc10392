"""Write docs/queries.md from the headers of the query files.

python docs/generate_queries.py           write the page
python docs/generate_queries.py --check   exit 1 when the page is not current
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PAGE = PROJECT / "docs" / "queries.md"
sys.path.insert(0, str(PROJECT))

from explorer import sql  # noqa: E402 (the checkout comes before an installed copy)

INTRODUCTION = """\
# Queries

All SQL of the explorer lies in `queries/`, one statement a file. Every file runs with
`trace-explorer query NAME DATASET -p key=value`, from Python with `ds.run("NAME", key=value)`, and on any engine that
knows the relations of the [trace format](format.md) and, for most files, the results of `rollups/` and `lib/`.
A line `-- steps of NAME` in a file stands for steps that several files share: `trace-explorer queries NAME --sql`
prints a file with them in their places.

A parameter with a default may be left out. NULL means no restriction.

This page is made from the files' headers by `python docs/generate_queries.py`.
"""


def page() -> str:
    """Text of docs/queries.md."""
    queries = [sql.load(name) for name in sql.names()]
    parts = [INTRODUCTION, _contents(queries)]
    for folder, members in groupby(queries, _folder):
        parts.append(f"## {folder}\n")
        parts += [_section(query) for query in members]
    return "\n".join(parts)


def _folder(query: sql.Query) -> str:
    return query.name.rpartition("/")[0]


def _contents(queries: list[sql.Query]) -> str:
    lines = [f"- [{query.name}](#{query.name.replace('/', '')}): {query.summary}" for query in queries]
    return "\n".join(lines) + "\n"


def _section(query: sql.Query) -> str:
    parts = [f"### {query.name}\n", f"{query.summary}\n"]
    if query.notes:
        parts.append(f"{query.notes}\n")
    if query.params:
        rows = [(p.name, _type(p), _default(p), _text(p)) for p in query.params]
        parts.append(_table(("parameter", "type", "default", "meaning"), rows))
    parts.append(f"Returns {query.rows}.\n")
    parts.append(_table(("column", "type", "meaning"), [(c.name, _type(c), c.text) for c in query.columns]))
    return "\n".join(parts)


def _type(field: sql.Param | sql.ResultColumn) -> str:
    return f"{field.type} [{field.unit}]" if field.unit else field.type


def _default(param: sql.Param) -> str:
    if param.is_required:
        return "required"
    return "NULL" if param.default is None else str(param.default)


def _text(param: sql.Param) -> str:
    if param.choices in (None, "session"):
        return param.text
    if param.choices == "task":
        return f"{param.text} (choices: `sessions/tasks`)"
    return f"{param.text} (choices: `sessions/facets`, {param.choices})"


def _table(names: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [names, tuple("---" for _ in names), *((f"`{name}`", *rest) for name, *rest in rows)]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def main(arguments: list[str]) -> int:
    """Write the page, or with --check only compare it."""
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    text = page()
    if arguments:
        if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text:
            return 0
        print("docs/queries.md is not current: run `python docs/generate_queries.py`", file=sys.stderr)
        return 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
