"""Binding parameters to a query: types, ranges, defaults, and messages that repeat no value."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer import sql
from explorer.errors import ParameterError

OPTIONAL = """\
-- Demo.
--
-- param session_id VARCHAR {session}: session to read
-- param idle_gap_ms BIGINT [ms] = 5000: longest gap
-- param share DOUBLE = -0.5: a share
-- param app VARCHAR {app} = NULL: application
-- param is_human BOOLEAN = TRUE: humans alone
-- returns one row
-- column n BIGINT: rows
SELECT 1 AS n
"""


def _query(kind: str) -> sql.Query:
    text = f"-- Demo.\n--\n-- param x_ms {kind} [ms]: any\n-- returns a row\n-- column n BIGINT: n\nSELECT $x_ms AS n"
    return sql.parse("a/demo", text)


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        ("BIGINT", "5000", 5000),
        ("BIGINT", "-9223372036854775808", -(2**63)),
        ("BIGINT", "+7", 7),
        ("BIGINT", 2**63 - 1, 2**63 - 1),
        ("BIGINT", np.int32(7), 7),
        ("INTEGER", str(2**31 - 1), 2**31 - 1),
        ("SMALLINT", -32768, -32768),
        ("DOUBLE", "0.02", 0.02),
        ("DOUBLE", "-1e-3", -0.001),
        ("DOUBLE", 5, 5.0),
        ("DOUBLE", np.float32(0.5), 0.5),
        ("BOOLEAN", "True", True),
        ("BOOLEAN", "false", False),
        ("BOOLEAN", False, False),
        ("VARCHAR", "", ""),
        ("VARCHAR", "NULL", "NULL"),
        ("VARCHAR", "a\x00b \U0001f600", "a\x00b \U0001f600"),
    ],
)
def test_values_are_converted(kind: str, given: object, value: object) -> None:
    bound = sql.bind(_query(kind), {"x_ms": given})["x_ms"]
    assert bound == value
    assert type(bound) is type(value)


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("BIGINT", "9223372036854775808"),
        ("BIGINT", 2**63),
        ("BIGINT", "5000.0"),
        ("BIGINT", 5.0),
        ("BIGINT", "5_000"),
        ("BIGINT", "٥"),
        ("BIGINT", "9" * 5000),
        ("BIGINT", ""),
        ("BIGINT", True),
        ("BIGINT", [1]),
        ("INTEGER", 2**31),
        ("SMALLINT", "-32769"),
        ("DOUBLE", "nan"),
        ("DOUBLE", math.nan),
        ("DOUBLE", np.float64("nan")),
        ("DOUBLE", "inf"),
        ("DOUBLE", "1e999"),
        ("DOUBLE", 10**999),
        ("DOUBLE", "one"),
        ("DOUBLE", True),
        ("BOOLEAN", "yes"),
        ("BOOLEAN", 1),
        ("VARCHAR", 5),
        ("VARCHAR", b"bytes"),
        ("VARCHAR", "half \ud800 pair"),
    ],
)
def test_values_of_another_type_are_refused_and_not_repeated(kind: str, given: object) -> None:
    with pytest.raises(ParameterError) as caught:
        sql.bind(_query(kind), {"x_ms": given})
    assert caught.value.where == "query a/demo"
    assert caught.value.what == f"parameter x_ms wants {kind} [ms]: {sql.TYPES[kind]}"


def test_defaults_fill_in() -> None:
    query = sql.parse("sessions/demo", OPTIONAL)
    expected: dict[str, Any] = {"session_id": "s", "idle_gap_ms": 5000, "share": -0.5, "app": None}
    expected |= {"is_human": True}
    assert sql.bind(query, {"session_id": "s"}) == expected
    assert sql.bind(query, {"session_id": "s", "idle_gap_ms": None, "app": None}) == expected


@pytest.mark.parametrize("params", [{}, {"session_id": None}])
def test_missing_parameters_are_named(params: dict[str, object]) -> None:
    with pytest.raises(
        ParameterError, match=r"query sessions/demo: parameter session_id is missing.* VARCHAR"
    ):
        sql.bind(sql.parse("sessions/demo", OPTIONAL), params)


def test_unknown_parameters_are_named_with_the_known_ones() -> None:
    query = sql.parse("sessions/demo", OPTIONAL)
    with pytest.raises(
        ParameterError, match=r"no parameter apps, x{40}\. It takes session_id, idle_gap_ms"
    ) as caught:
        sql.bind(query, {"session_id": "s", "apps": "secret", "x" * 99: "secret"})
    assert "secret" not in str(caught.value)


@given(st.integers())
def test_whole_numbers_bind_alike_from_text(number: int) -> None:
    query = _query("BIGINT")
    if -(2**63) <= number < 2**63:
        assert sql.bind(query, {"x_ms": number}) == sql.bind(query, {"x_ms": str(number)}) == {"x_ms": number}
    else:
        for value in (number, str(number)):
            with pytest.raises(ParameterError):
                sql.bind(query, {"x_ms": value})
