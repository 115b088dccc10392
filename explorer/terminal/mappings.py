"""`mapping list`, `mapping suggest` and `mapping check` on the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from explorer.errors import MappingError
from explorer.terminal.screen import err, one_line, progress
from explorer.trace.mapping import load, shipped_mappings

if TYPE_CHECKING:
    import pyarrow as pa

    from explorer.trace.mapping_draft import FileColumn

_COUNTS = (("sessions_n", "sessions"), ("steps_n", "steps"), ("events_n", "events"), ("frames_n", "frames"))


def listed() -> str:
    """The shipped mappings: name, shape and title."""
    found = {name: load(path) for name, path in shipped_mappings().items()}
    width = max(len(name) for name in found)
    return "\n".join(
        f"{name:<{width}}  {mapping.shape:<18}  {mapping.title}" for name, mapping in found.items()
    )


def suggested(file: Path, output: Path | None) -> int:
    """Print or save a draft."""
    from explorer.trace.mapping_draft import draft

    text = draft(file.name, _columns(file))
    if output is None:
        print(text, end="")
        return 0
    try:
        with output.open("x", encoding="utf-8") as opened:
            opened.write(text)
    except OSError as error:
        raise MappingError(f"cannot be written ({error.strerror})", where=output.name) from None
    err.print(
        f"Written: {one_line(str(output))}. Look at its comments, then run: trace-explorer mapping check"
    )
    return 0


def checked(folder: Path, mapping: str) -> int:
    """Read everything that the mapping names and print the counts; 1 when a file had to be left out."""
    from explorer.engine import open_engine

    with progress() as bar:
        bar.add_task("Checking the mapping", total=None)
        engine = open_engine(folder, time_limit_ms=0, mapping=mapping)
    try:
        rows = engine.run("sessions/list", {"limit_n": 10_000_000})
        counts = {"sessions_n": rows.num_rows}
        counts |= {name: sum(rows[name].to_pylist()) for name, _ in _COUNTS[1:]}
        print(", ".join(f"{counts[name]:,} {word}" for name, word in _COUNTS))
        for note in engine.notes:
            print(f"Note: {one_line(note)}")
        if counts["sessions_n"] and not counts["events_n"]:
            print("Note: there is no event: look at events.kind")
        left_out = engine.quarantined()
        for file in left_out:
            print(f"Left out: {one_line(file.file)}: {one_line(file.reason)}")
        return 1 if left_out else 0
    finally:
        engine.close()


def _columns(file: Path) -> list[FileColumn]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(file, thrift_string_size_limit=64 * 2**20) as opened:
            return [_described(field) for field in opened.schema_arrow]
    except (OSError, pa.ArrowException) as error:
        reason = getattr(error, "strerror", None) or "is not a readable Parquet file"
        raise MappingError(str(reason), where=file.name) from None


def _described(field: pa.Field) -> FileColumn:
    from pyarrow import types

    from explorer.trace.mapping_draft import FileColumn

    is_list = types.is_list(field.type) or types.is_large_list(field.type)
    kind = field.type.value_type if is_list else field.type
    has_bytes = types.is_struct(kind) and kind.get_field_index("bytes") >= 0
    return FileColumn(
        name=field.name,
        type=str(field.type)[:160],
        is_list=is_list,
        is_text=types.is_string(kind) or types.is_large_string(kind),
        is_number=types.is_integer(kind) or types.is_floating(kind),
        is_picture=types.is_binary(kind) or types.is_large_binary(kind) or has_bytes,
    )
