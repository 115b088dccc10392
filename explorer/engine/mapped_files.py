"""The Parquet files that a mapping names: only below the folder, of one shape, and none that would burst the memory."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from explorer.errors import MappingError
from explorer.trace.manifest import MANIFEST_NAME
from explorer.trace.mapping import Mapping

MOST_FILES = 10_000
MOST_COLUMNS = 2_000
MOST_LEVELS = 24
MOST_GROUP_BYTES = 2 * 2**30
MOST_FOOTER_BYTES = 64 * 2**20
# The engine offers these for every file, so a file's own column of that name would hide them.
RESERVED = ("file_row_number", "file_index", "filename")

Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class MappedFiles:
    """Files that can be read, in order, and those left out with the reason; names are relative to `root`."""

    root: Path
    names: tuple[str, ...]
    bad: dict[str, str]
    schema: pa.Schema
    fingerprint: str
    stamps: dict[str, Stamp | None]

    def path(self, name: str) -> str:
        """Full path of one file."""
        return str(self.root / name)

    def paths(self) -> list[str]:
        """Full paths of the files that can be read."""
        return [self.path(name) for name in self.names]

    def is_current(self) -> bool:
        """False as soon as one of the files changed or went."""
        return all(stamp(self.root / name) == then for name, then in self.stamps.items())


def find_files(root: Path, mapping: Mapping, known_bad: dict[str, str]) -> MappedFiles:
    """The files of `mapping` below `root`. Raises MappingError when none can be read."""
    where = mapping.where("files")
    names = _matching(root, mapping.files, where)
    stamps = {name: stamp(root / name) for name in names}
    bad = {name: why for name, why in known_bad.items() if name in stamps}
    digest = hashlib.sha256()
    schemas: dict[str, pa.Schema] = {}
    for name in names:
        footer = b""
        try:
            _refuse_name(name)
            footer = _footer_bytes(root / name)
            schemas[name] = _bearable_schema(root / name)
        except (OSError, pa.ArrowException, ValueError) as error:
            is_ours = type(error) is ValueError
            bad.setdefault(name, str(error) if is_ours else "is not a readable Parquet file")
        size = (stamps[name] or (0, 0, 0))[1]
        digest.update(f"{name}\n{size}\n{hashlib.sha256(footer).hexdigest()}\n".encode("utf-8", "replace"))
    good = [name for name in names if name in schemas and name not in bad]
    if not good:
        name, why = next(iter(bad.items()))
        raise MappingError(why, where=name, hint="No file of the mapping can be read")
    first = schemas[good[0]]
    bad |= {name: how for name in good if (how := _difference(schemas[name], first))}
    kept = tuple(name for name in good if name not in bad)
    return MappedFiles(root, kept, bad, first, digest.hexdigest(), stamps)


def stamp(path: Path) -> Stamp | None:
    """What changes when a file changes; None when it is gone."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _matching(root: Path, pattern: str, where: str) -> list[str]:
    if not root.is_dir():
        raise MappingError(
            "is not a folder", where=root.name, hint="Give the folder that holds the Parquet files"
        )
    if any(character in str(root) for character in "*?[]"):
        raise MappingError("has *, ? or [ in its path", where=root.name, hint="Rename the folder")
    names, outside_n = [], 0
    for path in _at_most(root.glob(pattern), where):
        try:
            real = path.resolve()
            is_file = stat.S_ISREG(real.stat().st_mode)
        except (OSError, RuntimeError):
            continue  # a link that leads nowhere, or in a circle
        if not real.is_relative_to(root):
            outside_n += 1
        elif is_file and not _is_in_dataset(path, root):
            names.append(path.relative_to(root).as_posix())
    if not names:
        what = (
            f"{outside_n} files are links out of the folder" if outside_n else "no file matches the pattern"
        )
        hint = (
            "Copy them into the folder" if outside_n else "Compare the pattern with the names in the folder"
        )
        raise MappingError(what, where=where, hint=hint)
    return sorted(names)


def _is_in_dataset(path: Path, root: Path) -> bool:
    """True for the files of a trace dataset that was imported into the same folder."""
    table = path.parent
    return table != root and root in table.parents and (table.parent / MANIFEST_NAME).is_file()


def _at_most(paths: Iterable[Path], where: str) -> Iterable[Path]:
    try:
        for count, path in enumerate(paths):
            if count >= MOST_FILES:
                raise MappingError(
                    f"more than {MOST_FILES:,} files match", where=where, hint="Narrow the pattern"
                )
            yield path
    except (OSError, ValueError, NotImplementedError):
        raise MappingError("is not a pattern that can be searched for", where=where) from None


def _refuse_name(name: str) -> None:
    if not name.isprintable() or any(character in name for character in "*?[]"):
        raise ValueError("has a name with characters that stand for other names; rename it")


def _footer_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 8))
        tail = file.read(8)
        length = int.from_bytes(tail[:4], "little")
        if tail[4:] != b"PAR1" or length > size - 8:
            raise ValueError("is not a readable Parquet file")
        if length > MOST_FOOTER_BYTES:
            raise ValueError("has a footer that is larger than memory should hold")
        file.seek(size - 8 - length)
        return file.read(length)


def _bearable_schema(path: Path) -> pa.Schema:
    with pq.ParquetFile(path, thrift_string_size_limit=MOST_FOOTER_BYTES) as file:
        footer = file.metadata
        if footer.num_columns > MOST_COLUMNS:
            raise ValueError(f"has more than {MOST_COLUMNS:,} columns")
        for index in range(footer.num_columns):
            if file.schema.column(index).path.count(".") > MOST_LEVELS:
                raise ValueError("has columns that are nested too deep")
        for group in range(footer.num_row_groups):
            if not 0 <= footer.row_group(group).total_byte_size <= MOST_GROUP_BYTES:
                raise ValueError(f"has a row group of more than {MOST_GROUP_BYTES / 2**30:.0f} GiB")
        reserved = [name for name in file.schema_arrow.names if name.lower() in RESERVED]
        if reserved:
            raise ValueError(f"has a column named {reserved[0]}, a name that the engine needs")
        if any(name.lower().startswith("_tx_") for name in file.schema_arrow.names):
            raise ValueError("has a column whose name begins with _tx_")
        lower = [name.lower() for name in file.schema_arrow.names]
        if len(set(lower)) != len(lower):
            raise ValueError("has two columns of the same name")
        return file.schema_arrow


def _difference(found: pa.Schema, first: pa.Schema) -> str | None:
    for field in first:
        if field.name not in found.names:
            return f"the column {field.name[:60]!r} is missing"
        if found.field(field.name).type != field.type:
            return f"the column {field.name[:60]!r} is of another type than in the first file"
    return None
