"""Every check finds something in the dataset, and every finding leads to a place: in the replay, or in words.

A new check or kind fails here until the dataset holds an example of it, and its findings can be looked at.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from explorer.engine import Engine, open_engine
from explorer.measures.read_lines import Word
from explorer.scan import extras, names, picture_reader, registry
from explorer.scan.finding import KINDS, UNREAD
from explorer.scan.listed import Choice
from explorer.scan.names import Named
from explorer.scan.run import all_jobs
from explorer.scan.words import KIND_HINTS
from explorer.scan.work import work
from explorer.widgets.assets import assets
from explorer.widgets.finding_place import PLACES
from explorer.widgets.finding_rows import rows_of
from explorer.widgets.findings_state import findings
from explorer.widgets.opened import open_dataset
from tests.found_dataset import keep_scan

from .dataset import write_dataset
from .file_cases import OTHER_BOUND, SECRET, TOKEN
from .picture_cases import MAIL
from .text_cases import PERSON, PHONE

Row = dict[str, Any]


def with_extras(patch: pytest.MonkeyPatch) -> None:
    """A reader that reads a value in the first picture, and a model that knows one name."""
    words = iter([[[Word(MAIL, (20, 40, 180, 56))]]])
    patch.delenv(extras.WITHOUT, raising=False)
    patch.setattr(extras, "_are_installed", lambda modules: True)
    patch.setattr(extras.metadata, "version", lambda package: "1.0")
    patch.setattr(picture_reader, "read", lambda pixels: next(words, []))
    patch.setattr(names, "named", lambda texts: [
        [Named(one.index(PERSON), one.index(PERSON) + len(PERSON), names.SURE_VOTES)] if PERSON in one else []
        for one in texts
    ])  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The dataset."""
    with closing(
        open_engine(write_dataset(tmp_path_factory.mktemp("kinds") / "set"), time_limit_ms=0)
    ) as opened:
        yield opened


@pytest.fixture(scope="module")
def rows(engine: Engine) -> list[Row]:
    """Its findings as the page's list gets them."""
    with pytest.MonkeyPatch.context() as patch:
        with_extras(patch)
        found = [one for job in all_jobs(engine) for one in work(engine, job).found]
        keep_scan(engine, found)
        open_dataset(Path(engine.dataset.root))
        judged = findings()
        listed = rows_of(judged, Choice(), range(len(judged.found.listed)), [1] * len(judged.found.listed))
    assert len(listed) == len(found)
    return listed


def test_every_check_and_every_kind_has_an_example(rows: list[Row]) -> None:
    checks = {check.name for check in (*registry.CHECKS, *registry.EXTRA_CHECKS.values())}
    found = {name for row in rows for name in row["check"].split(" ")[0].split("+")}
    assert found - {"scan"} == checks
    assert {row["kind"] for row in rows} == set(KINDS)
    assert set(KIND_HINTS) == set(KINDS)


def test_a_mask_that_leaves_nothing_of_its_picture_is_not_called_too_small(rows: list[Row]) -> None:
    assert {row["kind"] for row in rows if row["session"] == "case-window-masked"} == {"window_masked"}


def test_every_finding_leads_to_a_place(engine: Engine, rows: list[Row]) -> None:
    for row in rows:
        assert row["where"], row
        if row["href"]:
            address = {name: value for name, [value] in parse_qs(urlsplit(row["href"]).query).items()}
            assert (address["id"], address["what"], row["look"]) == (row["session"], row["kind"], "")
            assert leads_somewhere(engine, address, row), row
        else:
            assert row["session"] == ""
            assert row["look"], row


def leads_somewhere(engine: Engine, address: dict[str, str], row: Row) -> bool:
    """Whether a link names a picture of its session with the finding's box, or rows that the session has; or both."""
    place = address.get("place")
    if "on" in address:
        assert address["on"] in held(engine, "scan/frames", address["id"], "frame_id"), row
        box = row["box"] and ",".join(map(str, row["box"]))
        assert address.get("box") == box
        # What is told of a text beside a picture points at the text as well.
        assert (place is not None) == (row["channel"] != "frame")
    if place in (None, "task"):
        return "on" in address or row["channel"] == "task"
    if place == "session":
        return bool(row["kind"] == UNREAD)
    first, last = map(int, address["rows"].split("-"))
    query, column = ("sessions/steps", "step") if place == "step" else ("replay/events", "seq")
    return place in PLACES and {first, last} <= held(engine, query, address["id"], column)


@cache
def held(engine: Engine, query: str, session_id: str, column: str) -> frozenset[Any]:
    """The values of a column of a session."""
    return frozenset(engine.run(query, {"session_id": session_id})[column].to_pylist())


def test_the_player_knows_every_place_and_its_rows() -> None:
    source = assets().files["player/found.js"][0].decode()
    known = re.search(r"const PLACES = .*?\(\{(.*?)\}\)", source, re.DOTALL)
    assert known is not None
    assert set(re.findall(r"(\w+): '", known[1])) == set(PLACES)


def test_no_value_is_in_what_the_page_gets(rows: list[Row]) -> None:
    given = json.dumps(rows, ensure_ascii=False)
    for value in (MAIL, PHONE, SECRET, TOKEN, PERSON, OTHER_BOUND.decode(), "Stone", "4000-0000"):
        assert value not in given
