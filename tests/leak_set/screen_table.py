"""A list of orders: a bar of tools, a head, striped rows with people's values and others."""

from __future__ import annotations

from .page import Page

# Head, what the cells hold, and the share of the width.
_COLUMNS = (
    ("Order", "[order]", 0.7), ("Customer", "PERSON", 1.4), ("E-mail", "EMAIL_ADDRESS", 1.9),
    ("Phone", "PHONE_NUMBER", 1.25), ("Card", "CREDIT_CARD", 1.5), ("Total", "[price]", 0.8),
    ("Date", "[date]", 0.9), ("Account", "IBAN_CODE", 1.9), ("Street", "LOCATION", 1.6),
    ("Tax number", "US_SSN", 1.1),
)  # fmt: skip
_HEAD_PT, _TOOLS_PT = 26, 40


def table(page: Page, top: float, bottom: float) -> None:
    """Fill the page between two heights, in points."""
    layout, palette = page.layout, page.look.palette
    _tools(page, top)
    columns = _columns(page)
    total, at = sum(share for _, _, share in columns), 0.0
    row_pt = layout.row_pt
    rows = min(int((bottom - top - _TOOLS_PT - _HEAD_PT) / row_pt), page.dice.randrange(6, 16))
    page.area(0, top + _TOOLS_PT, layout.width_pt, _HEAD_PT, palette.panel, line=palette.line)
    first = top + _TOOLS_PT + _HEAD_PT
    for row in range(rows):
        stripe = palette.panel if row % 2 else palette.ground
        page.area(0, first + row * row_pt, layout.width_pt, row_pt, stripe)
    for head, holds, share in columns:
        width = layout.width_pt * share / total
        page.words(at + 8, top + _TOOLS_PT + 17, head, 0.9, palette.quiet)
        for row in range(rows):
            _cell(page, at, first + row * row_pt, width, holds)
        page.area(at + width - 1, top + _TOOLS_PT, 1, _HEAD_PT + rows * row_pt, palette.line)
        at += width
    rest = first + rows * row_pt
    if bottom - rest > 24:
        page.blank.append(page.box(20, rest + 6, layout.width_pt * 0.6, min(60, bottom - rest - 12)))


def _tools(page: Page, top: float) -> None:
    layout, palette = page.layout, page.look.palette
    page.area(0, top, layout.width_pt, _TOOLS_PT, palette.panel)
    at = 10.0
    for label in ("New", "Filter", "Export"):
        page.area(at, top + 7, 70, 26, palette.field, line=palette.line, round_pt=4)
        page.words(at + 12, top + 24, label, 0.95)
        at += 78
    page.area(layout.width_pt - 230, top + 7, 220, 26, palette.field, line=palette.line, round_pt=13)
    page.blank.append(page.box(layout.width_pt - 216, top + 11, 190, 18))


def _columns(page: Page) -> list[tuple[str, str, float]]:
    """As many columns as fit, those of the order first, in an order of chance."""
    rest = list(_COLUMNS[1:])
    page.dice.shuffle(rest)
    room = page.layout.width_pt / (page.layout.text_pt * 8.2)
    chosen, used = [_COLUMNS[0]], _COLUMNS[0][2]
    for column in rest:
        if used + column[2] <= room:
            chosen.append(column)
            used += column[2]
    return chosen


def _cell(page: Page, left: float, top: float, width: float, holds: str) -> None:
    row_pt = page.layout.row_pt
    base = top + row_pt * 0.66
    if holds.startswith("["):
        page.words(left + 8, base, page.decoy(holds[1:-1]))
    else:
        inside = page.box(left + 2, top + 2, width - 5, row_pt - 4)
        page.value(left + 8, base, holds, width - 16, ground="cell", cell=inside)
