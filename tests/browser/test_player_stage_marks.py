"""Marks on the stage of the player: read back from its canvas, moment by moment."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser

from . import stage_page as pages

pytestmark = pytest.mark.browser


session = pages.session
P = ("P", 0, 0, 800, 500, 0, None)  # as large as the screen of the stage: a desktop pixel is a canvas pixel
FRAME = ("f", 0, 800, 500, 0, 0, 1, 1)
GREY = pages.png(Image.new("RGB", (800, 500), (128, 128, 128)))
LEFT, RIGHT, MIDDLE = {"button": "left"}, {"button": "right"}, {"button": "middle"}
DERIVED = {"derived": True}
BLUE, ORANGE, SCROLL, MOVE = (31, 111, 235), (194, 86, 12), (138, 109, 0), (138, 143, 152)
BOX = {"role": "button", "name": "Send", "left": 300, "top": 200, "width": 120, "height": 40}


def near(picture: Image.Image, colour: tuple[int, int, int]) -> list[tuple[int, int]]:
    """Pixels of a colour, mixed with its halo or not, that are more than half there."""
    return [
        (at % picture.width, at // picture.width)
        for at, (*rgb, alpha) in enumerate(picture.get_flattened_data())
        if alpha > 128 and all(abs(one - other) < 90 for one, other in zip(rgb, colour, strict=True))
    ]


def width_of(places: list[tuple[int, int]]) -> int:
    return max((x for x, _ in places), default=0) - min((x for x, _ in places), default=0)


def click(t_us: int, x: int, y: int, detail: Any, clicks_n: int = 1) -> list[Any]:
    """Press, release 80 ms later, and the click made of them."""
    made, up_us = {**detail, **DERIVED, "clicks_n": clicks_n}, t_us + 80_000
    return [
        (t_us, x, y, "mouse_down", detail),
        (up_us, x, y, "mouse_up", detail),
        (up_us, x, y, "click", made),
    ]


def opened(stage: Any, rows: Any, **parts: Any) -> None:
    parts = {"displays": [P], "frames": [FRAME], **parts}
    stage.open(session(rows, **parts), {"f": GREY})


def test_a_ring_widens_with_the_age_of_the_click_and_not_with_the_wall_clock(browser: Browser) -> None:
    rows = [(0, 400, 250), *click(1_000_000, 400, 250, LEFT), (9_000_000, 400, 250)]
    with pages.stage_page(browser) as stage:
        opened(stage, rows)
        widths, drawn = [], []
        for t_us in (999_999, 1_100_000, 1_300_000, 1_600_000, 1_900_000):
            stage.draw(t_us, trail_s=0)
            drawn.append(stage.read("over").tobytes())
            widths.append(width_of(near(stage.read("over"), BLUE)))
        assert widths[0] == widths[4] == 0
        assert 16 < widths[1] < widths[2] < widths[3] < 56
        stage.page.wait_for_timeout(300)
        stage.draw(1_300_000)
        assert stage.read("over").tobytes() == drawn[2], "paused, it stands as it is"
        stage.draw(1_900_000, speed=16)
        assert width_of(near(stage.read("over"), BLUE)) > 16, "at 16 times the speed it stays longer"


def test_who_asked_for_less_motion_sees_rings_of_one_size(browser: Browser) -> None:
    rows = [(0, 400, 250), *click(1_000_000, 400, 250, LEFT), (9_000_000, 400, 250)]
    with pages.stage_page(browser, reduced_motion="reduce") as stage:
        opened(stage, rows)
        widths = []
        for t_us in (1_100_000, 1_300_000):
            stage.draw(t_us, trail_s=0)
            widths.append(width_of(near(stage.read("over"), BLUE)))
        assert widths[0] == pytest.approx(widths[1], abs=2)
        assert widths[0] > 24


def ring_share(picture: Image.Image, colour: tuple[int, int, int]) -> float:
    """Share of the ring's circle that has its colour, above the middle, where no arrow lies on it."""
    from math import cos, pi, sin

    places = set(near(picture, colour))
    radius = max((250 - y for _, y in places), default=0) - 1
    steps = [pi * (0.1 + 0.8 * step / 100) for step in range(100)]
    around = [(round(400 + radius * cos(a)), round(250 - radius * sin(a))) for a in steps]
    return sum(any((x + i, y + j) in places for i in (-1, 0, 1) for j in (-1, 0, 1)) for x, y in around) / 100


@pytest.mark.parametrize(
    ("detail", "colour", "least", "most"),
    [(LEFT, BLUE, 0.97, 1), (RIGHT, ORANGE, 0.35, 0.85), (MIDDLE, BLUE, 0.97, 1)],
)
def test_buttons_differ_by_colour_and_shape(
    browser: Browser, detail: Any, colour: tuple[int, int, int], least: float, most: float
) -> None:
    rows = [(0, 400, 250), *click(1_000_000, 400, 250, detail), (9_000_000, 400, 250)]
    with pages.stage_page(browser) as stage:
        opened(stage, rows)
        stage.draw(1_300_000, trail_s=0)
        assert least <= ring_share(stage.read("over"), colour) <= most


def test_a_double_click_has_two_rings_and_a_held_button_one_around_the_tip(browser: Browser) -> None:
    twice = [*click(1_000_000, 400, 250, LEFT), *click(1_200_000, 400, 250, LEFT, clicks_n=2),
             (1_280_000, 400, 250, "double_click", {**LEFT, **DERIVED, "clicks_n": 2})]  # fmt: skip
    rows = [(0, 400, 250), *twice, (5_000_000, 400, 250, "mouse_down", RIGHT), (9_000_000, 400, 250)]
    with pages.stage_page(browser) as stage:
        opened(stage, rows)
        stage.draw(1_500_000, trail_s=0)
        rings = stage.run(
            "(t) => import('/player/moment.js').then(m => m.ringsOf(session.pressesBetween(0, t), t, 8e5))",
            1.5e6,
        )
        assert [(ring["clicks_n"], round(ring["age"], 3)) for ring in rings] == [(1, 0.625), (2, 0.375)]
        assert len({y for x, y in near(stage.read("over"), BLUE) if x == 400 and y < 240}) >= 3
        stage.draw(8_000_000)
        assert width_of(near(stage.read("over"), ORANGE)) == pytest.approx(17, abs=3)


def test_drags_show_their_way_and_scrolling_its_direction(browser: Browser) -> None:
    way = [(1_000_000 + 10_000 * step, 200 + 4 * step, 200 + (step % 50)) for step in range(1, 100)]
    drag = {**LEFT, **DERIVED, "start_us": 1_000_000, "end_us": 2_000_000, "end_x": 600, "end_y": 249}
    wheel = {"wheel_x": 0.0, "wheel_y": -300.0, "wheel_unit": "px"}
    rows = [(0, 200, 200), (1_000_000, 200, 200, "mouse_down", LEFT), *way, (2_000_000, 600, 249, "mouse_up", LEFT),
            (2_000_000, 200, 200, "drag", drag), (6_000_000, 400, 400, "scroll", wheel)]  # fmt: skip
    with pages.stage_page(browser) as stage:
        opened(stage, rows)
        for t_us, right in ((1_900_000, 560), (2_400_000, 600)):
            stage.draw(t_us, trail_s=0)
            blue = near(stage.read("over"), BLUE)
            assert (min(x for x, _ in blue), max(x for x, _ in blue)) == (
                pytest.approx(196, abs=4),
                pytest.approx(right, abs=12),
            )
        stage.draw(3_600_000)
        assert near(stage.read("over"), BLUE) == []
        stage.draw(6_010_000)
        chevrons = near(stage.read("over"), SCROLL)
        middle = [y for x, y in chevrons if x == 382]
        edge = [y for x, y in chevrons if x in (375, 376)]
        assert min(middle) < min(edge), "they point up"


def test_a_trail_fades_and_is_thinned(browser: Browser) -> None:
    rows = [(step * 100, 50 + step // 100, 250) for step in range(70_000)]
    with pages.stage_page(browser) as stage:
        stage.open(session(rows[:65_000], displays=[P], frames=[FRAME]), {"f": GREY})
        assert stage.run("session.pathBetween(0, 6.4e6).length") <= 3 * 401
        stage.draw(6_400_000, trail_s=5)
        over = stage.read("over")
        alphas = [over.getpixel((x, 250))[3] for x in (100, 230, 400, 550, 680)]
        assert alphas[0] == 0
        assert alphas == sorted(alphas)
        assert len(set(alphas)) == 5
        stage.draw(6_400_000, trail_s=0)
        assert stage.read("over").getpixel((550, 250))[3] == 0


def test_an_element_is_framed_for_a_moment_and_until_its_next_step_for_an_agent(browser: Browser) -> None:
    rows = [(0, 10, 10), *click(1_000_000, 350, 220, {**LEFT, "element": BOX}), (9_000_000, 350, 220)]
    steps = [{"step": 0, "t_us": 900_000}, {"step": 1, "t_us": 8_000_000}]
    shown = {}
    with pages.stage_page(browser) as stage:
        for actor in ("human", "agent"):
            opened(stage, rows, actor=actor, steps=steps)
            for t_us in (950_000, 1_100_000, 2_900_000, 7_000_000, 8_500_000):
                stage.draw(t_us, trail_s=0, elements=True)
                shown[actor, t_us] = any(
                    y in (199, 200, 201) for x, y in near(stage.read("over"), BLUE) if x == 310
                )
            stage.draw(1_100_000, elements=False)
            assert not any(x == 310 for x, _ in near(stage.read("over"), BLUE))
        assert [at for at, there in shown.items() if there] == [
            ("human", 1_100_000), ("agent", 1_100_000), ("agent", 2_900_000), ("agent", 7_000_000),
        ]  # fmt: skip
        stage.draw(7_000_000, elements=True)
        assert (
            width_of([at for at in near(stage.read("over"), BLUE) if abs(at[1] - 220) < 3 and at[0] < 400])
            > 20
        )


def test_masks_are_shown_when_asked_for_and_name_themselves(browser: Browser) -> None:
    masks = [(0, 100, 100, 200, 40, "EMAIL_ADDRESS", "fill", 0.93), (0, 400, 300, 20, 8, "PERSON", "blur", None),
             (1, 0, 0, 10, 10, "OTHER", "fill", 1.0)]  # fmt: skip
    with pages.stage_page(browser) as stage:
        opened(stage, [(0, 10, 10)], masks=masks)
        stage.draw(0)
        plain = stage.read("ground").tobytes()
        stage.page.mouse.move(150, 152)
        assert stage.text(".hover") == ""
        stage.draw(0, masks=True)
        ground = stage.read("ground").convert("RGB")
        assert ground.getpixel((200, 100)) != (128, 128, 128)
        assert ground.getpixel((410, 298)) != (128, 128, 128) or ground.getpixel((410, 300)) != (
            128,
            128,
            128,
        )
        assert ground.getpixel((600, 400)) == (128, 128, 128)
        assert stage.text(".hover") == "EMAIL_ADDRESS · fill · score 0.93"
        stage.page.mouse.move(405, 32 + 304)
        assert stage.text(".hover") == "PERSON · blur"
        stage.page.mouse.move(700, 400)
        assert stage.text(".hover") == ""
        assert "2 masks: 1 EMAIL_ADDRESS, 1 PERSON" in stage.run("stage.describe(0)")
        stage.draw(0, masks=False)
        assert stage.read("ground").tobytes() == plain
        assert "mask" not in stage.run("stage.describe(0)")


def test_keys_are_caps_that_fade(browser: Browser) -> None:
    chord = {"key": "c", "mods": "ctrl", "chord": "ctrl+c", **DERIVED}
    rows = [(0, 10, 10), (1_000_000, None, None, "key_down", {"key": "c", "mods": "ctrl"}),
            (1_000_000, None, None, "shortcut", chord), (2_000_000, None, None, "text_input", {"text_len": 3}),
            (9_000_000, 10, 10)]  # fmt: skip
    with pages.stage_page(browser) as stage:
        opened(stage, rows)
        caps = {}
        for chips in ("shortcuts", "all", "none"):
            for t_us in (900_000, 1_500_000, 3_400_000, 3_600_000):
                stage.draw(t_us, trail_s=0, chips=chips)
                caps[chips, t_us] = sum(
                    alpha > 200
                    for *_, alpha in stage.read("over").crop((0, 440, 400, 500)).get_flattened_data()
                )
        assert [at for at, n in caps.items() if n] == [
            ("shortcuts", 1_500_000),
            ("all", 1_500_000),
            ("all", 3_400_000),
            ("all", 3_600_000),
        ]
        keys = (
            "import('/player/draw_chips.js').then(({ keysOf }) => [['Ctrl+C', 'shortcut'], ['Ctrl++', 'shortcut'],"
            "['⌃⇧⌘Z', 'shortcut'], ['Alt+Page Up', 'shortcut'], ['a+b', 'typed']].map((chip) => keysOf(...chip)))"
        )
        assert stage.run(keys) == [
            ["Ctrl", "C"],
            ["Ctrl", "+"],
            ["⌃", "⇧", "⌘", "Z"],
            ["Alt", "Page Up"],
            ["a+b"],
        ]


def test_text_of_the_recording_is_only_ever_text(browser: Browser) -> None:
    bad = "<img src=x onerror=alert(1)>"
    element = {"role": bad, "name": bad * 40, "left": 100, "top": 100, "width": 300, "height": 200}
    rows = [(0, 150, 150), (1000, 150, 150, "mouse_down", {**LEFT, "element": element}),
            (1000, 150, 150, "shortcut", {"chord": f"ctrl+{bad}", "derived": True})]  # fmt: skip
    windows = [[0, bad, bad, bad, 0, 0, 800, 500]]
    masks = [(0, 0, 0, 400, 200, bad, bad, 0.5)]
    parts = {
        "displays": [(bad, 0, 0, 1600, 1000, 0, None), ("B", 1600, 0, 800, 600, 0, None)],
        "masks": masks,
    }
    with pages.stage_page(browser) as stage:
        stage.open(session(rows, windows, frames=[("f", 0, 1600, 1000, 0, 0, 1, 1)], **parts),
                   {"f": pages.png(Image.new("RGB", (1600, 1000)))})  # fmt: skip
        stage.draw(1000, masks=True, chips="all")
        assert [stage.text(f".strip .{name}") for name in ("app", "title", "url")] == [bad, bad, bad]
        assert bad in stage.run("stage.describe(1000)")
        assert stage.page.locator("#root img").count() == 0
        stage.page.mouse.move(60, 152)
        assert stage.text(".hover") == f"{bad} · {bad} · score 0.50"


def test_colours_are_those_of_the_whole_app(browser: Browser) -> None:
    from explorer.charts.palette import KINDS

    with pages.stage_page(browser) as stage:
        found = stage.run("import('/player/look.js').then(({ KIND_COLOURS }) => KIND_COLOURS)")
    assert found == {kind.name: [kind.light, kind.dark] for kind in KINDS} | {"mark": ["#C62828", "#FF6B6B"]}
