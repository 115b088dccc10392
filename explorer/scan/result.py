"""What one job found, counted, and what it could not look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from explorer.scan.finding import UNREAD, Finding, as_table
from explorer.scan.jobs import Job
from explorer.scan.registry import Check


@dataclass
class Result:
    """What a job found, and how much of what it looked at."""

    job: Job
    found: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def table(self) -> pa.Table:
        """The findings as rows."""
        return as_table(self.found)

    def unread(self, session_id: str, channel: str, reason: str, **place: Any) -> None:
        """Note that something could not be looked at."""
        self.found.append(
            Finding(session_id, channel, UNREAD, "medium", 1.0, "scan", 1, reason=reason, **place)
        )

    def ask(self, check: Check, look: Callable[[], Iterable[Finding]], **place: Any) -> None:
        """Keep what a check finds; one that fails on something is told like something unread."""
        try:
            self.found.extend(look())
        except (
            ValueError,
            IndexError,
            ArithmeticError,
            KeyError,
            TypeError,
            OSError,
            RecursionError,
        ) as error:
            reason = f"{check.name} failed ({type(error).__name__})"
            self.unread(reason=reason, **place)
