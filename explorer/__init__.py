"""Trace Explorer: look at recorded computer use responsibly.

From Python: `import explorer as tx; ds = tx.open(path); ds.run("sessions/list", app="Mail").to_pandas()`.
Importing this module loads nothing heavy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from explorer._version import __version__

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    import pyarrow as pa

    from explorer.engine import Engine, Quarantined
    from explorer.engine.moment import Moment

__all__ = ["TraceDataset", "__version__", "open"]


class TraceDataset:
    """An opened trace dataset; use it in a `with` block, or call `close`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __enter__(self) -> TraceDataset:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<TraceDataset {self.title!r}>"

    @property
    def title(self) -> str:
        """The dataset's title."""
        return self._engine.dataset.title

    @property
    def quarantined(self) -> tuple[Quarantined, ...]:
        """Damaged files that every answer leaves out, each with the reason."""
        return self._engine.quarantined()

    def queries(self) -> list[str]:
        """Names of the query library."""
        from explorer import sql

        return sql.names()

    def run(self, name: str, /, **params: Any) -> pa.Table:
        """Result of the query `name` as an Arrow table (`.to_pandas()`, `.to_pylist()`).

        Columns and units are those of the query file's header. Raises ParameterError, EngineError, QueryTimeout.
        """
        return self._engine.run(name, params)

    def sessions(self, **filters: Any) -> pa.Table:
        """One row per session, columns of sessions/list; `filters` are that query's parameters."""
        return self._engine.run("sessions/list", {"limit_n": 1_000_000, **filters})

    def frame(self, frame_id: str) -> bytes | None:
        """One screenshot's bytes exactly as stored; None when there is none or consent does not cover it."""
        frame = self._engine.frame(frame_id)
        return frame.bytes if frame else None

    def replay(self, session_id: str, t_us: int = 0) -> Moment:
        """What held at a moment: pointer, window, screenshot, held keys and buttons; `.path` opens it in the app.

        `t_us` counts in microseconds as the replay does, and is kept within the session. Raises ParameterError when
        there is no such session, EngineError when it cannot be read.
        """
        from explorer.engine.moment import moment

        return moment(self._engine, session_id, t_us)

    def marks(self, session_id: str | None = None) -> pa.Table:
        """Marks and notes of the sessions shown, or of one: columns of explorer/exports/marks.py.

        In order of session, time and id. Raises StoreError when the store cannot be read.
        """
        from explorer.exports.marks import table_of
        from explorer.store import open_store

        shown = self._engine.run("sessions/list", {"limit_n": 2**62})["session_id"].to_pylist()
        store = open_store(self._engine.dataset.dataset_id)
        try:
            return table_of(store.marks(session_id, among=shown))
        finally:
            store.close()

    def close(self) -> None:
        """Give the engine back."""
        self._engine.close()


def open(path: str | Path, *, mapping: str | Path | None = None, time_limit_ms: int = 60_000) -> TraceDataset:
    """Open the trace dataset in folder `path`, or Parquet of others through a `mapping` (a YAML file).

    DatasetError when there is no dataset, MappingError when the mapping does not fit.
    """
    from pathlib import Path

    from explorer.engine import open_engine

    return TraceDataset(
        open_engine(path, time_limit_ms=time_limit_ms, mapping=Path(mapping) if mapping else None)
    )
