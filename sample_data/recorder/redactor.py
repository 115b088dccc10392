"""The redaction pass over a take: masks every personal value in pictures and text, and fails where it is told to."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from recorder import masks
from recorder.failures import CLIPBOARD, OVER, Failure, over_box
from recorder.film import Shot
from recorder.masks import Box, Painter
from recorder.picture import Pixels, decoded, flat, webp
from recorder.take import FrameMask, Redacted, Take, TextMask
from recorder.values import Span, spans, typed_values

# What a mask covers beyond the letters, in pixels: at the sides, above and below.
AROUND_PX = (2, 1)
# Where each channel's text lies in a log row; element names lie one level deeper.
_FIELDS = {"title": "window_title", "url": "url", "text": "clipboard"}
_STEP_FIELDS = ("instruction", "thought", "action_args")


def redacted(take: Take, failures: Sequence[Failure]) -> Redacted:
    """The session as it may be shown; `failures` are those of this session, none for a pass that works."""
    shots, frame_masks = _pictures(take, failures)
    log: list[dict[str, Any]] = [copy.deepcopy(dict(row)) for row in take.log]
    steps = [dict(step) for step in take.steps]
    failed = {(one.channel, one.place): one.kind for one in failures if one.channel != "frame"}
    text_masks = [*_keys(take, log, failed), *_rows(log, failed), *_steps(steps)]
    return Redacted(take.shift, take.sha256, log, shots, steps, frame_masks, text_masks)


def masked_picture(
    pixels: Pixels, boxes: Sequence[tuple[Box, str]], painters: dict[int, Painter], extra: Sequence[Box] = ()
) -> list[tuple[Box, str, str]]:
    """Mask boxes, given with their entities, in place; box, method and entity of what the pass declares.

    `painters` replace the fill for single boxes by their index; `extra` are boxes that hold nothing personal.
    Boxes that fail come first, so that no other mask is drawn over by them and none of them hides a failure.
    """
    declared = []
    grown = [(box.grown(*AROUND_PX).within(pixels), entity) for box, entity in boxes]
    grown += [(box.within(pixels), "PERSON") for box in extra]
    for index in sorted(range(len(grown)), key=lambda at: at not in painters):
        box, entity = grown[index]
        if not box.width or not box.height:
            continue
        made = painters.get(index, masks.fill)(pixels, box)
        if made:
            declared.append((made.box, made.method, entity))
    return declared


def masked_text(text: str, found: Sequence[Span]) -> tuple[str, list[Span]]:
    """The text with a placeholder for each value, and where the placeholders stand in it."""
    made, placed, done = "", [], 0
    for span in found:
        start = len(made) + span.start - done
        made += text[done : span.start] + f"<{span.entity}>"
        placed.append(Span(start, len(made), span.entity))
        done = span.end
    return made + text[done:], placed


def _pictures(take: Take, failures: Sequence[Failure]) -> tuple[list[Shot], list[FrameMask]]:
    shots, found = [], []
    for frame, shot in enumerate(take.shots):
        pixels = flat(decoded(shot.content))
        here = [one for one in failures if one.channel == "frame" and one.place == frame]
        for box, method, entity in _masked(pixels, shot, here):
            found.append(FrameMask(frame, box, method, entity))
        shots.append(replace(shot, content=webp(pixels), places=()))
    return shots, found


def _masked(pixels: Pixels, shot: Shot, here: Sequence[Failure]) -> list[tuple[Box, str, str]]:
    painters = {one.item: masks.FAILURES[one.kind] for one in here if one.kind != OVER}
    boxes = [(Box(place.left, place.top, place.right, place.bottom), place.entity) for place in shot.places]
    extra = [over_box(shot.places[one.item]) for one in here if one.kind == OVER]
    return masked_picture(pixels, boxes, painters, extra)


def _keys(take: Take, log: list[dict[str, Any]], failed: dict[tuple[str, int], str]) -> list[TextMask]:
    """Take the keys out that spell a value; the presses themselves stay."""
    found = []
    for typed in typed_values(take.log):
        first, last = typed.places[0], typed.places[-1]
        if ("typed", first) in failed:
            continue
        for place in typed.places:
            log[place] |= {"key": None, "code": None, "is_redacted": True}
        found.append(TextMask(first, "text", typed.entity, last=last))
    return found


def _rows(log: list[dict[str, Any]], failed: dict[tuple[str, int], str]) -> list[TextMask]:
    found = []
    for place, row in enumerate(log):
        for field, channel in _FIELDS.items():
            if (
                field in row
                and (field != "text" or row["type"] in CLIPBOARD)
                and (channel, place) not in failed
            ):
                found += _field(row, field, place, channel, spans(row[field]))
        if "element" in row:
            kind = failed.get(("element_name", place))
            name = row["element"]["name"]
            whole = [Span(0, len(name), "PERSON")]
            if kind != "missed":
                found += _field(
                    row["element"], "name", place, "element_name", whole if kind == OVER else spans(name)
                )
    return found


def _field(row: dict[str, Any], field: str, place: int, target: str, at: Sequence[Span]) -> list[TextMask]:
    if not at:
        return []
    row[field], placed = masked_text(row[field], at)
    if field == "text":
        row["is_redacted"] = True
    return [TextMask(place, target, span.entity, span.start, span.end) for span in placed]


def _steps(steps: list[dict[str, Any]]) -> list[TextMask]:
    found = []
    for place, step in enumerate(steps):
        for field in _STEP_FIELDS:
            step[field], placed = masked_text(step[field], spans(step[field]))
            found += [
                TextMask(place, "text", span.entity, span.start, span.end, is_step=True) for span in placed
            ]
    return found
