"""Golden rows of the session list and what goes with it."""

from __future__ import annotations

import pytest

from .conftest import Expects
from .golden import Trace


@pytest.fixture(autouse=True)
def collection(trace: Trace) -> None:
    """Five people in cohort north, one in south, one agent. Day 4 is a Monday (1970-01-05), day 3 a Sunday."""
    trace.add(
        "participants",
        """
        participant_id  cohort
        p1              north
        p2              north
        p3              north
        p4              north
        p5              north
        p6              south
        """,
    )
    trace.add(
        "sessions",
        """
        session_id  participant_id  source_format  actor  started_day  duration_s  os     task       moves_n  frames_n
        s1          p1              ducktrack      human  3            60          macos  Pay 50%    1        2
        s2          p2              office         human  4            2           linux  Pay_rent   0        0
        s3          p3              office         human  10           3           linux  -          0        0
        s4          p4              office         human  11           4           linux  -          0        0
        s5          p5              office         human  11           5           linux  -          0        0
        s6          p6              office         human  4            6           linux  Pay_rent   0        0
        s7          -               agentnet_raw   agent  -            -           -      Book trip  0        0
        """,
    )
    trace.record(
        """
        session_id  t_s  kind          button  app    window_title
        s1          0    window_focus  -       Mail   Inbox [50]
        s1          0    frame         -       -      -
        s1          10   mouse_down    left    Mail   Inbox [50]
        s1          10   mouse_up      left    Mail   Inbox [50]
        s1          10   click*        left    Mail   Inbox [50]
        s1          20   move          -       Mail   -
        s1          60   key_down      -       Chess  Kasparov
        s1          60   frame         -       -      -
        s2          1    scroll        -       Mail   INBOX
        """
    )


def test_list_is_sorted_by_week_and_names_no_small_cohort(expects: Expects) -> None:
    expects(
        "sessions/list",
        """
        session_id  cohort  started_week_day  os     task       first_window_title  moves_n  clicks_n  keys_n  apps_n
        s4          north   11                linux  -          -                   0        0         0       0
        s5          north   11                linux  -          -                   0        0         0       0
        s2          north   4                 linux  Pay_rent   INBOX               0        0         0       1
        s3          north   4                 linux  -          -                   0        0         0       0
        s6          -       4                 linux  Pay_rent   -                   0        0         0       0
        s1          north   -3                macos  Pay 50%    Inbox [50]          1        1         1       2
        s7          -       -                 -      Book trip  -                   0        0         0       0
        """,
    )


def test_list_shows_what_a_row_needs(expects: Expects) -> None:
    expects(
        "sessions/list",
        """
        session_id  source_format  actor  duration_s  frames_n  first_frame_id  middle_frame_id  last_frame_id
        s1          ducktrack      human  60          2         s1-0000001      s1-0000001       s1-0000007
        """,
        os="macos",
    )


def test_list_pages(expects: Expects) -> None:
    expects(
        "sessions/list",
        """
        session_id
        s5
        s2
        """,
        offset_n=1,
        limit_n=2,
    )


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, "s1 s2 s3 s4 s5 s6 s7"),
        ({"cohort": "north"}, "s1 s2 s3 s4 s5"),
        ({"cohort": "south"}, ""),
        ({"cohort": "south", "min_people": 1}, "s6"),
        ({"cohort": "nobody"}, ""),
        ({"app": "Mail"}, "s1 s2"),
        ({"app": "mail"}, ""),
        ({"os": "macos"}, "s1"),
        ({"source_format": "office"}, "s2 s3 s4 s5 s6"),
        ({"actor": "agent"}, "s7"),
        ({"day_from": 4, "day_to": 10}, "s2 s3 s6"),
        ({"day_to": 3}, "s1"),
        ({"search": "inbox"}, "s1 s2"),
        ({"search": "KASPAROV"}, "s1"),
        ({"search": "50"}, "s1"),
        ({"search": "pay_"}, "s2 s6"),
        ({"search": "y%r"}, ""),
        ({"search": "50%"}, "s1"),
        ({"search": "["}, "s1"),
        ({"search": ""}, "s1 s2 s3 s4 s5 s6 s7"),
        ({"search": "' OR true --"}, ""),
        ({"app": "Mail", "actor": "human", "os": "linux", "search": "rent", "day_from": 4}, "s2"),
    ],
)
def test_filters(trace: Trace, filters: dict[str, object], found: str) -> None:
    assert sorted(trace.ask("sessions/list", **filters)["session_id"].to_pylist()) == found.split()


def test_totals_count_people_once_and_no_derived_rows(expects: Expects, trace: Trace) -> None:
    trace.add(
        "sessions",
        """
        session_id  participant_id  duration_s  moves_n
        s8          p1              1           7
        """,
    )
    expects(
        "sessions/totals",
        """
        sessions_n  people_n  unknown_people_sessions_n  duration_s  events_n  frames_n
        8           6         1                          81          13        2
        """,
    )


def test_totals_of_nothing_are_zero(expects: Expects) -> None:
    expects(
        "sessions/totals",
        """
        sessions_n  people_n  unknown_people_sessions_n  duration_us  events_n  frames_n
        0           0         0                          0            0         0
        """,
        os="amiga",
    )


def test_totals_refuse_a_small_cohort(expects: Expects) -> None:
    nothing = "sessions_n  people_n"
    expects("sessions/totals", nothing, cohort="south")
    expects("sessions/totals", nothing, cohort="nobody")


def test_facets_leave_out_small_cohorts(expects: Expects) -> None:
    expects(
        "sessions/facets",
        """
        facet          value         sessions_n
        actor          human         6
        actor          agent         1
        app            Mail          2
        app            Chess         1
        cohort         north         5
        os             linux         5
        os             macos         1
        source_format  office        5
        source_format  agentnet_raw  1
        source_format  ducktrack     1
        week           4             3
        week           11            2
        week           -3            1
        """,
    )


def test_facets_with_smaller_groups_on_request(trace: Trace) -> None:
    rows = trace.ask("sessions/facets", min_people=1).to_pylist()
    assert [row["value"] for row in rows if row["facet"] == "cohort"] == ["north", "south"]


def test_density_of_the_listed_sessions(expects: Expects) -> None:
    # s1 lasts 60 s, so that a part lasts 1 s; the last row is at its very end
    expects(
        "sessions/density_of_list",
        """
        session_id  bin  kind        rows_n
        s1          0    frame       1
        s1          10   click       1
        s1          20   move        1
        s1          59   app_switch  1
        s1          59   frame       1
        s1          59   key         1
        """,
        source_format="ducktrack",
    )


def test_ribbon_of_the_listed_sessions(expects: Expects) -> None:
    expects(
        "sessions/ribbon_of_list",
        """
        session_id  segment  app   start_s  end_s
        s1          0        Mail  0        60
        s2          0        Mail  1        2
        """,
    )


def test_density_and_ribbon_follow_the_page(trace: Trace) -> None:
    page = {"offset_n": 2, "limit_n": 1}
    assert set(trace.ask("sessions/density_of_list", **page)["session_id"].to_pylist()) == {"s2"}
    assert set(trace.ask("sessions/ribbon_of_list", **page)["session_id"].to_pylist()) == {"s2"}


def test_facts_know_the_cohort_only_when_it_is_large(expects: Expects) -> None:
    columns = "session_id  actor  has_known_person  cohort  started_day  started_week_day  source_events_n  clicks_n"
    expects("sessions/facts", f"{columns}\n s1  human  true   north  3  -3  4  1", session_id="s1")
    expects("sessions/facts", f"{columns}\n s6  human  true   -      4  4   0  0", session_id="s6")
    expects("sessions/facts", f"{columns}\n s7  agent  false  -      -  -   0  0", session_id="s7")
    expects("sessions/facts", columns, session_id="nowhere")


def test_no_person_and_no_start_leaves_these_queries(trace: Trace) -> None:
    for name in ("sessions/list", "sessions/facts"):
        columns = trace.ask(name, **({"session_id": "s1"} if name.endswith("facts") else {})).column_names
        assert not {"participant_id", "started_at_unix_us"} & set(columns)
