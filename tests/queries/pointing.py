"""What maps must say, worked out row by row in plain Python: the other way to the numbers of queries/pointer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

MIN_PEOPLE, IDLE_US = 5, 5_000_000
POINTING = {"move", "mouse_down", "mouse_up", "click", "double_click", "drag", "scroll", "touch_start", "touch_move",
            "touch_end"}  # fmt: skip
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something with a place: cell of the 192 x 108 grid, or why there is none ('outside', 'unknown')."""

    session_id: str
    app: str | None
    cell: int | None
    why: str
    n: int


@dataclass(frozen=True, slots=True)
class Map:
    """cell -> (value, known people, sessions of unknown people), of all cells, of the withheld ones, and the sums."""

    cells: dict[int, tuple[int, int, int]]
    withheld_n: int
    events_n: int
    counted_n: int
    off_screen_n: int
    people_n: int
    sessions_n: int


def marks(rows: Sequence[Row], kind: str, space: str) -> list[Mark]:
    """The marks of one kind; `rows` in the order of their sessions."""
    own = [row for row in rows if _kind(row) == kind]
    times: Iterable[tuple[Row, int]] = ((row, 1) for row in own) if kind != "dwell" else _rests(rows)
    has_window = {
        (r["session_id"], r["app"]) for r in rows if r["window_cell"] is not None and _is_mark(r, rows)
    }
    return [Mark(row["session_id"], row["app"], *_place(row, space, has_window), n) for row, n in times]


def _kind(row: Row) -> str | None:
    name = str(row["kind"]).rstrip("*")
    if name != "click":
        return name
    return {"left": "click", None: "click", "right": "right_click"}.get(row["button"])


def _is_mark(row: Row, rows: Sequence[Row]) -> bool:
    """Rows that are counted at all, as moves, clicks, or as places where the pointer rested."""
    is_own = not str(row["kind"]).endswith("*") and row["kind"] in POINTING
    return is_own or _kind(row) in ("click", "right_click", "double_click", "drag", "scroll")


def _rests(rows: Sequence[Row]) -> Iterator[tuple[Row, int]]:
    by_session: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if not str(row["kind"]).endswith("*"):
            by_session[row["session_id"]].append(row)
    for own in by_session.values():
        for row, after in pairwise(own):
            if row["kind"] in POINTING and row["t_us"] is not None and after["t_us"] is not None:
                yield row, min(max(after["t_us"] - row["t_us"], 0), IDLE_US)


def _place(row: Row, space: str, has_window: set[tuple[str, str | None]]) -> tuple[int | None, str]:
    cell = row["cell" if space == "screen" else "window_cell"]
    if cell is not None:
        return cell, ""
    if space == "screen":
        return None, "outside" if "off_screen" in (row["flags"] or "") else "unknown"
    is_outside = row["x_px"] is not None and (row["session_id"], row["app"]) in has_window
    return None, "outside" if is_outside else "unknown"


def pointed(
    found: Sequence[Mark], people: Mapping[str, str | None], chosen: set[str], app: str | None, columns_n: int,
    *, is_dwell: bool = False, systems: Mapping[str, str] | None = None,
) -> Map | None:  # fmt: skip
    """The map of these marks; None where it is refused. `people`, `systems`: person and system of each session."""
    found = [mark for mark in found if mark.n > 0]
    if is_dwell:
        found = _rounded(found, 48)
    own = [m for m in found if m.session_id in chosen and (app is None or m.app == app)]
    of_app = [m for m in found if app is None or m.app == app]
    inside, everyone = (known({m.session_id for m in part}, people) for part in (own, of_app))
    if inside and not (_is_enough(len(inside)) and _is_enough(len(everyone - inside))):
        return None
    named = [(m.session_id, {"app": m.app or "", "os": (systems or {}).get(m.session_id, "")}) for m in found]
    is_own = [m.session_id in chosen and (app is None or m.app == app) for m in found]
    if inside and any(not _is_enough(n) for n in left_by(named, is_own, people)):
        return None
    cells = _cells(own, people, columns_n, is_coarse=is_dwell)
    few = [cell for cell, (_, people_n, _) in cells.items() if 0 < people_n < MIN_PEOPLE]
    if few:
        many = sorted((people_n, cell) for cell, (_, people_n, _) in cells.items() if people_n >= MIN_PEOPLE)
        few += [cell for _, cell in many[:1]]
    shown = {cell: value for cell, value in sorted(cells.items()) if cell not in few}
    return Map(
        shown, sum(cells[cell][0] for cell in few), sum(m.n for m in own),
        sum(m.n for m in own if m.cell is not None), sum(m.n for m in own if m.why == "outside"), len(inside),
        len({m.session_id for m in own}),
    )  # fmt: skip


def left_by(
    rows: Sequence[tuple[str, Mapping[str, str]]], is_own: Sequence[bool], people: Mapping[str, str | None]
) -> Iterator[int]:
    """How many people every wider selection has beside the own rows: one for each set of what those have in common.

    `rows`: session, and the value of each thing that a filter can ask for.
    """
    own = [
        told for (session_id, told), is_in in zip(rows, is_own, strict=True) if is_in and people[session_id]
    ]
    common = {name: value for name, value in own[0].items() if all(one[name] == value for one in own)}
    beside = [row for row, is_in in zip(rows, is_own, strict=True) if not is_in]
    for size in range(len(common) + 1):
        for names in combinations(common, size):
            left = {s for s, told in beside if all(told[name] == common[name] for name in names)}
            yield len(known(left, people))


def known(session_ids: Iterable[str], people: Mapping[str, str | None]) -> set[str]:
    """The known people of sessions."""
    return {person for one in session_ids if (person := people[one]) is not None}


def coarser(cell: int, columns_n: int, from_n: int = 192) -> int:
    """The cell of a grid of fewer columns."""
    size = from_n // columns_n
    return cell // from_n // size * columns_n + cell % from_n // size


def _is_enough(people_n: int) -> bool:
    return people_n == 0 or people_n >= MIN_PEOPLE


def _cells(
    own: Sequence[Mark], people: Mapping[str, str | None], columns_n: int, *, is_coarse: bool
) -> dict[int, tuple[int, int, int]]:
    by_cell: dict[int, list[Mark]] = defaultdict(list)
    for mark in own:
        if mark.cell is not None:
            by_cell[mark.cell if is_coarse else coarser(mark.cell, columns_n)].append(mark)
    return {
        cell: (
            sum(m.n for m in there),
            len(known({m.session_id for m in there}, people)),
            len({m.session_id for m in there if people[m.session_id] is None}),
        )
        for cell, there in by_cell.items()
    }


def _rounded(found: Sequence[Mark], columns_n: int) -> list[Mark]:
    """Dwell in whole milliseconds: one mark per session, application and cell, rounded half up."""
    sums: dict[tuple[Any, ...], int] = defaultdict(int)
    for m in found:
        cell = None if m.cell is None else coarser(m.cell, columns_n)
        sums[m.session_id, m.app, cell, m.why] += m.n
    return [Mark(*key, (us + 500) // 1000) for key, us in sums.items() if (us + 500) // 1000]
