"""The tables of a trace dataset: the one place that states columns, types, units and allowed values.

Standard library only, so that the command line, the documentation and the checks can read it at no cost.
"""

from __future__ import annotations

from dataclasses import dataclass

FORMAT_VERSION = 1

GRID_COLUMNS, GRID_ROWS = 192, 108
LAST_CELL = GRID_COLUMNS * GRID_ROWS - 1

# The widest desktop that is believed; a coordinate beyond it is not a position.
FARTHEST_PX = 1_000_000
# Ten years: no recording is longer, and sums over sessions stay within BIGINT.
LATEST_US = 10 * 366 * 86_400 * 1_000_000

TYPES = ("VARCHAR", "BIGINT", "INTEGER", "SMALLINT", "DOUBLE", "BOOLEAN", "BLOB", "IMAGE")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `values` lists the allowed words, `low` and `high` the allowed numbers (both included)."""

    name: str
    type: str
    text: str
    unit: str | None = None
    required: bool = False
    values: tuple[str, ...] | None = None
    flags: tuple[str, ...] | None = None  # comma-separated words, each of these
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table: rows are sorted by `order`, and `key` is unique."""

    name: str
    text: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    order: tuple[str, ...]

    def column(self, name: str) -> Column:
        """The column of that name; KeyError when the table has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name}.{name}")

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


SOURCE_FORMATS = (
    "owamcap", "openadapt_capture", "ducktrack", "agentnet_raw", "agentnet_trajectory", "pc_tracker",
    "rrweb", "balabit", "sapimouse", "parquet", "office", "generated",
)  # fmt: skip
KINDS = (
    "mouse_down", "mouse_up", "click", "double_click", "drag", "scroll", "key_down", "key_up", "shortcut",
    "text_input", "window_focus", "navigation", "clipboard_copy", "clipboard_cut", "clipboard_paste",
    "ui_element", "display_change", "pause", "resume", "idle", "touch_start", "touch_move", "touch_end",
    "task_end", "custom",
)  # fmt: skip
BUTTONS = ("left", "right", "middle", "x1", "x2")
MODIFIERS = ("ctrl", "alt", "shift", "meta")
MOVE_FLAGS = ("off_screen", "no_geometry", "sentinel_xy", "drag")
EVENT_FLAGS = (
    *MOVE_FLAGS,
    "dangling",
    "held_at_start",
    "unresolved_key",
    "recorder_hotkey",
    "time_1s",
)
QUALITY_FLAGS = (
    "clock_backwards", "dangling_keys", "estimated_display", "held_keys", "incomplete", "no_display", "no_frames",
    "no_time", "off_screen", "recorder_hotkey", "sentinel_xy", "unknown_zone", "unread_video", "unresolved_keys",
)  # fmt: skip
CONSENT_SCOPES = ("screenshots", "keystrokes", "window_titles", "training", "demo")
REDACTION_TARGETS = ("frame", "text", "window_title", "url", "element_name", "clipboard", "task")
REDACTION_METHODS = ("fill", "blur", "pixelate", "drop", "placeholder")

_SESSION = Column("session_id", "VARCHAR", "session the row belongs to", required=True)
_SEQ = Column(
    "seq", "BIGINT", "place in the session's true order, shared by all its tables", required=True, low=0
)
_T = Column("t_us", "BIGINT", "time since the session's earliest row; NULL where the source has no time", "us",
            low=0, high=LATEST_US)  # fmt: skip


def _px(name: str, text: str) -> Column:
    return Column(name, "INTEGER", text, "px", low=-FARTHEST_PX, high=FARTHEST_PX)


def _size(name: str, text: str, *, required: bool = False) -> Column:
    return Column(name, "INTEGER", text, "px", required=required, low=0, high=FARTHEST_PX)


def _count(name: str, text: str, *, required: bool = False) -> Column:
    return Column(name, "BIGINT", text, required=required, low=0)


def _text(name: str, text: str) -> Column:
    return Column(name, "VARCHAR", text)


def _cell(name: str, text: str) -> Column:
    return Column(name, "SMALLINT", text, low=0, high=LAST_CELL)


_POINT = (
    _px(
        "x_px", "pointer, desktop pixels from the primary display's left edge; may be negative or off screen"
    ),
    _px("y_px", "pointer, desktop pixels from the primary display's top edge; may be negative or off screen"),
)
_CELLS = (
    _cell("cell", "row * 192 + column of a 192 x 108 grid over the display valid at that time"),
    _cell("window_cell", "the same over the focused window's rectangle"),
)
_DISPLAY = _text("display_id", "display the row belongs to")
_EXTRA = _text("extra", "JSON text: what the source knows and no column holds")

SESSIONS = Table(
    "sessions",
    "One row per recording.",
    (
        Column("session_id", "VARCHAR", "source_format, '-', first 16 hex digits of sha256(source sha256 + inner id)",
               required=True),
        _text("participant_id", "pseudonym of the recorded person; NULL where people are unknown"),
        Column("source_format", "VARCHAR", "recorder format", required=True, values=SOURCE_FORMATS),
        _text("source_name", "file name alone"),
        _text("source_sha256", "sha256 of the source"),
        _text("importer_version", "version of the importer"),
        Column("actor", "VARCHAR", "who acted", required=True, values=("human", "agent")),
        Column("started_at_unix_us", "BIGINT", "wall clock of the first row, UTC; NULL where unknown", "us"),
        Column("started_day", "INTEGER", "days since 1970-01-01 UTC", "d", low=0, high=60_000),
        Column("time_precision", "VARCHAR", "how fine the source's clock is", required=True,
               values=("us", "ms", "s", "none")),
        Column("clock", "VARCHAR", "what the source's clock counts from", required=True,
               values=("epoch", "monotonic", "relative", "step")),
        Column("duration_us", "BIGINT", "time of the last row", "us", low=0, high=LATEST_US),
        _text("os", "operating system: linux, macos, windows, or as recorded"),
        _text("recorder", "program that recorded"),
        _text("recorder_version", "its version"),
        _text("task_id", "task"),
        _text("task", "what was to be done, in words"),
        Column("task_outcome", "VARCHAR", "how the task ended", values=("done", "fail", "unknown")),
        Column("task_score", "DOUBLE", "score of the task"),
        _text("split", "part of the source collection: train, test"),
        _text("region", "ISO 3166 code of the participant's country at capture; NULL unknown"),
        Column("redaction_status", "VARCHAR", "whether a redaction pass covered the session", required=True,
               values=("none", "partial", "complete", "unknown")),
        _text("redaction_policy", "name or digest of the policy the pass followed"),
        Column("is_complete", "BOOLEAN", "the recorder finished", required=True),
        _count("moves_n", "rows in moves", required=True),
        _count("events_n", "rows in events", required=True),
        _count("steps_n", "rows in steps", required=True),
        _count("frames_n", "rows in frames", required=True),
        Column("quality", "VARCHAR", "sorted, comma-separated flags; empty when nothing was found", required=True,
               flags=QUALITY_FLAGS),
        _EXTRA,
    ),
    key=("session_id",),
    order=("session_id",),
)  # fmt: skip

PARTICIPANTS = Table(
    "participants",
    "One row per recorded person, under a pseudonym.",
    (
        Column("participant_id", "VARCHAR", "pseudonym", required=True),
        _text("cohort", "group the person was recorded in"),
        _text("region", "ISO 3166 code of the country"),
        Column("consent_status", "VARCHAR", "whether the person agreed", required=True,
               values=("granted", "withdrawn", "unknown")),
        Column("consent_scope", "VARCHAR", "comma-separated scopes; NULL unrestricted, shown as unknown",
               flags=CONSENT_SCOPES),
        Column("consent_at_unix_us", "BIGINT", "when consent was given, UTC", "us"),
        Column("withdrawn_at_unix_us", "BIGINT", "when consent was withdrawn, UTC", "us"),
    ),
    key=("participant_id",),
    order=("participant_id",),
)  # fmt: skip

DISPLAYS = Table(
    "displays",
    "One row per display and period in which its geometry was constant.",
    (
        _SESSION,
        Column("display_id", "VARCHAR", "display, unique within the session", required=True),
        Column("start_us", "BIGINT", "from when the geometry holds (included)", "us", required=True,
               low=0, high=LATEST_US),
        Column("end_us", "BIGINT", "until when it holds (excluded); NULL to the end", "us", low=0, high=LATEST_US),
        _px("left_px", "left edge"),
        _px("top_px", "top edge"),
        _size("width_px", "width"),
        _size("height_px", "height"),
        Column("px_per_pt", "DOUBLE", "scale: physical pixels per logical point", low=0, high=100),
        Column("is_primary", "BOOLEAN", "the display whose top left is the origin", required=True),
        Column("is_estimated", "BOOLEAN", "no geometry was recorded; the smallest standard size covering 99.9 % of "
               "the points", required=True),
        Column("coordinate_space", "VARCHAR", "what a pixel is", required=True,
               values=("physical_px", "logical_px", "css_viewport", "normalized")),
    ),
    key=("session_id", "display_id", "start_us"),
    order=("session_id", "start_us", "display_id"),
)  # fmt: skip

MOVES = Table(
    "moves",
    "One row per recorded pointer position.",
    (
        _SESSION, _SEQ, _T, *_POINT, _DISPLAY,
        _text("app", "application in front"),
        *_CELLS,
        Column("flags", "VARCHAR", "sorted, comma-separated; NULL when none", flags=MOVE_FLAGS),
    ),
    key=("session_id", "seq"),
    order=("session_id", "seq"),
)  # fmt: skip

EVENTS = Table(
    "events",
    "One row per discrete event; rows made from other rows are marked is_derived.",
    (
        _SESSION, _SEQ, _T,
        Column("end_us", "BIGINT", "end of an event that lasts (drag, idle, typed text)", "us", low=0, high=LATEST_US),
        Column("step", "BIGINT", "step that caused the event", low=0),
        Column("kind", "VARCHAR", "what happened", required=True, values=KINDS),
        *_POINT,
        Column("x_rel", "DOUBLE", "x_px as a share of the display's width", low=0, high=1),
        Column("y_rel", "DOUBLE", "y_px as a share of the display's height", low=0, high=1),
        _DISPLAY, *_CELLS,
        Column("button", "VARCHAR", "mouse button", values=BUTTONS),
        Column("clicks_n", "INTEGER", "presses that make the click", low=1, high=100),
        Column("wheel_x", "DOUBLE", "scroll amount to the right, in wheel_unit"),
        Column("wheel_y", "DOUBLE", "scroll amount downwards, in wheel_unit"),
        Column("wheel_unit", "VARCHAR", "unit of the scroll amount", values=("line", "px", "page", "unknown")),
        _text("key", "what the key means, W3C KeyboardEvent.key: a, Enter, Control"),
        _text("code", "physical key as recorded, with its source: VK_84, X11_38, KeyA"),
        _text("mods", "modifiers held, in the order ctrl+alt+shift+meta"),
        _text("chord", "modifiers + key, case-folded: ctrl+c"),
        _text("text", "text that was typed or pasted"),
        Column("text_len", "BIGINT", "its length in characters", low=0),
        Column("is_text_redacted", "BOOLEAN", "part of the text was replaced by a redaction pass"),
        _text("app", "application in front"),
        _text("window_title", "its window's title"),
        _px("window_left_px", "window's left edge"),
        _px("window_top_px", "window's top edge"),
        _size("window_width_px", "window's width"),
        _size("window_height_px", "window's height"),
        _text("url", "address of the page"),
        _text("element_role", "role of the element under the pointer or in focus"),
        _text("element_name", "its accessible name"),
        _px("element_left_px", "element's left edge"),
        _px("element_top_px", "element's top edge"),
        _size("element_width_px", "element's width"),
        _size("element_height_px", "element's height"),
        _text("command", "command that was given"),
        Column("via", "VARCHAR", "how the command was given",
               values=("shortcut", "menu", "context_menu", "toolbar", "unknown")),
        _text("frame_id", "screen before the event"),
        _text("frame_after_id", "screen after the event"),
        Column("is_derived", "BOOLEAN", "made from other rows", required=True),
        _text("source_type", "the source's own name for the row"),
        Column("flags", "VARCHAR", "sorted, comma-separated; NULL when none", flags=EVENT_FLAGS),
        _EXTRA,
    ),
    key=("session_id", "seq"),
    order=("session_id", "seq"),
)  # fmt: skip

STEPS = Table(
    "steps",
    "One row per decision of an agent, or annotated step of a person.",
    (
        _SESSION,
        Column("step", "BIGINT", "number of the step", required=True, low=0),
        _SEQ, _T,
        Column("actor", "VARCHAR", "who decided", values=("human", "agent")),
        _text("model", "model that decided"),
        _text("instruction", "what was asked"),
        _text("observation", "what was seen"),
        _text("thought", "reasoning before the action"),
        _text("reflection", "reasoning after the action"),
        _text("action_type", "kind of action"),
        _text("action_args", "its arguments, JSON text"),
        _text("action_code", "its source code"),
        _text("frame_before_id", "screen before the step"),
        _text("frame_after_id", "screen after the step"),
        Column("is_correct", "BOOLEAN", "the step was judged right"),
        Column("is_redundant", "BOOLEAN", "the step was judged needless"),
        Column("reward", "DOUBLE", "reward of the step"),
        _EXTRA,
    ),
    key=("session_id", "step"),
    order=("session_id", "seq"),
)  # fmt: skip

FRAMES = Table(
    "frames",
    "One row per screenshot, with its bytes.",
    (
        Column("frame_id", "VARCHAR", "session_id, '-', 7-digit index", required=True),
        _SESSION, _SEQ, _T,
        Column("step", "BIGINT", "step the picture belongs to", low=0),
        Column("image", "IMAGE", "stored bytes, or the path of a linked file"),
        Column("thumb", "BLOB", "JPEG, at most 240 px wide"),
        Column("format", "VARCHAR", "encoding of the stored bytes", values=("png", "webp", "jpeg")),
        _size("width_px", "picture's width"),
        _size("height_px", "picture's height"),
        _px("capture_left_px", "desktop pixel shown at the picture's left edge"),
        _px("capture_top_px", "desktop pixel shown at the picture's top edge"),
        Column("scale_x", "DOUBLE", "picture pixels per desktop pixel", low=0, high=1000),
        Column("scale_y", "DOUBLE", "picture pixels per desktop pixel", low=0, high=1000),
        _DISPLAY,
        _text("sha256", "sha256 of the stored bytes"),
        _text("pixels_sha256", "sha256 of the decoded RGB pixels"),
        _text("screen_state", "perceptual hash: orders look-alikes, never a unit of review or proof"),
        Column("is_redacted", "BOOLEAN", "a redaction pass covered this frame, even if it found nothing",
               required=True),
    ),
    key=("frame_id",),
    order=("session_id", "seq"),
)  # fmt: skip

REDACTIONS = Table(
    "redactions",
    "One row per masked region or span; never the masked text itself.",
    (
        Column("redaction_id", "VARCHAR", "id", required=True),
        _SESSION,
        Column("target", "VARCHAR", "what was masked", required=True, values=REDACTION_TARGETS),
        _text("frame_id", "frame with the masked region"),
        Column("seq", "BIGINT", "row with the masked span", low=0),
        Column("start_us", "BIGINT", "from when the mask holds", "us", low=0, high=LATEST_US),
        Column("end_us", "BIGINT", "until when it holds", "us", low=0, high=LATEST_US),
        _px("frame_left_px", "left edge in picture pixels"),
        _px("frame_top_px", "top edge in picture pixels"),
        _size("frame_width_px", "width in picture pixels"),
        _size("frame_height_px", "height in picture pixels"),
        Column("char_start", "BIGINT", "first masked character", low=0),
        Column("char_end", "BIGINT", "character after the last masked one", low=0),
        _text("entity", "Presidio entity name: PERSON, EMAIL_ADDRESS, CREDIT_CARD"),
        Column("score", "DOUBLE", "the detector's confidence", low=0, high=1),
        Column("method", "VARCHAR", "how it was masked", values=REDACTION_METHODS),
        _text("detector", "what found it"),
        _text("policy", "policy that asked for it"),
    ),
    key=("redaction_id",),
    order=("session_id", "redaction_id"),
)  # fmt: skip

TABLES: dict[str, Table] = {
    table.name: table
    for table in (SESSIONS, PARTICIPANTS, DISPLAYS, MOVES, EVENTS, STEPS, FRAMES, REDACTIONS)
}
