"""The heatmaps page: what is drawn and said, and that nothing of few people is."""

from __future__ import annotations

import base64
import importlib.util
import io
import json
import zlib
from collections.abc import Callable
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from explorer.charts.map_colours import EVEN
from explorer.engine.build import build_rollups
from explorer.trace.dataset import create
from explorer.widgets.filter_bar import MIN_PEOPLE
from explorer.widgets.map_answers import answer
from explorer.widgets.map_one import notes_on
from explorer.widgets.map_state import Cell, MapState
from explorer.widgets.opened import open_dataset, run
from explorer.widgets.url_state import Filters

Page = Callable[..., AppTest]
Component = Callable[[AppTest, str], dict[str, Any]]


@pytest.fixture(scope="session")
def pointed() -> ModuleType:
    """The module that writes the dataset."""
    path = Path(__file__).parent.parent / "server" / "pointed_dataset.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def pointed_root(
    pointed: Any, dataset_of: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    root: Path = pointed.write(tmp_path_factory.mktemp("pointed") / "set", dataset_of)
    build_rollups(root)
    return root


@pytest.fixture
def page(pointed_root: Path, page_of: Page, show: Callable[[Path], Path]) -> Page:
    """The page over that dataset, with an address."""
    show(pointed_root)

    def run(**address: str) -> AppTest:
        app = page_of("heatmaps", **address)
        assert not app.exception, app.exception
        return app

    return run


def texts(app: AppTest) -> list[str]:
    return [text.value for text in app.text]


def said(app: AppTest) -> str:
    return " | ".join(texts(app))


def maps(app: AppTest, component: Component) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = component(app, "heat_map")["maps"]
    return found


def values(shown: dict[str, Any]) -> dict[int, tuple[int, int]]:
    """Value and people of each cell that the browser gets."""
    content = zlib.decompress(base64.b64decode(shown["cells"]))
    n = int(np.frombuffer(content, "<u4", 1)[0])
    cells = np.cumsum(np.frombuffer(content, "<u4", n, 4))
    amounts = np.frombuffer(content, "<i4", n, 4 + 4 * n)
    people = np.frombuffer(content, "<u2", n, 4 + 8 * n)
    return {int(c): (int(v), int(p)) for c, v, p in zip(cells, amounts, people, strict=True)}


def levels(shown: dict[str, Any]) -> np.ndarray:
    with Image.open(io.BytesIO(base64.b64decode(shown["layer"].partition(",")[2]))) as picture:
        return np.asarray(picture)


def counted(root: Path, table: str, columns_n: int, **chosen: str) -> dict[int, tuple[int, int]]:
    """Rows and people of each cell of at least five people, from the files alone, by pixels and screen sizes."""
    rows, screens, sessions = (
        pd.concat(pq.read_table(path).to_pandas() for path in (root / name).glob("*.parquet"))
        for name in (table, "displays", "sessions")
    )
    rows = rows.merge(screens[["session_id", "width_px", "height_px"]], on="session_id")
    rows = rows.merge(sessions[["session_id", "participant_id"]], on="session_id")
    for name, value in chosen.items():
        rows = rows[rows[name] == value]
    across, down = rows.x_px / rows.width_px, rows.y_px / rows.height_px
    rows = rows[(across >= 0) & (across < 1) & (down >= 0) & (down < 1)]
    column = (rows.x_px * columns_n) // rows.width_px
    row = (rows.y_px * (columns_n * 9 // 16)) // rows.height_px
    cells = rows.groupby((row * columns_n + column).astype(int)).participant_id
    return {
        cell: (int(n), int(people))
        for cell, n, people in zip(cells.size().index, cells.size(), cells.nunique(), strict=True)
        if people >= 5
    }


def test_every_value_is_that_of_the_files(page: Page, component: Component, pointed_root: Path) -> None:
    [shown] = maps(page(), component)
    assert shown["columns"] == 96
    found, wanted = values(shown), counted(pointed_root, "moves", 96)
    # One cell of five people or more may be withheld beside those of few, so that none is told by subtraction.
    assert set(wanted) - set(found) <= {min(wanted, key=lambda cell: (wanted[cell][1], cell))}
    assert found == {cell: wanted[cell] for cell in found}
    assert shown["words"] == {
        "format": "count",
        "one": "move",
        "many": "moves",
        "none": "none, or of fewer than 5 people",
    }


def test_screens_of_all_sizes_meet_in_one_picture(page: Page, component: Component, pointed: Any) -> None:
    [shown] = maps(page(kind="click", app="Sheet"), component)
    places = [divmod(cell, shown["columns"]) for cell in values(shown)]
    x, y = pointed.NORTH
    assert all(x - 0.03 <= column / shown["columns"] <= x + 0.03 for _, column in places)
    assert all(y - 0.03 <= row / shown["rows"] <= y + 0.03 for row, _ in places)
    assert places


def test_what_stands_behind_the_map_is_said(page: Page) -> None:
    # 16 people move 100 times, one of them ten times more, and everybody once beside the screen.
    told = said(page())
    assert (
        "16 people · 16 sessions · 1,626 moves · 16 off screen · 0 of unknown screen · 100 on estimated screens"
        in told
    )
    assert "withheld (cells of fewer than 5)" in told
    assert "16 sessions · 16 people" in texts(page())[0]


def test_people_are_counted_once(page: Page, component: Component) -> None:
    [shown] = maps(page(by="people"), component)
    assert {value for value, _ in values(shown).values()} <= {16, 12, 6}
    assert shown["words"]["format"] == "people"


def test_rest_is_said_in_seconds(page: Page, component: Component) -> None:
    [shown] = maps(page(kind="dwell"), component)
    assert shown["words"]["format"] == "seconds"
    assert shown["bar"]["ticks"][-1][1].endswith(("s", "min"))


def test_apps_are_listed_but_not_one_of_few_people(page: Page, component: Component, pointed: Any) -> None:
    apps = component(page(cohort="north", kind="click"), "map_apps")["apps"]
    assert [app["name"] for app in apps] == ["All apps", "Sheet", "Mail"]
    assert apps[1]["href"] == "heatmaps?cohort=north&app=Sheet&kind=click"
    whole = component(page(), "map_apps")
    names = [app["name"] for app in whole["apps"]]
    assert "Rare" not in str(whole)
    assert names[0] == "All apps"
    assert "not named" in whole["note"]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ({"app": "Rare"}, "No map: fewer than 5 people are in this selection, or left out by it."),
        (
            {"app": "Rare", "kind": "click", "cell": "main.48.1"},
            "No map: fewer than 5 people are in this selection",
        ),
        ({"cohort": "few"}, "A cohort of fewer than 5 people selects nothing."),
    ],
)
def test_few_people_have_no_map(page: Page, address: dict[str, str], reason: str) -> None:
    app = page(**address)
    assert reason in said(app)
    names = [block.proto.component_name for block in app.get("bidi_component")]
    assert not any(name.endswith(("heat_map", "moments")) for name in names)
    assert not app.get("download_button")


@pytest.mark.parametrize("kind", ["move", "click", "dwell"])
def test_no_filter_reveals_fewer_people(page: Page, kind: str) -> None:
    """Neither in the values for the pointer, nor as rows to take away, nor as moments of a cell that is not drawn."""
    page()
    for chosen in product((None, "north", "few"), (None, "Mail", "Rare"), (None, 20_500)):
        filters = Filters(cohort=chosen[0], app=chosen[1], day_from=chosen[2], day_to=chosen[2])
        found = answer(MapState(kind=kind), filters)
        if found is None:
            # Three of the six in "north" were recorded in that week.
            assert "few" in chosen or "Rare" in chosen or (chosen[0] == "north" and chosen[2])
            continue
        assert (found.cells.people >= MIN_PEOPLE).all(), filters
        assert min(run(found.query, **found.params)["people_n"].to_pylist(), default=5) >= MIN_PEOPLE
        lonely = Cell(
            "main",
            found.columns_n,
            int(0.2 * found.cells.rows_n) * found.columns_n + int(0.9 * found.columns_n),
        )
        shown = AppTest.from_function(
            _moments, kwargs={"kind": kind, "filters": filters, "cell": lonely}, default_timeout=20
        )
        assert "Nothing is told of this cell" in said(shown.run()), filters


def _moments(kind, filters, cell):
    from explorer.widgets.map_moments import map_moments
    from explorer.widgets.map_state import MapState

    map_moments(MapState(kind=kind, cell=cell), filters, cell.columns_n, cell)


def test_the_address_is_followed_and_written(page: Page) -> None:
    app = page(kind="click", by="people", smooth="0", app="Mail")
    assert app.radio(key="map_kind").value == "click"
    app.radio(key="map_kind").set_value("dwell").run()
    assert app.query_params == {"app": "Mail", "kind": "dwell", "by": "people", "smooth": "0"}
    app.selectbox(key="filter_cohort").select("north").run()
    assert app.query_params == {
        "app": "Mail",
        "cohort": "north",
        "kind": "dwell",
        "by": "people",
        "smooth": "0",
    }


def test_what_does_not_fit_in_an_address_is_left_out(page: Page, component: Component) -> None:
    app = page(
        kind="participant_id",
        by="ms",
        smooth="9",
        zoom="0,0,9,9",
        cell="main.-1.x",
        opacity="1e9",
        space="<b>",
    )
    assert component(app, "heat_map")["view"] == [0, 0, 1, 1]
    assert component(app, "heat_map")["opacity"] == 85
    assert maps(app, component)[0]["words"]["format"] == "count"


def test_a_title_narrows_the_map_and_stays_out_of_the_address(page: Page, component: Component) -> None:
    app = page(kind="click")
    whole = sum(value for value, _ in values(maps(app, component)[0]).values())
    app.text_input(key="map_title_field").set_value("INBOX").run()
    assert not app.exception
    assert app.query_params == {"kind": "click"}
    found = sum(value for value, _ in values(maps(app, component)[0]).values())
    assert 0 < found < whole
    links = [b.proto.json for b in app.get("bidi_component") if "copy_link" in b.proto.component_name]
    assert ["INBOX" in link for link in links] == [False, True]


def test_a_closer_look_counts_every_row_on_a_finer_grid(
    page: Page, component: Component, pointed_root: Path
) -> None:
    app = page(kind="click", zoom="0,0,0.5,0.5")
    [shown] = maps(app, component)
    assert shown["columns"] > 96
    assert component(app, "heat_map")["view"] == [0, 0, 0.5, 0.5]
    wanted = counted(pointed_root, "events", 2 * shown["columns"], kind="click")
    inside = {}
    for cell, told in wanted.items():
        row, column = divmod(cell, 2 * shown["columns"])
        if row < shown["rows"] and column < shown["columns"]:
            inside[row * shown["columns"] + column] = told
    found = values(shown)
    assert found
    assert found == {cell: inside[cell] for cell in found}
    assert "This part: " in said(app)


def test_moments_lead_to_the_replay_two_seconds_before(
    page: Page, component: Component, pointed: Any
) -> None:
    app = page(kind="click", app="Sheet")
    [shown] = maps(app, component)
    cell, (clicks_n, _) = max(values(shown).items(), key=lambda pair: pair[1])
    app = page(kind="click", app="Sheet", cell=f"main.{shown['columns']}.{cell}")
    moments = component(app, "moments")["moments"]
    assert len(moments) == 9
    assert any(text.startswith(f"9 of {clicks_n} clicks, drawn by chance") for text in texts(app))
    assert all(moment["href"].startswith("replay?app=Sheet&id=generated-") for moment in moments)
    assert all(int(moment["href"].rpartition("t=")[2]) % 1000 == 0 for moment in moments)
    assert maps(app, component)[0]["chosen"] == cell
    app.button(key="moments_draw").click().run()
    assert component(app, "moments")["moments"] != moments
    app.button(key="moments_close").click().run()
    assert app.query_params == {"kind": "click", "app": "Sheet"}


def test_nothing_is_looked_for_behind_a_cell_of_few_people(page: Page, pointed: Any) -> None:
    x, y = pointed.LONELY
    app = page(cell=f"main.96.{int(y * 54) * 96 + int(x * 96)}")
    assert "Nothing is told of this cell: it has no moves, or those of fewer than 5 people." in texts(app)


def test_two_groups_are_compared(page: Page, component: Component, pointed: Any) -> None:
    app = page(compare="cohort", a="north", b="south")
    a, b, difference = maps(app, component)
    assert (a["title"], b["title"], difference["title"]) == ("A · north", "B · south", "A − B")
    found = levels(difference)
    rows, columns = found.shape
    at = {
        name: found[int(y * rows), int(x * columns)]
        for name, (x, y) in (("n", pointed.NORTH), ("s", pointed.SOUTH))
    }
    assert at["n"] > EVEN > at["s"] > 0
    told = said(app)
    assert "differ by more than chance (p at most 0.05)." in told
    assert "Unit: the person (6 in A, 6 in B)" in told
    assert "in all 924 ways there are" in told
    assert "A: 6 people · 6 sessions" in told


def test_a_minus_a_is_nothing(page: Page, component: Component) -> None:
    app = page(compare="cohort", a="north", b="north")
    *_, difference = maps(app, component)
    assert (levels(difference) == EVEN).all()
    assert "No difference can be told from chance." in texts(app)
    assert "Unit: the person; the same 6 are on both sides." in said(app)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ({"a": "few", "b": "north"}, "Nothing is compared: A cannot be chosen."),
        ({"a": "north", "b": "<b>"}, "Nothing is compared: B cannot be chosen."),
        ({"a": "north"}, "Choose A and B."),
        (
            {"a": "north", "b": "south", "app": "Sheet"},
            "Nothing is compared: fewer than 5 people, in side B or left out by it.",
        ),
    ],
)
def test_what_is_not_compared_is_said_with_its_reason(
    page: Page, address: dict[str, str], reason: str
) -> None:
    app = page(compare="cohort", **address)
    assert reason in texts(app)
    assert not any(b.proto.component_name.endswith("heat_map") for b in app.get("bidi_component"))


def test_small_maps_are_of_large_groups_alone(page: Page, component: Component) -> None:
    app = page(split="cohort")
    boards = [b.proto for b in app.get("bidi_component") if b.proto.component_name.endswith("heat_map")]
    keys = [[shown["key"] for shown in json.loads(board.json)["maps"]] for board in boards]
    assert keys == [["main"], ["north", "south"]]


def test_the_ground_is_what_most_people_see(page: Page, component: Component) -> None:
    [shown] = maps(page(app="Mail"), component)
    with Image.open(io.BytesIO(base64.b64decode(shown["ground"].partition(",")[2]))) as picture:
        pixels = np.asarray(picture.convert("RGB")).astype(int)
    assert (pixels[5:40].mean(axis=(0, 1)) - (60, 90, 150) < 6).all()
    assert pixels[75:, :, 1].min() > 200, "no one's own red square is left"
    assert maps(page(), component)[0]["reason"] == "Choose an app to see its screen under the map."


@pytest.mark.parametrize("covered_n", [4, 16])
def test_a_real_ground_needs_five_people_whose_screenshots_were_redacted(
    page_of: Page,
    component: Component,
    pointed: Any,
    dataset_of: Callable[..., Path],
    tmp_path: Path,
    *,
    covered_n: int,
) -> None:
    open_dataset(pointed.write(tmp_path / "set", dataset_of, synthetic=False, covered_n=covered_n))
    app = page_of("heatmaps", app="Mail")
    assert not app.exception
    [shown] = maps(app, component)
    assert bool(shown["ground"]) == (covered_n >= 5)
    assert ("fewer than 5 people" in shown["reason"]) == (covered_n < 5)


def test_hostile_names_reach_no_markdown(page: Page, pointed: Any, component: Component) -> None:
    app = page(app=pointed.HOSTILE, split="app")
    assert pointed.HOSTILE[:40] in str(component(app, "map_apps"))
    for kind in ("markdown", "caption", "html", "header", "button"):
        for shown in app.get(kind):
            assert "192.0.2.1" not in str(getattr(shown, "value", "")) + str(getattr(shown, "label", "")), (
                kind
            )


def test_an_empty_dataset_says_so(page_of: Page, tmp_path: Path) -> None:
    create(tmp_path / "empty", "Nothing yet")
    open_dataset(tmp_path / "empty")
    app = page_of("heatmaps")
    assert not app.exception
    assert "This dataset has no sessions yet. Bring recordings in with:" in texts(app)


def test_a_kind_that_nobody_used_says_what_to_do(page: Page) -> None:
    app = page(kind="drag", app="Mail")
    assert "No drags in this selection." in texts(app)
    assert "Choose another kind or app, or drop a filter." in said(app)


def test_a_map_warns_of_what_it_rests_on_and_hides(page: Page, component: Component) -> None:
    [shown] = maps(page(kind="click", app="Mail"), component)
    assert shown["note"].startswith("Some places rest on estimated screens")
    [shown] = maps(page(kind="click", cohort="south", app="Mail"), component)
    assert "estimated" not in shown["note"]


@pytest.mark.parametrize(
    ("estimated_n", "withheld_n", "words"),
    [(0, 50, ""), (100, 0, "All places rest on estimated screens"), (0, 51, "Most is withheld")],
)
def test_a_map_that_hides_more_than_it_shows_says_so(estimated_n: int, withheld_n: int, words: str) -> None:
    told = notes_on({"estimated_n": estimated_n, "withheld_n": withheld_n, "counted_n": 100})
    assert told.startswith(words)
    assert bool(told) == bool(words)
