"""What the review page says of plans and figures: each number with what it counts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from explorer.measures.strata_bounds import LeakBounds
from explorer.review import Draft, Terms
from explorer.review.figures import PartBounds
from explorer.review.outlook import outlook
from explorer.review.plan import Stratum
from explorer.widgets.opened import open_dataset, reviews
from explorer.widgets.review_answer_words import part_words
from explorer.widgets.review_power import allowed_words, power_words, sizes_words


@pytest.fixture
def draft(small: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Draft:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    open_dataset(small.write(tmp_path / "set", synthetic=True, sessions_n=8))
    return reviews().draft(Terms(target_rate=0.3, planted_share=0, census_from=None))


def test_what_is_reviewed_in_full_is_told_apart(draft: Draft) -> None:
    strata = (Stratum("flagged", 3, 3, True), Stratum("changed", 2, 2, True), draft.strata[-1])
    told = dict(sizes_words(replace(draft, strata=strata)))
    assert told["Found by checks"] == "3 moments, all reviewed"
    assert told["Changed by the fix"] == "2 moments, all reviewed"


def test_a_target_that_allows_no_leak_says_so(draft: Draft) -> None:
    strict = reviews().draft(
        Terms(target_rate=0.5 / draft.population.moments_n, planted_share=0, census_from=None)
    )
    assert "one leak is more than the target allows" in power_words(strict, outlook(strict))
    assert power_words(draft, outlook(draft)).startswith("Passes a true leak rate of ")


def test_what_allowing_leaks_costs_is_told_where_none_is_allowed(draft: Draft) -> None:
    seen = outlook(draft)
    sizes = [str(one) for one in seen.sample_n[1:]]
    assert f"To pass with 1 or 2 or 3 it would have to draw {' or '.join(sizes)} moments" in allowed_words(
        draft, seen
    )
    for terms in (replace(draft.terms, allowed_leaks=1), replace(draft.terms, is_peekable=True)):
        assert not allowed_words(replace(draft, terms=terms), seen)


def test_a_part_says_what_was_found_and_what_may_be_there() -> None:
    part = PartBounds("rest", 40, 1, 3, LeakBounds(1, 9, 900, 0.02))
    assert part_words(part) == (
        "1 leak in 40 looked at, 2 unsure, broken or not judged",
        "at least 1, at most 9 of 900",
    )
    full = PartBounds("flagged", 4, 4, 4, LeakBounds(4, 4, 4, 0.02))
    assert part_words(full) == ("4 leaks in 4 looked at", "all were looked at")
    in_doubt = PartBounds("flagged", 4, 1, 4, LeakBounds(1, 4, 4, 0.02))
    assert part_words(in_doubt)[1] == "at least 1, at most 4 of 4"
