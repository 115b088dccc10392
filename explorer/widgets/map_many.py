"""The same map many times, small: one for each app, or for each group of people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import streamlit as st

from explorer.widgets import map_apps, wording
from explorer.widgets.filter_bar import MIN_PEOPLE
from explorer.widgets.map_answers import Answer, answer, words_of
from explorer.widgets.map_figure import MANY, Panel, map_figure
from explorer.widgets.map_ground import Ground
from explorer.widgets.map_layer import layer_of, packed_cells
from explorer.widgets.map_sides import sides_offered
from explorer.widgets.map_state import KINDS, WHOLE, MapState, set_map
from explorer.widgets.url_state import Filters, set_filters

MOST_N = 12


def map_many(state: MapState, filters: Filters, ground: Ground) -> None:
    """Show a small map of each group that has enough people; the others are counted, not named."""
    groups = list(_groups(state, filters))
    shown = [(name, narrowed, found) for name, narrowed, found in groups if found is not None]
    word = "app" if state.split == "app" else "cohort"
    with st.container(key="many", gap="small"):
        st.header(f"By {word}", anchor="many")
        if not shown:
            st.text(f"No {word} has a map of its own: each needs at least {MIN_PEOPLE} people.")
            return
        panels = [_panel(name, state, found) for name, _, found in shown]
        under = Ground(ratio=ground.ratio) if state.split == "app" else replace(ground, reason="")
        opened = {name: narrowed for name, narrowed, _ in shown}
        map_figure(
            "map_many", panels, under, layout=MANY, opacity=state.opacity, view=WHOLE, hint="Press one to see it.",
            can_zoom=False, told={"open": lambda value: _open(opened, value)},
        )  # fmt: skip
        with st.container(key="quiet_many"):
            st.text(_said(word, len(groups), len(shown)))


def _said(word: str, groups_n: int, shown_n: int) -> str:
    said = "Each map has its own scale."
    left_n = groups_n - shown_n
    if left_n:
        verb = "is" if left_n == 1 else "are"
        said += f" {wording.count(left_n, word)} {verb} left out: too few people, there or in the rest."
    return said


def _groups(state: MapState, filters: Filters) -> Iterator[tuple[str, Filters, Answer | None]]:
    """Name, filters and map of each group; None where it is refused or has nothing."""
    if state.split == "app":
        names = [row["app"] for row in map_apps.apps_of(state, filters) if row["app"] is not None]
    else:
        names = list(sides_offered().get("cohort", {}))
    for name in names[:MOST_N]:
        narrowed = replace(filters, app=name) if state.split == "app" else replace(filters, cohort=name)
        found = answer(state, narrowed)
        yield str(name), narrowed, found if found is not None and len(found.cells.cells) else None


def _panel(name: str, state: MapState, found: Answer) -> Panel:
    cells, numbers = found.cells, found.numbers
    layer = layer_of(cells, state.measure, state.smooth)
    many = KINDS[state.kind][2]
    whole = map_apps.amount_said(numbers["events_n"], state.kind)
    people = (
        wording.count(numbers["people_n"], "person", "people") if numbers["people_n"] else "people not known"
    )
    return Panel(
        key=name,
        title=wording.shortened(name, 60),
        label=f"Map of {many} of {wording.shortened(name, 60)}",
        columns_n=cells.columns_n,
        rows_n=cells.rows_n,
        layer=layer.source,
        is_smooth=layer.is_smooth,
        cells=packed_cells(cells, state.measure),
        words=words_of(state, found),
        note=f"{people} · {whole}",
    )


def _open(opened: dict[str, Filters], value: object) -> None:
    name = value.get("map") if isinstance(value, dict) else None
    if name in opened:
        set_filters(opened[str(name)])
        set_map(split=None)
