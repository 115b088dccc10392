"""SQL text of the base relations: exact file lists from the manifest, with consent inside."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from explorer.engine.consent import CHANNELS, Consent
from explorer.trace.schema import TABLES, Column

PICTURES = ("image", "thumb")
# Where a frame's row lies: its file, relative to the dataset, and its row there.
_PLACE = (Column("file", "VARCHAR", ""), Column("file_row", "BIGINT", ""))

# Rows of these kinds say what was typed, in whatever column a source puts it.
_TYPED = (
    "key_down",
    "key_up",
    "shortcut",
    "text_input",
    "clipboard_copy",
    "clipboard_cut",
    "clipboard_paste",
)
_TYPED_COLUMNS = ("mods", "text_len", "command", "source_type", "extra")
# Free text about a step speaks of everything on the screen.
_STEP_WORDS = ("observation", "thought", "reflection", "extra")

# column of a table -> the consent channel it belongs to
_HIDDEN: dict[tuple[str, str], str] = {
    **{("events", name): "keystrokes" for name in ("key", "code", "chord", "text")},
    **{("events", name): "window_titles" for name in ("window_title", "url", "element_name")},
    **{("events", name): "screenshots" for name in ("frame_id", "frame_after_id")},
    # What an agent typed stands in its code as well as in the events it caused.
    **{("steps", name): "keystrokes" for name in ("action_args", "action_code")},
    **{("steps", name): "screenshots" for name in ("frame_before_id", "frame_after_id")},
}


def base_relation(
    table: str,
    root: Path,
    files: Sequence[str],
    consent: Consent,
    named: Collection[str] | None = None,
) -> str:
    """SELECT over the given files of one table (paths relative to `root`), with what consent hides left out.

    `named` limits its columns to those of these names.
    """
    columns = [c for c in TABLES[table].columns if not (table == "frames" and c.name in PICTURES)]
    columns = [c for c in columns if named is None or c.name in named] or columns[:1]
    place = [c for c in _PLACE if table == "frames" and (named is None or c.name in named)]
    if not files:
        return f"SELECT {', '.join(map(_null, [*columns, *place]))} WHERE false"
    paths = ", ".join(literal(str(root / file)) for file in files)
    # Without the first option a folder named column=value above the dataset would overwrite that column.
    options = ", hive_partitioning = false"
    options += ", filename = true, file_row_number = true" if place else ""
    chosen = [_column(table, column, consent) for column in columns]
    values = {"file": f"substr(filename, {len(str(root)) + 2})", "file_row": "file_row_number::BIGINT"}
    chosen += [f"{values[c.name]} AS {c.name}" for c in place]
    where = _where(table, consent)
    return f"SELECT {', '.join(chosen)} FROM read_parquet([{paths}]{options}){where}"


def consent_tables(consent: Consent) -> dict[str, Sequence[str]]:
    """Names and ids of the small tables that the relations refer to; where consent hides nothing there are none."""
    hidden = {f"_closed_{name}": consent.closed[name] for name in CHANNELS}
    hidden |= {"_withdrawn": consent.withdrawn, "_withdrawn_people": consent.withdrawn_people}
    tables: dict[str, Sequence[str]] = {name: sorted(ids) for name, ids in hidden.items() if ids}
    return tables if consent.permitted is None else {**tables, "_permitted": sorted(consent.permitted)}


def literal(text: str) -> str:
    """A SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def _null(column: Column) -> str:
    return f"NULL::{column.type} AS {column.name}"


def _column(table: str, column: Column, consent: Consent) -> str:
    if (table, column.name) == ("sessions", "frames_n") and consent.closed["screenshots"]:
        return f"CASE WHEN {_in_closed('screenshots')} THEN 0 ELSE frames_n END AS frames_n"
    hiding = _hiding(table, column.name, consent)
    return f"CASE WHEN {hiding} THEN NULL ELSE {column.name} END AS {column.name}" if hiding else column.name


def _hiding(table: str, name: str, consent: Consent) -> str:
    """The condition under which consent hides a value; empty when it never does."""
    channels = [_HIDDEN[table, name]] if (table, name) in _HIDDEN else []
    if table == "steps" and name in _STEP_WORDS:
        channels = ["keystrokes", "window_titles"]
    conditions = [_in_closed(channel) for channel in channels if consent.closed[channel]]
    if table == "events" and name in _TYPED_COLUMNS and consent.closed["keystrokes"]:
        kinds = ", ".join(literal(kind) for kind in _TYPED)
        conditions.append(f"(kind IN ({kinds}) AND {_in_closed('keystrokes')})")
    return " OR ".join(conditions)


def _where(table: str, consent: Consent) -> str:
    if table == "participants":
        people = "participant_id NOT IN (SELECT id FROM _withdrawn_people)"
        return f" WHERE {people}" if consent.withdrawn_people else ""
    conditions = []
    if consent.permitted is not None:
        conditions.append("session_id IN (SELECT id FROM _permitted)")
    if consent.withdrawn:
        conditions.append("session_id NOT IN (SELECT id FROM _withdrawn)")
    if table == "frames" and consent.closed["screenshots"]:
        conditions.append(f"NOT ({_in_closed('screenshots')})")
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _in_closed(channel: str) -> str:
    return f"session_id IN (SELECT id FROM _closed_{channel})"
