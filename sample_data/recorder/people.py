"""Who is recorded: personas with their habits, and the sessions they are recorded in."""

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

    @property
    def is_agent(self) -> bool:
        return self.persona.cohort == "Agent"

    @property
    def chance(self) -> str:
        """What the session's chance is drawn from, beside the seed: a person can have more than one."""
        return f"{self.persona.person}/{self.number}"
