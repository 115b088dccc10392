"""Pictures: their hashes, thumbnails and look-alike order, always from the stored bytes."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
from PIL import Image

from explorer.trace.linked import read_linked

FORMATS = {"PNG": "png", "WEBP": "webp", "JPEG": "jpeg"}
MOST_PIXELS = 64_000_000
THUMB_WIDTH_PX, THUMB_BYTES = 240, 6_144
_QUALITIES = (80, 65, 50, 35, 20)
_MAGIC = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"))


def decoded(content: bytes) -> tuple[Image.Image, str]:
    """The picture as RGB, and its format; ValueError when it is not a PNG, WebP or JPEG of bearable size."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            picture = Image.open(io.BytesIO(content), formats=tuple(FORMATS))
            if picture.width * picture.height > MOST_PIXELS:
                raise ValueError("too many pixels")
            return picture.convert("RGB"), FORMATS[str(picture.format)]
    except (OSError, SyntaxError, Image.DecompressionBombError, Warning) as error:
        raise ValueError(f"not a readable picture ({type(error).__name__})") from None


def sniffed(content: bytes) -> str | None:
    """Format by the first bytes: png, jpeg or webp; None for everything else."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    return next((name for magic, name in _MAGIC if content.startswith(magic)), None)


def size_of(content: bytes) -> tuple[int, int] | None:
    """Width and height as the picture's head states them; None when it is not one of bearable size."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            size = Image.open(io.BytesIO(content), formats=tuple(FORMATS)).size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Warning):
        return None
    return size if 0 < size[0] * size[1] <= MOST_PIXELS else None


def thumb(picture: Image.Image) -> bytes:
    """JPEG of at most 240 px width, and of about 6 kB where a low quality gets there."""
    width = min(THUMB_WIDTH_PX, picture.width)
    height = max(1, round(picture.height * width / picture.width))
    small = picture.resize((width, height), Image.Resampling.BILINEAR, reducing_gap=2.0)
    content = b""
    for quality in _QUALITIES:
        buffer = io.BytesIO()
        small.save(buffer, "JPEG", quality=quality, optimize=True)
        content = buffer.getvalue()
        if len(content) <= THUMB_BYTES:
            break
    return content


def pixels_sha256(picture: Image.Image) -> str:
    """sha256 of the RGB pixels, row by row from the top left."""
    return hashlib.sha256(picture.tobytes()).hexdigest()


def difference_hash(picture: Image.Image) -> str:
    """64 bits in hex: whether each of 8 x 8 grey patches is darker than its right neighbour (dHash)."""
    grey = np.asarray(picture.convert("L").resize((9, 8), Image.Resampling.BOX, reducing_gap=2.0), np.int16)
    bits = (grey[:, :-1] < grey[:, 1:]).flatten()
    return np.packbits(bits).tobytes().hex()


def picture_problems(rows: pa.Table, root: Path) -> Iterator[tuple[int, str, str]]:
    """(row, column, what) for frames whose picture does not match what its row says."""
    for index, row in enumerate(rows.to_pylist()):
        content = _content(row["image"], root)
        if content is None:
            yield index, "image", "has no bytes, and no linked file that can be read"
            continue
        if row["sha256"] != hashlib.sha256(content).hexdigest():
            yield index, "sha256", "differs from the stored bytes"
        try:
            picture, name = decoded(content)
        except ValueError as error:
            yield index, "image", f"is {error}"
            continue
        if row["format"] != name:
            yield index, "format", "differs from the stored picture"
        if (row["width_px"], row["height_px"]) != picture.size:
            yield index, "width_px", "size differs from the stored picture"
        if row["pixels_sha256"] not in (None, pixels_sha256(picture)):
            yield index, "pixels_sha256", "differs from the decoded pixels"
        if row["frame_id"].rpartition("-")[0] != row["session_id"]:
            yield index, "frame_id", "does not begin with its session_id"


def _content(image: dict[str, object] | None, root: Path) -> bytes | None:
    if not image:
        return None
    if isinstance(image["bytes"], bytes):
        return image["bytes"]
    return read_linked(root / str(image["path"])) if image["path"] else None
