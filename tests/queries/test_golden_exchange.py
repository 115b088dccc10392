"""Golden rows of queries/exchange."""

from __future__ import annotations

from .conftest import Expects
from .golden import Trace

PEOPLE = """
    participant_id  consent_status  consent_scope
    p-all           granted         screenshots,keystrokes,window_titles,training
    p-not           granted         screenshots,keystrokes,window_titles,no-training
    p-only          granted         training
    p-null          unknown         -
"""
SESSIONS = """
    session_id  participant_id  task   steps_n  started_at_unix_us  time_precision
    a           p-all           write  1        1000000             us
    b           p-not           write  1        -                   ms
    c           p-only          -      1        -                   none
    d           p-null          -      1        -                   us
    e           -               -      1        -                   us
"""


def test_training_is_granted_refused_or_unknown(expects: Expects, trace: Trace) -> None:
    trace.add("participants", PEOPLE)
    trace.add("sessions", SESSIONS)
    expects(
        "exchange/consent",
        """
        session_id  training
        a           granted
        b           refused
        c           granted
        d           unknown
        e           unknown
        """,
    )


def test_people_are_named_only_when_asked_for(expects: Expects, trace: Trace) -> None:
    trace.add("sessions", SESSIONS)
    expects(
        "exchange/session",
        "session_id  participant_id  task   started_at_unix_us  time_precision\n a  -  write  1000000  us",
        session_id="a",
    )
    expects("exchange/session", "session_id  participant_id\n a  p-all", session_id="a", with_people=True)
    expects("exchange/session", "session_id  participant_id\n", session_id="nobody")
