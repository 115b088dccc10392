"""Every recorder's real recordings travel to the player row by row as the tables hold them."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.engine import open_engine
from explorer.engine.replay_details import read_details
from explorer.engine.replay_rows import read_rows
from explorer.server.wire_chunk import chunk_file

from ..server.wire_plain import plain_rows, plain_windows, walked, wire_rows, wire_windows
from ..server.wire_reading import decoded

pytestmark = pytest.mark.real
FORMATS = {
    "agentnet_raw", "agentnet_trajectory", "balabit", "ducktrack", "openadapt_capture", "owamcap", "pc_tracker",
    "rrweb", "sapimouse",
}  # fmt: skip


def test_every_row_of_every_format_travels(real_sessions: Path) -> None:
    engine = open_engine(real_sessions)
    formats = set()
    for session_id in engine.run("sessions/list", {"limit_n": 100})["session_id"].to_pylist():
        rows = read_rows(engine, session_id)
        assert rows is not None
        details = read_details(engine, rows)
        files = [chunk_file(details, place, True) for place in range(len(rows.chunks))]
        chunks = [decoded(file) for file in files]
        assert list(wire_windows(chunks)) == list(plain_windows(engine.run, session_id))
        if rows.axis.kind == "time":
            assert list(wire_rows(chunks)) == list(plain_rows(engine.run, session_id))
            assert rows.axis.backward_n == rows.axis.untimed_n == 0
        assert walked(chunks[-1])["keys"] == [
            [key, mods] for key, mods, _ in details.held_before(len(rows.t_us)).keys
        ]
        formats.add(rows.session["source_format"])
        if len(rows.event_rows) < 0.05 * len(rows.t_us):
            assert sum(map(len, files)) <= 11 * len(rows.t_us)
    assert formats == FORMATS
    engine.close()
