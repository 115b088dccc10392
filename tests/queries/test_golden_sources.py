"""Golden rows of quality/sources."""

from __future__ import annotations

from .conftest import Expects
from .golden import Trace


def test_sources(expects: Expects, trace: Trace) -> None:
    expects("quality/sources", "source_format  sessions_n")
    trace.add(
        "sessions",
        """
        session_id  source_format
        s1          office
        s2          rrweb
        s3          office
        """,
    )
    expects("quality/sources", "source_format  sessions_n\n office  2\n rrweb  1")
