"""Where a plan stands: its log, read row by row. The log alone is kept; this can always be made again from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from explorer.review.plan import ABANDONED, COMMITTED, FINISHED, STARTED, Plan
from explorer.review.verdict import Spot
from explorer.store.review_log import LogRow

_STATES = {"committed": COMMITTED, "started": STARTED, "finished": FINISHED, "abandoned": ABANDONED}
_Reader = tuple[str, str]  # who, and in which role


@dataclass(frozen=True, slots=True)
class Reading:
    """One verdict that counts."""

    row_n: int
    item_id: str
    lease_id: str
    reader: str
    role: str
    batch_n: int
    verdict: str
    spots: tuple[Spot, ...]
    spent_ms: int

    @property
    def needs_adjudication(self) -> bool:
        """Leaks and doubts are looked at by a third person."""
        return self.verdict in ("leak", "unsure")


@dataclass
class Standing:
    """What the rows up to `row_n` say."""

    row_n: int = 0
    state: str = COMMITTED
    was_started: bool = False
    started: dict[str, Any] = field(default_factory=dict)
    by_row: dict[int, Reading] = field(default_factory=dict)
    by_item: dict[str, dict[int, Reading]] = field(default_factory=lambda: defaultdict(dict))
    open_batch: dict[_Reader, list[int]] = field(default_factory=lambda: defaultdict(list))
    closed_n: dict[_Reader, int] = field(default_factory=lambda: defaultdict(int))
    again: dict[_Reader, dict[str, int]] = field(
        default_factory=lambda: defaultdict(dict)
    )  # item, and since when
    used: set[str] = field(default_factory=set)

    def apply(self, rows: Iterable[LogRow]) -> None:
        """Go on with rows that follow."""
        for row in rows:
            if row.row_n <= self.row_n:
                continue
            self.row_n = row.row_n
            self.used.add(row.key)
            if row.kind in _STATES:
                self._state(row)
            elif row.kind == "verdict":
                self._verdict(row)
            elif row.kind == "undo":
                self._undo(row)
            elif row.kind == "batch_closed":
                who = row.actor, row.said["role"]
                self.closed_n[who] += 1
                self.open_batch[who] = []
                self.again[who] = {}

    def readings(self, item_id: str, role: str) -> list[Reading]:
        """Verdicts of an item in a role, in order."""
        return [one for one in self.by_item.get(item_id, {}).values() if one.role == role]

    def readers(self, item_id: str) -> set[str]:
        """Who has judged an item, in any role."""
        return {one.reader for one in self.by_item.get(item_id, {}).values()}

    def needs_adjudication(self, item_id: str) -> bool:
        """True for leaks, doubts and disagreements."""
        found = self.readings(item_id, "reader")
        return any(one.needs_adjudication for one in found) or len({one.verdict for one in found}) > 1

    def is_complete(self, item_id: str, readings_n: int) -> bool:
        """All readings are there that a plan with `readings_n` for each item asks for."""
        if len(self.readings(item_id, "reader")) < readings_n:
            return False
        is_settled = readings_n == 1 or not self.needs_adjudication(item_id)
        return is_settled or bool(self.readings(item_id, "adjudicator"))

    def _state(self, row: LogRow) -> None:
        self.state = _STATES[row.kind]
        if row.kind == "started":
            self.was_started, self.started = True, row.said

    def _verdict(self, row: LogRow) -> None:
        said = row.said
        spots = tuple(Spot(**one) for one in said["spots"])
        reading = Reading(row.row_n, said["item_id"], row.key, row.actor, said["role"], said["batch_n"],
                          said["verdict"], spots, said["spent_ms"])  # fmt: skip
        self.by_row[row.row_n] = reading
        self.by_item[reading.item_id][row.row_n] = reading
        who = row.actor, reading.role
        self.open_batch[who].append(row.row_n)
        self.again[who].pop(reading.item_id, None)

    def _undo(self, row: LogRow) -> None:
        undone = self.by_row.pop(row.said["row_n"])
        del self.by_item[undone.item_id][undone.row_n]
        who = undone.reader, undone.role
        self.open_batch[who].remove(undone.row_n)
        self.again[who][undone.item_id] = row.at_utc_us


def told(plan: Plan, standing: Standing) -> Plan:
    """The plan with what became of it."""
    started = standing.started
    return replace(
        plan, state=standing.state, was_started=standing.was_started, seed=started.get("seed"),
        items_n=started.get("items_n", 0),
    )  # fmt: skip
