"""What the reading of a mapping may ask of the engine, without knowing which engine it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import pyarrow as pa


class AskError(Exception):
    """A question could not be answered; `is_about_text` when its words are at fault, not the rows."""

    def __init__(self, text: str, *, is_about_text: bool) -> None:
        super().__init__(text)
        self.text, self.is_about_text = text, is_about_text


class Asker(Protocol):
    """One locked-down instance that can read the files of a mapping and keep small tables."""

    def table(self, text: str, params: Mapping[str, object] | None = None) -> pa.Table:
        """Rows of a SELECT. Raises AskError."""

    def keep(self, name: str, text: str) -> None:
        """Keep the rows of a SELECT as the table `name`. Raises AskError."""

    def give(self, name: str, rows: pa.Table) -> None:
        """Keep these rows as the table `name`."""

    def serialised(self, statement: str) -> str:
        """The tree of a statement as JSON, or of what is wrong with it; nothing is run."""

    def deserialised(self, tree: str) -> str:
        """The statement that a tree stands for."""
