"""A map as a picture: what is drawn where, and that its origin goes with it."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from explorer.exports.map_picture import WIDTH_PX, MapPicture, map_png
from explorer.trace.dataset import Dataset, create


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    create(tmp_path / "set", "Pilot \x1b[31m <b>one</b>", synthetic=True)
    return Dataset.open(tmp_path / "set")


def picture_of(**changes: object) -> MapPicture:
    layer = np.zeros((9, 16, 4), np.uint8)
    layer[0, 0] = (200, 0, 0, 255)
    given: dict[str, object] = {
        "title": "Clicks in <b>Mail</b>",
        "layer": Image.fromarray(layer),
        "is_smooth": False,
        "ratio": 16 / 9,
        "ramp": Image.fromarray(np.full((1, 256, 4), 255, np.uint8)),
        "ticks": [(0.0, "0"), (1.0, "≥ 9")],
        "bar_title": "clicks per cell",
    }
    return MapPicture(**{**given, **changes})  # type: ignore[arg-type]


def read(content: bytes) -> tuple[np.ndarray, str]:
    with Image.open(io.BytesIO(content)) as picture:
        return np.asarray(picture.convert("RGB")), str(picture.text["Comment"])


def test_cells_lie_where_they_belong_and_the_origin_is_told(dataset: Dataset) -> None:
    pixels, comment = read(map_png("Clicks", [picture_of()], dataset, ["6 people", "cohort: north"]))
    assert pixels.shape[1] == WIDTH_PX
    top, left, cell = 32 * 2 + 26, 32, (WIDTH_PX - 64) // 16
    assert (pixels[top + 2 : top + cell - 4, left + 2 : left + cell - 4] == (200, 0, 0)).all()
    assert (
        not (pixels[top + 2 : top + cell, left + cell + 4 : left + 2 * cell] == (200, 0, 0)).all(axis=2).any()
    )
    assert comment.startswith("Pilot �[31m <b>one</b> · 6 people · cohort: north · trace-explorer ")
    assert comment.endswith("synthetic data")


def test_a_ground_is_faded_and_never_stronger_than_the_map(dataset: Dataset) -> None:
    pixels, _ = read(map_png("", [picture_of(ground=Image.new("RGB", (64, 36), (0, 0, 0)))], dataset, []))
    below = pixels[500:600, 800:1000]
    assert below.min() > 90
    assert below.max() < 160


def test_a_smooth_layer_has_no_dark_edges(dataset: Dataset) -> None:
    pixels, _ = read(map_png("", [picture_of(is_smooth=True)], dataset, []))
    shown = pixels[95:300, 40:400].astype(int)
    assert (shown[..., 0] >= 190).all(), "between red and the pale stage there is no black"


def test_three_maps_stand_side_by_side(dataset: Dataset) -> None:
    one, _ = read(map_png("Clicks", [picture_of()], dataset, []))
    pixels, _ = read(map_png("A and B", [picture_of(), picture_of(), picture_of()], dataset, []))
    assert pixels.shape[1] == WIDTH_PX
    assert pixels.shape[0] < one.shape[0]
    red = (pixels == (200, 0, 0)).all(axis=2).any(axis=0)
    assert np.count_nonzero(np.diff(red.astype(int)) == 1) == 3
