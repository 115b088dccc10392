"""One colour per application over the whole dataset, the same on every page."""

from __future__ import annotations

from collections.abc import Iterable

from explorer.charts.palette import APP_GREY, app_colours
from explorer.widgets.opened import run


def palette() -> dict[str, str]:
    """Colour of each application that has one: those in the most sessions."""
    facets = run("sessions/facets")
    apps = [
        (-sessions_n, value)
        for facet, value, sessions_n in zip(
            *(facets[name].to_pylist() for name in facets.column_names), strict=True
        )
        if facet == "app"
    ]
    return app_colours(value for _, value in sorted(apps))


def colours(apps: Iterable[str]) -> list[str]:
    """Colour of each of these applications, grey for the rest."""
    known = palette()
    return [known.get(app, APP_GREY) for app in apps]
