"""The office sample as a pass that does not fail would have left it: made from the sample and its key in a second.

`make sample FIXED=1` records such a twin anew, which takes a quarter of an hour. Here the values that the key names are
masked afterwards: in pictures by their boxes, in texts where the checks of texts find them. A test compares both with
the key, so a value that stayed would be noticed.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import uuid
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image

from explorer.engine import open_engine
from explorer.resources import sample_dataset
from explorer.scan.finding import Finding
from explorer.scan.jobs import jobs_of
from explorer.scan.work import work
from explorer.trace import pictures
from explorer.trace.arrow import arrow_schema, from_rows
from explorer.trace.commit import writing
from explorer.trace.dataset import Dataset, write_document
from explorer.trace.writer import PartWriter

KEY = Path(__file__).with_name("office_key.json")
FILL = (0x4A, 0x53, 0x61)
AROUND_PX = (4, 2)
TEXT_KINDS = ("readable_text", "masked_elsewhere")
COLUMNS = ("window_title", "url", "element_name", "text")

Rows = list[dict[str, Any]]


def planted() -> Rows:
    """What the key says leaks: over-redaction left out."""
    failures: Rows = json.loads(KEY.read_text(encoding="utf-8"))["failures"]
    return [one for one in failures if one["kind"] != "over"]


def leaking_frames() -> set[str]:
    """Frames of all moments in which something can be read."""
    return {frame for one in planted() for frame in one["frame_ids"]}


def found_in_texts(root: Path) -> list[Finding]:
    """What the checks of texts find."""
    with closing(open_engine(root, time_limit_ms=0)) as engine:
        jobs = [job for job in jobs_of(engine.run("scan/sessions").to_pylist()) if job.kind == "texts"]
        return [one for job in jobs for one in work(engine, job).found if one.kind in TEXT_KINDS]


def make_twin(root: Path, found: list[Finding]) -> None:
    """Write the twin to the new folder `root`; `found` is what `found_in_texts` gives for the sample."""
    shutil.copytree(sample_dataset(), root, ignore=shutil.ignore_patterns("rollups"))
    document = json.loads((root / "dataset.json").read_bytes())
    write_document(
        root, {**document, "dataset_id": str(uuid.uuid5(uuid.NAMESPACE_DNS, "office-twin.example"))}
    )
    dataset = Dataset.open(root)
    tables = {name: pa.concat_tables(pq.read_table(root / entry.path) for entry in dataset.files(name))
              for name in ("events", "frames", "redactions")}  # fmt: skip
    tables["events"] = _masked_events(tables["events"], found)
    tables["frames"], masks = _masked_frames(tables["frames"])
    tables["redactions"] = pa.concat_tables([tables["redactions"], from_rows("redactions", masks)])
    with writing(root) as commit:
        writer = PartWriter(root)
        for name, rows in tables.items():
            for session_id in sorted(set(rows["session_id"].to_pylist())):
                own = rows.filter(pa.compute.equal(rows["session_id"], session_id))
                writer.add({name: own.cast(arrow_schema(name))})
        commit.swap(writer.close(), drop=[entry for name in tables for entry in dataset.files(name)])


def _masked_events(events: pa.Table, found: list[Finding]) -> pa.Table:
    rows = events.to_pylist()
    texts = _masked_texts(rows, found)
    typed = [(one.session_id, one.seq, one.seq_end) for one in found if one.source_column == "key"]
    for row in rows:
        for column in COLUMNS:
            row[column] = texts.get((row["session_id"], column, row[column]), row[column])
        for session_id, first, last in typed:
            if (
                row["session_id"] == session_id
                and first <= row["seq"] <= last
                and row["kind"].startswith("key_")
            ):
                row.update({"key": None, "code": None})
    return pa.Table.from_pylist(rows, schema=events.schema)


def _masked_texts(rows: Rows, found: list[Finding]) -> dict[tuple[str, str, str | None], str]:
    """Masked form of each text that holds a value, by session, column and text."""
    at = {(row["session_id"], row["seq"]): row for row in rows if not row["is_derived"]}
    spans: dict[tuple[str, str, str | None], list[tuple[int, int, str]]] = defaultdict(list)
    for one in found:
        if one.source_table == "events" and one.source_column in COLUMNS:
            text = at[one.session_id, one.seq][one.source_column]
            spans[one.session_id, one.source_column, text].append((one.char_start, one.char_end, one.entity))
    masked = {}
    for (session_id, column, text), places in spans.items():
        made = str(text)
        for start, end, entity in sorted(set(places), reverse=True):
            made = f"{made[:start]}<{entity}>{made[end:]}"
        masked[session_id, column, text] = made
    return masked


def _masked_frames(frames: pa.Table) -> tuple[pa.Table, Rows]:
    boxes: dict[str, list[tuple[str, list[int]]]] = defaultdict(list)
    for one in planted():
        for frame_id in one["frame_ids"] if one["channel"] == "frame" else ():
            boxes[frame_id].append((one["entity"], one["box"]))
    rows, masks = frames.to_pylist(), []
    for row in rows:
        for number, (entity, box) in enumerate(boxes.get(row["frame_id"], ())):
            masks.append(_mask(row, number, entity, box))
        if row["frame_id"] in boxes:
            _repaint(row, masks)
    return pa.Table.from_pylist(rows, schema=frames.schema), masks


def _mask(row: dict[str, Any], number: int, entity: str, box: list[int]) -> dict[str, Any]:
    left, top, right, bottom = box
    across, along = AROUND_PX
    return {
        "redaction_id": f"{row['frame_id']}-twin{number:02d}", "session_id": row["session_id"], "target": "frame",
        "frame_id": row["frame_id"], "frame_left_px": left - across, "frame_top_px": top - along,
        "frame_width_px": right - left + 2 * across, "frame_height_px": bottom - top + 2 * along, "entity": entity,
        "method": "fill", "score": 1.0, "detector": "twin",
    }  # fmt: skip


def _repaint(row: dict[str, Any], masks: Rows) -> None:
    picture = Image.open(io.BytesIO(row["image"]["bytes"])).convert("RGB")
    for mask in masks:
        if mask["frame_id"] == row["frame_id"]:
            left, top = mask["frame_left_px"], mask["frame_top_px"]
            picture.paste(FILL, (left, top, left + mask["frame_width_px"], top + mask["frame_height_px"]))
    out = io.BytesIO()
    picture.save(out, "WEBP", lossless=True, quality=20, method=0)
    content = out.getvalue()
    row.update({
        "image": {"bytes": content, "path": None}, "thumb": pictures.thumb(picture),
        "sha256": hashlib.sha256(content).hexdigest(), "pixels_sha256": pictures.pixels_sha256(picture),
        "screen_state": pictures.difference_hash(picture),
    })  # fmt: skip
