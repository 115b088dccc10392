"""Pictures as an MP4 that every browser plays: H.264, yuv420p, index at the front."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.reformatter import Colorspace
from PIL import Image

from explorer.errors import ExplorerError

_CODEC = "libx264"
_QUALITY = {"crf": "20", "preset": "veryfast"}
_BT709 = 1


def write_mp4(
    path: Path, pictures: Iterable[Image.Image], fps: float, size: tuple[int, int], comment: str
) -> None:
    """Write pictures of even `size` that follow each other at `fps`. Raises OSError; ExplorerError without H.264."""
    if _CODEC not in av.codecs_available:
        raise ExplorerError("this PyAV has no H.264 encoder", where="clip", hint="Make a .gif instead")
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as file:
        file.metadata["comment"] = comment
        stream = file.add_stream(_CODEC, rate=Fraction(fps).limit_denominator(1001), options=_QUALITY)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.colorspace = stream.codec_context.color_primaries = _BT709
        stream.codec_context.color_trc = _BT709
        for picture in pictures:
            frame = av.VideoFrame.from_ndarray(np.asarray(picture), format="rgb24")
            file.mux(stream.encode(frame.reformat(format="yuv420p", dst_colorspace=Colorspace.ITU709)))
        file.mux(stream.encode(None))
