"""Rows of several groups of sessions come into one order, whatever their values are."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from explorer.engine import rollups
from explorer.engine.rollup_order import in_order

ORDER = ["space", "kind", "app", "session_id", "cell"]


@pytest.mark.parametrize("groups_n", [1, 3])
def test_parts_come_into_the_order_that_one_statement_would_give(tmp_path: Path, groups_n: int) -> None:
    # No application is a value too; some runs are empty in a part, and one part has row groups of its own.
    rows = [
        {"space": space, "kind": kind, "app": app, "session_id": f"s{session}", "cell": cell, "n_0": n}
        for n, (session, space, kind, app, cell) in enumerate(
            product(
                range(6), ("window", "screen"), ("move", "click"), ("Mail", "Ärger", "", None), (3, 1, None)
            )
        )
        if (session + n // 7) % 3
    ]
    schema = pa.schema(
        [(name, pa.string()) for name in ORDER[:4]] + [("cell", pa.int16()), ("n_0", pa.int32())]
    )
    parts = []
    for group in range(groups_n):
        own = pa.Table.from_pylist(
            [r for r in rows if int(r["session_id"][1]) * groups_n // 6 == group], schema
        )
        parts.append(tmp_path / f"{group}.parquet")
        pq.write_table(_sorted(own), parts[-1], row_group_size=5 if group == 1 else 1000)
    found = pa.Table.from_batches(list(in_order(parts, ORDER)))
    assert found.equals(_sorted(pa.Table.from_pylist(rows, schema)))


def test_only_text_columns_stand_before_the_session() -> None:
    """Their values are told apart as text."""
    for name in rollups.names():
        order = rollups.row_order(name)
        before = order[: order.index("session_id")] if "session_id" in order else []
        types = {column.name: column.type for column in rollups.load(name).columns}
        assert all(types[column] == "VARCHAR" for column in before), name


def _sorted(rows: pa.Table) -> pa.Table:
    with duckdb.connect() as con:
        con.register("rows", rows)
        text = f"SELECT * FROM rows ORDER BY {', '.join(ORDER)}"
        return con.execute(text).to_arrow_table().cast(rows.schema)
