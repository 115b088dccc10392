"""The Overview page: its numbers, what it compares, what it never shows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from streamlit.testing.v1 import AppTest

from explorer.engine.build import build_rollups
from explorer.trace.dataset import create
from explorer.widgets.opened import open_dataset

MAPPING = """
mapping: 1
shape: row_per_step
files: "*.parquet"
session: episode
step: n
sessions: {actor: "'agent'"}
events: {kind: "'click'", x_rel: x, y_rel: y}
"""
Page = Callable[..., AppTest]
Component = Callable[[AppTest, str], dict[str, Any]]
Write = Callable[..., Path]
TOLD = {
    "channels": ["Moves", "clicks", "microphone"], "apps": ["mail", "Calendar"], "regions": ["IE"], "retention_days": 9,
    "purpose": "Learn where people point",
}  # fmt: skip


def texts(app: AppTest) -> list[str]:
    assert not app.exception, app.exception
    return [text.value for text in app.text]


def given(app: AppTest) -> dict[str, dict[str, Any]]:
    """What each browser component was given, by its place and name."""
    blocks = (block.proto for block in app.get("bidi_component"))
    names = [
        (block.component_name.removeprefix("trace_explorer_"), json.loads(block.json)) for block in blocks
    ]
    return {
        f"{name}{sum(other == name for other, _ in names[:i])}": said for i, (name, said) in enumerate(names)
    }


def everything(app: AppTest) -> str:
    return json.dumps([block.proto.json for block in app.get("bidi_component")]) + " ".join(texts(app))


def numbers(app: AppTest) -> dict[str, tuple[str, str]]:
    """Label: number with its units, and what stands below."""
    return {
        figure["label"]: (
            " ".join(word for pair in figure["value"] for word in pair if word),
            figure["below"],
        )
        for figure in given(app)["overview_figures0"]["figures"]
    }


def lines(app: AppTest, table: int) -> list[tuple[str, str, str, bool]]:
    """Label, announced, here, and whether it goes beyond, of each line."""
    groups = given(app)[f"overview_ledger{table}"]["groups"]
    names = ("label", "announced", "here", "is_beyond")
    return [tuple(line[name] for name in names) for group in groups for line in group["lines"]]  # type: ignore[misc]


def people(people_n: int, **columns: Any) -> dict[str, list[dict[str, Any]]]:
    """People with one session each, of the format of real recordings."""
    names = [f"P{i:02}" for i in range(people_n)]
    return {
        "sessions": [{"session_id": f"rrweb-{name}", "participant_id": name, "source_format": "rrweb", **columns}
                     for name in names],
        "participants": [{"participant_id": name, "consent_status": "granted"} for name in names],
    }  # fmt: skip


def moving(session_id: str, *, rows_n: int = 40) -> dict[str, list[dict[str, Any]]]:
    """A pointer that crosses the screen and clicks now and then, from seq 10."""
    moves = [{"session_id": session_id, "seq": 10 + i, "t_us": 100_000 * i, "x_px": i, "y_px": i, "app": "Mail"}
             for i in range(rows_n)]  # fmt: skip
    clicks = [
        {
            "session_id": session_id,
            "seq": 10 + rows_n,
            "t_us": 10,
            "kind": "click",
            "button": "left",
            "x_px": 5,
            "y_px": 5,
        }
    ]
    return {"moves": moves, "events": clicks}


def open_told(root: Path, told: object) -> None:
    """Open a dataset after its announcement was replaced."""
    said = json.loads((root / "dataset.json").read_text())
    (root / "dataset.json").write_text(json.dumps({**said, "announced": told}))
    open_dataset(root)


def test_it_is_the_first_page_and_first_in_the_navigation(first_page: Page, small_open: Path) -> None:
    app = first_page()
    assert [title.value for title in app.title] == ["Overview"]
    links = [link.proto.label for link in app.get("page_link")]
    assert links[:2] == ["Overview", "Sessions"]
    assert links[-1] == "Queries"


def test_the_numbers_of_the_whole_collection(page_of: Page, small_open: Path) -> None:
    app = page_of("overview")
    assert {label: value for label, (value, _) in numbers(app).items()} == {
        "recorded": "2 h 57 min", "people": "8", "sessions": "24", "apps": "7", "weeks": "11", "screenshots": "69",
    }  # fmt: skip
    assert numbers(app)["sessions"][1] == "4 by agents"
    assert numbers(app)["screenshots"][1] == "none covered by redaction"
    assert given(app)["overview_figures0"]["redaction"][0] == "not yet measured"
    assert "whole collection · 24 sessions · 8 known people" in texts(app)


def test_nothing_announced_is_said_and_compares_nothing(page_of: Page, small_open: Path) -> None:
    app = page_of("overview")
    assert any(text.startswith("This dataset does not say what people were told") for text in texts(app))
    assert "overview_findings0" not in given(app)
    assert {line[1] for line in lines(app, 0)} == {"not noted"}


@pytest.mark.parametrize(
    "told", [None, [], "all", {"channels": "all", "apps": 7, "retention_days": True}, {"apps": None}]
)
def test_an_announcement_of_another_shape_is_none(
    page_of: Page, dataset_of: Write, tmp_path: Path, told: object
) -> None:
    open_told(dataset_of(tmp_path / "set", **people(6)), told)
    assert any(text.startswith("This dataset does not say") for text in texts(page_of("overview")))


def test_what_goes_beyond_the_announcement(page_of: Page, dataset_of: Write, tmp_path: Path) -> None:
    who = people(6, started_day=20_000)
    who["sessions"][0]["region"] = "DE"
    rows = [{"session_id": row["session_id"], "seq": 1, "kind": "key_down", "key": "a", "app": "Documents"}
            for row in who["sessions"]]  # fmt: skip
    rows += [{"session_id": "rrweb-P00", "seq": 2, "kind": "click", "app": "Diary"},
             {"session_id": "rrweb-P01", "seq": 2, "kind": "click", "app": "Mail"}]  # fmt: skip
    open_told(dataset_of(tmp_path / "set", **who, events=rows), TOLD)
    app = page_of("overview")
    found = [(finding["head"], finding["note"]) for finding in given(app)["overview_findings0"]["findings"]]
    assert found[:3] == [
        ("1 channel was not announced: keys", "In 6 of 6 sessions"),
        ("2 apps were not announced: Documents and one that fewer than 5 people used", "In 6 of 6 sessions"),
        ("Outside the announced regions: fewer than 5 people", "Announced: IE"),
    ]
    assert found[3][0] == "Recordings are kept longer than announced"
    assert lines(app, 0) == [
        ("Pointer positions", "yes", "none", False), ("Clicks", "yes", "2 rows", False), ("Keys", "no", "6 rows", True),
        ("Typed and copied text", "no", "none", False), ("Screenshots", "no", "none", False),
        ("Window titles", "no", "none", False), ("Page addresses", "no", "none", False),
        ("microphone", "yes", "none", False),
    ]  # fmt: skip
    assert lines(app, 1) == [
        ("Documents", "no", "6 sessions", True), ("1 app used by fewer than 5 people", "no", "withheld", True),
        ("1 app used by fewer than 5 people", "yes", "withheld", False), ("1 other app", "yes", "none", False),
        ("1 region with fewer than 5 people", "no", "withheld", True), ("IE", "yes", "none", False),
    ]  # fmt: skip
    for hidden in ("Diary", '"DE"', "P00"):
        assert hidden not in everything(app)


def test_small_groups_are_neither_named_nor_counted(page_of: Page, dataset_of: Write, tmp_path: Path) -> None:
    who = people(14)
    for i, person in enumerate(who["participants"]):
        person["cohort"] = "night shift" if i < 2 else "day shift"
        person["consent_status"] = ("withdrawn", "unknown", "granted")[min(i, 2)]
    open_dataset(dataset_of(tmp_path / "set", **who))
    facts = {fact["term"]: fact["value"] for i in range(3) for g in given(page_of("overview"))[f"facts{i}"]["groups"]
             for fact in g["facts"]}  # fmt: skip
    assert facts["Smaller groups"] == "13 people"
    assert facts["Agreed"] == "all but 1 to 4 people"
    assert facts["Not known"] == facts["Withdrawn"] == "fewer than 5 people"
    assert "night shift" not in everything(page_of("overview"))


def test_groups_and_consents_that_are_large_enough(page_of: Page, dataset_of: Write, tmp_path: Path) -> None:
    who = people(16)
    for i, person in enumerate(who["participants"]):
        person["cohort"] = ("A", "B")[i % 2]
        person["consent_status"] = "withdrawn" if i < 5 else "granted"
    open_dataset(dataset_of(tmp_path / "set", **who))
    facts = {fact["term"]: fact["value"] for i in range(3) for g in given(page_of("overview"))[f"facts{i}"]["groups"]
             for fact in g["facts"]}  # fmt: skip
    assert (facts["A"], facts["B"]) == ("5 people", "6 people")
    assert (facts["Agreed"], facts["Not known"], facts["Withdrawn"]) == ("11 people", "nobody", "5 people")


def shown(app: AppTest) -> tuple[str | None, str]:
    """The screenshot shown, and why there is none."""
    still = given(app)["overview_still0"]
    return still["frame_id"], still["reason"]


def pictured(frame_row: Any, session_id: str, **redacted: bool) -> dict[str, list[dict[str, Any]]]:
    """Three screenshots: before, while and after the pointer moves."""
    frames = [frame_row(session_id, i, seq=seq) for i, seq in enumerate((0, 10, 90))]
    for frame in frames:
        frame |= {"capture_left_px": 0, "capture_top_px": 0, "scale_x": 1.0, "scale_y": 1.0}
        frame["is_redacted"] = redacted.get(f"f{frame['frame_id'][-1]}", False)
    return {**moving(session_id), "frames": frames}


def test_a_screenshot_without_redaction_is_never_shown(
    page_of: Page, dataset_of: Write, frame_row: Any, tmp_path: Path
) -> None:
    who = people(1)
    open_dataset(dataset_of(tmp_path / "bare", **who, **pictured(frame_row, "rrweb-P00")))
    assert shown(page_of("overview")) == (
        None,
        "No screenshot is shown: no redaction pass covered any of the 3 here.",
    )
    open_dataset(dataset_of(tmp_path / "one", **who, **pictured(frame_row, "rrweb-P00", f0=True)))
    assert shown(page_of("overview")) == ("rrweb-P00-0000000", "")
    open_dataset(
        dataset_of(tmp_path / "all", **who, **pictured(frame_row, "rrweb-P00", f0=True, f1=True, f2=True))
    )
    assert shown(page_of("overview")) == ("rrweb-P00-0000001", ""), "the one on which the pointer moves"


def test_made_up_screenshots_are_shown_as_long_as_all_are_made_up(
    page_of: Page, dataset_of: Write, frame_row: Any, tmp_path: Path
) -> None:
    root = create(tmp_path / "set", synthetic=True).root
    dataset_of(
        root,
        sessions=[{"session_id": "office-1", "source_format": "office"}],
        **pictured(frame_row, "office-1"),
    )
    open_dataset(root)
    assert shown(page_of("overview"))[0] == "office-1-0000001"
    dataset_of(root, **people(1))
    assert shown(page_of("overview"))[0] is None


@pytest.mark.parametrize("scope", ["screenshots", "demo,keystrokes", "screenshots,demonstration"])
def test_a_screenshot_is_shown_only_with_the_consent_it_needs(
    page_of: Page, dataset_of: Write, frame_row: Any, tmp_path: Path, scope: str
) -> None:
    who = people(1)
    who["participants"][0]["consent_scope"] = scope
    everything_redacted = pictured(frame_row, "rrweb-P00", f0=True, f1=True, f2=True)
    open_dataset(dataset_of(tmp_path / "set", **who, **everything_redacted))
    frame_id, reason = shown(page_of("overview"))
    assert frame_id is None
    assert "No screenshot" in reason


def test_the_path_is_placed_on_the_screenshot(
    page_of: Page, dataset_of: Write, frame_row: Any, tmp_path: Path
) -> None:
    tables = pictured(frame_row, "rrweb-P00", f1=True)
    tables["frames"][1] |= {"capture_left_px": 10, "capture_top_px": 0, "scale_x": 2.0, "scale_y": 0.5}
    open_dataset(dataset_of(tmp_path / "set", **people(1), **tables))
    still = given(page_of("overview"))["overview_still0"]
    [line] = still["lines"]
    assert (line[:2], line[-2:]) == ([0, 5], [58, 19]), "left of the picture nothing is drawn"
    assert still["clicks"] == []
    tables["frames"][1]["scale_x"] = None
    open_dataset(dataset_of(tmp_path / "unplaced", **people(1), **tables))
    still = given(page_of("overview"))["overview_still0"]
    assert (still["frame_id"], still["lines"], still["clicks"]) == ("rrweb-P00-0000001", [], [])


def test_a_recording_without_screenshots_times_apps_and_people(
    page_of: Page, dataset_of: Write, tmp_path: Path
) -> None:
    tables = moving("rrweb-1")
    for row in (*tables["moves"], *tables["events"]):
        row |= {"t_us": None, "app": None}
    session = {"session_id": "rrweb-1", "source_format": "rrweb", "duration_us": None, "quality": "no_time"}
    open_dataset(dataset_of(tmp_path / "set", sessions=[session], **tables))
    app = page_of("overview")
    assert {label: value for label, (value, _) in numbers(app).items()} == {
        "recorded": "not known", "people": "not known", "session": "1", "apps": "not known", "weeks": "not known",
        "screenshots": "0",
    }  # fmt: skip
    assert len(given(app)["overview_still0"]["lines"][0]) == 80
    assert "one session, picked by chance · 1 click" in texts(app)
    assert given(app)["overview_ledger1"]["groups"] == []
    consent = [(fact["term"], fact["value"]) for fact in given(app)["facts1"]["groups"][0]["facts"]]
    assert consent == [("Of unknown people", "1 session"), ("Withdrawn", "nobody")]


def test_an_empty_dataset_says_what_to_run(page_of: Page, tmp_path: Path) -> None:
    create(tmp_path / "empty", "Nothing yet")
    open_dataset(tmp_path / "empty")
    app = page_of("overview")
    assert "This dataset has no sessions that can be shown. Bring recordings in with:" in texts(app)
    assert given(app) == {}


def test_damaged_files_are_said_and_hide_what_they_may_speak_of(
    page_of: Page, small: Any, tmp_path: Path
) -> None:
    root = small.write(tmp_path / "set", synthetic=True, sessions_n=6)
    for table in ("frames", "participants"):
        [file] = (root / table).glob("*.parquet")
        file.write_bytes(file.read_bytes()[:-40])
    open_dataset(root)
    app = page_of("overview")
    assert "no sessions that can be shown" in " ".join(texts(app)), "nobody's consent can be read"
    other = small.write(tmp_path / "other", synthetic=True, sessions_n=6)
    [file] = (other / "frames").glob("*.parquet")
    file.write_bytes(file.read_bytes()[:-40])
    open_dataset(other)
    app = page_of("overview")
    assert given(app)["overview_figures0"]["notes"] == ["1 damaged file is left out of every number."]
    assert shown(app)[0] is None


def test_filters_of_other_pages_are_said_to_be_kept(page_of: Page, small_open: Path) -> None:
    notes = given(page_of("overview", app="Mail"))["overview_figures0"]["notes"]
    assert notes == [
        "The filters you chose are kept for the other pages. This page is about the whole collection."
    ]
    assert numbers(page_of("overview", app="Mail"))["sessions"][0] == "24"


def test_hostile_text_reaches_no_markdown(
    page_of: Page, small: Any, dataset_of: Write, tmp_path: Path
) -> None:
    who = people(6)
    hostile = small.HOSTILE[1]
    for person in who["participants"]:
        person |= {"cohort": hostile, "region": hostile}
    rows = [
        {"session_id": row["session_id"], "seq": 1, "kind": "click", "app": hostile}
        for row in who["sessions"]
    ]
    told = {"channels": [hostile], "apps": [hostile], "regions": [hostile, "|"], "purpose": hostile}
    open_told(dataset_of(tmp_path / "set", **who, events=rows), told)
    app = page_of("overview")
    assert lines(app, 1)[0][:2] == (hostile[:60].rstrip() + "…", "yes")
    for kind in ("markdown", "caption", "html", "header", "button"):
        for element in app.get(kind):
            said = str(getattr(element, "value", "")) + str(getattr(element, "label", ""))
            assert "192.0.2.1" not in said, kind


def test_parquet_of_others_through_a_mapping(page_of: Page, tmp_path: Path) -> None:
    rows = {"episode": ["a", "a"], "n": [0, 1], "x": [0.25, 0.5], "y": [0.5, 0.75]}
    pq.write_table(pa.table(rows), tmp_path / "steps.parquet")
    (tmp_path / "m.yaml").write_text(MAPPING)
    open_dataset(tmp_path, str(tmp_path / "m.yaml"))
    app = page_of("overview")
    assert numbers(app)["session"] == ("1", "1 by an agent")
    assert lines(app, 0)[1][:3] == ("Clicks", "not noted", "2 rows")
    assert shown(app)[0] is None


def test_fresh_rollups_and_raw_rows_give_the_same_page(page_of: Page, small: Any, tmp_path: Path) -> None:
    root = small.write(tmp_path / "set", synthetic=True, sessions_n=9)
    open_dataset(root)
    before = everything(page_of("overview"))
    build_rollups(root)
    assert any((root / "rollups" / "session_channels").glob("*.parquet"))
    open_dataset(root)
    assert everything(page_of("overview")) == before
