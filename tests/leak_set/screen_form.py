"""A record of a customer: a banner with the name, fields with labels, notes, buttons."""

from __future__ import annotations

from .flow import flow, sentences
from .page import Page

_NAV = ("Overview", "Orders", "Invoices", "Messages", "Files", "History", "Settings")
# Label and entity of a field, or in brackets what is nobody's.
_FIELDS = (
    ("Name", "PERSON"), ("E-mail", "EMAIL_ADDRESS"), ("Phone", "PHONE_NUMBER"), ("Street", "LOCATION"),
    ("Birthday", "DATE_TIME"), ("Card", "CREDIT_CARD"), ("Tax number", "US_SSN"), ("Account", "IBAN_CODE"),
    ("Last order", "[order]"), ("Since", "[date]"), ("Total", "[price]"), ("Part", "[part]"), ("Fax", ""),
    ("Address seen", "IP_ADDRESS"), ("Key", "API_TOKEN"), ("Computer", "HOST_NAME"),
)  # fmt: skip
_BANNER_PT = 54


def form(page: Page, top: float, bottom: float) -> None:
    """Fill the page between two heights, in points."""
    layout, palette, gap = page.layout, page.look.palette, page.layout.gap_pt
    side = layout.side_pt
    page.area(0, top, side, bottom - top, palette.panel, line=palette.line)
    for row, label in enumerate(_NAV):
        at = top + 10 + row * (layout.row_pt + 2)
        if row == 1:
            page.area(6, at, side - 12, layout.row_pt, page.look.accent, round_pt=5)
        page.words(
            16, at + layout.row_pt * 0.66, label, colour=(255, 255, 255) if row == 1 else palette.quiet
        )
    _banner(page, side, top)
    left, width = side + gap, layout.width_pt - side - 2 * gap
    at = _fields(page, left, top + _BANNER_PT + gap, width, bottom - 118)
    page.words(left, at + layout.text_pt, "Notes", 0.9, palette.quiet)
    box_top = at + layout.text_pt * 1.6
    page.area(left, box_top, width, bottom - 46 - box_top, palette.field, line=palette.line, round_pt=4)
    text = sentences(page, 4, personal_n=3)
    flow(page, left + 8, box_top + layout.text_pt * 1.6, width - 16, text, last=bottom - 54)
    page.area(left, bottom - 38, 84, 28, page.look.accent, round_pt=5)
    page.words(left + 24, bottom - 20, "Save", colour=(255, 255, 255))
    page.area(left + 94, bottom - 38, 84, 28, palette.field, line=palette.line, round_pt=5)
    page.words(left + 114, bottom - 20, "Cancel")


def _banner(page: Page, left: float, top: float) -> None:
    width = page.layout.width_pt - left
    dark = tuple(part // 2 for part in page.look.accent)
    page.gradient(page.box(left, top, width, _BANNER_PT), page.look.accent, (dark[0], dark[1], dark[2]))
    page.value(left + 16, top + 25, "PERSON", width - 40, 1.3, ground="banner", colour=(255, 255, 255))
    page.words(left + 16, top + 43, f"Customer {page.decoy('order')}", 0.85, (226, 232, 240))


def _fields(page: Page, left: float, top: float, width: float, last: float) -> float:
    """Two columns of fields in an order of chance, the empty one among the first; where they end."""
    layout, palette, gap = page.layout, page.look.palette, page.layout.gap_pt
    pair = (width - gap) / 2
    step = layout.row_pt + layout.text_pt * 1.9
    rows = max(1, int((last - top) / step))
    chosen = page.dice.sample([one for one in _FIELDS if one[1]], 2 * rows - 1)
    chosen.insert(page.dice.randrange(min(3, len(chosen))), ("Fax", ""))
    for at, (label, holds) in enumerate(chosen):
        x, y = left + (at % 2) * (pair + gap), top + (at // 2) * step + layout.text_pt
        page.words(x, y, label, 0.9, palette.quiet)
        y += layout.text_pt * 0.45
        page.area(x, y, pair, layout.row_pt, palette.field, line=palette.line, round_pt=4)
        inside, base = page.box(x + 2, y + 2, pair - 4, layout.row_pt - 4), y + layout.row_pt * 0.66
        if holds.startswith("["):
            page.words(x + 8, base, page.decoy(holds[1:-1]))
        elif holds:
            page.value(x + 8, base, holds, pair - 16, ground="field", cell=inside)
        else:
            page.blank.append(inside)
    return top + rows * step
