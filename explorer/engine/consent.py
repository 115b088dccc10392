"""What consent leaves visible: which sessions are withdrawn, and which channels the others keep closed.

Where it cannot be told, nothing is shown: a file that would tell and is damaged hides every session it may speak of.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from explorer import sql
from explorer.trace.manifest import FileEntry

# scope -> the sessions of people who gave consent without it
CHANNELS = ("screenshots", "keystrokes", "window_titles")
_AGREED = ("granted", "unknown")


@dataclass(frozen=True, slots=True)
class Consent:
    """Session ids that are withdrawn, per channel those for which it is closed, and the people withdrawn.

    `permitted` None: every session that is not withdrawn; else these alone, because a file that would tell is damaged.
    """

    withdrawn: frozenset[str]
    closed: dict[str, frozenset[str]]
    withdrawn_people: frozenset[str]
    permitted: frozenset[str] | None = None

    @property
    def withdrawn_n(self) -> int | None:
        """People withdrawn; None where that are 1 to MIN_PEOPLE - 1, a number that could single them out."""
        people_n = len(self.withdrawn_people)
        return people_n if people_n == 0 or people_n >= sql.MIN_PEOPLE else None

    @property
    def fingerprint(self) -> str:
        """sha256 of everything that consent hides: rollups built under another one are out of date."""
        digest = hashlib.sha256()
        groups = {"withdrawn": self.withdrawn, "people": self.withdrawn_people, **self.closed}
        if self.permitted is not None:
            groups["permitted"] = self.permitted
        for name, members in sorted(groups.items()):
            digest.update(f"{name}:{','.join(sorted(members))};".encode())
        return digest.hexdigest()


# For data whose people are not known: everything is visible, and shown as unknown.
NO_CONSENT = Consent(frozenset(), {channel: frozenset() for channel in CHANNELS}, frozenset())


def read_consent(
    root: Path, sessions: Sequence[FileEntry], people: Sequence[FileEntry], *, is_whole: bool = True
) -> Consent:
    """Consent of a dataset, from its readable sessions and participants files.

    A NULL scope is unrestricted; a session of an unknown person follows the dataset's own terms. A status that is not
    a known word, and a time of withdrawal whatever the status, count as withdrawn. `is_whole` is False when a file of
    the two tables is damaged: then sessions whose person is not described are not permitted.
    """
    described = [row for entry in people for row in pq.read_table(root / entry.path).to_pylist()]
    withdrawn_people = {row["participant_id"] for row in described if _is_withdrawn(row)}
    narrowed = {row["participant_id"]: _scopes(row) for row in described if row["consent_scope"] is not None}
    known = {row["participant_id"] for row in described}
    withdrawn: set[str] = set()
    closed: dict[str, set[str]] = {channel: set() for channel in CHANNELS}
    permitted: set[str] = set()
    for entry in sessions if withdrawn_people or narrowed or not is_whole else ():
        rows = pq.read_table(root / entry.path, columns=["session_id", "participant_id"])
        for session_id, person in zip(*(column.to_pylist() for column in rows.columns), strict=True):
            if person in withdrawn_people:
                withdrawn.add(session_id)
            elif person is None or person in known:
                permitted.add(session_id)
            for channel in CHANNELS if person in narrowed else ():
                if channel not in narrowed[person]:
                    closed[channel].add(session_id)
    return Consent(
        frozenset(withdrawn),
        {name: frozenset(ids) for name, ids in closed.items()},
        frozenset(withdrawn_people),
        None if is_whole else frozenset(permitted),
    )


def _is_withdrawn(row: dict[str, Any]) -> bool:
    status = str(row["consent_status"] or "").strip().lower()
    return status not in _AGREED or row["withdrawn_at_unix_us"] is not None


def _scopes(row: dict[str, Any]) -> set[str]:
    return {scope.strip() for scope in row["consent_scope"].split(",")}
