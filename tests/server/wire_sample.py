"""A small dataset with everything that the wire of the replay carries: `write(root)`, and the ids of its sessions.

BUSY has times: two chunks (a wait of 5,000 s), a clock that steps back, a row without time, positions off the wire,
keys and a button held across the chunks, repeats and lone presses, real and derived drags, windows, frames, masks,
two displays, hostile text. STEPS has steps and no times, ROWS neither. KEYS, ONE and NONE are small. CLOSED is of a
person who agreed to no channel, WITHDRAWN of one who withdrew.
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

BUSY, STEPS, ROWS, KEYS, ONE, NONE, CLOSED, WITHDRAWN = (f"office-{place:016x}" for place in range(8))
TYPED = "Zanzibar 7"
PASTED = 'Timbuktu \u2028 "quoted" \\ </script> \U0001f600'
TITLE = "<img src=x onerror=alert(1)> \u202eevil \u0000"
S = 1_000_000
LATER = 5_000 * S
Rows = list[dict[str, Any]]


def write(root: Path) -> Path:
    """Write the dataset and return its folder."""
    create(root, "Wire", synthetic=True)
    with writing(root) as commit:
        writer = PartWriter(root)
        for session_id, tables in sorted(_sessions().items()):
            _add(writer, session_id, tables)
        people = [
            {"participant_id": "P1", "consent_status": "granted", "consent_scope": "training"},
            {"participant_id": "P2", "consent_status": "withdrawn"},
        ]
        writer.add({"participants": from_rows("participants", people)})
        commit.add(writer.close())
    return root


def _sessions() -> dict[str, dict[str, Rows]]:
    keys = [("key_down", "a"), ("key_up", "a")]
    return {
        BUSY: _busy(BUSY),
        STEPS: _stepped(),
        ROWS: {"moves": [_move(0, None, 1, 2)], "events": [_event(1, None, "click", x_px=3, y_px=4)],
               "frames": [_frame(ROWS, 0, 2, None)]},
        KEYS: {"events": [_event(seq, seq * S, kind, key=key) for seq, (kind, key) in enumerate(keys)]},
        ONE: {"moves": [_move(0, 0, 5, 6)]},
        NONE: {},
        CLOSED: _busy(CLOSED),
        WITHDRAWN: _busy(WITHDRAWN),
    }  # fmt: skip


def _busy(session_id: str) -> dict[str, Rows]:
    """One line a row, in the true order."""
    mail = {"app": "Mail", "window_title": "Inbox"}
    field = {
        "element_role": "textbox", "element_name": "Search", "element_left_px": 10, "element_top_px": 20,
        "element_width_px": 300, "element_height_px": 30,
    }  # fmt: skip
    control, shifted = (
        {"key": "Control", "code": "ControlLeft"},
        {"key": "Z", "code": "KeyZ", "mods": "shift"},
    )
    rows = [
        _event(0, 0, "window_focus", **mail, window_left_px=-5, window_top_px=0, window_width_px=800),
        _move(1, 100, -1920, 40),
        _move(2, 200, None, None),
        _move(3, 300, 40_000, 10),
        _event(4, 400, "mouse_down", button="left", x_px=50, y_px=60, **mail, **field),
        _move(5, 500, 90, 60),
        _event(6, 600, "mouse_up", button="left", x_px=120, y_px=60, **mail),
        _event(
            7,
            400,
            "drag",
            button="left",
            x_px=50,
            y_px=60,
            end_us=600,
            is_derived=True,
            extra='{"end_x_px": 120, "end_y_px": 60}',
        ),
        _event(8, 700, "key_down", **control, **mail),
        _event(9, 710, "key_down", key="c", code="KeyC", mods="ctrl", **mail),
        _event(
            10,
            710,
            "shortcut",
            key="c",
            code="KeyC",
            mods="ctrl",
            chord="ctrl+c",
            command="Copy",
            via="shortcut",
            is_derived=True,
        ),
        _event(11, 720, "key_up", key="c", code="KeyC"),
        _event(12, 715, "key_up", **control),
        _event(13, None, "custom", source_type="without a time"),
        _event(14, 800, "key_down", **shifted, **field),
        _event(15, 850, "key_down", **shifted, **field),
        _event(16, 900, "key_up", key="z", code="KeyZ"),
        _event(
            17, 800, "text_input", end_us=900, text=TYPED, text_len=10, is_derived=True, is_text_redacted=True
        ),
        _event(18, 950, "clipboard_paste", text=PASTED),
        _event(19, 1000, "scroll", x_px=5, y_px=5, wheel_x=0.0, wheel_y=-3.0, wheel_unit="line"),
        _event(
            20, 1100, "navigation", app="Browser", window_title=TITLE, url="https://office.example.com/?q=1"
        ),
        _event(
            21, 1200, "click", button="right", clicks_n=1, x_px=7, y_px=8, is_derived=True, flags="off_screen"
        ),
        _event(22, 1300, "key_down", key="Meta", flags="dangling"),
        _event(23, 1400, "key_down", key="Shift", code="ShiftLeft"),
        _event(24, 1500, "mouse_down", button="right", x_px=300, y_px=301),
        _event(25, 2000, "idle", end_us=LATER),
        # The wait between them is longer than a chunk's span.
        _move(28, LATER, 310, 311),
        _event(29, LATER + 10, "mouse_up", button="right", x_px=310, y_px=311, window_title="Inbox (1)"),
        _event(30, LATER + 20, "key_up", key="Shift", code="ShiftLeft"),
        _event(
            31, LATER + 30, "drag", button="left", x_px=1, y_px=2, extra='{"end_x_px": 11, "end_y_px": -12}'
        ),
        _event(32, LATER + 40, "touch_start", x_px=1, y_px=1),
    ]
    return {
        "moves": [row for row in rows if "kind" not in row],
        "events": [row for row in rows if "kind" in row],
        "frames": [_frame(session_id, 0, 26, 1_900), _frame(session_id, 1, 27, 1_800)],
        "displays": [_display("left", -1920, end_us=LATER), _display("main", 0, is_primary=True)],
        "redactions": [_mask(session_id, "m1", "frame", entity="PERSON", score=0.5),
                       _mask(session_id, "m2", "clipboard", entity="CREDIT_CARD")],
    }  # fmt: skip


def _stepped() -> dict[str, Rows]:
    """Frame, step and inputs in turn, without times; the last step has no input."""
    args = (
        '{"calls": [{"call": "pyautogui.click", "x": 0.5}]}',
        f'{{"text": "{TYPED}", "keys": ["ctrl", "v"]}}',
        "not JSON",
    )
    steps = [
        {
            "step": place, "seq": 10 * place + 1, "actor": "agent", "model": "m-large", "thought": f"Step {place}",
            "action_type": "click", "action_args": args[place], "action_code": f"write('{TYPED}')",
            "frame_before_id": f"{STEPS}-{place:07d}", "is_correct": place != 1,
        }
        for place in range(3)
    ]  # fmt: skip
    frames = [_frame(STEPS, place, 10 * place, None, step=place) for place in range(3)]
    events = [
        _event(2, None, "click", step=0, button="left", x_px=1, y_px=2),
        _event(13, None, "text_input", step=1, text=TYPED, text_len=10),
        _event(14, None, "drag", step=1, button="left", x_px=1, y_px=2, extra='{"end_x_px": "no"}'),
    ]
    return {"steps": steps, "frames": frames, "events": events, "moves": [_move(12, None, 9, 9)]}


def _add(writer: PartWriter, session_id: str, tables: dict[str, Rows]) -> None:
    counts = {f"{name}_n": len(tables.get(name, ())) for name in ("moves", "events", "steps", "frames")}
    times = [row["t_us"] for rows in tables.values() for row in rows if row.get("t_us") is not None]
    session = {
        "session_id": session_id, "source_format": "office", "actor": "agent" if session_id == STEPS else "human",
        "participant_id": {CLOSED: "P1", WITHDRAWN: "P2"}.get(session_id), "os": "windows",
        "time_precision": "us", "clock": "relative", "duration_us": max(times, default=None),
        "task": "Answer a complaint" if session_id == BUSY else None, "redaction_status": "partial",
        "is_complete": True, "quality": "clock_backwards,off_screen" if session_id == BUSY else "", **counts,
    }  # fmt: skip
    tables = {"displays": [_display("main", 0, is_primary=True)], **tables}
    own = {name: [{"session_id": session_id, **row} for row in rows] for name, rows in tables.items()}
    writer.add({name: from_rows(name, rows) for name, rows in {**own, "sessions": [session]}.items()})


def _move(seq: int, t_us: int | None, x_px: int | None, y_px: int | None) -> dict[str, Any]:
    return {"seq": seq, "t_us": t_us, "x_px": x_px, "y_px": y_px}


def _event(seq: int, t_us: int | None, kind: str, **columns: Any) -> dict[str, Any]:
    return {"seq": seq, "t_us": t_us, "kind": kind, "is_derived": False, **columns}


def _frame(
    session_id: str, place: int, seq: int, t_us: int | None, step: int | None = None
) -> dict[str, Any]:
    picture, png = Image.new("RGB", (80, 45), (place * 90, 90, 90)), io.BytesIO()
    picture.save(png, "PNG")
    return {
        "frame_id": f"{session_id}-{place:07d}", "seq": seq, "t_us": t_us, "step": step, "format": "png",
        "image": {"bytes": png.getvalue(), "path": None}, "width_px": 80, "height_px": 45, "capture_left_px": -8,
        "capture_top_px": 4, "scale_x": 0.5, "scale_y": 0.5, "display_id": "main", "is_redacted": place == 0,
        "sha256": hashlib.sha256(png.getvalue()).hexdigest(),
        "pixels_sha256": hashlib.sha256(picture.tobytes()).hexdigest(),
    }  # fmt: skip


def _display(
    name: str, left_px: int, *, end_us: int | None = None, is_primary: bool = False
) -> dict[str, Any]:
    return {
        "display_id": name, "start_us": 0, "end_us": end_us, "left_px": left_px, "top_px": 0, "width_px": 1920,
        "height_px": 1080, "px_per_pt": 1.0, "is_primary": is_primary, "is_estimated": False,
        "coordinate_space": "physical_px",
    }  # fmt: skip


def _mask(session_id: str, name: str, target: str, **columns: Any) -> dict[str, Any]:
    place = {"frame_id": f"{session_id}-0000001", "frame_left_px": 3, "frame_top_px": 4, "frame_width_px": 20,
             "frame_height_px": 10}  # fmt: skip
    return {"redaction_id": f"{session_id}-{name}", "target": target, "method": "fill", **columns,
            **(place if target == "frame" else {})}  # fmt: skip
