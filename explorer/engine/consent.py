"""What consent leaves visible: which sessions are withdrawn, and which channels the others keep closed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from explorer.trace.manifest import FileEntry

# scope -> the sessions of people who gave consent without it
CHANNELS = ("screenshots", "keystrokes", "window_titles")


@dataclass(frozen=True, slots=True)
class Consent:
    """Session ids that are withdrawn, and per channel those for which it is closed; and the people withdrawn."""

    withdrawn: frozenset[str]
    closed: dict[str, frozenset[str]]
    withdrawn_people: frozenset[str]

    @property
    def fingerprint(self) -> str:
        """sha256 of everything that consent hides: rollups built under another one are out of date."""
        digest = hashlib.sha256()
        groups = {"withdrawn": self.withdrawn, "people": self.withdrawn_people, **self.closed}
        for name, members in sorted(groups.items()):
            digest.update(f"{name}:{','.join(sorted(members))};".encode())
        return digest.hexdigest()


NO_CONSENT = Consent(frozenset(), {name: frozenset() for name in CHANNELS}, frozenset())


def read_consent(root: Path, sessions: tuple[FileEntry, ...], people: tuple[FileEntry, ...]) -> Consent:
    """Consent of a dataset, from its sessions and participants files.

    A NULL scope is unrestricted; a session of an unknown person follows the dataset's own terms.
    """
    withdrawn_people: set[str] = set()
    narrowed: dict[str, set[str]] = {}
    for entry in people:
        for row in pq.read_table(root / entry.path).to_pylist():
            if row["consent_status"] == "withdrawn":
                withdrawn_people.add(row["participant_id"])
            if row["consent_scope"] is not None:
                narrowed[row["participant_id"]] = {s.strip() for s in row["consent_scope"].split(",")}
    withdrawn: set[str] = set()
    closed: dict[str, set[str]] = {channel: set() for channel in CHANNELS}
    if withdrawn_people or narrowed:
        for entry in sessions:
            rows = pq.read_table(root / entry.path, columns=["session_id", "participant_id"])
            for session_id, person in zip(*(column.to_pylist() for column in rows.columns), strict=True):
                if person in withdrawn_people:
                    withdrawn.add(session_id)
                for channel in CHANNELS if person in narrowed else ():
                    if channel not in narrowed[person]:
                        closed[channel].add(session_id)
    return Consent(
        frozenset(withdrawn),
        {name: frozenset(ids) for name, ids in closed.items()},
        frozenset(withdrawn_people),
    )
