"""Quantiles of Student's t against the printed table."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.measures.student import t_quantile

# Degrees of freedom -> 97.5 % quantile, as every table has it.
TABLE = {4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262, 10: 2.228, 14: 2.145, 19: 2.093, 29: 2.045,
         49: 2.010, 100: 1.984, 1000: 1.962}  # fmt: skip


def test_quantiles() -> None:
    assert t_quantile(0.975, list(TABLE)) == pytest.approx(list(TABLE.values()), abs=0.001)
    assert t_quantile(0.95, [4, 10, 30]) == pytest.approx([2.132, 1.812, 1.697], abs=0.001)
    assert t_quantile(0.025, [9]) == pytest.approx(-t_quantile(0.975, [9]))


def test_below_four_degrees_there_is_none() -> None:
    assert np.isnan(t_quantile(0.975, [0, 3, np.nan])).all()
