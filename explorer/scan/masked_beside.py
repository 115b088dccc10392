"""Masked in the picture, readable in that moment beside it: in the title, the address, the clipboard, keys, an element.

A moment is a picture with the rows up to the next one; title and address hold on from the row before. Of a row whose
window is known, only masks within that window count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from explorer.scan.finding import Finding

NAME, VERSION = "masked_beside", 1
COLUMNS = ("window_title", "url", "element_name", "text")
_LASTING = ("window_title", "url")


@dataclass(frozen=True, slots=True)
class Readable:
    """A value that another check found in a text of events: its column, and `place` as findings have it."""

    column: str
    text: str
    entity: str
    place: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TypedValue:
    """A value that keys spell in the rows `seq` to `seq_end`."""

    entity: str
    seq: int
    seq_end: int
    t_us: int | None = None

    @property
    def place(self) -> dict[str, Any]:
        """The keys as findings have them."""
        rows = {"seq": self.seq, "seq_end": self.seq_end, "t_us": self.t_us}
        return {"channel": "typed", "source_column": "key", **rows}


def look(
    session_id: str,
    texts: Sequence[Readable],
    typed: Sequence[TypedValue],
    masks: Sequence[Mapping[str, Any]],
    rows: Iterable[Mapping[str, Any]],
) -> Iterator[Finding]:
    """A finding for each value that stands beside a mask of its entity, with the first such mask and row.

    `masks` are rows of scan/masked_moments, `rows` of scan/moment_texts. `rows_n` counts the moments.
    """
    by_entity: dict[str, list[Mapping[str, Any]]] = {}
    for mask in masks:
        by_entity.setdefault(mask["entity"], []).append(mask)
    wanted = [one for one in texts if one.entity in by_entity]
    places = _places(wanted, rows)
    for one in wanted:
        beside = _beside(by_entity[one.entity], places.get((one.column, one.text), []), one.column)
        yield from _told(session_id, one, beside)
    for value in typed:
        spans = [
            (mask, None)
            for mask in by_entity.get(value.entity, ())
            if mask["seq"] <= value.seq_end and (mask["seq_next"] is None or value.seq < mask["seq_next"])
        ]
        yield from _told(session_id, value, spans)


_Pair = tuple[Mapping[str, Any], Mapping[str, Any] | None]


def _places(
    texts: Iterable[Readable], rows: Iterable[Mapping[str, Any]]
) -> dict[tuple[str, str], list[tuple[Mapping[str, Any], int | None]]]:
    """Rows that hold each text, each with the row at which another one takes its place (None: at none)."""
    wanted = {(one.column, one.text) for one in texts}
    found: dict[tuple[str, str], list[tuple[Mapping[str, Any], int | None]]] = {}
    last: dict[str, tuple[tuple[str, str], Mapping[str, Any]]] = {}
    for row in rows:
        for column in COLUMNS:
            if row[column] is None:
                continue
            key = column, row[column]
            if column in last:
                before, own = last.pop(column)
                found.setdefault(before, []).append((own, row["seq"]))
            if key in wanted:
                last[column] = key, row
    for key, own in last.values():
        found.setdefault(key, []).append((own, None))
    return found


def _beside(
    masks: Iterable[Mapping[str, Any]], places: Sequence[tuple[Mapping[str, Any], int | None]], column: str
) -> list[_Pair]:
    """Masks in whose moment the text stands, with the row."""
    pairs: list[_Pair] = []
    at = 0
    for mask in masks:
        while at < len(places) and _end(places[at], column) <= mask["seq"]:
            at += 1
        for row, _ in places[at : at + 1]:
            if (mask["seq_next"] is None or row["seq"] < mask["seq_next"]) and is_in_window(mask, row):
                pairs.append((mask, row))
    return pairs


def _end(place: tuple[Mapping[str, Any], int | None], column: str) -> float:
    row, seq_next = place
    if column not in _LASTING:
        return float(row["seq"]) + 1
    return float("inf") if seq_next is None else float(seq_next)


def is_in_window(mask: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Whether the mask lies in the row's window; True where either place is not known."""
    window = [row[f"window_{name}_px"] for name in ("left", "top", "width", "height")]
    box = [mask[f"frame_{name}_px"] for name in ("left", "top", "width", "height")]
    origin = mask["capture_left_px"], mask["capture_top_px"]
    scales = mask["scale_x"] or 1.0, mask["scale_y"] or 1.0
    if None in window or None in box or None in origin:
        return True
    for axis in (0, 1):
        start = origin[axis] + box[axis] / scales[axis]
        end = start + box[axis + 2] / scales[axis]
        if end <= window[axis] or start >= window[axis] + window[axis + 2]:
            return False
    return True


def _told(session_id: str, one: Readable | TypedValue, pairs: Sequence[_Pair]) -> Iterator[Finding]:
    if not pairs:
        return
    mask, row = pairs[0]
    place: dict[str, Any] = {**one.place, **({"seq": row["seq"], "t_us": row["t_us"]} if row else {})}
    box = {f"{name}_px": mask[f"frame_{name}_px"] for name in ("left", "top", "width", "height")}
    yield Finding(
        **place, **box, session_id=session_id, kind="masked_beside", severity="high", score=0.9, detector=NAME,
        detector_version=VERSION, entity=one.entity, frame_id=mask["frame_id"], redaction_id=mask["redaction_id"],
        source_table="events", rows_n=len({pair[0]["frame_id"] for pair in pairs}),
    )  # fmt: skip
