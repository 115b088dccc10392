"""Who may see the dataset: a one-time token becomes a cookie; both live in this process alone."""

from __future__ import annotations

import secrets
from collections.abc import Mapping


class Access:
    """The one key to an open dataset. A dataset marked synthetic needs none."""

    def __init__(self, *, port: int, is_open_to_all: bool = False) -> None:
        # Browsers share cookies between ports: the name keeps two explorers on one machine apart.
        self.cookie_name = f"trace_explorer_{port}"
        self.is_open_to_all = is_open_to_all
        self._token: str | None = None if is_open_to_all else secrets.token_urlsafe(32)
        self._cookie = secrets.token_urlsafe(32)

    @property
    def token(self) -> str | None:
        """The token of the printed address; None once it was used, or where none is needed."""
        return self._token

    def redeem(self, token: str) -> str | None:
        """The cookie's value in exchange for the token, which is worth nothing from then on; None if wrong."""
        if self._token is None or not _equal(token, self._token):
            return None
        self._token = None
        return self._cookie

    def admits(self, cookies: Mapping[str, str]) -> bool:
        """Whether a visitor with these cookies may see the dataset."""
        if self.is_open_to_all:
            return True
        # Before the token is used nobody holds the cookie, so nothing may match it.
        return self._token is None and _equal(cookies.get(self.cookie_name, ""), self._cookie)


def _equal(given: str, expected: str) -> bool:
    return secrets.compare_digest(given.encode("utf-8", "surrogateescape"), expected.encode())
