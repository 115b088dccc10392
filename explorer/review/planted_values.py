"""Made-up personal values for planted leaks: reserved for examples, never issued, or names put together by chance."""

from __future__ import annotations

from random import Random

_FIRST = ("Anna", "Ben", "Carla", "David", "Elif", "Farid", "Grace", "Hanna", "Ivan", "Julia", "Karim", "Lena", "Marta",
          "Nils", "Olga", "Paolo", "Rosa", "Samir", "Tessa", "Victor")  # fmt: skip
_LAST = ("Almond", "Birch", "Bracken", "Bramble", "Clover", "Elder", "Fern", "Hazel", "Heather", "Juniper", "Laurel",
         "Linden", "Myrtle", "Oleander", "Rowan", "Sorrel", "Tansy", "Thistle", "Willow", "Yarrow")  # fmt: skip
_HOSTS = ("example.com", "example.org", "example.net")
_STREETS = ("Mill Lane", "Station Road", "Church Street", "Park Avenue", "High Street", "River Walk")
# Numbers that card schemes publish for tests.
_CARDS = ("4111 1111 1111 1111", "5555 5555 5555 4444", "4242 4242 4242 4242", "5105 1051 0510 5100")

ENTITIES = ("PERSON", "EMAIL_ADDRESS", "PHONE_NUMBER", "CREDIT_CARD", "LOCATION")


def made_up(entity: str, dice: Random) -> str:
    """A value of that kind."""
    first, last = dice.choice(_FIRST), dice.choice(_LAST)
    if entity == "PERSON":
        return dice.choice((f"{first} {last}", f"{last}, {first}"))
    if entity == "EMAIL_ADDRESS":
        name = dice.choice((f"{first}.{last}", f"{first[0]}{last}", f"{last}{dice.randrange(10, 99)}"))
        return f"{name.lower()}@{dice.choice(_HOSTS)}"
    if entity == "PHONE_NUMBER":  # 555-0100 to 555-0199 are set aside for films
        area = dice.choice((202, 303, 415, 617))
        return dice.choice(
            (f"({area}) 555-01{dice.randrange(100):02d}", f"+1 {area} 555 01{dice.randrange(100):02d}")
        )
    if entity == "LOCATION":
        return f"{dice.randrange(1, 200)} {dice.choice(_STREETS)}"
    return dice.choice(_CARDS)
