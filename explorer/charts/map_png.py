"""Levels of a map as a small PNG, and as a picture in colour."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from explorer.charts.map_colours import Colours
from explorer.charts.map_levels import Grid, Levels

FINER = 3


def finer(values: Grid) -> Grid:
    """The same values on a grid FINER times as fine, with nothing between cells invented: for smoothed maps."""
    rows, columns = values.shape
    picture = Image.fromarray(values.astype(np.float32))
    large = picture.resize((FINER * columns, FINER * rows), Image.Resampling.BILINEAR)
    return np.asarray(large, np.float64)


def level_png(found: Levels) -> bytes:
    """The levels themselves as a grey PNG, a pixel a cell: the browser gives them the colours of its theme."""
    out = io.BytesIO()
    Image.fromarray(found).save(out, "PNG", optimize=True)
    return out.getvalue()


def coloured(found: Levels, colours: Colours) -> Image.Image:
    """The levels in colour, with alpha, a pixel a cell."""
    return Image.fromarray(np.ascontiguousarray(colours[found]))
