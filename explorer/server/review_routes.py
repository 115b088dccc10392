"""Routes of one reader's review: the next item, its picture, a verdict, undo, the end of a batch.

Everything is a POST: who reads and which item it is stand in the body, so that no address and no log has them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from explorer.errors import ExplorerError, ParameterError, PlanChanged, ReviewError, StoreError
from explorer.review import Queue, spot_of
from explorer.server.replies import PRIVATE, Types, is_id, members, no_such, refused, told, unread
from explorer.widgets.opened import reviews
from explorer.widgets.review_moments import ways_of
from explorer.widgets.review_words import revealed_row, revealed_words, shown_of

_WHO: Types = {"reader": (str,), "role": (str,)}
_LEASE: Types = {**_WHO, "lease_id": (str,)}
_PICTURE: Types = {**_LEASE, "which": (str,)}
_UNDO: Types = {**_WHO, "row_n": (int, type(None))}
_ANSWER: Types = {**_LEASE, "verdict": (str,), "spots": (list,), "spent_ms": (int,)}
_PICTURE_TYPES = {"png": "image/png", "webp": "image/webp", "jpeg": "image/jpeg"}
_UNCLEAR = ParameterError("the request could not be understood", hint="Load the page again")

Given = dict[str, Any]
Act = Callable[[Queue, Given], dict[str, Any]]


def review_routes() -> list[Route]:
    """The routes of reviews. The guard lets only our own page send to them."""
    acts: dict[str, tuple[Types, Act]] = {
        "next": (_LEASE, _next),
        "renew": (_LEASE, _renew),
        "release": (_LEASE, _release),
        "answer": (_ANSWER, _answer),
        "undo": (_UNDO, _undo),
        "close": (_WHO, _close),
    }
    ways = [
        Route(f"/review/{{plan_id}}/{name}", _route(*act), methods=["POST"]) for name, act in acts.items()
    ]
    return [*ways, Route("/review/{plan_id}/picture", _picture, methods=["POST"])]


def _route(types: Types, act: Act) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        given = await _given(request, types)
        if given is None:
            return refused(_UNCLEAR)
        plan_id = request.path_params["plan_id"]

        def done() -> dict[str, Any]:
            queue = reviews().queue(plan_id, given.pop("reader"), given.pop("role"))
            return act(queue, given)

        try:
            return told(await run_in_threadpool(done)) if is_id(plan_id) else no_such()
        except ExplorerError as error:
            return _problem(error)

    return answer


async def _given(request: Request, types: Types) -> Given | None:
    """All members that the route needs, and no other; None too where the browser went away while it sent them."""
    try:
        given = await members(request, types)
    except ClientDisconnect:
        return None
    return given if given is not None and set(given) == set(types) else None


def _problem(error: ExplorerError) -> Response:
    """What is against the rules stays so (422, 409); what the store could not do now may work later (503)."""
    status = 503 if isinstance(error, StoreError) else 409 if isinstance(error, PlanChanged) else 422
    return refused(error, status)


def _next(queue: Queue, given: Given) -> dict[str, Any]:
    served = queue.next(given["lease_id"])
    shown = shown_of(queue.shown(served.lease_id)) if served.lease_id else None
    return {
        "state": served.state, "lease_id": served.lease_id, "expires_utc_us": served.expires_utc_us,
        "shown": shown, "progress": _progress(queue),
    }  # fmt: skip


def _renew(queue: Queue, given: Given) -> dict[str, Any]:
    return {"expires_utc_us": queue.renew(given["lease_id"]).expires_utc_us}


def _release(queue: Queue, given: Given) -> dict[str, Any]:
    queue.release(given["lease_id"])
    return {"is_released": True}


def _answer(queue: Queue, given: Given) -> dict[str, Any]:
    rows = given["spots"]
    if not all(isinstance(row, dict) for row in rows):
        raise _UNCLEAR
    spots = [spot_of(row) for row in rows]
    kept = queue.answer(given["lease_id"], given["verdict"], spots, spent_ms=given["spent_ms"])
    return {"row_n": kept.row_n, "was_there": kept.was_there, "progress": _progress(queue)}


def _undo(queue: Queue, given: Given) -> dict[str, Any]:
    undone = queue.undo(given["row_n"])
    verdict = undone.verdict if undone else None
    return {"is_undone": undone is not None, "verdict": verdict, "progress": _progress(queue)}


def _close(queue: Queue, _given: Given) -> dict[str, Any]:
    closed = queue.close_batch()
    ways = ways_of([row.moment_id for row in closed.revealed])
    return {
        "batch_n": closed.batch_n, "words": revealed_words(closed.revealed),
        "revealed": [revealed_row(row, ways) for row in closed.revealed], "progress": _progress(queue),
    }  # fmt: skip


def _progress(queue: Queue) -> dict[str, int]:
    at = queue.progress()
    names = ("answered_n", "items_n", "left_n", "batch_n", "in_batch_n", "batch_size")
    return {name: getattr(at, name) for name in names}


async def _picture(request: Request) -> Response:
    """A picture as it is stored; planted values are drawn in memory, and nothing of the answer tells so."""
    given = await _given(request, _PICTURE)
    if given is None:
        return refused(_UNCLEAR)
    plan_id = request.path_params["plan_id"]

    def read() -> Any:
        queue = reviews().queue(plan_id, given["reader"], given["role"])
        return queue.picture(given["lease_id"], given["which"])

    try:
        frame = await run_in_threadpool(read) if is_id(plan_id) else None
    except (ParameterError, StoreError, ReviewError) as error:
        return _problem(error)
    except ExplorerError as error:
        return unread(error, "The picture")
    if frame is None or frame.format not in _PICTURE_TYPES:
        return no_such()
    return Response(frame.bytes, 200, PRIVATE, _PICTURE_TYPES[frame.format])
