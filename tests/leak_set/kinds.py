"""What each kind of item does to a scene: pictures, masks, and what they are about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import fills
from .boxes import Box
from .items import Declared
from .recovery import Inside
from .scene import Scene, Shot
from .weak import WEAK

# At least so much of a value's ink is open where a mask is misplaced or too small, and at most so much.
OPEN = (0.2, 0.85)
_TRIES = 60


@dataclass(frozen=True, slots=True)
class Case:
    """The pictures of an item in their order, its variant, what it is about, and for a weak mask what it does."""

    shots: list[Shot]
    variant: str
    box: Box
    inside: Inside | None = None


def missed(scene: Scene) -> Case:
    """The value is as it was, and nothing is declared."""
    return Case([scene.told(scene.shot(bare={scene.subject}))], "missed", scene.slot.box)


def declared_not_burned(scene: Scene) -> Case:
    """The mask is declared, the pixels are as they were."""
    shot = scene.shot(bare={scene.subject})
    box = scene.style.box(scene.slot, shot.image.size)
    shot.masks.append(Declared(box, scene.slot.value.entity, "fill", is_burned=False))
    return Case([scene.told(shot)], "declared_not_burned", box)


def burned_not_declared(scene: Scene) -> Case:
    """The value is covered, and nobody says so."""
    shot = scene.shot()
    box = scene.style.box(scene.slot, shot.image.size)
    shot.masks = [mask for mask in shot.masks if mask.box != box]
    return Case([scene.told(shot)], "burned_not_declared", box)


def over_redacted(scene: Scene) -> Case:
    """Beside the values, words that are nobody's are covered as well."""
    shot = scene.shot()
    taken = [*scene.burned, *(slot.box for slot in scene.page.slots)]
    plain = [box.within(shot.image.size) for box in scene.page.plain if box.width >= 24 and box.height >= 6]
    free = [box for box in plain if not any(box.grown(6, 4).touches(other) for other in taken)]
    box = scene.dice.choice(free or plain)
    box = box.grown(scene.style.across_px, scene.style.along_px).within(shot.image.size)
    scene.burn(shot.image, box, "PERSON")
    shot.masks.append(Declared(box, "PERSON", "fill"))
    return Case([scene.told(shot)], "over_redacted", box)


def shifted(scene: Scene) -> Case:
    """The mask has the right size and lies beside its place: a window's border, a bar, a scrolled line too far."""

    def place(box: Box) -> Box:
        across, along = scene.dice.uniform(0.2, 0.7) * box.width, scene.dice.uniform(0.3, 0.8) * box.height
        way = scene.dice.choice(((1, 0), (-1, 0), (0, 1), (0, -1), (0.6, 0.6), (-0.6, 0.6), (0.6, -0.6)))
        return box.moved(round(across * way[0]), round(along * way[1]))

    return _displaced(scene, place, "shifted")


def too_small(scene: Scene) -> Case:
    """The mask ends before the value does, at one side or two."""

    def place(box: Box) -> Box:
        off = scene.dice.uniform(0.25, 0.75)
        across, along = round(off * box.width), round(off * box.height)
        left, top, right, bottom = box.edges
        return scene.dice.choice((
            Box(left + across, top, right, bottom), Box(left, top, right - across, bottom),
            Box(left, top + along, right, bottom), Box(left, top, right, bottom - along),
            Box(left + across // 2, top, right - across // 2, bottom),
        ))  # fmt: skip

    return _displaced(scene, place, "too_small")


def _displaced(scene: Scene, place: Callable[[Box], Box], variant: str) -> Case:
    """A mask somewhere that leaves a good part of the value open, and covers some of it."""
    shot = scene.shot(bare={scene.subject})
    right = scene.style.close(scene.slot, shot.image.size)
    others = list(scene.burned)
    places = [place(right).within(shot.image.size) for _ in range(_TRIES)]
    fits = (one for one in places if OPEN[0] <= scene.open_share(scene.slot, [*others, one]) <= OPEN[1])
    box = next(fits, Box(right.left + right.width // 2, right.top, right.right, right.bottom))
    scene.burn(shot.image, box, scene.slot.value.entity)
    shot.masks.append(Declared(box, scene.slot.value.entity, "fill"))
    return Case([scene.told(shot)], variant, box)


def one_of_two(scene: Scene) -> Case:
    """Two pictures of the same screen; only the clock differs, and in one of them the value is open."""
    masked, bare = scene.told(scene.shot()), scene.told(scene.shot(bare={scene.subject}))
    scene.page.pass_time(bare.image)
    is_first = scene.dice.random() < 0.5
    shots = [bare, masked] if is_first else [masked, bare]
    variant = "open in the first" if is_first else "open in the second"
    return Case(shots, variant, scene.style.box(scene.slot, bare.image.size))


def display_scale(scenes: list[Scene]) -> Case:
    """All masks of a session are off by the scale of the display."""
    dice, scale = scenes[0].dice, scenes[0].page.look.scale
    by = dice.choice((scale, 1 / scale) if scale != 1 else (1.25, 1.5, 2.0, 0.8, 1 / 1.5))
    shots = []
    for scene in scenes:
        shot = scene.shot(bare=range(len(scene.page.slots)))
        for slot in scene.page.slots:
            box = scene.style.box(slot, shot.image.size).scaled(by).within(shot.image.size)
            if box.width and box.height:
                scene.burn(shot.image, box, slot.value.entity)
                shot.masks.append(Declared(box, slot.value.entity, "fill"))
        shots.append(scene.told(shot))
    return Case(shots, f"off by {by:.3g}", scenes[0].slot.box)


def display_offset(scenes: list[Scene]) -> Case:
    """All masks of a session are off by one distance: a window's border and bar, or an origin that was taken for 0."""
    dice, scale = scenes[0].dice, scenes[0].page.look.scale
    bar, side = (round(dice.uniform(low, high) * scale) for low, high in ((14, 40), (4, 30)))
    across, along = dice.choice(((0, bar), (0, -bar), (side, bar), (-side, -bar), (side, 0), (-side, 0)))
    shots = [_session_shot(scene, lambda box: box.moved(across, along)) for scene in scenes]
    return Case(shots, f"off by {across}, {along}", scenes[0].slot.box)


def sound_session(scenes: list[Scene]) -> Case:
    """A session of one pass whose margins vary a little; nothing is left open."""
    return Case([_session_shot(scene, lambda box: box) for scene in scenes], "sound", scenes[0].slot.box)


def _session_shot(scene: Scene, place: Callable[[Box], Box]) -> Shot:
    """All values of a page covered by one pass, each mask up to a pixel of the screen larger at each side."""
    shot = scene.shot(bare=range(len(scene.page.slots)))
    most = max(1, round(scene.page.look.scale))
    for slot in scene.page.slots:
        box = scene.style.box(slot, shot.image.size)
        left, top, right, bottom = (scene.dice.randint(0, most) for _ in range(4))
        box = Box(box.left - left, box.top - top, box.right + right, box.bottom + bottom)
        box = place(box).within(shot.image.size)
        if box.width and box.height:
            scene.burn(shot.image, box, slot.value.entity)
            shot.masks.append(Declared(box, slot.value.entity, "fill"))
    return scene.told(shot)


SESSION_CASES: dict[str, Callable[[list[Scene]], Case]] = {
    "display_scale": display_scale, "display_offset": display_offset, "sound_session": sound_session,
}  # fmt: skip


def weak(kind: str, scene: Scene) -> Case:
    """The value is under a mask that lets it through."""
    make, method = WEAK[kind]
    shot = scene.shot(bare={scene.subject}, absent={scene.subject})
    beneath = shot.image.copy()
    box = scene.style.box(scene.slot, shot.image.size)
    mask = make(scene.dice, round(scene.slot.font.size), scene.style.colour)
    inside = Inside(scene.page, scene.slot, box, beneath, mask)
    shot.image.paste(inside.picture(scene.texts[scene.subject]), box.edges[:2])
    scene.burned.append(box)
    shot.masks.append(Declared(box, scene.slot.value.entity, method))
    return Case([scene.told(shot)], kind, box, inside)


# Sound masks: the first is the plain one, the others are hard to tell from bad ones.
_LOOKS = {
    "hatched": fills.hatched, "labelled": fills.labelled, "dotted": fills.dotted, "rounded": fills.rounded,
    "framed": fills.framed, "mosaic": fills.mosaic,
}  # fmt: skip
SOUND = ("solid", "next_to_text", "over_gradient", "over_nothing", "near_black_on_dark", *_LOOKS, "both_pictures",
         "filled_in")  # fmt: skip


def sound(variant: str, scene: Scene) -> Case:
    """All values are covered and nothing of them is left."""
    shot = scene.told(scene.shot(fill=_LOOKS.get(variant, fills.solid)))
    box = scene.style.box(scene.slot, shot.image.size)
    if variant == "over_nothing":
        box = scene.dice.choice(scene.page.blank).within(shot.image.size)
        scene.burn(shot.image, box, "PERSON")
        shot.masks.append(Declared(box, "PERSON", "fill"))
        shot.subject = None
    shots = [shot]
    if variant == "both_pictures":
        shots.append(scene.told(scene.shot()))
        scene.page.pass_time(shots[-1].image)
    elif variant == "filled_in":
        # The field was empty, then the value came, and was masked from its first moment on.
        shots.insert(0, scene.told(scene.shot(absent={scene.subject}), absent={scene.subject}))
        scene.page.pass_time(shots[0].image)
    return Case(shots, variant, box)


CASES: dict[str, Callable[[Scene], Case]] = {
    "missed": missed, "declared_not_burned": declared_not_burned, "burned_not_declared": burned_not_declared,
    "over_redacted": over_redacted, "shifted": shifted, "too_small": too_small, "one_of_two": one_of_two,
}  # fmt: skip
