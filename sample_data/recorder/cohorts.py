"""The plan: 48 people in four cohorts of twelve, two kinds of agent, three weeks.

A few differ on purpose, so that looking after consent and announcements has something to find.
"""

from __future__ import annotations

from random import Random

from recorder.motion import Hand
from recorder.people import SIZES, Persona, Shift

COHORTS = {"Support desk": "S", "Order desk": "D", "Customer care": "C", "Back office": "B"}
PEOPLE_N = 12
AGENTS = ("steady", "hasty")
WITHDRAWN = ("D07", "B11")
SCOPES_OF = {
    "S09": "demo,keystrokes,training,window_titles",
    "C04": "screenshots,training,window_titles",
    "C10": "demo,keystrokes,screenshots,training",
    "B05": "demo,screenshots,training",
}
# Announced are IE and NL.
REGION_OF = {"C08": "DE"}
_STYLES = ((0.85, 0.05, 0.05, 0.05), (0.15, 0.3, 0.25, 0.3), (0.5, 0.1, 0.1, 0.3), (0.3, 0.4, 0.15, 0.15))
_TASKS = {
    "Support desk": ("care", "complaint", "refund", "tidy"),
    "Order desk": ("totals", "address", "record", "refund"),
    "Customer care": ("care", "record", "address", "letter"),
    "Back office": ("letter", "minutes", "totals", "tidy"),
}
_AGENT_TASKS = ("complaint", "care", "letter", "complaint", "care")
_FIRST_DAY = 20_514  # Monday 2 March 2026
_WORKDAYS = tuple(_FIRST_DAY + 7 * week + day for week in range(3) for day in range(5))
_SECOND_SESSIONS_N = 14


def plan() -> list[Shift]:
    """All sessions: one a person, some people twice, then the agents'; numbered in this order."""
    people = [_persona(cohort, number) for cohort in COHORTS for number in range(1, PEOPLE_N + 1)]
    again = people[:: len(people) // _SECOND_SESSIONS_N][:_SECOND_SESSIONS_N]
    shifts = [_shift(number, persona, number) for number, persona in enumerate(people)]
    shifts += [_shift(len(people) + n, persona, n + 1) for n, persona in enumerate(again)]
    for name in AGENTS:
        for task in _AGENT_TASKS:
            agent = Persona(name, "Agent", "", (1.0, 0.0, 0.0, 0.0), size=SIZES[len(shifts) % 2])
            day = _WORKDAYS[len(shifts) % len(_WORKDAYS)]
            shifts.append(Shift(len(shifts), agent, task, day, 36_000 + 217 * len(shifts)))
    return shifts


def _persona(cohort: str, number: int) -> Persona:
    person = f"{COHORTS[cohort]}{number:02d}"
    rng = Random(f"persona/{person}")
    return Persona(
        person,
        cohort,
        REGION_OF.get(person, "IE" if rng.random() < 0.5 else "NL"),
        rng.choice(_STYLES),
        Hand(rng.uniform(0.8, 1.25), rng.uniform(0.25, 0.5), rng.uniform(0.4, 0.8)),
        key_gap_s=rng.uniform(0.1, 0.22),
        slip_share=rng.uniform(0.01, 0.03),
        size=SIZES[rng.random() < 0.4],
        scheme="dark" if rng.random() < 0.3 else "light",
        calm=rng.uniform(3.8, 5.6),
        has_breaks=rng.random() < 0.4,
        consent="withdrawn" if person in WITHDRAWN else "granted",
        **({"scopes": SCOPES_OF[person]} if person in SCOPES_OF else {}),
    )


def _shift(number: int, persona: Persona, turn: int) -> Shift:
    tasks = _TASKS[persona.cohort]
    day = _WORKDAYS[(number * 7) % len(_WORKDAYS)]
    return Shift(number, persona, tasks[turn % len(tasks)], day, 28_800 + (number * 1_913) % 28_000)
