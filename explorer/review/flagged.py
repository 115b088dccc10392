"""Which moments the findings of a scan speak of. A text found at its first row lies wherever it is repeated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from explorer.engine import Engine
from explorer.review.identity import Numbers
from explorer.review.moments import EVENT_COLUMNS, STEP_COLUMNS, Places, Population, groups_of
from explorer.scan.finding import SEVERITIES


@dataclass(frozen=True)
class Flagged:
    """Pairs of a finding's row in `findings` and a moment's row in the population, by moment."""

    findings: pa.Table
    finding_rows: Numbers
    moment_rows: Numbers

    def at_least(self, severity: str) -> Numbers:
        """Rows of the moments with a finding of that severity or a worse one, in order."""
        wanted = SEVERITIES[: SEVERITIES.index(severity) + 1]
        is_wanted = pc.is_in(self.findings["severity"], pa.array(wanted)).to_numpy()
        return np.unique(self.moment_rows[is_wanted[self.finding_rows]])

    def of_moments(self, rows: Numbers) -> pa.Table:
        """The findings that speak of any of these moments, each once."""
        return self.findings.take(pa.array(np.unique(self.finding_rows[np.isin(self.moment_rows, rows)])))


def flagged(engine: Engine, population: Population, findings: pa.Table) -> Flagged:
    """The findings, placed in the population; those of sessions that are not in it are left out."""
    findings = findings.append_column("row", pa.array(np.arange(findings.num_rows)))
    moments = population.moments
    places = Places(moments.rename_columns([_AS.get(name, name) for name in moments.column_names]))
    found = [
        *_in_pictures(findings, places),
        *_in_keys(findings, places),
        *_in_texts(engine, findings, places),
    ]
    found.append(_in_tasks(findings, places))
    rows, at = (np.concatenate([pair[side] for pair in found]) for side in (0, 1))
    pairs = np.unique(np.stack([at[at >= 0], rows[at >= 0]]), axis=1)
    return Flagged(findings.drop_columns(["row"]), pairs[1], pairs[0])


_AS = {"seq_from": "seq"}
_Pair = tuple[Numbers, Numbers]


def _rows(findings: pa.Table) -> Numbers:
    rows: Numbers = findings["row"].to_numpy().astype(np.int64)
    return rows


def _where(findings: pa.Table, **values: str) -> pa.Table:
    for name, value in values.items():
        findings = findings.filter(pc.equal(findings[name], value))
    return findings


def _in_pictures(findings: pa.Table, places: Places) -> Iterator[_Pair]:
    own = findings.filter(pc.is_valid(findings["frame_id"]))
    yield _rows(own), places.of_frames(own["frame_id"])


def _in_tasks(findings: pa.Table, places: Places) -> _Pair:
    own = _where(findings, source_table="sessions")
    return _rows(own), places.first(own["session_id"])


def _in_keys(findings: pa.Table, places: Places) -> Iterator[_Pair]:
    """Typed text lies in all moments from its first press to its last."""
    own = _where(findings, source_table="events", source_column="key")
    first = places.of(own["session_id"], own["seq"])
    last = places.of(own["session_id"], pc.coalesce(own["seq_end"], own["seq"]))
    for row, start, end in zip(_rows(own).tolist(), first.tolist(), last.tolist(), strict=True):
        at = np.arange(start, end + 1)
        yield np.full(len(at), row), at


def _in_texts(engine: Engine, findings: pa.Table, places: Places) -> Iterator[_Pair]:
    """For each finding in a text all moments of its session that hold the same text in the same column."""
    asked = [
        ("events", "review/event_rows", "seq", EVENT_COLUMNS),
        ("steps", "review/step_rows", "step", STEP_COLUMNS),
    ]
    for table, query, place, columns in asked:
        of_table = _where(findings, source_table=table)
        of_table = of_table.filter(pc.is_in(of_table["source_column"], pa.array(columns)))
        if not of_table.num_rows:
            continue
        wanted = pc.unique(of_table["session_id"])
        for group in groups_of(engine, wanted):
            rows = engine.run(query, {"first_session_id": group[0], "last_session_id": group[-1]})
            rows = rows.filter(pc.is_in(rows["session_id"], pa.array(group, pa.string())))
            at = places.of(rows["session_id"], rows["seq"])
            for column in columns:
                own = _where(of_table, source_column=column)
                own = own.filter(pc.is_in(own["session_id"], pa.array(group, pa.string())))
                yield _same_texts(rows, at, place, column, own)


def _same_texts(rows: pa.Table, at: Numbers, place: str, column: str, own: pa.Table) -> _Pair:
    names = ["session_id", column]
    texts = rows.select([*names, *({place} - set(names))]).append_column("at", pa.array(at))
    texts = texts.filter(pc.is_valid(texts[column]))
    keys = own.select(["session_id", "seq", "row"]).rename_columns(["session_id", place, "row"])
    found = keys.join(texts.drop_columns(["at"]), ["session_id", place], join_type="inner").drop_columns(
        [place]
    )
    pairs = found.join(texts.drop_columns([place]), ["session_id", column], join_type="inner")
    return pairs["row"].to_numpy().astype(np.int64), pairs["at"].to_numpy().astype(np.int64)
