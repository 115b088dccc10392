"""Levels of a map: sums that stay, a clip that is said, colours that rise."""

from __future__ import annotations

import base64
import io
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from explorer.charts.map_cells import packed
from explorer.charts.map_colours import EVEN, UNTOLD, difference_colours, heat_colours, oklch
from explorer.charts.map_levels import Scale, difference_levels, levels, scale_of, smooth_levels, smoothed
from explorer.charts.map_png import coloured, finer, level_png

GRIDS = arrays(np.float64, (9, 16), elements=st.floats(0, 1e6))


@given(values=GRIDS, sigma=st.sampled_from([0.0, 0.75, 1.0, 1.5, 3.0]))
def test_smoothing_keeps_the_sum(values: np.ndarray, sigma: float) -> None:
    found = smoothed(values, sigma)
    assert found.shape == values.shape
    assert found.min() >= 0
    assert found.sum() == pytest.approx(values.sum(), rel=1e-9, abs=1e-9)


def test_smoothing_is_a_gaussian() -> None:
    values = np.zeros((41, 61))
    values[20, 30] = 1
    found = smoothed(values, 2.0)
    down, across = np.mgrid[:41, :61]
    wanted = np.exp(-((down - 20) ** 2 + (across - 30) ** 2) / 8)
    assert found == pytest.approx(wanted / wanted.sum(), abs=2e-5)
    assert smoothed(values, 0) is values


def test_the_top_is_a_percentile_of_what_is_there() -> None:
    values = np.zeros(2000).reshape(40, 50)
    values.flat[:1000] = np.arange(1, 1001)
    scale = scale_of(values)
    assert scale.top == pytest.approx(np.percentile(np.arange(1, 1001), 99.5))
    assert scale.is_clipped
    assert scale.unit == pytest.approx(scale.top / 200), (
        "the darkest shades are not spent on what is next to nothing"
    )
    found = levels(values, scale)
    assert found.flat[999] == found.flat[998] == 255
    assert (found == 0).sum() == 1000
    assert not scale_of(np.full((2, 2), 7.0)).is_clipped
    assert scale_of(np.zeros((2, 2))) == Scale(1, 1)


@given(values=GRIDS)
def test_levels_rise_with_values_and_only_nothing_is_nothing(values: np.ndarray) -> None:
    scale = scale_of(values)
    found = levels(values, scale)
    order = np.argsort(values, axis=None)
    assert (np.diff(found.flat[order].astype(int)) >= 0).all()
    assert ((found == 0) == (values == 0)).all()
    assert (smooth_levels(values, scale) <= found).all()


@pytest.mark.parametrize(
    ("top", "unit", "ticks"),
    [
        (1, 1, [0, 1]),
        (3, 1, [0, 1, 2, 3]),
        (18, 1, [0, 1, 2, 5, 10, 18]),
        (1000, 1, [0, 1, 10, 100, 1000]),
        (3e9, 1, [0, 1, 1e3, 1e6, 1e9, 3e9]),
        (5, 0.1, [0, 0.1, 0.3, 1, 3, 5]),
    ],
)
def test_ticks_are_round_and_few(top: float, unit: float, ticks: list[float]) -> None:
    scale = Scale(top, unit)
    assert scale.ticks() == pytest.approx(ticks)
    places = [scale.share(tick) for tick in scale.ticks()]
    assert places[0] == 0
    assert places[-1] == 1
    assert places == sorted(places)


def test_a_difference_that_cannot_be_told_is_grey_and_none_is_clear() -> None:
    difference = np.array([[0.0, 0.5, -0.5, 9.0, -9.0, 0.5]])
    told = np.array([[False, True, True, True, True, False]])
    assert difference_levels(difference, told, 1.0).tolist() == [[EVEN, 192, 64, 255, 1, UNTOLD]]
    assert (difference_levels(np.zeros((2, 3)), np.zeros((2, 3), bool), 0.0) == EVEN).all()
    for is_dark in (False, True):
        colours = difference_colours(is_dark=is_dark)
        assert colours[EVEN, 3] == 0
        red, green, blue, alpha = (int(part) for part in colours[UNTOLD])
        assert max(red, green, blue) - min(red, green, blue) < 30
        assert alpha > 0
        assert colours[1, 2] > colours[1, 0]  # blue
        assert colours[255, 0] > colours[255, 2]  # orange


@pytest.mark.parametrize("is_dark", [False, True])
def test_the_ramp_begins_clear_and_runs_one_way(is_dark: bool) -> None:
    colours = heat_colours(is_dark=is_dark).astype(float)
    assert colours[0, 3] == 0
    assert (np.diff(colours[:, 3]) >= 0).all()
    light = colours[:, :3] @ (0.2126, 0.7152, 0.0722)
    steps = np.diff(light) * (1 if is_dark else -1)
    assert steps.min() > -1.5  # rounding to bytes
    assert abs(light[-1] - light[0]) > 120
    over = colours[-1, 3] / 255
    page = np.array([17, 20, 24] if is_dark else [255, 255, 255])
    assert contrast(over * colours[-1, :3] + (1 - over) * page, page) > 4.5


def contrast(one: np.ndarray, other: np.ndarray) -> float:
    """Contrast of WCAG 2."""
    parts = []
    for colour in (one, other):
        share = np.asarray(colour) / 255
        linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
        parts.append(float(linear @ (0.2126, 0.7152, 0.0722)) + 0.05)
    return max(parts) / min(parts)


def test_oklch_gives_known_colours() -> None:
    # The published values of sRGB red and white.
    found = oklch(np.array([0.6279554, 1.0]), np.array([0.2576833, 0.0]), np.array([29.2338804, 0.0]))
    assert found.tolist() == [[255, 0, 0], [255, 255, 255]]


def test_the_png_holds_the_levels_and_little_else() -> None:
    found = np.arange(54 * 96, dtype=np.uint8).reshape(54, 96)
    with Image.open(io.BytesIO(level_png(found))) as picture:
        assert picture.mode == "L"
        assert (np.asarray(picture) == found).all()
    assert np.asarray(coloured(found, heat_colours(is_dark=False))).shape == (54, 96, 4)
    assert finer(found.astype(float)).shape == (162, 288)
    assert finer(np.full((3, 4), 2.5)) == pytest.approx(np.full((9, 12), 2.5))


def test_cells_are_packed_in_order() -> None:
    content = zlib.decompress(base64.b64decode(packed([5, 2, 20_000], [7, -3, 2**40], [3, 0, 99_999])))
    assert np.frombuffer(content, "<u4", 4).tolist() == [3, 2, 3, 19_995]
    assert np.frombuffer(content, "<i4", 3, 16).tolist() == [-3, 7, 2**31 - 1]
    assert np.frombuffer(content, "<u2", 3, 28).tolist() == [0, 3, 65_535]


def test_a_full_map_is_small() -> None:
    chance = np.random.default_rng(7)
    values = chance.integers(1, 5000, 192 * 108)
    text = packed(np.arange(192 * 108), values, chance.integers(5, 200, 192 * 108))
    layer = level_png(
        smooth_levels(
            finer(smoothed(values.reshape(108, 192).astype(float), 1)), scale_of(values.astype(float))
        )
    )
    assert len(text) + 4 / 3 * len(layer) < 300_000
