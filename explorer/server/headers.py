"""Headers that every answer carries, refusals and errors included."""

from __future__ import annotations

import base64
import hashlib
import logging
import re
import secrets
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from explorer.server import refusal
from explorer.server.quiet_log import kind_and_place

_LOG = logging.getLogger("explorer.server")
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_UNUSED_FEATURES = (
    "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "microphone", "midi", "payment", "usb",
)  # fmt: skip


def index_page() -> Path:
    """Streamlit's index.html, as installed."""
    return Path(streamlit.__file__).parent / "static" / "index.html"


def content_security_policy(index_html: str) -> str:
    """The policy: nothing from elsewhere, and of inline scripts only those of index.html, by their hash."""
    hashes = "".join(
        f" 'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in _INLINE_SCRIPT.findall(index_html)
    )
    return "; ".join((
        "default-src 'self'",
        f"script-src 'self' blob:{hashes}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "frame-src 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
        "base-uri 'self'",
        "object-src 'none'",
    ))  # fmt: skip


def fixed_headers() -> dict[str, str]:
    """Name and value of each header, the same on all answers."""
    return {
        "Content-Security-Policy": content_security_policy(index_page().read_text("utf-8")),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _UNUSED_FEATURES),
    }


class SecurityHeaders:
    """Outermost layer: adds the headers, and turns an unexpected error into a page without detail."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers = fixed_headers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal has_started
            if message["type"] == "http.response.start":
                has_started = True
                headers = MutableHeaders(scope=message)
                headers.update(self._headers)
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception as error:  # noqa: BLE001  the one boundary below which nothing is caught
            error_id = log_unexpected(error)
            if not has_started:
                answer = Response(refusal.failure(error_id), 500, media_type="text/html")
                await answer(scope, receive, send_with_headers)


def log_unexpected(error: BaseException) -> str:
    """Log kind and place of an error under a new id, which is returned; its text could hold trace data."""
    error_id = secrets.token_hex(4)
    _LOG.error("error %s: %s", error_id, kind_and_place(error))
    return error_id
