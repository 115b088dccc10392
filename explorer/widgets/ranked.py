"""Rankings as quiet lists: a name or keys, a bar of one or more parts, words, links to moments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from explorer.charts.palette import APP_COLOURS, APP_GREY, KINDS
from explorer.widgets.loader import mount

_OF_KIND = {kind.name: [kind.light, kind.dark] for kind in KINDS}
COLOURS: Mapping[str, list[str]] = {
    "shortcut": _OF_KIND["shortcut"],
    "menu": _OF_KIND["click"],
    "context_menu": _OF_KIND["right_click"],
    "toolbar": [APP_COLOURS[5], APP_COLOURS[5]],
    "unknown": [APP_GREY, APP_GREY],
    "right_click": _OF_KIND["right_click"],
}


@dataclass(frozen=True, slots=True)
class Link:
    """A way to a moment: `label` is short, `said` is for those who hear it alone."""

    label: str
    said: str
    href: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """One row: `parts` are amounts by the name of a colour, `keys` the names of keys that stand before the label."""

    label: str
    text: str
    parts: Mapping[str, int]
    keys: Sequence[str] = ()
    note: str = ""
    hint: str = ""
    links: Sequence[Link] = field(default_factory=tuple)


def ranked(
    key: str, title: str, rows: Sequence[Ranked], *, legend: Mapping[str, str] | None = None, empty: str = ""
) -> None:
    """Show rows in the order given, bars on one scale; `legend` gives words to colours, `empty` is said of no rows."""
    most_n = max([1, *(sum(row.parts.values()) for row in rows)])
    shown = [
        {
            **{name: value for name, value in asdict(row).items() if name != "parts"},
            "shares": [[kind, n / most_n] for kind, n in row.parts.items() if n],
        }
        for row in rows
    ]
    data = {
        "title": title,
        "rows": shown,
        "empty": empty,
        "colours": COLOURS,
        "legend": [*(legend or {}).items()],
    }
    mount("ranked", '<div class="ranked"></div>\n', key=key, data=data)
