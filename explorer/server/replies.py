"""What the routes answer in the same way: ids they know, headers that keep nothing, refusals without content."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from explorer.errors import ExplorerError
from explorer.server.headers import log_unexpected

MOST_BYTES = 16_384
Types = Mapping[str, tuple[type, ...]]
_ID = re.compile(r"[A-Za-z0-9_.-]{1,200}", re.ASCII)
# Consent can be withdrawn at any time: no browser may keep what it was sent. Identity: bytes come as they are stored.
PRIVATE = {"Cache-Control": "private, no-store", "Content-Encoding": "identity"}
_NO_STORE = {"Cache-Control": "no-store"}


def is_id(text: str) -> bool:
    """Whether a text can be the id of a session or a frame."""
    return _ID.fullmatch(text) is not None


def no_such() -> Response:
    """Nothing here, whatever the reason."""
    return PlainTextResponse("Not found", 404, _NO_STORE)


def unread(error: Exception, what: str) -> Response:
    """`what` could not be read; the log has kind and place under the id that the answer names."""
    return PlainTextResponse(f"{what} could not be read (error {log_unexpected(error)})", 503, _NO_STORE)


def told(content: object, status: int = 200) -> Response:
    """JSON for our own pages."""
    return JSONResponse(content, status, PRIVATE)


def refused(error: ExplorerError, status: int = 422) -> Response:
    """Why something was not done, in words for the page: errors of ours never quote what was sent."""
    return told({"problem": str(error)}, status)


async def members(request: Request, types: Types) -> dict[str, Any] | None:
    """The members of the JSON object that was sent, all of known names and types; None for anything else."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            return None
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    is_known = all(type(value) in types.get(name, ()) for name, value in found.items())
    return found if is_known else None
