"""Check digits of cards and of bank account numbers."""

from __future__ import annotations

import re

# Beginnings that card schemes use, with the lengths of their numbers.
_CARD = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}"
    r"|6(?:011|4[4-9]\d|5\d\d)\d{12}(?:\d{3})?|62\d{14,17}|3(?:0[0-5]|[689]\d)\d{11}|35\d{14}|(?:5[06-8]|6\d)\d{14}"
)


def is_card(text: str) -> bool:
    """A number of a card scheme's beginning and length whose Luhn sum is right (ISO/IEC 7812-1); groups allowed."""
    digits = re.sub(r"[ -]", "", text)
    return bool(_CARD.fullmatch(digits)) and _luhn(digits) % 10 == 0


def is_iban(text: str) -> bool:
    """15 to 34 characters whose remainder is right (ISO 13616); spaces allowed."""
    plain = text.replace(" ", "")
    if not 15 <= len(plain) <= 34:
        return False
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1


def _luhn(digits: str) -> int:
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits)))
    return sum(one - 9 if one > 9 else one for one in doubled)
