"""What is shown of a moment: its texts, each once, with masked spans, and the masks of its picture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from explorer.engine import Engine
from explorer.measures.typed_text import MASKED, typed
from explorer.review.moments import CLIPBOARD, EVENT_COLUMNS, STEP_COLUMNS
from explorer.scan.typed_text import press_of

_PLACEHOLDER = re.compile(r"<([A-Z][A-Z_]{2,39})>")
_ORDER = ("window_title", "url", "typed", "clipboard", "element_name", "task", "thought")
_NO_ROW = 2**62
# What masks call a column.
_TARGETS = {"window_title": "window_title", "url": "url", "element_name": "element_name", "typed": "text",
            "clipboard": "clipboard", "task": "task"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """Masked characters of a text."""

    start: int
    end: int
    entity: str | None


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text of a moment; `seq` is the first row that holds it (of the task 0), `rows_n` how many do."""

    channel: str
    column: str
    seq: int
    rows_n: int
    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A declared mask, in picture pixels."""

    left_px: int
    top_px: int
    width_px: int
    height_px: int
    entity: str | None
    method: str | None

    @property
    def edges(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom."""
        return self.left_px, self.top_px, self.left_px + self.width_px, self.top_px + self.height_px


def content_of(engine: Engine, moment: Mapping[str, Any]) -> tuple[list[TextRow], list[Box]]:
    """Texts and masks of a moment (a row of the population)."""
    asked = {"session_id": moment["session_id"], "seq": moment["seq_from"], "seq_end": moment["seq_to"]}
    masks = engine.run("review/masks", asked).to_pylist()
    events = engine.run("review/event_rows", asked).to_pylist()
    steps = engine.run("review/step_rows", asked).to_pylist()
    task = []
    if moment["moment_n"] == 0:
        sessions = engine.run("review/sessions", {"session_id": moment["session_id"]}).to_pylist()
        task = [("task", "task", 0, row["task"]) for row in sessions]
    said = [*_event_texts(events), *_typed(events), *task, *_step_texts(steps)]
    return _distinct(said, _spans(masks)), _boxes(masks, moment)


def masks_of(engine: Engine, moment: Mapping[str, Any]) -> list[Box]:
    """The masks of a moment's picture."""
    rows = engine.run("review/masks", {"session_id": moment["session_id"], "seq": _NO_ROW}).to_pylist()
    return _boxes(rows, moment)


def _boxes(rows: Iterable[Mapping[str, Any]], moment: Mapping[str, Any]) -> list[Box]:
    own = (
        row for row in rows if row["target"] == "frame" and row["frame_id"] == moment["frame_id"] is not None
    )
    return [box for box in map(_box, own) if box]


_Said = tuple[str, str, int, str | None]


def _event_texts(rows: Iterable[Mapping[str, Any]]) -> Iterator[_Said]:
    for row in rows:
        for column in EVENT_COLUMNS:
            channel = column
            if column == "text":
                channel = "clipboard" if row["kind"] in CLIPBOARD else "typed"
            yield channel, column, row["seq"], row[column]


def _step_texts(rows: Iterable[Mapping[str, Any]]) -> Iterator[_Said]:
    for row in rows:
        for column in STEP_COLUMNS:
            yield "thought", column, row["seq"], row[column]


def _typed(rows: list[dict[str, Any]]) -> Iterator[_Said]:
    """What the keys spell; and what they spell when they come up, where they are masked when they go down."""
    own = [row for row in rows if not row["is_derived"]]
    pressed = [
        {**row, "pasted": row["text"]} for row in own
        if row["kind"] in ("key_down", "mouse_down", "window_focus", "clipboard_paste")
    ]  # fmt: skip
    for one in typed(map(press_of, pressed)):
        if one.text.strip(MASKED) or len(one.text) > 1:
            yield "typed", "key", one.seqs[0], one.text
    if any(row["kind"] == "key_down" and row["key"] is None for row in own):
        up = [row for row in own if row["kind"] == "key_up" and len(row["key"] or "") == 1]
        if up:
            yield "typed", "key", up[0]["seq"], "".join(row["key"] for row in up)


_Spans = dict[tuple[str, int], list[Span]]


def _spans(masks: Iterable[Mapping[str, Any]]) -> _Spans:
    found: _Spans = {}
    for row in masks:
        if row["seq"] is not None and row["char_start"] is not None and row["char_end"] is not None:
            span = Span(row["char_start"], row["char_end"], row["entity"])
            found.setdefault((row["target"], row["seq"]), []).append(span)
    return found


def _distinct(said: Iterable[_Said], masked: _Spans) -> list[TextRow]:
    rows: dict[tuple[str, str, str], TextRow] = {}
    for channel, column, seq, text in said:
        if not text:
            continue
        known = rows.get((channel, column, text))
        spans = masked.get((_TARGETS.get(channel, "text"), seq), []) if column != "key" else []
        own = known.spans if known and known.spans else _checked(text, spans)
        first, rows_n = (known.seq, known.rows_n + 1) if known else (seq, 1)
        rows[channel, column, text] = TextRow(channel, column, first, rows_n, text, own)
    return sorted(rows.values(), key=lambda row: (_ORDER.index(row.channel), row.seq, row.column))


def _checked(text: str, spans: list[Span]) -> tuple[Span, ...]:
    """Declared spans that lie in the text, else its placeholders and masked keys."""
    inside = [one for one in spans if 0 <= one.start < one.end <= len(text)]
    return tuple(sorted(set(inside), key=lambda one: (one.start, one.end))) if inside else placeholders(text)


def placeholders(text: str) -> tuple[Span, ...]:
    """Placeholders such as <PERSON>, and masked keys."""
    found = [Span(*one.span(), one.group(1)) for one in _PLACEHOLDER.finditer(text)]
    found += [Span(*one.span(), None) for one in re.finditer(f"{MASKED}+", text)]
    return tuple(sorted(found, key=lambda one: one.start))


def _box(row: Mapping[str, Any]) -> Box | None:
    left, top, width, height = (row[f"frame_{name}_px"] for name in ("left", "top", "width", "height"))
    if None in (left, top, width, height):
        return None
    return Box(left, top, width, height, row["entity"], row["method"])
