"""A column of masks with a gap: what stands bare in the gap is most likely what the others hide."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from explorer.measures.read_lines import UNREAD, Box, Line

LEAST_MASKS = 3
_SAME_LEFT = 0.6  # in heights of the line
_SAME_STEP = 0.12  # of the step


@dataclass(frozen=True, slots=True)
class Hidden:
    """A mask and what it hides."""

    box: Box
    entity: str


def in_gaps(
    lines: Iterable[Line], masks: Sequence[Hidden], fits: Callable[[str, str], bool]
) -> Iterator[tuple[Line, str]]:
    """Lines that stand where a mask of a column is missing, and what the column hides.

    A column: three masks or more of one entity with the same left edge, at equal steps, however many are missing.
    `fits` says whether a text can be a value of an entity; it is not asked about letters that could not be read.
    """
    for line in lines:
        near = _SAME_LEFT * line.height
        beside = [mask for mask in masks if abs(mask.box[0] - line.box[0]) <= near]
        for entity in sorted({mask.entity for mask in beside}):
            own = [mask.box for mask in beside if mask.entity == entity]
            can_be = UNREAD in line.text or fits(entity, line.text)
            if can_be and len(own) >= LEAST_MASKS and _is_missing(line.box, own):
                yield line, entity
                break


def _is_missing(box: Box, column: Sequence[Box]) -> bool:
    """Whether the box stands at one or two steps from the nearest mask, in the rhythm of all."""
    middles = sorted((top + bottom) / 2 for _, top, _, bottom in column)
    steps = [later - sooner for sooner, later in pairwise(middles)]
    step = min(steps, default=0.0)
    here = (box[1] + box[3]) / 2
    if step < 0.8 * (box[3] - box[1]):
        return False
    is_regular = all(_is_whole(one, step) for one in steps)
    away = min(abs(here - one) for one in middles)
    return is_regular and _is_whole(here - middles[0], step) and 0.5 * step < away < 2.5 * step


def _is_whole(distance: float, step: float) -> bool:
    times = distance / step
    return bool(abs(times - round(times)) <= _SAME_STEP * max(1.0, abs(times) ** 0.5))
