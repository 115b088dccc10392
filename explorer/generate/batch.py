"""One batch becomes one part of each table. Runs in a worker process or in place."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from explorer.generate.events import events_table
from explorer.generate.frames import frame_tables
from explorer.generate.moves import moves_table
from explorer.generate.people import people_of
from explorer.generate.plan import Batch
from explorer.generate.scene import Reached, scene_of
from explorer.generate.sessions import displays_table, sessions_table
from explorer.trace.manifest import FileEntry
from explorer.trace.parts import ROW_GROUP_ROWS, Part

Tell = Callable[[int], None]  # told how many rows more are made


def write_batch(root: Path, batch: Batch, tell: Tell) -> list[FileEntry]:
    """Parts of the batch under `root`; nothing of it is visible before the entries are committed.

    Raises OSError when the disk refuses.
    """
    people = people_of(batch.sizes)
    reached = Reached.nothing(len(batch.sessions))
    with ExitStack() as stack:
        tables = _Tables(root, stack)
        for legs in batch.chunks():
            scene = scene_of(batch, legs, people, reached)
            tables.add("moves", moves_table(scene))
            tables.add("events", events_table(scene))
            for frames, redactions in frame_tables(scene):
                tables.add("frames", frames)
                tables.add("redactions", redactions)
            tell(int(legs.rows_n.sum()))
        tables.add("sessions", sessions_table(batch, people, reached))
        tables.add("displays", displays_table(batch, people))
        return tables.close()


@dataclass(slots=True)
class _Tables:
    """The open part of each table, and rows that wait until they fill a row group."""

    root: Path
    stack: ExitStack
    parts: dict[str, Part] = field(default_factory=dict)
    waiting: dict[str, list[pa.Table]] = field(default_factory=dict)

    def add(self, name: str, rows: pa.Table) -> None:
        """Take rows that come after all that were taken of this table."""
        if not rows.num_rows:
            return
        if name not in self.parts:
            self.parts[name] = self.stack.enter_context(Part(self.root, name))
        if name == "frames":
            self.parts[name].write(rows)
            return
        held = pa.concat_tables([*self.waiting.pop(name, ()), rows])
        whole_n = held.num_rows - held.num_rows % ROW_GROUP_ROWS
        self.parts[name].write(held.slice(0, whole_n))
        if whole_n < held.num_rows:
            self.waiting[name] = [held.slice(whole_n)]

    def close(self) -> list[FileEntry]:
        """Write what waits, and make all parts durable."""
        for name, rows in self.waiting.items():
            self.parts[name].write(pa.concat_tables(rows))
        return [part.close() for part in self.parts.values()]
