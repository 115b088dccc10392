"""The replay player: a canvas of the browser's own, which gets addresses and a few words, never rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from explorer.widgets import wording
from explorer.widgets.app_palette import palette
from explorer.widgets.finding_place import place_of as place_of_finding
from explorer.widgets.finding_way import way_back
from explorer.widgets.loader import mount_player
from explorer.widgets.session_head import Place
from explorer.widgets.session_table import title
from explorer.widgets.url_state import Filters, Sort

SIDES = ("", "with_")
_MOST_OTHERS = 6
_LONGEST_APP = 60
_MOST_T_US = 2**53


def t_us_of(text: str) -> int | None:
    """Time of a moment in an address: milliseconds, with up to three decimals; None when it is none."""
    whole, _, decimals = text.partition(".")
    if not (whole.isascii() and whole.isdecimal() and len(whole) <= 15):
        return None
    if decimals and not (decimals.isascii() and decimals.isdecimal() and len(decimals) <= 3):
        return None
    t_us = int(whole) * 1000 + int(decimals.ljust(3, "0") if decimals else 0)
    return t_us if t_us <= _MOST_T_US else None


def replay_way(session_id: str, carried: Mapping[str, str] | None = None, **moment: str) -> str:
    """Address of a session's replay: `moment` is t (ms), step (from 1) or frame (an id), or `with` another session."""
    return f"replay?{urlencode({**(carried or {}), 'id': session_id, **moment})}"


def moment_of(t_us: int) -> str:
    """A time as `t` in an address: milliseconds, with decimals only where they are needed."""
    return f"{t_us // 1000}.{t_us % 1000:03}".rstrip("0").rstrip(".")


def player(
    row: dict[str, Any], *, address: Mapping[str, str], filters: Filters, sort: Sort, place: Place | None,
    attempts: Sequence[tuple[str, str]] = (), side: str = SIDES[0],
) -> None:  # fmt: skip
    """Show the session of `row` (sessions/facts), from the moment that `address` names.

    `attempts` are id and label of other attempts at its task. Of two players, the second has side SIDES[1]: its moment
    stands under that prefix.
    """
    carried = filters.address() | sort.address()
    mount_player(
        '<div class="player" style="height: max(560px, calc(100dvh - 32px))"></div>\n',
        key=f"player{side.rstrip('_')}",
        data={
            **_routes(row["session_id"]),
            **_moment(address, side),
            "finding": None if side else _finding(address),
            "is_rows_alone": bool(row["moves_n"] or row["events_n"]) and not row["frames_n"],
            "side": side,
            "title": title(row),
            "length": wording.duration(row["duration_us"]) if row["duration_us"] else "",
            "ways": {
                "list": f"sessions?{urlencode(carried)}",
                "session": f"session?{urlencode({**carried, 'id': row['session_id']})}",
                **_neighbours(place, carried),
            },
            "others": [list(attempt) for attempt in attempts[:_MOST_OTHERS]],
            "app_colours": {app: colour for app, colour in palette().items() if len(app) <= _LONGEST_APP},
        },
    )


def _finding(address: Mapping[str, str]) -> dict[str, object] | None:
    """The finding that the address points out, with the way back to its list."""
    place = place_of_finding(address)
    return place and {**place, "list_href": way_back(address)}


def _routes(session_id: str) -> dict[str, str]:
    trace = f"trace/{quote(session_id, safe='')}"
    return {
        "session_id": session_id,
        "about_url": f"{trace}/about.json",
        "events_url": f"{trace}/events.bin",
        "frame_url": "frame/",
        "thumb_url": "thumb/",
        "trace_way": trace,
    }


def _moment(address: Mapping[str, str], side: str) -> dict[str, object]:
    step = address.get(f"{side}step", "")
    # A finding's picture is its moment, until the address names another one. Of a text, the player asks when.
    is_told = side or "t" in address or step or "place" in address
    named = address.get(f"{side}frame") or ("" if is_told else address.get("on", ""))
    return {
        "start_us": t_us_of(address.get(f"{side}t", address.get("t", ""))),
        "start_step": int(step) if step.isascii() and step.isdecimal() and len(step) < 9 else None,
        "start_frame": named[:200] or None,
    }


def _neighbours(place: Place | None, carried: dict[str, str]) -> dict[str, str | None]:
    if place is None:
        return {"place": None, "previous": None, "next": None}
    before, after = (
        session_id and replay_way(session_id, carried) for session_id in (place.previous_id, place.next_id)
    )
    return {
        "place": f"{wording.number(place.at)} of {wording.number(place.of_n)}",
        "previous": before,
        "next": after,
    }
