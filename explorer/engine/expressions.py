"""Which SQL a mapping may hold: one expression over the file's columns, built from an allow-list, and nothing else.

The text is parsed by the engine's own parser and never pasted: what runs is written anew from the checked tree.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from explorer.engine.asking import AskError
from explorer.errors import MappingError

_MOST_NODES = 400

# Scalar functions without side effects, files, clocks or chance; operators stand under their names.
_FUNCTIONS = (
    "+ - * / // % || ~~ !~~ ~~* !~~* abs ceil ceiling floor round trunc sign sqrt ln log10 pow power mod "
    "greatest least nullif ifnull if isnan isfinite isinf "
    "lower upper trim ltrim rtrim length len strlen substr substring left right replace concat concat_ws "
    "contains starts_with ends_with prefix suffix strpos instr split_part string_split reverse "
    "regexp_matches regexp_extract regexp_replace regexp_full_match "
    "list_extract array_extract list_contains struct_extract struct_extract_at element_at map_extract_value "
    "json_extract json_extract_string json_value to_json json_valid -> ->> "
    "strftime strptime try_strptime epoch epoch_us epoch_ms epoch_ns make_timestamp to_timestamp date_part date_diff "
    "array_to_string md5 sha256"
)
FUNCTIONS = frozenset(_FUNCTIONS.split())

_TYPES = frozenset((
    "BIGINT", "INTEGER", "SMALLINT", "TINYINT", "HUGEINT", "UBIGINT", "UINTEGER", "USMALLINT", "UTINYINT", "DOUBLE",
    "FLOAT", "DECIMAL", "VARCHAR", "BOOLEAN", "DATE", "TIME", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS",
    "TIMESTAMP_NS", "TIMESTAMP_US", "JSON", "INT", "LONG", "SHORT", "REAL", "NUMERIC", "TEXT", "STRING", "CHAR",
    "BOOL", "DATETIME", "INT64", "INT32", "INT16", "INT8", "INT4", "INT2", "FLOAT4", "FLOAT8",
))  # fmt: skip
_CLASSES = ("COLUMN_REF", "CONSTANT", "FUNCTION", "COMPARISON", "CONJUNCTION", "OPERATOR", "CAST", "BETWEEN", "CASE",
            "TYPE")  # fmt: skip
_OPERATORS = ("OPERATOR_NOT", "OPERATOR_IS_NULL", "OPERATOR_IS_NOT_NULL", "OPERATOR_COALESCE", "OPERATOR_NULLIF",
              "COMPARE_IN", "COMPARE_NOT_IN", "ARRAY_EXTRACT", "STRUCT_EXTRACT", "ARRAY_SLICE")  # fmt: skip
_HINT = "Write one expression over the file's columns: no subquery, no aggregate, no function that reads"


class Parser(Protocol):
    """The engine's parser: a statement's text to its tree as JSON, and back."""

    def serialised(self, statement: str) -> str:
        """The tree of the statement, or of what is wrong with it."""

    def deserialised(self, tree: str) -> str:
        """The statement that a tree stands for."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression: `sql` is written anew from its tree, `columns` are those it reads, `text` is as given."""

    where: str
    text: str
    sql: str
    columns: frozenset[str]
    path: tuple[str, ...] | None  # the names, where it is nothing but a column or a field of one


def compiled(text: str, where: str, known: Collection[str], parser: Parser) -> Expression:
    """The expression in `text`, over the columns `known`. Raises MappingError at anything but a harmless expression."""
    try:
        tree = json.loads(parser.serialised(f"SELECT (\n{text}\n)"))
    except (RecursionError, AskError):
        raise MappingError("is too deep an expression", where=where, hint=_HINT) from None
    if tree.get("error"):
        raise MappingError("is not an SQL expression", where=where, hint=_HINT)
    node = _only_item(tree, where)
    names = {name.lower(): name for name in known}
    used: set[str] = set()
    for count, part in enumerate(_nodes(node, where), 1):
        if count > _MOST_NODES:
            raise MappingError("is too long an expression", where=where)
        _check(part, where)
        if part["class"] == "COLUMN_REF":
            used.add(_column(part["column_names"][0], names, where))
    sql = parser.deserialised(json.dumps(tree)).removeprefix("SELECT ").strip().removesuffix(";")
    path = tuple(node["column_names"]) if node["class"] == "COLUMN_REF" else None
    if path:
        path = (names[path[0].lower()], *path[1:])
    return Expression(where, text, f"({sql})", frozenset(used), path)


def _only_item(tree: dict[str, Any], where: str) -> dict[str, Any]:
    """The single selected expression of a statement that has nothing else."""
    statements = tree["statements"]
    node = statements[0]["node"] if len(statements) == 1 else {}
    is_alone = (
        node.get("type") == "SELECT_NODE"
        and len(node["select_list"]) == 1
        and node["from_table"]["type"] == "EMPTY"
        and not node["cte_map"]["map"]
        and not statements[0]["named_param_map"]
        and not any(node[key] for key in ("modifiers", "where_clause", "group_expressions", "group_sets",
                                          "having", "sample", "qualify"))
    )  # fmt: skip
    if not is_alone:
        raise MappingError("is more than one expression", where=where, hint=_HINT)
    found: dict[str, Any] = node["select_list"][0]
    return found


def _nodes(root: dict[str, Any], where: str) -> Iterator[dict[str, Any]]:
    """Every node of the tree, wherever it hangs: what is not on the allow-list is met and refused."""
    waiting: list[Any] = [root]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            kind = part.get("class")
            if kind is not None and kind not in _CLASSES:
                raise MappingError(f"uses {_plain(kind)}, which is not allowed", where=where, hint=_HINT)
            if kind is not None:
                yield part
            waiting += part.values()


def _check(node: dict[str, Any], where: str) -> None:
    kind = node["class"]
    if node.get("alias"):
        raise MappingError("names an alias, which is not allowed", where=where, hint=_HINT)
    if kind == "FUNCTION":
        name = str(node["function_name"]).lower()
        is_plain = not (node["schema"] or node["catalog"] or node["filter"] or node["distinct"])
        if name not in FUNCTIONS or not is_plain or node["order_bys"]["orders"] or node["export_state"]:
            raise MappingError(f"calls {name[:40]}, which is not allowed", where=where, hint=_HINT)
    elif kind == "OPERATOR" and node["type"] not in _OPERATORS:
        raise MappingError(f"uses {_plain(node['type'])}, which is not allowed", where=where, hint=_HINT)
    elif kind == "TYPE":
        name = str(node["type_name"]).upper()
        if name not in _TYPES or node["schema"] or node["catalog"]:
            raise MappingError(f"casts to {name[:40]}, which is not allowed", where=where, hint=_HINT)


def _column(first: str, names: dict[str, str], where: str) -> str:
    if first.lower() not in names:
        near = difflib.get_close_matches(first.lower(), names, 1, 0.5)
        hint = f"Did you mean {names[near[0]]}? " if near else ""
        hint += "A fixed word needs quotes within quotes: \"'agent'\""
        raise MappingError(
            f"names the column {first[:60]}, which the files do not have", where=where, hint=hint
        )
    return names[first.lower()]


def _plain(kind: object) -> str:
    return str(kind).lower().replace("_", " ")[:40]
