"""Parquet files that the Hugging Face datasets library loads without code, with their dataset card."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from explorer.exports.exchange import Task
from explorer.exports.parquet_hf_card import card
from explorer.exports.parquet_hf_rows import IMAGE, rows_of, schema
from explorer.exports.session_rows import SessionRows

FOLDER = "data"
# Small row groups let viewers fetch a page of pictures; a picture shared by the rows of a group is stored once.
GROUP_ROWS, GROUP_BYTES = 100, 32 << 20
FILE_BYTES = 500_000_000
_DICTIONARY_BYTES = 64 << 20


class ParquetHFWriter:
    """Writes data/train-00000-of-0000N.parquet and README.md."""

    def __init__(self, task: Task, *, file_bytes: int = FILE_BYTES) -> None:
        self._task, self._file_bytes = task, file_bytes
        self._folder = task.folder / FOLDER
        self._folder.mkdir()
        self._schema = schema(task.with_people)
        self._rows: list[dict[str, Any]] = []
        self._rows_bytes = 0
        self._files: list[Path] = []
        self._writer: pq.ParquetWriter | None = None

    def refuses(self, session: SessionRows) -> str | None:
        """Any session can be held."""
        return None

    def add(self, session: SessionRows) -> bool:
        """Write the session's actions; False when it has none."""
        tally, rows_n = self._task.tally, 0
        tally.leave_out("move_without_word", session.facts["moves_n"])
        for row in rows_of(session, self._task):
            self._add(row)
            rows_n += 1
            tally.wrote("pictures_n", int(IMAGE in row))
        tally.wrote("rows_n", rows_n)
        tally.leave_out("session_empty", int(not rows_n))
        return rows_n > 0

    def close(self) -> None:
        """Finish the last file, give all files their final names, and write the card."""
        self._flush()
        self._close_file()
        for place, path in enumerate(self._files):
            path.rename(self._folder / f"train-{place:05d}-of-{len(self._files):05d}.parquet")
        text = card(self._task.dataset, self._task.tally, with_people=self._task.with_people)
        (self._task.folder / "README.md").write_text(text, encoding="utf-8")

    def abandon(self) -> None:
        """Let go of the open file."""
        try:
            self._close_file()
        except (OSError, pa.ArrowException):
            return

    def _add(self, row: dict[str, Any]) -> None:
        self._rows.append(row)
        self._rows_bytes += len(row[IMAGE]["bytes"]) if IMAGE in row else 0
        if len(self._rows) >= GROUP_ROWS or self._rows_bytes >= GROUP_BYTES:
            self._flush()

    def _flush(self) -> None:
        if not self._rows:
            return
        self._open_file().write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
        self._rows, self._rows_bytes = [], 0
        if self._files[-1].stat().st_size >= self._file_bytes:
            self._close_file()

    def _open_file(self) -> pq.ParquetWriter:
        if self._writer is None:
            self._files.append(self._folder / f"{len(self._files):05d}.parquet")
            self._writer = pq.ParquetWriter(
                self._files[-1],
                self._schema,
                compression="zstd",
                version="2.6",
                dictionary_pagesize_limit=_DICTIONARY_BYTES,
                write_page_index=True,
            )
        return self._writer

    def _close_file(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()
