"""One clip: plan it, refuse what may not leave, then write it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from explorer.engine.base import Engine
from explorer.errors import ExplorerError, ParameterError
from explorer.exports.clip_label import Label, label_of
from explorer.exports.clip_moments import ClipSource
from explorer.exports.clip_pictures import ClipPictures, stored_picture
from explorer.exports.clip_request import MOST_S, USUAL_PX, ClipRequest
from explorer.exports.clip_space import Space, frame_box, natural_scale, plain_boxes, space_of
from explorer.exports.clip_times import Ints, length_us, moments, pieces
from explorer.exports.new_file import new_file

_REASONS = {
    "consent": "No screenshots: consent does not cover them.",
    "damaged": "No screenshots: their files are damaged.",
    "not_recorded": "No screenshots were recorded.",
}
_SAMPLES = 12
OnPicture = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class ClipPlan:
    """A clip before it is made: the moments it shows, how large it is, and what it says of itself.

    Of its `shown_n` screenshots `uncovered_n` were not covered by a redaction pass.
    """

    request: ClipRequest
    source: ClipSource
    t_us: Ints
    frames: tuple[int, ...]
    space: Space
    label: Label
    reason: str | None
    version_id: str
    shown_n: int
    uncovered_n: int

    @property
    def pictures_n(self) -> int:
        return len(self.t_us)

    @property
    def length_s(self) -> float:
        return self.pictures_n / self.request.rate


def plan_clip(engine: Engine, request: ClipRequest) -> ClipPlan:
    """Raises ParameterError at a wrong request, ExplorerError when it is too long or shows what may not leave."""
    request.check()
    version_id = engine.version_id
    source = ClipSource.read(engine, request.session_id, request.speed)
    stretch = request.stretch(source.rows.axis.duration_us)
    stretches = pieces(*stretch, source.idle() if request.skips_idle else ())
    _refuse_long(length_us(stretches) / 1_000_000 / request.speed)
    t_us = moments(stretches, request.rate, request.speed)
    frames = tuple(np.unique(source.frames_at(t_us)).tolist())
    shown = [source.frame_row(frame) for frame in frames if frame >= 0]
    uncovered_n = sum(row["is_redacted"] is not True for row in shown)
    _refuse_uncovered(engine, request, len(shown), uncovered_n)
    label = label_of(
        engine.dataset, request, stretch, axis=source.rows.axis.kind, frames_n=len(shown), uncovered_n=uncovered_n
    )  # fmt: skip
    return ClipPlan(
        request, source, t_us, frames, _space(engine, source, shown, request), label, _reason(source), version_id,
        len(shown), uncovered_n,
    )  # fmt: skip


def write_clip(engine: Engine, plan: ClipPlan, on_picture: OnPicture | None = None) -> Path:
    """Write the file of a plan; `on_picture(n)` is told how many pictures are drawn.

    Raises ExplorerError when the file is there or cannot be written, or the dataset changed. Then nothing is left.
    """
    request = plan.request
    with new_file(request.output, outside=engine.dataset.root, is_forced=request.is_forced) as partial:
        if request.is_plain:
            _write_plain(engine, plan, partial)
        else:
            _write_drawn(engine, plan, partial, on_picture or (lambda _: None))
        if engine.version_id != plan.version_id:
            # Consent may have been withdrawn meanwhile.
            raise ExplorerError(
                "changed while the clip was made", where=engine.dataset.root.name, hint="Run it again"
            )
    return request.output


def _write_drawn(engine: Engine, plan: ClipPlan, partial: Path, on_picture: OnPicture) -> None:
    request, comment = plan.request, plan.label.text
    pictures = ClipPictures(engine, plan.source, plan.space, plan.label, plan.reason)
    drawn = _drawn(pictures, plan, on_picture)
    if request.format == "png":
        from explorer.exports.clip_png import write_png

        write_png(partial, next(drawn), comment)
    elif request.format == "gif":
        from explorer.exports.clip_gif import palette_of, write_gif

        places = np.unique(np.linspace(0, plan.pictures_n - 1, min(_SAMPLES, plan.pictures_n)).astype(int))
        samples = [pictures.picture(plan.source.shot(int(plan.t_us[place])), 0.5) for place in places]
        write_gif(partial, drawn, request.rate, palette_of(samples), comment)
    else:
        from explorer.exports.clip_mp4 import write_mp4

        write_mp4(partial, drawn, request.rate, pictures.size, comment)


def _drawn(pictures: ClipPictures, plan: ClipPlan, on_picture: OnPicture) -> Iterator[Image.Image]:
    for place, t_us in enumerate(plan.t_us.tolist()):
        share = 0.0 if plan.pictures_n == 1 else (place + 1) / plan.pictures_n
        yield pictures.picture(plan.source.shot(t_us), share)
        on_picture(place + 1)


def _write_plain(engine: Engine, plan: ClipPlan, partial: Path) -> None:
    from explorer.exports.clip_png import write_png

    frame = plan.frames[0]
    if frame < 0:
        raise ExplorerError("has no screenshot at that time", where=plan.request.session_id)
    stored = stored_picture(engine, plan.source.frame_row(frame))
    if stored is None:
        raise ExplorerError("has a screenshot there that cannot be read", where=plan.request.session_id)
    write_png(partial, stored, plan.label.text)


def _refuse_long(length_s: float) -> None:
    if length_s > MOST_S:
        raise ParameterError(
            f"the clip would last {length_s:,.0f} s, at most {MOST_S} s are made", where="--to",
            hint="Choose a shorter range, a higher --speed, or --skip-idle",
        )  # fmt: skip


def _refuse_uncovered(engine: Engine, request: ClipRequest, shown_n: int, uncovered_n: int) -> None:
    """Screens of people that nobody went over leave only on the user's word; nobody is on made-up ones."""
    if uncovered_n and not (engine.dataset.is_synthetic or request.with_unredacted):
        of = f"{uncovered_n:,} of {shown_n:,} screenshot{'s' if shown_n > 1 else ''} in this range"
        raise ExplorerError(
            f"{of} not covered by a redaction pass", where=request.session_id,
            hint="Look at them first; --with-unredacted shows them, and says so below the picture",
        )  # fmt: skip


def _space(engine: Engine, source: ClipSource, shown: list[dict[str, Any]], request: ClipRequest) -> Space:
    if shown:
        boxes, natural = [frame_box(row) for row in shown], max(natural_scale(row) for row in shown)
    else:
        displays = engine.run("sessions/displays", {"session_id": request.session_id}).to_pylist()
        boxes, natural = plain_boxes(displays, source.rows), 1.0
    return space_of(boxes, natural, request.width_px, USUAL_PX[request.format])


def _reason(source: ClipSource) -> str | None:
    """Why there are no screenshots; None where there are some."""
    if source.rows.frames.num_rows:
        return None
    session = source.rows.session
    if not session["has_screenshots"]:
        return _REASONS["consent"]
    return _REASONS["damaged" if session["frames_n"] else "not_recorded"]
