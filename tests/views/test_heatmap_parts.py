"""Pieces of the heatmaps page: settings in an address, numbers beside a bar, what is kept, words of a comparison."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.charts.map_cells import cell_at
from explorer.charts.map_levels import scale_of
from explorer.measures.map_difference import map_difference
from explorer.widgets.kept import Kept
from explorer.widgets.map_compare import cells_told
from explorer.widgets.map_compare_words import answer_of, method_of
from explorer.widgets.map_export import filters_said
from explorer.widgets.map_layer import Cells, amount, bar_of, layer_of, packed_cells
from explorer.widgets.map_pairs import Side
from explorer.widgets.map_sides import side_filters
from explorer.widgets.map_state import KINDS, SIDES, SPACES, Cell, MapState, map_state_of, measures_of
from explorer.widgets.url_state import Filters

SHARES = st.integers(0, 900).map(lambda part: part / 1000)
STATES = st.builds(
    MapState,
    kind=st.sampled_from(list(KINDS)),
    space=st.sampled_from(list(SPACES)),
    smooth=st.sampled_from([0, 1, 2]),
    opacity=st.integers(10, 100),
    compare=st.sampled_from([None, *SIDES]),
    view=st.tuples(SHARES, SHARES).map(lambda at: (*at, round(at[0] + 0.1, 3), round(at[1] + 0.1, 3))),
    cell=st.none()
    | st.builds(Cell, st.sampled_from(["main", "a", "b"]), st.integers(1, 480), st.integers(0, 99_999)),
    draw=st.integers(1, 9999),
)


@given(state=STATES)
def test_settings_come_back_from_their_address(state: MapState) -> None:
    state = MapState(
        **{
            **{name: getattr(state, name) for name in MapState.__slots__},
            "measure": measures_of(state.kind)[1],
        }
    )
    assert map_state_of(state.address()) == state


@given(
    address=st.dictionaries(
        st.sampled_from(["kind", "by", "zoom", "cell", "opacity", "smooth", "a", "draw"]), st.text()
    )
)
def test_any_address_gives_settings_that_can_be_drawn(address: dict[str, str]) -> None:
    state = map_state_of(address)
    assert state.kind in KINDS
    assert state.measure in measures_of(state.kind)
    assert 0 <= state.view[0] < state.view[2] <= 1
    assert 10 <= state.opacity <= 100


@pytest.mark.parametrize(
    "zoom", ["0,0,1", "0,0,0.5,0.9", "0.5,0,0.2,0.5", "0,0,0.001,0.001", "nan,0,1,1", "-0.1,0,1,1"]
)
def test_a_part_that_cannot_be_drawn_is_the_whole(zoom: str) -> None:
    assert not map_state_of({"zoom": zoom}).is_zoomed


@given(columns_n=st.sampled_from([48, 96, 120, 480]), x=st.floats(0, 0.999), y=st.floats(0, 0.999))
def test_a_cell_is_found_again_on_the_grid_of_the_whole(columns_n: int, x: float, y: float) -> None:
    rows_n = columns_n * 9 // 16
    found = cell_at(columns_n, int(y * rows_n) * columns_n + int(x * columns_n), (0.0, 0.0, 1.0, 1.0), 48)
    assert abs(found % 48 - int(x * 48)) <= 1
    assert abs(found // 48 - int(y * 27)) <= 1
    assert cell_at(48, found, (0.0, 0.0, 1.0, 1.0), 48) == found


@pytest.mark.parametrize(
    ("value", "measure", "words"),
    [(0, "events", "0"), (0.16, "events", "0.2"), (1204, "events", "1,204"), (3_100_000, "events", "3.1 million"),
     (100, "ms", "0.1 s"), (90_000, "ms", "1.5 min"), (7_200_000, "ms", "2 h"), (0, "ms", "0")],
)  # fmt: skip
def test_amounts_beside_a_bar_are_short(value: float, measure: str, words: str) -> None:
    assert amount(value, measure) == words


def test_a_single_cell_keeps_its_colour_when_it_is_smoothed() -> None:
    cells = Cells(48, 27, np.array([500]), np.array([1.0]), np.array([5]))
    for smooth in (0, 1, 2):
        layer = layer_of(cells, "events", smooth)
        assert layer.levels.max() == 255
        assert bar_of(layer, "events", "")["ticks"][-1][0] == 1  # type: ignore[index]
    other = scale_of(np.array([[10.0]]))
    assert layer_of(cells, "events", 0, other).levels.max() < 255
    assert packed_cells(cells, "ms") != packed_cells(cells, "events")


def test_what_is_kept_is_bounded_and_made_once() -> None:
    made: list[int] = []
    kept: Kept[int] = Kept(2)
    for key in (1, 1, 2, 1, 3, 1, 2):
        kept.get((key,), lambda key=key: made.append(key) or key)  # type: ignore[misc, func-returns-value]
    assert made == [1, 2, 3, 2]
    with pytest.raises(ZeroDivisionError):
        kept.get((9,), lambda: 1 // 0)
    assert kept.get((9,), lambda: 4) == 4


def test_a_side_narrows_the_filters_of_the_page() -> None:
    filters = Filters(app="Mail", cohort="x")
    assert side_filters(filters, "cohort", "y") == Filters(app="Mail", cohort="y")
    assert side_filters(filters, "week", "2026-01-21") == Filters(
        app="Mail", cohort="x", day_from=20_472, day_to=20_478
    )
    assert filters_said(Filters(app="Mail", os="macos", search="secret", day_from=20_472)) == [
        "system: macOS", "from 19 Jan 2026", "a search",
    ]  # fmt: skip


def _compared(counts: np.ndarray, ids: list[str]) -> tuple[dict[str, Side], object]:
    half = len(ids) // 2
    numbers = {
        "people_n": half,
        "sessions_n": half,
        "events_n": 9,
        "off_screen_n": 0,
        "no_geometry_n": 0,
        "estimated_n": 0,
    }
    sides = {
        name: Side(Filters(), numbers, np.arange(len(ids))[part], [""] * half, counts[part], True, 0)
        for name, part in (("a", slice(0, half)), ("b", slice(half, None)))
    }
    stratum = np.array([""] * len(ids))
    return sides, map_difference(counts, np.arange(len(ids)) < half, np.array(ids), stratum)


def test_a_comparison_says_unit_method_and_certainty() -> None:
    counts = np.zeros((10, 48 * 27))
    counts[:, 0] = 5
    counts[:5, 7], counts[5:, 8] = 40, 40
    sides, found = _compared(counts, [f"p{i}" for i in range(10)])
    told = method_of(MapState(compare="cohort"), sides, found)  # type: ignore[arg-type]
    assert answer_of(found).endswith("by more than chance (p at most 0.05).")  # type: ignore[arg-type]
    assert "Unit: the person (5 in A, 5 in B)" in told
    assert "exchanged within systems in all 252 ways there are" in told
    rows = cells_told(found)  # type: ignore[arg-type]
    assert rows.column_names == ["cell", "a_share", "b_share", "difference_share", "p", "is_distinct"]
    assert 7 not in rows["cell"].to_pylist() or rows.num_rows == 3
