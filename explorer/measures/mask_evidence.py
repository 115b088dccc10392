"""How much speaks for a mask that is misplaced or too small, given the other masks of its session.

One redactor leaves one margin, so next to its sound masks words stand at one usual distance; letters of a value that a
mask cuts stand closer, or where no other mask of that session has any. Each sign has a weight; the sum is the logarithm
of the odds. Weights are those of a logistic regression on the tuning half of the leak set (docs/decisions/scan.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.measures.mask_beside import Around

Bools = NDArray[np.bool_]

# A value of this kind is hardly narrower than so many heights of a mask.
_NARROWEST = {
    "API_TOKEN": 7.8, "CREDIT_CARD": 5.2, "DATE_TIME": 4.0, "EMAIL_ADDRESS": 6.5, "HOST_NAME": 4.3, "IBAN_CODE": 5.7,
    "IP_ADDRESS": 3.0, "LOCATION": 4.5, "PHONE_NUMBER": 3.4, "US_SSN": 3.0,
}  # fmt: skip
_ANY_NARROWEST = 2.8
_IN_DIGITS = ("CREDIT_CARD", "DATE_TIME", "IBAN_CODE", "IP_ADDRESS", "PHONE_NUMBER", "US_SSN")
_IN_CAPITALS = ("LOCATION", "PERSON", "")
_POINT_HEIGHTS = 14  # pixels of a mask of usual height at scale 1
_FLOW, _SAME_PX, _SAME_HEIGHT, _OFF = 0.9, 2, 0.35, 3

WEIGHTS = {
    "base": -6.2, "cut above or below": 8.3, "and a rule there": -3.1, "cut beside": 4.1, "as is usual": -1.4,
    "as is not usual": 1.4, "close beside": 0.6, "closer than usual": 1.5, "letters beside": 0.3,
    "rare in the session": 0.5, "cut on both sides": 1.0, "beyond the line": 1.4, "as high as the mask": -1.2,
    "higher than the mask": -1.9, "few letters": 0.8, "a long line": -0.9, "up to a mask": -1.7, "up to a rule": -0.6,
    "then nothing": 1.0, "narrow for its kind": 2.6, "narrower than others": 1.7, "begins as others": -2.8,
    "begins as others, letters follow": -1.2, "begins as no other": 1.5, "ends as others": -0.7,
    "crossed by a border": 2.1, "a capital beside a name": 1.7, "digits before a number": 4.0,
    "digits after a number": 2.1, "off its line": 0.4,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Peer:
    """A mask of the session, its kind of value, and what is around it."""

    around: Around
    entity: str | None


class Peers:
    """The distinct masks of one session, as what is usual for each of them."""

    def __init__(self, masks: Sequence[Peer]) -> None:
        distinct = list({one.around.box: one for one in masks}.values())
        self._boxes = np.array([one.around.box for one in distinct], np.int64).reshape(-1, 4)
        self._entities = np.array([one.entity or "" for one in distinct])
        self._near = np.array([len(one.around.near) for one in distinct], np.int64)
        self._is_flow = np.array([_is_flow(one.around) for one in distinct], bool)
        gaps = [(at, side.gap_px) for at, one in enumerate(distinct) for side in one.around.near]
        self._gaps = np.array(gaps, np.int64).reshape(-1, 2)
        offs = [(at, off) for at, one in enumerate(distinct) for off in _offs(one.around)]
        self._offs = np.array(offs, np.int64).reshape(-1, 2)
        heights = self._boxes[:, 3] - self._boxes[:, 1]
        self.height = float(np.median(heights)) if distinct else 1.0

    def signs(self, mask: Peer) -> dict[str, float]:
        """What speaks for a mask to be misplaced, and what against it, by name."""
        box = np.array(mask.around.box)
        is_other = (self._boxes != box).any(axis=1)
        return {
            **_vertical(mask.around), **self._beside(mask.around, is_other), **self._words(mask.around),
            **self._size(mask, is_other), **self._column(mask.around, is_other), **_continued(mask),
            **self._off(mask.around, is_other),
        }  # fmt: skip

    def _beside(self, around: Around, is_other: Bools) -> dict[str, float]:
        near = around.near
        gap = min((one.gap_px for one in near), default=99)
        gaps = self._gaps[is_other[self._gaps[:, 0]], 1] if len(self._gaps) else self._gaps[:, 0]
        usual, point = (float(np.median(gaps)) if len(gaps) >= 2 else None), self.height / _POINT_HEIGHTS
        alike = is_other & (self._is_flow == _is_flow(around))
        share = (self._near[alike].sum() + 0.3) / (2 * alike.sum() + 2)
        return {
            "cut beside": float(gap == 0),
            "as is usual": float(gap == 0 and usual is not None and usual <= point),
            "as is not usual": float(gap == 0 and usual is not None and usual >= 2 * point),
            "close beside": float(gap > 0 and min((one.gap for one in near), default=9) <= 0.12),
            "closer than usual": float(gap > 0 and usual is not None and gap <= usual - 1.5 * point),
            "letters beside": float(bool(near)),
            "rare in the session": float(-np.log(share)) if near else 0.0,
        }  # fmt: skip

    def _words(self, around: Around) -> dict[str, float]:
        near = around.near
        chains = [one.chain for one in near]
        return {
            "cut on both sides": float(len(near) == 2 and all(one.gap_px == 0 for one in near)),
            "beyond the line": float(any(one.over > 0.08 for one in near)),
            "as high as the mask": float(any(one.above <= 0 or one.below <= 0 for one in near)),
            "higher than the mask": float(any(one.above <= 0 and one.below <= 0 for one in near)),
            "few letters": float(bool(near) and max(chains) < 4),
            "a long line": float(bool(near) and max(chains) > 5.3),
            "up to a mask": float(any(one.end == "mask" for one in near)),
            "up to a rule": float(any(one.end == "rule" for one in near)),
            "then nothing": float(len(near) == 1 and near[0].end == "blank"),
        }

    def _off(self, around: Around, is_other: Bools) -> dict[str, float]:
        """How far the mask lies above or below where others lie on their lines, in points beyond what is usual."""
        others = self._offs[is_other[self._offs[:, 0]], 1]
        usual, point = float(np.median(others)) if len(others) >= 2 else 0.0, self.height / _POINT_HEIGHTS
        far = max((abs(off - usual) for off in _offs(around)), default=0.0)
        return {"off its line": float(np.clip(far / point - _OFF, 0, 4))}

    def _size(self, mask: Peer, is_other: Bools) -> dict[str, float]:
        left, _, right, _ = mask.around.box
        heights, widths = self._boxes[:, 3] - self._boxes[:, 1], self._boxes[:, 2] - self._boxes[:, 0]
        least = _NARROWEST.get(mask.entity or "", _ANY_NARROWEST) * self.height
        same = is_other & (self._entities == (mask.entity or ""))
        same &= np.abs(heights - mask.around.height) <= _SAME_HEIGHT * self.height
        is_thin = same.sum() >= 2 and right - left < 0.8 * widths[same].min()
        return {
            "narrow for its kind": float(np.clip((1.3 - (right - left) / max(least, 1.0)) / 0.3, 0, 2)),
            "narrower than others": float(is_thin),
        }

    def _column(self, around: Around, is_other: Bools) -> dict[str, float]:
        begins = np.abs(self._boxes[is_other, 0] - around.box[0]) <= _SAME_PX
        ends = np.abs(self._boxes[is_other, 2] - around.box[2]) <= _SAME_PX
        is_left, is_right = around.left.is_near, around.right.is_near
        return {
            "begins as others": float(begins.sum() >= 2 and is_left),
            "begins as others, letters follow": float(begins.sum() >= 2 and is_right),
            "begins as no other": float(not begins.any() and is_left and not is_right),
            "ends as others": float(ends.sum() >= 2 and not is_right),
        }


def chance(signs: dict[str, float]) -> float:
    """0 to 1, as odds of the weights' sum."""
    total = WEIGHTS["base"] + sum(WEIGHTS[name] * value for name, value in signs.items())
    return float(1 / (1 + np.exp(-np.clip(total, -50, 50))))


def _continued(mask: Peer) -> dict[str, float]:
    """Whether what stands beside looks like the rest of a name or a number."""
    left, right = mask.around.left, mask.around.right
    is_capital = (left.is_near and left.word.is_capital) or (
        right.is_near and right.word.is_capital and not right.has_stop
    )
    return {
        "crossed by a border": float(mask.around.is_crossed),
        "a capital beside a name": float(is_capital and (mask.entity or "") in _IN_CAPITALS),
        "digits before a number": float(left.is_near and left.word.is_number and mask.entity in _IN_DIGITS),
        "digits after a number": float(
            right.is_near and right.word.is_number and not right.has_stop and mask.entity in _IN_DIGITS
        ),
    }


def _offs(around: Around) -> list[int]:
    return [one.word.off_px for one in around.near if one.word.off_px is not None]


def _vertical(around: Around) -> dict[str, float]:
    is_rule = around.rule < 0.1
    return {
        "cut above or below": float(around.is_cut),
        "and a rule there": float(around.is_cut and is_rule),
    }


def _is_flow(around: Around) -> bool:
    """Whether lines of text follow each other there."""
    return around.line < _FLOW
