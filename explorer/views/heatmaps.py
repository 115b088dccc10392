"""Heatmaps: where people point, over the screen of an app, alone or compared."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from explorer.widgets.filter_bar import filter_bar, selection
from explorer.widgets.map_answers import can_zoom
from explorer.widgets.map_apps import map_apps
from explorer.widgets.map_compare import map_compare
from explorer.widgets.map_controls import map_controls
from explorer.widgets.map_many import map_many
from explorer.widgets.map_moments import map_moments
from explorer.widgets.map_one import ground_now, map_one, told_by
from explorer.widgets.map_pairs import COLUMNS_N
from explorer.widgets.map_state import WHOLE, MapState, current_map
from explorer.widgets.url_state import Filters


def show() -> None:
    """The page."""
    st.title("Heatmaps", anchor=False)
    filters, state = filter_bar(), current_map()
    if not can_zoom(state):
        state = replace(state, view=WHOLE)
    with st.container(key="map_selection"):
        st.text(selection(filters))
    if state.compare is not None:
        centre, right = st.columns([13, 3], gap="medium")
    else:
        left, centre, right = st.columns([2, 11, 3], gap="medium")
        with left:
            map_apps(state, filters, replace(state, cell=None, view=WHOLE).address())
    with right:
        map_controls(state)
    with centre:
        if state.compare is not None:
            _compared(state, filters)
        else:
            _single(state, filters)


def _single(state: MapState, filters: Filters) -> None:
    shown = map_one(state, filters)
    if shown is None:
        return
    found, ground = shown
    if state.cell is not None:
        map_moments(state, filters, found.columns_n, state.cell)
    if state.split is not None:
        map_many(state, filters, ground)


def _compared(state: MapState, filters: Filters) -> None:
    ground = ground_now(filters.app, state.space)
    sides = map_compare(state, filters, ground, told_by(COLUMNS_N))
    if sides is not None and state.cell is not None and state.cell.map in sides:
        map_moments(replace(state, view=WHOLE), sides[state.cell.map].filters, COLUMNS_N, state.cell)
