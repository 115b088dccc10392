"""Takes become a trace dataset: the importers' tables, what the apps announced on derived rows, and the masks."""

from __future__ import annotations

import json
import math
import shutil
import uuid
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from explorer.importers.pictures import frame_id
from explorer.importers.tables import SessionTables, session_tables
from explorer.trace import commit, dataset
from explorer.trace.arrow import from_rows
from explorer.trace.writer import PartWriter
from recorder.session import POLICY, RECORDER, RECORDER_VERSION, Take, recording

TITLE = "Office sample"
LICENCE = "CC0-1.0"
_NAMES = uuid.UUID("5b0c2a43-7d0e-4f2b-9a55-9a1f1c9a7e10")
ANNOUNCED = {
    "channels": ["moves", "clicks", "keys", "text", "screenshots", "window_titles", "urls"],
    "apps": ["Mail", "Sheet"],
    "regions": ["IE", "NL"],
    "retention_days": 365,
    "purpose": "Sample data of the trace explorer",
}
# What a derived row takes over from the row it starts with, and from the row it ends with.
_FROM_FIRST = ("element_role", "element_name", "element_left_px", "element_top_px", "element_width_px",
               "element_height_px", "step")  # fmt: skip
_SOURCES = {
    "click": ("mouse_down", "mouse_up"), "double_click": ("mouse_down", "mouse_up"), "drag": ("mouse_down", "mouse_up"),
    "shortcut": ("key_down", "key_down"),
}  # fmt: skip


def tables_of(take: Take) -> SessionTables:
    """All tables of one session."""
    made = session_tables(recording(take), take.sha256, RECORDER_VERSION)
    made.tables["events"] = with_commands(made.tables["events"])
    masks = list(_redactions(take, made.session_id))
    if masks:
        made.tables["redactions"] = from_rows("redactions", masks)
    return made


def with_commands(events: pa.Table) -> pa.Table:
    """Events whose clicks and shortcuts carry the element and the command of the rows they were made from."""
    rows = events.to_pylist()
    latest: dict[str, dict[str, Any]] = {}
    for row in rows:
        if not row["is_derived"]:
            latest[row["kind"]] = row
            continue
        first, last = (latest[kind] for kind in _SOURCES[row["kind"]])
        row.update({name: first[name] for name in _FROM_FIRST})
        row.update({"command": last["command"], "via": last["via"]})
        last.update({"command": None, "via": None})  # a command is given once
    return pa.Table.from_pylist(rows, schema=events.schema)


def write(root: Path, takes: Sequence[SessionTables], seed: int) -> None:
    """Replace the dataset at `root`; what lies there stays until the new one is complete."""
    fresh = root.with_name(root.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    dataset.create(fresh, TITLE, synthetic=True, licence=LICENCE, announced=ANNOUNCED)
    _name_by_seed(fresh, seed)
    with commit.writing(fresh) as change:
        writer = PartWriter(fresh)
        for take in takes:
            writer.add(take.tables)
        change.add(writer.close())
        change.note_sources()
    (fresh / commit.LOCK_NAME).unlink()
    shutil.rmtree(root, ignore_errors=True)
    fresh.rename(root)


def _name_by_seed(root: Path, seed: int) -> None:
    """The dataset's id from the seed: marks and verdicts on the sample outlive recording it again."""
    document = json.loads((root / dataset.DATASET_NAME).read_bytes())
    dataset.write_document(root, {**document, "dataset_id": str(uuid.uuid5(_NAMES, f"office/{seed}"))})


def _redactions(take: Take, session_id: str) -> Iterator[Mapping[str, Any]]:
    for index, shot in enumerate(take.shots):
        frame = frame_id(session_id, index)
        for number, mask in enumerate(shot.masks):
            left, top = math.floor(mask["left"]), math.floor(mask["top"])
            yield {
                "redaction_id": f"{frame}-{number:02d}", "session_id": session_id, "target": "frame",
                "frame_id": frame, "frame_left_px": left, "frame_top_px": top,
                "frame_width_px": math.ceil(mask["right"]) - left,
                "frame_height_px": math.ceil(mask["bottom"]) - top, "entity": mask["entity"], "method": "fill",
                "score": 1.0, "detector": RECORDER, "policy": POLICY,
            }  # fmt: skip
