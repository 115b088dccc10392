"""What checks of files look at: one column of one row group, as the file holds it, rows or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

_BATCH_ROWS = 122_880
MOST_BYTES = 2**30  # of one column in one row group, unpacked


@dataclass(frozen=True, eq=False)
class Chunk:
    """Texts of a column in a row group: `held` by rows, `left` in the dictionary alone, and the bounds of the footer.

    `place` are the columns of findings that say where it is. A bound is None where the footer has none.
    """

    place: dict[str, Any]
    table: str
    column: str
    held: pa.Array
    left: pa.Array
    low: str | None
    high: str | None


@dataclass(frozen=True, eq=False)
class DatasetFile:
    """One Parquet file of a dataset; `path` as the manifest has it."""

    root: Path
    path: str
    table: str

    @property
    def place(self) -> dict[str, Any]:
        """The file as findings have it."""
        return {"session_id": "", "channel": "file", "file": self.path, "source_table": self.table}

    def notes(self) -> Iterator[str]:
        """Texts of the footer beside the bounds: who wrote it, and keys and values of file and columns.

        Raises OSError or pa.ArrowException at damage; so does `chunks`.
        """
        with pq.ParquetFile(self.root / self.path) as file:
            yield str(file.metadata.created_by)
            owners = [file.metadata.metadata, *(one.metadata for one in file.schema_arrow)]
            for key, value in (pair for owner in owners for pair in (owner or {}).items()):
                if key != b"ARROW:schema":  # the columns again, in base64
                    yield f"{key.decode('utf-8', 'replace')} {value.decode('utf-8', 'replace')}"

    def chunks(self) -> Iterator[Chunk | str]:
        """Every column of texts, row group by row group; what is too large to be read is a column's name."""
        with pq.ParquetFile(self.root / self.path) as file:
            names = _texts_of(file)
        with pq.ParquetFile(self.root / self.path, read_dictionary=names) as file:
            indices = {file.metadata.schema.column(at).path: at for at in range(file.metadata.num_columns)}
            for group in range(file.metadata.num_row_groups):
                metas = {name: file.metadata.row_group(group).column(indices[name]) for name in names}
                large = [name for name, meta in metas.items() if meta.total_uncompressed_size > MOST_BYTES]
                yield from large
                yield from self._chunks(
                    file, group, {name: meta for name, meta in metas.items() if name not in large}
                )

    def _chunks(self, file: pq.ParquetFile, group: int, metas: dict[str, Any]) -> Iterator[Chunk]:
        pieces: dict[str, _Pieces] = {name: _Pieces() for name in metas}
        for batch in file.iter_batches(_BATCH_ROWS, row_groups=[group], columns=list(metas)):
            for name, piece in pieces.items():
                piece.add(batch[name])
        for name, piece in pieces.items():
            held, left = piece.parted()
            bounds = metas[name].statistics
            has_bounds = bounds is not None and bounds.has_min_max
            place = {**self.place, "row_group": group, "source_column": name}
            yield Chunk(place, self.table, name, held, left, str(bounds.min) if has_bounds else None,
                        str(bounds.max) if has_bounds else None)  # fmt: skip


def _texts_of(file: pq.ParquetFile) -> list[str]:
    """Columns of texts, whatever Arrow type their writer had; pictures are no texts."""
    columns = (file.metadata.schema.column(at) for at in range(file.metadata.num_columns))
    return [one.path for one in columns if one.physical_type == "BYTE_ARRAY" and one.path == one.name
            and one.logical_type.type in ("STRING", "ENUM", "JSON")]  # fmt: skip


@dataclass
class _Pieces:
    """The dictionaries of a column chunk, and which of their values rows use. As a rule there is one."""

    found: list[tuple[pa.Array, NDArray[np.bool_]]] = field(default_factory=list)

    def add(self, column: pa.Array) -> None:
        column = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
        if not self.found or not self.found[-1][0].equals(column.dictionary):
            self.found.append((column.dictionary, np.zeros(len(column.dictionary), bool)))
        used = pc.unique(column.indices).drop_null()
        self.found[-1][1][np.asarray(used)] = True

    def parted(self) -> tuple[pa.Array, pa.Array]:
        """Values that rows hold, and those that none does."""
        none = pa.array([], pa.large_string())
        parts = [(values.cast(none.type), used) for values, used in self.found]
        held = pa.concat_arrays([none, *(values.filter(pa.array(used)) for values, used in parts)])
        left = pa.concat_arrays([none, *(values.filter(pa.array(~used)) for values, used in parts)])
        left = left.filter(pc.invert(pc.is_in(left, value_set=held)))
        return held, left
