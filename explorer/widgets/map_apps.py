"""The applications that have a map, with how much was recorded in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from explorer.charts.palette import APP_GREY
from explorer.widgets import wording
from explorer.widgets.app_palette import colours
from explorer.widgets.loader import mount
from explorer.widgets.map_state import KINDS, MapState
from explorer.widgets.opened import run
from explorer.widgets.url_state import Filters

QUERY = "pointer/apps"
_MOST_N = 60


def apps_of(state: MapState, filters: Filters) -> list[dict[str, Any]]:
    """Rows of pointer/apps for the page's selection, whichever app it is narrowed to."""
    params = {**filters.without("app").params(), "kind": state.kind, "space": state.space}
    return list(run(QUERY, **params).to_pylist())


def map_apps(state: MapState, filters: Filters, others: Mapping[str, str]) -> None:
    """List them, each a link to the same map of that app; `others` stay in the address."""
    rows = apps_of(state, filters)
    named = [row for row in rows if row["app"] is not None]
    shown = named[:_MOST_N]
    most_n = max((row["events_n"] for row in shown), default=1) or 1
    tints = colours(row["app"] for row in shown)
    way = _Ways(filters, others)
    apps = [way.entry(None, "All apps", "", 0.0, APP_GREY)]
    for row, tint in zip(shown, tints, strict=True):
        said = amount_said(row["events_n"], state.kind)
        apps.append(way.entry(row["app"], row["app"], said, row["events_n"] / most_n, tint))
    if filters.app and filters.app not in [row["app"] for row in shown]:
        apps.append(way.entry(filters.app, filters.app, "not listed", 0.0, APP_GREY))
    note = " ".join(_notes(rows, len(named) - len(shown)))
    mount("map_apps", '<div class="apps"></div>\n', key="map_apps", data={"apps": apps, "note": note})


def _notes(rows: list[dict[str, Any]], more_n: int) -> Iterator[str]:
    """What is not in the list, and why."""
    if not any(row["app"] is not None for row in rows):
        yield "The recordings here name no apps."
    few_n = sum(row["apps_n"] for row in rows if not row["is_named"])
    if more_n:
        yield f"{wording.number(more_n)} more: choose one in the filter."
    if few_n:
        yield f"{wording.count(few_n, 'app')} of few people {'is' if few_n == 1 else 'are'} not named."


def amount_said(events_n: int, kind: str) -> str:
    """How much of a kind there is: 1,204 clicks, or a length of time."""
    _, one, many = KINDS[kind]
    if kind == "dwell":
        return wording.duration(1000 * events_n, sessions_n=1_000_000)
    return wording.count(events_n, one, many)


@dataclass(frozen=True, slots=True)
class _Ways:
    filters: Filters
    others: Mapping[str, str]

    def entry(self, app: str | None, name: str, said: str, share: float, tint: str) -> dict[str, object]:
        address = {**replace(self.filters, app=app).address(), **self.others}
        return {
            "name": wording.shortened(name, 60),
            "said": said,
            "share": round(share, 4),
            "colour": tint,
            "href": f"heatmaps?{urlencode(address)}",
            "is_chosen": app == self.filters.app,
        }
