"""Golden rows of the session list and what goes with it."""

from __future__ import annotations

import hashlib

import pytest

from explorer.errors import ParameterError

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
        ({"cohort": "nobody"}, ""),
        ({"app": "Mail"}, "s1 s2"),
        ({"app": "mail"}, ""),
        ({"os": "macos"}, "s1"),
        ({"source_format": "office"}, "s2 s3 s4 s5 s6"),
        ({"actor": "agent"}, "s7"),
        ({"day_from": 4, "day_to": 10}, "s2 s3 s6"),
        ({"day_to": 3}, "s1"),
        ({"day_from": 6, "day_to": 6}, "s2 s3 s6"),
        ({"day_from": 10}, "s2 s3 s4 s5 s6"),
        ({"day_from": 11, "day_to": -4}, ""),
        ({"day_to": -3}, "s1"),
        ({"day_from": -(2**31)}, "s1 s2 s3 s4 s5 s6"),
        ({"day_to": 2**31 - 1}, "s1 s2 s3 s4 s5 s6"),
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


SUMS = ("people_n", "unknown_people_sessions_n", "duration_us", "events_n", "frames_n")


@pytest.mark.parametrize(
    ("filters", "sessions_n", "is_summed"),
    [
        ({"source_format": "many"}, 6, True),  # six people, and six are left out
        ({"source_format": "ducktrack"}, 1, False),  # one person
        ({"day_to": 11}, 10, False),  # leaves out two people
        ({"search": "pay"}, 3, False),  # three people
        ({"actor": "agent"}, 1, True),  # nobody known
        ({"actor": "human"}, 12, True),  # everybody known
        ({"search": ""}, 13, True),  # no filter
    ],
)
def test_totals_withhold_sums_that_single_out_a_few(
    trace: Trace, filters: dict[str, object], sessions_n: int, is_summed: bool
) -> None:
    trace.add(
        "sessions",
        """
        session_id  participant_id  source_format  actor  started_day  duration_s
        t1          q1              many           human  5            1
        t2          q2              many           human  5            1
        t3          q3              many           human  5            1
        t4          q4              many           human  5            1
        t5          q5              many           human  20           1
        t6          q6              many           human  20           1
        """,
    )
    [row] = trace.ask("sessions/totals", **filters).to_pylist()
    assert row["sessions_n"] == sessions_n
    assert {name for name in SUMS if row[name] is not None} == (set(SUMS) if is_summed else set())


def test_the_difference_to_the_whole_tells_no_session(trace: Trace) -> None:
    # everyone is in the selection of linux, but s1 and s8 of p1 are not
    trace.add("sessions", "session_id  participant_id  os     duration_s\n s8  p1  beos  7")
    trace.add("sessions", "session_id  participant_id  os     duration_s\n s9  p1  linux  9")
    for os in ("linux", "beos"):
        [row] = trace.ask("sessions/totals", os=os).to_pylist()
        assert (row["people_n"], row["duration_us"]) == (None, None)


def test_a_small_collection_is_summed_as_it_is(trace: Trace) -> None:
    trace.clear()
    trace.add("sessions", "session_id  participant_id  os  duration_us\n a  p1  linux  7")
    assert trace.ask("sessions/totals")["duration_us"].to_pylist() == [7]
    assert trace.ask("sessions/totals", os="linux")["duration_us"].to_pylist() == [None]


@pytest.mark.parametrize("name", ["list", "totals", "facets", "density_of_list", "ribbon_of_list"])
def test_no_smaller_group_can_be_asked_for(trace: Trace, name: str) -> None:
    with pytest.raises(ParameterError, match="min_people may not go below 5"):
        trace.ask(f"sessions/{name}", min_people="4")


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
        cohort         north         5
        os             linux         5
        source_format  office        5
        source_format  agentnet_raw  1
        """,
    )


def test_facets_offer_what_five_people_or_nobody_known_stand_behind(trace: Trace) -> None:
    for number in range(1, 6):
        is_last = number == 5
        trace.record(f"session_id  t_s  kind  app\n s{number}  70  scroll  {'-' if is_last else 'Sheets'}")
    trace.record("session_id  t_s  kind  app\n s7  -  scroll  Shell")
    assert _apps_offered(trace) == {"Shell": 1}
    trace.record("session_id  t_s  kind  app\n s5  80  scroll  Sheets")
    trace.record("session_id  t_s  kind  app\n s1  80  scroll  Sheets")
    assert _apps_offered(trace) == {"Shell": 1, "Sheets": 5}
    trace.record("session_id  t_s  kind  app\n s6  80  scroll  Shell")
    assert _apps_offered(trace) == {"Sheets": 5}


def _apps_offered(trace: Trace) -> dict[str, int]:
    rows = trace.ask("sessions/facets").to_pylist()
    return {row["value"]: row["sessions_n"] for row in rows if row["facet"] == "app"}


def test_facets_with_larger_groups_on_request(trace: Trace) -> None:
    rows = trace.ask("sessions/facets", min_people=6).to_pylist()
    assert [row["value"] for row in rows] == ["human", "agent", "agentnet_raw"]


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
    columns = "session_id  actor  has_known_person  cohort  started_week_day  source_events_n  clicks_n"
    expects("sessions/facts", f"{columns}\n s1  human  true   north  -3  4  1", session_id="s1")
    expects("sessions/facts", f"{columns}\n s6  human  true   -      4   0  0", session_id="s6")
    expects("sessions/facts", f"{columns}\n s7  agent  false  -      -   0  0", session_id="s7")
    expects("sessions/facts", columns, session_id="nowhere")


def test_list_and_facts_name_the_same_cohorts(trace: Trace) -> None:
    # five people are enrolled, four of them have sessions
    trace.clear()
    for number in range(1, 6):
        trace.add("participants", f"participant_id  cohort\n p{number}  east")
    for number in range(1, 5):
        trace.add("sessions", f"session_id  participant_id\n s{number}  p{number}")
    assert set(trace.ask("sessions/list")["cohort"].to_pylist()) == {None}
    assert trace.ask("sessions/facts", session_id="s1")["cohort"].to_pylist() == [None]
    trace.add("sessions", "session_id  participant_id\n s5  p5")
    assert set(trace.ask("sessions/list")["cohort"].to_pylist()) == {"east"}
    assert trace.ask("sessions/facts", session_id="s1")["cohort"].to_pylist() == ["east"]


def test_session_people_are_told_apart_without_their_names(expects: Expects) -> None:
    lines = (f"s{n}  {hashlib.md5(f'p{n}'.encode()).hexdigest()}" for n in range(1, 7))
    expects("rollups/session_people", "\n".join(("session_id  person", *lines)))


def test_no_person_and_no_start_leaves_these_queries(trace: Trace) -> None:
    for name in ("sessions/list", "sessions/facts"):
        columns = trace.ask(name, **({"session_id": "s1"} if name.endswith("facts") else {})).column_names
        told = {"participant_id", "started_at_unix_us", "started_day", "source_name", "extra"} & set(columns)
        assert not told
