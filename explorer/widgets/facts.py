"""Facts as quiet lists; values may be trace text, which is shown as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from explorer.widgets.loader import mount


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: a term, what is so, and what that means; `is_found` where it asks for attention."""

    term: str
    value: str
    note: str = ""
    is_found: bool = False


def facts(key: str, groups: Sequence[tuple[str, Sequence[Fact]]]) -> None:
    """Show groups of facts, each with its heading; groups without facts are left out."""
    shown = [
        {"heading": heading, "facts": [asdict(fact) for fact in lines]} for heading, lines in groups if lines
    ]
    mount("facts", '<div class="facts"></div>\n', key=key, data={"groups": shown})
