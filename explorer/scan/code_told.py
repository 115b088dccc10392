"""Keys that a pass took away, with the physical key still in their rows: `code` tells what `key` no longer does."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.scan.finding import Finding
from explorer.scan.hidden_keys import SessionKeys

NAME, VERSION = "code_told", 1


def look(keys: SessionKeys) -> Iterator[Finding]:
    """A finding for a session with such rows: whoever knows the keyboard reads them."""
    is_told = keys.is_hidden & keys.has_code
    if is_told.any():
        yield Finding(
            **{**keys.place, "source_column": "code", **keys.rows(is_told)}, kind="code_told", severity="high",
            score=0.9, detector=NAME, detector_version=VERSION, rows_n=int(is_told.sum()),
        )  # fmt: skip
