"""Findings as a list that is filtered, counted and cut into pages: codes of a few columns, and arithmetic on them.

Pure: it is given a table and who is dismissed, and knows no store and no page.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from explorer.scan.finding import UNREAD, WHOLE_KINDS
from explorer.scan.same_place import folded, place_numbers
from explorer.scan.words import channel_place, severity_place

FACETS = ("severity", "kind", "channel", "app")
STATES = ("open", "dismissed", "all")
NO_APP = ""
_Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which findings are meant; None means any. What could not be looked at is listed only when its kind is asked for.

    `app` NO_APP: those of no known application. `state` is one of STATES. `has_repeats` chooses no other findings: with
    it each is listed, else each place once.
    """

    severity: str | None = None
    kind: str | None = None
    channel: str | None = None
    app: str | None = None
    session_id: str | None = None
    state: str = "open"
    has_repeats: bool = False

    def without(self, *names: str) -> Choice:
        """The same with some of it dropped."""
        return replace(self, **{name: getattr(Choice(), name) for name in names})


@dataclass(frozen=True, slots=True)
class Coded:
    """A column as numbers: `values[codes[row]]` is the value of a row."""

    values: list[str]
    codes: NDArray[np.int64]

    def is_(self, value: str) -> _Bools:
        """Rows with that value."""
        if value not in self.values:
            return np.zeros(len(self.codes), bool)
        found: _Bools = self.codes == self.values.index(value)
        return found


class Listed:
    """Findings in the order of the list: the most severe first, then by score and place."""

    def __init__(self, findings: pa.Table, apps: Sequence[str], finding_ids: Sequence[str]) -> None:
        self._columns = {
            name: _coded(findings[name]) for name in ("severity", "kind", "channel", "session_id")
        }
        self._columns["app"] = _coded(pa.chunked_array([pa.array(apps, pa.string())]))
        self.findings = findings
        self.ids = list(finding_ids)
        self._rows = {finding_id: row for row, finding_id in enumerate(self.ids)}
        self._is_unread = self._columns["kind"].is_(UNREAD)
        self._order = _order(findings, self._columns["severity"])
        self._places = place_numbers(findings)

    def __len__(self) -> int:
        return len(self.ids)

    def app_of(self, row: int) -> str:
        """The application of a row; NO_APP where it is not known."""
        apps = self._columns["app"]
        return apps.values[int(apps.codes[row])]

    def dismissed(self, finding_ids: Collection[str]) -> _Bools:
        """Rows that are dismissed, for the other methods."""
        marks = np.zeros(len(self), bool)
        for row, finding_id in enumerate(self.ids):
            if finding_id in finding_ids:
                marks[row] = True
        return marks

    def mask(self, choice: Choice, dismissed: _Bools) -> _Bools:
        """Rows that a choice keeps."""
        kept = self._is_unread.copy() if choice.kind == UNREAD else ~self._is_unread
        for name in (*FACETS, "session_id"):
            wanted = getattr(choice, name)
            if wanted is not None:
                kept &= self._columns[name].is_(wanted)
        if choice.state != "all":
            kept &= dismissed if choice.state == "dismissed" else ~dismissed
        return kept

    def rows(self, kept: _Bools) -> NDArray[np.int64]:
        """The rows of a mask, in the order of the list."""
        found: NDArray[np.int64] = self._order[kept[self._order]]
        return found

    def lines(
        self, kept: _Bools, choice: Choice, dismissed: _Bools
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """What the list has lines for: rows of a mask, and for each how many of the mask lie at its place.

        What is told of single masks has none beside an open finding of the mask that tells it of their whole session.
        """
        rows = self.rows(kept)
        if choice.has_repeats:
            return rows, np.ones(len(rows), np.int64)
        return folded(rows[~self._are_told_whole(kept & ~dismissed)[rows]], self._places)

    def _are_told_whole(self, heads: _Bools) -> _Bools:
        kinds, sessions = self._columns["kind"], self._columns["session_id"].codes
        found = np.zeros(len(self), bool)
        for whole, single in WHOLE_KINDS.items():
            found |= kinds.is_(single) & np.isin(sessions, sessions[heads & kinds.is_(whole)])
        return found

    def line_of(self, row: int, lines: NDArray[np.int64]) -> int | None:
        """Which of the lines stands for a row: its own, that of its place, or of its whole session; None: none does."""
        kinds, sessions = self._columns["kind"], self._columns["session_id"].codes
        stands = [lines == row, self._places[lines] == self._places[row]]
        stands += [
            kinds.is_(whole)[lines] & (sessions[lines] == sessions[row])
            for whole, single in WHOLE_KINDS.items()
            if kinds.is_(single)[row]
        ]
        return next((int(at[0]) for one in stands if len(at := np.flatnonzero(one))), None)

    def singles_n(self, rows: Sequence[int], choice: Choice, dismissed: _Bools) -> list[int]:
        """For each row how many findings tell of single masks what it tells of their session, in the choice's state.

        Other filters of the choice do not count. 0 for rows that tell of no session.
        """
        kinds, sessions = self._columns["kind"], self._columns["session_id"]
        at = np.array(rows, np.int64)
        counts = np.zeros(len(at), np.int64)
        for whole, single in WHOLE_KINDS.items():
            kept = self.mask(Choice(kind=single, state=choice.state), dismissed)
            by_session = np.bincount(sessions.codes[kept], minlength=len(sessions.values))
            counts += np.where(kinds.is_(whole)[at], by_session[sessions.codes[at]], 0)
        found: list[int] = counts.tolist()
        return found

    def of_same_places(self, rows: Sequence[int], kept: _Bools) -> NDArray[np.int64]:
        """Rows of a mask that lie where one of the rows lies, in the order of the list."""
        return self.rows(kept & np.isin(self._places, self._places[np.array(rows, np.int64)]))

    def facets(self, choice: Choice, dismissed: _Bools) -> dict[str, dict[str, int]]:
        """For each facet the number of findings by value, as the other parts of the choice leave them."""
        counts = {}
        for name in FACETS:
            column = self._columns[name]
            kept = self.mask(choice.without(name), dismissed)
            found = np.bincount(column.codes[kept], minlength=len(column.values)).tolist()
            chosen = getattr(choice, name)
            counts[name] = {
                value: n for value, n in zip(column.values, found, strict=True) if n or value == chosen
            }
            if chosen is not None:
                counts[name].setdefault(chosen, 0)
        return {name: _sorted(name, found) for name, found in counts.items()}

    def sessions_n(self, kept: _Bools) -> int:
        """Sessions with at least one of the rows; findings about no session count for none."""
        sessions = self._columns["session_id"]
        used = np.unique(sessions.codes[kept])
        return sum(1 for code in used.tolist() if sessions.values[code])

    def row_of(self, finding_id: str) -> int | None:
        """The row of a finding; None when it is not listed."""
        return self._rows.get(finding_id)

    def places(self, rows: Sequence[int]) -> list[dict[str, Any]]:
        """The columns of these rows."""
        found: list[dict[str, Any]] = self.findings.take(pa.array(rows, pa.int64())).to_pylist()
        return found


def _coded(column: pa.ChunkedArray) -> Coded:
    encoded = pc.fill_null(column, "").combine_chunks().dictionary_encode()
    return Coded(encoded.dictionary.to_pylist(), encoded.indices.to_numpy().astype(np.int64))


def _order(findings: pa.Table, severity: Coded) -> NDArray[np.int64]:
    places = np.array([severity_place(value) for value in severity.values] or [0], np.int64)
    keyed = pa.table(
        {
            "severity": places[severity.codes],
            "score": findings["score"],
            **{name: findings[name] for name in ("session_id", "seq", "top_px", "left_px", "char_start")},
        }
    )
    keys = [(name, "descending" if name == "score" else "ascending", "at_end") for name in keyed.column_names]
    order: NDArray[np.int64] = pc.sort_indices(keyed, sort_keys=keys).to_numpy().astype(np.int64)
    return order


def _sorted(facet: str, counts: Mapping[str, int]) -> dict[str, int]:
    """Severities and channels in their own order, kinds and apps by number; unknown apps come last."""
    place = {"severity": severity_place, "channel": channel_place}.get(facet)

    def key(item: tuple[str, int]) -> tuple[Any, ...]:
        value, n = item
        return (place(value), value) if place else (value == NO_APP, -n, value)

    return dict(sorted(counts.items(), key=key))
