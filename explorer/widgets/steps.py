"""Steps of an agent, or annotated steps of a person, in their order: thought, action, outcome, screens."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from explorer.widgets import wording
from explorer.widgets.loader import mount

PAGE_N = 100
_LONGEST = {"thought": 2000, "observation": 4000, "reflection": 2000, "action_code": 6000}
_LONGEST_ARGS = 300
_MOST_CALLS = 24
Action = tuple[str, list[tuple[str, str]]]
OUTCOMES = {
    "correct": "correct",
    "redundant": "redundant",
    "wrong": "failed",
    "unknown": "not judged",
}


def page_of(place: int, steps_n: int) -> int:
    """Steps to skip so that the step at `place` (from 1) is shown."""
    return (min(max(place, 1), max(steps_n, 1)) - 1) // PAGE_N * PAGE_N


def outcome(is_correct: bool | None, is_redundant: bool | None) -> str:
    """How a step was judged, as one of OUTCOMES: what failed comes first."""
    if is_correct is False:
        return "wrong"
    if is_redundant:
        return "redundant"
    return "correct" if is_correct else "unknown"


def steps(rows: Sequence[dict[str, Any]], outcomes: Sequence[str], *, at: int | None, replay: str) -> None:
    """Show one page of steps, the rows of sessions/steps; `outcomes` are those of all steps of the session.

    `at` is the place of the step that the address names, `replay` the address of the session's replay.
    """
    names = list(OUTCOMES)
    mount(
        "steps",
        '<div class="steps"></div>\n',
        key="steps",
        data={
            "at": at,
            "replay": replay,
            "page_n": PAGE_N,
            "names": names,
            "words": list(OUTCOMES.values()),
            "outcomes": "".join(str(names.index(name)) for name in outcomes),
            "steps": [_step(row) for row in rows],
        },
    )


def _step(row: dict[str, Any]) -> dict[str, Any]:
    frames = [(word, row[f"frame_{word}_id"]) for word in ("before", "after")]
    return {
        "place": row["place"],
        "time": "" if row["t_us"] is None else wording.clock(row["t_us"]),
        "actions": actions(row["action_type"], row["action_args"]),
        "frames": [[word, frame_id] for word, frame_id in frames if frame_id],
        **{name: _text(row[name], longest) for name, longest in _LONGEST.items()},
    }


def _text(text: str | None, longest: int) -> str:
    """Trace text with its lines, without other control characters, cut to what can be read here."""
    if not text:
        return ""
    clean = "".join(char if char.isprintable() or char in "\n\t" else " " for char in text[: longest + 1])
    return clean.strip() if len(clean) <= longest else clean[:longest].rstrip() + "…"


def actions(kind: str | None, text: str | None) -> list[Action]:
    """What a step did: kind, names and values of its arguments, one entry a call where the step made several.

    Arguments that are no JSON object are one value without a name.
    """
    word = wording.shortened(kind, 60)
    try:
        found = json.loads(text) if text and len(text) <= 20_000 else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        said = wording.shortened(text, _LONGEST_ARGS)
        return [(word, [("", said)] if said else [])] if word or said else []
    calls = found.get("calls")
    if isinstance(calls, list) and calls and all(isinstance(call, dict) for call in calls):
        return [_call(call, word) for call in calls[:_MOST_CALLS]]
    return [(word, _arguments(found))]


def _call(call: dict[str, Any], word: str) -> Action:
    """One of several calls, by the last part of its name: pyautogui.dragTo is dragTo."""
    name = call.get("call")
    short = wording.shortened(name.rpartition(".")[2], 60) if isinstance(name, str) else word
    return short, _arguments({key: value for key, value in call.items() if key != "call"})


def _arguments(found: dict[str, Any]) -> list[tuple[str, str]]:
    return [(wording.shortened(name, 40), _value(value)) for name, value in list(found.items())[:12]]


def _value(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(part, (str, int, float)) for part in value):
        return wording.shortened(" + ".join(str(part) for part in value), _LONGEST_ARGS)
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return wording.shortened(said, _LONGEST_ARGS)
