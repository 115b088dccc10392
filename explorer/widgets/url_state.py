"""The page's state in its address: ids, enumerations, numbers and dates; what was typed only when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import streamlit as st

from explorer.trace.schema import SESSIONS, SOURCE_FORMATS
from explorer.widgets import wording

LONGEST_TEXT = 200
SORTS = ("week", "length", "clicks", "shortcuts", "frames")
ADDRESS_NAMES = {"source_format": "source", "day_from": "from", "day_to": "to"}
_CHOICES = {"source_format": SOURCE_FORMATS, "actor": SESSIONS.column("actor").values}
_DAYS = ("day_from", "day_to")
_SEARCH = "search_text"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which sessions are meant; None means any.

    Days count from 1970-01-01: a Monday and a Sunday, both in the range. Single days would tell when someone worked.
    """

    cohort: str | None = None
    app: str | None = None
    os: str | None = None
    source_format: str | None = None
    actor: str | None = None
    task_id: str | None = None
    day_from: int | None = None
    day_to: int | None = None
    search: str | None = None

    def params(self) -> dict[str, object]:
        """The filters that are set, as query parameters."""
        return {name: value for name, value in self._items() if value is not None}

    def without(self, *names: str) -> Filters:
        """The same with some filters dropped."""
        return replace(self, **dict.fromkeys(names))

    def address(self, *, has_search: bool = False) -> dict[str, str]:
        """The filters as they stand in an address."""
        return {
            ADDRESS_NAMES.get(name, name): wording.iso_day(value) if isinstance(value, int) else value
            for name, value in self._items()
            if value is not None
            and (has_search or name != "search")
            and (name not in _DAYS or _is_day(value))
        }

    def _items(self) -> list[tuple[str, str | int | None]]:
        return [(field.name, getattr(self, field.name)) for field in fields(self)]


def _is_day(value: str | int) -> bool:
    return isinstance(value, int) and wording.is_day(value)


def _week_end(name: str, text: str) -> int | None:
    """First or last day of the week that a date lies in."""
    day = wording.day_of_iso(text)
    if day is None:
        return None
    monday = wording.monday_of(day)
    return monday if name == "day_from" else monday + 6


@dataclass(frozen=True, slots=True)
class Sort:
    """What the list is ordered by; never a person."""

    by: str = "week"
    is_rising: bool = False

    def address(self) -> dict[str, str]:
        """The order as it stands in an address; nothing for the order that needs no saying."""
        if self == Sort():
            return {}
        return {"sort": f"{self.by}-rising" if self.is_rising else self.by}


def filters_of(address: Mapping[str, str]) -> Filters:
    """The filters that an address names; what does not fit is left out."""
    values: dict[str, str | int | None] = {}
    for field in fields(Filters):
        text = address.get(ADDRESS_NAMES.get(field.name, field.name), "").strip()[:LONGEST_TEXT]
        choices = _CHOICES.get(field.name)
        if not text or (choices is not None and text not in choices):
            continue
        values[field.name] = _week_end(field.name, text) if field.name in _DAYS else text
    return Filters(**values)  # type: ignore[arg-type]


def sort_of(address: Mapping[str, str]) -> Sort:
    """The order that an address names."""
    by, _, direction = address.get("sort", "").partition("-")
    return Sort(by, direction == "rising") if by in SORTS else Sort()


def current_filters() -> Filters:
    """Filters of this page's address, and what was typed in this tab."""
    filters = filters_of(st.query_params)
    if filters.search is None:
        return replace(filters, search=st.session_state.get(_SEARCH))
    st.session_state[_SEARCH] = filters.search
    return filters


def current_sort() -> Sort:
    """Order of this page's address."""
    return sort_of(st.query_params)


def set_filters(filters: Filters) -> None:
    """Put filters into the address; typed text stays out of it, and leaves it when it changes.

    What else the page has in its address stays.
    """
    keeps_search = filters.search is not None and st.query_params.get("search") == filters.search
    st.session_state[_SEARCH] = filters.search
    own = {"sort", *(ADDRESS_NAMES.get(field.name, field.name) for field in fields(Filters))}
    others = {name: value for name, value in st.query_params.to_dict().items() if name not in own}
    st.query_params.from_dict(
        {**filters.address(has_search=keeps_search), **current_sort().address(), **others}
    )


def set_sort(sort: Sort) -> None:
    """Put an order into the address."""
    others = {name: st.query_params[name] for name in st.query_params if name != "sort"}
    st.query_params.from_dict({**others, **sort.address()})
