"""What changed in a population since a plan committed to it, in numbers; and how a plan keeps its population."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from explorer.review.identity import Numbers, fingerprint
from explorer.review.moments import Population

_COLUMNS = ("moment_id", "session_id", "unit_id")


@dataclass(frozen=True)
class Kept:
    """A population as a plan committed to it: moment_id, session_id, unit_id, is_flagged."""

    rows: pa.Table

    @property
    def fingerprint(self) -> str:
        """As that of the population."""
        return fingerprint(
            zip(self.rows["moment_id"].to_pylist(), self.rows["unit_id"].to_pylist(), strict=True)
        )

    def part(self, *, is_flagged: bool) -> list[tuple[str, str]]:
        """Moment and unit of each row that is, or is not, flagged."""
        own = self.rows.filter(pc.equal(self.rows["is_flagged"], is_flagged))
        return list(zip(own["moment_id"].to_pylist(), own["unit_id"].to_pylist(), strict=True))


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


def kept_of(population: Population, flagged_rows: Numbers) -> Kept:
    """The population with a mark on the flagged moments, and on all that look the same."""
    moments = population.moments
    flagged_units = pc.unique(moments["unit_id"].take(pa.array(flagged_rows)))
    return Kept(
        moments.select(_COLUMNS).append_column("is_flagged", pc.is_in(moments["unit_id"], flagged_units))
    )


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


def _without(rows: pa.Table, name: str, others: pa.Table) -> pa.Table:
    return rows.filter(pc.invert(pc.is_in(rows[name], others[name].combine_chunks())))


def _distinct_n(rows: pa.Table) -> int:
    return (
        len(np.unique(np.array(rows["session_id"].to_pylist(), dtype=object).astype(str)))
        if rows.num_rows
        else 0
    )
