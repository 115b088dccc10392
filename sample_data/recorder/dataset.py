"""Takes become a trace dataset: the importers' tables, what the apps announced on derived rows, and the masks."""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from explorer.importers.pictures import frame_id
from explorer.importers.tables import SessionTables, session_tables
from explorer.trace import commit, dataset
from explorer.trace.arrow import from_rows
from explorer.trace.writer import PartWriter
from recorder.session import KINDS, RECORDER, RECORDER_VERSION, recording
from recorder.take import POLICY, Redacted, TextMask

TITLE = "Office sample"
LICENCE = "CC0-1.0"
_NAMES = uuid.UUID("5b0c2a43-7d0e-4f2b-9a55-9a1f1c9a7e10")
ANNOUNCED: dict[str, Any] = {
    "channels": ["moves", "clicks", "keys", "text", "screenshots", "window_titles", "urls"],
    # Documents is left out on purpose: people were not told about it.
    "apps": ["Mail", "Sheet", "Customers"],
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


def tables_of(take: Redacted) -> SessionTables:
    """All tables of one session."""
    made = session_tables(recording(take), take.sha256, RECORDER_VERSION)
    events = made.tables["events"]
    assert isinstance(events, pa.Table)
    made.tables["events"] = with_commands(events)
    declared = [*_frame_masks(take, made.session_id), *_text_masks(take, made)]
    if declared:
        rows = sorted(declared, key=lambda row: str(row["redaction_id"]))
        made.tables["redactions"] = from_rows("redactions", rows)
    return made


def rows_by_place(take: Redacted, events: pa.Table) -> dict[int, Mapping[str, Any]]:
    """The stored event of each place in the log: its seq and time."""
    places = [place for place, entry in enumerate(take.log) if entry["type"] in KINDS]
    stored = events.select(["seq", "t_us", "is_derived"]).to_pylist()
    return dict(zip(places, [row for row in stored if not row["is_derived"]], strict=True))


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


def write(root: Path, takes: Iterable[SessionTables], name: str) -> None:
    """Replace the dataset at `root`; what lies there stays until the new one is complete. `name` gives its id."""
    fresh = root.with_name(root.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    dataset.create(fresh, TITLE, synthetic=True, licence=LICENCE, announced=ANNOUNCED)
    _name(fresh, name)
    with commit.writing(fresh) as change:
        writer = PartWriter(fresh)
        for take in takes:
            writer.add(take.tables)
        change.add(writer.close())
        change.note_sources()
    (fresh / commit.LOCK_NAME).unlink()
    shutil.rmtree(root, ignore_errors=True)
    fresh.rename(root)


def _name(root: Path, name: str) -> None:
    """The dataset's id from its name: marks and verdicts on the sample outlive recording it again."""
    document = json.loads((root / dataset.DATASET_NAME).read_bytes())
    dataset.write_document(root, {**document, "dataset_id": str(uuid.uuid5(_NAMES, name))})


def _frame_masks(take: Redacted, session_id: str) -> Iterator[Mapping[str, Any]]:
    for number, mask in enumerate(take.frame_masks):
        frame = frame_id(session_id, mask.frame)
        yield {
            "redaction_id": f"{frame}-{number:05d}", "session_id": session_id, "target": "frame", "frame_id": frame,
            "frame_left_px": mask.box.left, "frame_top_px": mask.box.top, "frame_width_px": mask.box.width,
            "frame_height_px": mask.box.height, "entity": mask.entity, "method": mask.method, "score": 1.0,
            "detector": RECORDER, "policy": POLICY,
        }  # fmt: skip


def _text_masks(take: Redacted, made: SessionTables) -> Iterator[Mapping[str, Any]]:
    events, steps = made.tables["events"], made.tables.get("steps")
    assert isinstance(events, pa.Table)
    of_place = rows_by_place(take, events)
    step_rows = steps.select(["seq", "t_us"]).to_pylist() if isinstance(steps, pa.Table) else []
    for number, mask in enumerate(take.text_masks):
        row = step_rows[mask.place] if mask.is_step else of_place[mask.place]
        yield {
            "redaction_id": f"{made.session_id}-t{number:06d}", "session_id": made.session_id, "target": mask.target,
            "seq": row["seq"], "char_start": mask.start, "char_end": mask.end, "entity": mask.entity, "score": 1.0,
            "detector": RECORDER, "policy": POLICY, **_how(mask, row, of_place),
        }  # fmt: skip


def _how(
    mask: TextMask, row: Mapping[str, Any], of_place: Mapping[int, Mapping[str, Any]]
) -> Mapping[str, Any]:
    """Keys are dropped from one press to the last; other text has a placeholder."""
    if mask.last is None:
        return {"method": "placeholder"}
    return {"method": "drop", "start_us": row["t_us"], "end_us": of_place[mask.last]["t_us"]}
