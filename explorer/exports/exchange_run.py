"""One export: choose sessions, write them one by one into a new folder, and note in EXPORT.json what was done."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from explorer._version import __version__
from explorer.engine import Engine
from explorer.errors import ExplorerError
from explorer.exports.exchange import Target, TargetWriter, Task
from explorer.exports.exchange_choice import Choice, bound, chosen
from explorer.exports.new_folder import new_folder
from explorer.exports.session_rows import SessionRows
from explorer.exports.tally import Tally

NOTE_NAME = "EXPORT.json"
NOTE_VERSION = 1


@dataclass(frozen=True, slots=True)
class Request:
    """What to export, as the user said it; `filters` are those of sessions/list, as text."""

    target: Target
    output: Path
    filters: Mapping[str, str]
    session_ids: Sequence[str] = ()
    with_people: bool = False


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written and left out."""

    tally: Tally
    unknown_consent_n: int

    @property
    def sessions_n(self) -> int:
        return self.tally.written["sessions_n"]


def export(
    engine: Engine, request: Request, on_session: Callable[[int, int], None] | None = None
) -> ExportReport:
    """Write the export; `on_session(done, all)` is told before each session.

    Raises ParameterError at a wrong filter or id, ExplorerError when nothing can be exported, the folder is taken,
    the disk is full, or the dataset changed meanwhile. Then nothing is left behind.
    """
    filters = bound(request.filters)
    tally = Tally()
    with new_folder(request.output, outside=engine.dataset.root) as folder:
        dataset = engine.dataset
        choice = chosen(engine, filters, request.session_ids, tally)
        task = Task(folder, dataset, tally, request.with_people)
        writer = request.target.open(task)
        try:
            written = _write_all(engine, task, writer, choice, on_session)
            writer.close()
        except BaseException:
            writer.abandon()
            raise
        if engine.dataset.manifest.sha256 != dataset.manifest.sha256:
            # Consent may have been withdrawn after a session was written.
            raise ExplorerError("changed while it was exported", where=dataset.root.name, hint="Run it again")
        report = ExportReport(tally, sum(training == "unknown" for training in written))
        note = _note(engine, request, filters, report)
        (folder / NOTE_NAME).write_text(
            json.dumps(note, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
    return report


def _write_all(
    engine: Engine,
    task: Task,
    writer: TargetWriter,
    choice: Choice,
    on_session: Callable[[int, int], None] | None,
) -> list[str]:
    """Write each session; what is known of training consent for those that were written."""
    written: list[str] = []
    for place, (session_id, training) in enumerate(choice.sessions):
        if on_session:
            on_session(place, len(choice.sessions))
        session = SessionRows(engine, session_id, with_people=task.with_people)
        reason = writer.refuses(session) if session.facts else "session_empty"
        if reason:
            task.tally.leave_out(reason)
        elif writer.add(session):
            task.tally.wrote("sessions_n")
            written.append(training)
    if not written:
        reasons = "; ".join(
            f"{n:,} {words}" for n, words in task.tally.lines() if words.startswith("sessions")
        )
        raise ExplorerError(f"nothing to export: {reasons}", where="export", hint="Try another --to")
    return written


def _note(
    engine: Engine, request: Request, filters: Mapping[str, object], report: ExportReport
) -> dict[str, Any]:
    dataset = engine.dataset
    return {
        "note_version": NOTE_VERSION,
        "format": request.target.name,
        "dataset_id": dataset.dataset_id,
        "manifest_sha256": dataset.manifest.sha256,
        "licence": dataset.licence,
        "is_synthetic": dataset.is_synthetic,
        "tool": f"trace-explorer {__version__}",
        "exported_utc": datetime.now(UTC).isoformat(timespec="seconds"),
        "filters": dict(filters),
        "sessions": sorted(set(request.session_ids)),
        "with_people": request.with_people,
        "counts": dict(sorted(report.tally.written.items())),
        "unknown_training_consent_sessions_n": report.unknown_consent_n,
        "left_out": dict(sorted(report.tally.left_out.items())),
        "damaged_files": [file.file for file in engine.quarantined()],
    }
