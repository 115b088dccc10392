"""The Parquet export loads without code: schema, features, bytes, positions, files."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from explorer.engine import open_engine
from explorer.exports import parquet_hf
from explorer.exports.exchange_run import ExportReport
from explorer.exports.parquet_hf_rows import features
from explorer.exports.session_rows import View
from explorer.trace.dataset import create

Export = Callable[..., ExportReport]
# How the datasets library turns a feature into an Arrow type; a field of another type would lose its feature.
ARROW = {
    "string": pa.string(), "int64": pa.int64(), "float64": pa.float64(), "bool": pa.bool_(),
    "Image": pa.struct({"bytes": pa.binary(), "path": pa.string()}),
}  # fmt: skip


@pytest.fixture(scope="module")
def office_export(
    tmp_path_factory: pytest.TempPathFactory, office: Path, exported: Export, some_sessions: list[str]
) -> Path:
    output = tmp_path_factory.mktemp("hf") / "out"
    exported(office, "parquet-hf", output, session_ids=some_sessions)
    return output


def rows(output: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pa.concat_tables(
        pq.read_table(path) for path in sorted((output / "data").iterdir())
    ).to_pylist()
    return found


def test_every_field_has_the_type_of_its_feature(office_export: Path) -> None:
    (path,) = (office_export / "data").iterdir()
    assert path.name == "train-00000-of-00001.parquet"
    schema = pq.read_schema(path)
    declared = json.loads(schema.metadata[b"huggingface"])
    assert set(declared) == {"info"}
    assert set(declared["info"]) == {"features"}
    assert declared["info"]["features"]["image"] == {"_type": "Image"}
    assert declared["info"]["features"]["mouse_x"] == {"dtype": "float64", "_type": "Value"}
    for field in schema:
        feature = declared["info"]["features"].pop(field.name)
        kind = ARROW[feature["dtype"] if feature["_type"] == "Value" else feature["_type"]]
        assert field == pa.field(field.name, kind)
    assert declared["info"]["features"] == {}


def test_pictures_are_the_stored_bytes(office: Path, office_export: Path) -> None:
    engine = open_engine(office)
    shown = [row["image"] for row in rows(office_export) if row["image"]]
    pictures = {(image["path"], image["bytes"]) for image in shown}
    assert len(pictures) == len(dict(pictures)) > 60
    for name, content in sorted(pictures)[::4]:
        frame = engine.frame(name.removesuffix(".webp"))
        assert frame is not None
        assert content == frame.bytes
        assert hashlib.sha256(content).hexdigest() == frame.sha256
    engine.close()


def test_rows_tell_the_episodes_in_order(office_export: Path) -> None:
    found = rows(office_export)
    episodes: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        episodes.setdefault(row["episode_id"], []).append(row)
    assert len(episodes) == 7
    for episode in episodes.values():
        assert [row["step_idx"] for row in episode] == list(range(len(episode)))
        assert [row["t_us"] for row in episode] == sorted(row["t_us"] for row in episode)
        assert episode[-1]["action_type"] == "end"
    agent = next(episode for episode in episodes.values() if episode[0]["actor"] == "agent")
    assert {row["step"] for row in agent} == set(range(12))
    assert "complaint about order 4127" in agent[0]["thought"]
    assert (agent[0]["click_type"], agent[0]["mouse_x"], agent[0]["mouse_y"]) == (
        "left",
        442 / 1440,
        164 / 900,
    )
    assert "4127" in [row["keyboard_text"] for row in agent]
    assert {"ctrl+f", "enter"} <= {row["keys"] for row in agent}
    places = [row[name] for row in found for name in ("mouse_x", "mouse_y", "end_x", "end_y")]
    assert all(place is None or 0 <= place <= 1 for place in places)
    scrolls = {row["scroll_y"] for row in found if row["action_type"] == "scroll"}
    assert scrolls
    assert scrolls <= {2, 3, -3}


def test_a_shared_picture_is_stored_once_in_a_group(office_export: Path) -> None:
    shown = [row["image"] for row in rows(office_export) if row["image"]]
    distinct = {image["path"]: len(image["bytes"]) for image in shown}
    size = sum(path.stat().st_size for path in (office_export / "data").iterdir())
    assert size < 1.2 * sum(distinct.values())


def test_the_card_describes_the_features(office: Path, office_export: Path) -> None:
    text = (office_export / "README.md").read_text()
    front = yaml.safe_load(text.split("---\n")[1])
    assert front["license"] == "cc0-1.0"
    assert front["configs"] == [
        {"config_name": "default", "data_files": [{"split": "train", "path": "data/train-*"}]}
    ]
    declared = features(with_people=False)
    assert [feature["name"] for feature in front["dataset_info"]["features"]] == list(declared)
    words = {feature["name"]: feature["dtype"] for feature in front["dataset_info"]["features"]}
    assert words["image"] == "image"
    assert words["step_idx"] == "int64"
    assert re.search(r"^- \d,\d{3} pointer positions", text, re.MULTILINE)


def test_a_hostile_title_stays_a_string_in_the_front_matter(
    tmp_path: Path, dataset_of: Callable[..., Path], exported: Export
) -> None:
    title = '"\n---\n<script>alert(1)</script>\n![x](http://example.com/x)'
    create(tmp_path / "d", title, licence="mine: [all]\n---")
    click = {"kind": "click", "x_px": 1, "y_px": 1, "button": "left", "clicks_n": 1}
    dataset_of(tmp_path / "d", events=[{"session_id": "../a", "seq": 0, "t_us": 0, **click}])
    exported(tmp_path / "d", "parquet-hf", tmp_path / "out")
    text = (tmp_path / "out" / "README.md").read_text()
    head, front, body = (
        text.split("\n---\n", 1)[0],
        yaml.safe_load(text[4:].split("\n---\n\n# ")[0]),
        text.split("# Recorded")[1],
    )
    assert head.startswith("---\n")
    assert (front["pretty_name"], front["license_name"]) == (title, "mine: [all]\n---")
    assert "script" not in body
    (row,) = rows(tmp_path / "out")
    assert (row["image"], row["mouse_x"], row["episode_id"]) == (None, None, "../a")


def test_files_are_bounded(
    tmp_path: Path, office: Path, exported: Export, some_sessions: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_hf.ParquetHFWriter.__init__, "__kwdefaults__", {"file_bytes": 800_000})
    report = exported(office, "parquet-hf", tmp_path / "out", session_ids=some_sessions)
    files = sorted(path.name for path in (tmp_path / "out" / "data").iterdir())
    assert len(files) > 1
    assert files == [f"train-{place:05d}-of-{len(files):05d}.parquet" for place in range(len(files))]
    found = rows(tmp_path / "out")
    assert len(found) == report.tally.written["rows_n"] > 100
    assert [row["step_idx"] for row in found if row["step_idx"] == 0] == [0] * 7


def test_people_are_a_column_only_when_asked_for(tmp_path: Path, office: Path, exported: Export) -> None:
    exported(office, "parquet-hf", tmp_path / "out", {"search": "order 4131"}, with_people=True)
    found = rows(tmp_path / "out")
    assert {row["participant_id"][:8] for row in found} == {"office:C", "office:D"}
    (path,) = (tmp_path / "out" / "data").iterdir()
    declared = json.loads(pq.read_schema(path).metadata[b"huggingface"])["info"]["features"]
    assert declared["participant_id"] == {"dtype": "string", "_type": "Value"}
    assert "participant_id" not in features(with_people=False)


def test_positions_are_shares_of_the_picture_shown() -> None:
    window = View("f", 0, 0, "png", 400, 200, 100, 50, 2.0, 2.0, False)
    assert window.share_of(100, 50) == (0.0, 0.0)
    assert window.share_of(200, 100) == (0.5, 0.5)
    assert window.share_of(300, 150) == (1.0, 1.0)
    assert window.share_of(99, 60) is None
    assert window.share_of(301, 60) is None
    assert window.share_of(None, 60) is None
    assert View("f", 0, 0, "png", 400, 200, None, None, 1.0, 1.0, False).share_of(1, 1) is None
