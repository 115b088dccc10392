"""The dataset: sessions one after the other, then what only files hold."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from explorer.engine.build import build_rollups
from explorer.trace.arrow import from_rows
from explorer.trace.commit import writing
from explorer.trace.dataset import create
from explorer.trace.writer import PartWriter

from .file_cases import spoil_files
from .picture_cases import picture_sessions
from .rows import Tables
from .text_cases import last_session, text_sessions


def write_dataset(root: Path) -> Path:
    """Write it to a new folder; the same rows each time.

    Its last session comes after the rollups were made, so they are of a state that has passed.
    """
    create(root, "Every kind of finding", synthetic=True, licence="CC0-1.0")
    _add(root, *chain(picture_sessions(), text_sessions()))
    build_rollups(root)
    _add(root, last_session())
    spoil_files(root)
    return root


def _add(root: Path, *sessions: Tables) -> None:
    with writing(root) as commit:
        writer = PartWriter(root)
        for tables in sessions:
            writer.add({name: from_rows(name, rows) for name, rows in tables.items()})
        commit.add(writer.close())
