"""Pieces of ink on the line beside a mask: runs of columns, what ends their chain, and what parts them from the mask.

All is seen from the mask: the first column is the one next to it. A chain ends where a mask, a rule or the end of an
area stands, or where there is more room than between words. A full stop or a comma, a dash with room beyond it and a
colon part what comes after them from the value.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from explorer.measures.mask_edge import is_stop

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Pieces = list[tuple[int, int]]  # runs of columns with ink, the nearest to the mask first

_RULE_SHARE, _MASK_SHARE = 0.9, 0.3
_BEYOND_SHARE = (
    0.75  # of the rows beyond the mask as well: a stem that fills its height has less, a border more
)
ALL = slice(None)
_STEP_LEVELS, _STEP_SHARE, _STEP_PX = (20.0, 10.0), 0.95, 2
_RINGING_PX = 8  # a codec with loss disturbs so many columns beside a mask
_COLON_WIDTH = 0.3  # of the mask's height, as all that follow
_DASH_HIGH, _DASH_APART, _DASH_UP = 0.15, 0.15, 0.1
_STOP_APART = 0.15
_MORE_ROOM = 1.6  # than between letters of that font
_LOWER = 0.15  # of the line, from its base to the top of its high letters
_LEAST_DOT, _LEAST_APART = 0.05, 0.4  # the last of the dot


def steps_of(strip: Floats, taken: Bools, core: slice, ground: float) -> Bools:
    """For each column: whether all lines change there alike, as at a rule too faint for ink, or the end of an area.

    `strip` reaches beyond the mask's rows, `core`: a stem may be as high as a mask that leaves no margin, no higher.
    """
    change = strip - ground
    change[:, _STEP_PX:] = strip[:, _STEP_PX:] - strip[:, :-_STEP_PX]
    change[taken] = 0
    least = np.full(strip.shape[1], _STEP_LEVELS[1])
    least[:_RINGING_PX] = _STEP_LEVELS[0]
    found = np.zeros(strip.shape[1], bool)
    for is_step in (change > least, change < -least):
        is_found = _share(is_step, taken, core) >= _STEP_SHARE
        if is_found.any():  # as hardly ever: beyond the mask's rows, few strips have to be looked at
            found |= is_found & (_share(is_step, taken, ALL) >= _BEYOND_SHARE)
    return found


def _share(flags: Bools, taken: Bools, rows: slice) -> Floats:
    """For each column the share of flags in what no mask takes of these rows."""
    own = taken[rows]
    n = np.maximum((~own).sum(axis=0), 1) if own.any() else max(len(own), 1)
    shares: Floats = flags[rows].sum(axis=0) / n
    return shares


def barrier_of(ink: Bools, taken: Bools, core: slice, steps: Bools) -> tuple[int, str]:
    """The first column of a mask, a rule or the end of an area, and which: `mask`, `rule`; `edge` for none."""
    is_mask, is_rule = (flags[core].sum(axis=0) / (core.stop - core.start) > share
                        for flags, share in ((taken, _MASK_SHARE), (ink, _RULE_SHARE)))  # fmt: skip
    if is_rule.any():
        is_rule &= _share(ink, taken, ALL) > _BEYOND_SHARE
    barriers = np.flatnonzero(is_mask | is_rule | steps)
    if not barriers.size:
        return ink.shape[1], "edge"
    return int(barriers[0]), "mask" if is_mask[barriers[0]] else "rule"


def pieces_of(ink: Bools, barrier: tuple[int, str], first: float, most: float) -> tuple[str, Pieces]:
    """What ends the chain, and its runs of columns with ink before the barrier.

    The first is at most `first` columns from the mask, each other at most `most` from the one before it.
    """
    n, end = barrier
    has_ink = np.zeros(n + 2, bool)
    has_ink[1:-1] = ink[:, :n].any(axis=0)
    edges = np.flatnonzero(has_ink[1:] != has_ink[:-1]).tolist()  # where runs start and stop, in turn
    pieces: Pieces = []
    last = 0
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        if start - last > (most if pieces else first):
            return ("blank" if pieces else "far"), pieces
        pieces.append((start, stop))
        last = stop
    return (end if n - last <= most else "blank" if pieces else "far"), pieces


def stops_n_of(ink: Bools, pieces: Pieces) -> int:
    """How many commas or full stops come first: narrow, near the base line only, and with room beyond the last."""
    height = ink.shape[0]
    others = (
        at
        for at, (start, stop) in enumerate(pieces)
        if not is_stop(stop - start, int(np.flatnonzero(ink[:, start:stop].any(axis=1))[0]), height)
    )
    n = next(others, len(pieces))
    is_within = 0 < n < len(pieces) and pieces[n][0] - pieces[n - 1][1] < max(2, _STOP_APART * height)
    return 0 if is_within else n


def is_parted(ink: Bools, core: slice, pieces: Pieces, *, is_left: bool) -> bool:
    """A dash with room beyond it, or a colon, comes first: what it parts are no letters of one value.

    `ink` reaches beyond the mask's rows, `core`: letters may be higher than a mask over digits is.
    """
    (start, stop), height, own = pieces[0], core.stop - core.start, ink[core]
    rows = np.flatnonzero(own[:, start:stop].any(axis=1))
    high = int(rows[-1] - rows[0]) + 1
    room = ink.shape[1] if len(pieces) == 1 else pieces[1][0] - stop
    if room >= _space(pieces[1:], height) and high <= max(2, _DASH_HIGH * height) and stop - start > high:
        is_up = len(pieces) == 1 or int(rows[-1]) < _base(own, pieces[1:]) - _DASH_UP * height
        return is_up and _is_below_tops(ink, core, (start, stop), pieces[1:])  # the bar of a cut 7 is not
    # Half a letter that a mask cuts may be two dots as well, and touches it: a colon with its word hardly ever does.
    if start == 0 or not (wide := _colon_wide(own[:, start:stop])):
        return False
    after = [(start + wide, stop), *pieces[1:]] if start + wide < stop else pieces[1:]
    if not is_left and room < _space(after, height):
        return False
    return _is_below_tops(ink, core, (start, start + wide), after)


def before_colon(ink: Bools, core: slice, pieces: Pieces) -> Pieces:
    """Those pieces to the left of a mask that stand between it and a colon with room beside it; all without one.

    They are what a label names, and the label no longer belongs to it.
    """
    own = ink[core]
    for at in range(1, len(pieces)):
        start, stop = pieces[at]
        is_apart = start - pieces[at - 1][1] >= _space(pieces[:at], core.stop - core.start)
        if is_apart and (wide := _colon_wide(own[:, start:stop])):
            after = [(start + wide, stop), *pieces[at + 1 :]] if start + wide < stop else pieces[at + 1 :]
            if _is_below_tops(ink, core, (start, start + wide), after):
                return pieces[:at]
    return pieces


def _is_below_tops(ink: Bools, core: slice, piece: tuple[int, int], after: Pieces) -> bool:
    """Whether a piece begins lower than the high letters that come after it, if any do."""
    if not after:
        return True
    top = int(np.flatnonzero(ink[:, after[0][0] : after[-1][1]].any(axis=1))[0]) - core.start
    first = int(np.flatnonzero(ink[core, piece[0] : piece[1]].any(axis=1))[0])
    return bool(first >= top + _LOWER * (_base(ink[core], after) + 1 - top))


def _colon_wide(ink: Bools) -> int:
    """How many columns of a piece are a colon's two dots, the nearest to the mask; 0 where none are.

    The foot of a letter with serifs may touch the lower dot: there, the upper one alone is followed by a gap.
    """
    height, n = ink.shape
    shown = np.logical_or.accumulate(ink[:, : int(max(2, height * _COLON_WIDTH))], axis=1)
    runs_n = shown[0] + (shown[1:] & ~shown[:-1]).sum(axis=0)
    for wide in (np.flatnonzero(runs_n == 2) + 1).tolist():  # one run of rows, or three, are no two dots
        rows = np.flatnonzero(shown[:, wide - 1])
        lower = _two_dots(rows, height)
        if lower and (wide == n or not ink[:lower, wide].any()):
            return wide
    return 0


def _space(pieces: Pieces, height: int) -> float:
    """The least room that parts words, given letters of that font."""
    gaps = [after[0] - before[1] for before, after in pairwise(pieces)]
    return max(_DASH_APART * height, _MORE_ROOM * float(np.median(gaps)) if gaps else 0.0)


def _base(ink: Bools, pieces: Pieces) -> float:
    """The row of the line that most pieces stand on."""
    return float(np.median([np.flatnonzero(ink[:, start:stop].any(axis=1))[-1] for start, stop in pieces]))


def _two_dots(rows: NDArray[np.int64], height: int) -> int:
    """The first row of the lower of two runs of rows, of about one length with room between as in a colon; 0 for none.

    The ends of a digit that a mask cuts are two dots as well: smaller ones, the upper as high as digits are.
    """
    steps = np.diff(rows)
    gaps = np.flatnonzero(steps > 1)
    if len(gaps) != 1:
        return 0
    upper, apart = int(gaps[0]) + 1, int(steps[gaps[0]]) - 1
    is_alike = abs(2 * upper - len(rows)) <= 2 and apart >= _LEAST_APART * upper
    return int(rows[upper]) if is_alike and upper >= _LEAST_DOT * height else 0
