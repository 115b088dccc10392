"""Pictures keep their bytes; hashes and previews come from them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image

from explorer.errors import SourceError
from explorer.importers.pictures import THUMB_BYTES, difference_hash, thumb
from explorer.importers.recording import Frame
from explorer.importers.tables import session_tables

Make = Callable[..., Any]


def frames_of(recording: Any) -> list[dict[str, Any]]:
    tables = session_tables(recording, "0" * 64, "1").tables["frames"]
    return [row for table in tables for row in table.to_pylist()]


def test_bytes_are_stored_as_they_are(recording_of: Make, png: Make) -> None:
    contents = [png(shade) for shade in (1, 1, 2)]
    frames = [
        Frame(place, place, left_px=-1280, top_px=0, view_width_px=32, view_height_px=20)
        for place in range(3)
    ]
    rows = frames_of(recording_of(frames=frames, pictures=lambda: iter(contents)))
    assert [row["image"]["bytes"] for row in rows] == contents
    assert [row["sha256"] for row in rows] == [hashlib.sha256(content).hexdigest() for content in contents]
    assert rows[0]["pixels_sha256"] == hashlib.sha256(bytes((1, 90, 30)) * 64 * 40).hexdigest()
    assert rows[0]["frame_id"] == f"{rows[0]['session_id']}-0000000"
    assert (rows[0]["scale_x"], rows[0]["scale_y"], rows[0]["capture_left_px"]) == (2.0, 2.0, -1280)
    assert rows[0]["format"] == "png"


def test_frames_come_in_tables_of_eight(recording_of: Make, png: Make) -> None:
    recording = recording_of(frames=[Frame(n, n) for n in range(17)], pictures=lambda: iter([png()] * 17))
    tables = session_tables(recording, "0" * 64, "1").tables["frames"]
    assert [table.num_rows for table in tables] == [8, 8, 1]


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_a_picture_that_cannot_be_read_is_damage_with_its_place(recording_of: Make, content: bytes) -> None:
    recording = recording_of(frames=[Frame(41, 0)], pictures=lambda: iter([content]))
    with pytest.raises(SourceError) as caught:
        frames_of(recording)
    assert caught.value.where == "made.jsonl:41"


def test_a_missing_picture_is_damage(recording_of: Make, png: Make) -> None:
    recording = recording_of(frames=[Frame(1, 0), Frame(2, 0)], pictures=lambda: iter([png()]))
    with pytest.raises(SourceError, match="missing"):
        frames_of(recording)


def test_a_noisy_screen_gets_a_small_preview() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (800, 1280, 3), np.uint8)
    content = thumb(Image.fromarray(noise))
    picture = Image.open(io.BytesIO(content))
    assert picture.size == (240, 150)
    assert len(content) < 2 * THUMB_BYTES
    assert Image.open(io.BytesIO(thumb(Image.new("RGB", (60, 30))))).size == (60, 30)


def test_the_perceptual_hash_orders_look_alikes() -> None:
    ramp = Image.linear_gradient("L").rotate(90).convert("RGB")
    assert difference_hash(ramp) in ("f" * 16, "0" * 16)
    assert difference_hash(ramp) == difference_hash(ramp.resize((640, 480)))
    assert difference_hash(ramp) != difference_hash(ramp.transpose(Image.Transpose.FLIP_LEFT_RIGHT))
