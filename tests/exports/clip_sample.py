"""A small dataset for clips: `write(root, is_synthetic=…)`, and the ids of its sessions.

FULL: one display of 320 × 200, a grey screenshot at 0 and one of a window, scaled by half, at 2 s; moves, two clicks,
a shortcut, typed keys, a pause of 4 s. BARE has no screenshots, SHUT is of a person who did not agree to them, BROKEN
has one that does not decode, STEPS has no times. COVERED is FULL after a redaction pass.
"""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

from PIL import Image

from explorer.trace.arrow import from_rows
from explorer.trace.commit import writing
from explorer.trace.dataset import create
from explorer.trace.writer import PartWriter

FULL, BARE, SHUT, BROKEN, STEPS, COVERED = (f"clip-{place:016x}" for place in range(6))
S = 1_000_000
GREY, GREEN = (200, 200, 200), (40, 160, 90)
TYPED = "Zanzibar"
Rows = list[dict[str, Any]]


def write(root: Path, *, is_synthetic: bool = False) -> Path:
    """Write the dataset and return its folder."""
    create(root, "Clips", synthetic=is_synthetic)
    inputs = {"moves": _moves(), "events": _events()}
    sessions: dict[str, dict[str, Rows]] = {
        FULL: {**inputs, "frames": _frames(FULL, False)},
        BARE: {**inputs, "events": [*_events(), _event(50, 20 * S, "custom")]},
        SHUT: {**inputs, "frames": _frames(SHUT, True)},
        BROKEN: {"frames": [{**_frames(BROKEN, True)[0], **_stored(b"\x89PNG\r\n\x1a\nno picture")}]},
        STEPS: {"steps": [{"step": n, "seq": 3 * n, "action_type": "click"} for n in range(3)],
                "frames": [{**_frames(STEPS, True)[0], "frame_id": f"{STEPS}-{n:07d}", "seq": 3 * n + 1, "step": n,
                            "t_us": None} for n in range(3)],
                "events": [_event(3 * n + 2, None, "click", step=n, button="left", x_px=50, y_px=60)
                           for n in range(3)]},
        COVERED: {**inputs, "frames": _frames(COVERED, True)},
    }  # fmt: skip
    with writing(root) as commit:
        writer = PartWriter(root)
        for session_id, tables in sorted(sessions.items()):
            _add(writer, session_id, tables)
        person = {"participant_id": "P1", "consent_status": "granted", "consent_scope": "training"}
        writer.add({"participants": from_rows("participants", [person])})
        commit.add(writer.close())
    return root


def _moves() -> Rows:
    return [{"seq": 10 + n, "t_us": n * S // 10, "x_px": 20 + 10 * n, "y_px": 40} for n in range(11)]


def _events() -> Rows:
    """Presses at 1.5 s (left, where the moves ended) and 2.5 s (right), ctrl+c at 3 s, letters from 3.2 s on."""
    point = {"x_px": 120, "y_px": 40}
    return [
        _event(30, 1_500_000, "mouse_down", button="left", **point),
        _event(31, 1_550_000, "mouse_up", button="left", **point),
        _event(33, 2_500_000, "mouse_down", button="right", x_px=200, y_px=100),
        _event(34, 2_550_000, "mouse_up", button="right", x_px=200, y_px=100),
        _event(35, 3_000_000, "shortcut", key="c", code="KeyC", mods="ctrl", chord="ctrl+c", is_derived=True),
        _event(36, 3_200_000, "key_down", key="z", code="KeyZ"),
        _event(37, 3_250_000, "key_up", key="z", code="KeyZ"),
        _event(38, 3_300_000, "text_input", text=TYPED, text_len=8, is_derived=True),
        _event(39, 7_500_000, "key_down", key="Enter", code="Enter"),
        _event(40, 8_000_000, "key_up", key="Enter", code="Enter"),
    ]


def _event(seq: int, t_us: int | None, kind: str, **columns: Any) -> dict[str, Any]:
    return {"seq": seq, "t_us": t_us, "kind": kind, "is_derived": False, **columns}


def _frames(session_id: str, is_redacted: bool) -> Rows:
    """The whole display; and the window at 100, 50 of 160 × 100, stored half as large."""
    whole = {**_picture((320, 200), GREY), "seq": 0, "t_us": 0, "capture_left_px": 0, "capture_top_px": 0,
             "scale_x": 1.0, "scale_y": 1.0}  # fmt: skip
    window = {**_picture((80, 50), GREEN), "seq": 32, "t_us": 2 * S, "capture_left_px": 100, "capture_top_px": 50,
              "scale_x": 0.5, "scale_y": 0.5}  # fmt: skip
    return [{**row, "frame_id": f"{session_id}-{n:07d}", "is_redacted": is_redacted}
            for n, row in enumerate((whole, window))]  # fmt: skip


def _picture(size: tuple[int, int], colour: tuple[int, int, int]) -> dict[str, Any]:
    picture, png = Image.new("RGB", size, colour), io.BytesIO()
    picture.putpixel((3, 3), (1, 2, 3))
    picture.save(png, "PNG")
    return {**_stored(png.getvalue()), "width_px": size[0], "height_px": size[1],
            "pixels_sha256": hashlib.sha256(picture.tobytes()).hexdigest()}  # fmt: skip


def _stored(content: bytes) -> dict[str, Any]:
    return {
        "image": {"bytes": content, "path": None},
        "format": "png",
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _add(writer: PartWriter, session_id: str, tables: dict[str, Rows]) -> None:
    times = [row["t_us"] for rows in tables.values() for row in rows if row.get("t_us") is not None]
    session = {
        "session_id": session_id, "source_format": "office", "actor": "human", "os": "linux", "time_precision": "us",
        "participant_id": "P1" if session_id == SHUT else None, "clock": "relative", "redaction_status": "none",
        "duration_us": max(times, default=None), "is_complete": True, "quality": "",
        **{f"{name}_n": len(tables.get(name, ())) for name in ("moves", "events", "steps", "frames")},
    }  # fmt: skip
    display = {
        "display_id": "main", "start_us": 0, "left_px": 0, "top_px": 0, "width_px": 320, "height_px": 200,
        "is_primary": True, "is_estimated": False, "coordinate_space": "physical_px",
    }  # fmt: skip
    own = {name: [{"session_id": session_id, **row} for row in rows] for name, rows in tables.items()}
    own |= {"sessions": [session], "displays": [{"session_id": session_id, **display}]}
    writer.add({name: from_rows(name, rows) for name, rows in own.items()})
