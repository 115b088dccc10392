"""Routes of findings: a page of the list, dismissing and taking back, and the fix list as a file."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from explorer.errors import EngineError, ExplorerError, NoteRefused, ParameterError, StoreError
from explorer.exports.fix_list import Source, fix_table, fixes_csv, fixes_json
from explorer.server.replies import PRIVATE, Types, members, no_such, refused, told, unread
from explorer.widgets.finding_rows import PAGE_N, rows_of
from explorer.widgets.findings_state import Judged, choice_of, findings
from explorer.widgets.opened import dismissals, engine

_FILES = {
    "csv": (fixes_csv, "text/csv; charset=utf-8"),
    "json": (fixes_json, "application/json"),
}
_MOST_OFFSET_DIGITS = 9
_GIVEN: Types = {
    "ids": (list,), "choice": (dict,), "choice_n": (int,), "is_dismissed": (bool,), "reason": (str,), "note": (str,),
    "author": (str,),
}  # fmt: skip
_CHANGED = "The list changed meanwhile, so nothing was done"


def finding_routes() -> list[Route]:
    """The routes of findings. What changes something names our own origin, or the guard refuses it."""
    return [
        Route("/findings/rows.json", _rows),
        Route("/findings/dismissals.json", _judged, methods=["POST"]),
        Route("/findings/fixes.{ending}", _file),
    ]


async def _rows(request: Request) -> Response:
    """PAGE_N lines of the list from `offset` on, and how many there are."""
    offset = request.query_params.get("offset", "0")
    if not (offset.isascii() and offset.isdecimal() and len(offset) <= _MOST_OFFSET_DIGITS):
        return no_such()

    def read() -> dict[str, Any]:
        judged = findings()
        listed = judged.found.listed
        choice, first = choice_of(request.query_params), int(offset)
        rows, sames = listed.lines(listed.mask(choice, judged.rows), choice, judged.rows)
        shown, stand = (part[first : first + PAGE_N].tolist() for part in (rows, sames))
        return {"rows": rows_of(judged, choice, shown, stand), "rows_n": len(rows)}

    return await _answered(read)


async def _judged(request: Request) -> Response:
    """Dismiss findings, or take it back; answers which.

    Those of `ids`; or all `choice_n` of a choice; or, with both, the `choice_n` of the choice that lie where those of
    `ids` lie.
    """
    given = await members(request, _GIVEN)
    if given is None or "is_dismissed" not in given or not given.keys() & {"ids", "choice"}:
        return refused(ParameterError("the change could not be understood", hint="Load the page again"))

    def change() -> dict[str, Any]:
        ids = _known(findings(), given)
        author = given.get("author", "")
        if given["is_dismissed"]:
            reason, note = given.get("reason", ""), given.get("note", "")
            done_n = dismissals().dismiss(ids, reason=reason, note=note, author=author)
        else:
            done_n = dismissals().undo(ids, author=author)
        return {"done_n": done_n} | ({"ids": ids} if "ids" in given and "choice" in given else {})

    return await _answered(change)


def _known(judged: Judged, given: dict[str, Any]) -> list[str]:
    """Ids that are meant and listed now. ParameterError where there are others, or not as many as were confirmed."""
    listed = judged.found.listed
    ids = given.get("ids", [])
    rows = [row for one in ids if isinstance(one, str) and (row := listed.row_of(one)) is not None]
    if len(rows) != len(ids):
        raise ParameterError(_CHANGED, hint="Load the page again")
    if "choice" not in given:
        return list(ids)
    choice = {name: value for name, value in given["choice"].items() if isinstance(value, str)}
    kept = listed.mask(choice_of(choice), judged.rows)
    meant = listed.of_same_places(rows, kept) if "ids" in given else listed.rows(kept)
    if len(meant) != given.get("choice_n"):
        raise ParameterError(_CHANGED, hint="Look at the list again, and confirm anew")
    return [listed.ids[row] for row in meant.tolist()]


async def _file(request: Request) -> Response:
    """The fix list of a choice; dismissed findings are part of it only where they are asked for."""
    ending = request.path_params["ending"]
    if ending not in _FILES:
        return no_such()
    write, media_type = _FILES[ending]
    choice = choice_of(request.query_params)

    def made() -> bytes | None:
        judged = findings()
        found, kept = judged.found, judged.found.reading.kept
        if kept is None:
            return None
        rows = found.listed.rows(found.listed.mask(choice, judged.rows))
        reasons = {finding_id: one.reason for finding_id, one in judged.dismissed.items()}
        ids = [found.listed.ids[row] for row in rows.tolist()]
        table = fix_table(found.listed.findings.take(pa.array(rows.astype(np.int64))), ids, reasons)
        source = Source(
            engine().dataset.dataset_id, kept.state_id, kept.checks, bool(kept.stale), kept.not_looked_at,
            with_dismissed=choice.state != "open",
        )  # fmt: skip
        return write(table, source)

    try:
        content = await run_in_threadpool(made)
    except ExplorerError as error:
        return unread(error, "The findings")
    if content is None:
        return no_such()
    headers = {**PRIVATE, "Content-Disposition": f'attachment; filename="fix-list.{ending}"'}
    return Response(content, 200, headers, media_type)


async def _answered(act: Any) -> Response:
    try:
        return told(await run_in_threadpool(act))
    except NoteRefused as error:
        return told({"problem": f"The {error.where} {error.what}. {error.hint}."}, 422)
    except ParameterError as error:
        return refused(error)
    except StoreError as error:
        return refused(error, 503)
    except EngineError as error:
        return unread(error, "The findings")
