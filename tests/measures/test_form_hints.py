"""No text in which a form can be found is passed over by its hint: random matches of every pattern, hostile signs."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from random import Random
from typing import Any
from urllib.parse import quote

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.measures import address_values, form_hints, personal, personal_places
from explorer.measures.masked_shapes import Names, Shapes
from explorer.measures.personal import Found
from explorer.scan.personal_text import SEVERITY
from tests.leak_set.texts import texts as leak_texts

# What may stand between or beside signs: full-width and other digits, invisible signs, marks, emoji, twins of letters.
ODD = "".join((
    "０１２３９٠٩०९𝟎𝟗②½²", "\u200b\u200d\u2060\ufeff\u00ad\u202e\u2066", "\u0301\u0308\u20e3\ufe0f", "🙂👩‍👩‍👧🇬🇧",
    "İıſK＠．－（）／＋ﬅß", "\u00a0\u2009\u3000\u0085\u2028\n\t\v\x1c\x00", "éЖאم漢あ", "@.-/+:()<>%\\ '0129aAzZ",
))  # fmt: skip
TWINS = {"i": "iİı", "I": "Iİ", "k": "k\u212a", "s": "sſ", "@": "@＠", ".": ".．", "-": "-－"}
VALUES = (
    "write to jane.doe+x@mail.example.co.uk now", "jane%40example.com", "Tel: +44 7700 900123", "(202) 555-0123",
    "020 7946 0123", "call me on 555 01 23", "phone number is 20255501", "4111 1111 1111 1111", "900-12-3456",
    "Social Security 900123456", "ssn: 900123456", "IBAN GB29 NWBK 6016 1331 9268 19 THANK YOU",
    "sk_" + "live_" + "EXAMPLE4eC39HqLyj",
    "AKIA" + "EXAMPLEABCDEFGHI", "sk-" + "a1_b2-c3" * 4, "eyJhbGciOiJub25lIn0" + ".eyJzdWIiOiJl.", "https://jane:secret@host.example/x",
    "-----BEGIN RSA " + "PRIVATE KEY-----", "Mr Kingfisher",
    "Dr. Élodie Vale", "27 Sussex Kiln Street", "/Users/fernwild/notes",
    "C:\\Users\\fern\\x", "c:%5cusers%5cfern%5c", "FERNS-MACBOOK-2.local", "DESKTOP-K1S2I3X",
    "\\\\fileserver\\share", "192.168.17.4",
    "2001:db8::8a2e:370:7334", "fe80:1:2:3:4:5:6:7", "555-0142", "https://shop.test/?customer=fern+wild&x=1",
    "https://shop.test/#search=juniper%20vale", "https://shop.test/pay?x=jane%40example.com",
)  # fmt: skip
odd = st.text(st.sampled_from(ODD), max_size=6)


def patterns_in(spans: Any) -> Iterator[re.Pattern[str]]:
    """The patterns that a function of spans was made of."""
    for cell in spans.__closure__ or ():
        if isinstance(cell.cell_contents, re.Pattern):
            yield cell.cell_contents
        elif callable(cell.cell_contents) and cell.cell_contents is not bool:
            yield from patterns_in(cell.cell_contents)


PATTERNS = sorted(
    {
        *(one for spans in personal._KINDS.values() for one in patterns_in(spans)),
        personal._IBAN,
        *(one for one in vars(personal_places).values() if isinstance(one, re.Pattern)),
        address_values._VALUE,
    },
    key=lambda one: one.pattern,
)


def passed_over(texts: list[str]) -> list[str]:
    """Texts in which the checks find something, and their hints say that nothing is there."""
    array = pa.array(texts, pa.string())
    plain = [address_values.plain(text) for text in texts]
    cases = (
        (texts, form_hints.may_have_form(array), forms),
        (plain, form_hints.may_have_form_escaped(array), forms),
        (texts, form_hints.may_have_value(array), address_values.found),
    )
    return [
        text
        for own, hints, found in cases
        for text, hint in zip(own, hints, strict=True)
        if not hint and found(text)
    ]


def forms(text: str) -> list[Found]:
    return [*personal.found(text), *personal_places.found(text)]


def spoiled(text: str, random: Random) -> str:
    """The text with some signs doubled, dropped or replaced by odd ones, digits of another script, or escaped."""
    signs = [random.choice(ODD) if random.random() < 0.04 else sign for sign in text]
    if random.random() < 0.3:
        zero = random.choice("０٠०𝟎۰")
        signs = [
            chr(ord(zero) + int(sign)) if sign.isdecimal() and sign.isascii() else sign for sign in signs
        ]
    if random.random() < 0.2:
        signs = [random.choice(TWINS.get(sign, sign)) for sign in signs]
    if random.random() < 0.3:
        signs = [quote(sign, safe="") if random.random() < 0.3 else sign for sign in signs]
    at = random.randrange(len(signs) + 1)
    return "".join([*signs[:at], *random.choices(ODD, k=random.randrange(3)), *signs[at:]])


def test_all_patterns_are_there() -> None:
    assert len(PATTERNS) == 20
    kinds = {one.kind for text in VALUES for one in [*forms(text), *address_values.found(text)]}
    assert kinds == set(SEVERITY)


@settings(max_examples=12)
@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda one: one.pattern[:24])
@given(data=st.data())
def test_what_a_pattern_matches_is_never_passed_over(pattern: re.Pattern[str], data: st.DataObject) -> None:
    text = data.draw(odd) + data.draw(st.from_regex(pattern)) + data.draw(odd)
    assert passed_over([text]) == []


@pytest.mark.parametrize("seed", range(2))
def test_values_in_hostile_writing_are_never_passed_over(seed: int) -> None:
    random = Random(seed)
    texts = [spoiled(text, random) for text in VALUES for _ in range(120)]
    assert passed_over(texts) == []
    assert sum(bool(forms(text)) for text in texts) > 0.2 * len(texts)


@pytest.mark.parametrize("seed", range(2))
def test_texts_of_the_leak_set_are_never_passed_over(seed: int) -> None:
    written = [item.text for item in leak_texts("tuning", 20) if item.text]
    random = Random(seed)
    assert passed_over([*written, *(spoiled(text, random) for text in written)]) == []


def test_signs_that_python_takes_for_ascii_ones_are_known() -> None:
    every = "".join(map(chr, (at for at in range(128, sys.maxunicode + 1) if not 0xD800 <= at < 0xE000)))
    letters = set(re.findall("(?i)[a-z]", every))
    digits = set(re.findall(r"\d", every))
    table, _ = form_hints._folding()
    assert {chr(at) for at in table} == letters | digits
    assert form_hints.in_ascii(pa.array(sorted(digits))).to_pylist() == [
        str(int(one)) for one in sorted(digits)
    ]
    assert set("".join(table.values())) <= set("0123456789IiKs")


def test_nothing_possible_is_said_of_most_plain_texts() -> None:
    texts = [f"Invoice {at} for March 2026 - Orders" for at in range(1_000)] + [
        "",
        "日本語のタイトル",
        "Réunion d’équipe",
    ]
    assert not form_hints.may_have_form(pa.array([*texts, None])).any()
    assert not form_hints.may_have_value(pa.array(["https://shop.test/orders/2026-03-01?page=2", None])).any()


@pytest.mark.parametrize(
    "unit", ["1", "a", "0-", "@", "%4", "%40", "sk-", "A12", ":", "phone ", "1 Aa ", "１", "İ", "/users/"]
)
def test_a_text_of_1_mb_stays_harmless(unit: str) -> None:
    texts = pa.array([unit * (1_000_000 // len(unit.encode()))])
    start = time.process_time()
    form_hints.may_have_form_escaped(texts)
    form_hints.may_have_value(texts)
    assert time.process_time() - start < 3


def test_looks_of_masked_texts_pass_over_no_bare_one() -> None:
    random = Random(1)
    befores = ["", "Customers - ", "Order 12 of ", "(3) ", "Réf. ٣ : ", "a"]
    afters = ["", " - Customers", " – Orders 7", " - Mail", "?", " writes to <ORGANIZATION> - CRM", " (１２)"]
    masked = [f"{before}<PERSON>{after}" for before in befores for after in afters]
    shapes = Shapes(masked)
    people = ("Juniper Vale", "Ömer İnan", "fern-wild", "漢字 かな", "x")
    written = [f"{before}{name}{after}" for before in befores for after in afters for name in people]
    texts = [*written, *(spoiled(text.replace("12", "98"), random) for text in written for _ in range(2))]
    hints = shapes.may_be_bare(pa.array(texts))
    bare = [shapes.bare(text) is not None for text in texts]
    assert [
        text for text, hint, is_bare in zip(texts, hints, bare, strict=True) if is_bare and not hint
    ] == []
    assert 0.1 < np.mean(bare) < 0.9
    assert not shapes.may_be_bare(pa.array(["Inbox", "Settings of the shop", ""])).any()


def test_names_read_elsewhere_are_never_passed_over() -> None:
    random = Random(2)
    names = Names(["Juniper Vale", "Ömer İnan", "KELVIN straße", "fern-wild", "Ανδρέας Σοφός"])
    writings = [
        "JUNIPER_VALE",
        "juniper%20vale",
        "ömer i̇nan",
        "\u212aelvin Straße",
        "Fern, Wild",
        "ανδρεασ Σοφος",
        "Ανδρέας Σοφός",
    ]
    texts = [spoiled(f"see {one} now", random) for one in writings for _ in range(60)]
    hints = names.may_be_found(pa.array(texts))
    found = [bool(list(names.found(text))) for text in texts]
    assert [
        text for text, hint, is_found in zip(texts, hints, found, strict=True) if is_found and not hint
    ] == []
    assert any(found)
    assert not Names([]).may_be_found(pa.array(["Juniper Vale"])).any()
