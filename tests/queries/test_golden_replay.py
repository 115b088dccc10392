"""Golden rows of queries/replay, and the columns that arrive."""

from __future__ import annotations

import pytest

from explorer import sql
from explorer.trace.schema import TABLES

from .conftest import Expects
from .golden import PICTURES, Trace


def test_density_of_one_session(expects: Expects, trace: Trace) -> None:
    # part  0        1        2        3
    # t_ms  0 . . 249 250 . . 499 500 . . 749 750 . . 1000
    trace.record(
        """
        t_ms  kind         button  app
        0     move         -       -
        249   move         -       -
        250   click*       -       Mail
        251   click*       right   Mail
        251   click*       middle  Mail
        251   mouse_down   left    Mail
        499   double_click*  left  Mail
        500   scroll       -       Mail
        500   key_down     -       Sheets
        500   key_up       -       Sheets
        501   shortcut*    -       Sheets
        501   text_input*  -       Sheets
        750   text_input   -       Sheets
        -     move         -       -
        1000  frame        -       -
        """
    )
    expects(
        "replay/density",
        """
        bin  kind         start_ms  end_ms  rows_n
        0    move         0         250     2
        1    click        250       500     2
        1    right_click  250       500     1
        2    app_switch   500       750     1
        2    key          500       750     1
        2    scroll       500       750     1
        2    shortcut     500       750     1
        3    frame        750       1000    1
        3    key          750       1000    1
        """,
        session_id="s",
        bins_n=4,
    )


@pytest.mark.parametrize("bins_n", [0, -1, 100_001, 2**63 - 1])
def test_density_of_no_parts_is_empty(trace: Trace, bins_n: int) -> None:
    trace.record("t_ms  kind\n 0  move\n 9  move")
    assert trace.ask("replay/density", session_id="s", bins_n=bins_n).num_rows == 0


def test_replay_reads_one_session_in_true_order(expects: Expects, trace: Trace) -> None:
    trace.record(
        """
        session_id  t_ms  kind        x_px  y_px  flags       key
        s           0     move        5     6     -           -
        s           9     key_down    -     -     -           a
        s           3     key_up      -     -     -           a
        s           9     move        -9    6     off_screen  -
        s           9     shortcut*   -     -     -           a
        s           9     frame       -     -     -           -
        other       0     move        1     1     -           -
        other       0     key_down    -     -     -           b
        other       0     frame       -     -     -           -
        """
    )
    expects(
        "replay/moves",
        """
        seq  t_ms  x_px  y_px  flags
        0    0     5     6     -
        3    9     -9    6     off_screen
        """,
        session_id="s",
    )
    expects(
        "replay/events",
        """
        seq  t_ms  kind      key  is_derived
        1    9     key_down  a    false
        2    3     key_up    a    false
        4    9     shortcut  a    true
        """,
        session_id="s",
    )
    expects("replay/frames", "frame_id  seq  t_ms\n s-0000005  5  9", session_id="s")


UNTOLD = {"participant_id", "started_at_unix_us", "started_day", "source_name", "extra"}


@pytest.mark.parametrize(
    ("name", "table", "left_out"),
    [
        ("replay/moves", "moves", {"session_id"}),
        ("replay/events", "events", {"session_id"}),
        ("replay/frames", "frames", {"session_id", "pixels_sha256", *PICTURES}),
        ("rollups/frames_index", "frames", set(PICTURES)),
        ("sessions/displays", "displays", {"session_id"}),
        ("sessions/facts", "sessions", UNTOLD),
    ],
)
def test_every_column_of_the_schema_arrives(name: str, table: str, left_out: set[str]) -> None:
    missing = set(TABLES[table].column_names) - {column.name for column in sql.load(name).columns}
    assert missing == left_out


def test_frame_place(expects: Expects, trace: Trace) -> None:
    trace.record(
        """
        session_id  kind   frame_id  file            file_row  format
        s           frame  s-1       frames/a.parquet  0       png
        s           frame  s-2       frames/a.parquet  1       png
        """
    )
    expects(
        "replay/frame_place",
        """
        frame_id  file              file_row  format
        s-2       frames/a.parquet  1         png
        """,
        session_id="s",
        frame_id="s-2",
    )
