"""Steps that several statements share: written once, and put where a statement names them.

A line `-- steps of lib/chosen_sessions` stands for what is below the comment of
queries/lib/chosen_sessions.steps.sql: one step of a WITH or more, parted by commas, which may name others.
The portable subset has no macros, and copies of what keeps people apart would have to be kept alike.
"""

from __future__ import annotations

import re
from pathlib import Path

from explorer.errors import QueryFileError
from explorer.resources import queries_root

ENDING = ".steps.sql"
_NAMED = re.compile(r"^-- steps of ([a-z][a-z0-9_]*/[a-z][a-z0-9_]*)$", re.MULTILINE)
_MOST_DEEP = 4


def whole(path: Path) -> str:
    """Text of a query file with the steps that it names in their places: it can be run anywhere.

    Raises QueryFileError for steps that are not there, or that name each other in a circle.
    """
    return _filled(path.read_text(encoding="utf-8"), path, 0)


def _filled(text: str, path: Path, depth: int) -> str:
    def steps(found: re.Match[str]) -> str:
        named = queries_root() / f"{found[1]}{ENDING}"
        if depth == _MOST_DEEP or not named.is_file():
            raise QueryFileError(f"there are no steps {found[1]}", where=str(path))
        lines = named.read_text(encoding="utf-8").rstrip().split("\n")
        start = next(place for place, line in enumerate(lines) if not _is_comment(line))
        return _filled("\n".join(lines[start:]), named, depth + 1)

    return _NAMED.sub(steps, text)


def _is_comment(line: str) -> bool:
    return line.startswith("--") and not _NAMED.fullmatch(line)
