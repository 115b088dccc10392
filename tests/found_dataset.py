"""The small dataset with the findings of a made scan: every channel, odd places, and things that are not there."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from explorer.engine import Engine, open_engine
from explorer.scan import folder
from explorer.scan.finding import UNREAD, Finding
from explorer.scan.jobs import Job
from explorer.scan.work import Result

COUNTS = {"frames": 60, "masks": 12, "text_rows": 400, "texts": 90, "presses": 300}
HOSTILE = "<img src=x onerror=alert(1)>"
JOB = Job(0, "texts", "", "", 0, 0, 1)


def found(session_id: str, kind: str = "weak_mask", channel: str = "frame", **columns: Any) -> Finding:
    """A finding with what it must have."""
    common = {"severity": "high", "score": 0.9, "detector": kind, "detector_version": 1}
    return Finding(session_id=session_id, kind=kind, channel=channel, **{**common, **columns})


def box(left: int, top: int, width: int, height: int) -> dict[str, int]:
    """A rectangle as findings have it."""
    return {"left_px": left, "top_px": top, "width_px": width, "height_px": height}


def findings(first: str, second: str, frame_id: str, t_us: int) -> list[Finding]:
    """Findings of two sessions; `frame_id` is a picture of the first."""
    picture = {"frame_id": frame_id, "seq": 0, "t_us": t_us, "source_table": "frames", "entity": "PERSON"}
    text = {"source_table": "events", "rows_n": 1, "kind": "readable_text"}
    return [
        found(first, **picture, **box(100, 60, 120, 30)),
        found(first, "mask_outside", **picture, **box(-50, -900, 20, 10)),
        found(first, "bare_in_neighbour", severity="low", score=0.3, **picture, **box(400, 200, 80, 20)),
        found(first, channel="window_title", source_column="window_title", seq=0, seq_end=0, char_start=0,
              char_end=4, t_us=t_us, **text),
        found(first, channel="typed", source_column="key", seq=2, seq_end=5, **text),
        found(second, channel="url", source_column="url", seq=10**9, char_start=0, char_end=9, **text),
        found(second, channel="task", source_column="task", char_start=0, char_end=3, source_table="sessions",
              kind="readable_text", severity="medium"),
        found(second, "new_kind", "new_channel", severity="risk", score=float("nan"), entity=HOSTILE),
        found("", "file_tail", "file", severity="risk", score=0.5, source_table="frames"),
        found("office-gone", **picture, **box(1, 1, 1, 1)),
        found(second, UNREAD, severity="medium", detector="scan", frame_id=f"{second}-9999999",
              reason="picture is not there"),
    ]  # fmt: skip


def keep_scan(engine: Engine, rows: list[Finding], counts: dict[str, int] | None = None) -> folder.State:
    """Keep a scan of what the engine has open, as a real one is kept."""
    state = folder.state_of(engine)
    folder.begun(state)
    folder.keep(state, Result(JOB, rows, Counter(COUNTS if counts is None else counts)))
    folder.finish(state, [JOB])
    return state


def scanned(root: Path) -> Path:
    """The dataset at `root`, which has a session with pictures and another one, with a made scan."""
    with closing(open_engine(root)) as engine:
        rows = engine.run("sessions/list", {"limit_n": 100}).to_pylist()
        with_frames = next(row for row in rows if row["frames_n"])
        other = next(row for row in rows if not row["frames_n"])
        frame = engine.run("replay/frames", {"session_id": with_frames["session_id"]}).to_pylist()[1]
        made = findings(with_frames["session_id"], other["session_id"], frame["frame_id"], frame["t_us"])
        keep_scan(engine, made)
    return root


def repeated(root: Path) -> tuple[Path, int]:
    """The dataset with one region found in each picture of a session, and another one in its first: and how many.

    Another session is off as a whole, and three findings tell of single masks of it.
    """
    with closing(open_engine(root)) as engine:
        rows = engine.run("sessions/list", {"limit_n": 100}).to_pylist()
        session_id, off_id = [row["session_id"] for row in rows if row["frames_n"]][:2]
        frames = engine.run("replay/frames", {"session_id": session_id}).to_pylist()
        at = {"seq": 0, "source_table": "frames", "entity": "PERSON"}
        made = [found(session_id, frame_id=frame["frame_id"], t_us=frame["t_us"], **at, **box(1, 2, 30, 9))
                for frame in frames]  # fmt: skip
        off = [found(off_id, "ink_at_edge", severity="low", frame_id=f"{off_id}-0000000", **at, **box(9, top, 30, 9))
               for top in (10, 20, 30)]  # fmt: skip
        off.append(
            found(off_id, "masks_moved", frame_id=f"{off_id}-0000000", score=0.5, seq=0, seq_end=9, rows_n=7)
        )
        one = found(session_id, frame_id=frames[0]["frame_id"], **at, **box(1, 50, 30, 9))
        keep_scan(engine, [*made, one, *off])
    return root, len(made)
