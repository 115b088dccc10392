"""Routes of marks: those of a session are listed, kept, changed, deleted and restored; and all of them as CSV."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from explorer.errors import NoteRefused, ParameterError, StoreError
from explorer.exports.marks import csv_of
from explorer.server.replies import PRIVATE, Types, is_id, members, no_such, refused, told
from explorer.store import Mark
from explorer.widgets.opened import engine, run, store

_LISTED_N = 2**62
_TOLD = ("mark_id", "t_us", "label", "note", "author")
_GIVEN: Types = {"t_us": (int,), "label": (str,), "note": (str,)}
_CHANGED: Types = {"label": (str,), "note": (str,), "is_deleted": (bool,)}
_FILE_HEADERS = {**PRIVATE, "Content-Disposition": 'attachment; filename="marks.csv"'}


def mark_routes() -> list[Route]:
    """The routes of marks. What changes something names our own origin, or the guard refuses it."""
    return [
        Route("/trace/{session_id}/marks.json", _listed),
        Route("/trace/{session_id}/marks.json", _kept, methods=["POST"]),
        Route("/trace/{session_id}/marks/{mark_id}", _changed, methods=["POST"]),
        Route("/trace/{session_id}/marks.csv", _file_of_session),
        Route("/marks.csv", _file_of_all),
    ]


async def _listed(request: Request) -> Response:
    return await _answered(request, lambda session_id: None)


async def _kept(request: Request) -> Response:
    given = await members(request, _GIVEN)
    if given is None or "t_us" not in given:
        return refused(ParameterError("the mark could not be understood", hint="Load the page again"))
    return await _answered(request, lambda session_id: store().add_mark(session_id, **given), 201)


async def _changed(request: Request) -> Response:
    given = await members(request, _CHANGED)
    if not given or ("is_deleted" in given and len(given) > 1):
        return refused(ParameterError("the change could not be understood", hint="Load the page again"))

    def change(session_id: str) -> Mark:
        mark_id = request.path_params["mark_id"]
        if "is_deleted" not in given:
            return store().change_mark(session_id, mark_id, **given)
        act = store().delete_mark if given["is_deleted"] else store().restore_mark
        return act(session_id, mark_id)

    return await _answered(request, change)


async def _file_of_session(request: Request) -> Response:
    return await _file(request.path_params["session_id"])


async def _file_of_all(_request: Request) -> Response:
    return await _file(None)


async def _answered(request: Request, act: Callable[[str], Mark | None], status: int = 200) -> Response:
    """Do something to the marks of a session that is shown, and tell all of them; the one meant is named."""
    session_id = request.path_params["session_id"]

    def done() -> dict[str, Any] | None:
        if not is_id(session_id) or not run("replay/session", session_id=session_id).num_rows:
            return None
        mark = act(session_id)
        return {
            "marks": [_row(one) for one in store().marks(session_id)],
            "mark_id": mark.mark_id if mark else None,
        }

    try:
        content = await run_in_threadpool(done)
    except NoteRefused as error:
        return told({"problem": f"The {error.where} {error.what}. {error.hint}."}, 422)
    except ParameterError as error:
        return refused(error)
    except StoreError as error:
        return refused(error, 503)
    return no_such() if content is None else told(content, status)


def _row(mark: Mark) -> dict[str, Any]:
    return {name: getattr(mark, name) for name in _TOLD}


async def _file(session_id: str | None) -> Response:
    """Marks as CSV: of one session, or of all sessions that consent shows now."""

    def read() -> bytes:
        shown = engine().run("sessions/list", {"limit_n": _LISTED_N})["session_id"].to_pylist()
        return csv_of(store().marks(session_id, among=shown))

    try:
        return Response(await run_in_threadpool(read), 200, _FILE_HEADERS, "text/csv; charset=utf-8")
    except StoreError as error:
        return refused(error, 503)
