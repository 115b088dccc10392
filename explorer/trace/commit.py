"""The commit protocol: one writer at a time, parts first, then one atomic swap of the manifest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from explorer.trace import compact, manifest, verified
from explorer.trace.arrow import arrow_schema
from explorer.trace.dataset import Dataset, update_sources
from explorer.trace.lock import LOCK_NAME, locked
from explorer.trace.manifest import FileEntry
from explorer.trace.parts import Part, is_part_name
from explorer.trace.schema import TABLES


class Commit:
    """The right to change one dataset, held while `writing` runs."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._dataset_id = Dataset.open(root).dataset_id
        self._manifest = manifest.read(root)

    def known_session_ids(self) -> set[str]:
        """Sessions that are committed."""
        return {str(row["session_id"]) for row in self._rows("sessions", ["session_id"])}

    def known_participant_ids(self) -> set[str]:
        """People that are committed."""
        return {str(row["participant_id"]) for row in self._rows("participants", ["participant_id"])}

    def add(self, entries: Sequence[FileEntry]) -> None:
        """Name new parts in the manifest: their sessions exist from now on."""
        self.swap(entries, drop=())

    def swap(self, entries: Sequence[FileEntry], *, drop: Sequence[FileEntry]) -> None:
        """Name new parts and forget others in one step, then delete what was forgotten."""
        if not entries and not drop:
            return
        kept = tuple(entry for entry in self._manifest.entries if entry not in drop)
        fresh = self._without_known_people([entry for entry in entries if entry not in kept])
        verified.remember(self._dataset_id, self.root, fresh)
        self._manifest = manifest.replace(self.root, kept + tuple(fresh))
        for entry in drop:
            (self.root / entry.path).unlink(missing_ok=True)

    def compact(self) -> int:
        """Merge small parts where a table has more than 64 of them; the number of parts merged."""
        merged_n = 0
        for table in TABLES:
            small = compact.small_parts(table, self._manifest.files(table))
            if small:
                self.swap(compact.merge(self.root, table, small), drop=small)
                merged_n += len(small)
        return merged_n

    def note_sources(self) -> None:
        """Bring dataset.json's list of sources up to date with the committed sessions."""
        rows = self._rows("sessions", ["source_format", "importer_version"])
        counts = Counter((row["source_format"], row["importer_version"]) for row in rows)
        update_sources(
            self.root,
            [
                {"format": name, "importer_version": version, "sessions_n": n}
                for (name, version), n in sorted(counts.items(), key=str)
            ],
        )

    def _rows(self, table: str, columns: list[str]) -> Iterator[dict[str, Any]]:
        for entry in self._manifest.files(table):
            yield from pq.read_table(self.root / entry.path, columns=columns).to_pylist()

    def _without_known_people(self, entries: list[FileEntry]) -> list[FileEntry]:
        # The same person returns in later imports; what was set for them first (consent) stays.
        people = [entry for entry in entries if entry.table == "participants"]
        others = [entry for entry in entries if entry.table != "participants"]
        known = self.known_participant_ids() if people else set()
        for entry in people:
            rows = pq.read_table(self.root / entry.path, schema=arrow_schema("participants"))
            is_new = [person not in known for person in rows["participant_id"].to_pylist()]
            if all(is_new):
                others.append(entry)
            else:
                (self.root / entry.path).unlink()
                others += self._part_of_people(rows.filter(pa.array(is_new)))
            known.update(rows["participant_id"].to_pylist())
        return others

    def _part_of_people(self, rows: pa.Table) -> list[FileEntry]:
        if not rows.num_rows:
            return []
        with Part(self.root, "participants") as part:
            part.write(rows)
            return [part.close()]


@contextmanager
def writing(root: Path) -> Iterator[Commit]:
    """Hold the dataset at `root` for writing; parts that nothing names are cleaned first.

    Raises DatasetBusyError when another program writes to it, DatasetError when there is no dataset.
    """
    Dataset.open(root)
    with locked(root / LOCK_NAME, "another import is writing to this dataset"):
        commit = Commit(root)
        clean(root)
        yield commit


def clean(root: Path) -> int:
    """Delete parts that the manifest does not name (left by a killed import); how many there were."""
    named = {entry.path for entry in manifest.read(root).entries}
    removed_n = 0
    for table in TABLES:
        folder = root / table
        for path in folder.iterdir() if folder.is_dir() else ():
            if is_part_name(path.name) and f"{table}/{path.name}" not in named:
                path.unlink()
                removed_n += 1
    return removed_n
