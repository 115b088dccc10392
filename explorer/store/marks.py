"""Marks of one dataset: kept, changed, deleted, restored, listed."""

from __future__ import annotations

import time
import uuid
from collections.abc import Collection

from sqlalchemy import Connection, Row, and_, select

from explorer.errors import ParameterError
from explorer.store import tables
from explorer.store.connect import Database
from explorer.store.mark import Mark, checked_label, checked_moment, kept_author, kept_note
from explorer.store.tables import marks

_COLUMNS = [marks.c[name] for name in Mark.__dataclass_fields__]


class Store:
    """Safe to share between threads, and for several programs at once. Every method may raise StoreError."""

    def __init__(self, database: Database, dataset_id: str) -> None:
        self._database, self._dataset_id = database, dataset_id
        self._is_made = False
        self._is_empty()

    def __repr__(self) -> str:
        return f"<Store {self._database.where!r}>"

    def add_mark(
        self, session_id: str, t_us: int, *, label: str = "interesting", note: str = "", author: str = ""
    ) -> Mark:
        """Keep a mark at `t_us` of a session; it is on disk when this returns. `author` is what the user chose to sign.

        Raises NoteRefused when a text is too long or holds personal data, ParameterError at an unknown label or a time
        that is none.
        """
        checked_moment(session_id, t_us)
        now = _now_us()
        mark = Mark(
            mark_id=uuid.uuid4().hex, session_id=session_id, t_us=t_us, label=checked_label(label),
            note=kept_note(note), author=kept_author(author), created_utc_us=now, updated_utc_us=now, is_deleted=False,
        )  # fmt: skip
        values = {name: getattr(mark, name) for name in Mark.__dataclass_fields__}
        with self._database.writing() as connection:
            self._make(connection)
            connection.execute(marks.insert().values(dataset_id=self._dataset_id, **values))
        return mark

    def change_mark(
        self, session_id: str, mark_id: str, *, note: str | None = None, label: str | None = None
    ) -> Mark:
        """The session's mark with another note, another label, or both.

        Raises NoteRefused as `add_mark`; ParameterError at an unknown label, and when the mark is not there or deleted.
        """
        values: dict[str, object] = {}
        if note is not None:
            values["note"] = kept_note(note)
        if label is not None:
            values["label"] = checked_label(label)
        return self._changed(session_id, mark_id, **values)

    def delete_mark(self, session_id: str, mark_id: str) -> Mark:
        """The mark, no longer listed; `restore_mark` undoes it. Raises ParameterError when there is no such mark."""
        return self._changed(session_id, mark_id, is_deleted=True)

    def restore_mark(self, session_id: str, mark_id: str) -> Mark:
        """The mark, listed again. Raises ParameterError when there is no such mark."""
        return self._changed(session_id, mark_id, is_deleted=False)

    def marks(self, session_id: str | None = None, *, among: Collection[str] | None = None) -> list[Mark]:
        """Marks that are not deleted, by session, time and id; of one session, or of the sessions `among`.

        Consent can be withdrawn after a mark was made: whoever shows marks passes `among` the sessions that the
        dataset shows now.
        """
        if self._is_empty():
            return []
        listed = and_(marks.c.dataset_id == self._dataset_id, marks.c.is_deleted.is_(False))
        if session_id is not None:
            listed = and_(listed, marks.c.session_id == session_id)
        with self._database.reading() as connection:
            found = [_mark(row) for row in connection.execute(select(*_COLUMNS).where(listed))]
        shown = None if among is None else frozenset(among)
        # Sorted here: databases order text each in their own way.
        return sorted(
            (mark for mark in found if shown is None or mark.session_id in shown),
            key=lambda mark: (mark.session_id, mark.t_us, mark.mark_id),
        )

    def close(self) -> None:
        """Give the connections back."""
        self._database.engine.dispose()

    def _changed(self, session_id: str, mark_id: str, **values: object) -> Mark:
        missing = ParameterError("is not there", where="mark", hint="It may be deleted: list the marks again")
        if self._is_empty():
            raise missing
        own = and_(
            marks.c.mark_id == mark_id, marks.c.dataset_id == self._dataset_id, marks.c.session_id == session_id
        )  # fmt: skip
        if "is_deleted" not in values:
            own = and_(own, marks.c.is_deleted.is_(False))
        with self._database.writing() as connection:
            self._make(connection)
            done = connection.execute(marks.update().where(own).values(updated_utc_us=_now_us(), **values))
            if done.rowcount != 1:
                raise missing
            return _mark(connection.execute(select(*_COLUMNS).where(marks.c.mark_id == mark_id)).one())

    def _is_empty(self) -> bool:
        """True while nobody has kept anything; looking makes no file."""
        if not self._database.is_there:
            return True
        if not self._is_made:
            with self._database.reading() as connection:
                self._is_made = tables.are_there(connection, self._database.where)
        return not self._is_made

    def _make(self, connection: Connection) -> None:
        tables.make(connection, self._database.where)
        self._is_made = True


def _mark(row: Row[tuple[object, ...]]) -> Mark:
    return Mark(**row._mapping)


def _now_us() -> int:
    return time.time_ns() // 1000
