"""Names, places and machines that can be known by their form.

Names after a title, streets, folders of a user, host names, network addresses, and telephone numbers of seven digits.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from explorer.measures.personal import Found

WORDS = {
    "PERSON": "a name after a title",
    "LOCATION": "a street and house number",
    "USER_PATH": "an account name in a path",
    "HOST_NAME": "the name of a computer",
    "IP_ADDRESS": "a network address",
    "PHONE_NUMBER": "a telephone number",
}
_NOBODY = "public|shared|default|all users|guest|user|username|runner|root|admin|administrator|me|you|name"
_PATH = re.compile(
    rf"(?i:(?:(?<![\w.])/(?:home|users)/|\b[a-z]:(?:\\|%5c|/)users(?:\\|%5c|/)))(?!(?i:{_NOBODY})(?:[\\/]|$|%5c))"
    r"([^\s\\/:*?\"<>|%]{1,64})"
)
MACHINE = r"(?:pc|laptop|desktop|macbook|imac|notebook|workstation|thinkpad)"
_HOST = re.compile(
    rf"(?<![\w.-])(?i:[a-z0-9]{{2,20}}(?:-[a-z0-9]{{1,12}}){{0,2}}-{MACHINE}(?:-\d{{1,3}})?"
    rf"|(?:desktop|laptop|win)-[a-z0-9]{{6,12}})(?i:(?:\.[a-z][a-z0-9-]{{0,30}}){{0,4}})(?![\w-])"
)
_SHARE = re.compile(r"(?<!\S)\\\\([A-Za-z0-9][A-Za-z0-9-]{1,30})(?=\\)")
_V4 = re.compile(r"(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)")
_V6 = re.compile(r"(?i)(?<![\w:.])[0-9a-f]{1,4}(?::{1,2}[0-9a-f]{1,4}){2,7}(?![\w:])")
STREETS = ("Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Way|Court|Ct|Place|Pl|Square|Terrace|Close|Crescent|Gardens"
           "|Row|Boulevard|Blvd|Hill|Walk|Mews|Grove|Park")  # fmt: skip
_STREET = re.compile(rf"(?<![\w.-])\d{{1,4}}[a-z]?,? (?:[A-Z][\w'’-]{{1,20}} ){{1,3}}(?:{STREETS})\b")
TITLES = "Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Herr|Frau|Mme|Mlle"
_TITLED = re.compile(
    rf"(?<![\w.-])(?:{TITLES})\.? "
    r"(?:[^\W\d_a-z][^\W\d_]*(?:['’-][^\W\d_]+)*)(?: [^\W\d_a-z][^\W\d_]+)?(?!\w)"
)
_LOCAL_PHONE = re.compile(r"(?<![\w.,:/+#=-])[2-9]\d\d-\d{4}(?![\w-]|[.,:]\d)")


def found(text: str) -> list[Found]:
    """Every such place in `text`, in order. Time is linear in the length."""
    places = [
        *(Found("PERSON", *match.span()) for match in _TITLED.finditer(text)),
        *(Found("USER_PATH", *match.span(1)) for match in _PATH.finditer(text)),
        *(Found("HOST_NAME", *match.span()) for match in _HOST.finditer(text)),
        *(Found("HOST_NAME", *match.span(1)) for match in _SHARE.finditer(text)),
        *(Found("LOCATION", *match.span()) for match in _STREET.finditer(text)),
        *(Found("PHONE_NUMBER", *match.span()) for match in _LOCAL_PHONE.finditer(text)),
        *_addresses(text),
    ]
    return sorted(places, key=lambda one: one.start)


def _addresses(text: str) -> Iterator[Found]:
    for pattern in (_V4, _V6):
        for match in pattern.finditer(text):
            try:
                address = ipaddress.ip_address(match[0])
            except ValueError:
                continue
            if not (
                address.is_loopback
                or address.is_unspecified
                or address.is_multicast
                or match[0].endswith(".0")
            ):
                yield Found("IP_ADDRESS", *match.span())
