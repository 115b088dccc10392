"""What picture files hold beside their pixels is found; clean files and hostile ones are borne."""

from __future__ import annotations

import io
import struct
import time
import zlib
from random import Random

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from explorer.measures.exif_fields import exif_fields
from explorer.measures.picture_parts import parts_of
from explorer.scan.registry import PICTURE_FILE_CHECKS
from explorer.scan.small_copy import look as look_at_copy
from explorer.scan.views import Mask, PictureFile, Stored, View
from explorer.trace.pictures import thumb

PLACE = {"session_id": "s", "frame_id": "s-0000001", "channel": "frame"}
MASK = Mask("r1", 8, 8, 40, 20, "PERSON", "fill")
FORMATS = ("PNG", "JPEG", "WEBP")


def picture(seed: int = 1, mode: str = "RGB") -> Image.Image:
    noise = np.random.default_rng(seed).integers(0, 255, (40, 64, 4), np.uint8)
    return Image.fromarray(noise).convert(mode)


def written(name: str, image: Image.Image | None = None, **how) -> bytes:
    out = io.BytesIO()
    (image or picture()).save(out, name, **how)
    return out.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def with_chunk(name: bytes, body: bytes) -> bytes:
    plain = written("PNG")
    return plain[:33] + chunk(name, body) + plain[33:]


def found(content: bytes, masks: tuple[Mask, ...] = (MASK,)) -> set[tuple[str, str]]:
    file = PictureFile(content, PLACE, masks)
    return {(one.kind, one.severity) for check in PICTURE_FILE_CHECKS for one in check.look(file)}


def exif(*, position: bool = False, copy: bytes = b"", words: str = "") -> bytes:
    made = Image.Exif()
    made[0x0131] = words or "Editor 1"
    if position:
        made.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0)})
    block = made.tobytes()
    if copy:
        head = b"Exif\0\0II*\0" + struct.pack("<IHI", 8, 0, 14)
        entries = struct.pack("<HHHIIHHIII", 2, 0x0201, 4, 1, 44, 0x0202, 4, 1, len(copy), 0)
        block = head + entries + copy
    return block


@pytest.mark.parametrize("name", FORMATS)
def test_clean_files_have_no_finding(name):
    assert found(written(name)) == set()
    assert found(written(name, picture(mode="L" if name != "WEBP" else "RGB"))) == set()


@pytest.mark.parametrize("name", [*FORMATS, "GIF"])
def test_bytes_after_the_end(name):
    plain = written(name)
    assert ("after_the_end", "high") in found(plain + written("PNG", picture(2)))
    assert ("after_the_end", "medium") in found(plain + b"abc")
    assert ("after_the_end", "low") in found(plain + b"\0" * 40)
    assert not any(kind == "after_the_end" for kind, _ in found(plain))


def test_a_smaller_picture_written_over_a_larger_one():
    large, small = written("PNG", picture().resize((300, 200))), written("PNG")
    assert ("after_the_end", "high") in found(small + large[len(small) :])


@pytest.mark.parametrize("name", FORMATS)
def test_exif_with_position_copy_and_words(name):
    assert found(written(name, exif=exif())) == {("file_note", "low")}
    assert ("file_note", "high") in found(written(name, exif=exif(position=True)))
    assert ("small_copy", "high") in found(written(name, exif=exif(copy=written("JPEG"))))
    assert ("file_note", "high") in found(written(name, exif=exif(words="fern.wild@example.com")))


def test_text_chunks_packed_or_not():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Title", "drawn here")
    assert found(written("PNG", pnginfo=notes)) == {("file_note", "low")}
    for add in ("add_text", "add_itxt"):
        for is_packed in (False, True):
            notes = PngImagePlugin.PngInfo()
            getattr(notes, add)("Author", "fern.wild@example.com", zip=is_packed)
            assert ("file_note", "high") in found(written("PNG", pnginfo=notes))
    assert ("file_note", "high") in found(written("JPEG", comment="Tel: +44 7700 900123"))
    assert ("file_note", "low") in found(with_chunk(b"prVt", b"whatever"))
    assert ("file_note", "high") in found(written("WEBP", xmp=b"<x>fern.wild@example.com</x>"))


@pytest.mark.parametrize("name", ["PNG", "WEBP"])
def test_colours_under_transparent_pixels(name):
    pixels = np.full((40, 64, 4), 255, np.uint8)
    pixels[8:20, 8:40, 3] = 0
    how = {"lossless": True, "exact": True} if name == "WEBP" else {}
    assert found(written(name, Image.fromarray(pixels), **how)) == set()
    pixels[10:18, 10:30, :3] = 30
    assert ("hidden_colour", "high") in found(written(name, Image.fromarray(pixels), **how))
    assert ("hidden_colour", "medium") in found(written(name, Image.fromarray(pixels), **how), ())
    pixels[8:20, 8:40, 3] = 40
    assert ("hidden_colour", "high") in found(written(name, Image.fromarray(pixels), **how))
    assert ("hidden_colour", "high") not in found(written(name, Image.fromarray(pixels), **how), ())


@pytest.mark.parametrize("name", ["PNG", "WEBP", "GIF"])
def test_more_than_one_picture(name):
    content = written(name, picture(), save_all=True, append_images=[picture(2), picture(3)])
    assert ("extra_frames", "high") in found(content)


def test_a_jpeg_that_carries_another():
    content = written("MPO", picture(), save_all=True, append_images=[picture(2)])
    assert {("extra_frames", "high"), ("after_the_end", "high")} <= found(content)


def test_a_small_copy_made_before_the_masks():
    pixels = np.full((400, 640, 3), 255, np.uint8)
    pixels[90:130:4, 80:400] = 0
    bare = Image.fromarray(pixels).resize((240, 150), Image.Resampling.BILINEAR, reducing_gap=2.0)
    pixels[80:140, 70:410] = 0
    masked = Image.fromarray(pixels).resize((240, 150), Image.Resampling.BILINEAR, reducing_gap=2.0)
    mask = Mask("r1", 70, 80, 410, 140, "PERSON", "fill")
    for copy, kinds in ((bare, ["small_copy"]), (masked, []), (None, [])):
        thumb = (
            None if copy is None else np.asarray(Image.open(io.BytesIO(written("JPEG", copy, quality=20))))
        )
        view = View("s", "f", 1, 0, pixels, Stored("PNG"), (mask,), thumb=thumb)
        assert [one.kind for one in look_at_copy(view)] == kinds


def test_bright_bars_whose_colour_a_small_jpeg_blurs_are_no_finding():
    pixels = np.full((498, 801, 3), (15, 20, 30), np.uint8)
    boxes = [(82, 104 + 29 * line, 200 + 10 * line, 122 + 29 * line) for line in range(10)]
    for left, top, right, bottom in boxes:
        pixels[top:bottom, left:right] = (250, 204, 21)
    copy = np.asarray(Image.open(io.BytesIO(thumb(Image.fromarray(pixels)))))
    masks = tuple(Mask(f"r{box[1]}", *box, "PERSON", "fill") for box in boxes)
    assert list(look_at_copy(View("s", "f", 1, 0, pixels, Stored("PNG"), masks, thumb=copy))) == []
    bare = copy.copy()
    bare[40:160] = (15, 20, 30)
    assert len(list(look_at_copy(View("s", "f", 1, 0, pixels, Stored("PNG"), masks, thumb=bare)))) > 2


@pytest.mark.parametrize("name", [*FORMATS, "GIF"])
def test_every_cut_and_many_spoiled_files_are_borne(name):
    notes = PngImagePlugin.PngInfo()
    notes.add_itxt("a", "b" * 50, zip=True)
    plain = written(name, exif=exif(position=True), pnginfo=notes) if name != "GIF" else written(name)
    random = Random(1)
    spoiled = [plain[:end] for end in range(0, len(plain), max(1, len(plain) // 150))]
    for _ in range(150):
        content = bytearray(plain)
        for at in random.choices(range(len(content)), k=8):
            content[at] = random.choice((0, 255, random.randrange(256)))
        spoiled.append(bytes(content))
    for content in spoiled:
        found(content)
        exif_fields(content[random.randrange(len(content) + 1) :])


HUGE = 2_000_000
HOSTILE = {
    "zeros": b"\0" * HUGE,
    "png of empty chunks": b"\x89PNG\r\n\x1a\n" + chunk(b"tEXt", b"") * (HUGE // 12),
    "png that states a huge chunk": b"\x89PNG\r\n\x1a\n\xff\xff\xff\xfftEXt" + b"x" * HUGE,
    "png with a packed bomb": with_chunk(b"zTXt", b"a\0\0" + zlib.compress(b"4" * 50_000_000)),
    "jpeg of FF": b"\xff\xd8\xff" + b"\xff" * HUGE,
    "jpeg of empty segments": b"\xff\xd8" + b"\xff\xfe\0\2" * (HUGE // 4),
    "jpeg without an end": written("JPEG")[:-2] + b"\xff\0" * (HUGE // 2),
    "webp of empty chunks": b"RIFF\xff\xff\xff\xffWEBP" + b"XMP \0\0\0\0" * (HUGE // 8),
    "gif of empty blocks": b"GIF89a" + b"\1\0" * 3 + b"\0" + b"\x21\xfe\0" * (HUGE // 3),
    "exif in a ring": with_chunk(b"eXIf", b"II*\0" + struct.pack("<IHHHIII", 8, 1, 0x8769, 4, 1, 8, 8)),
    "exif of many entries": with_chunk(b"eXIf", b"II*\0\x08\0\0\0\xff\xff" + b"\1\1\2\0\xff\xff\0\0\0\0\0\0" * 70_000),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_take_little_time(name):
    start = time.process_time()
    kinds = {kind for kind, _ in found(HOSTILE[name])}
    assert time.process_time() - start < 4
    if "empty" in name:
        assert "unread" in kinds


def test_parts_lie_within_the_file_and_in_order():
    for name in [*FORMATS, "GIF"]:
        content = written(name)
        parts = parts_of(content)
        assert parts is not None
        assert parts.end == len(content)
        assert all(0 <= one.start <= one.end <= len(content) for one in parts.parts)
        assert [one.start for one in parts.parts] == sorted(one.start for one in parts.parts)
    assert parts_of(b"") is parts_of(b"BM nothing we know") is None
