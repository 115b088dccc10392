"""The way from a list of findings to a replay and back to the same line: addresses, odd ones, what pages are given."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from explorer.scan.finding import UNREAD
from explorer.scan.listed import NO_APP, Choice
from explorer.widgets.finding_way import finding_of, way_back, way_there
from explorer.widgets.findings_state import findings
from explorer.widgets.opened import open_dataset
from tests.found_dataset import HOSTILE, scanned

Page = Callable[..., AppTest]
Component = Callable[[AppTest, str], dict[str, Any]]
ID = "0123456789abcdef" * 2


@pytest.fixture
def listed(small_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the findings of a made scan of the small dataset, which is shown."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    open_dataset(scanned(small_root))
    return findings().found.listed.ids


@pytest.mark.parametrize(
    "choice",
    [Choice(), Choice(app=NO_APP), Choice(kind=UNREAD, state="dismissed", has_repeats=True),
     Choice(severity="high", kind="weak_mask", channel="frame", app="A & B", session_id="s/1", state="all")],
)  # fmt: skip
def test_the_way_back_leads_to_the_same_list_and_line(choice: Choice) -> None:
    there = way_there(choice, ID)
    others = {"id": "s/1", "app": "Mail", "cohort": "pilot", "what": "weak_mask", "t": "12"}
    assert not set(there) & set(others)
    back = urlsplit(way_back(others | there))
    assert back.path == "findings"
    given = dict(parse_qsl(back.query))
    assert given.pop("finding") == finding_of(there) == ID
    assert given == {name.removeprefix("list_"): value for name, value in there.items() if name != "finding"}


@pytest.mark.parametrize(
    ("address", "back"),
    [
        ({}, "findings"),
        ({"finding": "", "list_kind": "", "list_": "x", "list_show": ""}, "findings"),
        ({"finding": ID.upper(), "list_show": "everything", "list_repeats": "1"}, "findings"),
        ({"finding": ID + "0", "list_finding": ID, "list_id": "s", "list_cohort": "c"}, "findings"),
        ({"finding": f"{ID}\n"}, "findings"),
        ({"finding": HOSTILE, "list_kind": "../x?y=1#z&app=a"}, "findings?kind=..%2Fx%3Fy%3D1%23z%26app%3Da"),
        ({"list_session": "a" * 999}, f"findings?session={'a' * 200}"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_left_out_of_the_way_back(address: dict[str, str], back: str) -> None:
    assert way_back(address) == back


def test_the_list_begins_at_the_line_that_the_address_names(
    listed: list[str], page_of: Page, component: Component
) -> None:
    given = component(page_of("findings", cohort="pilot"), "findings")
    assert given["at"] is None
    for at in (0, 4):
        row = given["rows"][at]
        named = component(page_of("findings", cohort="pilot", finding=row["id"]), "findings")
        assert named == given | {"at": at}
    for odd in ("", HOSTILE, ID, "é" * 32):
        assert component(page_of("findings", finding=odd), "findings")["at"] is None
    mask = next(row for row in given["rows"] if row["kind"] == "weak_mask" and row["channel"] == "frame")
    assert component(page_of("findings", severity="low", finding=mask["id"]), "findings")["at"] is None


def test_the_replay_leads_back_to_the_list(listed: list[str], page_of: Page, component: Component) -> None:
    given = component(page_of("findings", severity="high", channel="frame"), "findings")
    row = next(row for row in given["rows"] if row["kind"] == "weak_mask")
    asked = dict(parse_qsl(urlsplit(row["href"]).query))
    assert set(listed) >= {asked["finding"]}
    player = component(page_of("replay", **asked), "player")
    assert player["finding"]["list_href"] == f"findings?severity=high&channel=frame&finding={row['id']}"
    bare = {name: asked[name] for name in ("id", "what", "on", "box")}
    odd = bare | {"finding": HOSTILE, "list_show": HOSTILE, "list_app": ""}
    for address in (bare, odd):
        assert component(page_of("replay", **address), "player")["finding"]["list_href"] == "findings"
    assert component(page_of("replay", id=asked["id"], finding=row["id"]), "player")["finding"] is None
