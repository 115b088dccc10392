"""Routes of the scan that the page can start: begin, see how far it is, stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from explorer.errors import ExplorerError
from explorer.server.replies import refused, told
from explorer.server.scan_job import ScanState, job


def scan_routes() -> list[Route]:
    """The routes of the scan. What starts or stops it names our own origin, or the guard refuses it."""
    return [
        Route("/findings/scan.json", _now),
        Route("/findings/scan/start", _started, methods=["POST"]),
        Route("/findings/scan/stop", _stopped, methods=["POST"]),
    ]


async def _now(_request: Request) -> Response:
    return await _answered(job.now)


async def _started(_request: Request) -> Response:
    return await _answered(job.start)


async def _stopped(_request: Request) -> Response:
    return await _answered(job.stop)


async def _answered(act: Callable[[], ScanState]) -> Response:
    try:
        return told(asdict(await run_in_threadpool(act)))
    except ExplorerError as error:
        return refused(error, 503)
