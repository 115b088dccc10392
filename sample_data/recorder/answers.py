"""The answer key: where the redaction pass failed, for the tests. It never lies in the dataset."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from explorer.importers.pictures import frame_id
from explorer.importers.tables import SessionTables
from recorder.dataset import rows_by_place
from recorder.failures import Failure, leaking_moments
from recorder.take import Redacted


def answers_of(take: Redacted, made: SessionTables, failures: Sequence[Failure]) -> list[dict[str, Any]]:
    """One row a failure of this session: frames of its moments, channel, kind, entity, and seq where text leaks."""
    rows = rows_by_place(take, made.tables["events"])
    return [_answer(one, made.session_id, rows) for one in failures]


def _answer(one: Failure, session_id: str, rows: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "session_id": session_id,
        "frame_ids": [frame_id(session_id, moment) for moment in one.moments],
        "channel": one.channel,
        "kind": one.kind,
        "entity": one.entity,
    }
    if one.channel != "frame":
        answer["seq"] = rows[one.place]["seq"]
    elif one.box:
        answer["box"] = list(one.box)
    return answer


def write_key(
    path: Path, answers: Sequence[Mapping[str, Any]], failures: Sequence[Failure], moments_n: int
) -> None:
    """Write the key as JSON."""
    key = {
        "moments_n": moments_n,
        "leaking_moments_n": len(leaking_moments(failures)),
        "failures": list(answers),
    }
    path.write_text(json.dumps(key, indent=1) + "\n", encoding="utf-8")
