"""The form of a query. The address is the truth: Run writes what was given into it, and the page follows."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from explorer import sql
from explorer.widgets.query_choices import MOST_N, choices
from explorer.widgets.query_fields import FIXED, Field, Reading, fields_of, read

NAME = "name"
_FIELD_PX, _WIDE_PX = 196, 432
_DRAFTS = "query_drafts"


def query_form(query: sql.Query) -> Reading:
    """Draw the form of a query; returns what its address and this tab give for the parameters."""
    reading = read(query, _given(query))
    fields = fields_of(query)
    if fields:
        with st.form(f"query_form_{_slug(query)}", border=True):
            with st.container(horizontal=True, key="query_fields", gap="small"):
                for field in fields:
                    _field(query, field, reading)
            _buttons(query)
    if FIXED.keys() & {param.name for param in query.params}:
        with st.container(key="quiet_fixed"):
            st.text(f"Groups of fewer than {FIXED['min_people']} people are never shown here.")
    return reading


def typed(query: sql.Query, reading: Reading) -> dict[str, str | None]:
    """Free text that was given, by its name in an address."""
    return {
        field.address_name: reading.texts.get(field.param.name)
        for field in fields_of(query)
        if field.is_typed
    }


def _given(query: sql.Query) -> dict[str, str]:
    drafts: Mapping[str, str] = st.session_state.get(_DRAFTS, {}).get(query.name, {})
    address = {
        field.param.name: st.query_params[field.address_name]
        for field in fields_of(query)
        if field.address_name in st.query_params
    }
    return {**drafts, **address}


def _slug(query: sql.Query) -> str:
    return query.name.replace("/", "_")


def _key(query: sql.Query, field: Field) -> str:
    return f"query_{_slug(query)}_{field.param.name}"


def _field(query: sql.Query, field: Field, reading: Reading) -> None:
    name, key = field.param.name, _key(query, field)
    text = reading.texts.get(name)
    with st.container(
        key=f"field_{name}",
        gap="xxsmall",
        width=_WIDE_PX if field.param.choices == "session" else _FIELD_PX,
    ):
        if field.kind in ("choice", "flag"):
            _select(field, key, text)
        else:
            st.session_state[key] = text or ""
            default = field.param.default
            st.text_input(
                field.label, key=key, max_chars=200, placeholder="" if default is None else str(default)
            )
        if name in reading.wrong:
            with st.container(key=f"wrong_{name}"):
                st.text(reading.wrong[name])
        with st.container(key=f"quiet_{name}"):
            st.text(field.said)


def _select(field: Field, key: str, text: str | None) -> None:
    words = {"true": "true", "false": "false"} if field.kind == "flag" else choices(field.param)
    st.session_state[key] = text
    st.selectbox(
        field.label,
        [*words, *([text] if text is not None and text not in words else [])],
        index=None,
        key=key,
        format_func=lambda value: words.get(value, value),
        placeholder="Choose" if field.param.is_required else "Any",
    )
    if len(words) >= MOST_N:
        with st.container(key=f"quiet_more_{field.param.name}"):
            st.text(f"The first {MOST_N:,} are offered; a link can name any.")


def _buttons(query: sql.Query) -> None:
    with st.container(horizontal=True, key="query_buttons", gap="small", vertical_alignment="center"):
        st.form_submit_button("Run", type="primary", key="query_run", on_click=_keep, args=(query,))
        st.form_submit_button("Clear", type="tertiary", key="query_clear", on_click=_clear, args=(query,))


def _keep(query: sql.Query) -> None:
    """Put what was given into the address; free text and what is wrong stay in this tab."""
    texts = {f.param.name: st.session_state.get(_key(query, f)) or "" for f in fields_of(query)}
    reading = read(query, texts)
    drafts: dict[str, str] = {}
    for field in fields_of(query):
        name, text = field.param.name, reading.texts.get(field.param.name)
        came_by_link = text is not None and st.query_params.get(field.address_name) == text
        st.query_params.pop(field.address_name, None)
        if text is None:
            continue
        if name in reading.wrong or (field.is_typed and not came_by_link):
            drafts[name] = text
        else:
            st.query_params[field.address_name] = text
    st.session_state.setdefault(_DRAFTS, {})[query.name] = drafts


def _clear(query: sql.Query) -> None:
    for field in fields_of(query):
        st.query_params.pop(field.address_name, None)
    st.session_state.setdefault(_DRAFTS, {}).pop(query.name, None)
