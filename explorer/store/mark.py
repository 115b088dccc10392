"""One mark: a moment of a session with a label and a note; and which notes are kept."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from explorer.errors import NoteRefused, ParameterError
from explorer.measures.personal import WORDS, found

LABELS = ("interesting", "question", "problem", "possible_leak")
LONGEST_NOTE = 500
LONGEST_AUTHOR = 80
LATEST_T_US = 2**53
_JOINERS = "\u200c\u200d"  # part of words and of emoji; other invisible characters are not


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark as it is kept. `t_us` counts as the session's replay does, the other times from 1970 in UTC."""

    mark_id: str
    session_id: str
    t_us: int
    label: str
    note: str
    author: str
    created_utc_us: int
    updated_utc_us: int
    is_deleted: bool


def kept_note(text: str) -> str:
    """The note as it is kept. Raises NoteRefused when it is too long or holds personal data."""
    return _kept(text, "note", LONGEST_NOTE)


def kept_author(text: str) -> str:
    """The name that an author chose, as it is kept; as for `kept_note`."""
    return _kept(text, "author", LONGEST_AUTHOR)


def checked_label(label: str) -> str:
    """A label of LABELS. Raises ParameterError."""
    if label not in LABELS:
        raise ParameterError("is not known", where="label", hint=f"Use one of {', '.join(LABELS)}")
    return label


def checked_moment(session_id: str, t_us: int) -> tuple[str, int]:
    """A session's id and a time in it. Raises ParameterError."""
    if not 0 < len(session_id) <= 200 or not session_id.isprintable():
        raise ParameterError("is not the id of a session", where="session_id")
    if isinstance(t_us, bool) or not isinstance(t_us, int) or not 0 <= t_us <= LATEST_T_US:
        raise ParameterError("is not a time in microseconds", where="t_us")
    return session_id, t_us


def _kept(text: str, where: str, longest: int) -> str:
    """Text on one line without control characters, with no space around it."""
    shown = "".join(" " if c.isspace() else c for c in text if c.isspace() or _is_shown(c))
    kept = shown.strip()
    if len(kept) > longest:
        raise NoteRefused(f"is longer than {longest} characters", where=where, hint="Shorten it")
    # Full-width signs and joiners must not hide a form.
    plain = unicodedata.normalize("NFKC", "".join(c for c in kept if c not in _JOINERS))
    kinds = {one.kind for form in (kept, plain) for one in found(form)}
    if kinds:
        named = " and ".join(words for kind, words in WORDS.items() if kind in kinds)
        raise NoteRefused(f"holds {named}, and was not kept", where=where, hint="Say it without the value")
    return kept


def _is_shown(c: str) -> bool:
    """False for control characters, invisible ones that turn or hide text, and halves of characters."""
    return c in _JOINERS or unicodedata.category(c) not in ("Cc", "Cf", "Cs")
