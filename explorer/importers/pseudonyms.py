"""Pseudonyms for account names: the same person keeps one, and nobody can test a guessed name against it.

They are keyed with random bytes that stay in the user's state folder and never enter a dataset: a plain hash of an
account name would be undone by hashing a list of names.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets

from explorer.trace.verified import state_home

_KEY_BYTES = 32


def pseudonym(account_name: str) -> str | None:
    """A P-id for an account name; None, an unknown person, where no key can be kept."""
    key = _key()
    if key is None:
        return None
    digest = hmac.new(key, account_name.encode("utf-8", "surrogatepass"), hashlib.sha256)
    return f"P-{digest.hexdigest()[:12]}"


def _key() -> bytes | None:
    path = state_home() / "pseudonyms.key"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
            draft.write_bytes(secrets.token_bytes(_KEY_BYTES))
            draft.chmod(0o600)
            try:
                os.link(draft, path)  # fails when another process was first: then its key counts
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        key = path.read_bytes()
    except OSError:
        return None
    return key if len(key) == _KEY_BYTES else None
