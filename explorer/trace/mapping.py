"""A mapping: how somebody's published Parquet becomes our tables. Our column is on the left, their expression right."""

from __future__ import annotations

import difflib
import hashlib
import json
import math
from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from explorer.errors import MappingError
from explorer.resources import mappings_root
from explorer.trace.mapping_yaml import parse_document, read_document
from explorer.trace.schema import TABLES

VERSION = 1
SHAPES = ("row_per_step", "row_per_trajectory")
LONGEST_EXPRESSION = 4_000
_KEYS = ("mapping", "title", "files", "shape", "lists", "session", "step", "time_us", "person",
         "sessions", "steps", "events", "frames")  # fmt: skip
_ALONE = ("session", "step", "time_us", "person")

# Columns that a mapping may fill; the others follow from the rows themselves.
COLUMNS: dict[str, tuple[str, ...]] = {
    "sessions": (
        "actor", "task", "task_id", "task_outcome", "task_score", "split", "region", "os", "recorder",
        "recorder_version", "started_at_unix_us", "time_precision", "redaction_status", "redaction_policy",
        "is_complete", "extra",
    ),
    "steps": tuple(
        name for name in TABLES["steps"].column_names
        if name not in ("session_id", "step", "seq", "t_us", "frame_before_id", "frame_after_id")
    ),
    "events": tuple(
        name for name in TABLES["events"].column_names
        if name not in ("session_id", "seq", "t_us", "end_us", "step", "display_id", "cell", "window_cell",
                        "frame_id", "frame_after_id", "is_derived", "flags")
    ),
    "frames": ("image", "width_px", "height_px", "is_redacted"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mapping:
    """One mapping. Sections are our column -> their SQL expression; `name` is its file's name, for messages."""

    name: str
    title: str
    files: str
    shape: str
    lists: tuple[str, ...]
    alone: Map[str, str]  # of session, step, time_us, person: those that are given
    sections: Map[str, Map[str, str]]
    sha256: str

    @property
    def is_trajectory(self) -> bool:
        """True when a row is a whole trajectory with parallel lists."""
        return self.shape == "row_per_trajectory"

    def expressions(self) -> dict[str, str]:
        """Every expression by its place: 'session', 'events.kind'."""
        found = dict(self.alone)
        for section, columns in self.sections.items():
            found |= {f"{section}.{column}": text for column, text in columns.items()}
        return found

    def where(self, place: str) -> str:
        """A place in the file, for messages."""
        return f"{self.name}, {place}"


def load(given: Path | str) -> Mapping:
    """The mapping in a file, or the shipped one of that name. Raises MappingError naming file, key and what to do."""
    path = Path(given)
    if not path.is_file() and path.name == str(given) and path.suffix not in (".yaml", ".yml"):
        shipped = shipped_mappings()
        if path.name not in shipped:
            hint = f"Shipped mappings: {', '.join(shipped)}; or give the path of a YAML file"
            raise MappingError("is neither a file nor a shipped mapping", where=path.name[:80], hint=hint)
        path = shipped[path.name]
    return _mapping(read_document(path), path.name)


def parse(text: str, name: str = "mapping.yaml") -> Mapping:
    """The mapping in a text."""
    return _mapping(parse_document(text.encode(), name), name)


def shipped_mappings() -> dict[str, Path]:
    """Mappings that come with the program, by name."""
    return {path.stem: path for path in sorted(mappings_root().glob("*.yaml"))}


def _mapping(document: Map[str, Any], name: str) -> Mapping:
    _refuse_unknown(document, _KEYS, name, "")
    if document.get("mapping") != VERSION or isinstance(document.get("mapping"), bool):
        raise MappingError(f"is not of version {VERSION}", where=f"{name}, mapping", hint="Write: mapping: 1")
    shape = document.get("shape", SHAPES[0])
    if shape not in SHAPES:
        raise MappingError(
            "is not a known shape", where=f"{name}, shape", hint=f"Write {' or '.join(SHAPES)}"
        )
    found = Mapping(
        name=name,
        title=_words(document.get("title", name.rsplit(".", 1)[0]), f"{name}, title"),
        files=_pattern(document.get("files", "**/*.parquet"), f"{name}, files"),
        shape=shape,
        lists=_lists(document.get("lists"), shape, f"{name}, lists"),
        alone={key: _expression(document[key], f"{name}, {key}") for key in _ALONE if key in document},
        sections={section: _section(document.get(section), section, name) for section in COLUMNS},
        sha256=hashlib.sha256(json.dumps(document, sort_keys=True, default=str).encode()).hexdigest(),
    )
    _refuse_gaps(found)
    return found


def _refuse_gaps(found: Mapping) -> None:
    if "session" not in found.alone and not found.is_trajectory:
        hint = "Name the column that tells episodes apart, for example: session: episode_id"
        raise MappingError("is missing", where=found.where("session"), hint=hint)
    if "actor" not in found.sections["sessions"]:
        hint = "Write who acted: sessions: {actor: \"'agent'\"} or \"'human'\""
        raise MappingError("is missing", where=found.where("sessions.actor"), hint=hint)
    if found.sections["events"] and "kind" not in found.sections["events"]:
        hint = "Say what each event is, for example: kind: \"'click'\"; NULL means no event"
        raise MappingError("is missing", where=found.where("events.kind"), hint=hint)
    frames = found.sections["frames"]
    if frames and "image" not in frames:
        raise MappingError("is missing", where=found.where("frames.image"), hint="Name the picture's column")
    pairs = (("frames", "width_px", "height_px"), ("events", "x_rel", "y_rel"), ("events", "x_px", "y_px"))
    for section, one, other in pairs:
        if (one in found.sections[section]) != (other in found.sections[section]):
            lacking = other if one in found.sections[section] else one
            raise MappingError("is missing: both or none", where=found.where(f"{section}.{lacking}"))


def _section(given: Any, section: str, name: str) -> dict[str, str]:
    if given is None:
        return {}
    where = f"{name}, {section}"
    if not isinstance(given, dict):
        raise MappingError("is not a list of 'our column: their expression'", where=where)
    _refuse_unknown(given, COLUMNS[section], name, f"{section}.")
    return {column: _expression(text, f"{where}.{column}") for column, text in given.items()}


def _expression(given: Any, where: str) -> str:
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, (int, float)):
        if not math.isfinite(given) or abs(given) > 1e18:
            raise MappingError("is not a number that can be kept", where=where)
        return repr(given)
    if not isinstance(given, str) or not given.strip():
        raise MappingError(
            "is not an expression", where=where, hint="Write a column's name, or SQL over columns"
        )
    if len(given) > LONGEST_EXPRESSION or "\0" in given:
        raise MappingError(f"is longer than {LONGEST_EXPRESSION:,} characters", where=where)
    return given.strip()


def _lists(given: Any, shape: str, where: str) -> tuple[str, ...]:
    if shape == SHAPES[0]:
        if given is not None:
            raise MappingError("is for shape row_per_trajectory only", where=where)
        return ()
    if not isinstance(given, list) or not given or not all(isinstance(n, str) and n for n in given):
        raise MappingError("is missing", where=where, hint="Name the columns that hold one element a step")
    if len({name.lower() for name in given}) != len(given) or len(given) > 200:
        raise MappingError("names a column twice, or too many", where=where)
    return tuple(given)


def _pattern(given: Any, where: str) -> str:
    hint = 'Write a pattern below the folder, such as "data/*.parquet"'
    if not isinstance(given, str) or not 0 < len(given) <= 500 or not given.isprintable() or "\\" in given:
        raise MappingError("is not a pattern of file names", where=where, hint=hint)
    path = PurePosixPath(given)
    if path.is_absolute() or ".." in path.parts or given.startswith("~") or not path.parts:
        raise MappingError("leads out of the folder", where=where, hint=hint)
    if any("**" in part and part != "**" for part in path.parts):
        raise MappingError("has ** beside other characters", where=where, hint=hint)
    return given


def _words(given: Any, where: str) -> str:
    if not isinstance(given, (str, int, float)) or len(str(given)) > 300:
        raise MappingError("is not a text of at most 300 characters", where=where)
    return str(given)


def _refuse_unknown(given: Map[Any, Any], known: Sequence[str], name: str, prefix: str) -> None:
    for key in given:
        if key not in known:
            near = difflib.get_close_matches(str(key), known, 1, 0.5)
            hint = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(known)}"
            raise MappingError(
                "is not a key of a mapping", where=f"{name}, {prefix}{str(key)[:60]}", hint=hint
            )
