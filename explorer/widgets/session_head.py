"""Top of a session's page: its name, its badges, and the way through the list it was opened from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from explorer.widgets import wording
from explorer.widgets.loader import mount
from explorer.widgets.session_table import Badge
from explorer.widgets.url_state import Filters, Sort

KEY = "session_head"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a session stands in the filtered list; None where there is no neighbour."""

    at: int
    of_n: int
    previous_id: str | None
    next_id: str | None


def place_of(session_id: str, session_ids: Sequence[str]) -> Place | None:
    """The place of a session among others; None when it is not one of them."""
    if session_id not in session_ids:
        return None
    at = session_ids.index(session_id)
    before = session_ids[at - 1] if at else None
    after = session_ids[at + 1] if at + 1 < len(session_ids) else None
    return Place(at + 1, len(session_ids), before, after)


def session_head(
    title: str,
    summary: str,
    badges: Sequence[Badge],
    *,
    place: Place | None,
    filters: Filters,
    sort: Sort,
    task: tuple[str, str] | None = None,
    replay: tuple[str, str | None] | None = None,
) -> None:
    """Show the top; `task` is a label and an address that lead to all attempts at the session's task.

    `replay` is the address of the session's replay, and that of the replay beside another attempt at its task.
    """
    carried = filters.address() | sort.address()
    mount(
        KEY,
        '<div class="head"></div>\n',
        key=KEY,
        data={
            "title": title,
            "summary": summary,
            "badges": list(badges),
            "place": place and f"{wording.number(place.at)} of {wording.number(place.of_n)}",
            "task": task,
            "replay": replay,
            "list": f"sessions?{urlencode(carried)}",
            "previous": _way(place.previous_id if place else None, carried),
            "next": _way(place.next_id if place else None, carried),
        },
    )


def _way(session_id: str | None, carried: dict[str, str]) -> str | None:
    return None if session_id is None else f"session?{urlencode({**carried, 'id': session_id})}"
