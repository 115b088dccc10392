"""Findings as rows for the page's list: numbers, ids, and words of ours; a mask's entity and an app as recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any
from urllib.parse import urlencode

from explorer.scan import small_copy
from explorer.scan.finding import WHOLE_KINDS
from explorer.scan.listed import NO_APP, Choice
from explorer.scan.words import channel_words
from explorer.store import Dismissal
from explorer.widgets import wording
from explorer.widgets.finding_place import finding_moment
from explorer.widgets.finding_way import way_there
from explorer.widgets.findings_state import Judged, address_of
from explorer.widgets.player import replay_way

PAGE_N = 200
_LONGEST = 60
_BOX = ("left_px", "top_px", "width_px", "height_px")
_PICTURE_CHANNEL = "frame"


def rows_of(
    judged: Judged, choice: Choice, rows: Sequence[int], sames: Sequence[int]
) -> list[dict[str, Any]]:
    """What a choice's list shows of these rows of `judged.found.listed`.

    `sames`: for how many of their place each stands.
    """
    listed = judged.found.listed
    singles = listed.singles_n(rows, choice, judged.rows)
    return [
        {**_row(judged, choice, listed.ids[row], place, listed.app_of(row)), "same_n": same_n,
         "singles": _singles(place, choice, single_n)}
        for row, place, same_n, single_n in zip(rows, listed.places(rows), sames, singles, strict=True)
    ]  # fmt: skip


def _singles(place: Mapping[str, Any], choice: Choice, n: int) -> dict[str, Any] | None:
    """How many findings tell of single masks what this one tells of their session, and their list; None without any."""
    if not n:
        return None
    own = Choice(kind=WHOLE_KINDS[place["kind"]], session_id=place["session_id"], state=choice.state)
    return {"n": n, "kind": own.kind, "href": f"findings?{urlencode(address_of(own))}"}


def _row(
    judged: Judged, choice: Choice, finding_id: str, place: Mapping[str, Any], app: str
) -> dict[str, Any]:
    box, session_id = [place[name] for name in _BOX], place["session_id"]
    return {
        "id": finding_id,
        "severity": wording.shortened(place["severity"], _LONGEST),
        "kind": wording.shortened(place["kind"], _LONGEST),
        "channel": wording.shortened(place["channel"], _LONGEST),
        "entity": wording.shortened(place["entity"], _LONGEST),
        "app": "" if app == NO_APP else wording.shortened(app, _LONGEST),
        "session": wording.shortened(session_id, _LONGEST),
        "time": "" if place["t_us"] is None else wording.clock(place["t_us"]),
        "score": place["score"] if place["score"] is not None and isfinite(place["score"]) else None,
        "frame": place["frame_id"],
        "box": None if None in box else box,
        "where": where(place),
        "look": look_at(place),
        "is_masked": place["redaction_id"] is not None,
        "is_copy": place["detector"] == small_copy.NAME,
        "check": wording.shortened(f"{place['detector']} {place['detector_version']}", 2 * _LONGEST),
        "reason": wording.shortened(place["reason"]),
        "session_href": f"findings?{urlencode({'session': session_id})}" if session_id else None,
        "href": replay_way(session_id, None, **finding_moment(place), **way_there(choice, finding_id))
        if session_id
        else None,
        "dismissed": _dismissed(judged.dismissed.get(finding_id)),
    }


def where(place: Mapping[str, Any]) -> str:
    """The place in words: in a picture, or in which rows and characters of a text."""
    is_picture = bool(place["frame_id"])
    parts = []
    if is_picture and place["channel"] == _PICTURE_CHANNEL:
        parts.append(_in_picture(place))
    elif place["seq"] is not None:
        parts += _in_rows(place)
    elif place["channel"] and not (place["channel"] == "file" and place.get("file")):
        parts.append(channel_words(place["channel"]))
    if place.get("file"):
        parts += _in_file(place)
    if place["char_start"] is not None and place["char_end"] is not None:
        first, last = place["char_start"] + 1, place["char_end"]
        parts.append(f"characters {wording.number(first)} to {wording.number(last)}")
    if is_picture and place["channel"] != _PICTURE_CHANNEL:
        parts.append(f"masked in the picture: {_in_picture(place)}")
    return ", ".join(part for part in parts if part)


def look_at(place: Mapping[str, Any]) -> str:
    """Where to look for what no replay shows; empty where one does."""
    if place["session_id"]:
        return ""
    if place.get("file"):
        return "In the dataset's folder: no page shows it."
    if place["channel"] == "window_title":
        return "In the window titles of all sessions together. Which titles they are is not kept."
    return "In the dataset as a whole, not at one moment."


def _in_picture(place: Mapping[str, Any]) -> str:
    left, top, width, height = (place[name] for name in _BOX)
    if place["kind"] in WHOLE_KINDS and place["rows_n"]:
        return f"{wording.count(place['rows_n'], 'mask')} of the session"
    if None in (left, top, width, height):
        return "whole picture"
    return f"{width} × {height} px at {left}, {top}"


def _in_file(place: Mapping[str, Any]) -> list[str]:
    said = [f"file {wording.shortened(place['file'], 120)}"]
    if place.get("row_group") is not None:
        said.append(f"row group {wording.number(place['row_group'])}")
    if place["source_column"]:
        said.append(f"column {wording.shortened(place['source_column'], 60)}")
    elif place["kind"] == "readable_text" and place["file"].endswith(".parquet"):
        said.append("its footer")
    return said


def _in_rows(place: Mapping[str, Any]) -> list[str]:
    first, last, rows_n = place["seq"], place["seq_end"], place["rows_n"]
    noun = "step" if place["source_table"] == "steps" else "row"
    named = channel_words(place["channel"] or "")
    if last is None or last == first:
        return [named, f"{noun} {wording.number(first)}"]
    said = f"{noun}s {wording.number(first)} to {wording.number(last)}"
    # Of what is masked beside it, pictures were counted.
    return [
        named,
        said + (f" ({wording.number(rows_n)} of them)" if rows_n and not place["frame_id"] else ""),
    ]


def _dismissed(found: Dismissal | None) -> dict[str, str] | None:
    if found is None:
        return None
    day = wording.day(found.created_utc_us // 86_400_000_000)
    return {"reason": found.reason, "note": found.note, "author": found.author, "day": day}
