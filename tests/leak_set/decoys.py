"""What looks like a personal value and is none: numbers of orders, versions, dates, signs that contain an @."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from .seeds import drawn
from .values import is_card, is_iban

Draw = Callable[[Random], str]


def _digits(dice: Random, n: int) -> str:
    return "".join(str(dice.randrange(10)) for _ in range(n))


def _broken_card(dice: Random) -> str:
    """Sixteen digits in groups that no card has: the last digit is wrong."""
    while is_card(number := f"4{_digits(dice, 15)}"):
        continue
    return " ".join(number[at : at + 4] for at in range(0, 16, 4))


def _broken_iban(dice: Random) -> str:
    """Like an account number, with wrong check digits."""
    while is_iban(number := f"XX{_digits(dice, 20)}"):
        continue
    return number


def _hex(dice: Random, n: int) -> str:
    return "".join(dice.choice("0123456789abcdef") for _ in range(n))


DECOYS: dict[str, Draw] = {
    "order": lambda dice: f"{dice.choice(('', '#', 'SO-', 'A-'))}{dice.randrange(1000, 99999)}",
    "version": lambda dice: f"{dice.randrange(1, 20)}.{dice.randrange(30)}.{dice.randrange(900)}",
    "date": lambda dice: (
        f"20{dice.randrange(19, 30)}-{dice.randrange(1, 13):02d}-{dice.randrange(1, 29):02d}"
    ),
    "clock": lambda dice: f"{dice.randrange(24):02d}:{dice.randrange(60):02d}:{dice.randrange(60):02d}",
    "room": lambda dice: str(dice.randrange(100, 1000)),
    "price": lambda dice: f"{dice.randrange(1, 9)},{dice.randrange(1000):03d}.{dice.randrange(100):02d}",
    "part": lambda dice: f"{_digits(dice, 3)}-{_digits(dice, 2)}-{_digits(dice, 3)}",
    "card_like": _broken_card,
    "iban_like": _broken_iban,
    "commit": lambda dice: _hex(dice, 40),
    "short_commit": lambda dice: f"g{_hex(dice, 7)}",
    "picture_file": lambda dice: f"icon-{dice.randrange(10, 99)}@{dice.choice((2, 3))}x.png",
    "package": lambda dice: f"layout@{dice.randrange(1, 30)}.{dice.randrange(20)}.{dice.randrange(20)}",
    "mention": lambda dice: f"@team-{dice.randrange(2, 99)}",
    "each": lambda dice: f"{dice.randrange(2, 90)} @ {dice.randrange(1, 9)}.50",
    "size": lambda dice: f"{dice.randrange(600, 2600)}x{dice.randrange(400, 1600)}",
    "range": lambda dice: f"A{dice.randrange(1, 90)}:F{dice.randrange(90, 999)}",
    "isbn": lambda dice: f"ISBN 978-0-{_digits(dice, 2)}-{_digits(dice, 6)}-{_digits(dice, 1)}",
    "tracking": lambda dice: f"{_digits(dice, 4)}{dice.choice('QXZ')}{_digits(dice, 7)}",
}


def decoy(kind: str, split: str, dice: Random) -> str:
    """One that belongs to the split."""
    return drawn(split, lambda: DECOYS[kind](dice))
