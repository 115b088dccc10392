"""Golden rows of steps, tasks and attempts, and of the search in them."""

from __future__ import annotations

import pytest

from .conftest import Expects
from .golden import Trace


@pytest.fixture(autouse=True)
def collection(trace: Trace) -> None:
    trace.add(
        "sessions",
        """
        session_id  actor  started_day  duration_s  task_id  task          task_outcome  task_score  steps_n
        a1          agent  4            30          t1       Book a trip   fail          0.25        3
        a2          agent  -            20          t1       Book a trip   done          1           1
        h1          human  11           90          t1       Book trip     done          -           0
        h2          human  11           90          t1       Book a trip   -             -           0
        x1          human  4            10          -        Book a trip   -             -           0
        y1          agent  4            10          t2       Pay the bill  -             -           0
        """,
    )
    trace.add(
        "steps",
        """
        session_id  step  seq  t_us  model  instruction  thought            action_type  action_args    is_correct
        a1          0     5    100   m-1    Book a trip  Open the calendar  click        {"x": 3}       true
        a1          2     9    -     m-1    Book a trip  -                  -            -              false
        a1          1     7    300   m-0    Book a trip  Open the calendar  wait         -              true
        a2          0     0    -     -      -            Look 50%           type         {"text": "Z"}  -
        """,
    )
    trace.con.execute("UPDATE steps SET is_redundant = (step = 1) WHERE step < 2 AND session_id = 'a1'")
    trace.con.execute("UPDATE steps SET action_code = 'press(\"q\")' WHERE step = 2")


def test_steps_in_true_order(expects: Expects) -> None:
    expects(
        "sessions/steps",
        """
        place  step  seq  t_us  model  thought            action_type  action_args  action_code  is_correct
        1      0     5    100   m-1    Open the calendar  click        {"x": 3}     -            true
        2      1     7    300   m-0    Open the calendar  wait         -            -            true
        3      2     9    -     m-1    -                  -            -            press("q")   false
        """,
        session_id="a1",
    )


def test_steps_by_pages(expects: Expects) -> None:
    expects("sessions/steps", "place  step\n 2  1", session_id="a1", limit_n=1, offset_n=1)
    expects("sessions/steps", "place  step", session_id="h1")


def test_outcomes_in_the_same_order(expects: Expects) -> None:
    expects(
        "sessions/step_outcomes",
        """
        place  step  is_correct  is_redundant
        1      0     true        false
        2      1     true        true
        3      2     false       -
        """,
        session_id="a1",
    )


def test_only_tasks_with_several_attempts(expects: Expects, trace: Trace) -> None:
    row = "task_id  task  texts_n  attempts_n  agent_attempts_n\n t1  Book a trip  2  4  2"
    expects("sessions/tasks", row)
    trace.add("sessions", "session_id  task_id  actor\n y2  t2  human")
    expects("sessions/tasks", f"{row}\n t2  Pay the bill  1  2  1")
    expects("sessions/tasks", row, limit_n=1)


def test_attempts_by_outcome_and_actor_and_no_words_merged(expects: Expects) -> None:
    expects(
        "sessions/attempts",
        """
        session_id  actor  model  models_n  task         task_outcome  task_score  steps_n  duration_s  started_week_day
        a2          agent  -      0         Book a trip  done          1           1        20          -
        h1          human  -      0         Book trip    done          -           0        90          11
        a1          agent  m-1    2         Book a trip  fail          0.25        3        30          4
        h2          human  -      0         Book a trip  -             -           0        90          11
        """,
        task_id="t1",
    )


def test_no_person_among_attempts(trace: Trace) -> None:
    assert "participant_id" not in trace.ask("sessions/attempts", task_id="t1").column_names


@pytest.mark.parametrize(
    ("scope", "thought", "args", "found"),
    [
        (
            "keystrokes,screenshots,window_titles",
            "true",
            "true",
            "secret seen  type secret key  press(secret)",
        ),
        ("screenshots,window_titles", "true", "false", "secret seen  type"),
        ("keystrokes,screenshots", "false", "true", "type secret key  press(secret)"),
        ("training", "false", "false", "type"),
    ],
)
def test_steps_keep_closed_what_consent_closes(
    trace: Trace, scope: str, thought: str, args: str, found: str
) -> None:
    trace.clear()
    trace.add("participants", f"participant_id  consent_scope\n p1  {scope}")
    trace.add("sessions", "session_id  participant_id\n b  p1")
    step = {"session_id": "b", "step": 0, "seq": 0, "thought": "secret seen", "observation": "secret"}
    acted = {"action_type": "type", "action_args": "secret key", "action_code": "press(secret)"}
    trace.insert("steps", [{**step, **acted}])
    [row] = trace.ask("sessions/steps", session_id="b").to_pylist()
    for name in ("thought", "observation"):
        assert (row[name] is not None) == (thought == "true")
    for name in ("action_args", "action_code"):
        assert (row[name] is not None) == (args == "true")
    texts = set(trace.ask("rollups/session_step_texts")["text"].to_pylist())
    assert texts == set(found.split("  "))


def test_models_of_sessions(expects: Expects) -> None:
    expects(
        "rollups/session_models",
        """
        session_id  model  steps_n
        a1          m-0    1
        a1          m-1    2
        """,
    )


def test_texts_of_steps(expects: Expects, trace: Trace) -> None:
    trace.clear()
    trace.add("sessions", "session_id  actor\n b  agent")
    trace.insert("steps", [{"session_id": "b", "step": 0, "seq": 0, "thought": "Look", "action_type": ""}])
    expects("rollups/session_step_texts", "session_id  text  rows_n\n b  Look  1")


def test_texts_of_steps_are_cut_and_counted(trace: Trace) -> None:
    trace.add("sessions", "session_id  actor\n b  agent")
    trace.insert("steps", [{"session_id": "b", "step": 0, "seq": 0, "thought": "ä" * 1500}])
    rows = trace.ask("rollups/session_step_texts").to_pylist()
    assert [(row["session_id"], row["text"], row["rows_n"]) for row in rows] == [
        ("a1", "Book a trip", 3),
        ("a1", "Open the calendar", 2),
        ("a1", 'click {"x": 3}', 1),
        ("a1", 'press("q")', 1),
        ("a1", "wait", 1),
        ("a2", "Look 50%", 1),
        ("a2", 'type {"text": "Z"}', 1),
        ("b", "ä" * 1000, 1),
    ]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"search": "OPEN THE CAL"}, "a1"),
        ({"search": "50%"}, "a2"),
        ({"search": '"text": "z'}, "a2"),
        ({"search": "press("}, "a1"),
        ({"search": "book"}, "a1 a2 h1 h2 x1"),
        ({"search": "pay_"}, ""),
        ({"task_id": "t1"}, "a1 a2 h1 h2"),
        ({"task_id": "t1", "actor": "agent", "search": "trip"}, "a1 a2"),
        ({"task_id": "T1"}, ""),
    ],
)
def test_search_and_task(trace: Trace, filters: dict[str, object], found: str) -> None:
    assert sorted(trace.ask("sessions/list", **filters)["session_id"].to_pylist()) == found.split()
    assert trace.ask("sessions/totals", **filters)["sessions_n"].to_pylist() == [len(found.split())]
