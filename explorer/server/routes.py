"""Byte routes: frames and thumbs as they are stored, rows of a session, and our own browser files."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from explorer.errors import ExplorerError
from explorer.server.clip_routes import clip_routes
from explorer.server.finding_routes import finding_routes
from explorer.server.mark_routes import mark_routes
from explorer.server.replies import PRIVATE, is_id, no_such, unread
from explorer.server.review_routes import review_routes
from explorer.server.scan_routes import scan_routes
from explorer.server.trace_routes import trace_routes
from explorer.widgets.assets import assets
from explorer.widgets.opened import engine

PICTURE_TYPES = {"png": "image/png", "webp": "image/webp", "jpeg": "image/jpeg"}
_PICTURE_HEADERS = {**PRIVATE, "Content-Disposition": "inline"}
_ASSET_HEADERS = {"Cache-Control": "public, max-age=31536000, immutable"}


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
    if not is_id(frame_id):
        return no_such()
    read = _frame if request.url.path.startswith("/frame/") else _thumb
    try:
        found = await run_in_threadpool(read, frame_id)
    except ExplorerError as error:
        return unread(error, "The picture")
    if found is None:
        return no_such()
    content, media_type = found
    return Response(content, 200, _PICTURE_HEADERS, media_type)


async def _asset(request: Request) -> Response:
    ours = assets()
    found = ours.files.get(request.path_params["path"])
    if request.path_params["hash"] != ours.hash or found is None:
        return no_such()
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
        *mark_routes(),
        *clip_routes(),
        *review_routes(),
        *finding_routes(),
        *scan_routes(),
    ]
