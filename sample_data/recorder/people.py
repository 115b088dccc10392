"""Personas and shifts; and the pilot: ten invented people in two cohorts, with their habits, and an agent."""

from __future__ import annotations

from dataclasses import dataclass, field

from recorder.motion import Hand

ROUTES = ("shortcut", "menu", "context_menu", "toolbar")
SIZES = ((1280, 800), (1440, 900))
SCOPES = "demo,keystrokes,screenshots,training,window_titles"


@dataclass(frozen=True, slots=True)
class Persona:
    """One invented person.

    `routes` are weights for giving a command by shortcut, menu, context menu, toolbar; `calm` scales reading times.
    """

    person: str
    cohort: str
    region: str
    routes: tuple[float, float, float, float]
    hand: Hand = field(default_factory=Hand)
    key_gap_s: float = 0.15
    slip_share: float = 0.02
    size: tuple[int, int] = SIZES[0]
    scheme: str = "light"
    calm: float = 1.25
    has_breaks: bool = False
    consent: str = "granted"
    scopes: str = SCOPES


@dataclass(frozen=True, slots=True)
class Shift:
    """One session to record: who does what, and on which day (days since 1970, second of the day)."""

    number: int
    persona: Persona
    task: str
    day: int
    second: int
    is_pilot: bool = True

    @property
    def is_agent(self) -> bool:
        return self.persona.cohort == "Agent"

    @property
    def chance(self) -> str:
        """What the session's chance is drawn from, beside the seed: a person has more than one in the full plan."""
        return self.persona.person if self.is_pilot else f"{self.persona.person}/{self.number}"


_KEYBOARD, _MOUSE, _MIXED = (0.85, 0.05, 0.05, 0.05), (0.15, 0.3, 0.25, 0.3), (0.5, 0.1, 0.1, 0.3)
_WIDE = SIZES[1]
_DAYS = tuple(20_514 + offset for offset in (0, 1, 2, 4, 7, 8, 9, 11, 14, 15, 16))  # from Monday 2 March 2026

PERSONAS = (
    Persona("S01", "Support desk", "IE", _KEYBOARD, Hand(0.85, 0.3), 0.11, 0.015),
    Persona("S02", "Support desk", "IE", _MOUSE, Hand(1.2, 0.45, 0.7), 0.2, 0.03, _WIDE),
    Persona("S03", "Support desk", "NL", _MIXED, Hand(1.0), 0.15, 0.02, scheme="dark"),
    Persona("S04", "Support desk", "NL", _MIXED, Hand(0.95, 0.25), 0.13, 0.02, _WIDE),
    Persona("S05", "Support desk", "IE", _MOUSE, Hand(1.1, 0.4), 0.18, 0.025),
    Persona("D01", "Order desk", "NL", _MIXED, Hand(1.0, 0.35), 0.14, 0.02),
    Persona("D02", "Order desk", "IE", _KEYBOARD, Hand(0.9, 0.3), 0.12, 0.01, _WIDE, "dark"),
    Persona("D03", "Order desk", "NL", _MOUSE, Hand(1.25, 0.5, 0.8), 0.22, 0.03),
    Persona("D04", "Order desk", "NL", _KEYBOARD, Hand(0.8, 0.3), 0.1, 0.02),
    Persona("D05", "Order desk", "IE", _MIXED, Hand(1.05, 0.35), 0.16, 0.02, _WIDE, "dark"),
)
AGENT = Persona("", "Agent", "", (1.0, 0.0, 0.0, 0.0))

_TASKS = ("complaint", "refund", "tidy", "totals", "address")


def pilot() -> list[Shift]:
    """The sessions in the order they are recorded: one a person, over three weeks, then the agent's."""
    people = [
        Shift(n, persona, _TASKS[n % 5], _DAYS[n], 29_000 + n * 1_913) for n, persona in enumerate(PERSONAS)
    ]
    return [*people, Shift(len(people), AGENT, "complaint", _DAYS[-1], 40_210)]
