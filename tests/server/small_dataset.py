"""A small dataset with everything that the pages show, and hostile text in all of it."""

from __future__ import annotations

import hashlib
import io
import random
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from explorer.trace.arrow import from_rows
from explorer.trace.commit import writing
from explorer.trace.dataset import create
from explorer.trace.writer import PartWriter

HOSTILE = (
    "<img src=http://192.0.2.1/a.png onerror=alert(1)><script>alert(2)</script>",
    "![beacon](http://192.0.2.1/b.png) [click](javascript:alert(3)) $x^2$ :material/home:",
    "=HYPERLINK(\"http://192.0.2.1\",\"x\") \u202eevil\u202c \u200b{{7*7}} ${alert(4)}",
    "' OR 1=1 -- %' _ \\ \x00\x1b[31m",
)  # fmt: skip
APPS = ("Mail", "Sheets", "Browser", "Terminal", "Calendar", "Notes", HOSTILE[0])
TASKS = ("Reply to the supplier", "Sum the March orders", "Book a meeting room", "Clean up the inbox")
FIRST_DAY = 20_410  # 2025-11-18
SESSIONS_N = 24
SECOND_US = 1_000_000


def session_id(index: int) -> str:
    """Id of the session with that number."""
    return "office-" + hashlib.sha256(str(index).encode()).hexdigest()[:16]


def write(root: Path, *, synthetic: bool, sessions_n: int = SESSIONS_N, people_n: int = 8) -> Path:
    """Write the dataset and return its folder. Odd sessions have frames, every fifth one an agent."""
    create(root, "Office, small", synthetic=synthetic)
    with writing(root) as commit:
        writer = PartWriter(root)
        for index in range(sessions_n):
            writer.add({name: from_rows(name, rows) for name, rows in _session(index, people_n).items()})
        commit.add(writer.close())
    return root


def _session(index: int, people_n: int) -> dict[str, list[dict[str, Any]]]:
    dice = random.Random(index)
    moves, events = _input(index, dice)
    taken = moves[:: max(1, len(moves) // 5)] if index % 2 else []
    frames = [_frame(index, k, row["seq"], row["t_us"]) for k, row in enumerate(taken)]
    gone = {row["seq"] for row in taken}
    moves = [row for row in moves if row["seq"] not in gone]
    person = f"P{index % people_n:02d}"
    row = {
        "session_id": session_id(index), "participant_id": person, "source_format": "office", "source_name": "made",
        "actor": "agent" if index % 5 == 4 else "human", "started_at_unix_us": FIRST_DAY * 86_400 * SECOND_US + index,
        "started_day": FIRST_DAY + 3 * index, "time_precision": "us", "clock": "epoch",
        "duration_us": max(row["t_us"] for row in events), "os": ("linux", "macos", "windows")[index % 3],
        "task": HOSTILE[index] if index < len(HOSTILE) else TASKS[index % 4] if index % 3 else None,
        "redaction_status": ("none", "complete", "partial")[index % 3], "is_complete": index != 7,
        "moves_n": len(moves), "events_n": len(events), "steps_n": 0, "frames_n": len(frames),
        "quality": "incomplete" if index == 7 else "held_keys,off_screen" if index % 4 == 2 else "",
    }  # fmt: skip
    who = {
        "participant_id": person,
        "cohort": "pilot" if index % people_n < 6 else "rest",
        "consent_status": "granted",
    }
    return {
        "sessions": [row], "participants": [who], "displays": [_display(index)], "moves": moves, "events": events,
        "frames": frames,
    }  # fmt: skip


def _input(index: int, dice: random.Random) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    moves: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    t_us, app = 0, APPS[index % len(APPS)]
    for seq in range(40 + 12 * index):
        t_us += dice.choice((40_000, 120_000, 900_000, 2_500_000, 9_000_000))
        if seq % 9 == 0:
            app = dice.choice(APPS)
            title = HOSTILE[seq % 4] if dice.random() < 0.2 else f"{app}: window {seq}"
            events.append(_row(index, seq, t_us, kind="window_focus", app=app, window_title=title))
        elif seq % 3 == 0:
            moves.append({"session_id": session_id(index), "seq": seq, "t_us": t_us, "x_px": dice.randrange(1900),
                          "y_px": dice.randrange(1000), "app": app, "display_id": "main"})  # fmt: skip
        elif seq % 3 == 1:
            events.append(_row(index, seq, t_us, kind="click", button="left", x_px=10, y_px=10, app=app))
        else:
            kind = "shortcut" if dice.random() < 0.3 else "key_down"
            events.append(_row(index, seq, t_us, kind=kind, key="c", chord="ctrl+c", app=app))
    return moves, events


def _row(index: int, seq: int, t_us: int, **columns: Any) -> dict[str, Any]:
    return {"session_id": session_id(index), "seq": seq, "t_us": t_us, "is_derived": False, **columns}


def _display(index: int) -> dict[str, Any]:
    return {
        "session_id": session_id(index), "display_id": "main", "start_us": 0, "left_px": 0, "top_px": 0,
        "width_px": 1920, "height_px": 1080, "px_per_pt": 1.0, "is_primary": True, "is_estimated": index % 4 == 0,
        "coordinate_space": "physical_px",
    }  # fmt: skip


@cache
def _pictures(index: int, k: int) -> tuple[bytes, bytes]:
    """A screenshot and its thumb: drawing them takes most of what writing the dataset does, and it is written often."""
    picture = Image.new("RGB", (960, 540), (238, 240, 243))
    pen = ImageDraw.Draw(picture)
    left = 40 + 30 * (k % 6)
    pen.rectangle((left, 40, 700, 480), fill=(255, 255, 255), outline=(180, 186, 194))
    pen.rectangle((left, 40, 700, 70), fill=(60 + 20 * (index % 8), 90, 150))
    for line in range(8):
        top, right = 110 + 40 * line, 380 + (index * 37 + line * 53) % 260
        pen.rectangle((left + 40, top, right, top + 12), fill=(205, 210, 217))
    stored, thumb = io.BytesIO(), io.BytesIO()
    picture.save(stored, "PNG")
    picture.resize((240, 135)).save(thumb, "JPEG")
    return stored.getvalue(), thumb.getvalue()


def _frame(index: int, k: int, seq: int, t_us: int) -> dict[str, Any]:
    stored, thumb = _pictures(index, k)
    return {
        "frame_id": f"{session_id(index)}-{k:07d}", "session_id": session_id(index), "seq": seq, "t_us": t_us,
        "image": {"bytes": stored, "path": None}, "thumb": thumb, "format": "png",
        "width_px": 960, "height_px": 540, "sha256": hashlib.sha256(stored).hexdigest(), "is_redacted": False,
    }  # fmt: skip
