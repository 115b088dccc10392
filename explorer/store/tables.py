"""The tables of marks and their version."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Index, MetaData, String, Table

from explorer.store.versioned import Versioned

_LOCK_KEY = 0x7472616365  # any number: whoever makes the tables in PostgreSQL holds it

_METADATA = MetaData()
_VERSIONED = Versioned(_METADATA, "store_version", 1, _LOCK_KEY)
are_there, make = _VERSIONED.are_there, _VERSIONED.make
# dataset_id: one PostgreSQL database holds the marks of several datasets.
marks = Table(
    "marks",
    _METADATA,
    Column("mark_id", String(32), primary_key=True),
    Column("dataset_id", String(64), nullable=False),
    Column("session_id", String(200), nullable=False),
    Column("t_us", BigInteger, nullable=False),
    Column("label", String(40), nullable=False),
    Column("note", String(500), nullable=False),
    Column("author", String(80), nullable=False),
    Column("created_utc_us", BigInteger, nullable=False),
    Column("updated_utc_us", BigInteger, nullable=False),
    Column("is_deleted", Boolean, nullable=False),
    CheckConstraint("t_us >= 0", name="marks_t_us"),
    CheckConstraint("length(note) <= 500", name="marks_note"),
    Index("marks_by_moment", "dataset_id", "session_id", "t_us", "mark_id"),
)
