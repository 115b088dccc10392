"""OWAMcap: one MCAP file per session, profile `owa`, JSON messages with their schemas, pictures inside.

`log_time` counts from 1970 where the session's start is known, else from 0.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator
from pathlib import Path

from mcap.writer import CompressionType, Writer

from explorer._version import __version__
from explorer.exports.exchange import Task
from explorer.exports.file_names import file_name
from explorer.exports.owamcap_messages import Message, event_messages, move_message, screen_message
from explorer.exports.owamcap_schemas import TOPICS, schema_name, schema_text
from explorer.exports.session_rows import SessionRows
from explorer.exports.tally import Tally

_METADATA = (
    "source_format",
    "actor",
    "os",
    "recorder",
    "task",
    "task_outcome",
    "redaction_status",
    "participant_id",
)


class OwaMcapWriter:
    """Writes <session_id>.mcap."""

    def __init__(self, task: Task) -> None:
        self._task = task

    def refuses(self, session: SessionRows) -> str | None:
        """Sessions whose rows have no time: an MCAP message must have one."""
        return "session_without_time" if session.facts["time_precision"] == "none" else None

    def add(self, session: SessionRows) -> bool:
        """Write one file; no file when no message is left."""
        tally = self._task.tally
        path = self._task.folder / f"{file_name(session.session_id)}.mcap"
        messages_n = _write(path, session, tally)
        if not messages_n:
            path.unlink()
            tally.leave_out("session_empty")
            return False
        tally.leave_out("step_without_word", session.facts["steps_n"])
        tally.wrote("messages_n", messages_n)
        return True

    def close(self) -> None:
        """Every file is finished already."""

    def abandon(self) -> None:
        """No file stays open between sessions."""


def messages_of(session: SessionRows, tally: Tally) -> Iterator[Message]:
    """All messages of a session in its true order."""
    parts = (
        ((row["seq"], move_message(row, tally)) for row in session.moves()),
        ((row["seq"], event_messages(row, tally)) for row in session.events()),
        ((view.seq, screen_message(view, session, tally)) for view in session.views.values()),
    )
    for _, messages in heapq.merge(*parts, key=lambda part: part[0]):
        yield from messages


def _write(path: Path, session: SessionRows, tally: Tally) -> int:
    started_us = session.facts["started_at_unix_us"] or 0
    messages_n = 0
    with path.open("wb") as file:
        writer = Writer(file, compression=CompressionType.ZSTD)
        writer.start(profile="owa", library=f"trace-explorer {__version__}")
        writer.add_metadata("trace-explorer", _metadata(session))
        channels: dict[str, int] = {}
        for message in messages_of(session, tally):
            if message.topic not in channels:
                channels[message.topic] = _channel(writer, message.topic)
            log_ns = (started_us + message.t_us) * 1_000
            content = json.dumps(message.fields, ensure_ascii=False, separators=(",", ":")).encode()
            writer.add_message(channels[message.topic], log_ns, content, log_ns)
            messages_n += 1
            tally.wrote("pictures_n", int(message.topic == "screen"))
        writer.finish()  # type: ignore[no-untyped-call]
    return messages_n


def _channel(writer: Writer, topic: str) -> int:
    assert topic in TOPICS
    schema_id = writer.register_schema(schema_name(topic), "jsonschema", schema_text(topic))
    return writer.register_channel(topic, "json", schema_id)


def _metadata(session: SessionRows) -> dict[str, str]:
    named = {name: session.facts[name] for name in _METADATA}
    about = {name: str(value) for name, value in named.items() if value is not None}
    return {"session_id": session.session_id, **about}
