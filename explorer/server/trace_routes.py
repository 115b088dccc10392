"""Byte routes of the replay: what a session is, and its rows chunk by chunk."""

from __future__ import annotations

import re
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from explorer.errors import ExplorerError
from explorer.server.replies import PRIVATE, is_id, no_such, unread
from explorer.server.wire_answers import about, chunk, times

_ROW = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)
_CHUNK = re.compile(r"0|[1-9][0-9]{0,6}", re.ASCII)


def trace_routes() -> list[Route]:
    """The routes of one session's rows."""
    return [
        Route("/trace/{session_id}/about.json", _about),
        Route("/trace/{session_id}/events.bin", _events),
        Route("/trace/{session_id}/times.json", _times),
    ]


async def _about(request: Request) -> Response:
    return await _answered(request, "application/json", about)


async def _events(request: Request) -> Response:
    asked = request.query_params.get("chunk", "")
    if not _CHUNK.fullmatch(asked):
        return no_such()

    def read(session_id: str, is_typed: bool) -> bytes | None:
        return chunk(session_id, int(asked), is_typed)

    return await _answered(request, "application/octet-stream", read)


async def _times(request: Request) -> Response:
    """When rows that are named by their place in the true order happened, on the axis of the replay."""
    asked = [request.query_params.get(name, "") for name in ("first", "last")]
    if not all(_ROW.fullmatch(text) for text in asked):
        return no_such()
    first, last = map(int, asked)
    return await _answered(request, "application/json", lambda session_id, _: times(session_id, first, last))


async def _answered(request: Request, media_type: str, read: Callable[[str, bool], bytes | None]) -> Response:
    session_id, typed = request.path_params["session_id"], request.query_params.get("typed", "0")
    if not is_id(session_id) or typed not in ("0", "1"):
        return no_such()
    try:
        content = await run_in_threadpool(read, session_id, typed == "1")
    except ExplorerError as error:
        return unread(error, "The session")
    return no_such() if content is None else Response(content, 200, PRIVATE, media_type)
