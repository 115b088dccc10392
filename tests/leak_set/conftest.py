"""A small part of the leak set, made once for all its tests."""

from __future__ import annotations

import pytest

from .items import KINDS, Item
from .pictures import pictures

TUNING_N, MEASURING_N = 3, 1


@pytest.fixture(scope="session")
def tuning() -> tuple[Item, ...]:
    """Three items of each kind, 15 sound ones."""
    return tuple(pictures("tuning", TUNING_N))


@pytest.fixture(scope="session")
def measuring() -> tuple[Item, ...]:
    """One item of each kind, five sound ones, of the other split."""
    return tuple(pictures("measuring", MEASURING_N))


@pytest.fixture(scope="session")
def by_kind(tuning: tuple[Item, ...]) -> dict[str, list[Item]]:
    """The tuning items by kind."""
    return {kind: [item for item in tuning if item.kind == kind] for kind in KINDS}
