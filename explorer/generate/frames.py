"""The frames and redactions of one chunk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from explorer.generate.arrays import within
from explorer.generate.desks import DISPLAY_NAMES
from explorer.generate.scene import Scene
from explorer.generate.screens import WIDTH_PX, Box, Look, drawn
from explorer.generate.sessions import COMPLETE, PARTIAL, POLICY, RECORDER, status_of
from explorer.trace.arrow import from_rows
from explorer.trace.pictures import decoded, difference_hash, pixels_sha256, thumb

FRAMES_A_TABLE = 64
_MASKED_OF = 3  # frames that a partial pass covered: all but every third
_ENTITY = "PERSON"


def frame_tables(scene: Scene) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Frames and the masks in them, a few frames at a time: pictures must not fill the memory."""
    acts, clock = scene.acts, scene.clock
    act = np.repeat(np.arange(len(acts)), clock.act_frames_n)
    place = within(clock.act_frames_n)
    for start in range(0, len(act), FRAMES_A_TABLE):
        chosen = slice(start, start + FRAMES_A_TABLE)
        frames, masks = [], []
        for own_act, own_place in zip(act[chosen].tolist(), place[chosen].tolist(), strict=True):
            frame, boxes = _frame(scene, own_act, own_place)
            frames.append(frame)
            masks += [_mask(frame, number, box) for number, box in enumerate(boxes)]
        yield from_rows("frames", frames), from_rows("redactions", masks)


def _frame(scene: Scene, act: int, place: int) -> tuple[dict[str, Any], list[Box]]:
    """The `place`-th frame at the beginning of an act: its row and the boxes masked in it."""
    leg, clock = int(scene.acts.leg[act]), scene.clock
    session_id = scene.session_ids[leg]
    index = int(scene.frames_before[act]) + place
    status = int(status_of(scene.sessions)[leg])
    is_redacted = status == COMPLETE or (status == PARTIAL and index % _MASKED_OF > 0)
    display = int(scene.desks.window_display[leg, scene.acts.app[act]])
    look, scale = _look(scene, act, index, display, is_redacted)
    content, boxes = drawn(look)
    row = {
        "frame_id": f"{session_id}-{index:07d}",
        "session_id": session_id,
        "seq": int(clock.seq[2 * act] - clock.act_frames_n[act]) + place,
        "t_us": int(clock.start_us[2 * act]),
        "capture_left_px": int(scene.desks.displays.left[leg, display]),
        "capture_top_px": int(scene.desks.displays.top[leg, display]),
        "scale_x": scale[0],
        "scale_y": scale[1],
        "display_id": DISPLAY_NAMES[display],
        "is_redacted": is_redacted,
    }
    return row | _looks(content), boxes


def _look(
    scene: Scene, act: int, index: int, display: int, is_masked: bool
) -> tuple[Look, tuple[float, float]]:
    """What the display shows with the window of the act's application in front, and the picture's scale."""
    leg, app = int(scene.acts.leg[act]), int(scene.acts.app[act])
    area, window = scene.desks.displays, scene.desks.windows
    width, height = int(area.width[leg, display]), int(area.height[leg, display])
    height_px = round(height * WIDTH_PX / width)
    scale = WIDTH_PX / width, height_px / height
    left = (window.left[leg, app] - area.left[leg, display]) * scale[0]
    top = (window.top[leg, app] - area.top[leg, display]) * scale[1]
    right, bottom = left + window.width[leg, app] * scale[0], top + window.height[leg, app] * scale[1]
    box = round(left), round(top), round(right), round(bottom)
    is_dark = bool(scene.people.is_dark[scene.sessions.person[leg]])
    return Look(height_px, app, box, is_dark, is_masked, seed=int(scene.sessions.number[leg]) + index), scale


def _looks(content: bytes) -> dict[str, Any]:
    picture, name = decoded(content)
    return {
        "image": {"bytes": content, "path": None},
        "thumb": thumb(picture),
        "format": name,
        "width_px": picture.width,
        "height_px": picture.height,
        "sha256": hashlib.sha256(content).hexdigest(),
        "pixels_sha256": pixels_sha256(picture),
        "screen_state": difference_hash(picture),
    }


def _mask(frame: dict[str, Any], number: int, box: Box) -> dict[str, Any]:
    left, top, right, bottom = box
    return {
        "redaction_id": f"{frame['frame_id']}-{number:05d}",
        "session_id": frame["session_id"],
        "target": "frame",
        "frame_id": frame["frame_id"],
        "frame_left_px": left,
        "frame_top_px": top,
        "frame_width_px": right - left,
        "frame_height_px": bottom - top,
        "entity": _ENTITY,
        "score": 1.0,
        "method": "fill",
        "detector": RECORDER,
        "policy": POLICY,
    }
