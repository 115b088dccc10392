"""What can be set beside a map. The address is the truth: each control takes its value there and writes it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from explorer.widgets import wording
from explorer.widgets.map_answers import can_title
from explorer.widgets.map_sides import LABELS, sides_offered
from explorer.widgets.map_state import (
    KINDS,
    MEASURES,
    SMOOTHING,
    SPACES,
    MapState,
    measures_of,
    set_map,
    set_title,
    typed_title,
)
from explorer.widgets.opened import run

_SPLITS = {None: "Off", "app": "App", "cohort": "Cohort"}


def map_controls(state: MapState) -> None:
    """Draw the controls of the page."""
    with st.container(key="map_controls", gap="small"):
        _radio(state)
        is_alone = state.compare is None
        if is_alone:
            measures = {name: MEASURES[name] for name in measures_of(state.kind)}
            _segments("Count", "measure", measures, state.measure)
        _segments("Position in the", "space", SPACES, state.space)
        if is_alone:
            _segments("Smoothing, cells", "smooth", SMOOTHING, state.smooth)
            _title(state)
        _compare(state)
        if is_alone:
            _split(state)


def _radio(state: MapState) -> None:
    key = "map_kind"
    st.session_state[key] = state.kind
    st.radio(
        "Kind", list(KINDS), key=key, format_func=lambda kind: KINDS[kind][0], on_change=_changed("kind", key)
    )


def _segments(label: str, name: str, words: dict[Any, str], chosen: Any) -> None:
    key = f"map_{name}"
    st.session_state[key] = chosen
    st.segmented_control(
        label, list(words), key=key, format_func=lambda value: words[value], required=True,
        on_change=_changed(name, key), width="stretch",
    )  # fmt: skip


def _split(state: MapState) -> None:
    """Small maps are offered where there is more than one group for them."""
    facets = run("sessions/facets")["facet"].to_pylist()
    offered = [name for name in ("app", "cohort") if facets.count(name) > 1 or state.split == name]
    if offered:
        _segments("Small maps by", "split", {name: _SPLITS[name] for name in (None, *offered)}, state.split)


def _title(state: MapState) -> None:
    """A title narrows what titles stand on; for the others the field says so, and keeps what was typed."""
    key = "map_title_field"
    st.session_state[key] = typed_title() or ""

    def keep() -> None:
        set_title(st.session_state.get(key) or "")

    st.text_input(
        "Window title contains",
        key=key,
        type="search",
        max_chars=200,
        placeholder="Any title",
        on_change=keep,
        disabled=not can_title(state),
    )
    if not can_title(state):
        with st.container(key="quiet_map_titles"):
            st.text("Titles are known of clicks, drags and scrolling on the screen.")


def _compare(state: MapState) -> None:
    offered = sides_offered()
    kinds = [name for name in LABELS if len(offered.get(name, {})) > 1 or name == state.compare]
    if not kinds:
        return
    _select("Compare", "compare", kinds, state.compare, word=lambda name: LABELS[name], empty="Off")
    if state.compare is None:
        return
    words = offered.get(state.compare, {})
    for name, label in (("side_a", "A"), ("side_b", "B")):
        chosen = getattr(state, name)
        values = [*words, *([chosen] if chosen and chosen not in words else [])]
        _select(label, name, values, chosen, word=lambda value: _side(words, value), empty="Choose")


def _side(words: dict[str, str], value: str) -> str:
    return wording.shortened(words.get(value, value), 60)


def _select(
    label: str,
    name: str,
    values: Sequence[str],
    chosen: str | None,
    *,
    word: Callable[[str], str],
    empty: str,
) -> None:
    key = f"map_{name}"
    st.session_state[key] = chosen
    st.selectbox(
        label, values, index=None, key=key, format_func=word, placeholder=empty, on_change=_changed(name, key)
    )


def _changed(name: str, key: str) -> Callable[[], None]:
    def keep() -> None:
        changes: dict[str, object] = {name: st.session_state.get(key)}
        if name == "compare":
            changes |= {"side_a": None, "side_b": None}
        set_map(**changes)

    return keep
