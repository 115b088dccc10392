"""Fixtures of the query tests: a small recording in, the rows of a query file out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .golden import Trace, shown

Expects = Callable[..., None]


@pytest.fixture(scope="session")
def one_trace() -> Trace:
    return Trace()


@pytest.fixture
def trace(one_trace: Trace) -> Trace:
    """An empty recording."""
    one_trace.clear()
    return one_trace


@pytest.fixture
def expects(trace: Trace) -> Expects:
    """`expects(name, table, **params)`: the query file gives exactly these rows, in this order."""

    def compare(name: str, expected: str, **params: object) -> None:
        got, wanted = shown(trace.ask(name, **params), expected)
        assert got == wanted

    return compare
