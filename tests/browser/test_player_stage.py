"""The stage of the player in a real browser: every picture is read back from its canvases."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import Browser

from . import stage_page as pages

pytestmark = pytest.mark.browser
ARROW = (22, 25, 29, 255)
RED = (255, 0, 0)


session = pages.session


def noisy(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """A picture in which no two neighbouring pixels are alike."""
    values = bytes(
        (x * 7 + y * 13 + part * 61) % 256 for y in range(height) for x in range(width) for part in range(3)
    )
    return Image.frombytes("RGB", (width, height), values).convert(mode)


def marked(width: int, height: int, x: int, y: int) -> Image.Image:
    """A grey picture with a red square around a pixel."""
    picture = Image.new("RGB", (width, height), (200, 200, 200))
    ImageDraw.Draw(picture).rectangle((x - 12, y - 12, x + 12, y + 12), fill=RED)
    return picture


def corner(picture: Image.Image, colour: tuple[int, ...]) -> tuple[int, int]:
    """Left and top of what has a colour."""
    width = picture.width
    found = [at for at, value in enumerate(picture.get_flattened_data()) if value == colour]
    return min(at % width for at in found), min(at // width for at in found)


P = ("P", 0, 0, 1600, 1000, 0, None)
# displays, frame (t, width, height, left, top, scale_x, scale_y), pixel of the picture that the pointer stands on,
# the pointer on the desktop, and the canvas pixel of both on a screen of 800 x 500
PLACES = {
    "the whole screen": ([P], (0, 1600, 1000, 0, 0, 1, 1), (400, 300), (400, 300), (200, 150)),
    "a scaled video": ([P], (0, 400, 250, 0, 0, 0.25, 0.25), (100, 75), (400, 300), (200, 150)),
    "a video wider than high": ([P], (0, 800, 250, 0, 0, 0.5, 0.25), (200, 75), (400, 300), (200, 200)),
    "one window": ([P], (0, 400, 250, 600, 400, 1, 1), (100, 75), (700, 475), (25.6 + 700 * 0.468, 16 + 475 * 0.468)),
    "a display on the left": ([("L", -1600, 0, 1600, 1000, 0, None), P], (0, 1600, 1000, -1600, 0, 1, 1), (400, 300),
                              (-1200, 300), (16 + 400 * 0.24, 130 + 300 * 0.24)),
    "the display of then": ([("old", 0, 0, 640, 400, 0, 500), ("new", 0, 0, 1600, 1000, 500, None)],
                            (600, 1600, 1000, 0, 0, 1, 1), (400, 300), (400, 300), (200, 150)),
    "one window, the display a guess": ([(*P, True)], (0, 400, 250, 600, 400, 1, 1), (100, 75), (700, 475),
                                        (25.6 + 700 * 0.468, 16 + 475 * 0.468)),
    "the whole screen, the display a guess": ([("P", 0, 0, 1920, 1080, 0, None, True)], (0, 1600, 1000, 0, 0, 1, 1),
                                              (400, 300), (400, 300), (200, 150)),
    "no display known": ([], (0, 1600, 1000, 100, 50, 1, 1), (400, 300), (500, 350), (200, 150)),
}  # fmt: skip


@pytest.mark.parametrize("dpr", [1, 2])
@pytest.mark.parametrize("place", PLACES)
def test_the_pointer_stands_on_its_pixel_of_the_picture(browser: Browser, place: str, dpr: int) -> None:
    displays, (t_us, *frame), (mark_x, mark_y), (x, y), (left, top) = PLACES[place]
    made = session([(0, x, y), (1000, x, y)], displays=displays, frames=[("f", t_us, *frame)])
    with pages.stage_page(browser, device_scale_factor=dpr) as stage:
        stage.open(made, {"f": pages.png(marked(frame[0], frame[1], mark_x, mark_y))})
        stage.draw(1000, trail_s=0)
        found = corner(stage.read("over"), ARROW)
        assert found == (pytest.approx(left * dpr, abs=2), pytest.approx(top * dpr, abs=3))
        assert stage.read("ground").getpixel((round(left * dpr), round(top * dpr)))[:3] == RED
        assert stage.run("([x, y]) => stage.point(x, y)", [left + 0.01, 32 + top + 0.01]) == {
            "x": pytest.approx(x, abs=3), "y": pytest.approx(y, abs=3),
        }  # fmt: skip


def png_with(**chunk: bytes) -> bytes:
    info = PngInfo()
    for name, data in chunk.items():
        info.add(name.encode(), data)
    return pages.png(noisy(300, 200), pnginfo=info)


STORED = {
    "png": lambda: pages.png(noisy(300, 200)),
    "png with a gamma": lambda: png_with(gAMA=(45455 * 2).to_bytes(4, "big")),
    "png with a palette": lambda: pages.png(noisy(300, 200, "P")),
    "webp": lambda: pages.png(noisy(300, 200), "WEBP", lossless=True),
    "jpeg": lambda: pages.png(noisy(300, 200), "JPEG", quality=80),
}
DECODED = """async () => {
  const bitmap = await createImageBitmap(await (await fetch('/frame/f')).blob())
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
  context.drawImage(bitmap, 0, 0)
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height)
  return Array.from(data, (value) => String.fromCharCode(value)).join('')
}"""


@pytest.mark.parametrize("dpr", [1, 1.25, 2])
@pytest.mark.parametrize("kind", STORED)
def test_at_one_to_one_the_canvas_holds_the_stored_pixels(browser: Browser, kind: str, dpr: float) -> None:
    stored = STORED[kind]()
    frame = ("f", 0, 300, 200, 0, 0, 1, 1)
    made = session([(0, None, None)], displays=[("P", 0, 0, 300, 200, 0, None)], frames=[frame])
    with pages.stage_page(browser, device_scale_factor=dpr) as stage:
        stage.open(made, {"f": stored})
        stage.draw(0)
        stage.run("stage.oneToOne()")
        stage.draw(0)
        assert stage.run("stage.view") == {"zoom": 1, "isFit": False, "isOneToOne": True}
        place = stage.run("stage.eye.place")
        box = (place["x"], place["y"], place["x"] + 300, place["y"] + 200)
        drawn = stage.read("ground").crop(box).convert("RGB").tobytes()
        if kind == "jpeg":  # a lossy picture has as many pixels as decoders: the browser's own count
            own = stage.run(DECODED).encode("latin-1")
            expected = Image.frombytes("RGBA", (300, 200), own).convert("RGB").tobytes()
        else:
            with Image.open(pages.io.BytesIO(stored)) as picture:
                expected = picture.convert("RGB").tobytes()
        assert hashlib.sha256(drawn).hexdigest() == hashlib.sha256(expected).hexdigest()


def test_from_the_stored_size_on_each_pixel_is_a_square(browser: Browser) -> None:
    picture = noisy(300, 200)
    made = session([(0, None, None)], frames=[("f", 0, 300, 200, 0, 0, 1, 1)])
    with pages.stage_page(browser, device_scale_factor=2) as stage:
        stage.open(made, {"f": pages.png(picture)})
        stage.draw(0)
        stage.run("stage.oneToOne()")
        stage.run("stage.zoomBy(3)")
        stage.run("stage.panBy(10.3, -7.7)")
        stage.draw(0)
        place = stage.run("stage.eye.place")
        assert (place["width"], place["height"]) == (900, 600)
        drawn = stage.read("ground").convert("RGB")
        for x, y in ((0, 0), (10, 20), (150, 100), (299, 199)):
            at = place["x"] + 3 * x, place["y"] + 3 * y
            block = {drawn.getpixel((at[0] + i, at[1] + j)) for i in range(3) for j in range(3)}
            assert block == {picture.getpixel((x, y))}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_picture_of_one_window_lies_among_plain_displays(browser: Browser, theme: str) -> None:
    displays = [("L", -1600, 0, 1600, 1000, 0, None), P]
    made = session([(0, 10, 10)], displays=displays, frames=[("f", 0, 400, 250, 600, 400, 1, 1)])
    with pages.stage_page(browser, theme=theme) as stage:
        stage.open(made, {"f": pages.png(Image.new("RGB", (400, 250), RED))})
        stage.draw(0)
        ground = stage.read("ground")
        scale, top = 768 / 3200, (500 - 240) / 2
        beside, face = (
            ((245, 246, 248), (255, 255, 255)) if theme == "light" else ((26, 30, 36), (17, 20, 24))
        )
        assert ground.getpixel((5, 5))[:3] == beside
        assert ground.getpixel((round(16 + 800 * scale), round(top + 500 * scale)))[:3] == face
        assert ground.getpixel((round(16 + 2400 * scale), round(top + 500 * scale)))[:3] == RED
        stage.run("stage.fit()")
        stage.draw(0)
        assert stage.read("ground").getpixel((2, 2))[:3] == RED, "fitted again, the picture alone"
        assert stage.run("stage.view.isFit")


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"displays": [P]}, "No pictures: this recording has none. The outlines are those of the displays."),
        ({"displays": [P], "frames_reason": "consent"},
         "No pictures: consent does not cover screenshots. The outlines are those of the displays."),
        ({"displays": [P], "flags": ["no_frames", "unread_video"]},
         "No pictures: the video of this recording was not read on import. The outlines are those of the displays."),
        ({"displays": [(*P, True)]}, "No pictures: this recording has none. The size of the display is estimated."),
        ({"displays": []}, "No pictures: this recording has none. The size of the display is not known."),
        ({"displays": [P], "frames": [("f", 9_000_000, 1600, 1000, 0, 0, 1, 1)]},
         "No picture yet: the first one comes at 0:09.00."),
    ],
)  # fmt: skip
def test_without_pictures_the_stage_says_why_and_shows_the_pointer(
    browser: Browser, parts: dict[str, Any], words: str
) -> None:
    windows = [[0, "Editor", "notes", None, 200, 100, 800, 600]]
    with pages.stage_page(browser) as stage:
        stage.open(session([(0, 400, 300), (1000, 400, 300)], windows, **parts), {"f": 404})
        stage.draw(1000)
        assert stage.text(".reason .words") == words
        assert not stage.page.locator(".retry").is_visible()
        assert corner(stage.read("over"), ARROW)[0] > 0
        teal = (11, 122, 117)
        assert teal in {value[:3] for value in stage.read("ground").get_flattened_data()}, (
            "outline of the window"
        )
        assert words.removesuffix(".") in stage.run("stage.describe(1000)")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (404, "This picture is not in the dataset any more."),
        (503, "The server could not read this picture. Its log says why."),
        (0, "The server did not answer when asked for this picture."),
        (b"not a picture", "The stored picture does not decode."),
    ],
)
def test_a_picture_that_fails_says_why_and_the_others_are_shown(
    browser: Browser, answer: int | bytes, words: str
) -> None:
    frames = [(name, t_us, 1600, 1000, 0, 0, 1, 1) for name, t_us in (("a", 0), ("b", 1000), ("c", 2000))]
    good = pages.png(Image.new("RGB", (1600, 1000), RED))
    with pages.stage_page(browser) as stage:
        stage.open(session([(0, 400, 300), (2000, 400, 300)], displays=[P], frames=frames),
                   {"a": good, "b": answer, "c": good})  # fmt: skip
        for t_us, index in ((0, 0), (1000, -1), (2000, 2)):
            stage.draw(t_us)
            assert stage.run("stage.shownFrame") == index
            assert (stage.read("ground").getpixel((10, 10))[:3] == RED) == (index >= 0)
            assert (words in stage.text(".reason .words")) == (index < 0)
        asked_n = stage.asked.count("b")
        stage.draw(1000)
        assert stage.asked.count("b") == asked_n, "it is not asked for again by itself"
        stage.answers["b"] = good
        stage.page.locator(".retry").click()
        stage.page.wait_for_function("stage.shownFrame === 1")
        assert stage.text(".reason .words") == ""


def test_while_a_picture_is_on_its_way_the_one_before_stands_and_says_so(browser: Browser) -> None:
    frames = [(f"n{place}", 1000 * place, 1600, 1000, 0, 0, 1, 1) for place in range(9)]
    answers = {name: pages.png(Image.new("RGB", (1600, 1000), RED)) for name, *_ in frames}
    with pages.stage_page(browser) as stage:
        stage.open(session([(0, 400, 300), (9_000, 400, 300)], displays=[P], frames=frames), answers)
        stage.draw(0)
        stage.page.wait_for_function("pictures.kept.size === 4")
        stage.is_holding = True
        at_once = "[stage.draw(8500), stage.shownFrame, stage.isWaiting, stage.notes.age.hidden]"
        assert stage.run(at_once)[1:] == [3, True, True], (
            "not at once: most pictures come before one can read that"
        )
        stage.page.locator(".age").filter(has_text="Loading the picture of this moment").wait_for()
        stage.let_go()
        stage.page.wait_for_function("stage.shownFrame === 8")
        assert stage.text(".age") == ""


@pytest.mark.parametrize(
    ("t_us", "words"),
    [
        (0, "Frame is 100 ms newer than this moment"),
        (500_000, ""),
        (840_000, ""),
        (900_000, "Frame is 800 ms older than this moment"),
        (3_120_000, "Frame is 3.0 s older than this moment"),
        (4_100_000, ""),
    ],
)
def test_a_picture_behind_a_change_says_how_old_it_is(browser: Browser, t_us: int, words: str) -> None:
    frames = [("a", 100_000, 1600, 1000, 0, 0, 1, 1), ("b", 4_000_000, 1600, 1000, 0, 0, 1, 1)]
    picture = pages.png(Image.new("RGB", (1600, 1000)))
    rows = [(0, 5, 5), (600_000, 5, 5, "key_down", {"key": "a"}), (5_000_000, 5, 5)]
    with pages.stage_page(browser) as stage:
        stage.open(session(rows, displays=[P], frames=frames), {"a": picture, "b": picture})
        stage.draw(t_us)
        assert stage.text(".age") == words
