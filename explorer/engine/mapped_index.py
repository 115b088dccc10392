"""The index behind a mapping: where every step lies, and its place in its session."""

from __future__ import annotations

import pyarrow as pa

from explorer.engine.asking import Asker
from explorer.engine.mapped_plan import Plan
from explorer.engine.mapped_presence import Presence
from explorer.engine.mapped_rows import MOST_STEPS_A_ROW, quoted, raw_rows, reading
from explorer.engine.relations import literal
from explorer.errors import MappingError
from explorer.trace.schema import LATEST_US


def keep_lengths(plan: Plan, pictures: Presence, ask: Asker) -> tuple[str, ...]:
    """Keep the files' names, and for trajectories the steps of each row; what there is to tell about the lists."""
    names = pa.array(plan.files.names, pa.string())
    ask.give("_tx_files", pa.table({"_tx_i": pa.array(range(len(names)), pa.int32()), "_tx_name": names}))
    ask.give("_tx_absent", pictures.absent_rows())
    ask.give("_tx_pictured", pictures.length_rows())
    if not plan.is_trajectory:
        return ()
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
        f"FROM {reading(plan.files.paths())}) LEFT JOIN _tx_pictured USING (_tx_i, _tx_row)",
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
