"""Findings that somebody looked at and dismissed, with the reason; and what was taken back. Rows are only ever added.

A row names a finding by its id (a hash of numbers and names) and holds no place and no text of a trace. Of several
rows about one finding the last one counts.
"""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    and_,
    func,
    inspect,
    select,
)

from explorer.errors import ParameterError
from explorer.store import tables
from explorer.store.connect import Database
from explorer.store.mark import kept_author, kept_note

# Reason -> how it is said.
REASONS = {
    "hint_text": "it is a hint text",
    "made_up": "it is made-up data",
    "interface_text": "it is interface text",
    "allowed": "it is allowed by policy",
    "other": "another reason",
}
LONGEST_NOTE = 500
_FINDING_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
_MOST_AT_ONCE = 1_000_000

# A table more needs no new version of the store: a program that does not know it never looks at it.
_METADATA = MetaData()
dismissals = Table(
    "finding_dismissals",
    _METADATA,
    Column("row_no", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("dataset_id", String(64), nullable=False),
    Column("finding_id", String(32), nullable=False),
    Column("is_dismissed", Boolean, nullable=False),
    Column("reason", String(40), nullable=False),
    Column("note", String(500), nullable=False),
    Column("author", String(80), nullable=False),
    Column("created_utc_us", BigInteger, nullable=False),
    Index("finding_dismissals_by_finding", "dataset_id", "finding_id", "row_no"),
)


@dataclass(frozen=True, slots=True)
class Dismissal:
    """Why a finding was dismissed, and by whom; `created_utc_us` counts from 1970 in UTC."""

    finding_id: str
    reason: str
    note: str
    author: str
    created_utc_us: int


class Dismissals:
    """Safe to share between threads, and for several programs at once. Every method may raise StoreError."""

    def __init__(self, database: Database, dataset_id: str) -> None:
        self._database, self._dataset_id = database, dataset_id

    def dismiss(self, finding_ids: Collection[str], *, reason: str, note: str = "", author: str = "") -> int:
        """Dismiss findings; how many there are. They are on disk when this returns.

        Raises ParameterError at an unknown reason, an id that is none, or where "other" has no note; NoteRefused when
        a text is too long or holds personal data.
        """
        if reason not in REASONS:
            raise ParameterError("is not known", where="reason", hint=f"Use one of {', '.join(REASONS)}")
        kept = kept_note(note)
        if reason == "other" and not kept:
            raise ParameterError("is missing", where="note", hint="Say in a few words why it is no finding")
        return self._add(finding_ids, True, reason=reason, note=kept, author=kept_author(author))

    def undo(self, finding_ids: Collection[str], *, author: str = "") -> int:
        """Take dismissals back; the rows that dismissed stay. Raises as `dismiss`."""
        return self._add(finding_ids, False, reason="", note="", author=kept_author(author))

    def current(self) -> dict[str, Dismissal]:
        """The findings that are dismissed now, by id."""
        if not self._is_there():
            return {}
        columns = [dismissals.c[name] for name in Dismissal.__dataclass_fields__]
        newest = (
            select(func.max(dismissals.c.row_no))
            .where(dismissals.c.dataset_id == self._dataset_id)
            .group_by(dismissals.c.finding_id)
        )
        wanted = and_(dismissals.c.row_no.in_(newest), dismissals.c.is_dismissed.is_(True))
        with self._database.reading() as connection:
            found = connection.execute(select(*columns).where(wanted)).all()
        return {row.finding_id: Dismissal(**row._mapping) for row in found}

    def last_row(self) -> int:
        """Number of the last row, 0 where there is none: `current` is the same while this is."""
        if not self._is_there():
            return 0
        own = select(func.max(dismissals.c.row_no)).where(dismissals.c.dataset_id == self._dataset_id)
        with self._database.reading() as connection:
            return connection.execute(own).scalar() or 0

    def _add(self, finding_ids: Iterable[str], is_dismissed: bool, **values: str) -> int:
        ids = list(dict.fromkeys(finding_ids))
        if len(ids) > _MOST_AT_ONCE or not all(_FINDING_ID.fullmatch(one) for one in ids):
            raise ParameterError("is not the id of a finding", where="finding_id")
        if not ids:
            return 0
        now = time.time_ns() // 1000
        common = {
            "dataset_id": self._dataset_id,
            "is_dismissed": is_dismissed,
            "created_utc_us": now,
            **values,
        }
        with self._database.writing() as connection:
            self._make(connection)
            connection.execute(dismissals.insert(), [{**common, "finding_id": one} for one in ids])
        return len(ids)

    def _make(self, connection: Connection) -> None:
        tables.make(connection, self._database.where)
        _METADATA.create_all(connection)

    def _is_there(self) -> bool:
        """Whether anything was ever dismissed; looking makes no file. Raises StoreError at a newer version."""
        if not self._database.is_there:
            return False
        with self._database.reading() as connection:
            is_ours = tables.are_there(connection, self._database.where)
            return is_ours and inspect(connection).has_table(dismissals.name)
