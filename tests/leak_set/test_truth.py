"""What the answer key says is what the pixels show."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from .boxes import Box
from .encoding import decoded
from .items import SESSIONS, Item, Picture, Truth
from .kinds import OPEN
from .page import Page, Slot
from .pictures import SESSION_PICTURES_N, drawn_page, made
from .seeds import dice
from .weak import WEAK, Pixels

Items = dict[str, list[Item]]


def is_lossless(item: Item) -> bool:
    return item.encoding in ("png", "webp lossless")


def subject(picture: Picture) -> Truth:
    assert picture.subject is not None
    return picture.truths[picture.subject]


def page_of(item: Item) -> tuple[Page, Slot]:
    """The item's screen drawn again, and the slot of its subject."""
    page = drawn_page(item.split, "", dice(item.split, item.kind, item.number))
    return page, next(slot for slot in page.slots if slot.box == subject(item.pictures[0]).box)


def written(page: Page, slot: Slot, text: str) -> Pixels:
    """The slot's box with a text and no mask."""
    cut = page.image.crop(slot.box.edges)
    slot.paint(cut, text, left_px=slot.box.left, top_px=slot.box.top)
    return np.asarray(cut)


def likeness(one: Pixels, other: Pixels) -> float:
    return float(np.corrcoef(one.astype(float).ravel(), other.astype(float).ravel())[0, 1])


@pytest.mark.parametrize("kind", ["missed", "declared_not_burned"])
def test_an_open_value_is_in_the_pixels_as_written(by_kind: Items, kind: str):
    for item in by_kind[kind]:
        page, slot = page_of(item)
        found = decoded(item.pictures[0].content)[slot.box.area]
        right = written(page, slot, subject(item.pictures[0]).text)
        if is_lossless(item):
            assert (found == right).all()
        else:
            wrong = written(page, slot, page.other(slot, dice("tuning", "wrong")))
            assert likeness(found, right) > max(0.75, likeness(found, wrong))


def test_what_is_declared_and_what_is_burned_differ_where_that_is_the_fault(by_kind: Items):
    for item in by_kind["declared_not_burned"]:
        [mask] = [mask for mask in item.pictures[0].masks if not mask.is_burned]
        assert mask.box == item.box
        assert mask.box.holds(subject(item.pictures[0]).box)
    for item in by_kind["burned_not_declared"]:
        assert item.box not in [mask.box for mask in item.pictures[0].masks]
        assert item.box.holds(subject(item.pictures[0]).box)
        if is_lossless(item):
            assert (
                len(np.unique(decoded(item.pictures[0].content)[item.box.area].reshape(-1, 3), axis=0)) == 1
            )


@pytest.mark.parametrize("kind", ["sound", "sound_session", "over_redacted", "burned_not_declared"])
def test_nothing_of_a_covered_value_is_left(by_kind: Items, kind: str):
    for item in by_kind[kind]:
        other = made(item.split, kind, item.number, other_values=True)
        texts = [[truth.text for truth in one.pictures[-1].truths] for one in (item, other)]
        assert len(texts[0]) == len(texts[1]) > 0
        assert all(one != another for one, another in zip(*texts, strict=True))
        contents = [[picture.content for picture in one.pictures] for one in (item, other)]
        assert contents[0] == contents[1], item.variant
        assert all(truth.open_share == 0 for picture in item.pictures for truth in picture.truths)


@pytest.mark.parametrize("kind", [*WEAK, "missed", "declared_not_burned", "shifted", "too_small"])
def test_something_of_a_leaking_value_is_left(by_kind: Items, kind: str):
    for item in by_kind[kind]:
        if item.is_leak:
            other = made(item.split, kind, item.number, other_values=True)
            area = (item.box if kind in WEAK else subject(item.pictures[0]).box).area
            cuts = [decoded(one.pictures[0].content)[area] for one in (item, other)]
            assert (cuts[0] != cuts[1]).any()


@pytest.mark.parametrize("kind", ["shifted", "too_small"])
def test_a_misplaced_mask_leaves_a_part_open_and_covers_a_part(by_kind: Items, kind: str):
    for item in by_kind[kind]:
        truth, [mask] = subject(item.pictures[0]), [m for m in item.pictures[0].masks if m.box == item.box]
        assert OPEN[0] <= truth.open_share <= OPEN[1]
        assert mask.is_burned
        if is_lossless(item):
            page, slot = page_of(item)
            pixels, right = decoded(item.pictures[0].content), written(page, slot, truth.text)
            assert len(np.unique(pixels[mask.box.area].reshape(-1, 3), axis=0)) == 1
            same = (pixels[slot.box.area] == right).all(axis=-1)
            ink = (np.asarray(page.image.crop(slot.box.edges)) != right).any(axis=-1)
            assert same[ink].mean() >= truth.open_share - 0.01


def test_only_the_subject_is_open(by_kind: Items):
    for kind, items in by_kind.items():
        for item in items if kind not in SESSIONS else ():
            for picture in item.pictures:
                rest = [truth for at, truth in enumerate(picture.truths) if at != picture.subject]
                assert max((truth.open_share for truth in rest), default=0) == 0, kind


def test_masks_of_a_wrong_display_scale_leave_most_of_a_session_open(by_kind: Items):
    for item in by_kind["display_scale"]:
        assert len(item.pictures) == SESSION_PICTURES_N
        assert len({picture.content for picture in item.pictures}) == SESSION_PICTURES_N
        by = float(item.variant.removeprefix("off by "))
        for picture in item.pictures:
            truth, mask = picture.truths[0], picture.masks[0]
            assert abs(mask.box.left / by - truth.box.left) < 12 * item.scale
            assert np.mean([truth.open_share for truth in picture.truths]) > 0.3


def test_masks_off_by_one_distance_would_cover_the_values_without_it(by_kind: Items):
    for item in by_kind["display_offset"]:
        assert len(item.pictures) == SESSION_PICTURES_N
        across, along = map(int, item.variant.removeprefix("off by ").split(", "))
        for picture in item.pictures:
            moved = [mask.box.moved(-across, -along) for mask in picture.masks]
            covered = [any(box.holds(truth.box) for box in moved) for truth in picture.truths]
            assert np.mean(covered) > 0.5  # those at the border of the picture are cut off
            assert any(truth.open_share > 0.05 for truth in picture.truths)


def test_one_of_two_pictures_shows_the_value_and_nothing_else_changes(by_kind: Items):
    assert {item.variant for item in by_kind["one_of_two"]} <= {"open in the first", "open in the second"}
    for item in by_kind["one_of_two"]:
        shares = [subject(picture).open_share for picture in item.pictures]
        assert shares == ([1.0, 0.0] if item.variant == "open in the first" else [0.0, 1.0])
        assert [item.box in [mask.box for mask in picture.masks] for picture in item.pictures] == [
            share == 0 for share in shares
        ]
        if is_lossless(item):
            foot = changed_box(*(decoded(picture.content) for picture in item.pictures), hidden=item.box)
            height = item.pictures[0].height_px
            assert foot.height == 0 or foot.top > height - 26 * item.scale  # the clock in the status bar


def changed_box(one: Pixels, other: Pixels, hidden: Box) -> Box:
    """What differs between two pictures outside a box."""
    changed = (one != other).any(axis=-1)
    changed[hidden.area] = False
    found = Image.fromarray(changed).getbbox()
    return Box(*found) if found else Box(0, 0, 0, 0)


def test_two_sound_pictures_of_one_screen(by_kind: Items):
    pairs = {item.variant: item.pictures for item in by_kind["sound"] if len(item.pictures) == 2}
    assert set(pairs) == {"both_pictures", "filled_in"}
    empty, filled = pairs["filled_in"]
    assert empty.subject is None
    assert len(empty.truths) == len(filled.truths) - 1
    assert len(empty.masks) == len(filled.masks) - 1


def test_too_much_is_covered_where_that_is_the_fault(by_kind: Items):
    for item in by_kind["over_redacted"]:
        assert not any(item.box.touches(truth.box) for truth in item.pictures[0].truths)
        assert item.box in [mask.box for mask in item.pictures[0].masks]


def test_hard_sound_masks_are_what_they_say(by_kind: Items):
    first: dict[str, Item] = {}
    for item in by_kind["sound"]:
        first.setdefault(item.variant, item)
    assert first["near_black_on_dark"].theme == "dark"
    assert inside(first["near_black_on_dark"]).max() < 60
    assert subject(first["next_to_text"].pictures[0]).ground == "inline"
    assert subject(first["over_gradient"].pictures[0]).ground == "banner"
    assert first["over_nothing"].pictures[0].subject is None
    for variant in ("hatched", "labelled", "dotted", "framed", "mosaic"):
        assert inside(first[variant]).std() > 2, variant


def inside(item: Item) -> Pixels:
    """The pixels of the item's mask."""
    return decoded(item.pictures[-1].content)[item.box.area]
