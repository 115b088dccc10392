"""The sessions and displays tables of a batch."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from explorer._version import __version__
from explorer.generate.arrays import Ints, words
from explorer.generate.desks import DISPLAY_NAMES, desks_of
from explorer.generate.people import (
    COHORTS,
    DAY_US,
    MACOS,
    REGIONS,
    SCREENS,
    SECOND,
    SYSTEMS,
    People,
    person_ids,
)
from explorer.generate.plan import VERSION, Batch, Sessions, source_sha256
from explorer.generate.scene import Reached
from explorer.trace.arrow import from_columns

RECORDER = "trace-explorer generate"
POLICY = "generated-mask-1"
STATUSES = ("complete", "partial", "none")
COMPLETE, PARTIAL, NONE = range(len(STATUSES))
# Of 256: up to where a redaction pass covered everything, part of it; and how the task ended.
_STATUS_BOUNDS, _OUTCOME_BOUNDS = (192, 232), (205, 230)
_OUTCOMES = ("done", "fail", "unknown")
_TASKS = [task for cohort in COHORTS for task in cohort.tasks]
_FIRST_TASK = np.cumsum([0] + [len(cohort.tasks) for cohort in COHORTS])
_TASKS_N = np.array([len(cohort.tasks) for cohort in COHORTS])
_SPACES = ("physical_px", "logical_px")
# The same for all.
_COMMON = {
    "source_format": "generated", "importer_version": VERSION, "actor": "human", "time_precision": "us",
    "clock": "epoch", "recorder": RECORDER, "recorder_version": __version__, "is_complete": True, "steps_n": 0,
    "quality": "",
}  # fmt: skip


def status_of(sessions: Sessions) -> Ints:
    """How far a redaction pass covered each session: COMPLETE, PARTIAL or NONE."""
    return np.searchsorted(_STATUS_BOUNDS, sessions.lot(0), side="right")


def sessions_table(batch: Batch, people: People, reached: Reached) -> pa.Table:
    """The sessions table of the batch; `reached` tells how far they came."""
    sessions = batch.sessions
    person, status = sessions.person, status_of(sessions)
    cohort = people.cohort[person]
    task = _FIRST_TASK[cohort] + sessions.lot(1) % _TASKS_N[cohort]
    columns = _COMMON | {
        "session_id": sessions.ids,
        "participant_id": person_ids(person),
        "source_name": [f"generated-{number + 1:07d}" for number in sessions.number.tolist()],
        "source_sha256": source_sha256(batch.sizes),
        "started_at_unix_us": sessions.started_us,
        "started_day": sessions.started_us // DAY_US,
        "duration_us": reached.last_us,
        "os": words(people.system[person], SYSTEMS),
        "task_id": words(task, [name for name, _ in _TASKS]),
        "task": words(task, [text for _, text in _TASKS]),
        "task_outcome": words(np.searchsorted(_OUTCOME_BOUNDS, sessions.lot(2), side="right"), _OUTCOMES),
        "region": words(people.region[person], REGIONS),
        "redaction_status": words(status, STATUSES),
        "redaction_policy": words(np.where(status == NONE, -1, 0), [POLICY]),
        "moves_n": reached.moves_n,
        "events_n": reached.events_n,
        "frames_n": reached.frames_n,
    }
    return from_columns("sessions", columns, len(sessions))


def displays_table(batch: Batch, people: People) -> pa.Table:
    """The displays table of the batch: one or two a session."""
    person = batch.sessions.person
    displays = desks_of(people, person).displays
    session, display = np.nonzero(displays.width)
    area = displays[session, display]
    scales = np.array([screen.px_per_pt for screen in SCREENS])[people.screen[person]]
    columns = {
        "session_id": words(session, batch.sessions.ids),
        "display_id": words(display, DISPLAY_NAMES),
        "start_us": 0,
        "left_px": area.left,
        "top_px": area.top,
        "width_px": area.width,
        "height_px": area.height,
        "px_per_pt": np.where(display == 0, scales[session], SECOND.px_per_pt),
        "is_primary": display == 0,
        "is_estimated": False,
        "coordinate_space": words((people.system[person] == MACOS).astype(np.int64)[session], _SPACES),
    }
    return from_columns("displays", columns, len(session))
