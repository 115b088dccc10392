"""The place of a finding in an address of the replay: numbers, ids and words of a fixed list, never a text.

`what` is its kind. A picture has `on` (its id) and `box` (left, top, width, height in its pixels); a text has `place`
(where the replay shows such texts), `rows` (first and last) and `chars`. What is masked in a picture and can be read
beside it has both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from explorer.scan.finding import KINDS
from explorer.scan.words import KIND_HINTS, kind_words

NAMES = ("what", "on", "box", "place", "rows", "chars")
# Channel -> where the replay shows its texts.
_PLACES = {
    "window_title": "title",
    "url": "url",
    "typed": "typed",
    "clipboard": "clipboard",
    "element_name": "element",
    "task": "task",
    "thought": "step",
}
PLACES = ("title", "url", "typed", "clipboard", "element", "task", "step", "row", "session")
# Of these the text itself is in no row.
_WITHOUT_TEXT = {"code_told", "length_told", "timing_told"}
_MOST = 2**53
_DIGITS = 16


def finding_moment(row: Mapping[str, Any]) -> dict[str, str]:
    """The moment of `row` (columns of finding.SCHEMA) for an address of its session's replay."""
    moment: dict[str, str] = {}
    if row["kind"] in KINDS:
        moment["what"] = row["kind"]
    if row["frame_id"]:
        moment["on"] = row["frame_id"]
        moment |= _numbers("box", ",", [row[f"{name}_px"] for name in ("left", "top", "width", "height")])
    if not row["frame_id"] or row["channel"] in _PLACES:
        moment |= _text(row)
    return moment


def place_of(address: Mapping[str, str]) -> dict[str, object] | None:
    """What an address says of a finding, for the player; None where it names none. What does not fit is left out."""
    frame_id = address.get("on", "")[:200] or None
    place = address.get("place", "")
    if frame_id is None and place not in PLACES:
        return None
    kind = address.get("what", "")
    return {
        "words": kind_words(kind) if kind in KINDS else "finding",
        "hint": KIND_HINTS.get(kind, ""),
        "has_text": kind not in _WITHOUT_TEXT,
        "frame": frame_id,
        "box": _read(address.get("box", ""), ",", 4, is_signed=True),
        "place": place if place in PLACES else None,
        "rows": _read(address.get("rows", ""), "-", 2),
        "chars": _read(address.get("chars", ""), "-", 2),
    }


def _text(row: Mapping[str, Any]) -> dict[str, str]:
    place = _PLACES.get(row["channel"], "row") if row["seq"] is not None else "session"
    if row["channel"] == "task":
        place = "task"
    first, last = row["seq"], row["seq"] if row["seq_end"] is None else row["seq_end"]
    return {
        "place": place,
        **_numbers("rows", "-", [first, last]),
        **_numbers("chars", "-", [row["char_start"], row["char_end"]]),
    }


def _numbers(name: str, between: str, values: list[int | None]) -> dict[str, str]:
    if None in values:
        return {}
    return {name: between.join(str(value) for value in values)}


def _read(text: str, between: str, n: int, *, is_signed: bool = False) -> list[int] | None:
    parts = text.split(between)
    if len(parts) != n:
        return None
    values = [_number(part, is_signed=is_signed) for part in parts]
    return None if None in values else values  # type: ignore[return-value]


def _number(text: str, *, is_signed: bool) -> int | None:
    digits = text.removeprefix("-") if is_signed else text
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= _DIGITS and int(digits) <= _MOST):
        return None
    return int(text)
