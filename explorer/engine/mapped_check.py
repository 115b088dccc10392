"""Is the mapping right for every row? One scan finds, per column of ours, the first value that does not fit."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.engine.asking import Asker, AskError
from explorer.engine.mapped_plan import Plan, column_at
from explorer.engine.mapped_rows import quoted, raw_rows, reading
from explorer.engine.relations import literal
from explorer.errors import MappingError
from explorer.trace.schema import Column

LONGEST_TEXT = 1_000_000
MOST_SESSION_TEXT = 256_000_000
_SHOWN = 60


class DamagedFileError(Exception):
    """A file of the mapping cannot be read; the argument is its name."""


def refuse_misfits(plan: Plan, ask: Asker) -> None:
    """Raises MappingError naming our column, their expression, and the first bad value; DamagedFileError at damage."""
    places = list(plan.expressions)
    first = _first_bad(plan, places, ask)
    for place in places:
        if first[place] is not None:
            number, row = divmod(first[place] or 0, 2**40)
            raise _misfit(plan, place, number, row, ask)


def refuse_floods(plan: Plan, ask: Asker) -> None:
    """Raises MappingError where one session's texts would burst the memory: a few bytes can unpack to any length."""
    places = [p for p in plan.expressions if "." in p and column_at(p).type == "VARCHAR"]
    lengths = " + ".join(f"coalesce(length({plan.value(place)}), 0)" for place in places) or "0"
    rows = raw_rows(plan, plan.columns(places), None)
    total = ask.table(
        f"SELECT max(n) AS n FROM (SELECT _tx_s, sum({lengths}) AS n FROM ({rows}) "
        "JOIN _tx_index USING (_tx_i, _tx_row, _tx_pos) GROUP BY _tx_s)"
    )["n"][0].as_py()
    if (total or 0) > MOST_SESSION_TEXT:
        hint = "Map fewer columns of text, or a shorter part of them: left(text, 1000)"
        raise MappingError(
            f"one session holds {int(total):,} characters of text", where=plan.mapping.name, hint=hint
        )


def _first_bad(plan: Plan, places: Sequence[str], ask: Asker) -> dict[str, int | None]:
    """Per place the first row with a value that does not fit, as file * 2^40 + row."""
    rows = raw_rows(plan, plan.columns(places), None)
    found = ", ".join(
        f"min(CASE WHEN {_is_bad(plan, place)} THEN _tx_i::BIGINT * {2**40} + _tx_row END) AS {quoted(place)}"
        for place in places
    )
    try:
        return dict(ask.table(f"SELECT {found} FROM ({rows})").to_pylist()[0])
    except AskError as error:
        _refuse_damage(plan, ask)
        if len(places) == 1:
            what = f"{_plain(plan.expressions[places[0]].text)} cannot be computed: {_plain(error.text)}"
            raise MappingError(what, where=plan.expressions[places[0]].where) from None
    # One of them fails on a value: each alone tells which.
    return {place: _first_bad(plan, [place], ask)[place] for place in places}


def _is_bad(plan: Plan, place: str) -> str:
    column, given = column_at(place), plan.expressions[place].sql
    ours = f"TRY_CAST({given} AS {column.type})"
    wrong = [f"({given} IS NOT NULL AND {ours} IS NULL)"]
    if column.required and place.partition(".")[0] not in ("sessions", "events", "frames"):
        wrong.append(f"{given} IS NULL")
    if column.values is not None:
        wrong.append(f"{ours} NOT IN ({', '.join(literal(word) for word in column.values)})")
    if column.low is not None:
        wrong.append(f"{ours} < {column.low:.0f}")
    if column.high is not None:
        wrong.append(f"{ours} > {column.high:.0f}")
    if column.type == "DOUBLE":
        wrong.append(f"NOT isfinite({ours})")
    if column.type == "VARCHAR":
        wrong.append(f"length({ours}) > {LONGEST_TEXT}")
    return " OR ".join(wrong)


def _misfit(plan: Plan, place: str, number: int, row: int, ask: Asker) -> MappingError:
    expression = plan.expressions[place]
    rows = raw_rows(plan, expression.columns, None)
    value = ask.table(
        f"SELECT substr(CAST({expression.sql} AS VARCHAR), 1, {_SHOWN}) AS value FROM ({rows}) "
        f"WHERE _tx_i = {number} AND _tx_row = {row} AND ({_is_bad(plan, place)}) ORDER BY _tx_pos LIMIT 1"
    ).to_pylist()
    shown = value[0]["value"] if value else None
    what = (
        f"{_plain(expression.text)} is not {wanted(column_at(place))} in {plan.files.names[number]}, row {row:,}; "
        f"first bad value: {'NULL' if shown is None else _plain(shown)}"
    )
    return MappingError(what, where=expression.where)


def wanted(column: Column) -> str:
    """What fits one of our columns, in words."""
    if column.values is not None:
        return f"one of {', '.join(column.values)}"
    if column.low is not None and column.high is not None:
        return f"a number from {column.low:,.0f} to {column.high:,.0f}"
    if column.low is not None:
        return f"a number from {column.low:,.0f} on"
    kinds = {"VARCHAR": f"a text of at most {LONGEST_TEXT:,} characters", "BOOLEAN": "true or false"}
    return kinds.get(column.type, "a number")


def _refuse_damage(plan: Plan, ask: Asker) -> None:
    """Read their columns without any expression, file by file: a file that fails is damaged."""
    columns = sorted(plan.columns(plan.expressions))
    counted = ", ".join(f"count(hash({quoted(name)}))" for name in columns) or "count(*)"
    for name in plan.files.names:
        try:
            ask.table(f"SELECT {counted} FROM {reading([plan.files.path(name)])}")
        except AskError:
            raise DamagedFileError(name) from None


def _plain(text: str) -> str:
    """One short line without control characters."""
    return "".join(character if character.isprintable() else "�" for character in text)[:160]
