"""Runs of words that may be a name: words of interfaces end them, and scripts do not mix."""

from __future__ import annotations

import time

import pytest

from explorer.measures.name_runs import foreign_scripts, in_order, runs

COMMON = {"open", "order", "copy", "customers", "to", "re"}


def found(text):
    return [text[one.start : one.end] for one in runs(text, COMMON)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Juniper Vale - Customers", ["Juniper Vale"]),
        ("Copy Rosemary Elmwood", ["Rosemary Elmwood"]),
        ("Cloudsley, Sequoia, 3 unread messages", ["Cloudsley, Sequoia"]),
        ("order;Willow E. Inkwell;19.10.250", ["Willow E. Inkwell"]),
        ("told Ludwig van Beethoven of it", ["Ludwig van Beethoven"]),
        ("Jean-Luc O'Neil and Ian McEwan", ["Jean-Luc O'Neil", "Ian McEwan"]),
        ("Open Υάκινθος Πευκίδης", ["Υάκινθος Πευκίδης"]),
        ("杨青松\nOrder", ["杨青松"]),
        ("I\u03c1\u03b9ç Θυμρηζ", ["I\u03c1\u03b9ç Θυμρηζ"]),
        ("JUNIPER VALE", ["JUNIPER VALE"]),
        ("曰 亡 尸", []),
        ("juniper.vale@example.com, icon@2x.png, A-4711", []),
        ("DuckDB GitHub to JavaScript", []),
        ("<PERSON> opened it", []),
        ("", []),
    ],
)
def test_runs(text, names):
    assert found(text) == names


@pytest.mark.parametrize(("name", "said"), [("Vale, Juniper", "Juniper Vale"), ("JUNIPER VALE", "Juniper Vale"),
                                            ("Ana B. Vale", "Ana B. Vale"), ("Vale,", "Vale,")])  # fmt: skip
def test_in_order(name, said):
    assert in_order(name) == said


def test_a_script_is_foreign_where_hardly_anything_is_written_in_it():
    interface = ["Orders and customers of the month", "Open the list of invoices"]
    assert foreign_scripts([*interface, "Дафна Вале"]) == {"CYRILLIC"}
    assert foreign_scripts(["Дафна Вале", "Открыть заказ", "Order"]) == set()
    assert foreign_scripts([]) == set()


@pytest.mark.parametrize(
    "text", ["Aa " * 100_000, "A" * 1_000_000, "a.B" * 300_000, "ا" * 1_000_000, "van " * 250_000]
)
def test_a_long_text_takes_seconds_at_most(text):
    start = time.process_time()
    list(runs(text, COMMON))
    assert time.process_time() - start < 8
