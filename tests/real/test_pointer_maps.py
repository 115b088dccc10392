"""Maps of the real Balabit recordings equal pandas; their screens are estimated, and the numbers say so."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from explorer.engine import open_engine
from explorer.engine.build import build_rollups
from explorer.importers.run import import_sources

from ..pointing_pandas import map_of, marks_of, shown

pytestmark = pytest.mark.real


def test_maps_of_few_known_people_are_refused(real: Path, tmp_path: Path) -> None:
    import_sources([real / "balabit" / "training_files"], tmp_path / "set", jobs=1)
    engine = open_engine(tmp_path / "set")
    assert engine.run("sessions/list").num_rows > 0
    for name in ("heatmap", "denominators", "apps"):
        assert engine.run(f"pointer/{name}", {"kind": "move"}).num_rows == 0
    engine.close()


@pytest.mark.parametrize("source", ["test_files", "balabit_all.parquet"])
def test_maps_equal_pandas_and_tell_that_screens_are_estimated(
    real: Path, tmp_path: Path, source: str, request: pytest.FixtureRequest
) -> None:
    root = tmp_path / "set"
    if source == "balabit_all.parquet":
        # Files of a dataset are never changed, so the copy may share them with others who read it.
        shutil.copytree(request.getfixturevalue("whole_balabit")[0], root, copy_function=os.link)
    else:
        import_sources([real / "balabit" / source], root, jobs=1)
    build_rollups(root)
    engine = open_engine(root)
    for kind in ("move", "click", "right_click", "scroll", "drag", "dwell"):
        asked = {"kind": kind}
        wanted = shown(map_of(root, kind, "screen", 48))
        rows = engine.run("pointer/heatmap", asked).to_pylist()
        assert {row["cell"]: (row["value"], row["people_n"]) for row in rows} == wanted, kind
        (told,) = engine.run("pointer/denominators", asked).to_pylist()
        assert told["counted_n"] == told["estimated_n"]
        assert sum(row["value"] for row in rows) + told["withheld_n"] == told["counted_n"]
        assert told["counted_n"] + told["off_screen_n"] + told["no_geometry_n"] == told["events_n"]
        if kind != "dwell":
            marks = marks_of(root, kind)
            assert told["events_n"] == len(marks)
            assert told["off_screen_n"] == marks["flags"].fillna("").str.contains("off_screen").sum()
            if told["people_n"] == 0:
                assert (
                    told["unknown_people_sessions_n"] == told["sessions_n"] == marks["session_id"].nunique()
                )
    engine.close()
