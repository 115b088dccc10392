"""Golden rows of the queries that read one session: displays, applications and time."""

from __future__ import annotations

from .conftest import Expects
from .golden import Trace


def test_displays(expects: Expects, trace: Trace) -> None:
    trace.add(
        "displays",
        """
        session_id  display_id  start_us  end_us  left_px  width_px  height_px  is_estimated
        s           b           0         -       -1280    1280      1024       false
        s           a           5         -       0        800       600        true
        s           a           0         5       0        1920      1080       false
        other       a           0         -       0        1         1          false
        """,
    )
    expects(
        "sessions/displays",
        """
        display_id  start_us  end_us  left_px  width_px  is_estimated
        a           0         5       0        1920      false
        b           0         -       -1280    1280      false
        a           5         -       0        800       true
        """,
        session_id="s",
    )


def test_app_switches(expects: Expects, trace: Trace) -> None:
    # app  Mail Mail -  Mail Sheets (Sheets) Mail
    trace.record(
        """
        t_ms  kind          app     window_title
        0     window_focus  Mail    Inbox
        5     key_down      Mail    Inbox
        6     custom        -       -
        7     key_down      Mail    Re: you
        9     window_focus  Sheets  Budget
        9     shortcut*     Chess   Kasparov
        9     window_focus  Mail    Inbox
        """
    )
    expects(
        "sessions/app_switches",
        """
        seq  t_ms  from_app  to_app  window_title
        4    9     Mail      Sheets  Budget
        6    9     Sheets    Mail    Inbox
        """,
        session_id="s",
    )


def test_app_switches_follow_seq_where_there_is_no_time(expects: Expects, trace: Trace) -> None:
    trace.record(
        """
        kind   app
        click  Mail
        click  Sheets
        """
    )
    expects("sessions/app_switches", "seq  t_us  to_app\n 1  -  Sheets", session_id="s")


def test_time_per_app_skips_idle_gaps(expects: Expects, trace: Trace) -> None:
    # t_s  0    1    2 ......... 9     9.5
    # app  Mail Mail Mail        Sheets end
    trace.record(
        """
        t_ms  kind          app
        0     key_down      Mail
        1000  move          Mail
        2000  key_down      Mail
        9000  window_focus  Sheets
        9500  move          Sheets
        """
    )
    expects(
        "sessions/time_per_app",
        """
        app     active_ms
        Mail    2000
        Sheets  500
        """,
        session_id="s",
    )
    expects(
        "sessions/time_per_app", "app  active_ms\n Mail  9000\n Sheets  500", session_id="s", idle_gap_ms=7000
    )


def test_time_per_app_counts_time_once_when_the_clock_steps_back(expects: Expects, trace: Trace) -> None:
    trace.record(
        """
        t_ms  kind      app
        0     key_down  -
        4000  key_down  -
        1000  key_down  -
        4000  key_up*   Mail
        5000  key_down  -
        """
    )
    expects("sessions/time_per_app", "app  active_ms\n -  5000", session_id="s")
