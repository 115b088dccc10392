"""Small Parquet files in the shapes that people publish, and mappings over them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image

STEPS = """
mapping: 1
title: Desktop episodes
files: "data/*.parquet"
shape: row_per_step
session: episode_id
step: step_idx
time_us: timestamp * 1000000
person: "'u' || episode_id"
sessions:
  task: instruction
  actor: "'agent'"
  task_outcome: "CASE WHEN success THEN 'done' ELSE 'fail' END"
steps: {thought: thought, action_type: click_type}
events:
  kind: "CASE WHEN click_type IN ('left', 'right') THEN 'click' WHEN click_type = 'scroll' THEN 'scroll' END"
  button: "CASE WHEN click_type IN ('left', 'right') THEN click_type END"
  x_rel: mouse_x
  y_rel: mouse_y
  text: keyboard_text
frames: {image: image}
"""

TRAJECTORIES = """
mapping: 1
shape: row_per_trajectory
files: "*.parquet"
lists: [images, actions, thoughts]
session: id
sessions: {task: goal, actor: "'agent'"}
steps: {thought: thoughts, action_type: actions.type, action_args: actions}
events:
  kind: "CASE actions.type WHEN 'click' THEN 'click' WHEN 'type' THEN 'text_input' END"
  x_rel: actions.x
  y_rel: actions.y
frames: {image: images}
"""

CLICKS = ("left", None, "right", "left", "scroll")


def picture(shade: int, kind: str = "PNG", size: tuple[int, int] = (64, 40)) -> bytes:
    """A picture of one colour."""
    content = io.BytesIO()
    Image.new("RGB", size, (shade % 256, 100, 50)).save(content, kind)
    return content.getvalue()


def step_rows(episodes: int = 3, steps: int = 5) -> list[dict[str, Any]]:
    """Rows as published: one a step; the third step of episode 1 has no picture."""
    return [
        {
            "episode_id": episode, "step_idx": step, "instruction": f"do {episode}",
            "image": None if (episode, step) == (1, 2) else {"bytes": picture(episode * 10 + step), "path": None},
            "mouse_x": step / 10, "mouse_y": 0.5, "click_type": CLICKS[step % 5],
            "keyboard_text": None if step else "héllo", "timestamp": 100.0 + step * 1.5, "success": episode == 0,
            "thought": f"think {episode}.{step}",
        }
        for episode in range(episodes)
        for step in range(steps)
    ]  # fmt: skip


def write(path: Path, rows: Sequence[Mapping[str, Any]], group_rows: int = 4) -> None:
    """Write rows as one Parquet file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(list(rows)), path, row_group_size=group_rows)


def step_folder(root: Path, rows: Sequence[Mapping[str, Any]] | None = None, mapping: str = STEPS) -> Path:
    """A folder with the rows in two files, in mixed order, and its mapping."""
    rows = step_rows() if rows is None else rows
    half = (len(rows) + 1) // 2
    mixed = [*reversed(rows)]
    for name, part in (("a", mixed[:half]), ("b", mixed[half:])):
        if part:
            write(root / "data" / f"{name}.parquet", part)
    root.mkdir(parents=True, exist_ok=True)
    (root / "m.yaml").write_text(mapping)
    return root


def trajectory_folder(root: Path, kind: str) -> Path:
    """Three trajectories with lists of unequal length; pictures as `struct`, `blob` or `text` (linked)."""

    def image(number: int) -> Any:
        if kind == "text":
            (root / "pics").mkdir(parents=True, exist_ok=True)
            (root / "pics" / f"{number}.jpg").write_bytes(picture(number, "JPEG"))
            return f"pics/{number}.jpg"
        content = picture(number, "JPEG")
        return content if kind == "blob" else {"bytes": content, "path": f"{number}.jpg"}

    act = {"type": "click", "x": 0.5, "y": 0.2}
    write(
        root / "a.parquet",
        [
            {"id": "t1", "goal": "g", "images": [image(1), image(2), image(3)],
             "actions": [act, {"type": "type", "x": None, "y": None}], "thoughts": ["a", "b", "c"]},
            {"id": "t2", "goal": "h", "images": [image(4), None], "actions": [{**act, "y": 1.0}] * 2,
             "thoughts": ["a", None]},
            {"id": "t3", "goal": None, "images": [], "actions": None, "thoughts": ["only"]},
        ],
        group_rows=2,
    )  # fmt: skip
    (root / "m.yaml").write_text(TRAJECTORIES)
    return root
