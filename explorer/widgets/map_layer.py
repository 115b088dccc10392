"""A map's answer as what the browser draws: levels as a PNG, the bar, exact values packed for the pointer."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from math import isclose

import numpy as np
from numpy.typing import NDArray

from explorer.charts.map_cells import packed
from explorer.charts.map_levels import Levels, Scale, levels, peak, scale_of, smooth_levels, smoothed
from explorer.charts.map_png import finer, level_png
from explorer.widgets import wording

Grid = NDArray[np.float64]
# One step of the logarithm: one event or person, or a tenth of a second.
UNITS = {"events": 1.0, "people": 1.0, "ms": 100.0}


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells of a grid that have anything that may be told: number, value, known people behind it."""

    columns_n: int
    rows_n: int
    cells: NDArray[np.int64]
    values: Grid
    people: NDArray[np.int64]

    def grid(self) -> Grid:
        """The values in rows and columns; 0 where there is nothing, or nothing that may be told."""
        found = np.zeros(self.columns_n * self.rows_n)
        found[self.cells] = self.values
        return found.reshape(self.rows_n, self.columns_n)


@dataclass(frozen=True, slots=True)
class Layer:
    """What is drawn: levels, a pixel a cell or finer, and the scale they stand on."""

    levels: Levels
    scale: Scale
    is_smooth: bool

    @property
    def source(self) -> str:
        """The levels as the source of an image."""
        return f"data:image/png;base64,{base64.b64encode(level_png(self.levels)).decode()}"


def layer_of(cells: Cells, measure: str, smooth: int, scale: Scale | None = None) -> Layer:
    """Draw cells, smoothed over `smooth` cells; with `scale` on that of another map, to compare them."""
    grid, unit = cells.grid(), UNITS[measure]
    if not smooth:
        own = scale or scale_of(grid, unit)
        return Layer(levels(grid, own), own, False)
    soft = smoothed(grid, smooth)
    # Smoothing spreads what one cell had: a single one keeps its colour when the unit shrinks as its peak does.
    own = scale or scale_of(soft, unit * peak(smooth))
    return Layer(smooth_levels(finer(soft), own), own, True)


def packed_cells(cells: Cells, measure: str) -> str:
    """The exact values for the pointer: counts, or tenths of a second."""
    scaled = np.rint(cells.values / 100) if measure == "ms" else cells.values
    people = np.zeros_like(cells.people) if measure == "people" else cells.people
    return packed(cells.cells, scaled, people)


def bar_of(layer: Layer, measure: str, title: str) -> dict[str, object]:
    """The bar below a map."""
    scale = layer.scale
    ticks = [[round(scale.share(value), 4), amount(value, measure)] for value in scale.ticks()]
    if scale.is_clipped:
        ticks[-1][1] = f"≥ {ticks[-1][1]}"
    return {"title": title, "ticks": ticks, "from": 0, "grey": ""}


def amount(value: float, measure: str) -> str:
    """A value beside a bar: 0, 0.2, 1,200, 3.1 million; seconds, minutes, hours."""
    if measure != "ms":
        return f"{_short(value / 1e6)} million" if value >= 1e6 else _short(value)
    seconds = value / 1000
    for size, unit in ((3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{_short(seconds / size)} {unit}"
    return f"{_short(seconds)} s" if seconds else "0"


def _short(value: float) -> str:
    if value >= 100 or isclose(value, round(value)):
        return wording.number(round(value))
    return f"{value:.2g}" if value >= 1 else f"{value:.1g}"
