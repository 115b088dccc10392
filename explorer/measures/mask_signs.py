"""What a mask and its surroundings say for themselves, whatever the other masks of its session are like.

Each sign is a number, mostly 0 or 1; its weight is in mask_weights.py.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.measures.mask_beside import NOTHING, Around, Beside
from explorer.measures.mask_edge import EdgeInk

# A value of this kind is hardly narrower than so many heights of a mask.
_NARROWEST = {
    "API_TOKEN": 7.8, "CREDIT_CARD": 5.2, "DATE_TIME": 4.0, "EMAIL_ADDRESS": 6.5, "HOST_NAME": 4.3, "IBAN_CODE": 5.7,
    "IP_ADDRESS": 3.0, "LOCATION": 4.5, "PHONE_NUMBER": 3.4, "US_SSN": 3.0,
}  # fmt: skip
_ANY_NARROWEST = 2.8
_IN_DIGITS = ("CREDIT_CARD", "DATE_TIME", "IBAN_CODE", "IP_ADDRESS", "PHONE_NUMBER", "US_SSN")
_IN_CAPITALS = ("LOCATION", "PERSON", "")
_THIN, _FEW_RUNS, _LOW = 0.12, 2, 0.3
_LARGE, _FILLED = 0.5, 0.72
_WALL, _FAR_WALL = 1.3, 2.0  # heights: what ends a column or a field stands no farther from what it ends
_LONGEST, _CLOSE = 6.0, 0.12


@dataclass(frozen=True, slots=True)
class Peer:
    """A mask of the session, its kind of value, and what is around it."""

    around: Around
    entity: str | None


def within(value: float, least: float, most: float) -> float:
    """The value, or the nearer of two limits."""
    return float(min(max(value, least), most))


def own_signs(mask: Peer, usual_height: float) -> dict[str, float]:
    """All signs that need no other masks; `usual_height` of a mask in the session, in pixels."""
    around = mask.around
    return {
        **_cut(around.cut, around.height, around.box[2] - around.box[0]), **_words(around), **_sides(around),
        **_continued(mask), **_size(mask, usual_height), "crossed by a border": float(around.is_crossed),
        "on a picture": float(around.is_on_picture),
    }  # fmt: skip


def _cut(cut: tuple[EdgeInk, ...], height: int, width: int) -> dict[str, float]:
    """Ink at the upper or the lower edge. Letters reach deep, in many places and without a gap; borders do not."""
    return {
        "cut above or below": float(bool(cut)),
        "cut in a thin line": float(bool(cut) and max(one.lines_n for one in cut) < _THIN * height),
        "cut along the edge": max((one.wide_px / width for one in cut), default=0.0),
        "cut in few places": float(bool(cut) and max(one.runs_n for one in cut) <= _FEW_RUNS),
        "cut without a gap": float(any(one.gap_px == 0 for one in cut)),
    }


def _words(around: Around) -> dict[str, float]:
    near = around.near
    chains = [one.chain for one in near]
    return {
        "as high as the mask": float(any(one.above <= 0 or one.below <= 0 for one in near)),
        "low beside": float(any(one.piece.high < _LOW for one in near)),
        "a picture beside": float(any(_is_picture(one) for one in near)),
        "few letters": float(bool(near) and max(chains) < 4),
        "a long line": float(any(one.chain > 5.3 and not one.word.is_alone for one in near)),
        "letters in a row": max((min(one, _LONGEST) for one in chains), default=0.0),
        "up to a mask": float(any(one.end == "mask" for one in near)),
        "then nothing": float(len(near) == 1 and near[0].end == "blank"),
        "close beside": float(0 < min((one.gap for one in near), default=NOTHING) <= _CLOSE),
    }  # fmt: skip


def _is_picture(side: Beside) -> bool:
    """Whether the first piece is large and filled as no letter is."""
    return min(side.piece.wide, side.piece.high) > _LARGE and side.piece.filled > _FILLED


def _sides(around: Around) -> dict[str, float]:
    left, right = around.left, around.right
    return {
        "letters to the left": float(left.is_near),
        "cut to the left": float(_is_cut(left)),
        "cut to the right": float(_is_cut(right)),
        "ink to the edge": max((one.piece.edge for one in around.near if one.gap_px == 0), default=0.0),
        "a stop follows": float(right.is_near and right.has_stop),
        "a wall to the left": float(left.is_near and left.wall <= _WALL),
        "a wall to the right": float(right.is_near and right.wall <= _WALL),
    }


def is_before_wall(around: Around) -> bool:
    """Whether what ends a column, a field or the picture stands to the right, with nothing before it."""
    return around.right.wall <= _FAR_WALL and not around.right.is_near


def _is_cut(side: Beside) -> bool:
    return side.is_near and side.gap_px == 0


def _continued(mask: Peer) -> dict[str, float]:
    """Whether what stands beside looks like the rest of a name or a number, or like a word that begins a sentence."""
    left, right = mask.around.left, mask.around.right
    is_before, is_after = left.is_near, right.is_near and not right.has_stop
    is_name, is_number = (mask.entity or "") in _IN_CAPITALS, mask.entity in _IN_DIGITS
    is_capital = (is_before and left.word.is_capital) or (is_after and right.word.is_capital)
    return {
        "first on its line": float(is_before and left.word.is_first),
        "a capital beside": float(is_capital or (right.is_near and right.word.is_capital)),
        "a capital beside a name": float(is_capital and is_name),
        "a capital after a name": float(is_after and right.word.is_capital and is_name),
        "a capital begins the line": float(is_before and left.word.is_capital and left.word.is_first),
        "digits before a number": float(is_before and left.word.is_number and is_number),
        "digits after a number": float(is_after and right.word.is_number and is_number),
        "digits before another kind": float(is_before and left.word.is_number and not is_number),
        "digits after another kind": float(right.is_near and right.word.is_number and not is_number),
    }


def _size(mask: Peer, usual_height: float) -> dict[str, float]:
    """How wide it is, for any mask and for its kind; what ends at a wall may be cut off there, however narrow."""
    left, _, right, _ = mask.around.box
    least = _NARROWEST.get(mask.entity or "", _ANY_NARROWEST) * usual_height
    narrow = within((1.3 - (right - left) / max(least, 1.0)) / 0.3, 0, 2)
    return {
        "wide": within(np.log(max(1, right - left) / max(usual_height, 1.0)), -1, 3.5),
        "narrow for its kind": 0.0 if is_before_wall(mask.around) else narrow,
    }
