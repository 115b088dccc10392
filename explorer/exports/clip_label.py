"""Where a clip comes from, in words: burnt in below its pictures, and kept in its metadata."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PIL import Image, ImageDraw

from explorer._version import __version__
from explorer.exports.clip_drawing import colour
from explorer.exports.clip_font import Font, font
from explorer.exports.clip_request import ClipRequest, time_text
from explorer.trace.dataset import Dataset

APART = " · "
NOT_COVERED = "not covered by a redaction pass"
_MOST_TITLE = 80
_FONT, _LINE, _PAD = 15, 21, 7
PROGRESS_PX = 3


@dataclass(frozen=True, slots=True)
class Label:
    """What is said of a clip; `warning` stands out."""

    parts: tuple[str, ...]
    warning: str | None

    @property
    def text(self) -> str:
        return APART.join((*self.parts, *((self.warning,) if self.warning else ())))


def label_of(
    dataset: Dataset,
    request: ClipRequest,
    stretch: tuple[int, int],
    *,
    axis: Literal["time", "step"],
    frames_n: int,
    uncovered_n: int,
) -> Label:
    """Dataset, session, range, program, and what redaction covered of the `frames_n` screenshots shown."""
    title = "".join(c if c.isprintable() else "�" for c in dataset.title)[:_MOST_TITLE]
    changes = (f"{request.speed:g}× speed" if request.speed != 1 else "",
               "pauses over 2 s cut" if request.skips_idle else "")  # fmt: skip
    kind = "synthetic data" if dataset.is_synthetic else ""
    covered = "no screenshots" if not frames_n else "" if uncovered_n else "covered by a redaction pass"
    parts = (
        title,
        request.session_id,
        _range_text(stretch, axis),
        *changes,
        f"trace-explorer {__version__}",
        kind,
    )
    warning = None
    if uncovered_n:
        shown = f"{uncovered_n} of {frames_n} screenshots " if frames_n > 1 else ""
        warning = f"{shown}{NOT_COVERED}"
    return Label(tuple(part for part in (*parts, covered) if part), warning)


def _range_text(stretch: tuple[int, int], axis: Literal["time", "step"]) -> str:
    if axis == "step":
        first, last = stretch[0] // 1_000_000 + 1, max(stretch[0], stretch[1] - 1) // 1_000_000 + 1
        return f"step {first}" if first == last else f"steps {first} to {last}"
    return " to ".join(dict.fromkeys(time_text(end) for end in stretch))


def strip_of(label: Label, width_px: int, unit: float) -> Image.Image:
    """The words on paper, as wide as the pictures; parts that do not fit go to the next line. Its height is even."""
    letters, line, pad = font(round(_FONT * unit)), round(_LINE * unit), round(_PAD * unit)
    lines = _lines(label, letters, width_px - 4 * pad)
    tall = len(lines) * line + 2 * pad + PROGRESS_PX
    strip = Image.new("RGB", (width_px, tall + tall % 2), colour("ground"))
    pen = ImageDraw.Draw(strip)
    pen.rectangle((0, 0, width_px, PROGRESS_PX - 1), colour("line"))
    for place, parts in enumerate(lines):
        left, middle = 2 * pad, PROGRESS_PX + pad + (place + 0.5) * line
        quiet = APART.join(part for part in parts if part != label.warning)
        pen.text((left, middle), quiet, colour("quiet"), letters, anchor="lm")
        if label.warning in parts:  # always the last one
            start = left + (letters.getlength(quiet + APART) if quiet else 0)
            pen.text((start, middle), label.warning, colour("mark"), letters, anchor="lm")
    return strip


def _lines(label: Label, letters: Font, room: int) -> list[list[str]]:
    lines: list[list[str]] = [[]]
    for part in (*label.parts, *((label.warning,) if label.warning else ())):
        if lines[-1] and letters.getlength(APART.join((*lines[-1], part))) > room:
            lines.append([])
        lines[-1].append(part)
    return lines


def draw_progress(picture: Image.Image, top_px: int, share: float) -> None:
    """How far a clip is, as a line between picture and words."""
    if share > 0:
        box = (0, top_px, max(1, round(picture.width * share)) - 1, top_px + PROGRESS_PX - 1)
        ImageDraw.Draw(picture).rectangle(box, colour("click"))
