"""Byte routes: frames and thumbs as they are stored, rows of a session, and our own browser files."""

from __future__ import annotations

import re

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from explorer.errors import ExplorerError
from explorer.server.headers import log_unexpected
from explorer.server.trace_routes import trace_routes
from explorer.widgets.assets import assets
from explorer.widgets.opened import engine

PICTURE_TYPES = {"png": "image/png", "webp": "image/webp", "jpeg": "image/jpeg"}
_ID = re.compile(r"[A-Za-z0-9_.-]{1,200}", re.ASCII)
# Consent can be withdrawn at any time: no browser may keep a picture. Identity: pictures are compressed already.
_PICTURE_HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Encoding": "identity",
    "Content-Disposition": "inline",
}
_ASSET_HEADERS = {"Cache-Control": "public, max-age=31536000, immutable"}


def _no_such() -> Response:
    return PlainTextResponse("Not found", 404, {"Cache-Control": "no-store"})


def _frame(frame_id: str) -> tuple[bytes, str] | None:
    frame = engine().frame(frame_id)
    if frame is None or frame.format not in PICTURE_TYPES:
        return None
    return frame.bytes, PICTURE_TYPES[frame.format]


def _thumb(frame_id: str) -> tuple[bytes, str] | None:
    thumb = engine().thumb(frame_id)
    return None if thumb is None else (thumb, PICTURE_TYPES["jpeg"])


async def _picture(request: Request) -> Response:
    frame_id = request.path_params["frame_id"]
    if not _ID.fullmatch(frame_id):
        return _no_such()
    read = _frame if request.url.path.startswith("/frame/") else _thumb
    try:
        found = await run_in_threadpool(read, frame_id)
    except ExplorerError as error:
        log_unexpected(error)
        return PlainTextResponse("The picture could not be read", 503, {"Cache-Control": "no-store"})
    if found is None:
        return _no_such()
    content, media_type = found
    return Response(content, 200, _PICTURE_HEADERS, media_type)


async def _asset(request: Request) -> Response:
    ours = assets()
    found = ours.files.get(request.path_params["path"])
    if request.path_params["hash"] != ours.hash or found is None:
        return _no_such()
    content, media_type = found
    return Response(content, 200, _ASSET_HEADERS, media_type)


async def _overview(request: Request) -> Response:
    """Streamlit serves its first page at the root alone; people write its name."""
    query = request.url.query
    return RedirectResponse(f"/?{query}" if query else "/", 307)


def byte_routes() -> list[Route]:
    """The routes beside Streamlit's own."""
    return [
        Route("/overview", _overview),
        Route("/frame/{frame_id}", _picture),
        Route("/thumb/{frame_id}", _picture),
        Route("/assets/{hash}/{path:path}", _asset),
        *trace_routes(),
    ]
