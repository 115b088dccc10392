"""The sessions and people behind a mapping, with what holds for a session taken from its first row."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.engine.asking import Asker
from explorer.engine.mapped_plan import Plan
from explorer.engine.mapped_rows import quoted, raw_rows
from explorer.engine.relations import literal
from explorer.errors import MappingError
from explorer.trace.schema import TABLES

IMPORTER_VERSION = "1"
_DAY_US = 86_400_000_000


def keep_sessions(plan: Plan, ask: Asker) -> None:
    """Keep the tables sessions and participants; what holds for a session is taken from its first row."""
    places = ["person", *plan.places("sessions")]
    values = ", ".join(
        f"{plan.value(place)} AS {quoted('_tx_' + place.rpartition('.')[2])}" for place in places
    )
    ask.keep("_tx_heads", f"SELECT _tx_s, {values} FROM {_indexed(plan, places)} WHERE _tx_k = 0")
    _keep_sizes(plan, ask)
    ask.keep(
        "_tx_named",
        "SELECT _tx_s, _tx_session_id, _tx_w, _tx_h, _tx_actor FROM _tx_ids JOIN _tx_heads USING (_tx_s) "
        "LEFT JOIN _tx_sizes USING (_tx_s)",
    )
    _keep_counts(plan, ask)
    ask.keep("sessions", _sessions(plan))
    _refuse_no_actor(plan, ask)
    people = "SELECT DISTINCT participant_id AS id FROM sessions WHERE participant_id IS NOT NULL"
    ask.keep(
        "participants",
        _cast("participants", {"participant_id": "id", "consent_status": "'unknown'"}, f"({people})"),
    )


def _keep_counts(plan: Plan, ask: Asker) -> None:
    happened = plan.value("events.kind")
    ask.keep(
        "_tx_happened",
        f"SELECT _tx_s, count(*) AS _tx_events_n FROM {_indexed(plan, ['events.kind'])} "
        f"WHERE {happened} IS NOT NULL GROUP BY _tx_s",
    )
    ask.keep(
        "_tx_totals",
        "SELECT _tx_s, count(*) AS _tx_steps_n, count(*) FILTER (WHERE _tx_has) AS _tx_frames_n, "
        "arg_min(_tx_i, _tx_k) AS _tx_i, max(_tx_t) AS _tx_last, bool_or(_tx_t < _tx_before) AS _tx_is_backwards "
        "FROM (SELECT *, max(_tx_t) OVER (PARTITION BY _tx_s ORDER BY _tx_k ROWS BETWEEN UNBOUNDED PRECEDING "
        "AND 1 PRECEDING) AS _tx_before FROM _tx_index) GROUP BY _tx_s",
    )


def _indexed(plan: Plan, places: Sequence[str]) -> str:
    rows = raw_rows(plan, plan.columns(places), None)
    return f"({rows}) JOIN _tx_index USING (_tx_i, _tx_row, _tx_pos)"


def _keep_sizes(plan: Plan, ask: Asker) -> None:
    """The first picture's size stands for the screen, where the mapping gives sizes."""
    width, height = (plan.value(f"frames.{name}") for name in ("width_px", "height_px"))
    places = ["frames.width_px", "frames.height_px"]
    ask.keep(
        "_tx_sizes",
        f"SELECT _tx_s, arg_min({width}, _tx_k) AS _tx_w, arg_min({height}, _tx_k) AS _tx_h "
        f"FROM {_indexed(plan, places)} WHERE _tx_has AND {width} > 0 AND {height} > 0 GROUP BY _tx_s",
    )


def _sessions(plan: Plan) -> str:
    given = {place.partition(".")[2]: f"_tx_{place.partition('.')[2]}" for place in plan.places("sessions")}
    complete = f"coalesce({given.get('is_complete', 'NULL')}, true)"
    values = given | _clock(plan, given)
    values |= {
        "session_id": "_tx_session_id",
        "participant_id": "'parquet-' || _tx_person",
        "source_format": "'parquet'",
        "source_name": "split_part(_tx_name, '/', -1)",
        "source_sha256": literal(plan.files.fingerprint),
        "importer_version": literal(IMPORTER_VERSION),
        "redaction_status": f"coalesce({given.get('redaction_status', 'NULL')}, 'unknown')",
        "is_complete": complete,
        "moves_n": "0",
        "events_n": "coalesce(_tx_events_n, 0)",
        "steps_n": "_tx_steps_n",
        "frames_n": "_tx_frames_n",
        "quality": _quality(plan, complete),
    }
    source = (
        "_tx_ids JOIN _tx_heads USING (_tx_s) JOIN _tx_totals USING (_tx_s) JOIN _tx_files USING (_tx_i) "
        "LEFT JOIN _tx_sizes USING (_tx_s) LEFT JOIN _tx_happened USING (_tx_s)"
    )
    return _cast("sessions", values, source)


def _has_time(plan: Plan) -> str:
    return "(_tx_last IS NOT NULL)" if plan.has("time_us") else "false"


def _clock(plan: Plan, given: dict[str, str]) -> dict[str, str]:
    has_time, started = _has_time(plan), given.get("started_at_unix_us", "NULL")
    day = f"floor({started} / {_DAY_US}.0)"
    precision = f"coalesce({given.get('time_precision', 'NULL')}, 'us')"
    kind = f"CASE WHEN {started} IS NULL THEN 'relative' ELSE 'epoch' END"
    return {
        "started_day": f"CASE WHEN {day} BETWEEN 0 AND 60000 THEN {day} END",
        "time_precision": f"CASE WHEN {has_time} THEN {precision} ELSE 'none' END",
        "clock": f"CASE WHEN {has_time} THEN {kind} ELSE 'step' END",
        "duration_us": "_tx_last",
    }


def _quality(plan: Plan, complete: str) -> str:
    flags = (
        ("clock_backwards", "_tx_is_backwards"),
        ("incomplete", f"NOT {complete}"),
        ("no_display", "_tx_w IS NULL AND _tx_frames_n = 0"),
        ("no_frames", "_tx_frames_n = 0"),
        ("no_time", f"NOT {_has_time(plan)}"),
    )
    words = ", ".join(f"CASE WHEN {holds} THEN '{name}' END" for name, holds in flags)
    return f"concat_ws(',', {words})"


def _cast(table: str, values: dict[str, str], source: str) -> str:
    chosen = ", ".join(
        f"CAST({values.get(c.name, 'NULL')} AS {c.type}) AS {c.name}" for c in TABLES[table].columns
    )
    return f"SELECT {chosen} FROM {source}"


def _refuse_no_actor(plan: Plan, ask: Asker) -> None:
    if ask.table("SELECT count(*) AS n FROM sessions WHERE actor IS NULL").to_pylist()[0]["n"]:
        what = f"{plan.expressions['sessions.actor'].text[:60]} is empty in a session's first row"
        raise MappingError(
            what, where=plan.mapping.where("sessions.actor"), hint="Write 'agent' or 'human' for it"
        )
