"""Personal data that can be known by its form: where in a text it stands, and of what kind it is.

Forms only: names of people and places have none. What a form alone cannot tell from an order number (a bare run of
digits) counts only with the right check digits, or right after a word such as "phone".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from explorer.measures import check_digits

# Kind (as Presidio names it, where it has a name) -> words for a sentence.
WORDS = {
    "PRIVATE_KEY": "a private key",
    "JWT": "a signed token (JWT)",
    "API_TOKEN": "an access key",
    "USER_INFO": "a password in an address",
    "EMAIL_ADDRESS": "an e-mail address",
    "IBAN_CODE": "a bank account number",
    "CREDIT_CARD": "a card number",
    "US_SSN": "a social security number",
    "PHONE_NUMBER": "a telephone number",
}


@dataclass(frozen=True, slots=True)
class Found:
    """Characters `start` to `end` (exclusive) of a text have the form of `kind`, a key of WORDS."""

    kind: str
    start: int
    end: int


Spans = Iterator[tuple[int, int]]


def found(text: str) -> list[Found]:
    """Everything in `text` that has a personal form, in order; nothing overlaps. Time is linear in the length."""
    places: list[Found] = []
    taken = bytearray(len(text))
    for kind, spans in _KINDS.items():
        for start, end in spans(text):
            if not any(taken[start:end]):
                taken[start:end] = b"x" * (end - start)
                places.append(Found(kind, start, end))
    return sorted(places, key=lambda one: one.start)


def _all_of(pattern: str, is_right: Callable[[str], bool] = bool) -> Callable[[str], Spans]:
    """Spans that the pattern matches and whose text is right."""
    compiled = re.compile(pattern)

    def spans(text: str) -> Spans:
        for match in compiled.finditer(text):
            if is_right(match[0]):
                yield match.span()

    return spans


_IBAN = re.compile(r"(?<![\w-])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![\w-])")


def _ibans(text: str) -> Spans:
    """The words after a number in groups may look like groups of it: the longest part that is right counts."""
    for match in _IBAN.finditer(text):
        part = match[0]
        while part and not check_digits.is_iban(part):
            part = part.rpartition(" ")[0]
        if part:
            yield match.start(), match.start() + len(part)


_FILE_ENDS = "png|jpe?g|gif|webp|svg|ico|bmp|css|js|json|html?|xml|txt|csv|pdf"
# A shared account of a code host, and "icon@2x.png", are nobody's mailbox.
_EMAIL = (
    r"(?<![\w.+-])(?!git(?:@|%40))[\w+](?:[\w.+'-]{0,62}[\w+-])?(?:@|%40)"
    rf"(?:[\w](?:[\w-]{{0,61}}[\w])?\.){{1,8}}(?!(?:{_FILE_ENDS})(?![\w-]))[^\W\d_]{{2,24}}(?![\w-])"
)
TOKENS = (
    r"[sr]k_(?:live|test)_[A-Za-z0-9]{16,}", r"gh[pousr]_[A-Za-z0-9]{30,}", r"github_pat_\w{30,}",
    r"glpat-[\w-]{20,}", r"xox[abeoprs]-[A-Za-z0-9-]{20,}", r"(?:AKIA|ASIA)[A-Z0-9]{16}", r"AIza[\w-]{35}",
    r"npm_[A-Za-z0-9]{30,}", r"hf_[A-Za-z0-9]{30,}", r"pypi-[\w-]{40,}", r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}",
    r"sk-[\w-]{20,}", r"SG\.[\w-]{16,}\.[\w-]{16,}", r"dop_v1_[a-f0-9]{40,}", r"ya29\.[\w-]{20,}",
)  # fmt: skip
CUE_WORDS = "phone|telephone|tel|mobile|cell|fax|call|ring|dial|sms|whatsapp"
_CUE = (
    rf"(?i:\b(?:{CUE_WORDS})\b\W{{0,3}}"
    r"(?:(?:number|no|nr|is|at|on|me|us|him|her|them|back)\W{1,3}){0,2})"
)
_ALONE = r"(?<![\w.,:/+-])(?<!\d{4}[ -])"  # not inside a longer number, a time or a price
_ENDS = r"(?![\w-]|[.,:]\d)"
_PHONE = "|".join(
    (
        r"(?<![\w+.-])(?:\+|(?<!\d{4}[ -])00(?=[1-9]\d{0,2}[ -]))[1-9](?:[ ./-]?\(?\d\)?){7,13}[ ./-]?\d(?![\w-])",
        rf"{_ALONE}(?:\+?1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{{4}}{_ENDS}",
        rf"{_ALONE}(?:\(0[1-9]\d{{0,4}}\) ?|0[1-9]\d{{0,4}}[ /-])\d{{2,8}}"
        rf"(?:([ -])\d{{2,8}}(?:\1\d{{2,8}}){{0,3}})?{_ENDS}",
    )
)
_CUED_PHONE = re.compile(rf"{_CUE}(\d(?:[ -]?\d){{6,11}})(?![\w-])")
_CUED_SSN = re.compile(r"(?i:\bssn|\bsocial security)\b\D{0,20}(\d{9})(?!\w)")
_DATE_FIRST = re.compile(r"\(?(?:\d\d[ /-]\d\d[ /-](?:19|20)\d\d|(?:19|20)\d\d[ /-]\d\d[ /-]\d\d)(?!\d)")


def _is_phone(text: str) -> bool:
    digits_n = sum(sign.isdigit() for sign in text)
    return 9 <= digits_n <= 15 and not _DATE_FIRST.match(text)


def _cued(cued: re.Pattern[str], plain: Callable[[str], Spans]) -> Callable[[str], Spans]:
    """What the form alone tells, and what a word before it tells (group 1)."""

    def spans(text: str) -> Spans:
        yield from plain(text)
        for match in cued.finditer(text):
            if not _DATE_FIRST.match(match[1]):
                yield match.span(1)

    return spans


# In order of trust: what an earlier kind has taken, a later one does not take again.
_KINDS: dict[str, Callable[[str], Spans]] = {
    "PRIVATE_KEY": _all_of(
        r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----"
        r"(?:[^-]*-----END (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----)?"
    ),
    "JWT": _all_of(r"(?<![\w-])eyJ[\w-]{8,}\.eyJ[\w-]{4,}\.[\w-]*"),
    "API_TOKEN": _all_of(rf"(?<![\w-])(?:{'|'.join(TOKENS)})(?![\w])"),
    "USER_INFO": _all_of(r"(?<=://)[^\s/@:?#]{1,200}:[^\s/@?#]{1,200}@"),
    "EMAIL_ADDRESS": _all_of(_EMAIL),
    "IBAN_CODE": _ibans,
    "CREDIT_CARD": _all_of(
        r"(?<![\w.-])\d{4}([ -]?)\d{4,6}\1\d{3,5}(?:\1\d{1,4}){0,2}(?![\w-])", check_digits.is_card
    ),
    "US_SSN": _cued(_CUED_SSN, _all_of(r"(?<![\w.-])\d{3}([ -])(?!00)\d\d\1(?!0000)\d{4}(?![\w-]|[.,]\d)")),
    "PHONE_NUMBER": _cued(_CUED_PHONE, _all_of(_PHONE, _is_phone)),
}
