"""The two splits share nothing, and the same seed gives the same thing."""

from __future__ import annotations

import pytest

from .decoys import DECOYS, decoy
from .fonts import faces
from .items import Item
from .pictures import made
from .seeds import SPLITS, belongs, dice, drawn
from .text_shapes import DECOY_TEXTS
from .texts import texts
from .values import ENTITIES, known_by, value
from .words import SCRIPTS, names

DRAWS_N = 150


def test_a_thing_belongs_to_exactly_one_split():
    things = [f"thing {n}" for n in range(1_000)]
    assert all(sum(belongs(split, thing) for split in SPLITS) == 1 for thing in things)
    assert 400 < sum(belongs("tuning", thing) for thing in things) < 600


def test_an_unknown_split_is_refused():
    with pytest.raises(ValueError, match="expected one of tuning, measuring"):
        dice("testing")


def test_what_belongs_to_no_one_here_is_said():
    mine = next(name for name in map(str, range(99)) if belongs("tuning", name))
    assert drawn("tuning", lambda: mine) == mine
    with pytest.raises(ValueError, match="belongs to measuring"):
        drawn("measuring", lambda: mine)


@pytest.mark.parametrize("script", SCRIPTS)
def test_no_word_of_a_name_is_in_both_splits(script):
    words = [set(sum(names(split, script), ())) for split in SPLITS]
    assert all(words)
    assert not words[0] & words[1]


@pytest.mark.parametrize("entity", ENTITIES)
def test_values_are_disjoint_however_they_are_written(entity):
    made_of = [
        {known_by(value(entity, split, dice(split, entity, n))) for n in range(DRAWS_N)} for split in SPLITS
    ]
    assert not made_of[0] & made_of[1]
    assert min(map(len, made_of)) > 8


@pytest.mark.parametrize("kind", sorted(DECOYS))
def test_decoys_are_disjoint(kind):
    made_of = [{decoy(kind, split, dice(split, n)) for n in range(60)} for split in SPLITS]
    assert not made_of[0] & made_of[1]


def test_pictures_share_no_value_layout_or_bytes(tuning: tuple[Item, ...], measuring: tuple[Item, ...]):
    def of(items: tuple[Item, ...], what: str) -> set[object]:
        shown = [picture for item in items for picture in item.pictures]
        found = {
            "values": [truth.text.casefold() for picture in shown for truth in picture.truths],
            "bytes": [picture.content for picture in shown],
            "layouts": [item.layout for item in items],
            "places": [tuple(truth.box for truth in picture.truths) for picture in shown],
            "ids": [item.item_id for item in items],
        }
        return set(found[what])

    for what in ("values", "bytes", "layouts", "places", "ids"):
        assert of(tuning, what)
        assert not of(tuning, what) & of(measuring, what), what


def test_texts_share_no_value_and_no_text():
    for what in ("value", "text"):
        found = [{getattr(item, what) for item in texts(split, 30)} - {""} for split in SPLITS]
        # Some of the texts that look like values hold nothing but a placeholder.
        assert found[0] & found[1] <= {text for shapes in DECOY_TEXTS.values() for text in shapes}


def test_the_same_seed_gives_the_same_item(tuning: tuple[Item, ...]):
    again = [made(item.split, item.kind, item.number) for item in tuning[::9]]
    assert again == list(tuning[::9])
    assert list(texts("tuning", 4)) == list(texts("tuning", 4))


def test_fonts_are_there_on_every_machine():
    found = faces()
    assert found[0].name == "Pillow"
    assert found[0].path is None
    assert len({face.name for face in found}) == len(found) >= 4
    assert any("cyrillic" in face.scripts for face in found)
    assert all("latin" in face.scripts for face in found)
