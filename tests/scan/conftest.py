"""Datasets to scan: a part of the leak set, and how a scan of one is had."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from explorer.engine import open_engine
from explorer.scan import extras
from explorer.scan.run import all_jobs
from explorer.scan.work import work
from tests.leak_set.dataset import write_dataset

Found = list[dict[str, Any]]


@pytest.fixture(autouse=True, scope="session")
def _without_extras() -> Iterator[None]:
    """Scans find the same whether extras are installed or not; the tests of extras ask for them."""
    os.environ[extras.WITHOUT] = ",".join(one.name for one in extras.EXTRAS)
    yield
    del os.environ[extras.WITHOUT]


@pytest.fixture(scope="session")
def leaks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, Any]]]:
    """Two items of each kind and channel of the tuning half, and what is true of them."""
    root = tmp_path_factory.mktemp("leaks") / "set"
    answers = write_dataset(root, "tuning", 2)
    return root, json.loads(json.dumps(answers))


@pytest.fixture(scope="session")
def found_in() -> Callable[[Path], Found]:
    """All findings in a dataset, in this process and kept nowhere."""
    return _found_in


def _found_in(root: Path) -> Found:
    with closing(open_engine(root, time_limit_ms=0)) as engine:
        return [row for job in all_jobs(engine) for row in work(engine, job).table().to_pylist()]


@pytest.fixture(scope="session")
def of_leaks(leaks: tuple[Path, list[dict[str, Any]]]) -> Found:
    """The findings in the leak set."""
    return _found_in(leaks[0])
