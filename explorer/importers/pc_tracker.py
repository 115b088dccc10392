"""PC Tracker (PC Agent): events/*.jsonl with one action a line in words, a screenshot before each, a Markdown task.

The clock is local time of an unknown zone, whole seconds: the session has no start, every event is flagged time_1s.
Screenshots show the whole screen; of the two kinds the un-marked one is taken. A person acts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from glob import escape
from pathlib import Path
from typing import Any

from explorer.errors import SourceError
from explorer.importers.action_pictures import CLAIMS, PictureFolder, picture_reader
from explorer.importers.base import Source, sha256_of_files
from explorer.importers.columns import json_text
from explorer.importers.jsonl import JsonLines, first_object
from explorer.importers.pc_tracker_rows import Rows, read_rows
from explorer.importers.recording import Events, Moves, Recording, literal
from explorer.trace.displays import Display

_COLUMNS = {"timestamp", "action", "screenshot", "element", "rect", "marked_screenshot"}
_NEEDED = {"timestamp", "action", "screenshot"}
_TASK_BYTES = 65_536
_TITLE = re.compile(r"^#\s+(.+?)\s*$", re.MULTILINE)
_FIELD = re.compile(r"^\*\*(Description|Level):\*\*[ \t]*(.*?)\s*$", re.MULTILINE)


class PCTracker:
    """Importer of PC Tracker recordings: one JSONL file each."""

    formats: tuple[str, ...] = ("pc_tracker",)
    version = "1"

    def find(self, path: Path) -> Source | None:
        """A JSONL file whose rows have PC Tracker's columns and none other's."""
        if path.suffix.lower() != ".jsonl" or not path.is_file():
            return None
        first = first_object(path)
        if first is None or not _NEEDED.issubset(first) or len(_COLUMNS.intersection(first)) < 4:
            return None
        claims = (*CLAIMS, escape(path.with_suffix(".md").name))
        return Source(path, self.formats[0], path.name, path.stat().st_size, claims=claims)

    def fingerprint(self, source: Source) -> str:
        """sha256 over the file, the task beside it, and the pictures it names."""
        task = source.path.with_suffix(".md")
        folder = PictureFolder(source.path.parent)
        names = [row.get("screenshot") for _, row in _readable(source.path)]
        pictures = {path for name in names if (path := folder.find(name))}
        return sha256_of_files([source.path, *([task] if task.is_file() else []), *sorted(pictures)])

    def inner_ids(self, source: Source) -> Sequence[str]:
        """One recording, without a name of its own."""
        return ("",)

    def read(self, source: Source, inner_ids: Sequence[str]) -> Iterator[Recording]:
        """The recording; SourceError at a broken line that is not the last one."""
        lines = JsonLines(source.path)
        rows = read_rows(lines, source.path.name, PictureFolder(source.path.parent))
        if not rows.steps:
            raise SourceError("the recording holds no actions", where=source.path.name, hint="Leave it out")
        yield Recording(
            inner_id="",
            session=_session(source, rows, lines.is_cut_off),
            moves=Moves.none(),
            events=Events.from_rows(rows.events),
            place=literal(source.path.name) + ", row {}",
            displays=[Display("screen", 0, 0, *rows.screen)] if rows.screen else None,
            frames=rows.frames,
            pictures=picture_reader(rows.paths),
            steps=rows.steps,
            quality=frozenset({"unknown_zone"}),
        )


def _session(source: Source, rows: Rows, is_cut_off: bool) -> dict[str, Any]:
    about = _task(source.path.with_suffix(".md"))
    extra = {name: about.get(name) for name in ("title", "level")}
    extra["missing_pictures_n"] = str(rows.missing_n) if rows.missing_n else None
    return {
        "source_format": "pc_tracker",
        "source_name": source.path.name,
        "actor": "human",
        "time_precision": "s",
        "clock": "relative",
        "recorder": "PC Tracker",
        "task": about.get("description"),
        "task_outcome": rows.outcome or "unknown",
        "is_complete": rows.outcome is not None and not is_cut_off,
        "extra": json_text(extra),
    }


def _task(path: Path) -> dict[str, str]:
    """Title, description and level at the head of the Markdown file; the rest of it repeats the actions."""
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        head = file.read(_TASK_BYTES).decode("utf-8", "replace").partition("\n### ")[0]
    title = _TITLE.search(head)
    found = {"title": title[1]} if title else {}
    return found | {match[1].lower(): match[2] for match in _FIELD.finditer(head) if match[2]}


def _readable(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The lines up to the first broken one, which reading will tell."""
    try:
        yield from JsonLines(path)
    except SourceError:
        return
