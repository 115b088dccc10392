"""The query files: parse, load, list, and bind parameters. Standard library only.

A file under queries/ holds one statement below a header that is documentation, form and contract in one:

    -- Active time per application in one session.
    --
    -- Notes, any number of lines, after one blank line.
    --
    -- param session_id VARCHAR {session}: session to read
    -- param idle_gap_ms BIGINT [ms] = 5000: longest gap that still counts as active
    -- returns one row per application, longest first
    -- column app VARCHAR: application name as recorded
    -- column active_ms BIGINT [ms]: summed active time

`[unit]` follows the type. `= default` makes a parameter optional, `= NULL` optional without a value.
`{facet}` says where a form finds choices: `{session}` sessions/list, `{task}` sessions/tasks, else sessions/facets.
`name.duckdb.sql` beside `name.sql` is the override for one engine: same parameters and columns.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import SupportsFloat, SupportsIndex

from explorer import shared_steps
from explorer.errors import ParameterError, QueryFileError
from explorer.resources import queries_root, query_names

Value = str | int | float | bool | None

MIN_PEOPLE = 5  # no query may be asked to name or to sum over a smaller group
FACETS = ("session", "task", "cohort", "app", "os", "source_format", "actor", "week")
TYPES = {
    "VARCHAR": "text",
    "BIGINT": "a whole number of at most 64 bits",
    "INTEGER": "a whole number of at most 32 bits",
    "SMALLINT": "a whole number of at most 16 bits",
    "DOUBLE": "a finite number",
    "BOOLEAN": "true or false",
}
_BITS = {"BIGINT": 64, "INTEGER": 32, "SMALLINT": 16}
_ROLE = re.compile(r"(param|returns|column)\b")
_NAME = re.compile(r"[a-z][a-z0-9_]*(/[a-z][a-z0-9_]*)+")
_FIELD = re.compile(
    r"(?:param|column) (?P<name>[a-z][a-z0-9_]*) (?P<type>[A-Z]+)"
    r"(?: \[(?P<unit>[^\]\s]+)\])?(?: \{(?P<choices>[a-z_]+)\})?"
    r"(?: = (?P<default>NULL|TRUE|FALSE|-?\d+(?:\.\d+)?|'[^']*'))?: (?P<text>\S.*)"
)
_HALF_PAIR = re.compile("[\ud800-\udfff]")  # cannot be written as UTF-8
_WHOLE = re.compile(r"[+-]?[0-9]{1,19}")


@dataclass(frozen=True, slots=True)
class Param:
    """One `$name`: `default` counts only when `is_required` is false; `choices` names a facet."""

    name: str
    type: str
    unit: str | None
    text: str
    is_required: bool = True
    default: Value = None
    choices: str | None = None


@dataclass(frozen=True, slots=True)
class ResultColumn:
    """One column of the result."""

    name: str
    type: str
    unit: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """One query file; `sql` is the statement alone, `rows` says what a row is and how rows are ordered."""

    name: str
    summary: str
    notes: str
    rows: str
    params: tuple[Param, ...]
    columns: tuple[ResultColumn, ...]
    sql: str
    path: Path


def names() -> list[str]:
    """Names of all query files, sorted; overrides and shared steps are not among them."""
    return list(query_names(queries_root()))


@cache
def load(name: str, dialect: str | None = None) -> Query:
    """The query of that name, or its override for `dialect` where there is one."""
    path = queries_root() / f"{name}.sql"
    if not _NAME.fullmatch(name) or not path.is_file():
        near = get_close_matches(name[:80], names(), n=1) or ["trace-explorer queries"]
        raise QueryFileError("there is no such query", where=name[:80], hint=f"Try {near[0]}")
    query = parse(name, shared_steps.whole(path), path)
    override = path.with_suffix(f".{dialect}.sql")
    if dialect is None or not override.is_file():
        return query
    special = parse(name, shared_steps.whole(override), override)
    if (special.params, special.columns) != (query.params, query.columns):
        raise QueryFileError(f"parameters or columns differ from {path.name}", where=f"{override}:1")
    return special


def parse(name: str, text: str, path: Path | None = None) -> Query:
    """The query in `text`; a header that breaks the contract raises QueryFileError with file:line."""
    header = _Header(path or Path(f"{name}.sql"), text)
    summary, notes = header.prose()
    header.read_fields()
    fields = tuple(header.params.values()), tuple(header.columns.values())
    return Query(name, summary, notes, header.rows, *fields, header.sql, header.path)


class _Header:
    """The comment lines at the top of one file: prose, then param, returns and column lines in this order."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        lines = text.split("\n")
        length = next((i for i, line in enumerate(lines) if not line.startswith("--")), len(lines))
        self.lines = [line[2:].strip() for line in lines[:length]]
        self.sql = "\n".join(lines[length:]).strip().removesuffix(";").rstrip()
        self.start = next((i for i, line in enumerate(self.lines) if _ROLE.match(line)), length)
        self.params: dict[str, Param] = {}
        self.rows = ""
        self.columns: dict[str, ResultColumn] = {}

    def error(self, place: int, what: str) -> QueryFileError:
        return QueryFileError(what, where=f"{self.path}:{place + 1}")

    def prose(self) -> tuple[str, str]:
        """Summary and notes."""
        prose = self.lines[: self.start]
        if len(prose) < 2 or not prose[0].endswith(".") or prose[1]:
            raise self.error(0, "the header starts with a summary in one sentence and a blank comment line")
        if prose[-1]:
            raise self.error(self.start, "a blank comment line must stand above the fields")
        return prose[0], "\n".join(prose[2:]).strip()

    def read_fields(self) -> None:
        for place in range(self.start, len(self.lines)):
            line = self.lines[place]
            if line.startswith("returns ") and not self.rows and not self.columns:
                self.rows = line.removeprefix("returns ").strip()
            elif line.startswith("param ") and not self.rows:
                self._add_param(place)
            elif line.startswith("column ") and self.rows:
                self._add_column(place)
            else:
                raise self.error(place, "fields are param lines, one `returns …` line, then column lines")
        if not self.columns or not self.sql:
            raise self.error(len(self.lines), "a `returns` line, a column line and a statement are wanted")

    def _add_param(self, place: int) -> None:
        found = self._field(place, self.params)
        name, default, choices = found["name"], found["default"], found["choices"]
        if choices is not None and choices not in FACETS:
            raise self.error(place, f"choices are one of {', '.join(FACETS)}")
        param = Param(name, found["type"], found["unit"], found["text"], choices=choices)
        if default is not None:
            value = None if default == "NULL" else _converted(param.type, default.strip("'"))
            if value is None and default != "NULL":
                raise self.error(place, f"the default of {name} is not {TYPES[param.type]}")
            param = replace(param, is_required=False, default=value)
        self.params[name] = param

    def _add_column(self, place: int) -> None:
        found = self._field(place, self.columns)
        if found["default"] is not None or found["choices"] is not None:
            raise self.error(place, "a column has no default and no choices")
        self.columns[found["name"]] = ResultColumn(*found.group("name", "type", "unit", "text"))

    def _field(self, place: int, before: Mapping[str, object]) -> re.Match[str]:
        found = _FIELD.fullmatch(self.lines[place])
        if found is None:
            raise self.error(place, "not of the form `role name TYPE [unit] {choices} = default: text`")
        if found["type"] not in TYPES:
            raise self.error(place, f"types are {', '.join(TYPES)}")
        if found["name"] in before:
            raise self.error(place, f"{found['name']} is there twice")
        return found


def bind(query: Query, params: Mapping[str, object]) -> dict[str, Value]:
    """A value for every parameter of the query, converted to the header's types, defaults filled in.

    Unknown names, missing ones and values of another type raise ParameterError, which never repeats a value.
    """
    known = [param.name for param in query.params]
    unknown = sorted(name[:40] for name in params if name not in known)
    if unknown:
        hint = f"It takes {', '.join(known) or 'none'}"
        raise ParameterError(f"no parameter {', '.join(unknown)}", where=f"query {query.name}", hint=hint)
    return {param.name: _value(query, param, params.get(param.name)) for param in query.params}


def _value(query: Query, param: Param, given: object) -> Value:
    if given is None and not param.is_required:
        return param.default
    value = _converted(param.type, given)
    if value is None:
        unit = f" [{param.unit}]" if param.unit else ""
        wish = f"{param.type}{unit}: {TYPES[param.type]}"
        fault = "is missing; it is" if given is None else "wants"
        raise ParameterError(f"parameter {param.name} {fault} {wish}", where=f"query {query.name}")
    if param.name == "min_people" and isinstance(value, int) and value < MIN_PEOPLE:
        what = f"parameter min_people may not go below {MIN_PEOPLE}"
        raise ParameterError(what, where=f"query {query.name}")
    return value


def _converted(kind: str, given: object) -> Value:
    """`given` as a value of that type; None when it is not one, so that no error can carry it."""
    if kind == "VARCHAR":
        return given if isinstance(given, str) and not _HALF_PAIR.search(given) else None
    if kind == "BOOLEAN":
        given = {"true": True, "false": False}.get(given.lower()) if isinstance(given, str) else given
        return given if isinstance(given, bool) else None
    if isinstance(given, bool):
        return None
    return _finite(given) if kind == "DOUBLE" else _whole(given, _BITS[kind])


def _whole(given: object, bits: int) -> int | None:
    if isinstance(given, str):
        given = int(given) if _WHOLE.fullmatch(given) else None
    number = given.__index__() if isinstance(given, SupportsIndex) else None
    return number if number is not None and -(1 << bits - 1) <= number < 1 << bits - 1 else None


def _finite(given: object) -> float | None:
    try:
        number = float(given) if isinstance(given, (str, SupportsFloat, SupportsIndex)) else math.nan
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
