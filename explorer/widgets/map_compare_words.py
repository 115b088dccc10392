"""How a comparison is said: who was compared, by which method, and how sure it is."""

from __future__ import annotations

from explorer.measures.map_difference import ALPHA, MapDifference
from explorer.widgets import wording
from explorer.widgets.map_pairs import COLUMNS_N, ROWS_N, Side
from explorer.widgets.map_state import KINDS, MapState


def method_of(state: MapState, sides: dict[str, Side], found: MapDifference) -> str:
    """Unit, method, smallest p, and what was left out."""
    return " ".join((_unit(sides, found), _method(state, found), *_left_out(sides, found)))


def answer_of(found: MapDifference) -> str:
    """Whether the sides differ, in one sentence."""
    if found.is_too_few:
        return f"Too few people to tell: whatever they had done, no p below {_p(found.p_smallest)} could come out."
    cells_n = int(found.is_distinct.sum())
    if not cells_n:
        return "No difference can be told from chance."
    verb = "differs" if cells_n == 1 else "differ"
    return f"{wording.count(cells_n, 'cell')} {verb} by more than chance (p at most {ALPHA:g})."


def _unit(sides: dict[str, Side], found: MapDifference) -> str:
    units = {side: "people" if own.is_people else "sessions" for side, own in sides.items()}
    numbers = {"a": found.a_n, "b": found.b_n}
    if found.method == "paired_sign_flip":
        return f"Unit: the person; the same {wording.number(found.a_n)} are on both sides."
    if units["a"] == units["b"] == "people":
        return f"Unit: the person ({_two(numbers)}), each with their own shares, all alike in weight."
    said = ", ".join(f"{side.upper()}: {wording.number(numbers[side])} {units[side]}" for side in ("a", "b"))
    return f"Unit: the person, and the session where people are not known ({said}), all alike in weight."


def _two(numbers: dict[str, int]) -> str:
    return f"{wording.number(numbers['a'])} in A, {wording.number(numbers['b'])} in B"


def _method(state: MapState, found: MapDifference) -> str:
    if found.method == "paired_sign_flip":
        how = "Paired t for each cell, signs of whole people flipped"
    else:
        within = "" if state.compare == "os" else " within systems"
        how = f"Welch's t for each cell, labels of whole people exchanged{within}"
    times = wording.number(found.permutations_n)
    ways = f"in all {times} ways there are" if found.is_exact else f"{times} times by chance"
    cells = wording.number(COLUMNS_N * ROWS_N)
    least = f"Smallest p that could come out: {_p(found.p_smallest)}."
    return f"{how} {ways}; p holds for all {cells} cells together. {least}"


def _left_out(sides: dict[str, Side], found: MapDifference) -> list[str]:
    left = found.left_out
    unknown_n = sum(own.unknown_n for own in sides.values())
    parts = [
        (unknown_n, "session of unknown people", "sessions of unknown people"),
        (left.one_side_n, "person on one side only", "people on one side only"),
        (left.both_sides_n, "person on both sides", "people on both sides"),
        (
            left.unmatched_n,
            "person on a system that the other side lacks",
            "people on a system that the other side lacks",
        ),
    ]
    said = [wording.count(n, one, many) for n, one, many in parts if n]
    return [f"Left out: {wording.joined(said)}."] if said else []


def side_said(state: MapState, side: Side) -> str:
    """People, sessions and events of a side, and what of it is on no cell."""
    numbers = side.numbers
    _, one, many = KINDS[state.kind]
    people = (
        wording.count(numbers["people_n"], "person", "people") if numbers["people_n"] else "people not known"
    )
    whole = (
        wording.duration(1000 * numbers["events_n"], sessions_n=1_000_000)
        if state.kind == "dwell"
        else wording.count(numbers["events_n"], one, many)
    )
    outside_n = numbers["off_screen_n"] + numbers["no_geometry_n"]
    parts = [people, wording.count(numbers["sessions_n"], "session"), whole]
    parts.append(f"{wording.number(outside_n)} off screen or of unknown place")
    if numbers["estimated_n"]:
        parts.append(f"{wording.number(numbers['estimated_n'])} on estimated screens")
    return " · ".join(parts)


def share_words(state: MapState) -> dict[str, str]:
    """How the shares of a side are said."""
    many = "rest" if state.kind == "dwell" else KINDS[state.kind][2]
    return {"format": "share", "one": "", "many": many, "none": "none, or withheld"}


def _p(value: float) -> str:
    return "below 0.0001" if value < 1e-4 else f"{value:.2g}"
