"""A group of tables with a version. A newer version is refused, so that an older program never spoils it."""

from __future__ import annotations

from sqlalchemy import Column, Connection, Integer, MetaData, Table, func, inspect, select

from explorer.errors import StoreError


class Versioned:
    """The tables of `metadata`, with a table `name` that holds their version."""

    def __init__(self, metadata: MetaData, name: str, version: int, lock_key: int) -> None:
        self._metadata, self._version, self._lock_key = metadata, version, lock_key
        self._versions = Table(
            name, metadata, Column("version", Integer, primary_key=True, autoincrement=False)
        )

    def are_there(self, connection: Connection, where: str) -> bool:
        """True when the tables are there in this program's version. Raises StoreError at any other version."""
        if not inspect(connection).has_table(self._versions.name):
            return False
        found = connection.execute(select(self._versions.c.version)).scalars().all()
        if list(found) == [self._version]:
            return True
        if any(isinstance(version, int) and version > self._version for version in found):
            raise StoreError(
                f"was written by a newer program (store version {max(found)}, this one reads {self._version})",
                where=where,
                hint="Update trace-explorer",
            )
        raise StoreError("holds no known store version", where=where, hint="Restore it from a backup")

    def make(self, connection: Connection, where: str) -> None:
        """Make the tables unless they are there; two programs may do so at once. Raises as `are_there`."""
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(self._lock_key)))
        if not self.are_there(connection, where):
            self._metadata.create_all(connection)
            connection.execute(self._versions.insert().values(version=self._version))
