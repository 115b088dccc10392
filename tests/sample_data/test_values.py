"""Personal values are found where they stand, in text and in what was typed."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Juniper Vale - Customers", [("PERSON", "Juniper Vale")]),
        ("Dear Ms Finch,", [("PERSON", "Ms Finch")]),
        ("#/c1049/juniper-vale?find=Juniper%20Vale", [("PERSON", "juniper-vale"), ("PERSON", "Juniper%20Vale")]),
        ("call 555-0143 or a.b@example.com", [("PHONE_NUMBER", "555-0143"), ("EMAIL_ADDRESS", "a.b@example.com")]),
        ("find=heather.stone%40example.net", [("EMAIL_ADDRESS", "heather.stone%40example.net")]),
        ("4111 1111 1111 1111, 987-65-4321", [("CREDIT_CARD", "4111 1111 1111 1111"), ("US_SSN", "987-65-4321")]),
        ("born 14 June 1974 in 44 Fixture Way", [("DATE_TIME", "14 June 1974"), ("LOCATION", "44 Fixture Way")]),
        ("Old Mill Garden Club, order 4127", []),
    ],
)  # fmt: skip
def test_values_in_text(recorder, text, found):
    assert [(span.entity, text[span.start : span.end]) for span in recorder("values").spans(text)] == found


def keys(text: str) -> list[dict[str, object]]:
    """Presses and releases; `<` is Backspace."""
    rows: list[dict[str, object]] = []
    for letter in text:
        key = "Backspace" if letter == "<" else letter
        rows += [
            {"type": kind, "key": key, "code": f"K{key}", "ctrl": False, "alt": False}
            for kind in ("keydown", "keyup")
        ]
    return rows


def test_typed_values_have_the_keys_that_spell_them_slips_included(recorder):
    log = keys("Hi Ms Vsx<<ale!")
    [typed] = recorder("values").typed_values(log)
    assert typed.text == "Ms Vale"
    spelled = "".join(str(log[place]["key"]) for place in typed.places if log[place]["type"] == "keydown")
    assert spelled == "Ms Vsxale"


def test_a_click_or_a_chord_ends_what_is_typed(recorder):
    click = [{"type": "mousedown"}]
    [typed] = recorder("values").typed_values([*keys("Ms "), *click, *keys("Vale!")])
    assert typed.text == "Vale"


def test_a_placeholder_stands_where_the_value_stood(recorder):
    text, placed = recorder("redactor").masked_text(
        "Letter to Marigold Finch, 555-0177", recorder("values").spans("Letter to Marigold Finch, 555-0177")
    )
    assert text == "Letter to <PERSON>, <PHONE_NUMBER>"
    assert [text[span.start : span.end] for span in placed] == ["<PERSON>", "<PHONE_NUMBER>"]
    assert recorder("values").spans(text) == []
