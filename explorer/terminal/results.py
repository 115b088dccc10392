"""`queries` and `query` on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from explorer import shared_steps, sql
from explorer.errors import ParameterError
from explorer.terminal.screen import err, one_line, out

if TYPE_CHECKING:
    import pyarrow as pa

FORMATS = ("table", "csv", "json", "parquet")
_ON_SCREEN_ROWS = 50


def listed_queries() -> str:
    """One line a query: its name and what it returns."""
    loaded = [sql.load(name) for name in sql.names()]
    width = max((len(query.name) for query in loaded), default=0)
    return "\n".join(f"{query.name:<{width}}  {query.summary}" for query in loaded)


def described_query(name: str, *, as_sql: bool = False) -> str:
    """A query's header: summary, notes, parameters and columns; or its file with all its steps."""
    query = sql.load(name)
    if as_sql:
        return shared_steps.whole(query.path).rstrip()
    lines = [f"{query.name}: {query.summary}", *([query.notes, ""] if query.notes else [""])]
    for param in query.params:
        unit = f" [{param.unit}]" if param.unit else ""
        default = (
            " (required)" if param.is_required else f" = {'NULL' if param.default is None else param.default}"
        )
        lines.append(f"  -p {param.name}={param.type}{unit}{default}  {param.text}")
    lines += ["", f"Returns {query.rows}:"]
    for column in query.columns:
        unit = f" [{column.unit}]" if column.unit else ""
        lines.append(f"  {column.name} {column.type}{unit}  {column.text}")
    return "\n".join(lines)


def answered(name: str, dataset: Path, params: Sequence[str], output_format: str, output: Path | None) -> int:
    """Run a query and write its result."""
    from explorer.engine import open_engine
    from explorer.exports import results

    if output_format not in FORMATS:
        raise ParameterError(
            f"knows no format '{output_format[:20]}'",
            where="--format",
            hint=f"Use one of {', '.join(FORMATS)}",
        )
    if output_format == "parquet" and output is None:
        raise ParameterError("needs a file to write to", where="--format parquet", hint="Add -o FILE.parquet")
    sql.load(name)
    engine = open_engine(dataset)
    for file in engine.quarantined():
        err.print(one_line(f"Left out: {file.file}: {file.reason}"))
    rows = engine.run(name, _params(params))
    if output_format == "table" and output is None:
        print_table(rows)
    else:
        results.write(rows, output_format, output)
    return 0


def _params(pairs: Sequence[str]) -> dict[str, object]:
    given: dict[str, object] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise ParameterError("is not of the form name=value", where="-p")
        if name in given:
            raise ParameterError(f"names {name[:40]} twice", where="-p")
        given[name] = value
    return given


def print_table(rows: pa.Table) -> None:
    """Show the first rows on the screen, as a table or, where it is too narrow, as blocks."""
    from pyarrow import types

    table = Table(box=None, pad_edge=False, header_style="bold")
    for field in rows.schema:
        is_number = types.is_integer(field.type) or types.is_floating(field.type)
        table.add_column(field.name, justify="right" if is_number else "left", overflow="fold")
    for row in rows.slice(0, _ON_SCREEN_ROWS).to_pylist():
        table.add_row(*(Text(_shown(value)) for value in row.values()))
    if _fits(rows):
        out.print(table)
    else:
        _print_blocks(rows)
    if rows.num_rows > _ON_SCREEN_ROWS:
        err.print(f"{rows.num_rows - _ON_SCREEN_ROWS:,} more rows; --format csv prints all.")


def _fits(rows: pa.Table) -> bool:
    """True when every column of the table has room for its name and a word."""
    return sum(max(len(name), 6) + 2 for name in rows.column_names) <= out.width


def _print_blocks(rows: pa.Table) -> None:
    """One block a row, one line a column: for tables wider than the terminal."""
    width = max((len(name) for name in rows.column_names), default=0)
    for number, row in enumerate(rows.slice(0, _ON_SCREEN_ROWS).to_pylist(), 1):
        out.print(f"row {number}", style="bold")
        for name, value in row.items():
            out.print(f"  {name:<{width}}  {_shown(value)}", soft_wrap=True)


def _shown(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return one_line(f"{value:,.4g}" if isinstance(value, float) else str(value))
