"""Mappings as documents: what is read, what is refused, and that the message says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.errors import MappingError
from explorer.trace.mapping import COLUMNS, load, parse, shipped_mappings
from explorer.trace.schema import TABLES

LEAST = "mapping: 1\nsession: id\nsessions: {actor: \"'agent'\"}\n"


def test_the_least_mapping_has_its_defaults() -> None:
    found = parse(LEAST)
    assert (found.shape, found.files, found.title, found.lists) == (
        "row_per_step",
        "**/*.parquet",
        "mapping",
        (),
    )
    assert found.expressions() == {"session": "id", "sessions.actor": "'agent'"}


def test_numbers_and_truth_become_sql() -> None:
    found = parse(
        LEAST + "steps: {is_correct: true, reward: 0.5}\nevents: {kind: \"'click'\", clicks_n: 1}\n"
    )
    assert found.sections["steps"] == {"is_correct": "true", "reward": "0.5"}
    assert found.sections["events"]["clicks_n"] == "1"


def test_every_column_that_may_be_filled_is_one_of_ours() -> None:
    for section, columns in COLUMNS.items():
        assert set(columns) <= set(TABLES[section].column_names)


WRONG = [
    ("", "m.yaml: is not a mapping"),
    ("[1, 2]", "m.yaml: is not a mapping"),
    ("mapping: 2\n", "m.yaml, mapping: is not of version 1"),
    ("mapping: true\n", "m.yaml, mapping: is not of version 1"),
    (LEAST + "sesion: id\n", "m.yaml, sesion: is not a key of a mapping. Did you mean session"),
    (LEAST + "events: {knd: id}\n", "m.yaml, events.knd: .*Did you mean kind"),
    (LEAST + "events: {cell: id}\n", "m.yaml, events.cell: is not a key"),
    (LEAST + "events: [1]\n", "m.yaml, events: is not a list of 'our column"),
    (LEAST + "events: {x_rel: x, y_rel: y}\n", "events.kind: is missing"),
    (LEAST + "events: {kind: k, x_rel: x}\n", "events.y_rel: is missing: both or none"),
    (LEAST + "frames: {width_px: w, height_px: h}\n", "frames.image: is missing"),
    (LEAST + "step: [1]\n", "m.yaml, step: is not an expression"),
    (LEAST + "step: ''\n", "m.yaml, step: is not an expression"),
    (LEAST + "step:\n", "m.yaml, step: is not an expression"),
    (LEAST + "step: .inf\n", "m.yaml, step: is not a number"),
    (LEAST + "step: 2020-01-01\n", "m.yaml, step: is not an expression"),
    (LEAST + f"step: {'a' * 5000}\n", "m.yaml, step: is longer than 4,000"),
    (LEAST + "session: other\n", "m.yaml:4: has the key 'session' twice"),
    (LEAST + "shape: columns\n", "m.yaml, shape: is not a known shape"),
    (LEAST + "shape: row_per_trajectory\n", "m.yaml, lists: is missing"),
    (LEAST + "lists: [a]\n", "m.yaml, lists: is for shape row_per_trajectory only"),
    (LEAST + "shape: row_per_trajectory\nlists: [a, A]\n", "m.yaml, lists: names a column twice"),
    ("mapping: 1\nsession: id\n", "m.yaml, sessions.actor: is missing"),
    ("mapping: 1\nsessions: {actor: a}\n", "m.yaml, session: is missing"),
    (LEAST + "title: [1]\n", "m.yaml, title: is not a text"),
    (LEAST + "? [a]\n: b\n", "m.yaml:4: has a key that is not a word"),
    (LEAST + "step: {\n", "m.yaml:5: is not valid YAML"),
    (LEAST + "step: a: b\n", "m.yaml:4: is not valid YAML"),
]


@pytest.mark.parametrize(("text", "told"), WRONG)
def test_what_is_wrong_is_named_with_its_place(text: str, told: str) -> None:
    with pytest.raises(MappingError, match=told):
        parse(text, "m.yaml")


@pytest.mark.parametrize(
    "pattern", ["/etc/*", "../*.parquet", "a/../../b", "~/x", "a\\\\b", "", "**.parquet", "a\\0"]
)
def test_a_pattern_stays_below_the_folder(pattern: str) -> None:
    with pytest.raises(MappingError, match=r"m.yaml, files"):
        parse(LEAST + f'files: "{pattern}"\n', "m.yaml")


def test_a_file_or_a_shipped_name_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(LEAST)
    assert load(tmp_path / "own.yaml").name == "own.yaml"
    for name in shipped_mappings():
        assert load(name).title
    with pytest.raises(MappingError, match="Shipped mappings: desktop-steps"):
        load("nothing")
    with pytest.raises(MappingError, match="cannot be read"):
        load(tmp_path / "none.yaml")
