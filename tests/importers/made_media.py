"""Videos and MCAP files made on the spot: the smallest that show one thing."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from mcap.writer import CompressionType, Writer
from PIL import Image

SIZE = (64, 48)
T0_NS = 1_700_000_000_000_000_000
Message = tuple[int, str, Mapping[str, Any] | bytes]


def shade_of(index: int) -> int:
    """Grey of the frame at an index, far enough from its neighbours' to survive compression."""
    return 30 + index * 37 % 200


def video(
    path: Path,
    times_ms: Iterable[int],
    *,
    size: tuple[int, int] = SIZE,
    codec: str = "libx264",
    pix_fmt: str = "yuv420p",
    gop: int = 10,
    b_frames: int = 0,
) -> Path:
    """A video with one grey frame at each time (ms); a bright square moves to tell frames apart."""
    with av.open(path, "w") as container:
        stream = container.add_stream(codec, rate=1000)
        stream.width, stream.height, stream.pix_fmt = *size, pix_fmt
        stream.codec_context.time_base = Fraction(1, 1000)
        stream.codec_context.gop_size = gop
        stream.options = (
            {"bf": str(b_frames), "preset": "ultrafast", "crf": "5"} if codec == "libx264" else {}
        )
        for index, time_ms in enumerate(times_ms):
            pixels = np.full((size[1], size[0], 3), shade_of(index), np.uint8)
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            frame.pts, frame.time_base = time_ms, Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def shade(content: bytes) -> int:
    """Grey in the middle of a picture."""
    picture = Image.open(io.BytesIO(content)).convert("L")
    return int(picture.getpixel((picture.width // 2, picture.height // 2)))  # type: ignore[arg-type]


def mcap(
    path: Path,
    messages: Sequence[Message],
    *,
    profile: str = "owa",
    library: str = "mcap-owa-support 0.5.1; mcap 1.3.0",
    chunk_size: int = 1 << 20,
    compression: CompressionType = CompressionType.ZSTD,
    prefix: str = "desktop/",
    metadata: Mapping[str, str] | None = None,
    encoding: str = "json",
) -> Path:
    """An MCAP file: (ms since the start, topic, fields or raw bytes). A topic may be followed by '=SchemaName'."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        writer = Writer(file, chunk_size=chunk_size, compression=compression)
        writer.start(profile, library)
        channels: dict[str, int] = {}
        for time_ms, topic, fields in messages:
            if topic not in channels:
                name, _, schema = topic.partition("=")
                schema_id = writer.register_schema(
                    prefix + (schema or _SCHEMAS.get(name, "Other")), "jsonschema", b"{}"
                )
                channels[topic] = writer.register_channel(name, encoding, schema_id)
            content = fields if isinstance(fields, bytes) else json.dumps(fields).encode()
            log_ns = T0_NS + time_ms * 1_000_000
            writer.add_message(channels[topic], log_ns, content, log_ns)
        if metadata:
            writer.add_metadata("about", dict(metadata))
        writer.finish()
    return path


_SCHEMAS = {
    "mouse": "MouseEvent", "keyboard": "KeyboardEvent", "window": "WindowInfo", "screen": "ScreenCaptured",
    "mouse/raw": "RawMouseEvent", "mouse/state": "MouseState", "keyboard/state": "KeyboardState",
}  # fmt: skip


def move(time_ms: int, x: Any = 100, y: Any = 100) -> Message:
    return time_ms, "mouse", {"event_type": "move", "x": x, "y": y}


def press(time_ms: int, vk: Any, kind: str = "press") -> Message:
    return time_ms, "keyboard", {"event_type": kind, "vk": vk}


def click(time_ms: int, *, is_down: bool = True, x: int = 100, y: int = 100) -> Message:
    return time_ms, "mouse", {"event_type": "click", "x": x, "y": y, "button": "left", "pressed": is_down}


def window(
    time_ms: int, rect: Sequence[int], title: str = "Letter - Notepad", handle: int = 987_654_321
) -> Message:
    return time_ms, "window", {"title": title, "rect": list(rect), "hWnd": handle}


def screen(time_ms: int, uri: str = "a.mkv", media_ms: float | None = None, **fields: Any) -> Message:
    pts_ns = round((time_ms if media_ms is None else media_ms) * 1e6)
    return time_ms, "screen", {"utc_ns": T0_NS, "media_ref": {"uri": uri, "pts_ns": pts_ns}, **fields}
