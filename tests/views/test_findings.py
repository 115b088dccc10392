"""The Findings page: what it says of a scan, of none, of an old or a damaged one; addresses; what the list is given."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from explorer.engine import open_engine
from explorer.scan import folder, registry
from explorer.scan.finding import UNREAD
from explorer.scan.listed import NO_APP, Choice
from explorer.scan.words import KIND_HINTS
from explorer.store import open_dismissals
from explorer.widgets import finding_words
from explorer.widgets.finding_place import finding_moment, place_of
from explorer.widgets.finding_rows import where
from explorer.widgets.findings_state import address_of, choice_of, findings
from explorer.widgets.opened import engine, open_dataset
from explorer.widgets.overview_findings import scanned as scan_cards
from tests.engine.mapped_shapes import step_folder
from tests.found_dataset import HOSTILE, box, found, keep_scan, scanned

Page = Callable[..., AppTest]
Component = Callable[[AppTest, str], dict[str, Any]]


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def shown(small_root: Path) -> Path:
    """The small dataset with a made scan is the one that is shown."""
    open_dataset(scanned(small_root))
    return small_root


def said(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(text.value for text in app.text)


@pytest.mark.usefixtures("shown")
def test_the_head_says_what_was_found_and_what_was_not_looked_at(page_of: Page) -> None:
    words = said(page_of("findings"))
    assert "9 findings in 2 sessions: 5 high, 1 medium, 1 low, 2 risk" in words
    assert (
        "Looked at 60 pictures, 12 masks, 400 rows with text, 90 distinct texts and 300 key presses" in words
    )
    assert "1 finding of sessions or channels that consent does not cover now are left out" in words
    assert all(f"– {what}: {why}" in words for what, why in registry.NOT_LOOKED_AT.items())
    assert "safe" not in words.lower()


@pytest.mark.usefixtures("shown")
def test_the_list_gets_a_page_counts_and_words(page_of: Page, component: Component) -> None:
    given = component(page_of("findings", severity="high", cohort="pilot"), "findings")
    assert given["rows_n"] == len(given["rows"]) == 5
    facets = {facet["name"]: facet["values"] for facet in given["facets"]}
    assert [value["value"] for value in facets["severity"]] == ["high", "medium", "low", "risk"]
    [high, medium, *_] = facets["severity"]
    assert (high["is_chosen"], high["href"]) == (True, "findings?cohort=pilot")
    assert medium["href"] == "findings?cohort=pilot&severity=medium"
    assert {state: one["n"] for state, one in given["states"].items()} == {
        "open": 5,
        "dismissed": 0,
        "all": 5,
    }
    assert given["files"]["csv"] == "findings/fixes.csv?severity=high"
    assert given["words"]["kinds"]["new_kind"] == ["new kind", ""]
    assert "P0" not in json.dumps(given)


@pytest.mark.usefixtures("shown")
def test_hostile_addresses_list_nothing_and_break_nothing(page_of: Page, component: Component) -> None:
    odd = {
        "kind": HOSTILE,
        "severity": "' OR 1=1 --",
        "show": "everything",
        "session": "../" * 200,
        "app": "-",
    }
    given = component(page_of("findings", **odd), "findings")
    assert given["rows"] == []
    assert given["state"] == "open"
    assert "Choose a filter again" in given["empty"]


@pytest.mark.usefixtures("shown")
def test_dismissed_findings_are_counted_and_listed_apart(page_of: Page, component: Component) -> None:
    ids = findings().found.listed.ids
    store = open_dismissals(engine().dataset.dataset_id)
    store.dismiss(ids[:1], reason="hint_text")
    app = page_of("findings")
    assert "8 findings in 2 sessions" in said(app)
    assert component(app, "findings")["states"]["dismissed"]["n"] == 1
    [row] = component(page_of("findings", show="dismissed"), "findings")["rows"]
    assert (row["id"], row["dismissed"]["reason"]) == (ids[0], "hint_text")
    store.dismiss(ids, reason="allowed")
    assert "No open finding" in said(page_of("findings"))


@pytest.mark.usefixtures("small_open")
def test_without_a_scan_the_page_says_how_to_have_one(page_of: Page) -> None:
    app = page_of("findings")
    words = said(app)
    assert "was not scanned yet" in words
    assert "pictures and" in words
    assert "on one processor" in words
    assert app.code[0].value == "trace-explorer scan DATASET"


@pytest.mark.usefixtures("small_open")
def test_a_scan_that_is_not_whole_goes_on(page_of: Page) -> None:
    now = folder.state_of(engine())
    now.folder.mkdir(parents=True)
    (now.folder / "job-0000000.parquet").write_bytes(b"")
    assert "begun and is not whole yet" in said(page_of("findings"))


def test_an_old_scan_is_shown_and_marked(shown: Path, page_of: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "versions", lambda: "another=1")
    words = said(page_of("findings"))
    assert "Out of date: the checks changed since this scan." in words
    assert "9 findings in 2 sessions" in words
    assert "Out of date" in scan_cards()[0].note


def test_a_scan_that_found_nothing_is_no_proof(small_root: Path, page_of: Page) -> None:
    with closing(open_engine(small_root)) as opened:
        keep_scan(opened, [])
    open_dataset(small_root)
    words = said(page_of("findings"))
    assert "The checks found nothing" in words
    assert "no proof that nothing is there" in words
    assert "3 things were not looked at at all" in words
    assert scan_cards() == []


def test_findings_of_people_who_withdrew_are_gone(
    dataset_of: Callable[..., Path], frame_row: Callable[..., Any], page_of: Page, tmp_path: Path
) -> None:
    people = [{"participant_id": "p1", "consent_status": "withdrawn"},
              {"participant_id": "p2", "consent_status": "granted", "consent_scope": "keystrokes"}]  # fmt: skip
    root = dataset_of(
        tmp_path / "set", participants=people, frames=[frame_row("a", 0, seq=0), frame_row("b", 0, seq=0)],
        sessions=[{"session_id": "a", "participant_id": "p1"}, {"session_id": "b", "participant_id": "p2"}],
    )  # fmt: skip
    with closing(open_engine(root)) as opened:
        keep_scan(opened, [found("a", channel="typed"), found("b", frame_id="b-0000000", **box(1, 1, 5, 5)),
                           found("b", channel="window_title")])  # fmt: skip
    open_dataset(root)
    words = said(page_of("findings"))
    assert "of sessions or channels that consent does not cover now" in words
    assert len(findings().found.listed) == 0


def test_damaged_findings_are_said(shown: Path, page_of: Page) -> None:
    (folder.state_of(engine()).folder / folder.FINDINGS).write_bytes(b"PAR1")
    words = said(page_of("findings"))
    assert "The findings of the last scan are damaged. Scan again:" in words


def test_a_damaged_store_is_said(shown: Path, page_of: Page, state: Path) -> None:
    open_dismissals(engine().dataset.dataset_id).dismiss(["1" * 32], reason="allowed")
    [store] = state.rglob("*.sqlite")
    store.write_bytes(b"no database" * 99)
    assert "is damaged" in said(page_of("findings"))
    assert scan_cards() == [], "the overview does without"


@pytest.mark.usefixtures("shown")
def test_the_overview_leads_to_the_findings() -> None:
    [card] = scan_cards()
    assert card.head.startswith("Scan: 9 findings in 2 sessions")
    assert card.href == "findings"


@pytest.mark.parametrize(
    "choice",
    [Choice(), Choice(severity="high", kind="weak_mask", channel="frame", app="A & B", session_id="s", state="all"),
     Choice(app=NO_APP), Choice(kind=UNREAD, state="dismissed")],
)  # fmt: skip
def test_a_choice_survives_its_address(choice: Choice) -> None:
    assert choice_of(address_of(choice)) == choice


def test_the_place_of_a_finding_survives_its_address() -> None:
    picture = _row(found("s", frame_id="s-0000001", seq=4, **box(-5, 2, 30, 40)))
    assert place_of(finding_moment(picture)) == {
        "words": "mask that lets something through", "frame": "s-0000001", "box": [-5, 2, 30, 40], "place": None,
        "rows": None, "chars": None, "hint": KIND_HINTS["weak_mask"], "has_text": True,
    }  # fmt: skip
    title = _row(found("s", "readable_text", "window_title", seq=4, seq_end=9, char_start=0, char_end=7))
    assert place_of(finding_moment(title)) == {
        "words": "personal value in a text", "frame": None, "box": None, "place": "title", "rows": [4, 9],
        "chars": [0, 7], "hint": KIND_HINTS["readable_text"], "has_text": True,
    }  # fmt: skip
    beside = _row(replace(found("s", "masked_beside", "url", seq=4, char_start=0, char_end=7, **box(1, 2, 3, 4)),
                          frame_id="s-0000001"))  # fmt: skip
    read = place_of(finding_moment(beside))
    assert read is not None
    assert [read[name] for name in ("frame", "box", "place", "rows", "chars")] == [
        "s-0000001", [1, 2, 3, 4], "url", [4, 4], [0, 7]
    ]  # fmt: skip
    told = place_of(finding_moment(_row(found("s", "length_told", "typed", seq=4, seq_end=9))))
    assert told is not None
    assert (told["place"], told["has_text"]) == ("typed", False)
    assert finding_moment(_row(found("s", "later_kind", "later_channel", seq=3)))["place"] == "row"
    assert finding_moment(_row(found("s", "later_kind", "task"))) == {"place": "task"}
    assert finding_moment(_row(found("s", channel="later_channel"))) == {
        "what": "weak_mask",
        "place": "session",
    }


@pytest.mark.parametrize(
    "address",
    [{}, {"what": "weak_mask"}, {"place": "nowhere"}, {"place": HOSTILE, "rows": "1-2"}, {"box": "1,2,3,4"}],
)
def test_an_address_without_a_place_names_no_finding(address: dict[str, str]) -> None:
    assert place_of(address) is None


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "1,2,3,x", "1,2,3,4,5", "1,2,3,4e9", "1,2,3," + "9" * 17, "²,1,1,1"]
)
def test_numbers_that_are_none_are_left_out(text: str) -> None:
    read = place_of({"on": "f", "box": text, "what": HOSTILE})
    assert read is not None
    assert (read["box"], read["words"]) == (None, "finding")


def test_places_in_words() -> None:
    assert where(_row(found("s", frame_id="f", **box(1, 2, 30, 40)))) == "30 × 40 px at 1, 2"
    assert where(_row(found("s", frame_id="f"))) == "whole picture"
    title = found("s", channel="window_title", seq=3, seq_end=1_009, rows_n=40, char_start=0, char_end=7)
    assert where(_row(title)) == "window title, rows 3 to 1,009 (40 of them), characters 1 to 7"
    assert where(_row(replace(title, seq_end=None, char_end=None))) == "window title, row 3"
    assert where(_row(found("", channel="file"))) == "file"
    in_file = _row(found("", channel="later")) | {"file": "events/part.parquet", "row_group": 1_200}
    assert where(in_file) == "later, file events/part.parquet, row group 1,200"
    named = in_file | {"channel": "file", "source_column": "extra"}
    assert where(named) == "file events/part.parquet, row group 1,200, column extra"
    assert where(named | {"row_group": None, "source_column": None, "kind": "readable_text"}).endswith(
        "its footer"
    )
    beside = _row(replace(title, frame_id="f", seq_end=None, **box(1, 2, 30, 40)))
    assert (
        where(beside) == "window title, row 3, characters 1 to 7, masked in the picture: 30 × 40 px at 1, 2"
    )


def test_how_long_a_scan_takes_is_told_roughly() -> None:
    def told(frames_n: int, events_n: int = 0) -> str:
        return finding_words.scan_time([{"frames_n": frames_n, "events_n": events_n, "steps_n": 0}])

    assert told(10).startswith("10 pictures and 0 rows: a few seconds")
    assert "about 50 s" in told(886, 60_000)
    assert "about 10 min on" in told(10_000)
    assert "about 16 h on" in told(1_000_000)


def _row(finding: Any) -> dict[str, Any]:
    return {name: getattr(finding, name) for name in finding.__dataclass_fields__}


def test_parquet_of_others_is_imported_first(page_of: Page, tmp_path: Path) -> None:
    root = step_folder(tmp_path / "steps")
    open_dataset(root, str(root / "m.yaml"))
    app = page_of("findings")
    assert "cannot be scanned: import it first" in said(app)
    assert not app.code
