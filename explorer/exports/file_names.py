"""Names of files made from ids: a dataset made elsewhere may hold any text as an id."""

from __future__ import annotations

import hashlib
import re

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,149}")


def file_name(identity: str) -> str:
    """The id itself where it is a plain file name, else a hash of it."""
    if _PLAIN.fullmatch(identity):
        return identity
    return hashlib.sha256(identity.encode()).hexdigest()[:32]
