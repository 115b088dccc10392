"""The fit of the weights for misplaced masks: it finds weights that are known, and the chances of the cases."""

from __future__ import annotations

import numpy as np

from benchmarks.misplaced_weights import cases_of, fitted
from explorer.measures.mask_weights import WEIGHTS
from tests.leak_set.pictures import made

TRUE = np.array([-2.0, 3.0, -1.5])


def test_weights_that_are_known_are_found_again():
    dice = np.random.default_rng(7)
    signs = dice.random((40_000, 2))
    chances = 1 / (1 + np.exp(-(TRUE[0] + signs @ TRUE[1:])))
    weights = fitted(signs, dice.random(len(signs)) < chances)
    assert np.abs(weights - TRUE).max() < 0.15


def test_a_sign_that_alone_tells_them_apart_gets_no_endless_weight():
    is_misplaced = np.arange(200) < 20
    weights = fitted(is_misplaced[:, None].astype(float), is_misplaced)
    assert 0 < weights[1] < 20


def test_cases_are_the_misplaced_mask_or_all_of_a_sound_item_with_every_sign_that_has_a_weight():
    (misplaced,) = cases_of(0, made("tuning", "shifted", 3))
    sound = list(cases_of(1, made("tuning", "sound", 0)))
    assert misplaced[2] is True
    assert len(sound) > 1
    assert not any(one[2] for one in sound)
    assert set(misplaced[1]) | {"base"} == set(WEIGHTS)
