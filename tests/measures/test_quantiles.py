"""Medians and quantiles are those of numpy, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.measures.quantiles import median, quantiles, row_medians

SHARES = (0.0, 0.01, 0.3, 0.5, 0.7, 0.99, 0.995)
KINDS = {
    "any": lambda draw, shape: draw.normal(100, 50, shape),
    "few levels": lambda draw, shape: draw.integers(0, 4, shape).astype(float) / 3,
    "one colour": lambda _, shape: np.full(shape, 18.7),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shape", [(1, 1), (1, 2), (2, 3), (5, 1), (16, 9), (40, 400)])
def test_they_are_those_of_numpy(kind, shape):
    values = KINDS[kind](np.random.default_rng(7), shape)
    before = values.copy()
    assert median(values) == np.median(values)
    assert row_medians(values).tolist() == np.median(values, axis=1, keepdims=True).tolist()
    assert quantiles(values, *SHARES) == np.quantile(values, SHARES).tolist()
    assert (values == before).all(), "what is given stays as it is"
