"""Shares of shortcuts from rows of single people."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.errors import TooFewPeople
from explorer.measures.command_shares import command_shares
from explorer.measures.share_interval import share_interval

PEOPLE = [1, 1, 1, 2, 2, 3, 4, 5, 5, 6]
COMMANDS = ["Copy", "Copy", "Save", "Copy", "Copy", "Copy", "Copy", "Copy", "Save", "Copy"]
BY_KEYS = [True, False, False, True, True, False, False, True, True, True]
USES = [3, 1, 4, 1, 1, 5, 2, 2, 2, 7]


def test_shares_are_those_of_people() -> None:
    found = command_shares(PEOPLE, COMMANDS, BY_KEYS, USES)
    overall = share_interval([3, 2, 0, 0, 4, 7], [8, 2, 5, 2, 4, 7])
    assert found.overall == overall
    assert overall.rate == pytest.approx((3 / 8 + 1 + 0 + 0 + 1 + 1) / 6)
    assert found.command.tolist() == ["Copy", "Save"]
    assert found.each.rate[0] == pytest.approx((3 / 4 + 1 + 0 + 0 + 1 + 1) / 6)
    assert np.isnan(found.each.rate[1]), "two people saved"
    assert found.shortcut_people_n.tolist() == [4, 1]
    assert found.other_people_n.tolist() == [3, 1]


def test_the_order_of_rows_does_not_matter() -> None:
    order = np.random.default_rng(1).permutation(len(PEOPLE))
    columns = (np.asarray(column)[order] for column in (PEOPLE, COMMANDS, BY_KEYS, USES))
    assert command_shares(*columns).overall == command_shares(PEOPLE, COMMANDS, BY_KEYS, USES).overall


@pytest.mark.parametrize("rows_n", [0, 3])
def test_few_people_are_refused(rows_n: int) -> None:
    with pytest.raises(TooFewPeople):
        command_shares(PEOPLE[:rows_n], COMMANDS[:rows_n], BY_KEYS[:rows_n], USES[:rows_n])
