"""SQL of the dataset's relations over a mapping's files: exactly the schema's columns and types."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from explorer.engine.consent import CHANNELS, Consent
from explorer.engine.mapped_plan import Plan
from explorer.engine.mapped_rows import MOST_STEPS_A_ROW, Scope, named_sessions, placed_rows
from explorer.engine.relations import PICTURES, base_relation, literal
from explorer.trace.schema import GRID_COLUMNS, GRID_ROWS, TABLES

# What others published says nothing of consent: nothing is hidden, and the pages say unknown.
NO_CONSENT = Consent(frozenset(), {name: frozenset() for name in CHANNELS}, frozenset())
NARROWED = ("displays", "events", "steps", "frames")
_FRAME = "_tx_session_id || '-' || format('{:07d}', _tx_k)"
_NEXT = "_tx_session_id || '-' || format('{:07d}', _tx_k + 1)"
_SHARED = {
    "session_id": "_tx_session_id",
    "t_us": "_tx_t",
    "step": "_tx_step",
    "display_id": "CASE WHEN _tx_w IS NOT NULL THEN 'screen' END",
}
_BEFORE = f"CASE WHEN _tx_has THEN {_FRAME} END"
_AFTER = f"CASE WHEN _tx_next_has THEN {_NEXT} END"


def relation(plan: Plan, table: str, scope: Scope | None = None) -> str:
    """SELECT of one of the dataset's tables, of all sessions or of one."""
    if table == "events" and plan.has("events.kind"):
        return _events(plan, scope)
    if table == "steps":
        return _steps(plan, scope)
    if table == "frames" and plan.pictures:
        return _frames(plan, scope)
    if table == "displays":
        return _displays(scope)
    return nothing(table)


def nothing(table: str) -> str:
    """SELECT of no rows, with the table's columns."""
    return base_relation(table, Path(), (), NO_CONSENT)


def _select(table: str, values: Mapping[str, str], source: str) -> str:
    columns = [c for c in TABLES[table].columns if not (table == "frames" and c.name in PICTURES)]
    chosen = [f"CAST({values.get(c.name, 'NULL')} AS {c.type}) AS {c.name}" for c in columns]
    chosen += [f"CAST({values[name]} AS {kind}) AS {name}" for name, kind in _FILE_COLUMNS if name in values]
    return f"SELECT {', '.join(chosen)} FROM {source}"


_FILE_COLUMNS = (("file", "VARCHAR"), ("file_row", "BIGINT"))


def _steps(plan: Plan, scope: Scope | None) -> str:
    places = plan.places("steps")
    values = {place.partition(".")[2]: plan.value(place) for place in places}
    if "actor" not in values:
        values["actor"] = "_tx_actor"
    values |= _SHARED | {"seq": "3 * _tx_k + 1", "frame_before_id": _BEFORE, "frame_after_id": _AFTER}
    return _select("steps", values, placed_rows(plan, plan.columns(places), scope))


def _events(plan: Plan, scope: Scope | None) -> str:
    places = plan.places("events")
    values = {place.partition(".")[2]: plan.value(place) for place in places}
    values |= _SHARED | _points(plan)
    values |= {"seq": "3 * _tx_k + 2", "frame_id": _BEFORE, "frame_after_id": _AFTER, "is_derived": "false"}
    if "text" in values and "text_len" not in values:
        values["text_len"] = f"length({values['text']})"
    source = placed_rows(plan, plan.columns(places), scope)
    return f"{_select('events', values, source)} WHERE {plan.value('events.kind')} IS NOT NULL"


def _points(plan: Plan) -> dict[str, str]:
    """Position in pixels, as a share of the screen, and its cell, from whichever of them the mapping gives."""
    found: dict[str, str] = {}
    for axis, size in (("x", "_tx_w"), ("y", "_tx_h")):
        px, rel = plan.value(f"events.{axis}_px"), plan.value(f"events.{axis}_rel")
        if not plan.has(f"events.{axis}_rel"):
            rel = f"CASE WHEN {px} BETWEEN 0 AND {size} THEN {px}::DOUBLE / nullif({size}, 0) END"
        elif not plan.has(f"events.{axis}_px"):
            px = f"CASE WHEN {rel} * {size} IS NOT NULL THEN least(round({rel} * {size}), {size} - 1) END"
        found |= {f"{axis}_px": px, f"{axis}_rel": rel}
    x, y = found["x_rel"], found["y_rel"]
    found["cell"] = (
        f"CASE WHEN {x} >= 0 AND {x} < 1 AND {y} >= 0 AND {y} < 1 "
        f"THEN floor({y} * {GRID_ROWS}) * {GRID_COLUMNS} + floor({x} * {GRID_COLUMNS}) END"
    )
    if plan.has("events.x_px"):
        x, y = found["x_px"], found["y_px"]
        found["flags"] = (
            f"CASE WHEN {x} IS NULL OR {y} IS NULL THEN NULL WHEN _tx_w IS NULL THEN 'no_geometry' "
            f"WHEN {x} < 0 OR {y} < 0 OR {x} >= _tx_w OR {y} >= _tx_h THEN 'off_screen' END"
        )
    return found


def _frames(plan: Plan, scope: Scope | None) -> str:
    assert plan.pictures is not None
    link = plan.pictures.link
    row = f"_tx_row * {MOST_STEPS_A_ROW} + _tx_pos" if plan.is_trajectory else "_tx_row"
    width, height = plan.value("frames.width_px"), plan.value("frames.height_px")
    values = _SHARED | {
        "frame_id": _FRAME,
        "seq": "3 * _tx_k",
        "width_px": width,
        "height_px": height,
        "scale_x": f"{width}::DOUBLE / nullif(_tx_w, 0)",
        "scale_y": f"{height}::DOUBLE / nullif(_tx_h, 0)",
        "capture_left_px": "CASE WHEN _tx_w IS NOT NULL THEN 0 END",
        "capture_top_px": "CASE WHEN _tx_w IS NOT NULL THEN 0 END",
        "is_redacted": f"coalesce({plan.value('frames.is_redacted')}, false)",
        "file": plan.value("frames.image") if link else "_tx_name",
        "file_row": "NULL" if link else row,
    }
    source = placed_rows(plan, plan.columns(plan.places("frames")), scope)
    return f"{_select('frames', values, f'{source} JOIN _tx_files USING (_tx_i)')} WHERE _tx_has"


def _displays(scope: Scope | None) -> str:
    values = {
        "session_id": "_tx_session_id", "display_id": "'screen'", "start_us": "0", "left_px": "0", "top_px": "0",
        "width_px": "_tx_w", "height_px": "_tx_h", "is_primary": "true", "is_estimated": "false",
        "coordinate_space": literal("normalized"),
    }  # fmt: skip
    return f"{_select('displays', values, named_sessions(scope))} WHERE _tx_w > 0 AND _tx_h > 0"
