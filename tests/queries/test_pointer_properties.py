"""What holds for every map: it equals the count row by row, nothing is lost, and nobody is told by it."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from .golden import Trace
from .pointing import MIN_PEOPLE, Map, marks, pointed

some = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

# 19 sessions of 13 people, the first of whom have two, and of 2 who are not known.
PEOPLE = {f"s{i:02d}": f"p{i % 13}" for i in range(17)} | {"s17": None, "s18": None}
CELLS = (0, 1, 3, 192 * 2, 192 * 107 + 191)
PLACES = st.one_of(
    st.sampled_from(CELLS).map(lambda cell: {"cell": cell, "x_px": 7, "flags": None}),
    st.sampled_from(
        [
            {"cell": None, "x_px": 10**9, "flags": "off_screen"},
            {"cell": None, "x_px": -7, "flags": "drag,off_screen"},
            {"cell": None, "x_px": 7, "flags": "no_geometry"},
            {"cell": None, "x_px": None, "flags": "sentinel_xy"},
            {"cell": None, "x_px": None, "flags": None},
        ]
    ),
)
KINDS = [
    "move",
    "mouse_down",
    "click*",
    "click",
    "double_click*",
    "drag*",
    "scroll",
    "key_down",
    "touch_start",
]
ROWS = st.lists(
    st.tuples(
        PLACES,
        st.fixed_dictionaries(
            {
                "kind": st.sampled_from(KINDS),
                "t_us": st.one_of(st.none(), st.integers(0, 20).map(lambda t: t * 400_123)),
                "button": st.sampled_from(["left", "right", "middle", None]),
                "app": st.sampled_from([*["Mail"] * 4, "Sheet", None]),
                "window_cell": st.sampled_from([None, None, *CELLS]),
            }
        ),
    ).map(lambda parts: {**parts[0], **parts[1]}),
    min_size=1,
    max_size=8,
)
# Most rows are everybody's, or maps would be refused; a few are one session's alone.
RECORDING = st.tuples(ROWS, st.dictionaries(st.sampled_from(sorted(PEOPLE)), ROWS, min_size=1, max_size=4))
OS = st.lists(st.sampled_from(["linux", "macos"]), min_size=len(PEOPLE), max_size=len(PEOPLE))
ASKED = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(
            [*["move"] * 6, "click", "right_click", "double_click", "drag", "scroll", "dwell", "dwell"]
        ),
        "space": st.sampled_from(["screen", "screen", "window"]),
        "columns_n": st.sampled_from([48, 96]),
        "app": st.sampled_from(["Mail", "Sheet", None, None]),
        "os": st.sampled_from(["linux", "macos", None, None]),
    }
)


# One person alone in a cell: it is withheld, and the cell of all the others with it.
ALONE = {
    "kind": "move",
    "t_us": None,
    "button": None,
    "app": "Mail",
    "window_cell": None,
    "x_px": 7,
    "flags": None,
}
ONE_APART = ([{**ALONE, "cell": 0}], {"s05": [{**ALONE, "cell": CELLS[-1]}]})
ALL_MOVES = {"kind": "move", "space": "screen", "columns_n": 48, "app": None, "os": None}


def recorded(trace: Trace, recording: Any, systems: list[str]) -> list[dict[str, Any]]:
    everybody, own = recording
    rows = [
        {**row, "session_id": session_id}
        for session_id in sorted(PEOPLE)
        for row in (*everybody, *own.get(session_id, ()))
    ]
    trace.clear()
    sessions = zip(PEOPLE.items(), systems, strict=True)
    trace.insert(
        "sessions", [{"session_id": s, "participant_id": p, "os": system} for (s, p), system in sessions]
    )
    # Positions are kept as 32-bit numbers in every table.
    trace.insert_recording(dict(row) for row in rows)
    return rows


def expected(rows: list[dict[str, Any]], systems: list[str], asked: dict[str, Any]) -> Map | None:
    # What an application was used in is told by the rows that were recorded, not by those made from them.
    uses = {(row["session_id"], row["app"]) for row in rows if not row["kind"].endswith("*")}
    chosen = {
        s
        for s, system in zip(PEOPLE, systems, strict=True)
        if asked["os"] in (None, system) and (asked["app"] is None or (s, asked["app"]) in uses)
    }
    found = marks(rows, asked["kind"], asked["space"])
    is_dwell = asked["kind"] == "dwell"
    by_session = dict(zip(PEOPLE, systems, strict=True))
    return pointed(
        found, PEOPLE, chosen, asked["app"], asked["columns_n"], is_dwell=is_dwell, systems=by_session
    )


@given(recording=RECORDING, systems=OS, asked=ASKED)
@example(recording=ONE_APART, systems=["linux"] * len(PEOPLE), asked=ALL_MOVES)
@some
def test_a_map_equals_the_count_row_by_row(
    trace: Trace, recording: Any, systems: list[str], asked: dict[str, Any]
) -> None:
    wanted = expected(recorded(trace, recording, systems), systems, asked)
    cells = trace.ask("pointer/heatmap", **asked).to_pylist()
    told = trace.ask("pointer/denominators", **asked).to_pylist()
    if wanted is None:
        assert (cells, told) == ([], [])
        return
    is_filtered = asked["os"] is not None and asked["app"] is None
    is_drawn = asked["columns_n"] == 48 or not (
        asked["kind"] == "dwell" or (asked["kind"] == "move" and is_filtered)
    )
    found = {row["cell"]: (row["value"], row["people_n"]) for row in cells}
    assert found == ({cell: value[:2] for cell, value in wanted.cells.items()} if is_drawn else {})
    of_people = trace.ask("pointer/heatmap", by="people", **asked).to_pylist()
    values = {cell: value[1] + value[2] for cell, value in wanted.cells.items() if is_drawn}
    assert {row["cell"]: row["value"] for row in of_people} == values
    (numbers,) = told
    for name in ("people_n", "sessions_n", "events_n", "counted_n", "off_screen_n"):
        assert numbers[name] == getattr(wanted, name), name
    assert numbers["counted_n"] + numbers["off_screen_n"] + numbers["no_geometry_n"] == numbers["events_n"]
    assert sum(value for value, _ in found.values()) + numbers["withheld_n"] == numbers["counted_n"]
    if is_drawn:
        assert numbers["withheld_n"] == wanted.withheld_n


@given(recording=RECORDING, systems=OS, asked=ASKED)
@some
def test_nobody_is_told_by_a_map(
    trace: Trace, recording: Any, systems: list[str], asked: dict[str, Any]
) -> None:
    """Every number that is shown has no known person behind it, or enough of them; so has what is withheld."""
    rows = recorded(trace, recording, systems)
    cells = trace.ask("pointer/heatmap", **asked).to_pylist()
    assert all(row["people_n"] == 0 or row["people_n"] >= MIN_PEOPLE for row in cells)
    for row in trace.ask("pointer/denominators", **asked).to_pylist():
        assert row["people_n"] == 0 or row["people_n"] >= MIN_PEOPLE
    for row in trace.ask("pointer/apps", **{k: v for k, v in asked.items() if k != "columns_n"}).to_pylist():
        assert row["people_n"] in (None, 0) or row["people_n"] >= MIN_PEOPLE
    shown = {row["cell"] for row in cells}
    for cell in (0, 1, 2, 48, 96):
        moments = trace.ask("pointer/moments", cell=cell, limit_n=100, **asked).to_pylist()
        if moments and asked["kind"] != "dwell":
            people = {PEOPLE[row["session_id"]] for row in moments} - {None}
            assert cell in shown or len(people) >= MIN_PEOPLE or not people
    assert rows
