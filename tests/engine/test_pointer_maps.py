"""Maps of the sample equal pandas: each kind, on both grids, in both spaces, of all applications and of one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.engine import open_engine
from explorer.engine.base import Engine
from explorer.resources import sample_dataset

from ..pointing_pandas import map_of, marks_of, shown

KINDS = ("move", "click", "right_click", "double_click", "drag", "scroll", "dwell")


@pytest.fixture(scope="module")
def sample() -> Iterator[Engine]:
    engine = open_engine(sample_dataset())
    yield engine
    engine.close()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("space", ["screen", "window"])
def test_maps_equal_pandas(sample: Engine, kind: str, space: str) -> None:
    root: Path = sample.dataset.root
    apps = [row["app"] for row in sample.run("pointer/apps", {"kind": kind}).to_pylist() if row["is_named"]]
    for columns_n in (48,) if kind == "dwell" else (48, 96):
        for app in (None, *apps[:2]):
            asked = {"kind": kind, "space": space, "columns_n": columns_n, "app": app}
            numbers = sample.run("pointer/denominators", asked).to_pylist()
            rows = sample.run("pointer/heatmap", asked).to_pylist()
            if not numbers:
                assert rows == []
                continue
            found = {row["cell"]: (row["value"], row["people_n"]) for row in rows}
            assert found == shown(map_of(root, kind, space, columns_n, app)), asked
            assert (
                sum(value for value, _ in found.values()) + numbers[0]["withheld_n"]
                == numbers[0]["counted_n"]
            )
    if kind != "dwell" and space == "screen":
        (told,) = sample.run("pointer/denominators", {"kind": kind}).to_pylist()
        assert told["events_n"] == len(marks_of(root, kind)) > 0
