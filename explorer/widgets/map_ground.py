"""What a map lies on: the screen of an application as most people see it, or a plain stage and why."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageStat

from explorer.charts.median_picture import fitted, median_picture, webp
from explorer.errors import ExplorerError
from explorer.trace.pictures import decoded
from explorer.widgets import wording
from explorer.widgets.filter_bar import MIN_PEOPLE
from explorer.widgets.kept import Kept
from explorer.widgets.made_up import is_made_up
from explorer.widgets.opened import engine, run

QUERY = "pointer/background"
MOST_PICTURES = 21
_OFFERED_N = 60
WIDTH_PX = 960
MOST_BYTES = 96 * 1024
USUAL_RATIO = 16 / 9
_SLOW_S = 1.0
OnPicture = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Ground:
    """A WebP and the shape of the space, width / height; without one `reason` says why. `pictures_n` are in it."""

    content: bytes = b""
    reason: str = ""
    ratio: float = USUAL_RATIO
    pictures_n: int = 0

    @property
    def source(self) -> str:
        """As the source of an image; empty where there is none."""
        return f"data:image/webp;base64,{base64.b64encode(self.content).decode()}" if self.content else ""


_grounds: Kept[Ground] = Kept(16)


def ground_of(app: str | None, space: str, frames_n: int, on_slow: OnPicture) -> Ground:
    """The ground of an application's map; kept until the dataset or its consents change.

    `frames_n` screenshots are in the collection. `on_slow` is told how many of how many are read, after a second.
    """
    if not frames_n:
        return Ground(reason="No screenshots were recorded: the map lies on a plain stage.")
    if app is None:
        return Ground(reason="Choose an app to see its screen under the map.")
    with_bare = is_made_up()
    key = (engine().version_id, app, space, with_bare)
    return _grounds.get(key, lambda: _made(app, space, with_bare, on_slow))


def _made(app: str, space: str, with_bare: bool, on_slow: OnPicture) -> Ground:
    try:
        rows = run(QUERY, app=app, space=space, with_bare=with_bare, limit_n=_OFFERED_N).to_pylist()
        pictures, ratio = _pictures(_alike(rows), on_slow)
        pictures = _of_one_theme(pictures)
    except ExplorerError:
        return Ground(reason="The screenshots of this app could not be read.")
    if not pictures or (len(pictures) < MIN_PEOPLE and not with_bare):
        return Ground(reason=_reason(space, with_bare), ratio=ratio)
    return Ground(webp(median_picture(pictures), MOST_BYTES), "", ratio, len(pictures))


def _pictures(rows: list[dict[str, Any]], on_slow: OnPicture) -> tuple[list[Image.Image], float]:
    """The rows' pictures cut to the space, all of one size, and the shape that most of them have."""
    ratio = _most_common([row["width_px"] / row["height_px"] for row in rows])
    size = (WIDTH_PX, max(1, round(WIDTH_PX / ratio)))
    pictures: list[Image.Image] = []
    started = time.monotonic()
    for read_n, row in enumerate(rows):
        if time.monotonic() - started > _SLOW_S:
            on_slow(read_n, len(rows))
        picture = _picture(row, size)
        if picture is not None:
            pictures.append(picture)
    return pictures, ratio


def _alike(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of the size that most have, where these are enough: of two sizes, the letters of both would show."""
    sizes = [(round(row["width_px"]), round(row["height_px"])) for row in rows]
    usual = max(sizes, key=sizes.count, default=None)
    alike = [row for row, size in zip(rows, sizes, strict=True) if size == usual]
    return (alike if len(alike) >= MIN_PEOPLE else rows)[:MOST_PICTURES]


def _of_one_theme(pictures: list[Image.Image]) -> list[Image.Image]:
    """Those that are light, or those that are dark, where the more of them are enough: a mixture of both is mud."""
    is_light = [ImageStat.Stat(picture.convert("L")).mean[0] >= 128 for picture in pictures]
    more = sum(is_light) * 2 >= len(pictures)
    same = [picture for picture, light in zip(pictures, is_light, strict=True) if light == more]
    return same if len(same) >= MIN_PEOPLE else pictures


def _picture(row: dict[str, Any], size: tuple[int, int]) -> Image.Image | None:
    frame = engine().frame(row["frame_id"])
    if frame is None:
        return None
    try:
        picture, _ = decoded(frame.bytes)
    except ValueError:
        return None
    return fitted(picture, (row["left_px"], row["top_px"], row["width_px"], row["height_px"]), size)


def _most_common(ratios: list[float]) -> float:
    """The shape within a tenth of which the most others lie; never one that nobody could read."""
    if not ratios:
        return USUAL_RATIO
    found = max(ratios, key=lambda ratio: sum(abs(other / ratio - 1) < 0.1 for other in ratios))
    return min(4.0, max(0.4, found))


def _reason(space: str, with_bare: bool) -> str:
    part = "its window" if space == "window" else "the screen"
    if with_bare:
        return f"No screenshot of this app shows {part}: the map lies on a plain stage."
    return (
        f"Plain stage: fewer than {wording.number(MIN_PEOPLE)} people have a screenshot of this app that shows {part} "
        "and that a redaction pass covered."
    )
