"""The lists that verdicts are made of, with the words that a reviewer reads. There is no free text in a verdict.

They may only grow: logs of earlier reviews hold their words.
"""

from __future__ import annotations

from explorer.scan.finding import CHANNELS as SCANNED

# No moment shows the files of the dataset.
CHANNELS = tuple(one for one in SCANNED if one != "file")
VERDICTS = ("clean", "leak", "over_redacted", "unsure", "broken")
_WORST_FIRST = ("leak", "unsure", "broken", "over_redacted", "clean")
ROLES = ("reader", "adjudicator")
READERS = ("one", "two")

REASONS = {
    "missed": "not masked at all",
    "misplaced": "mask beside it, or too small",
    "weak_mask": "blurred, pixelated or translucent mask",
    "masked_elsewhere": "masked here, readable in another place",
    "neighbour": "masked in the picture before or after",
    "reflected": "copy in a tab, preview, notification or list",
    "typed": "keys that spell it",
    "placeholder": "placeholder that gives it away",
    "together": "harmless parts that name a person together",
    "not_personal": "mask over what is not personal",
    "too_large": "mask larger than what it hides",
    "cannot_read": "too small or unclear to tell",
    "cannot_judge": "readable, but unclear whether it is personal",
    "not_shown": "picture or text is not shown",
}
SEVERITIES = {
    "direct": "names a person or reaches one",
    "secret": "opens an account or pays: password, key, card",
    "quasi": "points to a person only with other facts",
}
ENTITIES = {
    "PERSON": "name", "EMAIL_ADDRESS": "e-mail address", "PHONE_NUMBER": "telephone number",
    "LOCATION": "postal address", "CREDIT_CARD": "card number", "IBAN_CODE": "bank account",
    "US_SSN": "social security number", "DATE_TIME": "date of birth", "PASSWORD": "password",
    "API_TOKEN": "key or token", "IP_ADDRESS": "network address", "USER_PATH": "folder with a person's name",
    "HOST_NAME": "name of a computer", "ID_NUMBER": "customer or staff number", "FACE": "face or photograph",
    "HEALTH": "health", "OTHER": "other",
}  # fmt: skip
ABANDON_REASONS = {
    "changed": "the dataset changed",
    "mistake": "the plan was wrong",
    "too_long": "it would take too long",
    "leak_found": "a leak was found and is being fixed",
    "other": "another reason",
}
# What no moment shows, so that no figure of a review speaks of it.
NOT_COVERED = (
    "columns that are not shown: extra, source_type, command, app",
    "pointer paths and rhythm of typing, by which people can be recognised",
    "files beside the tables, and what files hold beside pixels and rows",
    "kinds of personal data that the plan does not list",
)


def worst(verdicts: tuple[str, ...]) -> str:
    """The verdict that counts most; clean when there is none."""
    return next((one for one in _WORST_FIRST if one in verdicts), "clean")
