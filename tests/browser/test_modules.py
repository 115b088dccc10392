"""The browser modules' pure parts, each case a call and what it gives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from explorer.widgets.assets import assets

pytestmark = pytest.mark.browser
HERE = "http://127.0.0.1:1/"
CASES = [
    # the rows in view, and a few beside them
    ("virtual_list", "visibleRows({scroll_px: 0, view_px: 480, row_px: 48, rows_n: 100})", [0, 16]),
    ("virtual_list", "visibleRows({scroll_px: 960, view_px: 480, row_px: 48, rows_n: 100})", [14, 36]),
    ("virtual_list", "visibleRows({scroll_px: 9999, view_px: 480, row_px: 48, rows_n: 100})", [100, 100]),
    ("virtual_list", "visibleRows({scroll_px: 0, view_px: 480, row_px: 48, rows_n: 0})", [0, 0]),
    # moving as little as possible
    ("virtual_list", "scrollToShow({row: 5, row_px: 48, scroll_px: 0, view_px: 480})", 0),
    ("virtual_list", "scrollToShow({row: 10, row_px: 48, scroll_px: 0, view_px: 480})", 48),
    ("virtual_list", "scrollToShow({row: 1, row_px: 48, scroll_px: 480, view_px: 480})", 48),
    # keys stop at both ends
    ("virtual_list", "rowAfterKey('ArrowDown', 99, 100, 9)", 99),
    ("virtual_list", "rowAfterKey('PageUp', 4, 100, 9)", 0),
    ("virtual_list", "rowAfterKey('End', 4, 100, 9)", 99),
    ("virtual_list", "rowAfterKey('r', 4, 100, 9)", None),
    ("strips", "unpackActivity('3' + 'a'.repeat(59) + 'z').map(l => [l.kind, l.levels[0], l.levels[59]])",
     [[3, 0, 25]]),
    ("strips", "unpackActivity('')", []),
    ("strips", "appShares([0, 0, 500, 1, 500, 700, 0, 700, 1000])",
     [{"app": 0, "share": 0.8}, {"app": 1, "share": 0.2}]),
    ("time_axis", "ticks(100e6, 300)", [0, 30e6, 60e6, 90e6]),
    ("time_axis", "ticks(0.35e6, 300)", [0, 0.1e6, 0.2e6, 0.3e6]),
    ("time_axis", "ticks(0, 300).length", 1),
    ("time_axis", "clockText(3723e6)", "1:02:03"),
    ("time_axis", "clockText(13.02e6, true)", "0:13.0"),
    ("theme", "channels('#fff')", [255, 255, 255]),
    ("theme", "channels('#111418')", [17, 20, 24]),
    ("theme", "channels('rgb(1, 2, 3)')", [1, 2, 3]),
    ("dom", "grouped(1234567)", "1,234,567"),
    ("dom", "element('p', '', {}, '<b>x</b>').innerHTML", "&lt;b&gt;x&lt;/b&gt;"),
    ("copy_link", f"linkOf('{HERE}?os=macos&search=a', {{anchor: '', typed: {{search: null}}}})", f"{HERE}?os=macos"),
    ("copy_link", f"linkOf('{HERE}?os=macos', {{anchor: 'x', typed: {{search: 'a b'}}}})",
     f"{HERE}?os=macos&search=a+b#x"),
    ("steps", "nextFailed('0102002', 0, 1)", 4), ("steps", "nextFailed('0102002', 4, 1)", 7),
    ("steps", "nextFailed('0102002', 7, 1)", None), ("steps", "nextFailed('0102002', 7, -1)", 4),
    # what is neither nothing nor everything is never said to be
    ("overview_ledger", "percent(0.999)", "99 %"), ("overview_ledger", "percent(0.001)", "1 %"),
    ("overview_ledger", "percent(1)", "100 %"), ("overview_ledger", "percent(0)", "0 %"),
    ("query_list", "fits({name: 'sessions/list', summary: 'Sessions that pass.'}, 'LIST pass')", True),
    ("query_list", "fits({name: 'sessions/list', summary: 'Sessions that pass.'}, 'list fail')", False),
    ("result_table", "said(null)", "–"), ("result_table", "said(-1234567)", "-1,234,567"),
    ("result_table", "columnWidth({name: 'x', unit: '', cells: ['a'.repeat(999)]})", 340),
    ("column_widths", "columnWidths({columns: {week: ['abc'], length: ['abcdef'], clicks_n: [1], shortcuts_n: [1],"
     " badges: [[0], [0, 1]]}, badges: [['ab', '', ''], ['c', '', '']]}, (text) => 10 * text.length)",
     {"week": 96, "length": 86, "clicks": 86, "shortcuts": 116, "marks": 68}),
    # a drag asks for a square part; a short one is a press, and no part is smaller than can be drawn
    ("heat_view", "viewOfDrag([0, 0, 1, 1], [0.1, 0.2], [0.3, 0.3])", [0.1, 0.15, 0.3, 0.35]),
    ("heat_view", "viewOfDrag([0.5, 0.5, 1, 1], [0.5, 0.5], [1, 1])", [0.75, 0.75, 1, 1]),
    ("heat_view", "viewOfDrag([0, 0, 1, 1], [0.5, 0.5], [0.51, 0.52])", None),
    ("heat_view", "viewOfDrag([0, 0, 0.04, 0.04], [0, 0], [0.5, 0.5])", [0, 0, 0.031, 0.031]),
    ("heat_view", "viewOfDrag([0, 0, 1, 1], [0.9, 0], [1, 0.6])", [0.4, 0, 1, 0.6]),
    ("heat_view", "cellAt({columns: 48, rows: 27}, 0.999, 1)", 1295),
    ("heat_view", "boxOf({columns: 48, rows: 27}, 49).map((part) => Math.round(100 * part) / 100)",
     [2.08, 3.7, 2.08, 3.7]),
    ("heat_view", "movedCell({columns: 48, rows: 27}, 0, 'ArrowLeft', false)", 0),
    ("heat_view", "movedCell({columns: 48, rows: 27}, 50, 'ArrowDown', true)", 530),
    ("heat_view", "movedCell({columns: 48, rows: 27}, 50, 'End', false)", 95),
    ("heat_view", "movedCell({columns: 48, rows: 27}, 50, 'x', false)", None),
    ("heat_cells", "unpackCells('eNpjYmBgYAJiZiD++///f3Yg3cLMzAAALLUEkw==', 9)"
     ".then((cells) => [[...cells.place], [...cells.values], [...cells.others]])",
     [[0, 0, 1, 0, 0, 2, 0, 0, 0], [-3, 7], [900, 3]]),
    ("heat_cells", "said({value: 1204, other: 12}, {format: 'count', one: 'click', many: 'clicks', none: ''})",
     "1,204 clicks · 12 people"),
    ("heat_cells", "said({value: 1, other: 0}, {format: 'count', one: 'click', many: 'clicks', none: ''})", "1 click"),
    ("heat_cells", "said(null, {none: 'no clicks'})", "no clicks"),
    ("heat_cells", "said({value: -12000, other: 501}, {format: 'difference'})",
     "A − B: −1.2 % · not distinguishable (p 0.05)"),
    ("heat_cells", "said({value: 12000, other: 20}, {format: 'difference'})", "A − B: +1.2 % · p 0.0020"),
    ("heat_cells", "amountOf(61, 'seconds', '', '')", "6.1 s"),
    ("heat_cells", "amountOf(50, 'share', '', 'moves')", "under 0.01 % of moves"),
    ("heat_bar", "spaced([[0, '0'], [0.1, '0.1'], [0.5, '1'], [0.9, '1,000'], [1, '≥ 1,204']]).map((tick) => tick[1])",
     ["0", "0.1", "1", "≥ 1,204"]),
    # a region is shown in whole pixels of the screen for each stored one, and inside of its picture
    ("findings_picture", "cropOf({x: 100, y: 60, width: 60, height: 20}, {width: 960, height: 540},"
     "{width: 288, height: 176})",
     {"x": 82, "y": 41, "width": 96, "height": 58.666667, "zoom": 3}),
    ("findings_picture", "cropOf({x: 0, y: 0, width: 10, height: 10}, {width: 960, height: 540},"
     "{width: 276, height: 276})",
     {"x": 0, "y": 0, "width": 46, "height": 46, "zoom": 6}),
    ("findings_picture", "cropOf({x: 0, y: 0, width: 960, height: 540}, {width: 960, height: 540},"
     "{width: 288, height: 288}).zoom",
     0.289157),
    ("findings_picture", "cropOf({x: -5, y: -9, width: -7, height: 0}, {width: 1, height: 1},"
     "{width: 37, height: 37})",
     {"x": -18, "y": -18, "width": 37, "height": 37, "zoom": 1}),
    ("findings_row", "shortId('office-5e5419446610d0af')", "…6610d0af"),
    ("findings_row", "shortId('')", "dataset"),
    ("heat_paint", "colourOf(new Uint8ClampedArray([0, 0, 0, 0, 1, 2, 3, 51]), 1)", "rgb(1 2 3 / 0.200)"),
]  # fmt: skip


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page whose only files are our modules."""
    page = browser.new_page()

    def answer(route: Any) -> None:
        path = route.request.url.removeprefix(HERE)
        content, media_type = assets().files.get(f"widgets/{path}", (b"<!doctype html>", "text/html"))
        route.fulfill(body=content, content_type=media_type)

    page.route("**/*", answer)
    page.goto(HERE)
    yield page
    page.close()


@pytest.mark.parametrize(("module", "call", "expected"), CASES)
def test_call(page: Page, module: str, call: str, expected: object) -> None:
    name = call.partition("(")[0]
    found = page.evaluate(f"import('{HERE}{module}.js').then(({{ {name} }}) => {call})")
    assert json.loads(json.dumps(found), parse_float=_rounded) == json.loads(
        json.dumps(expected), parse_float=_rounded
    )


def _rounded(text: str) -> float:
    return round(float(text), 6)
