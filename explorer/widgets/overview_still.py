"""The picture of the overview: one screenshot, or an empty screen, with the pointer's path and clicks over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

import pyarrow as pa

from explorer.charts.palette import KINDS
from explorer.errors import ExplorerError
from explorer.widgets import wording
from explorer.widgets.loader import mount
from explorer.widgets.made_up import is_made_up
from explorer.widgets.opened import run
from explorer.widgets.overview_moment import Moment, Plane, Pointer, Stretch, best

QUERIES = ("replay/moves", "replay/events", "replay/frames", "collection/still")
_EMPTY = Plane(1280, 800)
_WIDEST_PX = 100_000
_NEVER = 2**62
_OFFERED_N = 6
_RICH = 1.8
_COLOURS = {kind.name: [kind.light, kind.dark] for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Still:
    """What is shown: `reason` says why no screenshot is; `moment` is None where there is no pointer either."""

    session_id: str | None
    moment: Moment | None
    reason: str


def still_of(totals: dict[str, Any]) -> Still:
    """The picture for a collection; never a screenshot that no redaction pass covered, unless all are made up."""
    with_bare = is_made_up()
    try:
        offered = run("collection/still", with_bare=with_bare, limit_n=_OFFERED_N).to_pylist()
        if not offered:
            return Still(None, None, _reason(totals, with_bare))
        return _first_rich(offered, with_bare, _reason(totals, with_bare))
    except ExplorerError:
        return Still(None, None, "The session chosen for this picture could not be read.")


def still(shown: Still) -> None:
    """Draw it."""
    mount("overview_still", '<div class="still"></div>\n', key="overview_still", data=payload(shown))


def said(shown: Still) -> str:
    """What the picture shows, for the line below it."""
    if shown.moment is None:
        return "No session is drawn."
    length = "" if shown.moment.duration_us is None else f" · {wording.duration(shown.moment.duration_us)}"
    return f"one session, picked by chance{length} · {wording.count(len(shown.moment.clicks), 'click')}"


def payload(shown: Still) -> dict[str, object]:
    """Data of the browser component."""
    moment = shown.moment
    plane = moment.stretch.plane if moment else _EMPTY
    frame_id = moment.stretch.frame_id if moment else None
    return {
        "frame_id": frame_id,
        "width": plane.width,
        "height": plane.height,
        "lines": moment.lines if moment else [],
        "clicks": [list(click) for click in moment.clicks] if moment else [],
        "reason": "" if frame_id else shown.reason,
        "alt": _alt(moment),
        "colours": {name: _COLOURS[name] for name in ("move", "click", "right_click")},
        "href": f"session?{urlencode({'id': shown.session_id})}" if shown.session_id else None,
    }


def _first_rich(offered: Sequence[dict[str, Any]], with_bare: bool, reason: str) -> Still:
    """The first session with much to see, else the one with the most; a screenshot counts more than a path."""
    is_pictured = offered[0]["shown_frames_n"] > 0
    found: list[tuple[float, Still]] = []
    for row in offered:
        if is_pictured and not row["shown_frames_n"]:
            break
        shown = _still(row["session_id"], with_bare, reason)
        found.append((shown.moment.weight if shown.moment else 0.0, shown))
        if found[-1][0] >= _RICH:
            break
    return max(found, key=lambda pair: pair[0])[1]


def _still(session_id: str, with_bare: bool, reason: str) -> Still:
    params = {"session_id": session_id}
    pointer = Pointer(run("replay/moves", **params), run("replay/events", **params))
    frames = run("replay/frames", **params)
    found = best(pointer, _pictured(frames, with_bare))
    if found is None:
        found = best(pointer, pointer.stretches(_screen(run("sessions/displays", **params))))
    return Still(session_id, found, reason)


def _pictured(frames: pa.Table, with_bare: bool) -> list[Stretch]:
    """For each screenshot that may be shown the rows up to the next one of its screen."""
    rows = frames.to_pylist()
    ends: dict[str, int] = {}
    for display_id in {row["display_id"] for row in rows}:
        own = [row for row in rows if row["display_id"] == display_id]
        ends |= {one["frame_id"]: after["seq"] for one, after in pairwise(own)}
    return [
        Stretch(_plane(row), row["seq"], ends.get(row["frame_id"], _NEVER), row["frame_id"])
        for row in rows
        if (row["is_redacted"] or with_bare) and row["width_px"] and row["height_px"]
    ]


def _plane(row: dict[str, Any]) -> Plane:
    """A picture's place on the desktop."""
    size = (row["width_px"], row["height_px"])
    place = (row["capture_left_px"], row["capture_top_px"], row["scale_x"], row["scale_y"])
    return Plane(*size, is_placed=False) if None in place else Plane(*size, *place)


def _screen(displays: pa.Table) -> Plane:
    rows = displays.to_pylist()
    row = next((row for row in rows if row["is_primary"]), rows[0] if rows else None)
    if row is None or not all(0 < (row[name] or 0) <= _WIDEST_PX for name in ("width_px", "height_px")):
        return _EMPTY
    return Plane(row["width_px"], row["height_px"], row["left_px"] or 0, row["top_px"] or 0)


def _reason(totals: dict[str, Any], with_bare: bool) -> str:
    """Why no screenshot can be shown, as far as the collection tells."""
    frames_n, covered_n = totals["frames_n"], totals["redacted_frames_n"]
    if not frames_n:
        return "No screenshots were recorded: this is the pointer's path over an empty screen."
    if not with_bare and not covered_n:
        return (
            f"No screenshot is shown: no redaction pass covered any of the {wording.number(frames_n)} here."
        )
    return "No screenshot is shown: the people in them did not agree to demonstrations."


def _alt(moment: Moment | None) -> str:
    if moment is None:
        return "Empty screen"
    where = "a screenshot" if moment.stretch.frame_id else "an empty screen"
    return f"Path of the pointer and {wording.count(len(moment.clicks), 'click')} on {where} of one session"
