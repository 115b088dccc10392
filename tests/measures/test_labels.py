"""A label tells what the value beside or under it is; other labels and words of interfaces are no values."""

from __future__ import annotations

import pytest

from explorer.measures.labels import Labels, kind_of

from .drawn_lines import line

COMMON = {"total", "notes", "since", "date", "order"}


def told(*lines):
    return [(one.kind, one.line.text[one.start : one.end]) for one in Labels(COMMON).labelled(lines)]


@pytest.mark.parametrize(
    ("label", "kind"),
    [("Name", "PERSON"), ("Card:", "CREDIT_CARD"), ("card number", "CREDIT_CARD"), ("Tax No.", "US_SSN"),
     ("Date of birth", "DATE_TIME"), ("IBAN", "IBAN_CODE"), ("Mobile", "PHONE_NUMBER"), ("Street *", "LOCATION"),
     ("API key", "API_TOKEN"), ("Total", None), ("Cards on file", None), ("", None), ("Namely", None)],
)  # fmt: skip
def test_what_a_label_announces(label, kind):
    assert kind_of(label) == kind


@pytest.mark.parametrize(
    ("label", "value"),
    [("Name", "Juniper Vale"), ("Name", "Vale, Juniper"), ("Tax number", "954053095"), ("Card", "4532-1234-5678-9012"),
     ("Birthday", "28 February 1982"), ("Street", "182Pattern Row"), ("Phone", "2025550123"),
     ("Account", "XX55 5805 9779 0183 7302"), ("Key", "sk_test_EXAMPLEabc123")],
)  # fmt: skip
def test_a_value_under_beside_and_behind_its_label(label, value):
    kind = kind_of(label)
    assert told(line(label, 10, 10), line(value, 20, 40)) == [(kind, value)]
    assert told(line(label, 10, 10), line(value, 190, 12)) == [(kind, value)]
    assert told(line(f"{label}: {value}", 10, 10)) == [(kind, value)]


@pytest.mark.parametrize(
    ("label", "text"),
    [("Name", "Total"), ("Name", "Phone"), ("Name", "4711"), ("Phone", "2024-09-05"), ("Phone", "7"), ("Card", "Gold"),
     ("Tax number", "19 %"), ("Birthday", "Notes"), ("Street", "unknown"), ("Key", "Enter"), ("Name", "")],
)  # fmt: skip
def test_what_cannot_be_such_a_value_is_none(label, text):
    assert told(line(label, 10, 10), line(text or "-", 20, 40)) == []


def test_a_value_far_from_the_label_or_under_another_is_not_told():
    assert told(line("Card", 10, 10), line("4532-1234-5678-9012", 60, 90)) == []
    assert told(line("Card", 10, 10), line("4532-1234-5678-9012", 120, 40)) == []


def test_cells_under_the_head_of_their_column():
    rows = [line("954053095", 10, top) for top in (60, 100, 140)]
    assert len(told(line("Tax number", 10, 10), *rows)) == 3
    assert told(line("Tax number", 10, 10), line("none", 10, 60), line("954053095", 10, 140)) == []


@pytest.mark.parametrize(
    ("text", "can_be"),
    [("Juniper Vale", True), ("Sorrel F. Larkspur", True), ("Ludwig van Quill", True), ("Δvη ευκδη", True),
     ("Harvest Notes", False), ("Ten ideas for a dry summer", False), ("No tes", False), ("Room 4", False),
     ("", False)],
)  # fmt: skip
def test_what_can_stand_among_masked_names(text, can_be):
    assert Labels(COMMON).can_fill("PERSON", text) == can_be
