"""Nothing is computed over too few people."""

from __future__ import annotations

from explorer.errors import TooFewPeople
from explorer.sql import MIN_PEOPLE


def check_people(people_n: int, min_people: int, who: str) -> None:
    """Raise TooFewPeople where `people_n` is below `min_people`; `who` says in words which people were counted.

    Raises ValueError where `min_people` itself is below MIN_PEOPLE.
    """
    check_least(min_people)
    if people_n < min_people:
        hint = "Choose more people, or a wider selection"
        raise TooFewPeople(f"fewer than {min_people} people", where=who, hint=hint)


def check_least(min_people: int) -> None:
    """Raise ValueError where `min_people` is below MIN_PEOPLE, for answers that leave out what has too few people."""
    if min_people < MIN_PEOPLE:
        raise ValueError(f"min_people may not go below {MIN_PEOPLE}")
