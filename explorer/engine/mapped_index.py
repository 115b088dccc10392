"""The small tables behind a mapping: where every step lies, its place in its session, and the sessions themselves."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from explorer.engine.asking import Asker
from explorer.engine.mapped_plan import Plan
from explorer.engine.mapped_presence import Presence
from explorer.engine.mapped_rows import MOST_STEPS_A_ROW, quoted, raw_rows
from explorer.engine.relations import literal
from explorer.errors import MappingError
from explorer.trace.schema import LATEST_US, TABLES

IMPORTER_VERSION = "1"
_DAY_US = 86_400_000_000


def keep_lengths(plan: Plan, pictures: Presence, ask: Asker) -> tuple[str, ...]:
    """Keep the files' names, and for trajectories the steps of each row; what there is to tell about the lists."""
    names = pa.array(plan.files.names, pa.string())
    ask.give("_tx_files", pa.table({"_tx_i": pa.array(range(len(names)), pa.int32()), "_tx_name": names}))
    ask.give("_tx_absent", pictures.absent_rows())
    ask.give("_tx_pictured", pictures.length_rows())
    if not plan.is_trajectory:
        return ()
    paths = ", ".join(literal(path) for path in plan.files.paths())
    chosen = "".join(f", {quoted(name)}" for name in plan.lists)
    lengths = [f"coalesce(len({quoted(name)}), 0)" for name in plan.lists]
    if len(plan.lists) < len(plan.mapping.lists):
        lengths.append("coalesce(_tx_n, 0)")
    listed = ", ".join(lengths)
    ask.keep(
        "_tx_rows",
        f"SELECT _tx_i, _tx_row, greatest({listed})::BIGINT AS _tx_n, "
        f"greatest({listed}) <> least({listed}) AS _tx_is_ragged FROM ("
        f"SELECT file_index::INTEGER AS _tx_i, file_row_number::BIGINT AS _tx_row{chosen} "
        f"FROM read_parquet([{paths}])) LEFT JOIN _tx_pictured USING (_tx_i, _tx_row)",
    )
    return _notes(plan, ask)


def _notes(plan: Plan, ask: Asker) -> tuple[str, ...]:
    found = ask.table(
        "SELECT count(*) FILTER (WHERE _tx_is_ragged) AS n, count(*) FILTER (WHERE _tx_n = 0) AS empty_n, "
        "max(_tx_n) AS longest FROM _tx_rows"
    )
    row = found.to_pylist()[0]
    if (row["longest"] or 0) >= MOST_STEPS_A_ROW:
        raise MappingError("has a trajectory of more than a million steps", where=plan.mapping.where("lists"))
    told = (
        (row["n"], "have lists of unequal length: the shorter ones end in empty values"),
        (row["empty_n"], "hold no step, and are no session"),
    )
    return tuple(f"{n:,} rows {what}" for n, what in told if n)


def keep_index(plan: Plan, ask: Asker) -> None:
    """Keep one row a step: session, place, step, time. Raises MappingError at a step that comes twice."""
    session = plan.value("session") if plan.has("session") else "_tx_name || ':' || _tx_row"
    step = plan.value("step", "_tx_pos" if plan.is_trajectory else "NULL")
    columns = plan.columns(["session", "step", "time_us", "frames.image"])
    ask.keep(
        "_tx_found",
        f"SELECT _tx_i, _tx_row, _tx_pos, {session} AS _tx_inner, {step} AS _tx_given, "
        f"{plan.value('time_us')} AS _tx_raw, {_has_picture(plan)} AS _tx_has "
        f"FROM ({raw_rows(plan, columns, None)}) JOIN _tx_files USING (_tx_i) "
        "LEFT JOIN (SELECT *, true AS _tx_gone FROM _tx_absent) USING (_tx_i, _tx_row, _tx_pos) "
        "LEFT JOIN (SELECT _tx_i, _tx_row, _tx_n AS _tx_pictures FROM _tx_pictured) USING (_tx_i, _tx_row)",
    )
    ask.keep(
        "_tx_ids",
        "SELECT _tx_inner, (row_number() OVER (ORDER BY _tx_inner) - 1)::INTEGER AS _tx_s, 'parquet-' || "
        f"substr(sha256({literal(plan.files.fingerprint)} || _tx_inner), 1, 16) AS _tx_session_id "
        "FROM (SELECT DISTINCT _tx_inner FROM _tx_found)",
    )
    order = "ORDER BY _tx_given, _tx_i, _tx_row, _tx_pos"
    ask.keep(
        "_tx_index",
        "SELECT *, coalesce(lead(_tx_has) OVER (PARTITION BY _tx_s ORDER BY _tx_k), false) AS _tx_next_has FROM ("
        "SELECT _tx_i, _tx_row, _tx_pos, _tx_s, "
        f"row_number() OVER (PARTITION BY _tx_s {order}) - 1 AS _tx_k, "
        "coalesce(_tx_given, _tx_k) AS _tx_step, "
        "_tx_raw - min(_tx_raw) OVER (PARTITION BY _tx_s) AS _tx_t, _tx_has "
        "FROM _tx_found JOIN _tx_ids USING (_tx_inner))",
    )
    _refuse_doubles(plan, ask)


def _has_picture(plan: Plan) -> str:
    if plan.pictures is None:
        return "false"
    if plan.pictures.link is not None:
        return f"({plan.value('frames.image')} IS NOT NULL)"
    path = plan.pictures.path or ("",)
    is_list = path[0].lower() in {name.lower() for name in plan.mapping.lists}
    return "(_tx_gone IS NULL AND _tx_pos < coalesce(_tx_pictures, 0))" if is_list else "(_tx_gone IS NULL)"


def _refuse_doubles(plan: Plan, ask: Asker) -> None:
    twice = ask.table(
        "SELECT _tx_step AS step, count(*) AS n FROM _tx_index GROUP BY _tx_s, _tx_step "
        "HAVING count(*) > 1 ORDER BY _tx_s, _tx_step LIMIT 1"
    ).to_pylist()
    if twice:
        session, step = (
            plan.expressions[p].text[:60] if plan.has(p) else "the place" for p in ("session", "step")
        )
        what = f"{step} is not unique within {session}: step {twice[0]['step']} comes {twice[0]['n']:,} times"
        hint = "Choose a session expression that tells episodes apart, or a step that counts within one"
        raise MappingError(what, where=plan.mapping.where("step"), hint=hint)
    longest = ask.table("SELECT max(_tx_t) AS us FROM _tx_index").to_pylist()[0]["us"]
    if (longest or 0) > LATEST_US:
        what = f"a session lasts {longest / 86_400e6:,.0f} days"
        raise MappingError(what, where=plan.mapping.where("time_us"), hint="Is the unit microseconds?")


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
    ask.keep("sessions", _sessions(plan))
    _refuse_no_actor(plan, ask)
    people = "SELECT DISTINCT participant_id AS id FROM sessions WHERE participant_id IS NOT NULL"
    ask.keep(
        "participants",
        _cast("participants", {"participant_id": "id", "consent_status": "'unknown'"}, f"({people})"),
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
    has_time = "_tx_last IS NOT NULL" if plan.has("time_us") else "false"
    given = {place.partition(".")[2]: f"_tx_{place.partition('.')[2]}" for place in plan.places("sessions")}
    started = given.get("started_at_unix_us", "NULL")
    day = f"floor({started} / {_DAY_US}.0)"
    complete = f"coalesce({given.get('is_complete', 'NULL')}, true)"
    flags = (
        ("clock_backwards", "_tx_is_backwards"),
        ("incomplete", f"NOT {complete}"),
        ("no_display", "_tx_w IS NULL AND _tx_frames_n = 0"),
        ("no_frames", "_tx_frames_n = 0"),
        ("no_time", f"NOT ({has_time})"),
    )
    quality = ", ".join(f"CASE WHEN {holds} THEN '{name}' END" for name, holds in flags)
    values = given | {
        "session_id": "_tx_session_id",
        "participant_id": "'parquet-' || _tx_person",
        "source_format": "'parquet'",
        "source_name": "split_part(_tx_name, '/', -1)",
        "source_sha256": literal(plan.files.fingerprint),
        "importer_version": literal(IMPORTER_VERSION),
        "started_day": f"CASE WHEN {day} BETWEEN 0 AND 60000 THEN {day} END",
        "time_precision": f"CASE WHEN {has_time} THEN coalesce({given.get('time_precision', 'NULL')}, 'us') "
        "ELSE 'none' END",
        "clock": f"CASE WHEN NOT ({has_time}) THEN 'step' WHEN {started} IS NULL THEN 'relative' ELSE 'epoch' END",
        "duration_us": "_tx_last",
        "redaction_status": f"coalesce({given.get('redaction_status', 'NULL')}, 'unknown')",
        "is_complete": complete,
        "moves_n": "0",
        "events_n": "coalesce(_tx_events_n, 0)",
        "steps_n": "_tx_steps_n",
        "frames_n": "_tx_frames_n",
        "quality": f"concat_ws(',', {quality})",
    }
    source = (
        "_tx_ids JOIN _tx_heads USING (_tx_s) JOIN _tx_totals USING (_tx_s) JOIN _tx_files USING (_tx_i) "
        "LEFT JOIN _tx_sizes USING (_tx_s) LEFT JOIN _tx_happened USING (_tx_s)"
    )
    return _cast("sessions", values, source)


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
