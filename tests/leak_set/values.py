"""Personal values that nobody has: reserved for examples, never issued, or marked as fake.

Entities follow Presidio; API_TOKEN, USER_INFO, USER_PATH and HOST_NAME have no name there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from .seeds import drawn
from .words import MONTHS, STREETS, TOWNS, names


@dataclass(frozen=True, slots=True)
class Value:
    """A value and what it is; `shape` says how it is written."""

    entity: str
    text: str
    shape: str


# Numbers that card schemes and payment services publish for tests.
_TEST_CARDS = (
    "4111111111111111", "4012888888881881", "4242424242424242", "5555555555554444", "5105105105105100",
    "2223003122003222", "5200828282828210", "378282246310005", "371449635398431", "378734493671000",
    "6011111111111117", "6011000990139424", "30569309025904", "38520000023237", "3530111333300000",
    "3566002020360505",
)  # fmt: skip
# Examples of the register of account numbers.
_TEST_IBANS = (
    "GB29NWBK60161331926819", "DE89370400440532013000", "FR1420041010050500013M02606", "NL91ABNA0417164300",
    "IE29AIBK93115212345678", "ES9121000418450200051332", "AT611904300234573201", "BE68539007547034",
    "CH9300762011623852957", "SE4550000000058398257466",
)  # fmt: skip
_HOSTS = ("example.com", "example.org", "example.net", "mail.example.com", "office.example", "shop.test")


def is_card(digits: str) -> bool:
    """Luhn's check, ISO/IEC 7812-1."""
    worth = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits))]
    return sum(one - 9 if one > 9 else one for one in worth) % 10 == 0


def is_iban(text: str) -> bool:
    """The check digits of an account number, ISO 13616."""
    return _remainder(text[4:] + text[:4]) == 1


def _remainder(text: str) -> int:
    return int("".join(str(int(sign, 36)) for sign in text)) % 97


def _grouped(text: str, size: int = 4, by: str = " ") -> str:
    return by.join(text[at : at + size] for at in range(0, len(text), size))


def _person(split: str, dice: Random) -> Value:
    first, last = names(split, "latin")
    one, two = dice.choice(first), dice.choice(last)
    title, middle = dice.choice(("Ms", "Mr", "Dr")), dice.choice("ABCDEFGHJK")
    shapes = {
        "first last": f"{one} {two}", "last, first": f"{two}, {one}", "title": f"{title} {two}",
        "middle": f"{one} {middle}. {two}",
    }  # fmt: skip
    return _shaped("PERSON", shapes, dice)


def foreign_person(split: str, dice: Random, script: str) -> Value:
    """A name in another script."""
    first, last = names(split, script)
    one, two = dice.choice(first), dice.choice(last)
    return Value("PERSON", f"{two}{one}" if script == "han" else f"{one} {two}", script)


def _account(split: str, dice: Random) -> str:
    first, last = names(split, "latin")
    one, two = dice.choice(first).lower(), dice.choice(last).lower()
    return dice.choice((f"{one[0]}{two}", f"{one}.{two}", f"{two}{dice.randrange(10, 99)}"))


def _email(split: str, dice: Random) -> Value:
    name, host = _account(split, dice), dice.choice(_HOSTS)
    plus = f"{name}+{dice.choice(('orders', 'news', 'desk'))}@{host}"
    shapes = {"plain": f"{name}@{host}", "tagged": plus, "capitals": f"{name.title()}@{host.capitalize()}"}
    return _shaped("EMAIL_ADDRESS", shapes, dice)


def _phone(split: str, dice: Random) -> Value:
    """Numbers set aside for films and examples in the US, the UK, France and Germany."""
    us, uk, fr, de = (dice.randrange(n) for n in (100, 1000, 10000, 1000))
    shapes = {
        "us local": f"555-01{us:02d}", "us area": f"({dice.choice((202, 303, 415))}) 555-01{us:02d}",
        "us country": f"+1 202-555-01{us:02d}", "us dots": f"202.555.01{us:02d}", "us bare": f"20255501{us:02d}",
        "uk": f"020 7946 0{uk:03d}", "uk mobile": f"+44 7700 900{uk:03d}",
        "fr": f"01 99 00 {fr // 100:02d} {fr % 100:02d}", "de": f"+49 30 23125 {de:03d}",
    }  # fmt: skip
    return _shaped("PHONE_NUMBER", shapes, dice)


def _card(split: str, dice: Random) -> Value:
    """Published test numbers, and the range 4000 0000 0000 xxxx that test gateways answer to."""
    digits = dice.choice(_TEST_CARDS)
    if dice.random() < 0.6:
        body = f"400000000000{dice.randrange(1000):03d}"
        digits = next(body + end for end in "0123456789" if is_card(body + end))
    shapes = {"spaces": _grouped(digits), "hyphens": _grouped(digits, by="-"), "bare": digits}
    return _shaped("CREDIT_CARD", shapes, dice)


def _ssn(split: str, dice: Random) -> Value:
    """Areas 000 and 9xx were never issued; with a group below 50 they are no taxpayer number either."""
    area = dice.choice(("000", str(dice.randrange(900, 1000))))
    group, serial = f"{dice.randrange(1, 50):02d}", f"{dice.randrange(1, 10000):04d}"
    parts = (area, group, serial)
    shapes = {"hyphens": "-".join(parts), "spaces": " ".join(parts), "bare": "".join(parts)}
    return _shaped("US_SSN", shapes, dice)


def _iban(split: str, dice: Random) -> Value:
    """Examples of the register, or a country that does not exist, with right check digits."""
    text = dice.choice(_TEST_IBANS)
    if dice.random() < 0.7:
        body = "".join(str(dice.randrange(10)) for _ in range(16))
        text = f"XX{98 - _remainder(f'{body}XX00'):02d}{body}"
    return _shaped("IBAN_CODE", {"spaces": _grouped(text), "bare": text}, dice)


def _token(split: str, dice: Random) -> Value:
    """Keys in the forms of well-known services; they say that they are examples."""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    body = "EXAMPLE" + "".join(dice.choice(letters + letters.lower() + "23456789") for _ in range(29))
    shapes = {
        "payment": "sk_" + "test_" + body[:24], "code host": "ghp_" + body,
        "chat": f"xoxb-{0:011d}-{0:012d}-{body[:24]}",
        "cloud": "AKIA" + "EXAMPLE" + "".join(dice.choice(letters) for _ in range(9)),
    }  # fmt: skip
    return _shaped("API_TOKEN", shapes, dice)


def _address(split: str, dice: Random) -> Value:
    number = dice.choice((f"192.0.2.{dice.randrange(1, 255)}", f"198.51.100.{dice.randrange(1, 255)}",
                          f"203.0.113.{dice.randrange(1, 255)}"))  # fmt: skip
    shapes = {"v4": number, "v6": f"2001:db8::{dice.randrange(1, 65535):x}:{dice.randrange(1, 65535):x}"}
    return _shaped("IP_ADDRESS", shapes, dice)


def _location(split: str, dice: Random) -> Value:
    street = f"{dice.randrange(1, 200)} {dice.choice(STREETS)}"
    return _shaped("LOCATION", {"street": street, "with town": f"{street}, {dice.choice(TOWNS)}"}, dice)


def _birthday(split: str, dice: Random) -> Value:
    text = f"{dice.randrange(1, 29)} {dice.choice(MONTHS)} {dice.randrange(1940, 2006)}"
    return Value("DATE_TIME", text, "day month year")


def _user_info(split: str, dice: Random) -> Value:
    text = f"{_account(split, dice)}:EXAMPLE{dice.randrange(100, 999)}@"
    return Value("USER_INFO", text, "user and password")


def _user_path(split: str, dice: Random) -> Value:
    """Only the account's name is the value; the path around it is the text's."""
    return Value("USER_PATH", _account(split, dice), "account")


def _host(split: str, dice: Random) -> Value:
    first, last = names(split, "latin")
    name = dice.choice(last)
    shapes = {"short": f"{name.upper()}-PC", "full": f"{dice.choice(first).lower()}s-laptop.office.example"}
    return _shaped("HOST_NAME", shapes, dice)


def _shaped(entity: str, shapes: dict[str, str], dice: Random) -> Value:
    shape = dice.choice(tuple(shapes))
    return Value(entity, shapes[shape], shape)


_MAKERS: dict[str, Callable[[str, Random], Value]] = {
    "PERSON": _person, "EMAIL_ADDRESS": _email, "PHONE_NUMBER": _phone, "CREDIT_CARD": _card, "US_SSN": _ssn,
    "IBAN_CODE": _iban, "API_TOKEN": _token, "IP_ADDRESS": _address, "LOCATION": _location, "DATE_TIME": _birthday,
    "USER_INFO": _user_info, "USER_PATH": _user_path, "HOST_NAME": _host,
}  # fmt: skip
ENTITIES = tuple(_MAKERS)


def value(entity: str, split: str, dice: Random) -> Value:
    """A value that belongs to the split, in whichever shape it is written."""
    return drawn(split, lambda: _MAKERS[entity](split, dice), known_by)


def known_by(value: Value) -> str:
    """What is the same in all shapes of a value: letters and digits; of a telephone number the last four."""
    signs = "".join(sign for sign in value.text.casefold() if sign.isalnum())
    return signs[-4:] if value.entity == "PHONE_NUMBER" else signs
