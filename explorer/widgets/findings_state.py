"""The findings that pages and routes show: the last scan, what consent leaves of it, and what was dismissed."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from explorer.engine import Engine
from explorer.errors import EngineError
from explorer.scan import reading
from explorer.scan.finding import SCHEMA
from explorer.scan.finding_ids import finding_ids
from explorer.scan.folder import State, state_of
from explorer.scan.listed import FACETS, NO_APP, STATES, Choice, Listed
from explorer.scan.reading import Reading
from explorer.scan.shown import apps_of, covered
from explorer.store import Dismissal
from explorer.widgets.kept import Kept
from explorer.widgets.opened import dismissals, engine, run
from explorer.widgets.url_state import LONGEST_TEXT

# What the page's address says of its list, beside the filters of other pages; `finding` is the line to come to.
ADDRESS_NAMES = frozenset((*FACETS, "session", "show", "repeats", "finding"))
# How "no known app" stands in an address, which has no room for an empty word.
NONE = "-"
_STATE_S = 2.0


@dataclass(frozen=True, slots=True)
class Found:
    """What there is. `gone_n` findings are of sessions or channels that are not shown (any more)."""

    reading: Reading
    listed: Listed
    gone_n: int
    are_apps_known: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """The same with what was dismissed: by id, and as rows of `found.listed`; `last_row` changes with it."""

    found: Found
    dismissed: dict[str, Dismissal]
    rows: NDArray[np.bool_]
    last_row: int = 0


class _StateNow:
    """The state of what is open. To tell it the dataset's folder is walked: once in a while, not for every row."""

    def __init__(self) -> None:
        self._known: tuple[Engine, str, float, State] | None = None

    def get(self) -> State:
        opened, now = engine(), time.monotonic()
        if self._known and self._known[:2] == (opened, opened.version_id) and now < self._known[2]:
            return self._known[3]
        state = state_of(opened)
        self._known = (opened, opened.version_id, now + _STATE_S, state)
        return state


_state = _StateNow()
_found: Kept[Found] = Kept(2)
_judged: Kept[Judged] = Kept(2)


def findings() -> Judged:
    """The findings of the dataset shown. Raises EngineError, StoreError."""
    state = _state.get()
    key = (engine().version_id, *reading.stamp(state))
    found = _found.get(key, lambda: _read(state))
    store = dismissals()
    last_row = store.last_row()

    def judge() -> Judged:
        dismissed = store.current()
        return Judged(found, dismissed, found.listed.dismissed(dismissed), last_row)

    return _judged.get((*key, last_row), judge)


def _read(state: State) -> Found:
    read = reading.read(state)
    table = read.kept.findings if read.kept else SCHEMA.empty_table()
    shown = covered(table, run("scan/covered")) if table.num_rows else table
    apps, are_known = _apps(shown)
    ids = finding_ids(shown, engine().dataset.dataset_id)
    return Found(read, Listed(shown, apps, ids), table.num_rows - shown.num_rows, are_known)


def _apps(shown: pa.Table) -> tuple[list[str], bool]:
    """Applications help to find one's way; the page does without where they cannot be read."""
    try:
        return (apps_of(shown, run("scan/fronts")) if shown.num_rows else []), True
    except EngineError:
        return [NO_APP] * shown.num_rows, False


def can_scan(root: Path) -> bool:
    """Whether the scan can read this dataset: not Parquet of others that a mapping reads in place."""
    return (root / "dataset.json").is_file()


def choice_of(address: Mapping[str, str]) -> Choice:
    """The choice that an address names; what does not fit is left out."""
    values = {name: address.get(name, "").strip()[:LONGEST_TEXT] or None for name in FACETS}
    if values["app"] == NONE:
        values["app"] = NO_APP
    state = address.get("show", "open")
    return Choice(
        **values,
        session_id=address.get("session", "")[:LONGEST_TEXT] or None,
        state=state if state in STATES else "open",
        has_repeats=address.get("repeats") == "shown",
    )


def address_of(choice: Choice) -> dict[str, str]:
    """A choice as it stands in an address."""
    named = {name: getattr(choice, name) for name in FACETS}
    if named["app"] == NO_APP:
        named["app"] = NONE
    named["session"] = choice.session_id
    address = {name: value for name, value in named.items() if value is not None}
    address |= {} if choice.state == "open" else {"show": choice.state}
    return address | ({"repeats": "shown"} if choice.has_repeats else {})
