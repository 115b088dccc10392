"""Relations of queries/lib: SELECTs without parameters that other query files build on.

Those over the tables can be read by rollups; others read rollups themselves (`are_above`), and stand above them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from explorer import sql
from explorer.engine.mentions import mentions

FOLDER = "lib"
_ROLLUPS = "rollups"
# At most a row for each session: worked out once, since statements ask for them several times or would read much.
_KEPT = ("session_numbers", "comparable_commands")


@dataclass(frozen=True, slots=True)
class Relation:
    """A name that queries may use, and its SELECT.

    `is_kept`: its rows are computed once and kept. `is_base`: it reads files, and no other relation.
    """

    name: str
    sql: str
    is_kept: bool = False
    is_base: bool = False


def relations(*, are_above: bool = False, may_keep: bool = True) -> Iterator[Relation]:
    """The relations of `texts`."""
    for name, text in texts(are_above=are_above).items():
        yield Relation(name, text, is_kept=may_keep and name in _KEPT)


@cache
def texts(*, are_above: bool = False) -> dict[str, str]:
    """SELECT of each relation by its name, those first that others build on; without its order, which costs time."""
    built = {name.removeprefix(f"{_ROLLUPS}/") for name in sql.names() if name.startswith(f"{_ROLLUPS}/")}
    waiting = {
        name.removeprefix(f"{FOLDER}/"): sql.load(name, "duckdb").sql.rpartition("\nORDER BY ")[0]
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


def read_by(text: str, relations: Sequence[Relation], before: Sequence[Relation] = ()) -> list[Relation]:
    """Those of the relations that a SQL text reads, directly or through others, in their order.

    Those of `before` stand before the relations of the same names, for the text and for each other.
    """
    names = {relation.name for relation in before}
    asking = [text, *(relation.sql for relation in before if not relation.is_base)]
    texts, found = list[str](), list[Relation]()
    for relation in reversed(relations):
        is_asked = relation.name not in names and any(mentions(one, relation.name) for one in asking)
        if is_asked or any(mentions(one, relation.name) for one in texts):
            found.append(relation)
            # The files of a large dataset make a long text, in which no relation is named.
            texts += [] if relation.is_base else [relation.sql]
    return found[::-1]


@cache
def reached(asked: tuple[str, ...]) -> tuple[str, ...]:
    """Relations over the tables that SQL texts read, directly or through others, in the order of `texts`."""
    wanted: list[str] = []
    for name in reversed(texts()):
        if any(mentions(text, name) for text in (*asked, *(texts()[other] for other in wanted))):
            wanted.append(name)
    return tuple(reversed(wanted))
