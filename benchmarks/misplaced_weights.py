"""`python -m benchmarks.misplaced_weights [EACH [FIRST]] [real FOLDER]`: fits explorer/measures/mask_weights.py anew.

Items are those of the tuning half, in the mix in which benchmarks.scan counts them: EACH x 2 shifted ones and as many
that are too small (120), EACH x 3.5 sound ones, EACH / 3 sound sessions; the first is number FIRST (200,000). A
thousand items take two or three minutes. Printed are the weights, what is found at several shares of false alarms when
each fifth of the items is judged by weights of the other four, and the chance above which that share of sound masks
lies. All masks of the office sample count as sound, those at one place of a job once; with a folder of screenshots,
EACH / 2 items of each kind are made in them as well. Neither counts for the shares.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import count, islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.scan import LEAST_BYTES, view_of
from explorer.engine import open_engine
from explorer.measures.codec import stored
from explorer.measures.mask_evidence import Peer, Peers
from explorer.resources import sample_dataset
from explorer.scan import ink_at_edge
from explorer.scan.jobs import jobs_of
from explorer.scan.views import Mask, View, mask_of
from tests.leak_set.encoding import decoded, encoding
from tests.leak_set.injection import inject
from tests.leak_set.items import Item
from tests.leak_set.pictures import made
from tests.leak_set.seeds import dice

SPLIT = "tuning"
MISPLACED, SOUND = ("shifted", "too_small"), ("sound", "sound_session")
SHARES = (0.02, 0.03, 0.035, 0.04, 0.045, 0.05)
_MISPLACED_WEIGHT, _RIDGE, _FOLDS_N = 3.0, 3.0, 5
_STEPS_N, _LARGEST_STEP, _ENOUGH = 60, 5.0, 1e-5

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Case = tuple[int, dict[str, float], bool]  # number of the item, signs, whether it is misplaced


def main() -> int:
    """Print weights and what they find."""
    given = [int(one) for one in sys.argv[1:] if one.isdecimal()]
    each, first = (*given, *(120, 200_000)[len(given) :])
    cases = [case for number, item in enumerate(items(each, first)) for case in cases_of(number, item)]
    others = list(office())
    if "real" in sys.argv:
        shown = real(Path(sys.argv[-1]), each // 2, first)
        others += [case for number, item in enumerate(shown) for case in cases_of(number, item)]
    print_fit(cases, others)
    return 0


def items(each: int, first: int) -> Iterator[Item]:
    """The items of one run of the benchmark, those of the tuning half."""
    for kind, n in (
        *((kind, each * 2) for kind in MISPLACED),
        ("sound", each * 3),
        ("sound_session", each // 3),
    ):
        for number in range(first, first + n):
            yield made(SPLIT, kind, number)
    lossy = (one for one in count(first + each * 3) if encoding(dice(SPLIT, "turn"), one).detail == "lossy")
    for number in islice(lossy, each // 2):
        yield made(SPLIT, "sound", number)


def real(folder: Path, each: int, first: int) -> Iterator[Item]:
    """Values and masks put into the screenshots of a folder, those of the tuning half."""
    shots = [path.read_bytes() for path in sorted(folder.rglob("*.png")) if path.stat().st_size > LEAST_BYTES]
    for kind, n in (*((kind, each) for kind in MISPLACED), ("sound", each * 2)):
        for number in range(first, first + n):
            yield inject(shots[number % len(shots)], kind, SPLIT, number)


def office() -> Iterator[Case]:
    """Masks of the office sample, as sound ones; four of its 17,521 are not."""
    with closing(open_engine(sample_dataset(), time_limit_ms=0)) as engine:
        for job in (
            one for one in jobs_of(engine.run("scan/sessions").to_pylist()) if one.kind == "pictures"
        ):
            looking = ink_at_edge.Session()
            ask = {"session_id": job.first}
            masks = [(row["frame_id"], mask_of(row)) for row in engine.run("scan/masks", ask).to_pylist()]
            for row in engine.run("scan/frames", ask).to_pylist()[job.start : job.end]:
                frame = engine.frame(row["frame_id"])
                if frame is not None:
                    own = tuple(mask for frame_id, mask in masks if mask and frame_id == row["frame_id"])
                    looking.note(_view(row["frame_id"], frame.bytes, own))
            distinct = list({(one.around.box, one.mask.entity): one.peer for one in looking.seen}.values())
            yield from cases_among(job.number, distinct, [True] * len(distinct), is_misplaced=False)


def _view(frame_id: str, content: bytes, masks: tuple[Mask, ...]) -> View:
    return View("s", frame_id, 0, None, decoded(content), stored(content), masks)


def cases_of(number: int, item: Item) -> Iterator[Case]:
    """The mask that is misplaced, or all masks of a sound item."""
    peers, is_case = [], []
    for index, picture in enumerate(item.pictures):
        view = view_of(index, picture, None)
        for mask in view.shown:
            peers.append(Peer(view.around(mask), mask.entity))
            is_case.append(item.kind in SOUND or mask.edges == item.box.edges)
    yield from cases_among(number, peers, is_case, is_misplaced=item.kind in MISPLACED)


def cases_among(
    number: int, peers: Sequence[Peer], is_case: Sequence[bool], *, is_misplaced: bool
) -> Iterator[Case]:
    """Cases of one session; a mask that several pictures show alike is judged once and counted as often."""
    usual, known = Peers(peers), dict[Peer, dict[str, float]]()
    for one in (peer for peer, is_own in zip(peers, is_case, strict=True) if is_own):
        if one not in known:
            known[one] = usual.signs(one)
        yield number, known[one], is_misplaced


def print_fit(cases: Sequence[Case], others: Sequence[Case]) -> None:
    """Fit on all cases, and on four fifths of the items for what is found in the last fifth."""
    names = sorted(cases[0][1])
    signs, is_misplaced, numbers = _columns(cases, names)
    more, is_more, _ = _columns(others, names)
    scores = np.zeros(len(cases))
    for fold in range(_FOLDS_N):
        own = numbers % _FOLDS_N == fold
        weights = fitted(np.vstack([signs[~own], more]), np.append(is_misplaced[~own], is_more))
        scores[own] = signs[own] @ weights[1:] + weights[0]
    weights = fitted(np.vstack([signs, more]), np.append(is_misplaced, is_more))
    for name, weight in zip(("base", *names), weights, strict=True):
        print(f'    "{name}": {weight:.2f},')
    for share in SHARES:
        limit = np.quantile(scores[~is_misplaced], 1 - share)
        found = (scores[is_misplaced] >= limit).mean()
        print(f"{share:.3f} of sound masks told: {found:.4f} found, chance {1 / (1 + np.exp(-limit)):.4f}")
    print(f"{is_misplaced.sum():,} misplaced, {(~is_misplaced).sum():,} sound")


def _columns(cases: Sequence[Case], names: Sequence[str]) -> tuple[Floats, Bools, NDArray[np.int64]]:
    """Signs (case x name), whether it is misplaced, and the number of its item."""
    signs = np.array([[one[name] for name in names] for _, one, _ in cases], float).reshape(-1, len(names))
    return signs, np.array([one for _, _, one in cases], bool), np.array([one for one, _, _ in cases], int)


def fitted(signs: Floats, is_misplaced: Bools) -> Floats:
    """The constant and the weights of a logistic regression with a ridge on the weights, by Newton's method.

    A misplaced mask counts three times, so that the many sound ones do not decide alone; the constant is then lowered
    by the logarithm of three, so that chances are those among the cases.
    """
    given = np.column_stack([np.ones(len(signs)), signs])
    counts = np.where(is_misplaced, _MISPLACED_WEIGHT, 1.0)
    ridge = np.full(given.shape[1], _RIDGE)
    ridge[0] = 0.0
    weights = np.zeros(given.shape[1])
    for _ in range(_STEPS_N):
        chances = 1 / (1 + np.exp(-np.clip(given @ weights, -40, 40)))
        slope = given.T @ (counts * (chances - is_misplaced)) + ridge * weights
        bend = (given * (counts * chances * (1 - chances))[:, None]).T @ given + np.diag(ridge + 1e-9)
        step = np.linalg.solve(bend, slope)
        weights -= step * min(1.0, _LARGEST_STEP / max(float(np.abs(step).max()), 1e-9))
        if np.abs(step).max() < _ENOUGH:
            break
    weights[0] -= np.log(_MISPLACED_WEIGHT)
    return weights


if __name__ == "__main__":
    sys.exit(main())
