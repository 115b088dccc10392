"""The portable subset: which SQL means the same on DuckDB and on Spark Connect, read from the sqlglot tree.

`problems(sql)` lists what is outside of it, each with its reason. Nodes and functions that are not in the two
allow-lists are refused; the other rules say how the allowed ones may be used. An engine's override file
(`name.duckdb.sql`) is exempt, and needs a parity test instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import sqlglot
from sqlglot import exp

NODES = {
    *(
        exp.Select,
        exp.From,
        exp.Join,
        exp.Where,
        exp.Group,
        exp.Having,
        exp.Order,
        exp.Ordered,
        exp.With,
        exp.CTE,
    ),
    *(exp.Union, exp.Subquery, exp.Values, exp.Table, exp.TableAlias, exp.Alias, exp.Column, exp.Identifier),
    *(
        exp.Literal,
        exp.Null,
        exp.Boolean,
        exp.Parameter,
        exp.Var,
        exp.Tuple,
        exp.Paren,
        exp.Star,
        exp.Distinct,
    ),
    *(
        exp.And,
        exp.Or,
        exp.Not,
        exp.EQ,
        exp.NEQ,
        exp.GT,
        exp.GTE,
        exp.LT,
        exp.LTE,
        exp.Is,
        exp.In,
        exp.Between,
    ),
    *(exp.Like, exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Neg, exp.DPipe, exp.Case, exp.If, exp.DataType),
    *(exp.Window, exp.WindowSpec, exp.Filter, exp.Cast, exp.Placeholder),
}
FUNCTIONS = {
    *(exp.Count, exp.Sum, exp.Min, exp.Max, exp.Lag, exp.Lead, exp.RowNumber, exp.Floor, exp.Ceil, exp.Abs),
    *(exp.Coalesce, exp.Nullif, exp.Lower, exp.Substring, exp.Concat, exp.StrPosition, exp.MD5, exp.Length),
}
TYPES = {"VARCHAR", "TEXT", "BIGINT", "INT", "SMALLINT", "DOUBLE", "BOOLEAN"}
JOINS = {("", ""), ("", "INNER"), ("LEFT", ""), ("", "CROSS")}
INSTEAD = {
    "IntDiv": "truncates on one engine and floors on another: floor(x / 32.0)",
    "Mod": "signs differ below zero: x - floor(x / n) * n",
    "Limit": "its type differs: number the rows and filter",
    "Offset": "its type differs: number the rows and filter",
    "Qualify": "filter in a step of its own",
    "Star": "name the columns",
    "Pivot": "use FILTER or CASE",
    "TableSample": "order by md5($seed || ':' || id)",
    "ArrayAgg": "the order is lost without an error: return long rows",
    "Array": "return long rows",
    "Struct": "return long rows",
    "Lambda": "return long rows",
    "Unnest": "return long rows",
    "Explode": "return long rows",
    "ArgMax": "ties differ: row_number() with a tie-break",
    "ArgMin": "ties differ: row_number() with a tie-break",
    "AnyValue": "any row is not the same row: min() or max()",
    "Mode": "ties differ: row_number() with a tie-break",
    "Median": "quantiles differ: count in bins",
    "Quantile": "quantiles differ: count in bins",
    "PercentileCont": "quantiles differ: count in bins",
    "ApproxQuantile": "quantiles differ: count in bins",
    "ApproxDistinct": "estimates differ: count(DISTINCT x)",
    "Avg": "sum(x)::DOUBLE / count(x)",
    "Round": "halves round differently: floor(x + 0.5)",
    "TryCast": "null on one engine and error on another: cast what is known to fit",
    "TimestampTrunc": "timestamps differ: store t_us and do arithmetic",
    "DateTrunc": "timestamps differ: store t_us and do arithmetic",
    "Interval": "timestamps differ: store t_us and do arithmetic",
    "NamedWindow": "spell the window out",
    "hash": "differs between engines: md5()",
}


def problems(sql: str) -> list[str]:
    """What keeps `sql` out of the portable subset; empty when nothing does."""
    statements = [tree for tree in sqlglot.parse(sql, read="duckdb") if tree is not None]
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        return ["one SELECT statement is wanted"]
    found = [problem for rule in _RULES for problem in rule(statements[0])]
    found += [
        f"${name} must be cast where it is first used" for name, kind in first_casts(sql).items() if not kind
    ]
    return list(dict.fromkeys(found))


def _unknown_nodes(tree: exp.Expr) -> Iterator[str]:
    for node in tree.walk():
        name = type(node).__name__
        if isinstance(node, exp.Anonymous):
            name = node.name.lower()
        elif type(node) in NODES | FUNCTIONS:
            continue
        yield f"{name} is not in the subset" + (f": {INSTEAD[name]}" if name in INSTEAD else "")


def _selects(tree: exp.Expr) -> Iterator[str]:
    for select in tree.find_all(exp.Select):
        for projection in select.expressions:
            if isinstance(projection, exp.Star) or (
                isinstance(projection, exp.Column) and projection.is_star
            ):
                yield f"Star is not in the subset: {INSTEAD['Star']}"
        for extra in ("limit", "qualify", "sample", "windows", "distinct"):
            if select.args.get(extra):
                yield f"{extra.upper()} is not in the subset"
        if not select.args.get("expressions"):
            yield "FROM without SELECT: name the columns"
    for group in tree.find_all(exp.Group):
        if not group.expressions or any(isinstance(key, exp.Literal) for key in group.expressions):
            yield "GROUP BY wants columns, not ALL, numbers or sets"
    for union in tree.find_all(exp.SetOperation):
        if not isinstance(union, exp.Union) or union.args.get("distinct") or union.args.get("by_name"):
            yield "only UNION ALL, by position"


def _joins(tree: exp.Expr) -> Iterator[str]:
    for join in tree.find_all(exp.Join):
        kind = (join.side or "", join.kind or "")
        if kind not in JOINS or join.method:
            yield f"{' '.join(filter(None, (join.method, *kind)))} JOIN: inner, LEFT and CROSS only"
        if join.args.get("using"):
            yield "JOIN USING: say ON"


def _order(tree: exp.Expr) -> Iterator[str]:
    if tree.args.get("order") is None:
        yield "the outermost SELECT needs an ORDER BY"
    for order in tree.find_all(exp.Order):
        if order.parent is not tree and not isinstance(order.parent, exp.Window):
            yield "ORDER BY inside a step is lost: only outermost and in windows"
        for key in order.expressions:
            if not isinstance(key.this, exp.Column) and order.parent is tree:
                yield "the outermost ORDER BY wants names of result columns"


def _windows(tree: exp.Expr) -> Iterator[str]:
    for window in tree.find_all(exp.Window):
        function = window.this.this if isinstance(window.this, exp.Filter) else window.this
        is_placing = isinstance(function, (exp.Lag, exp.Lead, exp.RowNumber))
        frame, order = window.args.get("spec"), window.args.get("order")
        if is_placing and order is None:
            yield f"{function.sql()} needs an ORDER BY"
        if is_placing and frame is not None:
            yield f"{function.sql()} takes no frame"
        if not is_placing and order is not None and frame is None:
            yield f"{function.sql()} OVER with ORDER BY needs its frame written out"
        if frame is not None and frame.args.get("kind") != "ROWS":
            yield "frames count ROWS"


def _numbers(tree: exp.Expr) -> Iterator[str]:
    for total in tree.find_all(exp.Sum):
        if not _inside(total, exp.Cast, through=(exp.Filter, exp.Window, exp.Coalesce, exp.Paren)):
            yield "sum() of integers is wider than BIGINT: sum(x)::BIGINT"
    for division in tree.find_all(exp.Div):
        if not any(_is_fraction(side) for side in (division.this, division.expression)):
            yield "whole numbers are divided differently: write 32.0 or x::DOUBLE"
        rounded = (exp.Floor, exp.Ceil)
        cast = division.find_ancestor(exp.Cast, exp.Select, *rounded)
        if isinstance(cast, exp.Cast) and cast.to.this.name in {"INT", "BIGINT", "SMALLINT"}:
            yield "a cast rounds on one engine and truncates on another: floor(x)::BIGINT"
    for cast in tree.find_all(exp.Cast):
        if cast.to.this.name not in TYPES or cast.to.expressions:
            yield f"type {cast.to.sql()} is not in the subset"


def first_casts(sql: str) -> dict[str, str | None]:
    """Type that each parameter is cast to where it is first used; None where it is not."""
    found: dict[str, str | None] = {}
    for name, kind in re.findall(r"\$(\w+)(?:::(\w+))?", re.sub(r"'[^']*'|--[^\n]*", "", sql)):
        found.setdefault(name, kind or None)
    return found


def _shadows(tree: exp.Expr) -> Iterator[str]:
    """A bare name that is both a column of the sources and another thing in the result: engines differ."""
    for select in tree.find_all(exp.Select):
        made = {p.alias for p in select.expressions if isinstance(p, exp.Alias) and p.this.name != p.alias}
        parts = [*select.expressions, *(select.args.get(part) for part in ("where", "group", "having"))]
        for part in filter(None, parts):
            for column in part.find_all(exp.Column):
                if column.name in made and not column.table and column.find_ancestor(exp.Select) is select:
                    yield f"{column.name} is also made in this SELECT: write source.{column.name}"


def _inside(node: exp.Expr, wanted: type[exp.Expr], through: tuple[type[exp.Expr], ...]) -> bool:
    parent = node.parent
    while isinstance(parent, through):
        parent = parent.parent
    return isinstance(parent, wanted)


def _is_fraction(node: exp.Expr) -> bool:
    if isinstance(node, (exp.Paren, exp.Mul, exp.Add, exp.Sub)):
        return any(_is_fraction(part) for part in node.iter_expressions())
    if isinstance(node, exp.Literal):
        return not node.is_string and "." in node.this
    return isinstance(node, exp.Cast) and node.to.this.name == "DOUBLE"


_RULES: tuple[Callable[[exp.Expr], Iterator[str]], ...] = (
    *(_unknown_nodes, _selects, _joins, _order, _windows, _numbers, _shadows),
)
