"""Window titles that fewer people have seen than are needed to hide among: counted, never shown. A risk, no leak."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from explorer.scan.finding import Finding

NAME, VERSION = "rare_title", 1


def look(row: Mapping[str, Any]) -> Iterator[Finding]:
    """A finding for the whole dataset, given the row of scan/title_people."""
    if row["rare_titles_n"]:
        yield Finding(
            session_id="", channel="window_title", kind="rare_title", severity="risk", score=0.4, detector=NAME,
            detector_version=VERSION, source_table="events", source_column="window_title",
            rows_n=row["rare_titles_n"], reason=f"{row['rare_titles_n']:,} of {row['titles_n']:,} titles",
        )  # fmt: skip
