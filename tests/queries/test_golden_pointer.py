"""Golden rows of the rollups of pointing and of the queries that read them."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Expects
from .golden import Trace

# Cells of the 192 x 108 grid, and what they are on 96 and on 48 columns.
TOP_LEFT, SECOND, FAR = 0, 2, 192 * 107 + 191
FAR_96, FAR_48 = 53 * 96 + 95, 26 * 48 + 47
SCREEN = {"display_id": "d", "left_px": 0, "top_px": 0, "width_px": 1920, "height_px": 1080}


def points(cell: int | None, **columns: Any) -> dict[str, Any]:
    """A row with a place; what is not said is a move in Mail."""
    placed = {"cell": cell, "x_px": 5, "y_px": 5} if cell is not None else {}
    return {"kind": "move", "app": "Mail", **placed, **columns}


def crowd(
    trace: Trace, *rows: dict[str, Any], people_n: int = 5, prefix: str = "p", turn: str = "a", **session: Any
) -> None:
    """The same rows for so many people, in one session each."""
    names = [f"{prefix}{i}" for i in range(people_n)]
    trace.insert("sessions", [{"session_id": f"{n}-{turn}", "participant_id": n, **session} for n in names])
    trace.insert_recording([{"session_id": f"{n}-{turn}", **row} for n in names for row in rows])


def test_cells_of_sessions(expects: Expects, trace: Trace) -> None:
    trace.record(
        f"""
        session_id  kind          button  t_ms   app   x_px  cell      window_cell  flags
        s           move          -       0      Mail  1     0         -            -
        s           move          -       10     Mail  2     1         0            -
        s           mouse_down    left    20     Mail  2     1         0            -
        s           mouse_up      left    100    Mail  2     1         0            -
        s           click*        left    20     Mail  2     1         0            -
        s           click*        -       20     Mail  2     1         0            -
        s           click*        middle  20     Mail  2     1         0            -
        s           key_down      -       9000   Mail  -     -         -            -
        s           move          -       9500   -     9999  -         -            off_screen
        s           move          -       9600   -     -     -         -            sentinel_xy
        s           click*        right   9600   Mail  7     {FAR}     -            -
        s           move          -       9600   -     7     -         -            no_geometry
        s           double_click*  -       9600   Mail  7     {FAR}     -            -
        s           drag*         -       9600   Mail  7     {FAR}     -            -
        s           scroll        -       9600   Mail  -     -         -            -
        """
    )
    # 10 + 10 + 80 + 5,000 ms at the top left; the key's time is nobody's; then 100 ms off the screen.
    expects(
        "rollups/session_pointer_cells",
        """
        space   kind          app   cell  is_outside  n_0  n_1  n_2  n_3  dwell_ms
        screen  click         Mail  0     false       2    0    0    0    0
        screen  double_click  Mail  1295  false       0    0    0    1    0
        screen  drag          Mail  1295  false       0    0    0    1    0
        screen  move          Mail  0     false       2    0    0    0    5100
        screen  move          Mail  -     false       0    0    0    0    0
        screen  move          -     -     false       2    0    0    0    0
        screen  move          -     -     true        1    0    0    0    100
        screen  right_click   Mail  1295  false       0    0    0    1    0
        screen  scroll        Mail  -     false       1    0    0    0    0
        window  click         Mail  0     false       2    0    0    0    0
        window  double_click  Mail  -     true        1    0    0    0    0
        window  drag          Mail  -     true        1    0    0    0    0
        window  move          Mail  0     false       1    0    0    0    5090
        window  move          Mail  -     false       0    0    0    0    0
        window  move          Mail  -     true        1    0    0    0    10
        window  move          -     -     false       3    0    0    0    100
        window  right_click   Mail  -     true        1    0    0    0    0
        window  scroll        Mail  -     false       1    0    0    0    0
        """,
    )
    expects(
        "rollups/session_pointer_blocks",
        """
        session_id  space   kind          block  n_0   n_1  n_2  n_3
        s           screen  click         0      2     0    0    0
        s           screen  double_click  1295   0     0    0    1
        s           screen  drag          1295   0     0    0    1
        s           screen  dwell         0      5100  0    0    0
        s           screen  move          0      2     0    0    0
        s           screen  right_click   1295   0     0    0    1
        s           window  click         0      2     0    0    0
        s           window  dwell         0      5090  0    0    0
        s           window  move          0      1     0    0    0
        """,
    )
    trace.add("displays", "session_id  display_id  left_px  top_px  width_px  height_px  is_estimated\n"
                          "s  d  0  0  1920  1080  true")  # fmt: skip
    expects(
        "rollups/session_pointer_totals",
        """
        session_id  space   kind          app   events_n  counted_n  outside_n  is_estimated
        s           screen  click         Mail  2         2          0          true
        s           screen  double_click  Mail  1         1          0          true
        s           screen  drag          Mail  1         1          0          true
        s           screen  dwell         Mail  5100      5100       0          true
        s           screen  dwell         -     100       0          100        true
        s           screen  move          Mail  2         2          0          true
        s           screen  move          -     3         0          1          true
        s           screen  right_click   Mail  1         1          0          true
        s           screen  scroll        Mail  1         0          0          true
        s           window  click         Mail  2         2          0          true
        s           window  double_click  Mail  1         0          1          true
        s           window  drag          Mail  1         0          1          true
        s           window  dwell         Mail  5100      5090       10         true
        s           window  dwell         -     100       0          0          true
        s           window  move          Mail  2         1          1          true
        s           window  move          -     3         0          0          true
        s           window  right_click   Mail  1         0          1          true
        s           window  scroll        Mail  1         0          0          true
        """,
    )


def test_what_filters_tell_apart_as_numbers(expects: Expects, trace: Trace) -> None:
    trace.insert(
        "participants",
        [{"participant_id": "p", "cohort": "a"}, {"participant_id": "q", "consent_scope": "window_titles"}],
    )
    trace.insert("sessions", [
        {"session_id": "s", "participant_id": "p", "os": "linux", "task_id": "t", "started_day": 11},
        {"session_id": "t", "participant_id": "q", "os": "linux"},
        {"session_id": "u", "source_format": "other", "actor": "agent"},
        {"session_id": "v", "participant_id": "p", "os": "macos"}, {"session_id": "w"},
    ])  # fmt: skip
    expects(
        "lib/session_numbers",
        """
        session_id  person  cohort_number  os_number  source_number  actor_number  task_number  week         is_keyed
        s           1       1              1          1              1             1            2            true
        t           2       2              1          1              1             2            -1000000000  false
        u           -3      2              3          3              3             2            -1000000000  true
        v           1       1              4          1              1             2            -1000000000  true
        w           -5      2              3          1              1             2            -1000000000  true
        """,
    )


def test_cells_of_the_whole_collection(expects: Expects, trace: Trace) -> None:
    trace.add("sessions", "session_id  participant_id\n a  p\n b  p\n c  q\n d  -\n e  -")
    trace.record(
        """
        session_id  kind    button  t_ms  app    cell  x_px
        a           move    -       0     Mail   0     1
        a           move    -       70    Sheet  1     1
        b           move    -       -     Mail   1     1
        c           move    -       -     Mail   2     1
        d           move    -       -     Mail   0     1
        e           click*  left    -     Mail   2     1
        e           click*  left    -     -      0     1
        e           move    -       -     Mail   -     1
        """
    )
    expects(
        "rollups/whole_pointer_cells",
        """
        columns_n  space   kind   scope  app    cell  n   people_n  unknown_people_sessions_n
        48         screen  click  all    -      0     2   0         1
        48         screen  click  app    Mail   0     1   0         1
        48         screen  click  app    -      0     1   0         1
        48         screen  dwell  all    -      0     70  1         0
        48         screen  dwell  app    Mail   0     70  1         0
        48         screen  move   all    -      0     5   2         1
        48         screen  move   app    Mail   0     4   2         1
        48         screen  move   app    Sheet  0     1   1         0
        96         screen  click  all    -      0     1   0         1
        96         screen  click  all    -      1     1   0         1
        96         screen  click  app    Mail   1     1   0         1
        96         screen  click  app    -      0     1   0         1
        96         screen  move   all    -      0     4   1         1
        96         screen  move   all    -      1     1   1         0
        96         screen  move   app    Mail   0     3   1         1
        96         screen  move   app    Mail   1     1   1         0
        96         screen  move   app    Sheet  0     1   1         0
        """,
    )


def test_quarters_are_the_cells_of_the_finer_grid(expects: Expects, trace: Trace) -> None:
    """Upper left, upper right, lower left, lower right: of a cell of 4 x 4, and of a block of 8 x 8."""
    crowd(trace, *(points(cell) for cell in (0, 2, 2, *[2 * 192] * 3, *[2 * 192 + 2] * 4)), os="linux")
    crowd(trace, *(points(cell) for cell in (4, 4, 4 * 192, *[4 * 192 + 4] * 3)), os="linux", turn="b")
    wanted = "cell  value\n 0  50\n 1  10\n 48  5\n 49  15"
    expects("pointer/heatmap", wanted, kind="move")
    expects("pointer/heatmap", wanted, kind="move", os="linux")
    finer = "cell  value\n 0  5\n 1  10\n 2  10\n 96  15\n 97  20\n 192  5\n 194  15"
    expects("pointer/heatmap", finer, kind="move", columns_n=96)
    expects("pointer/heatmap", finer, kind="move", columns_n=96, os="linux", app="Mail")


def test_a_map_of_the_whole_and_of_an_app(expects: Expects, trace: Trace) -> None:
    crowd(trace, points(TOP_LEFT), points(SECOND), points(FAR), points(None))
    crowd(trace, points(TOP_LEFT, app="Sheet"), prefix="q")
    expects(
        "pointer/heatmap",
        f"cell  value  people_n\n 0  15  10\n {FAR_48}  5  5",
        kind="move",
    )
    expects(
        "pointer/heatmap",
        f"cell  value  people_n\n 0  10  10\n 1  5  5\n {FAR_96}  5  5",
        kind="move",
        columns_n=96,
    )
    expects("pointer/heatmap", "cell  value  people_n\n 0  5  5", kind="move", app="Sheet")
    expects("pointer/heatmap", f"cell  value\n 0  10\n {FAR_48}  5", kind="move", by="people")
    for nothing in ({"by": "ms"}, {"kind": "click"}, {"space": "window"}, {"columns_n": 192}, {"by": "x"}):
        expects("pointer/heatmap", "cell  value  people_n", **{"kind": "move", **nothing})
    expects(
        "pointer/denominators",
        """
        people_n  unknown_people_sessions_n  sessions_n  events_n  counted_n  off_screen_n  no_geometry_n  withheld_n
        10        0                          10          25        20         0             5              0
        """,
        kind="move",
    )


@pytest.mark.parametrize("params", [{}, {"os": "linux"}])
def test_cells_of_few_people_and_one_more_are_withheld(
    expects: Expects, trace: Trace, params: dict[str, str]
) -> None:
    crowd(trace, points(TOP_LEFT), points(FAR), people_n=6, os="linux")
    crowd(trace, points(96), people_n=5, prefix="q", os="linux")
    crowd(trace, points(192 * 50), people_n=4, prefix="r", os="linux")
    # 4 people at one place would be told by the sum of what is missing, so the 5 at another go with them.
    expects("pointer/heatmap", f"cell  value  people_n\n 0  6  6\n {FAR_48}  6  6", kind="move", **params)
    expects(
        "pointer/denominators",
        "people_n  events_n  counted_n  withheld_n\n 15  21  21  9",
        kind="move",
        **params,
    )


def test_a_filtered_map_equals_the_whole_where_it_leaves_nothing_out(trace: Trace) -> None:
    places = (TOP_LEFT, SECOND, 8, 192 * 60 + 11)
    rows = [points(cell, t_us=90_000 * at) for at, cell in enumerate(places)]
    rows += [points(cell, kind="scroll", t_us=90_000 * (9 + at)) for at, cell in enumerate(places)]
    crowd(trace, *rows, people_n=7, os="linux")
    crowd(trace, *rows[:1], *rows[4:5], people_n=2, prefix="q", os="linux")
    crowd(trace, points(FAR, t_us=0), points(FAR, kind="scroll", t_us=9), people_n=2, prefix="r", os="linux")
    for kind in ("move", "scroll", "dwell"):
        for app, columns_n in ((None, 48), ("Mail", 48), ("Mail", 96)):
            asked = {"kind": kind, "app": app, "columns_n": columns_n}
            whole = trace.ask("pointer/heatmap", **asked).to_pylist()
            assert trace.ask("pointer/heatmap", os="linux", **asked).to_pylist() == whole
            assert bool(whole) == (kind != "dwell" or columns_n == 48)
            told = trace.ask("pointer/denominators", **asked).to_pylist()
            assert trace.ask("pointer/denominators", os="linux", **asked).to_pylist() == told
    # A grid that a map does not have is told as withheld, whole.
    for asked in ({"kind": "dwell"}, {"kind": "move", "os": "linux"}):
        assert trace.ask("pointer/heatmap", columns_n=96, **asked).num_rows == 0
        (told,) = trace.ask("pointer/denominators", columns_n=96, **asked).to_pylist()
        assert told["withheld_n"] == told["counted_n"] > 0


def test_dwell_is_in_milliseconds(expects: Expects, trace: Trace) -> None:
    crowd(trace, points(TOP_LEFT, t_us=0), points(None, kind="key_down", t_us=1_000_000))
    for by in ("events", "ms"):
        expects("pointer/heatmap", "cell  value  people_n\n 0  5000  5", kind="dwell", by=by)
    expects("pointer/denominators", "events_n  counted_n\n 5000  5000", kind="dwell")


def refuses(trace: Trace, **params: Any) -> None:
    for name in ("heatmap", "denominators", "apps", "person_cells"):
        assert trace.ask(f"pointer/{name}", **{"kind": "move", **params}).num_rows == 0, name
    assert trace.ask("pointer/moments", **{"kind": "move", "cell": 0, **params}).num_rows == 0
    asked = {"kind": "move", **params}
    assert asked.pop("space", "screen") == "screen"
    assert trace.ask("pointer/zoom", **asked).num_rows == 0


def test_a_selection_of_few_people_is_refused(trace: Trace) -> None:
    crowd(trace, points(TOP_LEFT), people_n=4)
    refuses(trace)
    crowd(trace, points(TOP_LEFT), people_n=4, prefix="q", os="linux")
    assert trace.ask("pointer/heatmap", kind="move").num_rows == 1
    refuses(trace, os="linux")


def test_a_selection_that_leaves_few_people_out_is_refused(trace: Trace) -> None:
    crowd(trace, points(TOP_LEFT), people_n=6, os="linux")
    crowd(trace, points(TOP_LEFT), people_n=1, prefix="q", os="macos")
    refuses(trace, os="linux")
    trace.insert("sessions", [{"session_id": "p0-b", "participant_id": "p0", "os": "macos"}])
    trace.insert_recording([{"session_id": "p0-b", **points(TOP_LEFT)}])
    refuses(trace, os="linux")
    crowd(trace, points(TOP_LEFT, app="Sheet"), people_n=1, prefix="r", os="linux")
    refuses(trace, app="Mail")


def test_an_app_that_few_people_did_not_use_has_a_map(trace: Trace) -> None:
    """The rest are other apps, of many people; few of one cohort who did not stay behind its map."""
    crowd(trace, points(TOP_LEFT), points(TOP_LEFT, app="Sheet"), people_n=5, os="linux")
    crowd(trace, points(TOP_LEFT, app="Sheet"), people_n=1, prefix="q", os="linux")
    assert trace.ask("pointer/heatmap", kind="move", app="Mail").to_pylist() == [
        {"cell": 0, "value": 5, "people_n": 5}
    ]
    crowd(trace, points(TOP_LEFT), points(TOP_LEFT, app="Sheet"), people_n=1, prefix="r", os="macos")
    refuses(trace, app="Mail", os="linux")


def test_people_who_are_not_known_stand_for_their_sessions(expects: Expects, trace: Trace) -> None:
    trace.insert("sessions", [{"session_id": f"s{i}"} for i in range(2)])
    trace.insert_recording([{"session_id": f"s{i}", **points(TOP_LEFT)} for i in range(2)])
    expects("pointer/heatmap", "cell  value  people_n\n 0  2  0", kind="move", by="people")
    expects("pointer/denominators", "people_n  unknown_people_sessions_n  sessions_n\n 0  2  2", kind="move")


def test_apps_of_few_people_stand_together(expects: Expects, trace: Trace) -> None:
    crowd(trace, points(0), points(0, app="Sheet"), points(0, app="Docs"), people_n=6)
    crowd(trace, points(0, app="Docs"), people_n=1, prefix="q")
    expects(
        "pointer/apps",
        """
        app    is_named  apps_n  events_n  people_n
        Docs   true      1       7         7
        Mail   true      1       6         6
        Sheet  true      1       6         6
        """,
        kind="move",
    )
    trace.insert_recording([{"session_id": "p0-a", "seq": 9, **points(0, app="Chess")}])
    # Mail, one of those with fewest people, goes with the one of a single person.
    expects(
        "pointer/apps",
        """
        app    is_named  apps_n  events_n  people_n
        Docs   true      1       7         7
        Sheet  true      1       6         6
        -      false     2       7         -
        """,
        kind="move",
    )
    trace.clear()
    expects("pointer/apps", "app  is_named  apps_n  events_n  people_n", kind="move")


def test_cells_of_each_person(expects: Expects, trace: Trace) -> None:
    crowd(trace, points(TOP_LEFT), points(SECOND), points(TOP_LEFT, kind="scroll"), people_n=5, os="linux")
    crowd(trace, points(FAR), people_n=5, os="linux", turn="b")
    trace.insert("sessions", [{"session_id": "u"}])
    trace.insert_recording([{"session_id": "u", **points(TOP_LEFT)}])
    told = trace.ask("pointer/person_cells", kind="move").to_pylist()
    assert {row["person_number"] for row in told} == set(range(6))
    known = [row for row in told if row["is_person"]]
    assert [(row["os"], row["cell"], row["n"]) for row in known] == [
        ("linux", 0, 2),
        ("linux", FAR_48, 1),
    ] * 5
    (unknown,) = [row for row in told if not row["is_person"]]
    assert (unknown["os"], unknown["cell"], unknown["n"]) == (None, 0, 1)
    # The same people have the same numbers in every answer, which are not in the order of their names.
    expects("pointer/person_cells", "person_number  is_person  os  cell  n\n" + "\n".join(
        f"{n}  true  linux  0  1" for n in sorted({row["person_number"] for row in known})
    ), kind="scroll")  # fmt: skip


def test_moments_behind_a_cell(expects: Expects, trace: Trace) -> None:
    crowd(
        trace, {"kind": "frame", "t_us": 1_000}, points(TOP_LEFT, t_us=2_000), {"kind": "frame", "t_us": 3_000},
        points(FAR, t_us=4_000), points(1, t_us=5_000), points(FAR, t_us=6_000, kind="click", button="left"),
    )  # fmt: skip
    asked = {"kind": "move", "cell": 0}
    found = trace.ask("pointer/moments", **asked).to_pylist()
    assert [row["place"] for row in found] == list(range(1, 11))
    # Every session has its turn before one has a second.
    assert {row["session_id"] for row in found[:5]} == {f"p{i}-a" for i in range(5)}
    frames = {2_000: "0000000", 5_000: "0000002"}
    assert all(row["frame_id"] == f"{row['session_id']}-{frames[row['t_us']]}" for row in found)
    other = trace.ask("pointer/moments", seed=2, **asked).to_pylist()
    assert other != found
    assert sorted(r["t_us"] for r in other) == sorted(r["t_us"] for r in found)
    assert trace.ask("pointer/moments", limit_n=3, **asked).to_pylist() == found[:3]
    expects("pointer/moments", "t_us  app\n" + "4000  Mail\n" * 5, kind="move", cell=FAR_96, columns_n=96)
    expects("pointer/moments", "t_us  app\n" + "6000  Mail\n" * 5, kind="click", cell=FAR_48)
    expects("pointer/moments", "t_us  app\n" + "4000  Mail\n" * 5, kind="dwell", cell=FAR_48)
    for nothing in ({"space": "window"}, {"app": "Sheet"}, {"kind": "scroll"}, {"cell": 1}):
        expects("pointer/moments", "place  session_id", **{**asked, **nothing})


def test_moments_of_few_people_are_refused(trace: Trace) -> None:
    crowd(trace, points(TOP_LEFT))
    crowd(trace, points(FAR), people_n=4, prefix="q")
    assert trace.ask("pointer/moments", kind="move", cell=0).num_rows == 5
    assert trace.ask("pointer/moments", kind="move", cell=FAR_48).num_rows == 0


def test_zoom_reads_pixels_and_the_display_of_the_time(expects: Expects, trace: Trace) -> None:
    """The same share of screens of several sizes, turned ones too, is one cell."""
    half = 192 * 54 + 96
    sizes = [(1920, 1080), (1080, 1920), (3840, 2160), (800, 600), (1366, 768)]
    for i, (width, height) in enumerate(sizes):
        trace.insert("sessions", [{"session_id": f"s{i}", "participant_id": f"p{i}"}])
        trace.insert("displays", [
            {"session_id": f"s{i}", "display_id": "d", "left_px": -100, "top_px": 50, "width_px": width,
             "height_px": height, "end_us": 10},
            {"session_id": f"s{i}", "display_id": "d", "left_px": 0, "top_px": 0, "width_px": width * 2,
             "height_px": height * 2, "start_us": 10},
        ])  # fmt: skip
        at = {"display_id": "d", "app": "Mail", "cell": half, "kind": "move"}
        trace.insert_recording([
            {"session_id": f"s{i}", **at, "t_us": 5, "x_px": width // 2 - 100, "y_px": height // 2 + 50},
            {"session_id": f"s{i}", **at, "t_us": 15, "x_px": width, "y_px": height},
            {"session_id": f"s{i}", **at, "t_us": 15, "x_px": 10**9, "y_px": height, "cell": None},
            {"session_id": f"s{i}", **at, "t_us": 16, "x_px": width, "y_px": height, "kind": "click",
             "window_title": "Inbox (3)"},
        ])  # fmt: skip
    expects("pointer/zoom", f"cell  value  people_n\n {480 * 135 + 240}  10  5", kind="move")
    narrow = {"x0": 0.5, "x1": 0.6, "y0": 0.25, "y1": 0.75, "columns_n": 1000, "rows_n": 10}
    expects("pointer/zoom", "cell  value  people_n\n 5000  10  5", kind="move", **narrow)
    expects("pointer/zoom", "cell  value  people_n", kind="move", x0=0.6)
    expects("pointer/zoom", f"cell  value  people_n\n {480 * 135 + 240}  5  5", kind="click", title="inbox")
    expects("pointer/zoom", "cell  value  people_n", kind="click", title="outbox")
    expects("pointer/zoom", "cell  value  people_n", kind="move", title="inbox")


def test_zoom_withholds_cells_of_few_people_and_one_more(expects: Expects, trace: Trace) -> None:
    crowd(trace, *(points(192 * y, display_id="d", x_px=5, y_px=10 * y + 5) for y in (0, 1)), people_n=6)
    crowd(trace, points(192 * 2, display_id="d", x_px=5, y_px=25), people_n=1, prefix="q")
    names = [f"p{i}-a" for i in range(6)] + ["q0-a"]
    trace.insert("displays", [{"session_id": name, **SCREEN} for name in names])
    expects("pointer/zoom", "cell  value  people_n\n 192  6  6", kind="move", columns_n=192, rows_n=108)
