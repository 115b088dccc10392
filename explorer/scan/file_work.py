"""The files of a dataset: what they hold beside rows, and what lies beside them in the folder."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq

from explorer.engine import Engine
from explorer.engine.rollups import read_index
from explorer.scan import text_aside, unnamed_files
from explorer.scan.dataset_file import DatasetFile
from explorer.scan.jobs import Job
from explorer.scan.registry import CHUNK_CHECKS, FOLDER_CHECK, NOTES_CHECK
from explorer.scan.result import Result
from explorer.trace.dataset import DATASET_NAME

_PLACE = {"session_id": "", "channel": "file"}


def look_at_file(engine: Engine, job: Job, result: Result) -> None:
    """Ask every check about every column of texts of one file, and about what its footer says."""
    dataset = engine.dataset
    entry = dataset.manifest.entries[job.start]
    file = DatasetFile(dataset.root, entry.path, entry.table)
    result.counts["files"] += 1
    try:
        result.ask(NOTES_CHECK, lambda: text_aside.in_notes(file.notes(), file.place), **file.place)
        for chunk in file.chunks():
            if isinstance(chunk, str):
                result.unread(reason="column is too large", **file.place, source_column=chunk)
                continue
            result.counts["chunks"] += 1
            for check in CHUNK_CHECKS:
                result.ask(check, lambda check=check, chunk=chunk: check.look(chunk), **chunk.place)  # type: ignore[misc]
    except (OSError, ValueError, MemoryError, pa.ArrowException) as error:
        result.unread(reason=f"file cannot be read ({type(error).__name__})", **file.place)


def look_at_folder(engine: Engine, result: Result) -> None:
    """Files that nothing names, rollups of another state, and what dataset.json says."""
    dataset = engine.dataset
    result.counts["folders"] += 1
    named = {entry.path for entry in dataset.manifest.entries} | linked_pictures(engine, result)
    index = read_index(dataset.root, dataset.dataset_id)
    named |= set(index.paths())
    result.ask(FOLDER_CHECK, lambda: unnamed_files.look(dataset.root, named), **_PLACE)
    if index.files and index.manifest_sha256 != dataset.manifest.sha256:
        result.ask(FOLDER_CHECK, lambda: [unnamed_files.stale_rollup()], **_PLACE)
    place = {**_PLACE, "file": DATASET_NAME}
    document = (dataset.root / DATASET_NAME).read_bytes().decode("utf-8", "replace")
    result.ask(NOTES_CHECK, lambda: text_aside.in_notes(document.splitlines(), place), **place)


def linked_pictures(engine: Engine, result: Result) -> set[str]:
    """Paths of the pictures that lie beside the tables."""
    found: set[str] = set()
    for entry in engine.dataset.files("frames"):
        try:
            with pq.ParquetFile(engine.dataset.root / entry.path) as file:
                for batch in file.iter_batches(10_000, columns=["image.path"]):
                    found.update(one["path"] for one in batch["image"].to_pylist() if one and one["path"])
        except (OSError, ValueError, pa.ArrowException):
            continue  # told where the file itself is looked at
    return found
