"""One line of what `verify` found: what was looked at, how it came out, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

CONFIRMED, FAILED, NOT_CHECKED = "confirmed", "failed", "not checked"


@dataclass(frozen=True, slots=True)
class Check:
    """`outcome`: confirmed, failed or not checked; `said`: a sentence on it, without a word of any trace."""

    name: str
    outcome: str
    said: str


@dataclass(frozen=True, slots=True)
class Verified:
    """All checks of a report."""

    checks: tuple[Check, ...]

    @property
    def is_accepted(self) -> bool:
        """Nothing failed; what was not checked is told apart."""
        return not any(one.outcome == FAILED for one in self.checks)


def settled(name: str, problems: Sequence[str], said: str) -> Check:
    """Confirmed with `said`, or failed with the first problems."""
    if not problems:
        return Check(name, CONFIRMED, said)
    more = f", and {len(problems) - 3} more" if len(problems) > 3 else ""
    return Check(name, FAILED, "; ".join(problems[:3]) + more)
