"""Quantiles of Student's t."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray


def t_quantile(probability: float, degrees: ArrayLike) -> NDArray[np.float64]:
    """Student's t below which `probability` lies, for each number of degrees of freedom (4 or more, else NaN).

    Abramowitz & Stegun 1964, 26.7.5. For 0.975 off by at most 0.001 at 4 degrees, and by less from there on.
    """
    z = NormalDist().inv_cdf(probability)
    df = np.asarray(degrees, np.float64)
    df = np.where(df >= 4, df, np.nan)
    one = (z**3 + z) / 4
    two = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    three = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    four = (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92_160
    return np.asarray(z + one / df + two / df**2 + three / df**3 + four / df**4, np.float64)
