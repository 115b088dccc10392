"""Generated datasets to look at, and a connection that reads them as anybody's Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from explorer.generate.run import generate
from explorer.generate.sizes import Sizes

Ask = Callable[[str], list[tuple[object, ...]]]
SIZES = Sizes(events=400_000, sessions=80, people=36, frames=40, seed=5)


@pytest.fixture(scope="session")
def sizes() -> Sizes:
    """The sizes of `made`."""
    return SIZES


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of SIZES, made in one process."""
    root = tmp_path_factory.mktemp("generated") / "made"
    generate(root, SIZES, jobs=1)
    return root


@pytest.fixture(scope="session")
def ask(made: Path) -> Iterator[Ask]:
    """Rows of a statement over the tables of `made`."""
    with duckdb.connect() as connection:
        for folder in made.iterdir():
            if folder.is_dir():
                connection.execute(f"CREATE VIEW {folder.name} AS FROM '{folder}/*.parquet'")
        yield lambda statement: connection.execute(statement).fetchall()
