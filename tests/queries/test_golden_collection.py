"""Golden rows of queries/collection, and of the rollup they read."""

from __future__ import annotations

import pytest

from explorer.errors import ParameterError

from .conftest import Expects
from .golden import Trace


def people(trace: Trace, *groups: tuple[str | None, int], prefix: str = "p") -> None:
    """People with a session each, by cohort."""
    for number, (cohort, people_n) in enumerate(groups):
        names = [f"{prefix}{number}-{i}" for i in range(people_n)]
        trace.insert("participants", [{"participant_id": name, "cohort": cohort} for name in names])
        trace.insert("sessions", [{"session_id": f"{name}-a", "participant_id": name} for name in names])


def used(trace: Trace, app: str, *session_ids: str) -> None:
    """One event in an application in each of these sessions."""
    trace.insert_recording([{"session_id": s, "kind": "window_focus", "app": app} for s in session_ids])


def test_channels_of_sessions(expects: Expects, trace: Trace) -> None:
    trace.record(
        """
        session_id  kind            button  key  text   window_title  element_name  url
        a           move            -       -    -      -             -             -
        a           mouse_down      left    -    -      Inbox         -             http://a
        a           mouse_up        left    -    -      -             Reply         -
        a           click*          left    -    -      Inbox         Reply         http://a
        a           click*          middle  -    -      -             -             -
        a           key_down        -       a    -      -             -             -
        a           key_up          -       a    -      -             -             -
        a           key_down        -       -    -      -             -             -
        a           shortcut*       -       a    -      -             -             -
        a           clipboard_copy  -       -    words  -             -             -
        a           text_input*     -       -    words  -             -             -
        b           frame           -       -    -      -             -             -
        b           touch_start     -       -    -      -             -             -
        b           shortcut        -       c    -      -             -             -
        """
    )
    trace.add("sessions", "session_id\n empty")
    expects(
        "rollups/session_channels",
        """
        session_id  channel        rows_n
        a           clicks         2
        a           keys           1
        a           moves          1
        a           text           1
        a           urls           1
        a           window_titles  2
        b           clicks         1
        b           keys           1
        b           screenshots    1
        """,
    )
    expects(
        "collection/channels",
        """
        place  channel        rows_n  sessions_n  of_n
        1      moves          1       1           3
        2      clicks         3       2           3
        3      keys           2       2           3
        4      text           1       1           3
        5      screenshots    1       1           3
        6      window_titles  2       1           3
        7      urls           1       1           3
        """,
    )


def test_empty_text_is_no_channel(expects: Expects, trace: Trace) -> None:
    trace.insert_recording([{"kind": "text_input", "text": "", "window_title": "", "url": ""}])
    expects("rollups/session_channels", "session_id  channel  rows_n")


def test_channels_of_nothing(expects: Expects) -> None:
    expects(
        "collection/channels",
        """
        channel        rows_n  sessions_n  of_n
        moves          0       0           0
        clicks         0       0           0
        keys           0       0           0
        text           0       0           0
        screenshots    0       0           0
        window_titles  0       0           0
        urls           0       0           0
        """,
    )


def test_totals(expects: Expects, trace: Trace) -> None:
    # Day 4 is a Monday, 1970-01-05; day 10 the Sunday of that week.
    trace.add("participants", "participant_id  region\n p1  IE\n p2  -")
    trace.add(
        "sessions",
        """
        session_id  participant_id  actor  started_day  duration_s  region
        a           p1              human  4            60          -
        b           p1              human  10           2           NL
        c           p2              human  11           -           -
        d           -               agent  -            5           -
        e           -               human  -            -           -
        """,
    )
    trace.record("session_id  kind   frame_id\n a  frame  f1\n a  frame  f2")
    trace.con.execute("UPDATE frames SET is_redacted = true WHERE frame_id = 'f1'")
    used(trace, "Mail", "a", "b")
    used(trace, "Sheet", "b")
    expects(
        "collection/totals",
        """
        sessions_n  agent_sessions_n  timed_sessions_n  people_n  unknown_people_sessions_n  duration_s  apps_n
        5           1                 3                 2         1                          67          2
        """,
    )
    expects(
        "collection/totals",
        """
        weeks_n  first_week_day  last_week_day  week_sessions_n  region_sessions_n  frames_n  redacted_frames_n
        2        4               11             3                2                  2         1
        """,
    )


def test_totals_of_nothing(expects: Expects) -> None:
    expects(
        "collection/totals",
        """
        sessions_n  people_n  duration_s  weeks_n  first_week_day  apps_n  frames_n  redacted_frames_n
        0           0         0           0        -               0       0         0
        """,
    )


def test_apps_say_what_was_announced(expects: Expects, trace: Trace) -> None:
    people(trace, ("north", 6))
    trace.add("sessions", "session_id  actor\n robot  agent")
    everyone = [f"p0-{i}-a" for i in range(6)]
    used(trace, "Mail", *everyone)
    used(trace, "Documents", *everyone[:5])
    used(trace, "Chess", everyone[0])
    used(trace, "Poker", everyone[1], everyone[0])
    used(trace, "Notes", everyone[2])
    used(trace, "Shell", "robot")
    expects(
        "collection/apps",
        """
        app        is_announced  apps_n  sessions_n
        Documents  false         1       5
        Shell      false         1       1
        -          false         2       -
        Mail       true          1       6
        -          true          1       -
        """,
        announced="mail|NOTES|Calendar",
    )
    expects(
        "collection/apps",
        """
        app        is_announced  apps_n  sessions_n
        Mail       -             1       6
        Documents  -             1       5
        Shell      -             1       1
        -          -             3       -
        """,
    )


def test_an_app_is_never_a_part_of_what_was_announced(trace: Trace) -> None:
    for app in ("Mail|Sheet", "ail", "Mail ", "%", "|", ""):
        trace.clear()
        used(trace, app, "robot")
        assert trace.ask("collection/apps", announced="Mail|Sheet")["is_announced"].to_pylist() == [False], (
            app
        )
    assert trace.ask("collection/apps", announced="")["is_announced"].to_pylist() == [False]


def test_regions_outside_are_counted_where_they_are_enough(expects: Expects, trace: Trace) -> None:
    people(trace, ("x", 12))
    trace.con.execute(
        "UPDATE sessions SET region = CASE WHEN participant_id < 'p0-5' THEN 'FR' ELSE 'IE' END"
    )
    trace.con.execute(
        "UPDATE participants SET region = 'DE'"
    )  # where they live now counts only without the other
    expects(
        "collection/regions",
        """
        region  is_announced  regions_n  sessions_n  people_n  is_few
        FR      false         1          7           7         false
        IE      true          1          5           5         false
        """,
        announced="ie|nl",
    )


def test_regions_of_few_people_are_not_named_and_withhold_all_numbers(expects: Expects, trace: Trace) -> None:
    people(trace, ("x", 8))
    trace.con.execute("UPDATE sessions SET region = 'IE' WHERE participant_id <> 'p0-0'")
    trace.con.execute("UPDATE participants SET region = 'DE' WHERE participant_id = 'p0-0'")
    expects(
        "collection/regions",
        """
        region  is_announced  regions_n  sessions_n  people_n  is_few
        -       false         1          -           -         true
        IE      true          1          -           -         false
        """,
        announced="IE",
    )
    trace.con.execute("UPDATE participants SET region = NULL")
    expects(
        "collection/regions",
        """
        region  is_announced  people_n  is_few
        IE      -             -         false
        """,
    )


def test_a_region_of_unknown_people_is_named(expects: Expects, trace: Trace) -> None:
    trace.add("sessions", "session_id  region\n a  IE\n b  IE\n c  -")
    expects(
        "collection/regions",
        """
        region  is_announced  regions_n  sessions_n  people_n  is_few
        IE      true          1          2           0         false
        """,
        announced="IE",
    )


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([("a", 6), ("b", 5)], "a true 1 6 6; b true 1 5 5"),
        ([("a", 6), ("b", 4), ("c", 1)], "a true 1 6 6; - false 2 5 5"),
        # 2 people alone would be told by the whole minus the others
        ([("a", 9), ("b", 6), ("c", 2)], "a true 1 9 9; - false 2 8 8"),
        ([("a", 9), (None, 5), ("c", 2)], "a true 1 9 9; - false 2 7 7"),
        ([("a", 9), (None, 5)], "a true 1 9 9; - true 1 5 5"),
        ([("a", 4)], "- false 1 - -"),
        ([], ""),
    ],
)
def test_cohorts(expects: Expects, trace: Trace, groups: list[tuple[str | None, int]], expected: str) -> None:
    people(trace, *groups)
    trace.add("sessions", "session_id  actor\n robot  agent")
    rows = "\n".join("  ".join(row.split()) for row in expected.split(";"))
    expects("collection/cohorts", f"cohort  is_named  cohorts_n  people_n  sessions_n\n{rows}")


@pytest.mark.parametrize(
    ("granted_n", "unknown_n", "expected"),
    [
        (6, 5, "granted 6 false; unknown 5 false"),
        (6, 0, "granted 6 false; unknown 0 false"),
        (6, 4, "granted - false; unknown - true"),
        (3, 0, "granted - true; unknown 0 false"),
        (3, 2, "granted - true; unknown - true"),
        (0, 0, "granted 0 false; unknown 0 false"),
    ],
)
def test_consent(expects: Expects, trace: Trace, granted_n: int, unknown_n: int, expected: str) -> None:
    people(trace, ("x", granted_n), prefix="g")
    people(trace, ("x", unknown_n), prefix="u")
    # One of them is not described at all.
    trace.con.execute("UPDATE participants SET consent_status = 'unknown' WHERE participant_id LIKE 'u%'")
    trace.con.execute("DELETE FROM participants WHERE participant_id = 'u0-0'")
    trace.add("sessions", "session_id  actor\n robot  agent")
    rows = "\n".join("  ".join(row.split()) for row in expected.split(";"))
    expects("collection/consent", f"consent  people_n  is_few\n{rows}")


def still(trace: Trace) -> None:
    """Sessions by what can be shown of them: pictured ones with and without redaction, a path alone, nothing."""
    trace.add(
        "participants",
        """
        participant_id  consent_scope
        free            -
        demo            screenshots,demo
        shy             screenshots,keystrokes
        """,
    )
    trace.add(
        "sessions",
        """
        session_id  participant_id  moves_n
        path        free            1
        bare        free            1
        masked      demo            1
        private     shy             900
        nothing     free            0
        """,
    )
    trace.record(
        """
        session_id  kind   frame_id
        bare        frame  b1
        masked      frame  m1
        masked      frame  m2
        private     frame  p1
        """
    )
    trace.con.execute("UPDATE frames SET is_redacted = true WHERE frame_id IN ('m1', 'p1')")


def test_a_still_picture_is_covered_by_a_redaction_pass_and_by_consent(
    expects: Expects, trace: Trace
) -> None:
    still(trace)
    expects("collection/still", "place  session_id  shown_frames_n\n 1  masked  1")
    found = trace.ask("collection/still", limit_n=9).to_pylist()
    assert [row["place"] for row in found] == [1, 2, 3]
    assert {row["session_id"] for row in found} == {"masked", "path", "bare"}
    trace.con.execute("DELETE FROM sessions WHERE session_id = 'masked'")
    found = trace.ask("collection/still").to_pylist()
    assert [row["shown_frames_n"] for row in found] == [0], "only a path, without its screenshots"
    assert found[0]["session_id"] in ("path", "bare")
    expects("collection/still", "session_id  shown_frames_n\n bare  1", with_bare=True)
    trace.con.execute("DELETE FROM sessions WHERE session_id IN ('path', 'bare')")
    expects("collection/still", "session_id  shown_frames_n", with_bare=True)


def test_a_still_picture_has_a_path_and_a_person_where_there_is_one(expects: Expects, trace: Trace) -> None:
    trace.add(
        "sessions",
        """
        session_id  actor  moves_n
        robot       agent  500
        short       human  99
        long        human  100
        """,
    )
    clicks = [{"session_id": s, "kind": "click", "button": "left"} for s in ("long", "robot", "short") * 3]
    trace.insert_recording(clicks)
    expects("collection/still", "session_id  shown_frames_n\n long  0")
    trace.con.execute("DELETE FROM sessions WHERE session_id = 'long'")
    expects("collection/still", "session_id  shown_frames_n\n robot  0")


@pytest.mark.parametrize("name", ["apps", "regions", "cohorts", "consent"])
def test_no_smaller_group_can_be_asked_for(trace: Trace, name: str) -> None:
    with pytest.raises(ParameterError, match="may not go below 5"):
        trace.ask(f"collection/{name}", min_people=4)
