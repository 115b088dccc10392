"""A first draft of a mapping from a file's columns: what the names suggest, and everything else to choose from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column of somebody's file. `type` is in words; `is_list` where a row holds several values."""

    name: str
    type: str
    is_list: bool = False
    is_text: bool = False
    is_number: bool = False
    is_picture: bool = False


# our place -> names that people give to it, the likeliest first
_NAMES: dict[str, tuple[str, ...]] = {
    "session": ("episode_id", "trajectory_id", "session_id", "traj_id", "task_id", "annotation_id", "episode_index",
                "recording_id", "demo_id", "uid", "uuid", "id"),
    "step": ("step_idx", "step_id", "step_index", "step", "frame_index", "target_action_index", "index", "idx"),
    "time_us": ("timestamp_us", "time_us", "timestamp", "time", "mediaoffsetseconds", "media_offset_seconds"),
    "person": ("participant_id", "user_id", "annotator_id", "user"),
    "sessions.task": ("instruction", "confirmed_task", "task_description", "task", "goal", "prompt"),
    "sessions.task_id": ("task_id", "annotation_id"),
    "sessions.split": ("split",),
    "sessions.os": ("os", "platform", "operating_system"),
    "steps.thought": ("thought", "thoughts", "reasoning", "rationale"),
    "steps.observation": ("observation", "observations"),
    "steps.reflection": ("reflection", "reflections"),
    "steps.action_type": ("action_type", "click_type", "operation", "action", "actions", "kind"),
    "steps.action_code": ("code", "action_code", "pyautogui", "codes"),
    "steps.reward": ("reward", "rewards"),
    "events.x_rel": ("mouse_x", "x_rel", "x_norm", "x"),
    "events.y_rel": ("mouse_y", "y_rel", "y_norm", "y"),
    "events.text": ("keyboard_text", "typed_text", "text"),
    "events.key": ("key",),
    "events.url": ("url", "website_url"),
    "events.app": ("app", "app_name", "application"),
    "events.window_title": ("window_title", "title"),
    "frames.image": ("image", "screenshot", "screenshots", "images", "frame", "img", "image_path", "screenshot_path"),
    "frames.width_px": ("image_width", "screen_width", "width"),
    "frames.height_px": ("image_height", "screen_height", "height"),
}  # fmt: skip
_NUMBERS = (
    "step",
    "time_us",
    "steps.reward",
    "events.x_rel",
    "events.y_rel",
    "frames.width_px",
    "frames.height_px",
)
_UNIT = {"timestamp_us": "", "time_us": ""}


def draft(file_name: str, columns: Sequence[FileColumn]) -> str:
    """YAML text with a comment on every line that wants a look; it loads as it is when a session column was found."""
    lists = [column.name for column in columns if column.is_list]
    is_trajectory = bool(lists) and not any(_suits("events.x_rel", c) for c in columns if not c.is_list)
    found = {place: name for place in _NAMES if (name := _guess(place, columns, is_trajectory))}
    return "\n".join(_lines(file_name, columns, found, lists if is_trajectory else [])) + "\n"


def _lines(
    file_name: str, columns: Sequence[FileColumn], found: dict[str, str], lists: Sequence[str]
) -> Iterator[str]:
    yield "# A draft: our column on the left, their column or an SQL expression over their columns on the right."
    yield "# Then: trace-explorer mapping check FOLDER --mapping THIS_FILE"
    yield "#"
    yield f"# Columns of {_comment(file_name)}:"
    for column in columns[:200]:
        yield f"#   {_comment(column.name)}: {_comment(column.type)}"
    yield "mapping: 1"
    yield f"title: {_quoted(file_name.rpartition('.')[0] or file_name)}"
    yield 'files: "**/*.parquet"  # below the folder'
    yield f"shape: {'row_per_trajectory' if lists else 'row_per_step'}"
    if lists:
        yield f"lists: [{', '.join(_quoted(name) for name in lists)}]  # parallel: one element a step"
    yield from _alone(found, bool(lists))
    yield "sessions:"
    yield "  actor: \"'agent'\"  # or \"'human'\": a fixed word has quotes within quotes"
    yield from _section("sessions", found)
    yield from _titled("steps", found)
    if "events.x_rel" in found or "events.text" in found:
        yield "events:"
        yield "  # Which of their rows is what: click, double_click, drag, scroll, key_down, text_input, …; NULL: none"
        yield f"  kind: {_quoted(_kind(found))}"
        yield from _section("events", found)
    yield from _titled("frames", found)


def _alone(found: dict[str, str], is_trajectory: bool) -> Iterator[str]:
    if "session" in found:
        yield f"session: {_value(found['session'])}  # tells episodes apart"
    elif not is_trajectory:
        yield "session: FILL_IN  # the column that tells episodes apart"
    if "step" in found:
        yield f"step: {_value(found['step'])}  # order within an episode; unique there"
    if "time_us" in found:
        factor = _UNIT.get(found["time_us"], " * 1000000")
        yield f"time_us: {_quoted(_sql(found['time_us']) + factor)}  # microseconds: is the unit right?"
    else:
        yield "# time_us: their_seconds * 1000000"
    if "person" in found:
        yield f"person: {_value(found['person'])}  # a pseudonym, never a name"


def _titled(section: str, found: dict[str, str]) -> Iterator[str]:
    lines = list(_section(section, found))
    if lines:
        yield f"{section}:"
        yield from lines


def _section(section: str, found: dict[str, str]) -> Iterator[str]:
    for place, name in found.items():
        own, _, column = place.partition(".")
        if own == section:
            note = "  # a share of the screen's size, 0 to 1" if column in ("x_rel", "y_rel") else ""
            yield f"  {column}: {_value(name)}{note}"


def _kind(found: dict[str, str]) -> str:
    if "events.x_rel" in found:
        x = _sql(found["events.x_rel"])
        typed = (
            f" WHEN {_sql(found['events.text'])} <> '' THEN 'text_input'" if "events.text" in found else ""
        )
        return f"CASE WHEN {x} IS NOT NULL THEN 'click'{typed} END"
    return f"CASE WHEN {_sql(found['events.text'])} <> '' THEN 'text_input' END"


def _guess(place: str, columns: Sequence[FileColumn], is_trajectory: bool) -> str | None:
    is_of_session = place in ("session", "person") or place.startswith("sessions.")
    by_name = {c.name.lower(): c for c in columns if _suits(place, c)}
    for name in _NAMES[place]:
        column = by_name.get(name)
        if column and (not column.is_list if is_of_session else column.is_list or not is_trajectory):
            return column.name
    return None


def _suits(place: str, column: FileColumn) -> bool:
    if column.name.lower() not in _NAMES[place]:
        return False
    if place == "frames.image":
        return column.is_picture or column.is_text
    if place in _NUMBERS:
        return column.is_number
    return column.is_text or (column.is_number and place in ("session", "person", "sessions.task_id"))


def _sql(name: str) -> str:
    return name if re.fullmatch(r"[a-z_][a-z0-9_]*", name) else '"' + name.replace('"', '""') + '"'


def _value(name: str) -> str:
    is_plain = _sql(name) == name and name not in (
        "y",
        "n",
        "yes",
        "no",
        "on",
        "off",
        "true",
        "false",
        "null",
    )
    return name if is_plain else _quoted(_sql(name))


def _quoted(text: str) -> str:
    """A YAML double-quoted scalar on one line."""
    plain = "".join(c if c.isprintable() else " " for c in text)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _comment(text: str) -> str:
    return "".join(c if c.isprintable() else "�" for c in text)[:160]
