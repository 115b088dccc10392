"""What the fill of a mask says becomes a finding: its severity, its score, and none where the mask is solid."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.measures.codec import Stored
from explorer.measures.mask_fill import Fill
from explorer.scan import not_declared, weak_mask
from explorer.scan.views import Mask, View

MASK = Mask("r1", 10, 10, 60, 30, "PERSON", "fill")


def seen(excess: float, doubt: float) -> View:
    fill = Fill(excess, doubt, 3.0, 0.1, (9, 9, 9))
    return View(
        "s", "f", 1, 0, np.full((60, 90, 3), 9, np.uint8), Stored("PNG"), (MASK,), _fills={MASK.edges: fill}
    )


@pytest.mark.parametrize(("excess", "doubt", "severity", "score"), [
    (0.1, 1.0, None, None), (0.4, 1.1, "low", 0.2), (1.0, 5.0, "low", 0.5), (1.25, 6.0, "high", 0.6),
    (50.0, 250.0, "high", 0.99),
])  # fmt: skip
def test_between_the_limits_a_mask_is_told_with_low_severity(excess, doubt, severity, score):
    found = [(one.severity, one.score) for one in weak_mask.look(seen(excess, doubt))]
    assert found == ([(severity, score)] if severity else [])


def test_the_colour_of_a_mask_that_may_be_weak_is_one_of_bars_and_that_of_a_weak_one_is_not():
    assert not_declared.colours(seen(0.4, 1.1)) == [(9, 9, 9)]
    assert not_declared.colours(seen(1.1, 5.0)) == []
