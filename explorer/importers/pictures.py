"""Frames: stored bytes untouched, with hashes, size and a small preview."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa

from explorer.errors import SourceError
from explorer.importers.recording import HINT_DAMAGED, Frame, Recording
from explorer.trace.arrow import from_rows
from explorer.trace.pictures import THUMB_BYTES, decoded, difference_hash, pixels_sha256, thumb

__all__ = ["FRAMES_A_TABLE", "THUMB_BYTES", "difference_hash", "frame_id", "frame_tables", "looks", "thumb"]

FRAMES_A_TABLE = 8


def frame_id(session_id: str, index: int) -> str:
    """Name of the frame at `index` (0-based) of a session."""
    return f"{session_id}-{index:07d}"


def frame_tables(
    recording: Recording, session_id: str, seq: Sequence[int], t_us: Sequence[int | None]
) -> Iterator[pa.Table]:
    """The frames as tables of at most 8 rows; pictures are read while it runs.

    Raises SourceError naming a picture that cannot be read.
    """
    pictures = recording.pictures() if recording.pictures else iter(())
    known: dict[str, dict[str, Any]] = {}
    frames_n = len(recording.frames)
    for start in range(0, frames_n, FRAMES_A_TABLE):
        rows = []
        for index in range(start, min(start + FRAMES_A_TABLE, frames_n)):
            frame = recording.frames[index]
            content = next(pictures, None)
            if content is None:
                raise SourceError(
                    "the picture is missing", where=recording.where(frame.order), hint=HINT_DAMAGED
                )
            seen = looks(content, recording.where(frame.order), known)
            own = {"frame_id": frame_id(session_id, index), "session_id": session_id}
            rows.append({**own, "seq": seq[index], "t_us": t_us[index], **_view(frame, seen), **seen})
        yield from_rows("frames", rows)


def looks(content: bytes, where: str, known: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """What the picture itself tells; the last one is remembered, since a screen at rest repeats."""
    digest = hashlib.sha256(content).hexdigest()
    if digest not in known:
        try:
            picture, name = decoded(content)
        except ValueError as error:
            raise SourceError(f"the picture is {error}", where=where, hint=HINT_DAMAGED) from None
        known.clear()
        known[digest] = {
            "format": name,
            "width_px": picture.width,
            "height_px": picture.height,
            "sha256": digest,
            "pixels_sha256": pixels_sha256(picture),
            "screen_state": difference_hash(picture),
            "thumb": thumb(picture),
        }
    return {**known[digest], "image": {"bytes": content, "path": None}}


def _view(frame: Frame, seen: dict[str, Any]) -> dict[str, Any]:
    return {
        "step": frame.step,
        "capture_left_px": frame.left_px,
        "capture_top_px": frame.top_px,
        "scale_x": seen["width_px"] / frame.view_width_px if frame.view_width_px else None,
        "scale_y": seen["height_px"] / frame.view_height_px if frame.view_height_px else None,
        "display_id": frame.display_id,
        "is_redacted": frame.is_redacted,
    }
