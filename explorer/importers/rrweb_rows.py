"""rrweb's entries as pointer positions, events and viewports; everything that draws the page is counted."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from explorer.errors import SourceError
from explorer.importers.action_code_events import number
from explorer.importers.columns import json_text
from explorer.importers.recording import HINT_DAMAGED
from explorer.importers.rrweb_snapshot import page_of
from explorer.trace.schema import FARTHEST_PX

Row = dict[str, Any]
_TYPES = ("DomContentLoaded", "Load", "FullSnapshot", "IncrementalSnapshot", "Meta", "Custom", "Plugin")
_SOURCES = (
    "Mutation", "MouseMove", "MouseInteraction", "Scroll", "ViewportResize", "Input", "TouchMove", "MediaInteraction",
    "StyleSheetRule", "CanvasMutation", "Font", "Log", "Drag", "StyleDeclaration", "Selection", "AdoptedStyleSheet",
    "CustomElement",
)  # fmt: skip
# Of the buttons rrweb tells only this: a click event is the primary button's, a contextmenu event the secondary one's.
_INTERACTIONS: tuple[tuple[str, Row], ...] = (
    ("MouseUp", {"kind": "mouse_up"}), ("MouseDown", {"kind": "mouse_down"}),
    ("Click", {"kind": "click", "button": "left", "clicks_n": 1}),
    ("ContextMenu", {"kind": "click", "button": "right", "clicks_n": 1}),
    ("DblClick", {"kind": "double_click", "button": "left", "clicks_n": 2}),
    ("Focus", {"kind": "custom"}), ("Blur", {"kind": "custom"}), ("TouchStart", {"kind": "touch_start"}),
    ("TouchMove_Departed", {"kind": "touch_move"}), ("TouchEnd", {"kind": "touch_end"}),
    ("TouchCancel", {"kind": "touch_end"}),
)  # fmt: skip
_CHANGES = ("adds", "removes", "texts", "attributes")
_MASK = frozenset("*•")
_UNUSABLE = math.inf


@dataclass(slots=True)
class PageRows:
    """Rows with the entry they come from and their time in ms (None where there is none).

    `stamps` are the entries' own times; `sizes` the viewports: entry, time, width, height.
    """

    moves: list[tuple[int, float | None, float, float, bool]] = field(default_factory=list)
    events: list[tuple[int, float | None, Row]] = field(default_factory=list)
    stamps: list[tuple[int, float | None]] = field(default_factory=list)
    sizes: list[tuple[int, float | None, int, int]] = field(default_factory=list)
    offsets: dict[Any, tuple[float, float]] = field(default_factory=dict)
    page: Row | None = None
    uncounted: Counter[str] = field(default_factory=Counter)
    changes: Counter[str] = field(default_factory=Counter)
    dropped: set[str] = field(default_factory=set)

    def add(self, entry: int, time_ms: float | None, row: Row) -> None:
        self.events.append((entry, time_ms, row))

    def counts(self) -> Row:
        """What is counted and not stored."""
        return {
            name: dict(sorted(found.items()))
            for name, found in (("not_stored_n", self.uncounted), ("dom_changes_n", self.changes))
            if found
        }


def read_entry(rows: PageRows, entry: Row, number_of_entry: int, where: str) -> None:
    """Take one event of rrweb; SourceError at a time stamp that is none."""
    stamp = entry.get("timestamp")
    time_ms = None if stamp is None else number(stamp)
    if time_ms is not None and math.isnan(time_ms):
        raise SourceError("timestamp is not a number", where=where, hint=HINT_DAMAGED)
    rows.stamps.append((number_of_entry, time_ms))
    data, kind = entry["data"], _TYPES[entry["type"]]
    if kind == "Meta":
        _read_meta(rows, number_of_entry, time_ms, data)
    elif kind == "FullSnapshot":
        _read_snapshot(rows, data)
    elif kind == "IncrementalSnapshot":
        _read_increment(rows, number_of_entry, time_ms, data)
    elif kind == "Custom":
        tag = data.get("tag")
        named = f"Custom {tag[:100]}" if isinstance(tag, str) else "Custom"
        rows.add(number_of_entry, time_ms, {"kind": "custom", "source_type": named})
    else:
        rows.uncounted[kind] += 1


def _read_meta(rows: PageRows, entry: int, time_ms: float | None, data: Row) -> None:
    url = data.get("href")
    rows.page = {"kind": "navigation", "source_type": "Meta", "url": url if isinstance(url, str) else None}
    rows.page["window_title"] = None
    rows.add(entry, time_ms, rows.page)
    _read_size(rows, entry, time_ms, data)


def _read_size(rows: PageRows, entry: int, time_ms: float | None, data: Row) -> None:
    width, height = number(data.get("width")), number(data.get("height"))
    if 0 < width <= FARTHEST_PX and 0 < height <= FARTHEST_PX:
        rows.sizes.append((entry, time_ms, int(width), int(height)))


def _read_snapshot(rows: PageRows, data: Row) -> None:
    """The page's title and what is scrolled already; the rest is not stored."""
    rows.uncounted["FullSnapshot"] += 1
    page = page_of(data)
    rows.offsets = page.offsets
    if rows.page is not None and page.title and rows.page["window_title"] is None:
        rows.page["window_title"] = page.title


def _read_increment(rows: PageRows, entry: int, time_ms: float | None, data: Row) -> None:
    source = data.get("source")
    name = f"source {source}" if isinstance(source, int) and source < 1_000 else "unknown source"
    if isinstance(source, int) and 0 <= source < len(_SOURCES):
        name = _SOURCES[source]
    if name in ("MouseMove", "TouchMove", "Drag"):
        _read_positions(rows, entry, time_ms, data, name)
    elif name == "MouseInteraction":
        rows.add(entry, time_ms, _interaction(data))
    elif name == "Scroll":
        rows.add(entry, time_ms, _scroll(rows, data))
    elif name == "ViewportResize":
        size = json_text(
            {name: data.get(name) for name in ("width", "height") if number(data.get(name)) >= 0}
        )
        rows.add(entry, time_ms, {"kind": "display_change", "source_type": name, "extra": size})
        _read_size(rows, entry, time_ms, data)
    elif name == "Input":
        rows.add(entry, time_ms, _input(data))
    else:
        rows.uncounted[name] += 1
        for change in _CHANGES:
            found = data.get(change)
            if isinstance(found, list) and found:
                rows.changes[change] += len(found)


def _read_positions(rows: PageRows, entry: int, time_ms: float | None, data: Row, name: str) -> None:
    """Each position with its own time; a finger's are events."""
    positions = data.get("positions")
    for found in positions if isinstance(positions, list) else ():
        position = found if isinstance(found, dict) else {}
        offset = number(position.get("timeOffset"))
        own_ms = time_ms if time_ms is None or math.isnan(offset) else time_ms + offset
        x, y = _coordinate(position.get("x")), _coordinate(position.get("y"))
        if name == "TouchMove":
            touch = {"kind": "touch_move", "source_type": name, "x": x, "y": y, "extra": _node(position)}
            rows.add(entry, own_ms, touch)
        else:
            rows.moves.append((entry, own_ms, x, y, name == "Drag"))


def _interaction(data: Row) -> Row:
    kind = data.get("type")
    if not isinstance(kind, int) or not 0 <= kind < len(_INTERACTIONS):
        return {"kind": "custom", "source_type": "MouseInteraction", "extra": _node(data)}
    name, own = _INTERACTIONS[kind]
    at = {"x": _coordinate(data["x"]), "y": _coordinate(data["y"])} if "x" in data and "y" in data else {}
    return {**own, "source_type": name, "extra": _node(data), **at}


def _scroll(rows: PageRows, data: Row) -> Row:
    """How far a node was scrolled, from its offset now and before; a node starts at 0 unless the page says else."""
    node = data.get("id")
    node = node if isinstance(node, (int, str)) else None
    left, top = number(data.get("x")), number(data.get("y"))
    before = rows.offsets.get(node, (0.0, 0.0))
    row: Row = {"kind": "scroll", "source_type": "Scroll", "wheel_unit": "px"}
    if math.isfinite(left) and math.isfinite(top):
        rows.offsets[node] = (left, top)
        row |= {"wheel_x": left - before[0], "wheel_y": top - before[1]}
    row["extra"] = json_text({"node": node, "scroll_left_px": left, "scroll_top_px": top})
    return row


def _input(data: Row) -> Row:
    """The text that a field holds now, all of it; a mask stands for text that rrweb did not record."""
    text = data.get("text")
    row: Row = {"kind": "text_input", "source_type": "Input", "extra": _node(data, "isChecked")}
    if isinstance(text, str):
        row |= {"text": text, "text_len": len(text)}
        row["is_text_redacted"] = True if text and _MASK.issuperset(text) else None
    return row


def _node(data: Row, *names: str) -> str | None:
    own = {"node": data.get("id"), **{name: data.get(name) for name in names}}
    own = {name: value for name, value in own.items() if isinstance(value, (bool, int))}
    return json_text(
        {**own, "pointer_type": data.get("pointerType") if isinstance(data.get("pointerType"), int) else None}
    )


def _coordinate(value: Any) -> float:
    found = number(value)
    return found if math.isfinite(found) else _UNUSABLE
