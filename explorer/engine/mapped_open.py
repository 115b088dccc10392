"""Opening a folder of Parquet through a mapping: files that cannot be read are left out by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.engine.asking import Asker, AskError
from explorer.engine.instance import FOREIGN_MEMORY, Opened, lock_down
from explorer.engine.mapped import read_mapped
from explorer.engine.mapped_check import DamagedFileError
from explorer.engine.mapped_files import find_files
from explorer.errors import EngineError
from explorer.trace.mapping import Mapping

if TYPE_CHECKING:
    import duckdb

_HINT = "Map fewer or smaller columns, or open part of the files"


def open_mapped(
    connect: Callable[[], tuple[duckdb.DuckDBPyConnection, Asker]],
    root: Path,
    mapping: Mapping,
    known_bad: dict[str, str],
    time_limit_ms: int,
) -> Opened:
    """An instance over the mapping's files, and nothing else. Raises MappingError, EngineError."""
    while True:
        files = find_files(root, mapping, known_bad)
        connection, ask = connect()
        lock_down(connection, files.paths(), FOREIGN_MEMORY)
        try:
            return Opened(connection, ask, read_mapped(root, mapping, files, ask), time_limit_ms)
        except DamagedFileError as error:
            # One bad file can invalidate a whole instance: the next round starts with a new one.
            known_bad[str(error)] = "cannot be read to its end"
            connection.close()
        except AskError as error:
            connection.close()
            raise EngineError(f"could not be read ({error.kind})", where=root.name, hint=_HINT) from None
