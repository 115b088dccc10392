"""The files of clips: they decode, last as long as they should, say where they come from, or are refused."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import av
import pytest
from PIL import Image

from explorer.engine import open_engine
from explorer.errors import ExplorerError
from explorer.exports.clip import plan_clip, write_clip
from explorer.exports.clip_label import NOT_COVERED
from explorer.exports.clip_request import ClipRequest

from .clip_sample import BARE, COVERED, FULL, SHUT, S, write


def made(root: Path, request: ClipRequest) -> str:
    """Write the clip; what its label says."""
    engine = open_engine(root)
    try:
        plan = plan_clip(engine, request)
        write_clip(engine, plan)
    finally:
        engine.close()
    return plan.label.text


def test_a_gif_lasts_as_long_as_its_range(clips: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.gif"
    label = made(clips, ClipRequest(COVERED, file, 0, 5 * S, fps=15.0))
    with Image.open(file) as gif:
        assert gif.size[0] == 320
        durations = []
        for place in range(gif.n_frames):
            gif.seek(place)
            durations.append(gif.info["duration"])
            assert gif.convert("RGB").getpixel((310, 190 if place < 30 else 5)) is not None
        assert sum(durations) == 5_000
        assert gif.n_frames == 75, "the progress line moves in every picture"
        assert gif.info["comment"].decode() == label
        assert gif.info["loop"] == 0
    assert "0:00.00 to 0:05.00" in label
    assert "covered by a redaction pass" in label


def test_pictures_of_a_gif_are_the_drawn_ones(clips: Path, tmp_path: Path) -> None:
    made(clips, ClipRequest(COVERED, tmp_path / "a.gif", 1_600_000, 1_700_000))
    made(clips, ClipRequest(COVERED, tmp_path / "a.png", 1_600_000, width_px=320))
    with Image.open(tmp_path / "a.gif") as gif, Image.open(tmp_path / "a.png") as png:
        ours, drawn = gif.convert("RGB").crop((0, 0, 320, 200)), png.crop((0, 0, 320, 200))
        differences = [abs(a - b) for a, b in zip(ours.tobytes(), drawn.tobytes(), strict=True)]
    assert sum(differences) / len(differences) < 0.5
    assert max(differences) < 60


def test_an_mp4_plays_everywhere(clips: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.mp4"
    label = made(clips, ClipRequest(COVERED, file, 0, 4 * S, speed=2.0, width_px=321))
    with av.open(str(file)) as video:
        stream = video.streams.video[0]
        assert (stream.codec_context.name, stream.pix_fmt, float(stream.average_rate)) == (
            "h264",
            "yuv420p",
            25.0,
        )
        assert (stream.width % 2, stream.height % 2) == (0, 0)
        pictures = [frame.to_ndarray(format="rgb24") for frame in video.decode(stream)]
        assert video.metadata["comment"] == label
    assert len(pictures) == 50
    assert abs(int(pictures[0][150, 300, 0]) - 200) < 6
    head = file.read_bytes()
    assert head.index(b"moov") < head.index(b"mdat")
    assert "2× speed" in label


def test_skipping_idle_cuts_pauses(clips: Path, tmp_path: Path) -> None:
    label = made(clips, ClipRequest(COVERED, tmp_path / "a.gif", 0, 8 * S, skips_idle=True))
    with Image.open(tmp_path / "a.gif") as gif:
        lasts = sum(_duration(gif, place) for place in range(gif.n_frames))
    assert lasts == 4_800, "of the pause from 3.25 to 7.5 s one second is left"
    assert "pauses over 2 s cut" in label


def _duration(gif: Image.Image, place: int) -> int:
    gif.seek(place)
    return int(gif.info["duration"])


def test_a_plain_png_holds_the_stored_pixels(clips: Path, tmp_path: Path) -> None:
    label = made(clips, ClipRequest(COVERED, tmp_path / "a.png", 2 * S, is_plain=True))
    engine = open_engine(clips)
    rows = engine.run("replay/frames", {"session_id": COVERED}).to_pylist()
    stored = Image.open(io.BytesIO(engine.frame(rows[1]["frame_id"]).bytes)).convert("RGB")  # type: ignore[union-attr]
    engine.close()
    with Image.open(tmp_path / "a.png") as png:
        assert hashlib.sha256(png.tobytes()).digest() == hashlib.sha256(stored.tobytes()).digest()
        assert (png.size, png.text["Comment"]) == ((80, 50), label)  # type: ignore[attr-defined]


def test_what_no_pass_covered_needs_a_word(clips: Path, tmp_path: Path) -> None:
    request = ClipRequest(FULL, tmp_path / "a.gif", 0, 3 * S)
    with pytest.raises(
        ExplorerError, match="2 of 2 screenshots in this range not covered by a redaction pass"
    ):
        made(clips, request)
    with pytest.raises(ExplorerError, match="1 of 1 screenshot in"):
        made(clips, ClipRequest(FULL, tmp_path / "a.png", 0, is_plain=True))
    assert list(tmp_path.iterdir()) == []
    label = made(clips, ClipRequest(FULL, tmp_path / "a.gif", 0, 3 * S, with_unredacted=True))
    assert f"2 of 2 screenshots {NOT_COVERED}" in label
    with Image.open(tmp_path / "a.gif") as gif:
        strip = gif.convert("RGB").crop((0, 200, *gif.size))
    assert any(r > 180 and g < 90 and b < 90 for _, (r, g, b) in strip.getcolors(100_000) or ())  # type: ignore[misc]


def test_made_up_screens_need_no_word_and_are_labelled_all_the_same(tmp_path: Path) -> None:
    root = write(tmp_path / "d", is_synthetic=True)
    label = made(root, ClipRequest(FULL, tmp_path / "a.png", 0))
    assert "synthetic data" in label
    assert NOT_COVERED in label


def test_closed_screenshots_never_leave(clips: Path, tmp_path: Path) -> None:
    assert "no screenshots" in made(clips, ClipRequest(SHUT, tmp_path / "a.gif", 0, S))
    with pytest.raises(ExplorerError, match="no screenshot at that time"):
        made(clips, ClipRequest(SHUT, tmp_path / "a.png", 0, is_plain=True))
    assert [file.name for file in tmp_path.iterdir()] == ["a.gif"]


def test_files_are_refused_or_replaced(clips: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    file.write_text("mine")
    with pytest.raises(ExplorerError, match=r"is there already.*--force"):
        made(clips, ClipRequest(BARE, file, 0))
    assert file.read_text() == "mine"
    made(clips, ClipRequest(BARE, file, 0, is_forced=True))
    assert file.read_bytes()[:4] == b"\x89PNG"
    with pytest.raises(ExplorerError, match="lies inside the dataset"):
        made(clips, ClipRequest(BARE, clips / "a.png", 0))
    with pytest.raises(ExplorerError, match="cannot be written"):
        made(clips, ClipRequest(BARE, tmp_path / "none" / "a.png", 0))
    with pytest.raises(ExplorerError, match="no such session"):
        made(clips, ClipRequest("nobody", tmp_path / "b.png", 0))


@pytest.mark.parametrize("kind", ["gif", "mp4"])
def test_stopping_leaves_nothing(clips: Path, tmp_path: Path, kind: str) -> None:
    def stop(done: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    engine = open_engine(clips)
    plan = plan_clip(engine, ClipRequest(COVERED, tmp_path / f"a.{kind}", 0, 2 * S))
    with pytest.raises(KeyboardInterrupt):
        write_clip(engine, plan, stop)
    engine.close()
    assert list(tmp_path.iterdir()) == []


def test_too_long_a_clip_is_refused(clips: Path, tmp_path: Path) -> None:
    with pytest.raises(ExplorerError, match="would last 200 s"):
        made(clips, ClipRequest(BARE, tmp_path / "a.gif", speed=0.1))
    assert list(tmp_path.iterdir()) == []
