"""One session's rows as they are taken away: events or moves, with typed text only where it was asked for."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from explorer.engine.base import Engine
from explorer.trace.shown_keys import bullets, shown_key

# Table -> the query that reads it.
TABLES = {"events": "replay/events", "moves": "replay/moves"}
# A code names the key as surely as its meaning does, and `extra` may repeat either.
_TELLING = ("code", "extra")


def table_of(engine: Engine, session_id: str, table: str, *, is_typed: bool) -> pa.Table | None:
    """Rows of `table` (a name of TABLES) with session_id as their first column; None when there is no such session.

    Columns are those of the query, by seq. Without `is_typed`, keys that type and texts are bullets, and `code` and
    `extra` are empty. Consent is applied below. Raises EngineError when the rows cannot be read.
    """
    asked = {"session_id": session_id}
    session = engine.run("replay/session", asked).to_pylist()
    if not session:
        return None
    rows = engine.run(TABLES[table], asked)
    if table == "events" and not is_typed:
        rows = hidden(rows, session[0]["os"])
    return rows.add_column(0, "session_id", pa.repeat(pa.scalar(session_id), rows.num_rows))


def hidden(events: pa.Table, os: str | None) -> pa.Table:
    """The events (columns of replay/events) without what was typed; times and places stay."""
    kinds, texts, lengths = (events[name].to_pylist() for name in ("kind", "text", "text_len"))
    keys = zip(*(events[name].to_pylist() for name in ("key", "mods", "chord")), strict=True)
    # A modifier may come down before a letter goes up: what a release alone tells is the name of a key.
    shown = [
        shown_key(*((words[0], None, None) if kind == "key_up" else words), os)
        for kind, words in zip(kinds, keys, strict=True)
    ]
    columns: dict[str, list[Any]] = {
        "key": [key for key, _, _ in shown],
        "mods": [mods for _, mods, _ in shown],
        "chord": [chord for _, _, chord in shown],
        "text": [bullets(text, length) for text, length in zip(texts, lengths, strict=True)],
    }
    for name in (*columns, *_TELLING):
        place = events.schema.get_field_index(name)
        values = pa.array(columns.get(name, [None] * events.num_rows), events.schema.field(name).type)
        events = events.set_column(place, name, values)
    return events
