"""What needs all sessions at once: the folder, placeholders that link sessions, titles that few people have seen."""

from __future__ import annotations

from explorer.engine import Engine
from explorer.scan import length_told, rare_title, same_placeholder
from explorer.scan.file_work import look_at_folder
from explorer.scan.jobs import Job
from explorer.scan.registry import check_of
from explorer.scan.result import Result

_PLACE = {"session_id": "", "channel": "window_title"}


def look_at_whole(engine: Engine, job: Job, result: Result) -> None:
    """Ask the checks of the folder, then those of side channels."""
    look_at_folder(engine, result)
    marked = engine.run("scan/placeholder_texts").to_pylist()
    result.ask(check_of(same_placeholder.NAME), lambda: same_placeholder.look(marked), **_PLACE)
    result.ask(check_of(length_told.NAME), lambda: length_told.in_placeholders(marked), **_PLACE)
    titles = engine.run("scan/title_people").to_pylist()[0]
    result.counts.update({name: titles[name] for name in ("titles_n", "rare_titles_n")})
    result.ask(check_of(rare_title.NAME), lambda: rare_title.look(titles), **_PLACE)
    kept = engine.run("scan/kept_lengths").to_pylist()
    result.ask(check_of(length_told.NAME), lambda: map(length_told.in_kept, kept), **_PLACE)
