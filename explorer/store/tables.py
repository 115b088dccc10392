"""The store's tables and their version. A newer version is refused, so that an older program never spoils it."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    func,
    inspect,
    select,
)

from explorer.errors import StoreError

VERSION = 1
_LOCK_KEY = 0x7472616365  # any number: whoever makes the tables in PostgreSQL holds it

_METADATA = MetaData()
versions = Table(
    "store_version", _METADATA, Column("version", Integer, primary_key=True, autoincrement=False)
)
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


def are_there(connection: Connection, where: str) -> bool:
    """True when the tables are there in this program's version. Raises StoreError at any other version."""
    if not inspect(connection).has_table(versions.name):
        return False
    found = connection.execute(select(versions.c.version)).scalars().all()
    if list(found) == [VERSION]:
        return True
    if any(isinstance(version, int) and version > VERSION for version in found):
        raise StoreError(
            f"was written by a newer program (store version {max(found)}, this one reads {VERSION})",
            where=where,
            hint="Update trace-explorer",
        )
    raise StoreError("holds no known store version", where=where, hint="Restore it from a backup")


def make(connection: Connection, where: str) -> None:
    """Make the tables unless they are there; two programs may do so at once. Raises as `are_there`."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK_KEY)))
    if not are_there(connection, where):
        _METADATA.create_all(connection)
        connection.execute(versions.insert().values(version=VERSION))
