"""Relations of queries/lib: SELECTs without parameters that other query files build on.

Those over the tables can be read by rollups; others read rollups themselves (`are_above`), and stand above them.
"""

from __future__ import annotations

from functools import cache

from explorer import sql
from explorer.engine.mentions import mentions

FOLDER = "lib"
_ROLLUPS = "rollups"


@cache
def texts(*, are_above: bool = False) -> dict[str, str]:
    """SELECT of each relation by its name, those first that others build on."""
    built = {name.removeprefix(f"{_ROLLUPS}/") for name in sql.names() if name.startswith(f"{_ROLLUPS}/")}
    waiting = {
        name.removeprefix(f"{FOLDER}/"): sql.load(name, "duckdb").sql
        for name in sql.names()
        if name.startswith(f"{FOLDER}/")
    }
    waiting = {
        name: text for name, text in waiting.items() if any(mentions(text, b) for b in built) == are_above
    }
    found: dict[str, str] = {}
    while waiting:
        ready = [name for name, text in waiting.items() if not any(mentions(text, o) for o in waiting)]
        if not ready:
            raise AssertionError(f"relations of {FOLDER} build on each other in a circle")
        found |= {name: waiting.pop(name) for name in ready}
    return found


@cache
def reached(asked: tuple[str, ...]) -> tuple[str, ...]:
    """Relations over the tables that SQL texts read, directly or through others, in the order of `texts`."""
    wanted: list[str] = []
    for name in reversed(texts()):
        if any(mentions(text, name) for text in (*asked, *(texts()[other] for other in wanted))):
            wanted.append(name)
    return tuple(reversed(wanted))
