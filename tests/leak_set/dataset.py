"""The leak set as a trace dataset that a scan can run over, and the answer key that lies elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

from explorer.importers.pictures import frame_id
from explorer.trace.arrow import from_rows
from explorer.trace.commit import writing
from explorer.trace.dataset import create
from explorer.trace.writer import PartWriter

from .items import KINDS, Item
from .pictures import pictures
from .rows import picture_tables, session_id, text_tables
from .text_shapes import CHANNELS
from .texts import TextItem, texts

AnyItem = Item | TextItem
Answer = dict[str, Any]


def write_dataset(
    folder: Path, split: str, n_per_kind: int, *, kinds: Sequence[str] = KINDS, channels: Sequence[str] = CHANNELS,
    key: Path | None = None,
) -> list[Answer]:  # fmt: skip
    """Write all items of a set as a dataset in a new folder; the answers, also as lines of JSON in the file `key`.

    Raises ValueError when the key would lie in the dataset, and what `explorer.trace` raises.
    """
    items: Iterable[AnyItem] = chain(pictures(split, n_per_kind, kinds), texts(split, n_per_kind, channels))
    return write_items(folder, f"Leak set, {split}", items, key)


def write_items(folder: Path, title: str, items: Iterable[AnyItem], key: Path | None = None) -> list[Answer]:
    """The same for given items, which are read once."""
    if key is not None and folder.resolve() in key.resolve().parents:
        raise ValueError("the answer key must not lie in the dataset")
    create(folder, title, synthetic=True, licence="CC0-1.0")
    lines = key.open("w", encoding="utf-8") if key is not None else None
    try:
        with writing(folder) as commit:
            writer = PartWriter(folder)
            answers = list(_written(writer, items, lines))
            commit.add(writer.close())
            commit.note_sources()
    finally:
        if lines is not None:
            lines.close()
    return answers


def answer(item: AnyItem) -> Answer:
    """What is true of an item: its session, what is wrong with it, where, and the values."""
    own = session_id(item)
    if isinstance(item, TextItem):
        row = asdict(item)
        del row["keys"]
        return {"part": "text", "session_id": own, "item_id": item.item_id, **row}
    row = {name: getattr(item, name) for name in _PLAIN}
    return {
        "part": "picture", "session_id": own, **row, "box": item.box.edges,
        "recovery": asdict(item.recovery) if item.recovery else None,
        "pictures": [
            {
                "frame_id": frame_id(own, index), "format": picture.format, "subject": picture.subject,
                "masks": [{**asdict(mask), "box": mask.box.edges} for mask in picture.masks],
                "truths": [{**asdict(truth), "box": truth.box.edges} for truth in picture.truths],
            }
            for index, picture in enumerate(item.pictures)
        ],
    }  # fmt: skip


_PLAIN = ("item_id", "split", "kind", "number", "variant", "screen", "theme", "font", "scale", "encoding", "layout",
          "is_leak")  # fmt: skip


def _written(writer: PartWriter, items: Iterable[AnyItem], lines: TextIO | None) -> Iterator[Answer]:
    for item in items:
        tables = text_tables(item) if isinstance(item, TextItem) else picture_tables(item)
        writer.add({name: from_rows(name, rows) for name, rows in tables.items()})
        made = answer(item)
        if lines is not None:
            lines.write(json.dumps(made, ensure_ascii=False) + "\n")
        yield made
