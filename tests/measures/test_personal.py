"""Texts with a personal form beside texts that only look like one. All values are examples that nobody has."""

from __future__ import annotations

import itertools
import time

import pytest

from explorer.measures.check_digits import is_card, is_iban
from explorer.measures.personal import WORDS, Found, found

KEY = "-----BEGIN RSA " + "PRIVATE KEY-----"
END = "-----END RSA " + "PRIVATE KEY-----"
BODY = "EXAMPLEabcdefghijklmnopqrstuvwxyz0123456789"


def kinds(text: str) -> list[str]:
    return [one.kind for one in found(text)]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("EMAIL_ADDRESS", "jane.doe@example.com"),
        ("EMAIL_ADDRESS", "jane+orders@mail.example.co.uk"),
        ("EMAIL_ADDRESS", "J.O'Neil@example.org"),
        ("EMAIL_ADDRESS", "jürgen@bücher.example"),
        ("EMAIL_ADDRESS", "jane%40example.com"),
        ("PHONE_NUMBER", "+44 7700 900123"),
        ("PHONE_NUMBER", "+1 202-555-0123"),
        ("PHONE_NUMBER", "+493023125123"),
        ("PHONE_NUMBER", "0044 20 7946 0123"),
        ("PHONE_NUMBER", "(202) 555-0123"),
        ("PHONE_NUMBER", "202.555.0123"),
        ("PHONE_NUMBER", "020 7946 0123"),
        ("PHONE_NUMBER", "01 99 00 12 34"),
        ("PHONE_NUMBER", "07700 900123"),
        ("CREDIT_CARD", "4111111111111111"),
        ("CREDIT_CARD", "4111 1111 1111 1111"),
        ("CREDIT_CARD", "3782-822463-10005"),
        ("CREDIT_CARD", "3056 9309 0259 04"),
        ("US_SSN", "900-12-3456"),
        ("US_SSN", "900 12 3456"),
        ("IBAN_CODE", "DE89370400440532013000"),
        ("IBAN_CODE", "GB29 NWBK 6016 1331 9268 19"),
        ("API_TOKEN", "sk_" + "test_" + BODY[:24]),
        ("API_TOKEN", "ghp_" + BODY[:36]),
        ("API_TOKEN", "AKIA" + "EXAMPLEABCDEFGHI"),
        ("JWT", "eyJhbGciOiJub25lIn0" + ".eyJzdWIiOiJleGFtcGxlIn0" + "."),
        ("PRIVATE_KEY", f"{KEY}\nEXAMPLE+/=\n{END}"),
        ("PRIVATE_KEY", KEY),
    ],
)
@pytest.mark.parametrize("around", ["{}", "see {} here", "({})", "value={}", "“{}”,"])
def test_a_personal_form_is_found_at_its_place(kind: str, value: str, around: str) -> None:
    start = around.index("{")
    assert found(around.format(value)) == [Found(kind, start, start + len(value))]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("https://jane:secret@host.example/x", "USER_INFO", "jane:secret@"),
        ("call me on 555-0123 please", "PHONE_NUMBER", "555-0123"),
        ("Tel: 2025550123", "PHONE_NUMBER", "2025550123"),
        ("SSN is 900123456", "US_SSN", "900123456"),
        ("IBAN GB29 NWBK 6016 1331 9268 19 THANK YOU", "IBAN_CODE", "GB29 NWBK 6016 1331 9268 19"),
    ],
)
def test_what_needs_its_surroundings(text: str, kind: str, value: str) -> None:
    (one,) = found(text)
    assert (one.kind, text[one.start : one.end]) == (kind, value)


@pytest.mark.parametrize(
    "text",
    [
        "", "order 48213", "SO-20931", "#1234567890123", "order 4111111111111112", "A-2025550123",
        "version 2.31.875", "10.640.1024", "3.11.7-rc1", "192.0.2.17:8501", "2026-11-22", "22/11/2026", "01-02-2024",
        "01-02-2024 10:30", "2026-11-22T09:15:00", "20261122_091500", "09:15:30.250", "at 00:12:07", "1700000000",
        "1700000000000000", "Ctrl+Shift+K", "ctrl+alt+1", "Cmd+1, Cmd+2", "icon-12@2x.png", "layout@1.20.3",
        "@team-2", "24 @ 3.50", "report_2026-11-22.pdf", "IMG_20261122_091500.jpg", "1920x1080", "A12:F340",
        "348-31-198", "ISBN 978-0-82-844079-8", "4293 7945 2121 5813", "4904 0088 2277 9903", "XX00123456789012345679",
        "git clone git@host.example:team/repo.git", "550e8400-e29b-41d4-a716-446655440000",
        "d3b07384d113edec49eaa6238ad5ff00deadbeef", "price 1,234.50", "+10 %", "UTC+02:00", "GMT+0100",
        "call about 17.25.249", "phone rings at 10:30", "https://host.example:8501/replay?t=12000.5", "12 000 000 rows",
        "900-00-1234", "900-12-0000", "sk-short", "-----BEGIN CERTIFICATE-----", "eyJ is how tokens begin",
    ],
)  # fmt: skip
def test_what_only_looks_personal_is_left_alone(text: str) -> None:
    assert kinds(text) == []
    assert kinds(f"why {text} here?") == []


def test_several_in_one_text_come_in_order_and_never_overlap() -> None:
    text = "https://a:b@mail.example.com then +44 7700 900123, jane@example.com, 4111 1111 1111 1111"
    places = found(text)
    assert [one.kind for one in places] == ["USER_INFO", "PHONE_NUMBER", "EMAIL_ADDRESS", "CREDIT_CARD"]
    assert all(one.end <= other.start for one, other in itertools.pairwise(places))
    assert {one.kind for one in places} <= set(WORDS)


def test_check_digits() -> None:
    assert is_card("5555 5555 5555 4444")
    assert not is_card("5555 5555 5555 4445")
    assert not is_card("1700000000000000")  # its Luhn sum is wrong, and no scheme begins so
    assert not is_card("0000000000000000")  # the Luhn sum alone is right
    assert is_iban("NL91 ABNA 0417 1643 00")
    assert not is_iban("NL92 ABNA 0417 1643 00")


@pytest.mark.parametrize(
    "unit", ["+1", "9", "0123 ", "a@", "a.", "xA1 ", "AB12 ", KEY, "://a:", "call 1 ", "eyJ"]
)
def test_a_long_hostile_text_takes_no_longer_than_its_length(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    began = time.process_time()
    found(text)
    assert time.process_time() - began < 5
