"""What the reading of a mapping may ask of the engine, without knowing which engine it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import pyarrow as pa


class AskError(Exception):
    """A question could not be answered; `text` is the engine's own line about it, which may quote a value."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    @property
    def kind(self) -> str:
        """What kind of error it is, without the words of files and rows."""
        return self.text.partition(":")[0][:60]


class Asker(Protocol):
    """One locked-down instance that can read the files of a mapping and keep small tables."""

    def table(self, text: str, params: Mapping[str, object] | None = None) -> pa.Table:
        """Rows of a SELECT. Raises AskError."""

    def keep(self, name: str, text: str, kind: str = "TABLE") -> None:
        """Keep the rows of a SELECT under a name, or with kind VIEW the SELECT itself. Raises AskError."""

    def give(self, name: str, rows: pa.Table) -> None:
        """Keep these rows as the table `name`."""

    def serialised(self, statement: str) -> str:
        """The tree of a statement as JSON, or of what is wrong with it; nothing is run."""

    def deserialised(self, tree: str) -> str:
        """The statement that a tree stands for."""
