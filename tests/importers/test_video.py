"""Pictures from videos: the right frame, once, lossless; and videos that are broken, lie, or mean harm."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Sequence
from pathlib import Path
from random import Random

import av
import numpy as np
import pytest
from PIL import Image

from explorer.importers.video import VideoPictures
from explorer.importers.video_file import Limits
from explorer.importers.video_frames import VideoFrames

from .made_media import SIZE, shade, shade_of, video

LONG_MS = [*range(0, 20_000, 200), *range(20_000, 40_000, 1_000), *range(40_000, 60_000, 100)]


@pytest.fixture(scope="module")
def long_video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A minute with a key frame every 10 frames, and other frame rates on the way."""
    return video(tmp_path_factory.mktemp("video") / "long.mkv", LONG_MS)


def answers(
    path: Path, wanted_ms: Sequence[float], **fields: object
) -> tuple[dict[int, int], dict[str, int]]:
    """Time of the frame (ms) for each wanted time that has one, and what is missing."""
    pictures = VideoPictures(path, [round(ms * 1000) for ms in wanted_ms], **fields)  # type: ignore[arg-type]
    found = {index: picture.media_us // 1000 for picture in pictures for index in picture.wanted}
    return found, dict(pictures.missing)


@pytest.mark.parametrize(
    ("name", "codec", "pix_fmt"),
    [("a.mkv", "libx264", "yuv420p"), ("a.mp4", "libx264", "yuv444p"), ("b.mp4", "mpeg4", "yuv420p"),
     ("c.mkv", "ffv1", "yuv444p")],
)  # fmt: skip
def test_the_frame_shown_at_each_time(tmp_path: Path, name: str, codec: str, pix_fmt: str) -> None:
    path = video(tmp_path / name, [0, 100, 200, 500, 900], codec=codec, pix_fmt=pix_fmt)
    pictures = list(VideoPictures(path, [0, 150_000, 199_000, 499_000, 500_000, 950_000]))
    assert [(picture.media_us // 1000, picture.wanted) for picture in pictures] == [
        (0, (0,)), (100, (1, 2)), (200, (3,)), (500, (4,)), (900, (5,)),
    ]  # fmt: skip
    for picture, index in zip(pictures, range(5), strict=True):
        assert abs(shade(picture.content) - shade_of(index)) <= 4
        assert (picture.width_px, picture.height_px) == SIZE


def test_pictures_are_lossless_and_carry_no_colour_marks(tmp_path: Path) -> None:
    path = video(tmp_path / "a.mkv", [0], size=(66, 50))
    (picture,) = VideoPictures(path, [0])
    with av.open(path) as container:
        frame = next(container.decode(video=0))
    stored = Image.open(io.BytesIO(picture.content))
    assert np.array_equal(np.asarray(stored), frame.to_ndarray(format="rgb24"))
    assert not {"gamma", "chromaticity", "icc_profile", "srgb"} & stored.info.keys()
    assert b"cICP" not in picture.content


def test_frames_shown_in_another_order_than_stored(tmp_path: Path) -> None:
    path = video(tmp_path / "a.mp4", range(0, 3000, 50), b_frames=3)
    found, missing = answers(path, range(0, 3000, 50))
    assert found == {index: index * 50 for index in range(60)}
    assert missing == {}


@pytest.mark.parametrize("seed", range(6))
def test_any_wanted_times_give_the_frames_of_a_plain_search(long_video: Path, seed: int) -> None:
    random = Random(seed)
    wanted = [random.randrange(0, 60_500) for _ in range(random.choice((1, 3, 12, 60)))]
    expected = {i: max(ms for ms in LONG_MS if ms <= t) for i, t in enumerate(wanted)}
    assert answers(long_video, wanted) == (expected, {})


def test_long_gaps_are_skipped(long_video: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decoded = []
    original = VideoFrames._checked
    monkeypatch.setattr(
        VideoFrames, "_checked", lambda self, frame: [decoded.append(1), *original(self, frame)][1:]
    )
    assert answers(long_video, [100, 30_000, 59_950])[0] == {0: 0, 1: 30_000, 2: 59_900}
    assert len(decoded) < 40 < len(LONG_MS)


def test_seeking_in_vain_happens_seldom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = video(tmp_path / "a.mkv", range(0, 60_000, 250), gop=1000)
    seeks = []
    original = VideoFrames._seek
    monkeypatch.setattr(
        VideoFrames, "_seek", lambda self, target: (seeks.append(target), original(self, target))
    )
    found, _ = answers(path, range(0, 60_000, 4_000))
    assert found == {index: index * 4_000 for index in range(15)}
    assert len(seeks) <= 4


def test_a_seek_that_lands_too_late_is_made_good(long_video: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = VideoFrames._seek
    monkeypatch.setattr(
        VideoFrames, "_seek", lambda self, target: original(self, target and target + 9_000_000)
    )
    assert answers(long_video, [100, 30_300, 45_000])[0] == {0: 0, 1: 30_000, 2: 45_000}


def test_declared_offsets(tmp_path: Path) -> None:
    path = video(tmp_path / "a.mkv", [0, 500, 1000])
    assert answers(path, [-400, 100], offset_us=500_000)[0] == {0: 0, 1: 500}


def test_times_that_a_container_rounds(tmp_path: Path) -> None:
    """16.67 ms is stored as 17 ms by Matroska: the frame at 17 ms is meant."""
    path = video(tmp_path / "a.mkv", [10, 17, 33])
    assert answers(path, [16.67, 33.3])[0] == {0: 17, 1: 33}


def test_times_before_and_after_the_video(tmp_path: Path) -> None:
    path = video(tmp_path / "a.mkv", [500, 1000])
    assert answers(path, [100, 600, 1900, 9_000]) == (
        {1: 500, 2: 1000},
        {"before_video": 1, "after_video": 1},
    )
    assert answers(path, []) == ({}, {})


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "absent"), (b"", "empty"), (b"#EXTM3U\nfile:///etc/passwd\n", "not_a_video"),
     (b"ffconcat version 1.0\nfile x.mkv", "not_a_video"), (b"\x1a\x45\xdf\xa3", "damaged"),
     (b"\0\0\0\x18ftypmp42" + b"\0" * 40, "damaged"), (bytes(range(256)) * 40, "not_a_video")],
)  # fmt: skip
def test_what_is_no_video(
    tmp_path: Path, content: bytes | None, reason: str, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.mkv"
    if content is not None:
        path.write_bytes(content)
    found, missing = answers(path, [0, 100])
    assert found == {}
    assert missing.keys() <= {reason, "no_video_stream"}
    assert sum(missing.values()) == 2
    assert capfd.readouterr() == ("", "")


def test_sound_alone_is_no_video(tmp_path: Path) -> None:
    with av.open(tmp_path / "a.mkv", "w") as container:
        stream = container.add_stream("pcm_s16le", rate=8000)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 800), np.int16), format="s16", layout="mono")
        frame.sample_rate = 8000
        container.mux(stream.encode(frame))
    assert answers(tmp_path / "a.mkv", [0]) == ({}, {"no_video_stream": 1})


@pytest.mark.parametrize("name", ["a.mkv", "a.mp4"])
def test_a_file_cut_anywhere_gives_what_it_has(tmp_path: Path, name: str) -> None:
    whole = video(tmp_path / name, range(0, 6000, 100)).read_bytes()
    wanted = list(range(0, 6000, 500))
    for share in range(0, 100, 7):
        (tmp_path / f"cut-{name}").write_bytes(whole[: len(whole) * share // 100])
        found, missing = answers(tmp_path / f"cut-{name}", wanted)
        assert len(found) + sum(missing.values()) == len(wanted)
        assert all(wanted[index] - 1100 <= ms <= wanted[index] for index, ms in found.items())


def test_damage_in_the_middle_leaves_a_hole(tmp_path: Path) -> None:
    """With its key frame zeroed, pictures are lost; no other frame stands in for them."""
    whole, broken = video(tmp_path / "a.mkv", range(0, 4000, 100)), tmp_path / "b.mkv"
    with av.open(whole) as source, av.open(broken, "w") as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        for place, packet in enumerate(source.demux(video=0)):
            if packet.size:
                kept = av.Packet(bytes(packet.size) if place == 10 else bytes(packet))
                kept.pts, kept.dts, kept.time_base = packet.pts, packet.dts, packet.time_base
                kept.is_keyframe, kept.stream = packet.is_keyframe, stream
                target.mux(kept)
    pictures = VideoPictures(broken, [*range(0, 4_000_000, 100_000), 950_000])
    found = {index: picture for picture in pictures for index in picture.wanted}
    assert found.keys() >= {*range(10), *range(20, 41)}
    assert 10 not in found
    assert pictures.missing == {"damaged": 41 - len(found)}
    assert found[40].media_us == 900_000
    for index in range(40):
        if index in found:
            assert found[index].media_us == index * 100_000
            assert abs(shade(found[index].content) - shade_of(index)) <= 4


def test_a_video_that_lies_about_its_size(tmp_path: Path) -> None:
    path = video(tmp_path / "a.mkv", [0, 100])
    content = path.read_bytes()
    for said in ((b"\xb0\x81\x40", b"\xb0\x81\xff"), (b"\xba\x81\x30", b"\xba\x81\x01")):
        assert content.count(said[0]) == 1
        content = content.replace(*said)
    path.write_bytes(content)
    (picture,) = VideoPictures(path, [50_000])
    assert Image.open(io.BytesIO(picture.content)).size == (picture.width_px, picture.height_px) == SIZE


def test_a_size_that_changes_on_the_way(tmp_path: Path) -> None:
    parts = [video(tmp_path / f"{n}.mkv", [0, 100], size=size) for n, size in enumerate([(64, 48), (96, 80)])]
    sizes = [(picture.width_px, picture.height_px) for part in parts for picture in VideoPictures(part, [0])]
    assert sizes == [(64, 48), (96, 80)]


def test_a_picture_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = video(tmp_path / "a.mkv", [0], size=(4096, 4096))
    found, missing = answers(path, [0], limits=Limits(most_pixels=1_000_000))
    assert found == {}
    assert sum(missing.values()) == 1


def test_decoding_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    path = video(tmp_path / "a.mkv", [0, 500])
    assert answers(path, [0, 500], limits=Limits(base_s=-1e9)) == ({}, {"too_slow": 2})


def test_memory_stays_flat(tmp_path: Path) -> None:
    path = video(tmp_path / "a.mkv", range(0, 6000, 20), size=(320, 240))
    tracemalloc.start()
    biggest = max(len(picture.content) for picture in VideoPictures(path, list(range(0, 6_000_000, 20_000))))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 30 * biggest + 2_000_000


def test_the_last_frame_answers_for_a_second(tmp_path: Path) -> None:
    path = video(tmp_path / "a.mkv", [0])
    assert answers(path, [900, 1_500]) == ({0: 0}, {"after_video": 1})
