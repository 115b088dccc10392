"""Routes of what is taken away from a replay: pictures and films, made while the page waits, and rows as files."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from explorer.errors import ExplorerError, ParameterError
from explorer.exports.clip import plan_clip
from explorer.exports.clip_request import FORMATS, ClipRequest
from explorer.exports.file_names import file_name
from explorer.exports.results import encoded
from explorer.exports.session_tables import TABLES, table_of
from explorer.server.clip_jobs import ClipJob, ClipJobs
from explorer.server.replies import PRIVATE, Types, is_id, members, no_such, refused, told, unread
from explorer.widgets.opened import engine

_ASKED: Types = {
    "format": (str,), "from_us": (int,), "to_us": (int, type(None)), "speed": (int, float), "skips_idle": (bool,),
    "width_px": (int, type(None)), "with_unredacted": (bool,), "is_plain": (bool,),
}  # fmt: skip
_MEDIA = {"png": "image/png", "gif": "image/gif", "mp4": "video/mp4", "csv": "text/csv; charset=utf-8",
          "parquet": "application/vnd.apache.parquet"}  # fmt: skip
# Options of the command, as the page names them.
_WORDS = {
    "--from": "the start",
    "--to": "the end",
    "--skip-idle": "cut pauses",
    "--with-unredacted": "your word for it",
}
_OPTION = re.compile(r"--[a-z-]+")

jobs = ClipJobs()


def clip_routes() -> list[Route]:
    """Plan and start a clip, see how far it is, stop it, fetch it; and a session's rows as CSV and Parquet."""
    return [
        Route("/trace/{session_id}/clip/plan", _planned, methods=["POST"]),
        Route("/trace/{session_id}/clip", _started, methods=["POST"]),
        Route("/trace/{session_id}/rows/{table}.{format}", _rows),
        Route("/clip/{job_id}.json", _progress),
        Route("/clip/{job_id}/stop", _stopped, methods=["POST"]),
        Route("/clip/{job_id}/file", _file),
    ]


async def _planned(request: Request) -> Response:
    """What a clip would be: {pictures_n, length_s, width_px, height_px, label, shown_n, uncovered_n, is_asked}."""
    asked = await _request(request)
    if isinstance(asked, Response):
        return asked
    try:
        # What is not covered is counted here; that it may be shown is asked for when the clip is made.
        plan = await run_in_threadpool(plan_clip, engine(), replace(asked, with_unredacted=True))
    except ExplorerError as error:
        return _refused(error)
    return told({
        "pictures_n": plan.pictures_n, "length_s": plan.length_s, "width_px": plan.space.width_px,
        "height_px": plan.space.height_px, "label": plan.label.text, "shown_n": plan.shown_n,
        "uncovered_n": plan.uncovered_n, "is_asked": bool(plan.uncovered_n) and not engine().dataset.is_synthetic,
    })  # fmt: skip


async def _started(request: Request) -> Response:
    asked = await _request(request)
    if isinstance(asked, Response):
        return asked
    try:
        asked.check()
    except ParameterError as error:
        return _refused(error)
    job = jobs.start(engine(), asked)
    if job is None:
        return told({"problem": "Other clips are being made. Wait for one of them, or stop it."}, 429)
    return told(_state(job), 202)


async def _progress(request: Request) -> Response:
    job = jobs.get(request.path_params["job_id"])
    return no_such() if job is None else told(_state(job))


async def _stopped(request: Request) -> Response:
    jobs.stop(request.path_params["job_id"])
    job = jobs.get(request.path_params["job_id"])
    return no_such() if job is None else told(_state(job))


async def _file(request: Request) -> Response:
    job = jobs.get(request.path_params["job_id"])
    if job is None or job.state != "done" or not job.path.exists():
        return no_such()
    if job.version_id != engine().version_id:
        # Consent may have been withdrawn since.
        jobs.stop(job.job_id)
        return no_such()
    media_type = _MEDIA[job.path.suffix[1:]]
    return FileResponse(job.path, headers=dict(PRIVATE), media_type=media_type, filename=job.path.name)


async def _rows(request: Request) -> Response:
    """Events or moves of a session; typed text only when it is asked for."""
    session_id, table, name = (request.path_params[part] for part in ("session_id", "table", "format"))
    typed = request.query_params.get("typed", "0")
    if (
        not is_id(session_id)
        or table not in TABLES
        or name not in ("csv", "parquet")
        or typed not in ("0", "1")
    ):
        return no_such()

    def read() -> bytes | None:
        rows = table_of(engine(), session_id, table, is_typed=typed == "1")
        return None if rows is None else encoded(rows, name)

    try:
        content = await run_in_threadpool(read)
    except ExplorerError as error:
        return unread(error, "The session")
    if content is None:
        return no_such()
    attachment = f'attachment; filename="{file_name(session_id)}-{table}.{name}"'
    return Response(content, 200, {**PRIVATE, "Content-Disposition": attachment}, _MEDIA[name])


async def _request(request: Request) -> ClipRequest | Response:
    """The clip that is asked for, or why there is none."""
    session_id, given = request.path_params["session_id"], await members(request, _ASKED)
    if given is None or given.get("format") not in FORMATS or given.get("from_us", -1) < 0:
        return refused(ParameterError("the clip could not be understood", hint="Load the page again"))
    if not is_id(session_id) or not engine().run("replay/session", {"session_id": session_id}).num_rows:
        return no_such()
    wishes = {name: value for name, value in given.items() if name != "format"}
    return ClipRequest(session_id, Path(f"clip.{given['format']}"), **wishes)


def _state(job: ClipJob) -> dict[str, Any]:
    bytes_n = job.path.stat().st_size if job.state == "done" and job.path.exists() else 0
    return {"job_id": job.job_id, "state": job.state, "done_n": job.done_n, "pictures_n": job.pictures_n,
            "name": job.path.name, "bytes_n": bytes_n, "problem": _page_words(job.problem)}  # fmt: skip


def _refused(error: ExplorerError) -> Response:
    return told({"problem": _page_words(str(error))}, 422)


def _page_words(text: str) -> str:
    return _OPTION.sub(lambda option: _WORDS.get(option[0], option[0][2:].replace("-", " ")), text)
