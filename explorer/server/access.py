"""Who may see the dataset: a one-time token becomes a cookie; both live in this process alone."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping

_LOG = logging.getLogger("explorer.server")


class Access:
    """The one key to an open dataset. Made-up recordings need none, as long as there is nothing else."""

    def __init__(self, *, port: int, is_made_up: Callable[[], bool]) -> None:
        # Browsers share cookies between ports: the name keeps two explorers on one machine apart.
        self.cookie_name = f"trace_explorer_{port}"
        self._is_made_up = is_made_up
        self._is_open = is_made_up()
        self._token: str | None = None if self._is_open else secrets.token_urlsafe(32)
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

    @property
    def is_open(self) -> bool:
        """Whether nobody needs a key, as far as is known; `look` says it for certain."""
        return self._is_open

    def look(self) -> None:
        """Close the open door when the dataset has got real recordings; only another start opens it again."""
        if self._is_open and not self._is_made_up():
            self._is_open = False
            _LOG.warning(
                "the dataset is no longer synthetic alone: stop and start again for an address with a key"
            )

    def admits(self, cookies: Mapping[str, str]) -> bool:
        """Whether a visitor with these cookies may see the dataset."""
        if self._is_open:
            return True
        # Before the token is used nobody holds the cookie, so nothing may match it.
        return self._token is None and _equal(cookies.get(self.cookie_name, ""), self._cookie)


def _equal(given: str, expected: str) -> bool:
    return secrets.compare_digest(given.encode("utf-8", "surrogateescape"), expected.encode())
