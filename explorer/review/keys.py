"""The two keys of a dataset's reviews, in files beside the store that only this user may read.

One hashes texts, so that equal ones can be told and none can be guessed; one signs logs. Neither enters a database or
a report.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from explorer.errors import StoreError
from explorer.trace.verified import state_home

_KEY_BYTES = 32
_SIGNED = "trace-explorer review 1\n{what}\n{plan_id}\n{row_n}\n{head}\n"
_HINT = "Make trace-explorer's state folder writable ($XDG_STATE_HOME, else ~/.local/state)"
_DAMAGED = "Restore it from a backup: without it, earlier reviews of this dataset cannot be continued"


def text_key(dataset_id: str) -> bytes:
    """The key for texts; made when it is not there. Raises StoreError."""
    path = state_home() / f"{dataset_id}.review.key"
    key = _kept(path, lambda: secrets.token_bytes(_KEY_BYTES))
    if len(key) != _KEY_BYTES:
        raise StoreError("is damaged: it is no key", where=path.name, hint=_DAMAGED)
    return key


def key_id(key: bytes) -> str:
    """Tells two keys apart and gives neither away."""
    return hmac.digest(key, b"trace-explorer review key", "sha256")[:8].hex()


class Signer:
    """Signs heads of logs with the dataset's key; made when it is not there."""

    def __init__(self, dataset_id: str) -> None:
        path = state_home() / f"{dataset_id}.review-signing.pem"
        try:
            key = serialization.load_pem_private_key(_kept(path, _made), None)
        except ValueError:
            key = None
        if not isinstance(key, Ed25519PrivateKey):
            raise StoreError("is damaged: it is no key", where=path.name, hint=_DAMAGED)
        self._key = key

    @property
    def public_key(self) -> str:
        """In hex."""
        return self._key.public_key().public_bytes_raw().hex()

    def sign(self, what: str, plan_id: str, row_n: int, head: str) -> str:
        """The signature in hex."""
        return self._key.sign(signed_bytes(what, plan_id, row_n, head)).hex()


def signed_bytes(what: str, plan_id: str, row_n: int, head: str) -> bytes:
    """What a signature is made over."""
    return _SIGNED.format(what=what, plan_id=plan_id, row_n=row_n, head=head).encode()


def is_signed(public_key: str, signature: str, content: bytes) -> bool:
    """Whether the signature (both in hex) is that key's over the content."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(
            bytes.fromhex(signature), content
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def sha256_hex(text: str) -> str:
    """sha256 of a text in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def _made() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """What the file holds. Two programs that make it at once agree on the one that is there first."""
    try:
        if not path.exists():
            _make_file(path, make())
        return path.read_bytes()
    except OSError as error:
        raise StoreError(f"cannot be kept ({error.strerror})", where=path.name, hint=_HINT) from None


def _make_file(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    file = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(file, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        try:
            os.link(new, path)  # fails where another was faster, and never replaces
        except FileExistsError:
            return
    finally:
        new.unlink()
