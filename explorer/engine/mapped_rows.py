"""SQL of a mapping's rows: one row a step, with its place (file, row, position) and the columns of the files."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from explorer.engine.relations import literal

if TYPE_CHECKING:
    from explorer.engine.mapped_plan import Plan

# Places of one row's pictures in `file_row`: row * 2^20 + position.
MOST_STEPS_A_ROW = 2**20


@dataclass(frozen=True, slots=True)
class Scope:
    """One session: its number, the rows (first, last) it has in each file, and the size of its screen where known."""

    number: int
    parts: tuple[tuple[int, int, int], ...]
    size: tuple[int, int] | None


def raw_rows(
    plan: Plan, columns: Collection[str], scope: Scope | None, *, are_lengths_known: bool = True
) -> str:
    """SELECT of _tx_i, _tx_row, _tx_pos and the given columns of theirs; lists are one element a row."""
    lists = {name.lower() for name in plan.mapping.lists}
    single = [quoted(name) for name in sorted(columns) if name.lower() not in lists]
    parallel = [quoted(name) for name in sorted(columns) if name.lower() in lists]
    place = f"{_file_number(scope)} AS _tx_i, file_row_number::BIGINT AS _tx_row"
    source = _source(plan, scope)
    if not plan.is_trajectory:
        chosen = ", ".join([place, "0 AS _tx_pos", *single])
        return f"SELECT {chosen} FROM {source}"
    unnested = [f"unnest({name}) AS {name}" for name in parallel]
    if not are_lengths_known:
        chosen = ", ".join([place, "0 AS _tx_pos", *single, *unnested])
        return f"SELECT {chosen} FROM {source}"
    whole = f"SELECT {', '.join([place, *single, *parallel])} FROM {source}"
    chosen = ", ".join(["_tx_i", "_tx_row", "unnest(range(_tx_n))::INTEGER AS _tx_pos", *single, *unnested])
    return f"SELECT {chosen} FROM ({whole}) JOIN _tx_rows USING (_tx_i, _tx_row)"


def placed_rows(plan: Plan, columns: Collection[str], scope: Scope | None) -> str:
    """The same rows joined with what is known of their step and session, as the FROM of a SELECT."""
    index = "_tx_index" if scope is None else f"(SELECT * FROM _tx_index WHERE _tx_s = {scope.number})"
    return (
        f"({raw_rows(plan, columns, scope)}) AS _tx_r JOIN {index} AS _tx_x USING (_tx_i, _tx_row, _tx_pos) "
        f"JOIN {named_sessions(scope)} AS _tx_m USING (_tx_s)"
    )


def named_sessions(scope: Scope | None) -> str:
    """The sessions' names and screen sizes; of one session with the size that its first picture has."""
    if scope is None:
        return "_tx_named"
    size = (
        ""
        if scope.size is None
        else " REPLACE ({}::INTEGER AS _tx_w, {}::INTEGER AS _tx_h)".format(*scope.size)
    )
    return f"(SELECT *{size} FROM _tx_named WHERE _tx_s = {scope.number})"


def reading(paths: Sequence[str]) -> str:
    """These files and their own columns alone: a folder named column=value adds or changes none."""
    return f"read_parquet([{', '.join(literal(path) for path in paths)}], hive_partitioning = false)"


def quoted(name: str) -> str:
    """A SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _file_number(scope: Scope | None) -> str:
    if scope is None:
        return "file_index::INTEGER"
    numbers = ", ".join(str(number) for number, _, _ in scope.parts)
    return f"([{numbers}])[file_index::BIGINT + 1]::INTEGER"


def _source(plan: Plan, scope: Scope | None) -> str:
    if scope is None:
        return reading(plan.files.paths())
    paths = [plan.files.path(plan.files.names[number]) for number, _, _ in scope.parts]
    first, last = min(part[1] for part in scope.parts), max(part[2] for part in scope.parts)
    return f"{reading(paths)} WHERE file_row_number BETWEEN {first} AND {last}"
