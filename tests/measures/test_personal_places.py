"""Streets, machines, folders, names after titles, and values in addresses, beside what only looks like them."""

from __future__ import annotations

import time

import pytest

from explorer.measures import address_values, masked_shapes, personal_places
from explorer.measures.masked_shapes import Names, Shapes

HOME = "/" + "home"


def found(text: str) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in personal_places.found(text)]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("USER_PATH", f"{HOME}/fernw/list.csv", "fernw"),
        ("USER_PATH", "C:\\Users\\Fern.Wild\\Desktop", "Fern.Wild"),
        ("USER_PATH", "file:///C:/Users/fern/list.html", "fern"),
        ("HOST_NAME", "on ELMWOOD-PC now", "ELMWOOD-PC"),
        ("HOST_NAME", "http://ferns-laptop.office.example:8080/", "ferns-laptop.office.example"),
        ("HOST_NAME", "DESKTOP-4F7K2QX", "DESKTOP-4F7K2QX"),
        ("HOST_NAME", "\\\\elmwood7\\share", "elmwood7"),
        ("IP_ADDRESS", "http://192.0.2.7:80/", "192.0.2.7"),
        ("IP_ADDRESS", "ping 2001:db8::1:20", "2001:db8::1:20"),
        ("LOCATION", "27 Example Street", "27 Example Street"),
        ("PHONE_NUMBER", "555-0142\n", "555-0142"),
        ("PERSON", "Dear Ms Vale,", "Ms Vale"),
        ("PERSON", "Dr. Juniper Vale came", "Dr. Juniper Vale"),
    ],
)
def test_forms(kind, text, value):
    assert (kind, value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{HOME}/", "C:\\Users\\Public\\x", "127.0.0.1:8501", "localhost", "version 3.12.401", "1.2.3.4.5", "12:30:45",
        "27 orders today", "5 Way", "1999-2024", "978-0-12-345678-9", "Mr", "Dr who", "a::b",
        "std::vector", "999.1.1.1",
    ],
)  # fmt: skip
def test_what_only_looks_like_one(text):
    assert found(text) == []


def test_an_address_without_escapes_keeps_its_places():
    text = "x?q=J%C3%BCrgen%20Lee&p=1"
    plain, starts = address_values.unescaped(text)
    assert plain == "x?q=Jürgen Lee&p=1"
    assert len(starts) == len(plain) + 1
    at = plain.index("Lee")
    assert text[starts[at] : starts[at + 3]] == "Lee"
    assert text[starts[5] : starts[6]] == "%C3%BC"


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("a?find=Ann%20Lee", 1),
        ("a?page=12", 0),
        ("a?q=%3CPERSON%3E", 0),
        ("a?q=42x1", 0),
        ("a#/x;user=lee", 1),
    ],
)
def test_values_of_a_query(text, n):
    assert len(address_values.found(text)) == n


def test_a_look_that_is_masked_elsewhere():
    shapes = Shapes(["<PERSON> - Customers", "https://x.example/#/c1049/<PERSON>?find=<PERSON>", "<PERSON>"])
    bare = shapes.bare("Hazel Pennywort - Customers")
    assert bare is not None
    assert (bare.entity, bare.start, bare.end) == ("PERSON", 0, 15)
    address = "https://x.example/#/c2222/hazel-pennywort?find=Hazel"
    bare = shapes.bare(address)
    assert bare is not None
    assert address[bare.start : bare.end] == "hazel-pennywort"
    for plain in (
        "New customer - Customers",
        "<PERSON> - Customers",
        "Hazel Pennywort",
        "Hazel Pennywort - Mail",
    ):
        assert shapes.bare(plain) is None


def test_names_are_found_again_however_they_are_written():
    names = Names(["Hazel Pennywort", "Juniper%20Vale", "Solo"])
    text = "to hazel-pennywort, Juniper Vale; HAZEL PENNYWORT. hazelpennywort solo"
    assert [text[a:b] for a, b in names.found(text)] == ["hazel-pennywort", "Juniper Vale", "HAZEL PENNYWORT"]
    assert list(Names([]).found(text)) == []


@pytest.mark.parametrize(
    "piece", ["a", "1", "a.", "1.1.1.", ":", "%C3", "/users/", "A ", "a-pc-", "?q=", "0:", "Ms A", "12 Aa "]
)
def test_time_is_linear_in_the_length(piece):
    text = (piece * (200_000 // len(piece)))[:200_000]
    start = time.process_time()
    personal_places.found(text)
    address_values.found(text)
    masked_shapes.is_name(text)
    Names(["Hazel Pennywort"]).found(text)
    assert time.process_time() - start < 3
