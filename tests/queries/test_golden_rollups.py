"""Golden rows of queries/rollups."""

from __future__ import annotations

from .conftest import Expects
from .golden import Trace


def test_frames_index_is_every_frame_without_its_picture(expects: Expects, trace: Trace) -> None:
    trace.record(
        """
        session_id  t_ms  kind   frame_id  file              file_row  sha256
        b           9     frame  b-1       frames/y.parquet  4         bb
        b           3     frame  b-0       frames/y.parquet  5         cc
        a           -     frame  a-0       frames/x.parquet  0         aa
        """
    )
    expects(
        "rollups/frames_index",
        """
        session_id  seq  frame_id  t_ms  file              file_row  sha256  is_redacted
        a           0    a-0       -     frames/x.parquet  0         aa      false
        b           0    b-1       9     frames/y.parquet  4         bb      false
        b           1    b-0       3     frames/y.parquet  5         cc      false
        """,
    )


def test_session_summary_counts(expects: Expects, trace: Trace) -> None:
    trace.record(
        """
        session_id  t_ms  kind           button  app     window_title  flags
        s           0     move           -       Finder  -             off_screen
        s           0     move           -       -       -             drag,sentinel_xy
        s           1     window_focus   -       -       -             -
        s           1     window_focus   -       Mail    Inbox         -
        s           2     mouse_down     left    Mail    Inbox         off_screen
        s           3     mouse_up       left    Mail    Inbox         -
        s           3     click*         left    Mail    Inbox         off_screen
        s           3     click*         -       Mail    Inbox         -
        s           3     click*         right   Mail    Inbox         -
        s           3     click*         middle  Mail    Inbox         -
        s           3     double_click*  left    Mail    Inbox         -
        s           4     drag*          left    Mail    Inbox         -
        s           4     scroll         -       Sheets  Budget        -
        s           5     key_down       -       Mail    Inbox         unresolved_key
        s           5     key_down       -       Mail    Inbox         dangling,recorder_hotkey
        s           6     key_up         -       Mail    Inbox         unresolved_key
        s           6     shortcut*      -       Mail    Inbox         -
        """
    )
    trace.add("sessions", "session_id\n empty")
    expects(
        "rollups/session_summary",
        """
        session_id  source_events_n  clicks_n  right_clicks_n  double_clicks_n  drags_n  scrolls_n  keys_n  shortcuts_n
        empty       0                0         0               0                0        0          0       0
        s           8                2         1               1                1        1          2       1
        """,
    )
    expects(
        "rollups/session_summary",
        """
        session_id  app_switches_n  apps_n  off_screen_n  sentinel_n  unresolved_keys_n  dangling_keys_n
        empty       0               0       0             0           0                  0
        s           2               3       2             1           1                  1
        """,
    )
    expects(
        "rollups/session_summary",
        """
        session_id  first_window_title  first_app
        empty       -                   -
        s           Inbox               Mail
        """,
    )


def test_session_summary_picks_three_frames(expects: Expects, trace: Trace) -> None:
    trace.record(
        """
        session_id  kind   frame_id
        a           frame  a0
        b           frame  b9
        b           frame  b0
        c           frame  c0
        c           frame  c1
        c           move   -
        c           frame  c2
        c           frame  c3
        c           frame  c4
        """
    )
    expects(
        "rollups/session_summary",
        """
        session_id  first_frame_id  middle_frame_id  last_frame_id
        a           a0              a0               a0
        b           b9              b9               b0
        c           c0              c2               c4
        """,
    )


def test_a_long_title_is_cut_in_the_summary_alone(trace: Trace) -> None:
    trace.insert_recording([{"kind": "window_focus", "window_title": "é" * 1_000_000}])
    assert trace.ask("rollups/session_summary")["first_window_title"][0].as_py() == "é" * 300
    assert len(trace.ask("rollups/session_titles")["window_title"][0].as_py()) == 1_000_000


def test_session_titles(expects: Expects, trace: Trace) -> None:
    trace.record(
        """
        session_id  kind          window_title
        s           window_focus  Inbox
        s           key_down      Inbox
        s           shortcut*     Inbox
        s           window_focus  Budget
        s           window_focus  -
        t           window_focus  Inbox
        """
    )
    expects(
        "rollups/session_titles",
        """
        session_id  window_title  rows_n
        s           Budget        1
        s           Inbox         2
        t           Inbox         1
        """,
    )


def test_session_app_counts(expects: Expects, trace: Trace) -> None:
    trace.record(
        """
        session_id  kind      app
        s           move      Mail
        s           key_down  Mail
        s           click*    Mail
        s           move      -
        s           move      Finder
        t           key_down  Mail
        """
    )
    expects(
        "rollups/session_app_counts",
        """
        session_id  app     rows_n
        s           Finder  1
        s           Mail    2
        t           Mail    1
        """,
    )


def test_session_apps(expects: Expects, trace: Trace) -> None:
    # t_ms  0    2         5      7 (back to 6)  9   10 (end)
    # app   -    Mail ..........  Sheets ......  Mail .
    trace.record(
        """
        t_ms  kind          app
        0     move          Chess
        2     window_focus  Mail
        5     key_down      Mail
        6     custom        -
        7     window_focus  Finder
        7     window_focus  Sheets
        6     key_down      Sheets
        8     click*        Chess
        9     window_focus  Mail
        10    window_focus  Chess
        """
    )
    expects(
        "rollups/session_apps",
        """
        session_id  segment  app     start_ms  end_ms
        s           0        Mail    2         7
        s           1        Sheets  7         9
        s           2        Mail    9         10
        """,
    )


def test_session_apps_of_sessions_without_time(expects: Expects, trace: Trace) -> None:
    trace.record("kind  app\n click  Mail\n click  Sheets")
    expects("rollups/session_apps", "session_id  segment  app")


def test_session_density(expects: Expects, trace: Trace) -> None:
    # 60 parts of 10 ms; the session lasts 600 ms
    trace.record(
        """
        session_id  t_ms  kind      button  app
        s           0     move      -       -
        s           9     move      -       -
        s           10    move      -       -
        s           599   mouse_up  right   Mail
        s           599   click*    right   Mail
        s           600   key_down  -       Sheets
        s           -     move      -       -
        still       0     move      -       -
        still       0     scroll    -       -
        timeless    -     scroll    -       -
        """
    )
    expects(
        "rollups/session_density",
        """
        session_id  bin  kind         rows_n
        s           0    move         2
        s           1    move         1
        s           59   app_switch   1
        s           59   key          1
        s           59   right_click  1
        still       59   move         1
        still       59   scroll       1
        """,
    )
