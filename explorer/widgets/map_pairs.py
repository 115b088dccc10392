"""What two sides of a comparison are made of: a row of counts for each person, and the test over them, kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from explorer.errors import TooFewPeople
from explorer.measures.map_difference import MapDifference, map_difference
from explorer.widgets.filter_bar import MIN_PEOPLE
from explorer.widgets.kept import Kept
from explorer.widgets.map_answers import DENOMINATORS
from explorer.widgets.map_sides import side_filters
from explorer.widgets.map_state import MapState
from explorer.widgets.opened import engine, run
from explorer.widgets.url_state import Filters

QUERY = "pointer/person_cells"
COLUMNS_N, ROWS_N = 48, 27
SIDES = ("a", "b")


@dataclass(frozen=True, slots=True)
class Side:
    """One side: filters, what stands behind it, and the rows of its units; `is_people` False: sessions are the units.

    `unknown_n`: sessions of unknown people beside known ones; nobody knows whose they are, so they are left out.
    """

    filters: Filters
    numbers: dict[str, Any]
    ids: NDArray[np.int64]
    systems: list[str]
    counts: NDArray[np.float64]
    is_people: bool
    unknown_n: int


_tests: Kept[MapDifference] = Kept(32)


def sides_of(state: MapState, filters: Filters) -> dict[str, Side]:
    """Both sides. Raises TooFewPeople before anything is computed where one has fewer than MIN_PEOPLE."""
    assert state.compare is not None
    asked = {"a": state.side_a or "", "b": state.side_b or ""}
    narrowed = {side: side_filters(filters, state.compare, value) for side, value in asked.items()}
    numbers = {}
    for side, own in narrowed.items():
        numbers[side] = _numbers(state, own)
        if numbers[side] is None:
            raise TooFewPeople(
                f"fewer than {MIN_PEOPLE} people", where=f"in side {side.upper()} or left out by it"
            )
    return {side: _side(state, own, numbers[side] or {}) for side, own in narrowed.items()}


def compared(state: MapState, sides: dict[str, Side]) -> MapDifference:
    """The difference of A and B. Raises TooFewPeople."""
    a, b = sides["a"], sides["b"]
    key = (engine().version_id, state.kind, state.space, state.compare, a.filters, b.filters)
    return _tests.get(key, lambda: _tested(state, a, b))


def _tested(state: MapState, a: Side, b: Side) -> MapDifference:
    is_one_stratum = state.compare == "os"
    systems = [*a.systems, *b.systems]
    return map_difference(
        np.concatenate([a.counts, b.counts]),
        np.arange(len(systems)) < len(a.ids),
        np.concatenate([a.ids, b.ids]),
        np.array(["" if is_one_stratum else system for system in systems]),
    )


def _numbers(state: MapState, filters: Filters) -> dict[str, Any] | None:
    params = {**filters.params(), "kind": state.kind, "space": state.space, "columns_n": COLUMNS_N}
    rows = run(DENOMINATORS, **params).to_pylist()
    if not rows:
        return None
    units_n = rows[0]["people_n"] or rows[0]["unknown_people_sessions_n"]
    return dict(rows[0]) if units_n >= MIN_PEOPLE else None


def _side(state: MapState, filters: Filters, numbers: dict[str, Any]) -> Side:
    rows = run(QUERY, **filters.params(), kind=state.kind, space=state.space)
    is_people = bool(numbers["people_n"])
    is_unit = pc.equal(rows["is_person"], is_people)
    own, left = rows.filter(is_unit), rows.filter(pc.invert(is_unit))
    ids, place = np.unique(own["person_number"].to_numpy(), return_inverse=True)
    counts = np.zeros((len(ids), COLUMNS_N * ROWS_N))
    np.add.at(counts, (place, own["cell"].to_numpy()), own["n"].to_numpy())
    unknown_n = len(pc.unique(left["person_number"])) if is_people else 0
    return Side(filters, numbers, ids, _systems(own, ids), counts, is_people, unknown_n)


def _systems(rows: pa.Table, ids: NDArray[np.int64]) -> list[str]:
    """The system of each unit: where there are several, the one that was used most."""
    used: dict[int, list[tuple[int, str]]] = {person: [] for person in ids.tolist()}
    for row in rows.group_by(["person_number", "os"]).aggregate([("n", "sum")]).to_pylist():
        used[row["person_number"]].append((-row["n_sum"], row["os"] or ""))
    return [min(found)[1] for found in used.values()]
