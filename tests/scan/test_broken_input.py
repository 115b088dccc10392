"""A scan of what is broken or made to break it: named, counted, and never the end of the scan."""

from __future__ import annotations

import hashlib
import io
import struct
import sys
import time
import unicodedata
import zlib
from collections import Counter

import pytest
from PIL import Image

from explorer.measures.typed_text import Press, typed
from explorer.scan import personal_text, text_work, work
from explorer.scan.views import Text


def stored(frame_row, content, index, **columns):
    row = frame_row("s", index, seq=index)
    return {
        **row,
        "image": {"bytes": content, "path": None},
        "sha256": hashlib.sha256(content).hexdigest(),
        **columns,
    }


def png(width: int, height: int) -> bytes:
    """A head that promises so many pixels, and next to nothing behind it."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 64))
        + chunk(b"IEND", b"")
    )


def picture(name: str) -> bytes:
    written = io.BytesIO()
    Image.effect_noise((64, 40), 60).convert("RGB").save(written, name)
    return written.getvalue()


def test_frames_that_cannot_be_read_are_named_and_the_others_looked_at(
    dataset_of, frame_row, found_in, tmp_path
):
    contents = [
        b"", b"no picture", picture("PNG")[:60], picture("JPEG")[:200], picture("WEBP")[:90], png(60_000, 60_000),
        png(300, 300), png(0, 0), picture("GIF"), picture("PNG") + b"after the end", picture("JPEG"), picture("WEBP"),
    ]  # fmt: skip
    frames = [stored(frame_row, content, at) for at, content in enumerate(contents)]
    frames.append({**frame_row("s", 12, seq=12), "image": {"bytes": None, "path": "gone.png"}})
    masks = [mask(at, at) for at in range(13)]
    found = found_in(dataset_of(tmp_path / "set", frames=frames, redactions=masks))
    unread = {row["frame_id"]: row["reason"] for row in found if row["kind"] == "unread"}
    assert set(unread) == {f"s-{at:07d}" for at in (0, 1, 2, 3, 4, 5, 6, 7, 8, 12)}
    assert all(unread.values())
    assert "pixel" in unread["s-0000005"] or "Bomb" in unread["s-0000005"]
    weak = {row["frame_id"] for row in found if row["kind"] in ("weak_mask", "not_burned")}
    assert weak == {f"s-{at:07d}" for at in (9, 10, 11)}


def mask(number, frame, place=(5, 5, 20, 10)):
    left, top, width, height = place
    return {
        "redaction_id": f"r{number:03d}", "session_id": "s", "target": "frame", "frame_id": f"s-{frame:07d}",
        "frame_left_px": left, "frame_top_px": top, "frame_width_px": width, "frame_height_px": height,
        "method": "fill",
    }  # fmt: skip


def test_masks_without_size_or_outside_the_picture_are_named(dataset_of, frame_row, found_in, tmp_path):
    big = 2**31 - 1
    places = [(5, 5, 0, 10), (5, 5, 10, 0), (64, 0, 9, 9), (0, 40, 9, 9), (-30, 0, 20, 9), (-30, -30, 9, 9),
              (big, 5, 5, 5), (-big, -big, big, big)]  # fmt: skip
    fine = [(-5, -5, 20, 20), (50, 30, 400, 400), (0, 0, big, big), (63, 39, 1, 1)]
    masks = [mask(at, 0, place) for at, place in enumerate([*places, *fine])]
    masks.append(mask(99, 0, (None, 5, 5, 5)))
    found = found_in(dataset_of(tmp_path / "set", frames=[frame_row("s", 0, seq=0)], redactions=masks))
    assert {row["redaction_id"] for row in found if row["kind"] == "mask_outside"} == {
        f"r{at:03d}" for at in range(len(places))
    }
    assert [row["redaction_id"] for row in found if row["reason"] == "mask has no rectangle"] == ["r099"]
    assert not any("failed" in (row["reason"] or "") for row in found)


SIGNS = "".join(
    chr(at) for at in range(32, sys.maxunicode, 7) if unicodedata.category(chr(at)) not in ("Cs", "Cn", "Co")
)
TEXTS = {
    "scripts and emoji": SIGNS,
    "one long word": "a" * 1_000_000,
    "digits": "4" * 1_000_000,
    "groups of digits": "4111 " * 200_000,
    "addresses": "a@" * 500_000,
    "dots": "a." * 500_000,
    "escapes": "%41%C3" * 150_000,
    "paths": "/users/" * 150_000,
    "plus": "+1 " * 330_000,
    "key": "-----BEGIN PRIVATE KEY-----" * 40_000,
    "capitals": "Aa " * 330_000,
    "colons": "1:" * 500_000,
    "tokens": "eyJ" * 330_000,
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("channel", ["window_title", "url"])
def test_texts_of_1_mb_take_seconds_at_most(name, channel):
    start = time.process_time()
    list(personal_text.look(Text(TEXTS[name], channel, {"session_id": "s"})))
    assert time.process_time() - start < 12


def test_a_value_in_the_middle_of_everything_is_found():
    text = f"{SIGNS[:50_000]} fern.wild@example.com {SIGNS[50_000:]}"
    found = list(personal_text.look(Text(text, "clipboard", {"session_id": "s"})))
    assert "EMAIL_ADDRESS" in {one.entity for one in found}


def test_texts_beyond_the_limit_are_named(dataset_of, found_in, tmp_path, monkeypatch):
    monkeypatch.setattr(text_work, "MOST_CHARACTERS", 1_000)
    events = [{"session_id": "s", "seq": at, "kind": "window_focus", "window_title": title}
              for at, title in enumerate(("x" * 2_000, "fern.wild@example.com"))]  # fmt: skip
    found = found_in(dataset_of(tmp_path / "set", events=events))
    assert Counter(row["reason"] or row["kind"] for row in found if row["severity"] != "risk") == {
        "text is too long": 1,
        "readable_text": 1,
    }


def test_a_check_that_fails_is_told_and_the_others_go_on(
    dataset_of, frame_row, found_in, tmp_path, monkeypatch
):
    def broken(view):
        raise ValueError("with fern.wild@example.com in it")

    first, *others = work.PICTURE_CHECKS
    monkeypatch.setattr(work, "PICTURE_CHECKS", (type(first)(first.name, 1, broken), *others))
    found = found_in(
        dataset_of(tmp_path / "set", frames=[stored(frame_row, picture("PNG"), 0)], redactions=[mask(0, 0)])
    )
    reasons = [row["reason"] for row in found if row["kind"] == "unread"]
    assert reasons == ["mask_place failed (ValueError)"]
    assert any(row["kind"] in ("weak_mask", "not_burned") for row in found)


@pytest.mark.parametrize(
    "keys",
    [["a"] * 20_000, ["a", "Backspace"] * 10_000, ["a", "ArrowLeft"] * 10_000],
    ids=["repeat", "slips", "back"],
)
def test_a_key_that_was_held_for_an_hour(keys):
    start = time.process_time()
    list(typed(Press(at, key) for at, key in enumerate(keys)))
    assert time.process_time() - start < 10
