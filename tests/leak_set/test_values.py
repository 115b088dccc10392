"""No value could be anyone's: reserved, never issued, or marked as fake; and no decoy is a value."""

from __future__ import annotations

import re

import pytest

from .decoys import decoy
from .seeds import SPLITS, dice
from .values import _TEST_CARDS, _TEST_IBANS, ENTITIES, is_card, is_iban, value

FORMS = {
    "PERSON": r"(?:Ms |Mr |Dr )?[A-Z][a-z]+(?:,| [A-K]\.)?(?: [A-Z][a-z]+)?",
    "EMAIL_ADDRESS": r"[\w.+]+@(?:(?:mail\.)?example\.(?:com|org|net)|office\.example|shop\.test)",
    "PHONE_NUMBER": r"555-01\d\d|\((?:202|303|415)\) 555-01\d\d|\+1 202-555-01\d\d|202\.555\.01\d\d|20255501\d\d"
    r"|020 7946 0\d{3}|\+44 7700 900\d{3}|01 99 00 \d\d \d\d|\+49 30 23125 \d{3}",
    "US_SSN": r"(?:000|9\d\d)([- ]?)[0-4]\d\1\d{4}",
    "IBAN_CODE": r"[A-Z]{2}\d\d[A-Z0-9 ]+",
    "CREDIT_CARD": r"\d[\d -]+\d",
    "API_TOKEN": r"\S*EXAMPLE\S*",
    "IP_ADDRESS": r"(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+|2001:db8::\S+",
    "LOCATION": r"\d{1,3} [A-Z]\w+ \w+(?:, [\w ]+)?",
    "DATE_TIME": r"\d{1,2} [A-Z][a-z]+ (?:19|20)\d\d",
    "USER_INFO": r"[a-z.0-9]+:EXAMPLE\d{3}@",
    "USER_PATH": r"[a-z.0-9]+",
    "HOST_NAME": r"[A-Z]+-PC|[a-z]+-laptop\.office\.example",
}


@pytest.mark.parametrize("entity", ENTITIES)
@pytest.mark.parametrize("split", SPLITS)
def test_values_have_the_form_of_what_is_reserved(entity, split):
    made = [value(entity, split, dice(split, entity, "form", n)) for n in range(120)]
    assert [one.text for one in made if not re.fullmatch(FORMS[entity], one.text, re.IGNORECASE)] == []
    assert len({one.shape for one in made}) >= (1 if entity in ("DATE_TIME", "USER_INFO", "USER_PATH") else 2)


def test_cards_are_published_test_numbers_and_right():
    for n in range(200):
        digits = re.sub(r"\D", "", value("CREDIT_CARD", "tuning", dice("tuning", n)).text)
        assert is_card(digits)
        assert digits in _TEST_CARDS or digits.startswith("400000000000")


def test_accounts_are_examples_of_the_register_or_of_no_country():
    for n in range(200):
        text = value("IBAN_CODE", "tuning", dice("tuning", n)).text.replace(" ", "")
        assert is_iban(text)
        assert text in _TEST_IBANS or text.startswith("XX")


def test_numbers_that_look_like_cards_and_accounts_are_none():
    for n in range(200):
        assert not is_card(decoy("card_like", "tuning", dice("tuning", n)).replace(" ", ""))
        assert not is_iban(decoy("iban_like", "tuning", dice("tuning", n)))


@pytest.mark.parametrize(("digits", "is_one"), [("4111111111111111", True), ("4111111111111112", False)])
def test_the_check_digit_of_cards(digits, is_one):
    assert is_card(digits) is is_one


@pytest.mark.parametrize(
    ("text", "is_one"), [("GB29NWBK60161331926819", True), ("GB28NWBK60161331926819", False)]
)
def test_the_check_digits_of_accounts(text, is_one):
    assert is_iban(text) is is_one
