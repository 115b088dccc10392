"""One DuckDB instance: locked down to the files it may read, with the relations of one opened state."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

from explorer.engine import library
from explorer.engine.asking import Asker, AskError
from explorer.engine.library import Relation
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
    """A state and the instance that answers for it; a relation is made when the first query reads it.

    Making all of them takes longer than most queries do, and most queries read a few.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, ask: Asker, state: OpenState, time_limit_ms: int
    ) -> None:
        self.state = state
        self.waiting = Waiting(connection)
        self.connection = connection
        self._ask, self._lock = ask, threading.Lock()
        self._relations, self._made = tuple(state.relations()), set[str]()
        try:
            for name, rows in state.tables().items():
                ask.give(name, rows)
        except AskError as error:
            raise self.refusal(error, "") from None
        if time_limit_ms:
            connection.execute(f"SET GLOBAL max_execution_time = {int(time_limit_ms)}")
            # Relations are made on this connection, and rows that are kept may take longer to work out.
            connection.execute("SET SESSION max_execution_time = 0")
        connection.execute("SET lock_configuration = true")

    def make(self, text: str, before: Sequence[Relation] = ()) -> None:
        """Make what a query reads and is not there yet, but nothing that `before` stands in for. Raises AskError."""
        wanted = library.read_by(text, self._relations, before)
        if self._made.issuperset(relation.name for relation in wanted):
            return
        with self._lock:
            for relation in wanted:
                if relation.name not in self._made:
                    self._ask.keep(relation.name, relation.sql, "TABLE" if relation.is_kept else "VIEW")
                    self._made.add(relation.name)

    def refusal(self, error: Exception, name: str) -> EngineError:
        """What is said where a relation cannot be made, or the query of that name fails on the rows."""
        if isinstance(error, AskError):
            return EngineError(f"could not be opened ({error.kind})", where=self.state.dataset.root.name)
        reason = type(error).__name__.removesuffix("Exception")
        return EngineError(f"could not be answered ({reason})", where=name, hint="Run trace-explorer check")


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
