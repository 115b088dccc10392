"""Golden rows of queries/review."""

from __future__ import annotations

from .conftest import Expects
from .golden import Trace

ALL = {"first_session_id": "a", "last_session_id": "z"}


def test_moments_begin_with_a_picture_and_take_what_comes_before_the_first(
    expects: Expects, trace: Trace
) -> None:
    trace.record(
        """
        session_id  t_ms  kind        window_title  key  code
        a           0     click       Inbox         -    -
        a           5     frame       -             -    -
        a           6     key_down    -             -    VK_65
        a           7     click       -             -    -
        a           8     frame       -             -    -
        a           9     click*      Inbox         -    -
        """
    )
    expects(
        "review/moments",
        """
        session_id  moment_n  frame_id   seq  seq_end  t_ms
        a           0         a-0000001  0    2        5
        a           1         a-0000004  4    5        8
        """,
        **ALL,
    )


def test_moments_without_pictures_end_at_pauses_and_full_runs_unless_typing_goes_on(
    expects: Expects, trace: Trace
) -> None:
    # s    0     1          29.9       30.1  33         36   40   60.1
    #      T     T          key        key   T          T    T    T
    #      moment 0, typed over 30 s         0          0    0    1
    trace.record(
        """
        session_id  t_ms    kind      window_title  key
        a           0       click     T             -
        a           5999    click     T             -
        a           10000   click     T             -
        a           29900   key_down  -             a
        a           30100   key_down  -             b
        a           33000   click     T             -
        a           37999   click     T             -
        a           42999   click     T             -
        a           47000   click     T             -
        a           51000   click     T             -
        a           55000   click     T             -
        a           59000   click     T             -
        a           61000   click     T             -
        """
    )
    expects(
        "review/moments",
        """
        session_id  moment_n  frame_id  seq  seq_end  t_ms
        a           0         -         0    0        0
        a           1         -         1    2        5999
        a           2         -         3    6        29900
        a           3         -         7    11       42999
        a           4         -         12   12       61000
        """,
        **ALL,
    )


def test_moments_without_times_are_steps_else_so_many_rows(expects: Expects, trace: Trace) -> None:
    clicks = {"kind": "click", "window_title": "T"}
    trace.insert_recording([{**clicks, "session_id": "a", "step": step} for step in (0, 0, 1, 2, 2, 2, 2)])
    trace.insert_recording([{**clicks, "session_id": "b"} for _ in range(5)])
    expects(
        "review/moments",
        """
        session_id  moment_n  seq  seq_end
        a           0         0    1
        a           1         2    2
        a           2         3    3
        a           3         4    6
        b           0         0    3
        b           1         4    4
        """,
        **ALL,
        rows_n=4,
    )


def test_a_session_with_a_task_alone_is_a_moment_and_one_with_nothing_is_none(
    expects: Expects, trace: Trace
) -> None:
    trace.insert("sessions", [{"session_id": "a", "task": "Write to them"}, {"session_id": "b"}])
    expects(
        "review/moments",
        """
        session_id  moment_n  frame_id  seq  t_us
        a           0         -         -    -
        """,
        **ALL,
    )


def test_event_rows_hold_text_or_keys_or_interrupt_typing(expects: Expects, trace: Trace) -> None:
    trace.record(
        """
        session_id  t_ms  kind          window_title  key  code   text
        a           0     scroll        -             -    -      -
        a           1     key_down      -             -    VK_65  -
        a           2     key_down      -             a    VK_65  -
        a           3     key_down      -             -    -      -
        a           4     mouse_down    -             -    -      -
        a           5     text_input*   -             -    -      ab
        a           6     click         Inbox         -    -      -
        b           0     click         Other         -    -      -
        """
    )
    expects(
        "review/event_rows",
        """
        session_id  seq  kind        is_derived  window_title  key    text
        a           1    key_down    false       -             VK_65  -
        a           2    key_down    false       -             a      -
        a           3    key_down    false       -             -      -
        a           4    mouse_down  false       -             -      -
        a           5    text_input  true        -             -      ab
        """,
        session_id="a",
        seq_end=5,
    )


def test_step_rows(expects: Expects, trace: Trace) -> None:
    base = {"session_id": "a", "seq": 1}
    trace.insert("steps", [{**base, "step": 0, "thought": "I see Ms Fern"}, {**base, "step": 1, "seq": 2}])
    expects(
        "review/step_rows",
        """
        session_id  seq  step  thought        action_args
        a           1    0     I see Ms Fern  -
        """,
    )


def test_masks_of_pictures_rows_and_of_neither(expects: Expects, trace: Trace) -> None:
    box = {"frame_left_px": 1, "frame_top_px": 2, "frame_width_px": 3, "frame_height_px": 4}
    trace.insert(
        "redactions",
        [
            {"redaction_id": "r1", "session_id": "a", "target": "frame", "frame_id": "a-0000001", **box},
            {
                "redaction_id": "r2",
                "session_id": "a",
                "target": "url",
                "seq": 4,
                "char_start": 1,
                "char_end": 9,
            },
            {
                "redaction_id": "r3",
                "session_id": "a",
                "target": "url",
                "seq": 9,
                "char_start": 1,
                "char_end": 9,
            },
            {"redaction_id": "r4", "session_id": "b", "target": "task", "entity": "PERSON"},
        ],
    )
    expects(
        "review/masks",
        """
        session_id  redaction_id  target  frame_id   seq  frame_left_px  char_start
        a           r1            frame   a-0000001  -    1              -
        a           r2            url     -          4    -              1
        """,
        session_id="a",
        seq=2,
        seq_end=8,
    )


def test_sessions(expects: Expects, trace: Trace) -> None:
    trace.insert("sessions", [{"session_id": "b", "participant_id": "P1", "task": "T"}, {"session_id": "a"}])
    trace.record("session_id  t_ms  kind\n c  0  click")
    expects(
        "review/sessions",
        """
        session_id  participant_id  task  events_n  steps_n
        a           -               -     0         0
        b           P1              T     0         0
        c           -               -     1         0
        """,
    )
