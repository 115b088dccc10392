"""The made-up people: cohorts, machines, and the habits that their sessions show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from explorer.generate.apps import APPS
from explorer.generate.arrays import Bools, Floats, Ints, chosen, words
from explorer.generate.sizes import Sizes
from explorer.trace.arrow import from_columns
from explorer.trace.schema import CONSENT_SCOPES

LEAST_PEOPLE = 5  # in a cohort, where there are as many
REGIONS = ("IE", "NL", "DE", "PT")
SYSTEMS = ("windows", "macos", "linux")
MACOS = 1
FIRST_DAY, WEEKS = 20_458, 12  # from Monday 5 January 2026
DAY_US = 86_400 * 1_000_000
_STREAM = 0


@dataclass(frozen=True, slots=True)
class Cohort:
    """A group of people: how often they are in each of APPS, and their tasks as (id, words)."""

    name: str
    app_shares: tuple[float, ...]
    tasks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """A kind of display, and how many of those with each system (in the order of SYSTEMS) have it."""

    width_px: int
    height_px: int
    px_per_pt: float
    shares: tuple[float, float, float]


COHORTS = (
    Cohort("Support desk", (5, 2, 2, 3, 0.2, 3, 1, 0.1),
           (("complaint", "Answer the complaint about a late order"), ("tidy", "Tidy the inbox"))),
    Cohort("Order desk", (4, 6, 1, 3, 0.2, 2, 1, 0.1),
           (("orders", "Enter the orders of the day"), ("totals", "Send the totals of the week"))),
    Cohort("Back office", (2, 3, 6, 2, 0.2, 1, 3, 0.2),
           (("letter", "Write the letter on new opening times"), ("filing", "File the scanned letters"))),
    Cohort("Engineering", (2, 1, 1, 4, 8, 3, 2, 0.2),
           (("report", "Repair the monthly report"), ("review", "Read the change and comment on it"))),
    Cohort("Design", (2, 0.5, 1, 3, 1, 2, 3, 8),
           (("poster", "Lay out the poster"), ("icons", "Redraw the icons"))),
    Cohort("Research", (1.5, 2, 5, 7, 1, 1, 2, 0.3),
           (("sources", "Find three sources on packaging"), ("summary", "Write a summary of the sources"))),
)  # fmt: skip
SCREENS = (
    Screen(1920, 1080, 1.0, (5, 0, 5)),
    Screen(1536, 864, 1.25, (3, 0, 1)),
    Screen(1366, 768, 1.0, (2, 0, 2)),
    Screen(2560, 1440, 1.0, (2, 1, 2)),
    Screen(1440, 900, 2.0, (0, 4, 0)),
    Screen(1512, 982, 2.0, (0, 4, 0)),
    Screen(1728, 1117, 2.0, (0, 2, 0)),
)
SECOND = Screen(1920, 1080, 1.0, (1, 1, 1))
_SYSTEM_SHARES = np.array([[0.55, 0.3, 0.15]])
# How far the cohort as a whole leans to shortcuts, as log-odds, in the order of COHORTS.
_LEANING = np.array([-0.3, 0.1, -0.5, 1.0, 0.4, -0.1])


@dataclass(frozen=True, slots=True)
class People:
    """One entry a person. `leaning` is the log-odds towards shortcuts; `tempo` scales times, 1 is usual.

    `side` is where the second display stands: -1 left, 1 right, 0 there is none. `windows` tells for each application
    how its window lies: an index of desks.WINDOWS. `routes` weighs menu, context menu and toolbar.
    """

    cohort: Ints
    region: Ints
    system: Ints
    screen: Ints
    side: Ints
    is_dark: Bools
    leaning: Floats
    tempo: Floats
    routes: Floats
    windows: Ints


def people_of(sizes: Sizes) -> People:
    """Everybody, the same for the same sizes."""
    n = sizes.people
    chance = np.random.default_rng([sizes.seed, _STREAM])
    cohorts_n = max(1, min(len(COHORTS), n // LEAST_PEOPLE))
    cohort = np.arange(n) % cohorts_n
    system = chosen(_SYSTEM_SHARES, np.zeros(n, np.int64), chance.random(n))
    screens = np.array([screen.shares for screen in SCREENS]).T
    return People(
        cohort=cohort,
        region=chance.integers(0, len(REGIONS), n),
        system=system,
        screen=chosen(screens, system, chance.random(n)),
        side=np.where(chance.random(n) < 0.3, chance.choice([-1, 1], n), 0),
        is_dark=chance.random(n) < 0.3,
        leaning=_LEANING[cohort] + chance.normal(0, 1.1, n),
        tempo=np.exp(chance.normal(0, 0.22, n)),
        routes=np.exp(chance.normal(0, 0.7, (n, 3))),
        windows=chance.integers(0, 6, (n, len(APPS))),
    )


def person_ids(numbers: Ints) -> list[str]:
    """Pseudonyms of the people with these numbers."""
    return [f"generated:P{number + 1:07d}" for number in numbers.tolist()]


def participants(people: People) -> pa.Table:
    """The participants table: everybody agreed to everything before the first day."""
    n = len(people.cohort)
    columns = {
        "participant_id": person_ids(np.arange(n)),
        "cohort": words(people.cohort, [cohort.name for cohort in COHORTS]),
        "region": words(people.region, REGIONS),
        "consent_status": "granted",
        "consent_scope": ",".join(sorted(CONSENT_SCOPES)),
        "consent_at_unix_us": (FIRST_DAY - 7) * DAY_US,
    }
    return from_columns("participants", columns, n)
