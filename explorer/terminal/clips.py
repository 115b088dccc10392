"""`clip` on the terminal: what it will be, progress, then the file and where it comes from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich.progress import MofNCompleteColumn, TextColumn

from explorer.terminal.screen import err, one_line, progress

if TYPE_CHECKING:
    from explorer.exports.clip_request import ClipRequest


def clipped(dataset: Path, request: ClipRequest) -> int:
    """Make the clip, and print the summary."""
    from explorer.engine import open_engine
    from explorer.exports.clip import plan_clip, write_clip

    request.check()
    engine = open_engine(dataset, time_limit_ms=0)
    try:
        for file in engine.quarantined():
            err.print(f"Left out: {file.file}: {file.reason}")
        plan = plan_clip(engine, request)
        size = f"{plan.space.width_px:,} × {plan.space.height_px:,} px"
        if plan.pictures_n > 1:
            err.print(f"{plan.length_s:.1f} s, {plan.pictures_n:,} pictures of {size}.", soft_wrap=True)
        with progress(MofNCompleteColumn(), TextColumn("pictures")) as bar:
            task = bar.add_task("Drawing", total=plan.pictures_n)
            written = write_clip(engine, plan, lambda done: bar.update(task, completed=done))
    finally:
        engine.close()
    kilobytes = -(-written.expanduser().stat().st_size // 1000)
    err.print(f"{one_line(str(written))}: {kilobytes:,} kB. {one_line(plan.label.text)}.", soft_wrap=True)
    return 0


def request_of(
    session_id: str, output: Path, from_text: str | None, to_text: str | None, **wishes: float | bool | None
) -> ClipRequest:
    """The request that the options of the command make. Raises ParameterError at a time that is none."""
    from explorer.exports.clip_request import ClipRequest, time_us

    from_us = None if from_text is None else time_us(from_text, "--from")
    to_us = None if to_text is None else time_us(to_text, "--to")
    return ClipRequest(session_id, output, from_us, to_us, **wishes)  # type: ignore[arg-type]
