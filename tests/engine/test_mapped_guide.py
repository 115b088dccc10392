"""The examples of docs/guides/mappings.md do what the guide says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from explorer.engine import open_engine
from explorer.errors import MappingError
from explorer.trace.mapping import COLUMNS

from .mapped_shapes import picture, step_folder, step_rows, trajectory_folder, write

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "guides" / "mappings.md").read_text()
EXAMPLES = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)


def counts(root: Path, mapping: str) -> tuple[int, int, int, int]:
    (root / "guide.yaml").write_text(mapping)
    engine = open_engine(root, mapping=root / "guide.yaml")
    rows = engine.run("sessions/list")
    engine.close()
    return (rows.num_rows, *(sum(rows[f"{name}_n"].to_pylist()) for name in ("steps", "events", "frames")))


def test_the_examples_open_what_they_are_for(tmp_path: Path) -> None:
    assert len(EXAMPLES) == 3
    assert counts(step_folder(tmp_path / "steps"), EXAMPLES[0]) == (3, 15, 12, 14)
    assert counts(trajectory_folder(tmp_path / "lists", "struct"), EXAMPLES[1]) == (3, 6, 4, 4)
    root = tmp_path / "linked"
    write(root / "deep" / "a.parquet", [{"episode": "e", "number": n} for n in range(3)])
    (root / "pics").mkdir()
    (root / "pics" / "1.png").write_bytes(picture(1))
    assert counts(root, EXAMPLES[2]) == (1, 3, 0, 3)


def test_the_guide_names_the_columns_of_the_small_sections() -> None:
    for section in ("sessions", "steps", "frames"):
        row = re.search(rf"\| {section} \| (.*?)(?:: taken.*)? \|\n", GUIDE)
        assert row is not None
        assert set(row[1].split(", ")) == set(COLUMNS[section])


def test_the_message_in_the_guide_is_the_one_that_comes(tmp_path: Path) -> None:
    rows = [{**row, "mouse_x": 1920.0 if row["step_idx"] == 2 else 0.5} for row in step_rows(1)]
    root = step_folder(tmp_path / "d", rows)
    with pytest.raises(MappingError) as caught:
        open_engine(root, mapping=root / "m.yaml")
    shown = re.search(r"m\.yaml, events\.x_rel: .*", GUIDE)
    assert shown is not None
    assert re.sub(r"row \d+|1920(\.0)?", "", str(caught.value)) == re.sub(r"row \d+|1920", "", shown[0])
