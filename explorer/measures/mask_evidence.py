"""How much speaks for a mask that is misplaced or too small, given the other masks of its session.

One redactor leaves one margin, so next to its sound masks words stand at one usual distance; letters of a value that a
mask cuts stand closer, or where no other mask of that session has any. Each sign has a weight; the sum is the logarithm
of the odds. Weights are those of a logistic regression on the tuning half of the leak set (docs/decisions/scan.md).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from explorer.measures.mask_beside import Around
from explorer.measures.mask_signs import Peer, is_before_wall, own_signs, within
from explorer.measures.mask_weights import WEIGHTS
from explorer.measures.quantiles import median

__all__ = ["Peer", "Peers", "chance"]

Bools = NDArray[np.bool_]

_POINT_HEIGHTS = 14  # pixels of a mask of usual height at scale 1
_FLOW, _SAME_PX, _SAME_HEIGHT, _OFF = 0.9, 2, 0.35, 3
_LEAST_PEERS, _FEW_CUT = 2, 0.2
_MOST_GAP, _MOST_MORE = 4.0, 3.0  # points
_MOST_NARROWER = 1.5


class Peers:
    """The distinct masks of one session, as what is usual for each of them."""

    def __init__(self, masks: Sequence[Peer]) -> None:
        distinct = list({one.around.box: one for one in masks}.values())
        self._boxes = np.array([one.around.box for one in distinct], np.int64).reshape(-1, 4)
        self._entities = np.array([one.entity or "" for one in distinct])
        self._near = np.array([len(one.around.near) for one in distinct], np.int64)
        self._is_flow = np.array([_is_flow(one.around) for one in distinct], bool)
        gaps = [(at, side.gap_px, side is one.around.left)
                for at, one in enumerate(distinct) for side in one.around.near]  # fmt: skip
        self._gaps = np.array(gaps, np.int64).reshape(-1, 3)
        offs = [(at, off) for at, one in enumerate(distinct) for off in _offs(one.around)]
        self._offs = np.array(offs, np.int64).reshape(-1, 2)
        heights = self._boxes[:, 3] - self._boxes[:, 1]
        self.height = median(heights) if distinct else 1.0

    def signs(self, mask: Peer) -> dict[str, float]:
        """What speaks for a mask to be misplaced, and what against it, by name."""
        is_other = (self._boxes != np.array(mask.around.box)).any(axis=1)
        return {
            **own_signs(mask, self.height), **self._beside(mask.around, is_other),
            **self._gap(mask.around, is_other), **self._size(mask, is_other), **self._column(mask.around, is_other),
            **self._off(mask.around, is_other),
        }  # fmt: skip

    @property
    def _point(self) -> float:
        return self.height / _POINT_HEIGHTS

    def _beside(self, around: Around, is_other: Bools) -> dict[str, float]:
        """Letters beside it against those beside others: how near they usually are, how often there are any."""
        gap = min((one.gap_px for one in around.near), default=99)
        gaps = self._gaps[is_other[self._gaps[:, 0]], 1]
        usual = median(gaps) if len(gaps) >= _LEAST_PEERS else None
        alike = is_other & (self._is_flow == _is_flow(around))
        share = (self._near[alike].sum() + 0.3) / (2 * alike.sum() + 2)
        return {
            "as is usual": float(gap == 0 and usual is not None and usual <= self._point),
            "closer than usual": float(gap > 0 and usual is not None and gap <= usual - 1.5 * self._point),
            "cut where few are": float(gap == 0 and (not len(gaps) or (gaps == 0).mean() < _FEW_CUT)),
            "rare in the session": float(-np.log(share)) if around.near else 0.0,
        }

    def _gap(self, around: Around, is_other: Bools) -> dict[str, float]:
        """How far letters are from where they usually are on that side, in points."""
        gaps = self._gaps[is_other[self._gaps[:, 0]]]
        offs = {True: 0.0, False: 0.0}
        for is_left, side in ((True, around.left), (False, around.right)):
            own = gaps[gaps[:, 2] == is_left, 1]
            if side.is_near and len(own) >= _LEAST_PEERS:
                offs[is_left] = (side.gap_px - median(own)) / self._point
        return {
            "not at the usual distance": min(max(abs(off) for off in offs.values()), _MOST_GAP),
            "farther to the right": within(offs[False], 0, _MOST_MORE),
        }

    def _off(self, around: Around, is_other: Bools) -> dict[str, float]:
        """How far the mask lies above or below where others lie on their lines, in points beyond what is usual."""
        others = self._offs[is_other[self._offs[:, 0]], 1]
        usual = median(others) if len(others) >= _LEAST_PEERS else 0.0
        far = max((abs(off - usual) for off in _offs(around)), default=0.0)
        return {"off its line": within(far / self._point - _OFF, 0, 4)}

    def _size(self, mask: Peer, is_other: Bools) -> dict[str, float]:
        """How much narrower it is than others of its kind and height, as a logarithm."""
        left, _, right, _ = mask.around.box
        heights, widths = self._boxes[:, 3] - self._boxes[:, 1], self._boxes[:, 2] - self._boxes[:, 0]
        same = is_other & (self._entities == (mask.entity or ""))
        same &= np.abs(heights - mask.around.height) <= _SAME_HEIGHT * self.height
        usual = median(widths[same]) if same.sum() >= _LEAST_PEERS else 0.0
        if not usual or is_before_wall(mask.around):
            return {"narrower than others": 0.0}
        return {"narrower than others": within(np.log(usual / (right - left)), 0, _MOST_NARROWER)}

    def _column(self, around: Around, is_other: Bools) -> dict[str, float]:
        begins = np.abs(self._boxes[is_other, 0] - around.box[0]) <= _SAME_PX
        is_lone = not begins.any()
        return {
            "begins as no other": float(is_lone),
            "begins as no other, letters before": float(
                is_lone and around.left.is_near and not around.right.is_near
            ),
        }


def chance(signs: dict[str, float]) -> float:
    """0 to 1, as odds of the weights' sum."""
    total = WEIGHTS["base"] + sum(WEIGHTS[name] * value for name, value in signs.items())
    return float(1 / (1 + np.exp(-within(total, -50, 50))))


def _offs(around: Around) -> list[int]:
    return [one.word.off_px for one in around.near if one.word.off_px is not None]


def _is_flow(around: Around) -> bool:
    """Whether lines of text follow each other there."""
    return around.line < _FLOW
