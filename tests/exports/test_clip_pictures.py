"""What stands where in the pictures of a clip, pixel by pixel."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from explorer.charts.palette import KINDS
from explorer.engine import open_engine
from explorer.exports.clip import plan_clip
from explorer.exports.clip_drawing import COLOURS, colour
from explorer.exports.clip_label import PROGRESS_PX
from explorer.exports.clip_pictures import ClipPictures
from explorer.exports.clip_request import ClipRequest

from .clip_sample import BARE, BROKEN, COVERED, GREEN, GREY, SHUT, STEPS

Pixels = np.ndarray
DARK = (22, 25, 29)


def drawn(root: Path, session_id: str, t_us: int, width_px: int | None = None) -> Pixels:
    """The picture of a moment, as rows of pixels."""
    engine = open_engine(root)
    try:
        plan = plan_clip(engine, ClipRequest(session_id, Path("a.png"), t_us, width_px=width_px))
        pictures = ClipPictures(engine, plan.source, plan.space, plan.label, plan.reason)
        return np.array(pictures.picture(plan.source.shot(int(plan.t_us[0]))))
    finally:
        engine.close()


def near(pixels: Pixels, wanted: tuple[int, int, int], within: int = 12) -> Pixels:
    """Which pixels have that colour."""
    return np.abs(pixels.astype(int) - wanted).max(axis=2) <= within


def test_colours_are_those_of_the_app() -> None:
    known = {kind.name: kind.light for kind in KINDS}
    assert {name: COLOURS[name] for name in known if name in COLOURS} == {
        name: known[name] for name in ("move", "click", "right_click", "shortcut")
    }


def arrow(stage: Pixels) -> tuple[int, int]:
    """Left and top edge of the arrow's dark face."""
    stage[:30, :30] = GREY  # the marked pixel of the screenshot
    rows, columns = np.nonzero(near(stage, DARK, 40))
    return int(columns.min()), int(rows.min())


def test_the_tip_of_the_pointer_is_on_its_pixel(clips: Path) -> None:
    stage = drawn(clips, COVERED, 0)[:200]
    assert tuple(stage[3, 3]) == (1, 2, 3), "as it is stored"
    x_px, y_px = arrow(stage)
    # The very tip is all outline.
    assert 0 <= x_px - 20 <= 1
    assert 0 <= y_px - 40 <= 2
    stage[40 - 20 : 40 + 26, : 20 + 20] = GREY
    assert (stage == GREY).all(), "away from pointer and halo everything is as it is stored"


def test_the_tip_is_right_on_a_window_that_is_stored_at_half_its_size(clips: Path) -> None:
    # From 2 s on the window is shown alone: desktop 100, 50 to 260, 150. The pointer comes to 200, 100 at 2.5 s.
    before = drawn(clips, COVERED, 2_200_000, 160)
    assert before.shape[1] == 160
    assert near(before[20:100], GREEN).all(), "the pointer at 120, 40 lies outside of it"
    for width_px, size in ((160, 1), (320, 2)):
        x_px, y_px = arrow(drawn(clips, COVERED, 6_000_000, width_px)[: 100 * size])
        assert 0 <= x_px - int(100.5 * size) <= 1
        assert 0 <= y_px - int(50.5 * size) <= 2


@pytest.mark.parametrize(
    ("t_us", "width_px", "at", "kind"),
    [(1_600_000, 960, (361.5, 121.5), "click"), (2_600_000, 640, (402, 202), "right_click")],
)
def test_a_click_is_a_ring_in_the_colour_of_its_button(
    clips: Path, t_us: int, width_px: int, at: tuple[float, float], kind: str
) -> None:
    stage = drawn(clips, COVERED, t_us, width_px)[:400]
    rows, columns = np.nonzero(near(stage, colour(kind), 20))
    distance = np.hypot(columns + 0.5 - at[0], rows + 0.5 - at[1])
    # What is left of the middle is the ring alone; the trail and the arrow lie elsewhere.
    ring = distance[(columns < at[0] - 6) | (rows < at[1] - 6)]
    assert len(ring) > 20
    assert ring.max() - ring.min() < 4
    other = colour("right_click" if kind == "click" else "click")
    assert not near(stage, other, 20).any()


def test_shortcuts_are_shown_and_letters_are_not(clips: Path) -> None:
    def caps(t_us: int) -> int:
        return int(near(drawn(clips, COVERED, t_us, 480)[:300], colour("shortcut")).sum())

    assert caps(2_990_000) == 0
    assert caps(3_100_000) > 100
    assert caps(3_100_000) == caps(3_400_000), "typed letters add nothing"
    assert caps(5_600_000) == 0


def test_where_it_comes_from_stands_below_the_picture(clips: Path) -> None:
    whole = drawn(clips, COVERED, 0)
    strip = whole[200:]
    assert whole.shape[1] == 320
    assert whole.shape[0] % 2 == 0
    assert near(strip[:PROGRESS_PX], colour("line")).all()
    assert near(strip[PROGRESS_PX:], colour("ground")).mean() > 0.5
    assert near(strip, colour("quiet"), 30).sum() > 30
    assert not near(whole[60:200], colour("quiet"), 30).any()


@pytest.mark.parametrize("session_id", [BARE, SHUT])
def test_without_screenshots_there_is_a_plain_stage_with_the_pointer(clips: Path, session_id: str) -> None:
    stage = drawn(clips, session_id, 0)[:200]
    assert near(stage, DARK, 20).sum() > 30
    assert not near(stage, GREY, 3).all(axis=1).any()
    assert not near(stage, GREEN, 3).any()
    assert near(stage, colour("paper")).mean() > 0.7
    assert near(stage[90:110], colour("quiet"), 40).sum() > 20, "the reason"


def test_a_screenshot_that_does_not_decode_says_so(clips: Path) -> None:
    stage = drawn(clips, BROKEN, 0)[:200]
    assert near(stage[90:110], colour("quiet"), 40).sum() > 20


def test_a_session_without_times_is_drawn_by_its_steps(clips: Path) -> None:
    stage = drawn(clips, STEPS, 1_600_000, 960)[:600]
    assert near(stage, colour("click"), 30).sum() > 20
    engine = open_engine(clips)
    plan = plan_clip(engine, ClipRequest(STEPS, Path("a.gif"), skips_idle=True))
    engine.close()
    assert (plan.length_s, "steps 1 to 3" in plan.label.text) == (3.0, True)


def test_marks_stay_inside_when_the_pointer_is_at_the_edge() -> None:
    from explorer.exports.clip_drawing import draw_marks
    from explorer.exports.clip_moments import Ring, Shot
    from explorer.exports.clip_space import Space

    picture = Image.new("RGB", (160, 100), GREY)
    for at in ((-500, -500), (159, 99), (32_767, -32_767)):
        trail = (((0, 0), 0.9), (at, 0.1))
        draw_marks(
            picture,
            Shot(0, 0, at, ("left",), (Ring(at, "left", 0.5),), trail, ()),
            Space(160, 100, 0, 0, 1.0),
        )
    assert picture.size == (160, 100)
