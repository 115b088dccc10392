"""The list of sessions as a table of the browser's own: rows that exist only in view, keys, links, small pictures."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import pyarrow as pa
import streamlit as st

from explorer.charts.palette import KINDS
from explorer.widgets import wording
from explorer.widgets.app_palette import colours
from explorer.widgets.loader import mount
from explorer.widgets.strips import Ribbons
from explorer.widgets.url_state import Filters, Sort

KEY = "session_table"
_HTML = '<div class="table"></div>\n'
_SORTED_BY = {
    "week": "started_week_day",
    "length": "duration_us",
    "shortcuts": "shortcuts_n",
    "frames": "frames_n",
}

Badge = tuple[str, str, str]


def session_table(
    rows: pa.Table, activity: list[str], ribbons: Ribbons, *, filters: Filters, sort: Sort,
    on_sort: Callable[[str], None],
) -> None:  # fmt: skip
    """Show sessions in the order given; a session is opened in the browser, by its address.

    `rows` has the columns of sessions/list; `activity` and `ribbons` are theirs, row by row.
    """
    mount(
        KEY,
        _HTML,
        key=KEY,
        data=_payload(rows.to_pylist(), activity, ribbons, filters, sort),
        on_sort_change=lambda: on_sort(st.session_state[KEY].sort),
    )


def ordered(rows: pa.Table, sort: Sort) -> pa.Table:
    """The rows of sessions/list in that order; sessions without a value come last, ties by week and id."""
    clicks_n = pa.compute.add(rows["clicks_n"], rows["right_clicks_n"])
    keyed = rows.append_column("all_clicks_n", clicks_n)
    direction = "ascending" if sort.is_rising else "descending"
    first = (_SORTED_BY.get(sort.by, "all_clicks_n"), direction, "at_end")
    ties = [("started_week_day", "descending", "at_end"), ("session_id", "ascending", "at_end")]
    keys = [first, *(tie for tie in ties if tie[0] != first[0])]
    return rows.take(pa.compute.sort_indices(keyed, keys))


def title(row: dict[str, Any]) -> str:
    """What a session is called: its task, else its first window, else its source and the start of its id."""
    named = wording.shortened(row["task"]) or wording.shortened(row["first_window_title"])
    return named or f"{_source(row)} session {row['session_id'].rpartition('-')[2][:6]}"


def badges_of(row: dict[str, Any]) -> list[Badge]:
    """Label, explanation and tone of each badge of a session, the ones that matter most first."""
    state, quality = _badges(row["actor"], row["is_complete"], row["redaction_status"], row["quality"])
    return [*state, *quality]


def short_badges_of(row: dict[str, Any]) -> list[Badge]:
    """The same for one line: the flags of quality become one badge that lists them."""
    state, quality = _badges(row["actor"], row["is_complete"], row["redaction_status"], row["quality"])
    if not quality:
        return list(state)
    return [*state, (wording.count(len(quality), "flag"), " ".join(text for _, text, _ in quality), "warn")]


@lru_cache(maxsize=1024)
def _badges(
    actor: str, is_complete: bool, redaction_status: str, quality: str
) -> tuple[tuple[Badge, ...], tuple[Badge, ...]]:
    acted = ("Agent", "A program acted, not a person.", "agent")
    state: list[Badge] = [acted if actor == "agent" else ("Human", "A person acted.", "plain")]
    if not is_complete:
        state.append((*wording.QUALITY["incomplete"], "warn"))
    if redaction_status in ("partial", "complete"):
        state.append(
            (
                *wording.REDACTION.get(redaction_status, wording.REDACTION["unknown"]),
                "good" if redaction_status == "complete" else "warn",
            )
        )
    flags = [flag for flag in quality.split(",") if flag != "incomplete"]
    return tuple(state), tuple((label, text, "warn") for label, text in wording.flags(",".join(flags)))


def _source(row: dict[str, Any]) -> str:
    name: str = row["source_format"]
    return wording.SOURCES.get(name, name)


def _below(row: dict[str, Any]) -> str:
    window = wording.shortened(row["first_window_title"]) if row["task"] else ""
    system = wording.SYSTEMS.get(row["os"] or "", row["os"] or "")
    return " · ".join(part for part in (window, _source(row), system, row["cohort"] or "") if part)


def _payload(
    rows: list[dict[str, Any]], activity: list[str], ribbons: Ribbons, filters: Filters, sort: Sort
) -> dict[str, object]:
    badges: dict[Badge, int] = {}
    link = filters.address() | sort.address()
    return {
        "list_id": hashlib.sha256(repr((filters, sort)).encode("utf-8", "replace")).hexdigest()[:16],
        "link": urlencode(link),
        "sort": {"by": sort.by, "is_rising": sort.is_rising},
        "kinds": [[kind.label, kind.light, kind.dark] for kind in KINDS],
        "app_names": [wording.shortened(app, 80) for app in ribbons.apps],
        "app_colours": colours(ribbons.apps),
        "columns": {
            "session_id": [row["session_id"] for row in rows],
            "title": [title(row) for row in rows],
            "below": [_below(row) for row in rows],
            "week": [_or_dash(row["started_week_day"], wording.day) for row in rows],
            "length": [_or_dash(row["duration_us"], wording.duration) for row in rows],
            "clicks_n": [row["clicks_n"] + row["right_clicks_n"] for row in rows],
            "shortcuts_n": [row["shortcuts_n"] for row in rows],
            "frames_n": [row["frames_n"] for row in rows],
            "frame_ids": [_frame_ids(row) for row in rows],
            "activity": activity,
            "apps": ribbons.runs,
            "badges": [
                [badges.setdefault(badge, len(badges)) for badge in short_badges_of(row)] for row in rows
            ],
        },
        "badges": list(badges),
    }


def _or_dash(value: int | None, say: Callable[[int], str]) -> str:
    return "–" if value is None else say(value)


def _frame_ids(row: dict[str, Any]) -> Sequence[str]:
    ids = (row["first_frame_id"], row["middle_frame_id"], row["last_frame_id"])
    return list(dict.fromkeys(frame_id for frame_id in ids if frame_id))
