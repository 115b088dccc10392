"""What a real redaction pass left in its screenshot: a card number, and the name in the title bar."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from explorer.measures.codec import stored
from explorer.scan import extras, picture_reader, words_in_picture
from explorer.scan.views import Mask, View

pytestmark = [pytest.mark.real, pytest.mark.extras("ocr", "ner")]
BARS = ((40, 111, 247, 129), (41, 191, 153, 205), (41, 271, 142, 285))
TITLE_BAR_PX = 50


def look(real: Path, name: str, masks: tuple[Mask, ...]):
    content = (real / "redaction_pairs" / f"openadapt_privacy_{name}.png").read_bytes()
    pixels = np.asarray(Image.open(real / "redaction_pairs" / f"openadapt_privacy_{name}.png").convert("RGB"))
    view = View("s", "s-0000000", 0, None, pixels, stored(content), masks)
    return list(words_in_picture.look(view, picture_reader.read(pixels)))


def test_the_redacted_picture_yields_exactly_what_was_left_in_it(real, monkeypatch):
    monkeypatch.delenv(extras.WITHOUT, raising=False)
    masks = tuple(Mask(str(at), *box, "PERSON", "fill") for at, box in enumerate(BARS))
    person, card = sorted(look(real, "scrubbed", masks), key=lambda one: one.top_px)
    assert (person.entity, card.entity) == ("PERSON", "CREDIT_CARD")
    assert person.top_px + person.height_px <= TITLE_BAR_PX
    assert person.left_px > 150  # "User Profile -" is no part of it
    assert (abs(card.left_px - 40), abs(card.top_px - 350)) <= (6, 10)


def test_the_original_yields_what_the_pass_found_as_well(real, monkeypatch):
    monkeypatch.delenv(extras.WITHOUT, raising=False)
    told = {one.entity for one in look(real, "original", ())}
    assert told == {"PERSON", "CREDIT_CARD", "EMAIL_ADDRESS", "PHONE_NUMBER", "US_SSN"}
