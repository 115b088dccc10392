"""Hostile mappings, and hostile files behind honest ones: refused with a place, never run, never read."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from explorer.engine import mapped_check, mapped_files, open_engine
from explorer.engine.duckdb import DuckDBAsker, _connect
from explorer.engine.expressions import compiled
from explorer.errors import MappingError
from explorer.trace.linked import MOST_BYTES, path_below, read_linked
from explorer.trace.mapping import load, parse
from explorer.trace.pictures import MOST_PIXELS

from ..engine.mapped_shapes import STEPS, picture, step_folder, step_rows, write

COLUMNS = ("a", "b", "x y", "s")


@pytest.fixture(scope="module")
def parser() -> DuckDBAsker:
    return _connect()[1]


HARMLESS = [
    "a", "A", '"x y"', "s.field.deep", "a + b * 2", "CASE a WHEN 1 THEN 'x' ELSE b END", "coalesce(a, b)", "a::BIGINT",
    "try_cast(a AS DECIMAL(10, 2))", "a IN (1, 2) AND NOT b", "a BETWEEN 1 AND 2", "a IS NULL", "a LIKE '%x'",
    "json_extract_string(s, '$.op')", "s['k']", "a[1]", "-a", "'-- no comment; /* nor this */'", "nullif(a, '')",
    "upper(trim(a))", "regexp_extract(a, 'x(.)', 1)", "epoch_us(a::TIMESTAMP)", "a -- a remark", "a /* a remark */",
]  # fmt: skip


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_expressions_are_taken(parser: DuckDBAsker, text: str) -> None:
    found = compiled(text, "m.yaml, step", COLUMNS, parser)
    assert "--" not in found.sql.replace("'-- no comment; /* nor this */'", "")
    assert found.columns <= set(COLUMNS)


HOSTILE = [
    "(SELECT 1)", "a + (SELECT max(a) FROM t)", "EXISTS (SELECT 1)", "a IN (SELECT 1)", "a > ALL (SELECT 1)",
    "read_text('/etc/passwd')", "lower(read_text('/etc/passwd'))", "glob('/*')", "getenv('HOME')", "query('SELECT 1')",
    "read_blob('/etc/passwd')", "nextval('s')", "setseed(1)", "random()", "now()", "current_date", "current_user",
    "count(*)", "sum(a)", "sum(a) OVER ()", "row_number() OVER ()", "list_transform(s, lambda x: x)", "[x for x in s]",
    "a); DROP TABLE t; SELECT (a", "a; DROP TABLE t", "a) FROM read_text('/etc/passwd') --", "a) UNION SELECT (1",
    "a) , (b", "a, b", "ROW(a, b)", "{'k': a}", "*", "COLUMNS(*)", "t.*", "$1", "?", "#1", "DEFAULT", "a /*", "a '",
    "((a)", "a))", "a)(", "unknown", "filename", "file_row_number", "rowid", "a COLLATE nocase", "a::foo",
    "a::INTEGER[]",
    "main.lower(a)", "a.lower()", "sum(a) FILTER (WHERE b)", "string_agg(a, ',' ORDER BY b)", "unnest(s)",
    "repeat(a, 1000)",
    "lpad(a, 1000000000, 'x')", "range(1000000000)", "current_setting('memory_limit')", "pragma_version()",
    "error('x')",
    "getvariable('x')", "hash(a)", "sleep_ms(1000)", "VALUES (1)", "", "SELECT", "a AS b", "sniff_csv('/etc/passwd')",
    "(" * 3000 + "a" + ")" * 3000, "NOT " * 900 + "a", "a" + " + a" * 900, "-" * 600 + "a",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_everything_but_a_harmless_expression_is_refused(parser: DuckDBAsker, text: str) -> None:
    with pytest.raises(MappingError, match=r"m.yaml, step"):
        compiled(text, "m.yaml, step", COLUMNS, parser)


def test_a_hostile_expression_never_reaches_the_files(tmp_path: Path) -> None:
    for text in ("(SELECT content FROM read_text('/etc/passwd'))", "read_text('/etc/passwd')"):
        mapping = STEPS.replace("thought: thought", f'thought: "{text}"')
        root = step_folder(tmp_path / "d", step_rows(1), mapping)
        with pytest.raises(MappingError, match=r"m.yaml, steps.thought: .* not allowed") as caught:
            open_engine(root, mapping=root / "m.yaml")
        assert "root:" not in str(caught.value)


ALIASES = "a: &a [x, x]\n" + "".join(
    f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True)
)
BOMBS = [
    ALIASES,
    "mapping: 1\nsession: &x id\nstep: *x\n",
    "mapping: " + "[" * 5000,
    "mapping: " + "{a: " * 5000,
    "mapping: 1\n" + "".join(f"k{n}: {n}\n" for n in range(6000)),
    "mapping: !!python/object/apply:os.system ['true']\n",
    "mapping: !!python/name:os.system\n",
    "!!binary x",
    "mapping: 1\nsession: " + "9" * 5000 + "\n",
    "mapping: 0x" + "f" * 100_000,
    "%YAML 9.9\n---\nmapping: 1",
    "mapping: 1\n---\nmapping: 1\n",
    "\x00",
    "mapping: 1\nsession: \"\\ud800\"\n",
    "<<: {mapping: 1}\n",
]  # fmt: skip


@pytest.mark.parametrize("text", BOMBS, ids=range(len(BOMBS)))
def test_hostile_yaml_is_refused_at_once(text: str) -> None:
    with pytest.raises(MappingError, match=r"m\.yaml"):
        parse(text, "m.yaml")


def test_a_mapping_of_any_size_or_encoding_is_an_error_not_a_crash(tmp_path: Path) -> None:
    (tmp_path / "big.yaml").write_bytes(b"#" * 1_000_001)
    (tmp_path / "bytes.yaml").write_bytes(b"mapping: \xff\xfe")
    (tmp_path / "folder.yaml").mkdir()
    for name in ("big", "bytes", "folder"):
        with pytest.raises(MappingError, match=name):
            load(tmp_path / f"{name}.yaml")


def test_linked_pictures_stay_below_the_folder(tmp_path: Path) -> None:
    root = tmp_path / "d"
    (root / "in").mkdir(parents=True)
    (root / "in" / "1.png").write_bytes(picture(1))
    (tmp_path / "out.png").write_bytes(picture(2))
    (root / "link.png").symlink_to(tmp_path / "out.png")
    (root / "loop.png").symlink_to(root / "loop.png")
    os.mkfifo(root / "pipe.png")
    names = ["in/1.png", "../out.png", "in/../../out.png", str(tmp_path / "out.png"), "link.png", "loop.png",
             "pipe.png", "http://example.com/x.png", "file:///etc/passwd", "in\\1.png", "a\0b", "x" * 5000,
             ".", "in", "/etc/passwd"]  # fmt: skip
    rows = [{**step_rows(1)[0], "step_idx": n, "image": name} for n, name in enumerate(names)]
    root = step_folder(root, rows)
    engine = open_engine(root, mapping=root / "m.yaml")
    (session,) = engine.run("sessions/list").to_pylist()
    frames = engine.run("replay/frames", {"session_id": session["session_id"]})["frame_id"].to_pylist()
    assert len(frames) == len(names)
    assert [frame[-2:] for frame in frames if engine.frame(frame) or engine.thumb(frame)] == ["00"]
    engine.close()


def test_a_linked_file_is_bounded(tmp_path: Path) -> None:
    with (tmp_path / "large").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    assert read_linked(tmp_path / "large") is None
    assert read_linked(tmp_path) is None
    assert path_below(tmp_path, "large") == tmp_path / "large"


def test_embedded_bytes_that_are_no_picture_are_not_served(tmp_path: Path) -> None:
    bomb = picture(1, size=(1, 1)).replace((1).to_bytes(4, "big") * 2, (MOST_PIXELS).to_bytes(4, "big") * 2)
    contents = [b"<script>alert(1)</script>", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"", b"\x89PNG", bomb,
                b"GIF89a" + bytes(20), b"RIFF\0\0\0\0WEBP" + bytes(9)]  # fmt: skip
    row = step_rows(1)[0]
    root = step_folder(
        tmp_path / "d",
        [
            {**row, "step_idx": n, "image": {"bytes": content, "path": "x"}}
            for n, content in enumerate(contents)
        ],
    )
    engine = open_engine(root, mapping=root / "m.yaml")
    (session,) = engine.run("sessions/list").to_pylist()
    frames = engine.run("replay/frames", {"session_id": session["session_id"]})["frame_id"].to_pylist()
    assert all(engine.thumb(frame) is None for frame in frames)
    assert [frame[-1] for frame in frames if engine.frame(frame)] == [
        "4",
        "6",
    ]  # right magic: the browser decides
    engine.close()


@pytest.mark.parametrize("limit", ["MOST_GROUP_BYTES", "MOST_COLUMNS", "MOST_LEVELS", "MOST_FOOTER_BYTES"])
def test_a_parquet_bomb_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    root = step_folder(tmp_path / "d", step_rows(1))
    monkeypatch.setattr(mapped_files, limit, 0)
    with pytest.raises(MappingError, match=r"data/a.parquet: has "):
        open_engine(root, mapping=root / "m.yaml")


def test_a_value_that_unpacks_to_much_is_refused(tmp_path: Path) -> None:
    rows = pa.Table.from_pylist(step_rows(1)).drop_columns(["thought"])
    long = pa.array(["x" * 2_000_000]).dictionary_encode()
    thoughts = pa.DictionaryArray.from_arrays(pa.array([0] * rows.num_rows, pa.int32()), long.dictionary)
    root = step_folder(tmp_path / "d", [])
    (root / "data").mkdir()
    pq.write_table(rows.append_column("thought", thoughts), root / "data" / "a.parquet", compression="zstd")
    with pytest.raises(
        MappingError, match=r"steps.thought: thought is not a text of at most 1,000,000 characters"
    ) as told:
        open_engine(root, mapping=root / "m.yaml")
    assert len(str(told.value)) < 400


def test_a_session_that_unpacks_to_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapped_check, "MOST_SESSION_TEXT", 50)
    root = step_folder(tmp_path / "d", step_rows(1))
    with pytest.raises(MappingError, match=r"one session holds [0-9]+ characters of text"):
        open_engine(root, mapping=root / "m.yaml")


@pytest.mark.parametrize("name", ["file_row_number", "filename", "_tx_s", "THOUGHT"])
def test_columns_with_the_engines_own_names_are_refused(tmp_path: Path, name: str) -> None:
    rows = [{**row, name: "x"} for row in step_rows(1)]
    root = step_folder(tmp_path / "d", rows)
    with pytest.raises(MappingError, match=r"has (a|two) column"):
        open_engine(root, mapping=root / "m.yaml")


def test_files_that_lead_out_of_the_folder_are_not_read(tmp_path: Path) -> None:
    write(tmp_path / "secret.parquet", step_rows(1))
    root = step_folder(tmp_path / "d", [])
    (root / "data").mkdir()
    (root / "data" / "a.parquet").symlink_to(tmp_path / "secret.parquet")
    (root / "data" / "loop.parquet").symlink_to(root / "data" / "loop.parquet")
    with pytest.raises(MappingError, match="1 files are links out of the folder"):
        open_engine(root, mapping=root / "m.yaml")


def test_names_that_are_patterns_are_left_out(tmp_path: Path) -> None:
    root = step_folder(tmp_path / "d")
    write(root / "data" / "[ab].parquet", step_rows(1))
    write(root / "data" / "new\nline.parquet", step_rows(1))
    engine = open_engine(root, mapping=root / "m.yaml")
    assert len(engine.quarantined()) == 2
    assert engine.run("sessions/list").num_rows == 3
    engine.close()
    with pytest.raises(MappingError, match="in its path"):
        open_engine(step_folder(tmp_path / "v[2]"), mapping=root / "m.yaml")
