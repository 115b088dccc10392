"""A dataset of people who point at known places: two large groups, one of four people, screens of two sizes.

Everybody moves at HOME; the group "north" also at NORTH, "south" at SOUTH; one person alone at LONELY. Four people
alone use the app Rare. The app with a hostile name is that of the south. Every session has one screenshot, taken in
Mail.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from explorer.trace.dataset import create
from explorer.trace.grid import cells

HOSTILE = "<img src=http://192.0.2.1/a.png onerror=alert(1)> **bold** ![x](http://192.0.2.1/b.png)"
COHORTS = ("north",) * 6 + ("south",) * 6 + ("few",) * 4
# Places in shares of the screen.
HOME, NORTH, SOUTH, LONELY = (0.1, 0.1), (0.3, 0.3), (0.7, 0.7), (0.9, 0.2)
SECOND_US = 1_000_000


def session_id(index: int) -> str:
    """Id of that person's session."""
    return f"generated-{index:x}{'0' * 15}"


def write(
    root: Path, dataset_of: Callable[..., Path], *, synthetic: bool = True, covered_n: int = 16
) -> Path:
    """Write the dataset; a redaction pass covered the screenshots of the first `covered_n` people."""
    create(root, "Pointing, small", synthetic=synthetic)
    tables: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("sessions", "displays", "moves", "events", "frames")
    }
    people = [
        {"participant_id": f"P{i:02d}", "cohort": cohort, "consent_status": "granted"}
        for i, cohort in enumerate(COHORTS)
    ]
    for index, cohort in enumerate(COHORTS):
        own = {"session_id": session_id(index)}
        tables["sessions"].append({
            **own, "participant_id": f"P{index:02d}", "duration_us": 200 * SECOND_US, "os": "linux",
            "source_format": "generated" if synthetic else "owamcap", "started_day": 20_500 + 7 * (index % 2),
        })  # fmt: skip
        size = _size(index)
        tables["displays"].append({**own, "display_id": "main", "left_px": 0, "top_px": 0, "width_px": size[0],
                                   "height_px": size[1], "is_estimated": index == 3})  # fmt: skip
        moves, events = _input(index, cohort, size)
        tables["moves"] += [{**own, **row} for row in moves]
        tables["events"] += [{**own, **row} for row in events]
        tables["frames"].append({**own, **_frame(index, size, is_redacted=index < covered_n)})
    return dataset_of(root, participants=people, **tables)


def _size(index: int) -> tuple[int, int]:
    return (3200, 1800) if index % 2 else (1600, 900)


def _input(
    index: int, cohort: str, size: tuple[int, int]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """First a window comes to the front, then a screenshot (seq 1), then everything else."""
    app = {"north": "Sheet", "south": HOSTILE, "few": "Rare"}[cohort]
    told = [("Mail", HOME)] * 40 + [(app, {"north": NORTH, "south": SOUTH, "few": HOME}[cohort])] * 60
    told += [("Mail", LONELY)] * (10 if index == 0 else 0)
    moves = [_placed(k + 2, name, place, k, size) for k, (name, place) in enumerate(told)]
    moves.append({**_placed(len(told) + 2, "Mail", (1.5, 0.5), 0, size), "flags": "off_screen"})
    events = [
        {"seq": 0, "t_us": 0, "kind": "window_focus", "app": "Mail", "window_title": f"Inbox {HOSTILE}"}
    ]
    for k, (name, place) in enumerate(told[::4]):
        row = _placed(len(told) + 3 + k, name, place, k, size)
        title = f"Inbox {HOSTILE}" if name == "Mail" else name
        events.append({**row, "kind": "click", "button": "left", "window_title": title,
                       "frame_id": f"{session_id(index)}-0000000"})  # fmt: skip
    return moves, events


def _placed(seq: int, app: str, place: tuple[float, float], k: int, size: tuple[int, int]) -> dict[str, Any]:
    """A point near a place: within two hundredths of the screen, the same share on screens of all sizes."""
    x = round((place[0] + 0.004 * (k % 5)) * size[0])
    y = round((place[1] + 0.004 * (k % 4)) * size[1])
    [cell] = cells(np.array([x]), np.array([y]), left=0, top=0, width=size[0], height=size[1])
    return {"seq": seq, "t_us": seq * SECOND_US, "x_px": x, "y_px": y, "display_id": "main", "app": app,
            "cell": int(cell) if cell >= 0 else None}  # fmt: skip


def _frame(index: int, size: tuple[int, int], *, is_redacted: bool) -> dict[str, Any]:
    """A light page with the same blue head for all, and a red square in a place of each one's own."""
    picture = Image.new("RGB", (size[0] // 2, size[1] // 2), (244, 245, 247))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, picture.width, picture.height // 8), fill=(60, 90, 150))
    left = picture.width * (index + 1) // 20
    pen.rectangle((left, picture.height // 2, left + 30, picture.height // 2 + 30), fill=(220, 30, 30))
    stored, thumb = io.BytesIO(), io.BytesIO()
    picture.save(stored, "PNG")
    picture.resize((240, 135)).save(thumb, "JPEG")
    return {
        "frame_id": f"{session_id(index)}-0000000", "seq": 1, "t_us": 1, "display_id": "main", "format": "png",
        "image": {"bytes": stored.getvalue(), "path": None}, "thumb": thumb.getvalue(), "width_px": picture.width,
        "height_px": picture.height, "capture_left_px": 0, "capture_top_px": 0, "scale_x": 0.5, "scale_y": 0.5,
        "sha256": hashlib.sha256(stored.getvalue()).hexdigest(), "is_redacted": is_redacted,
    }  # fmt: skip
