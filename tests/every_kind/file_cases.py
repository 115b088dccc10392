"""What only the files of a dataset hold: values that no row has, notes, and files that nothing names."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from explorer.trace.dataset import Dataset

from .picture_cases import MAIL

SECRET = "Juniper Vale"
# As long as each other: one takes the place of the other in a footer.
BOUND, OTHER_BOUND = b"desk_event_row", b"Juniper_Vale_7"
TOKEN = "ghp_EXAMPLEabcdefghijklmnopqrstuvwxyz0123456789"


def spoil_files(root: Path) -> None:
    """Spoil the first file of events, and put others beside it; the manifest goes along."""
    path = root / Dataset.open(root).files("events")[0].path
    table = pq.read_table(path)
    table = _with(table, "source_type", pa.array([BOUND.decode()] * table.num_rows))
    table = _with(table, "extra", pa.array([f'{{"to": "{MAIL}"}}', *[None] * (table.num_rows - 1)]))
    table = _with(table, "window_title", _with_dictionary(table["window_title"]))
    with pq.ParquetWriter(path, table.schema, compression="zstd", store_schema=False) as writer:
        writer.write_table(table)
        writer.add_key_value_metadata({"by": TOKEN})
    content = path.read_bytes()
    start = len(content) - 8 - int.from_bytes(content[-8:-4], "little")
    path.write_bytes(content[:start] + content[start:].replace(BOUND, OTHER_BOUND))
    _name_again(root)
    _put_beside(root)


def _with(table: pa.Table, name: str, column: pa.Array) -> pa.Table:
    return table.set_column(table.schema.get_field_index(name), name, column)


def _with_dictionary(column: pa.ChunkedArray) -> pa.Array:
    """The column with a dictionary that holds a value of no row."""
    texts = column.combine_chunks()
    encoded = (texts.dictionary_decode() if pa.types.is_dictionary(texts.type) else texts).dictionary_encode()
    held = pa.concat_arrays([encoded.dictionary, pa.array([SECRET], encoded.dictionary.type)])
    return pa.DictionaryArray.from_arrays(encoded.indices, held)


def _name_again(root: Path) -> None:
    document = json.loads((root / "manifest.json").read_text())
    for entry in document["files"]:
        content = (root / entry["path"]).read_bytes()
        entry.update(bytes=len(content), sha256=hashlib.sha256(content).hexdigest())
    (root / "manifest.json").write_text(json.dumps(document))


def _put_beside(root: Path) -> None:
    (root / "letters").mkdir()
    (root / "letters" / f"{SECRET}.pdf").write_bytes(b"%PDF")
    (root / "events" / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    document = json.loads((root / "dataset.json").read_text())
    (root / "dataset.json").write_text(
        json.dumps({**document, "title": "Every kind of finding. Tel: +44 7700 900123"})
    )
