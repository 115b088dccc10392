"""OWAMcap recordings that are cut, damaged, or made to harm."""

from __future__ import annotations

import base64
import json
import os
import struct
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard
from mcap.writer import CompressionType

from explorer.errors import SourceError
from explorer.importers.owamcap import OwaMcap
from explorer.importers.owamcap_file import MAGIC, McapFile
from explorer.importers.recording import Recording

from .made_media import Message, mcap, move, press, screen, video, window

Make = Callable[..., Any]
IMPORTER = OwaMcap()


def read(path: Path) -> Recording:
    """The recording, taken out of the importer's hands (its pictures are gone then)."""
    source = IMPORTER.find(path)
    assert source is not None
    assert IMPORTER.fingerprint(source)
    (recording,) = IMPORTER.read(source, ("",))
    return recording


def extra(recording: Recording) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(recording.session["extra"] or "{}")
    return found


@pytest.mark.parametrize("compression", list(CompressionType))
def test_a_file_cut_anywhere_comes_in_as_far_as_it_goes(tmp_path: Path, compression: CompressionType) -> None:
    messages = [window(0, [0, 0, 100, 100]), *(move(t, t % 7, t % 5) for t in range(1, 400))]
    whole = mcap(tmp_path / "a.mcap", messages, chunk_size=3_000, compression=compression).read_bytes()
    counts = []
    for end in [*range(8, len(whole), len(whole) // 60), len(whole) - 1]:
        cut = tmp_path / "cut.mcap"
        cut.write_bytes(whole[:end])
        if IMPORTER.find(cut) is None:
            assert end < 100
            continue
        try:
            recording = read(cut)
        except SourceError:
            counts.append(0)
            continue
        assert recording.session["is_complete"] is False
        n = len(recording.moves)
        assert recording.moves.x.tolist() == [t % 7 for t in range(1, n + 1)]
        counts.append(n)
    assert counts == sorted(counts)
    assert counts[-1] == 399
    assert len(set(counts)) > 10


def test_a_damaged_chunk_is_passed_over(tmp_path: Path) -> None:
    path = mcap(
        tmp_path / "a.mcap", [move(t) for t in range(600)], chunk_size=3_000, compression=CompressionType.NONE
    )
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    recording = read(path)
    assert 400 < len(recording.moves) < 600
    assert recording.session["is_complete"] is False
    assert extra(recording)["damaged_chunks_n"] == 1


def test_json_of_great_depth_and_length(tmp_path: Path) -> None:
    bad: list[Message] = [
        (1, "mouse", b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
        (2, "screen", b"[" * 100_000),
        (3, "keyboard", b'{"event_type": "press", "vk": ' + b"9" * 10_000 + b"}"),
        (4, "mouse", b'{"event_type": "move", "x": NaN, "y": -Infinity}'),
        (5, "mouse", b'{"event_type": "move", "x": 1, "y": 1, "z": "' + b" " * 2_000_000 + b'"}'),
        (6, "window", b'{"title": "\xff\xfe", "rect": [0, 0, 1, 1]}'),
        (7, "window", b'{"title": "\\ud800", "rect": [NaN, 0, 1, 1]}'),
        (8, "mouse", b""),
    ]
    recording = read(mcap(tmp_path / "a.mcap", [move(0), *bad]))
    assert extra(recording)["unread_n"] == {"keyboard": 1, "mouse": 3, "screen": 1, "window": 1}
    assert len(recording.moves) == 2
    assert len(recording.events) == 1


def test_hostile_text_passes_as_text(tmp_path: Path, tables_of: Make) -> None:
    messages = [
        window(0, [0, 0, 9, 9], "\ud800<script>\0 - \u202e"),
        move(1),
        (2, "x" * 500, {}),
        press(3, 65),
    ]
    messages += [(4 + n, f"topic{n}", {}) for n in range(100)]
    source = IMPORTER.find(mcap(tmp_path / "a{}.mcap", messages))
    assert source is not None
    for recording in IMPORTER.read(source, ("",)):
        session = tables_of(recording)["sessions"].to_pylist()[0]
    topics = json.loads(session["extra"])["messages_n"]
    assert len(topics) == 41
    assert sum(topics.values()) == len(messages)
    assert max(map(len, topics)) <= 80


@pytest.mark.parametrize(
    "uri",
    ["../secret.png", "/etc/hostname", "sub/secret.png", "file:///etc/hostname", "http://127.0.0.1:1/a.png", "..",
     "concat:a.png", "C:\\secret.png", "link.png", "a\0.png", "pipe.png", "", "x" * 300, "folder", "\ud800.png"],
)  # fmt: skip
def test_media_from_elsewhere_is_never_opened(tmp_path: Path, png: Make, uri: str) -> None:
    folder = tmp_path / "recording"
    (folder / "sub").mkdir(parents=True)
    (folder / "folder").mkdir()
    for place in (tmp_path / "secret.png", folder / "sub" / "secret.png"):
        place.write_bytes(png())
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    os.mkfifo(folder / "pipe.png")
    still: Message = (0, "screen", {"media_ref": {"uri": uri}})
    recording = read(mcap(folder / "a.mcap", [still, screen(1, uri), move(2)]))
    assert recording.frames == []
    assert recording.quality == {"unread_video"}
    assert sum(extra(recording)["frames_missing"].values()) == 2
    assert "secret" not in str(recording.session)


@pytest.mark.parametrize(
    "text",
    ["data:image/png;base64,####", "data:image/png;base64,", "data:text/html,<b>", "data:image/png,raw", "data:",
     "data:image/jpeg;base64," + "A" * (12 << 20), "data:image/png;base64," + base64.b64encode(b"PNG").decode()],
    ids=range(7),
)  # fmt: skip
def test_embedded_pictures_that_are_none(tmp_path: Path, text: str) -> None:
    recording = read(mcap(tmp_path / "a.mcap", [(0, "screen", {"media_ref": {"uri": text}}), move(1)]))
    assert recording.frames == []
    assert recording.quality == {"unread_video"}


def test_a_large_embedded_png_is_read(tmp_path: Path, tables_of: Make) -> None:
    import io

    import numpy as np
    from PIL import Image

    buffer = io.BytesIO()
    pixels = np.random.default_rng(1).integers(0, 255, (1400, 2400, 3), np.uint8)
    Image.fromarray(pixels).save(buffer, "PNG", compress_level=0)
    assert len(buffer.getvalue()) > 10_000_000
    uri = "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()
    source = IMPORTER.find(mcap(tmp_path / "a.mcap", [(0, "screen", {"media_ref": {"uri": uri}}), move(1)]))
    assert source is not None
    for recording in IMPORTER.read(source, ("",)):
        assert tables_of(recording)["frames"]["width_px"].to_pylist() == [2400]


@pytest.mark.parametrize("state", ["absent", "empty", "noise", "cut"])
def test_a_recording_outlives_its_video(tmp_path: Path, tables_of: Make, state: str) -> None:
    if state != "absent":
        whole = video(tmp_path / "a.mkv", range(0, 4000, 100)).read_bytes()
        content = {"empty": b"", "noise": bytes(range(256)), "cut": whole[: len(whole) // 2]}[state]
        (tmp_path / "a.mkv").write_bytes(content)
    messages = [
        m for t in range(0, 4000, 200) for m in (screen(t), press(t + 1, 65), press(t + 2, 65, "release"))
    ]
    source = IMPORTER.find(mcap(tmp_path / "a.mcap", messages))
    assert source is not None
    for recording in IMPORTER.read(source, ("",)):
        made = tables_of(recording)
        found = extra(recording)
    session = made["sessions"].to_pylist()[0]
    assert "unread_video" in session["quality"]
    assert session["is_complete"]
    assert found["frames_wanted_n"] == 20
    assert session["frames_n"] == 20 - sum(found["frames_missing"].values())
    if state == "cut":
        assert made["frames"]["t_us"].to_pylist() == [t * 200_000 for t in range(session["frames_n"])]
    assert (session["frames_n"] > 0) == (state == "cut")


def record(code: int, body: bytes, length: int | None = None) -> bytes:
    return struct.pack("<BQ", code, len(body) if length is None else length) + body


def text(value: bytes) -> bytes:
    return struct.pack("<I", len(value)) + value


HEADER = record(1, text(b"owa") + text(b""))
CHANNEL = record(3, struct.pack("<H", 1) + text(b"desktop/MouseEvent") + text(b"") + text(b"")) + record(
    4, struct.pack("<HH", 1, 1) + text(b"mouse") + text(b"json") + text(b"")
)
MOVE = record(5, struct.pack("<HIQQ", 1, 0, 1_000_000_000, 0) + b'{"event_type": "move", "x": 1, "y": 2}')


def chunk(content: bytes, size: int, compression: bytes = b"zstd") -> bytes:
    return record(
        6, struct.pack("<QQQI", 0, 0, size, 0) + text(compression) + struct.pack("<Q", len(content)) + content
    )


@pytest.mark.parametrize(
    "bad",
    [
        chunk(zstandard.compress(bytes(300 << 20)), 300 << 20), chunk(zstandard.compress(bytes(300 << 20)), 100),
        chunk(b"noise", 5), chunk(b"noise", 2**63), chunk(MOVE, len(MOVE), b"rot13"),
        chunk(MOVE[:-5], len(MOVE) - 5, b""), chunk(record(5, b"", 2**62), 9, b""), record(6, b"short"),
        record(4, b"x"), record(3, struct.pack("<HI", 1, 2**31)), record(5, b"xx"),
        record(12, text(b"n") + struct.pack("<I", 2**31)),
    ],
    ids=range(12),
)  # fmt: skip
def test_damaged_records_cost_only_themselves(tmp_path: Path, bad: bytes) -> None:
    path = tmp_path / "a.mcap"
    path.write_bytes(MAGIC + HEADER + CHANNEL + MOVE + bad + CHANNEL + MOVE + record(15, bytes(4)) + MAGIC)
    tracemalloc.start()
    recording = read(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(recording.moves) == 2
    assert recording.session["is_complete"] is False
    assert peak < 20_000_000


def test_a_record_longer_than_the_file_ends_it(tmp_path: Path) -> None:
    path = tmp_path / "a.mcap"
    for code in (5, 6, 9, 99):
        path.write_bytes(MAGIC + HEADER + CHANNEL + MOVE + record(code, b"x", 2**63 - 1))
        recording = read(path)
        assert len(recording.moves) == 1
        assert recording.session["is_complete"] is False


def test_messages_of_unknown_channels_and_wild_clocks(tmp_path: Path) -> None:
    path = tmp_path / "a.mcap"
    stray = record(5, struct.pack("<HIQQ", 9, 0, 2**64 - 1, 0) + b"{}")
    path.write_bytes(MAGIC + HEADER + CHANNEL + MOVE + stray + record(15, bytes(4)) + MAGIC)
    recording = read(path)
    assert extra(recording)["unread_n"] == {"unknown": 1}
    assert [message.order for message in McapFile(path).messages()] == [1, 2]


def test_media_times_beyond_reason(tmp_path: Path) -> None:
    video(tmp_path / "a.mkv", [0])
    messages = [
        screen(0),
        press(1, 65),
        screen(2, media_ms=1e300),
        press(3, 65),
        screen(4, media_ms=-1e9),
        press(5, 65),
    ]
    recording = read(mcap(tmp_path / "a.mcap", messages))
    assert len(recording.frames) == 1
    assert sum(extra(recording)["frames_missing"].values()) == 2
