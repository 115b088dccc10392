"""What changed in a population since a plan committed to it, in numbers; and how a plan keeps its population.

A moment is as it was if its id and its unit (picture, masks and texts) are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from explorer.review.identity import Numbers, fingerprint
from explorer.review.moments import Population
from explorer.review.plan import CHANGED, FLAGGED, REST

_COLUMNS = ("moment_id", "session_id", "unit_id")


@dataclass(frozen=True)
class Kept:
    """A population as a plan committed to it: moment_id, session_id, unit_id, is_flagged.

    In a plan that follows a fix also is_changed: it is not as it was, or looks like one that is not.
    """

    rows: pa.Table

    @property
    def fingerprint(self) -> str:
        """As that of the population."""
        return fingerprint(
            zip(self.rows["moment_id"].to_pylist(), self.rows["unit_id"].to_pylist(), strict=True)
        )

    def part(self, name: str) -> list[tuple[str, str]]:
        """Moment and unit of each row of a stratum. What is flagged and changed is in the first one."""
        own = self.rows.filter(self._is_in(name))
        return list(zip(own["moment_id"].to_pylist(), own["unit_id"].to_pylist(), strict=True))

    def changed_ids(self) -> list[str]:
        """Moments that a fix changed, flagged or not."""
        if "is_changed" not in self.rows.column_names:
            return []
        changed: list[str] = self.rows.filter(self.rows["is_changed"])["moment_id"].to_pylist()
        return changed

    def as_it_was(self, now: pa.Table) -> NDArray[np.bool_]:
        """Of each row, whether a moment of `now` (moment_id, unit_id) is the same."""
        return _is_in(_pairs(self.rows), _pairs(now))

    def touched(self, now: pa.Table) -> NDArray[np.bool_]:
        """Of each row of `now`, whether it changed or is new, or looks like one of these."""
        is_other = ~_is_in(_pairs(now), _pairs(self.rows))
        return _is_in(now["unit_id"], now["unit_id"].filter(pa.array(is_other)))

    def _is_in(self, name: str) -> pa.Array:
        is_flagged = np.asarray(self.rows["is_flagged"], bool)
        is_changed = np.zeros_like(is_flagged)
        if "is_changed" in self.rows.column_names:
            is_changed = np.asarray(self.rows["is_changed"], bool)
        parts = {FLAGGED: is_flagged, CHANGED: is_changed & ~is_flagged, REST: ~(is_changed | is_flagged)}
        return pa.array(parts[name])


@dataclass(frozen=True, slots=True)
class Changed:
    """Sessions and moments that are new, gone, or other than they were; `is_other_key`: it cannot be told here."""

    new_sessions_n: int = 0
    gone_sessions_n: int = 0
    changed_sessions_n: int = 0
    new_moments_n: int = 0
    gone_moments_n: int = 0
    changed_moments_n: int = 0
    is_other_key: bool = False

    def __str__(self) -> str:
        if self.is_other_key:
            return "this computer has another key for texts than the one the plan was made with"
        sessions = (
            (self.new_sessions_n, "new"),
            (self.gone_sessions_n, "gone"),
            (self.changed_sessions_n, "changed"),
        )
        moments = (
            (self.new_moments_n, "new"),
            (self.gone_moments_n, "gone"),
            (self.changed_moments_n, "changed"),
        )
        return "; ".join(
            _told(name, counts) for name, counts in (("sessions", sessions), ("moments", moments))
        )


def _told(name: str, counts: tuple[tuple[int, str], ...]) -> str:
    return f"{name}: " + (", ".join(f"{count:,} {how}" for count, how in counts if count) or "none changed")


def kept_of(population: Population, flagged_rows: Numbers, before: Kept | None = None) -> Kept:
    """The population with a mark on the flagged moments, and on all that look the same.

    before: the population before a fix; what it touched has a mark as well.
    """
    moments = population.moments
    flagged_units = pc.unique(moments["unit_id"].take(pa.array(flagged_rows)))
    rows = moments.select(_COLUMNS).append_column("is_flagged", pc.is_in(moments["unit_id"], flagged_units))
    if before is not None:
        rows = rows.append_column("is_changed", pa.array(before.touched(moments)))
    return Kept(rows)


def packed(kept: Kept) -> bytes:
    """The rows as they are kept in the store."""
    out = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(out, kept.rows.schema, options=options) as stream:
        stream.write_table(kept.rows)
    return bytes(out.getvalue().to_pybytes())


def unpacked(content: bytes) -> Kept:
    """The rows that were kept."""
    with pa.ipc.open_stream(pa.BufferReader(content)) as stream:
        return Kept(stream.read_all())


def changed_between(kept: Kept, now: Population) -> Changed | None:
    """What is other now; None when nothing is."""
    if kept.fingerprint == now.fingerprint:
        return None
    old, new = kept.rows.select(_COLUMNS), now.moments.select(_COLUMNS)
    both = old.join(new, "moment_id", join_type="inner", right_suffix="_now")
    changed = both.filter(pc.not_equal(both["unit_id"], both["unit_id_now"]))
    gone = _without(old, "moment_id", new)
    added = _without(new, "moment_id", old)
    gone_sessions, new_sessions = _without(old, "session_id", new), _without(new, "session_id", old)
    touched = pa.concat_tables([one.select(["session_id"]) for one in (changed, gone, added)])
    still = touched.filter(pc.and_(pc.is_in(touched["session_id"], old["session_id"].combine_chunks()),
                                   pc.is_in(touched["session_id"], new["session_id"].combine_chunks())))  # fmt: skip
    return Changed(
        _distinct_n(new_sessions), _distinct_n(gone_sessions), _distinct_n(still), added.num_rows, gone.num_rows,
        changed.num_rows,
    )  # fmt: skip


def _pairs(rows: pa.Table) -> pa.ChunkedArray:
    return pc.binary_join_element_wise(rows["unit_id"], rows["moment_id"], " ")


def _is_in(values: pa.ChunkedArray, known: pa.ChunkedArray) -> NDArray[np.bool_]:
    return np.asarray(pc.is_in(values, known.combine_chunks()), bool)


def _without(rows: pa.Table, name: str, others: pa.Table) -> pa.Table:
    return rows.filter(pc.invert(pc.is_in(rows[name], others[name].combine_chunks())))


def _distinct_n(rows: pa.Table) -> int:
    return (
        len(np.unique(np.array(rows["session_id"].to_pylist(), dtype=object).astype(str)))
        if rows.num_rows
        else 0
    )
