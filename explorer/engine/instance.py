"""One DuckDB instance: locked down to the files it may read, with the relations of one opened state."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

from explorer.engine.asking import Asker, AskError
from explorer.engine.relations import literal
from explorer.engine.running import Waiting
from explorer.engine.state import OpenState
from explorer.errors import EngineError

if TYPE_CHECKING:
    import duckdb

FOREIGN_MEMORY = "2GiB"
# A relation is planned twice, a statement once but its rows are copied: the copy is cheaper, even of 100,000 rows.
warnings.filterwarnings("ignore", message="Arrow output on a DB-API result", category=UserWarning)


class Opened:
    """A state and the instance that answers for it. Raises EngineError when its relations cannot be made."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, ask: Asker, state: OpenState, time_limit_ms: int
    ) -> None:
        self.state = state
        self.waiting = Waiting(connection)
        self.connection = connection
        try:
            for name, rows in state.tables().items():
                ask.give(name, rows)
            for relation in state.relations():
                ask.keep(relation.name, relation.sql, "TABLE" if relation.is_kept else "VIEW")
        except AskError as error:
            raise EngineError(f"could not be opened ({error.kind})", where=state.dataset.root.name) from None
        if time_limit_ms:
            connection.execute(f"SET GLOBAL max_execution_time = {int(time_limit_ms)}")
        connection.execute("SET lock_configuration = true")


def lock_down(
    connection: duckdb.DuckDBPyConnection, paths: Sequence[str], memory_limit: str | None = None
) -> None:
    """Leave the instance these files to read, and nothing to write; `memory_limit` for files of others."""
    # Without GLOBAL a setting stays on this connection, and queries run on cursors of it. Footers are not kept in
    # memory (parquet_metadata_cache): a file that is damaged meanwhile would go on answering.
    connection.execute("SET GLOBAL perfect_ht_threshold = 18")
    # Planning the one costs more than it saves on one session, and on whole collections it saves nothing measurable.
    # The other adds up by session before it joins sessions; rollups are by session already, so nothing gets fewer.
    connection.execute("SET disabled_optimizers = 'compressed_materialization,partial_aggregate_pushdown'")
    connection.execute("SET GLOBAL python_enable_replacements = false")
    if memory_limit:
        connection.execute(f"SET memory_limit = {literal(memory_limit)}")
    listed = ", ".join(literal(path) for path in paths)
    connection.execute(f"SET allowed_paths = [{listed}]")
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    connection.execute("SET enable_external_access = false")


def give(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    """Keep an Arrow table under a name."""
    connection.register("_given", rows)
    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM _given")
    connection.unregister("_given")
