"""How numbers, times and flags are said on screen. Pure functions, no Streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from explorer.trace.schema import LATEST_US

_EPOCH = date(1970, 1, 1)
# The Monday of the week of 1970-01-01, and a Sunday, 2199-12-29: whole weeks, beyond which no recording was made.
_FIRST_DAY, _LAST_DAY = -3, 84_003
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NOT_KNOWN = "not known"


def number(value: int) -> str:
    """A whole number with thousands separators: 412,904."""
    return f"{value:,}"


def count(value: int, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 session, 38 sessions."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def joined(words: Sequence[str]) -> str:
    """Words as one reads them out: a, b and c."""
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def duration(us: int | None, *, sessions_n: int = 1) -> str:
    """A length of time in its two largest units: 2 h 14 min, 3 min 12 s, 4.2 s; that of one session, or a sum."""
    if us is None or not 0 <= us <= LATEST_US * sessions_n:
        return NOT_KNOWN
    if us < 10_000_000:
        return f"{us / 1_000_000:.1f} s" if us else "0 s"
    seconds = round(us / 1_000_000)
    hours, minutes, rest = seconds // 3600, seconds % 3600 // 60, seconds % 60
    if hours:
        return f"{number(hours)} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def milliseconds(ms: float) -> str:
    """How long something took: 12 ms, 3.4 s; under 1 ms where it is less."""
    if ms < 1:
        return "under 1 ms"
    return f"{ms:.0f} ms" if ms < 1000 else f"{ms / 1000:.1f} s"


def week(monday: int | None) -> str:
    """The week that begins on a day since 1970: 16 Nov 2026."""
    return f"week of {day(monday)}" if monday is not None and is_day(monday) else NOT_KNOWN


def is_day(days: int) -> bool:
    """Whether a number can be the day of a recording, since 1970-01-01."""
    return _FIRST_DAY <= days <= _LAST_DAY


def monday_of(days: int) -> int:
    """The first day of a day's week."""
    return days - (days - _FIRST_DAY) % 7


def day(days: int) -> str:
    """A day since 1970-01-01: 16 Nov 2026."""
    if not is_day(days):
        return NOT_KNOWN
    then = _EPOCH + timedelta(days=days)
    return f"{then.day} {_MONTHS[then.month - 1]} {then.year}"


def iso_day(days: int) -> str:
    """The same as it stands in an address: 2026-11-16."""
    return (_EPOCH + timedelta(days=days)).isoformat()


def day_of_iso(text: str) -> int | None:
    """Days since 1970 of 2026-11-16; None when the text is no date, or none of a recording."""
    try:
        days = (date.fromisoformat(text) - _EPOCH).days
    except ValueError:
        return None
    return days if is_day(days) else None


def shortened(text: str | None, limit: int = 200) -> str:
    """Trace text cut to what a page can show; control characters become spaces."""
    if not text:
        return ""
    cut = text[: limit + 1]
    clean = cut if cut.isprintable() else "".join(char if char.isprintable() else " " for char in cut)
    clean = clean.strip()
    return clean if len(clean) <= limit else clean[:limit].rstrip() + "…"


SOURCES = {
    "owamcap": "OWAMcap",
    "openadapt_capture": "OpenAdapt capture",
    "ducktrack": "DuckTrack",
    "agentnet_raw": "AgentNet, raw",
    "agentnet_trajectory": "AgentNet, trajectory",
    "pc_tracker": "PC Tracker",
    "rrweb": "rrweb",
    "balabit": "Balabit",
    "sapimouse": "SapiMouse",
    "parquet": "Parquet",
    "office": "Office sample",
    "generated": "Generated",
}
SYSTEMS = {"linux": "Linux", "macos": "macOS", "windows": "Windows"}
ACTORS = {"human": "Human", "agent": "Agent"}
REDACTION = {
    "none": ("Not redacted", "No redaction pass covered this session."),
    "partial": ("Partly redacted", "A redaction pass covered part of this session."),
    "complete": ("Redacted", "A redaction pass covered the whole session, also where it found nothing."),
    "unknown": ("Redaction not known", "The recording does not say whether it was redacted."),
}
QUALITY = {
    "clock_backwards": ("Clock stepped back", "The recording's clock ran backwards at least once."),
    "dangling_keys": ("Keys not released", "A key was pressed and its release is missing."),
    "estimated_display": (
        "Screen size estimated",
        "No screen size was recorded: it was estimated from the pointer.",
    ),
    "held_keys": ("Keys held at start", "A key was already down when the recording began."),
    "incomplete": ("Unfinished", "The recorder did not finish: the end of the session may be missing."),
    "no_display": (
        "No screen size",
        "Nothing is known about the screen, so positions cannot be placed on it.",
    ),
    "no_frames": ("No screenshots", "This kind of recording has screenshots, but none could be read."),
    "no_time": ("No times", "The source has no times: only the order of the events is known."),
    "off_screen": (
        "Points off screen",
        "Some positions lie outside every known screen; they are kept and counted.",
    ),
    "recorder_hotkey": (
        "Recorder's own keys",
        "Keys that started or stopped the recorder are part of the recording.",
    ),
    "sentinel_xy": ("Placeholder positions", "Some positions are the source's mark for unknown, not places."),
    "unknown_zone": (
        "Day not known",
        "The source has local times of an unknown zone, so its week is unknown.",
    ),
    "unread_video": ("Video not read", "The recording has a video that was not imported."),
    "unresolved_keys": ("Keys not recognised", "Some key codes of the source could not be named."),
}


def flags(quality: str) -> list[tuple[str, str]]:
    """Label and explanation of each flag of a session's `quality`; an unknown flag is its own label."""
    return [QUALITY.get(flag, (flag.replace("_", " "), "")) for flag in quality.split(",") if flag]


def clock(us: int | None) -> str:
    """A place in a session's time: 0:12, 3:12, 1:02:03."""
    if us is None or not 0 <= us <= LATEST_US:
        return NOT_KNOWN
    seconds = us // 1_000_000
    hours, minutes, rest = seconds // 3600, seconds % 3600 // 60, seconds % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
