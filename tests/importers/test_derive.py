"""Clicks, double clicks and drags made from button rows, as tables."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.importers.derive import pointer_events
from explorer.importers.recording import NO_TIME, Events


def rows(*steps: tuple[Any, ...]) -> Events:
    """(kind, button, t_ms, x, y) each; NaN time means none."""
    return Events.from_rows(
        [
            {"order": place, "t_us": NO_TIME if t_ms is None else t_ms * 1_000, "kind": f"mouse_{kind}",
             "button": button, "x": float(x), "y": float(y)}
            for place, (kind, button, t_ms, x, y) in enumerate(steps)
        ]
    )  # fmt: skip


def found(events: Events, **limits: Any) -> list[tuple[Any, ...]]:
    """(kind, first row, last row, clicks_n) of all derived rows, in their order."""
    made = []
    for derived in pointer_events(events, **limits):
        counts = derived.columns.get("clicks_n", [None] * len(derived))
        made += list(
            zip(
                derived.last.tolist(),
                derived.rank.tolist(),
                derived.kind,
                derived.first.tolist(),
                counts,
                strict=True,
            )
        )
    return [
        (kind, first, last, count) for last, _, kind, first, count in sorted(made, key=lambda row: row[:2])
    ]


D, U, L, R = "down", "up", "left", "right"


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        pytest.param([(D, L, 0, 9, 9), (U, L, 80, 9, 9)], [("click", 0, 1, 1)], id="click"),
        pytest.param([(D, R, 0, 9, 9), (U, R, 80, 12, 14)], [("click", 0, 1, 1)], id="moved five pixels"),
        pytest.param([(D, L, 0, 9, 9), (U, L, 80, 9, 15)], [("drag", 0, 1, None)], id="drag"),
        pytest.param([(D, L, 0, 9, 9)], [], id="never released"),
        pytest.param([(U, L, 0, 9, 9)], [], id="pressed before the start"),
        pytest.param([(D, L, 0, 9, 9), (D, L, 50, 9, 9), (U, L, 80, 9, 9)], [("click", 1, 2, 1)], id="lost release"),
        pytest.param([(D, L, 0, 9, 9), (U, L, 80, 9, 9), (U, L, 90, 9, 9)], [("click", 0, 1, 1)], id="lost press"),
        pytest.param(
            [(D, L, 0, 9, 9), (D, R, 10, 9, 9), (U, L, 20, 9, 9), (U, R, 30, 9, 9)],
            [("click", 0, 2, 1), ("click", 1, 3, 1)],
            id="two buttons at once",
        ),
        pytest.param(
            [(D, L, 0, 9, 9), (U, L, 50, 9, 9), (D, L, 300, 9, 9), (U, L, 350, 9, 9)],
            [("click", 0, 1, 1), ("click", 2, 3, 2), ("double_click", 2, 3, 2)],
            id="double click",
        ),
        pytest.param(
            [(D, L, 0, 9, 9), (U, L, 50, 9, 9), (D, L, 501, 9, 9), (U, L, 550, 9, 9)],
            [("click", 0, 1, 1), ("click", 2, 3, 1)],
            id="too slow for a double click",
        ),
        pytest.param(
            [(D, L, 0, 9, 9), (U, L, 50, 9, 9), (D, L, 200, 15, 9), (U, L, 250, 15, 9)],
            [("click", 0, 1, 1), ("click", 2, 3, 1)],
            id="too far for a double click",
        ),
        pytest.param(
            [(D, L, 0, 9, 9), (U, L, 50, 9, 9), (D, R, 200, 9, 9), (U, R, 250, 9, 9)],
            [("click", 0, 1, 1), ("click", 2, 3, 1)],
            id="other button",
        ),
        pytest.param(
            [step for n in range(4) for step in ((D, L, n * 200, 9, 9), (U, L, n * 200 + 50, 9, 9))],
            [("click", 0, 1, 1), ("click", 2, 3, 2), ("double_click", 2, 3, 2), ("click", 4, 5, 3),
             ("click", 6, 7, 4), ("double_click", 6, 7, 2)],
            id="four in a row",
        ),
        pytest.param(
            [(D, L, 0, 9, 9), (U, L, 50, 9, 9), (D, L, 100, 9, 9), (U, L, 150, 90, 9), (D, L, 200, 90, 9),
             (U, L, 250, 90, 9)],
            [("click", 0, 1, 1), ("drag", 2, 3, None), ("click", 4, 5, 1)],
            id="a drag breaks the chain",
        ),
        pytest.param(
            [(D, L, None, 9, 9), (U, L, None, 9, 9), (D, L, None, 9, 9), (U, L, None, 9, 9)],
            [("click", 0, 1, 1), ("click", 2, 3, 1)],
            id="without time",
        ),
        pytest.param([(D, L, 0, "nan", 9), (U, L, 80, 900, 9)], [("click", 0, 1, 1)], id="position unknown"),
    ],
)  # fmt: skip
def test_pointer_events(steps: list[tuple[Any, ...]], expected: list[tuple[Any, ...]]) -> None:
    assert found(rows(*steps)) == expected


def test_the_recorders_own_double_click_limits_hold() -> None:
    events = rows((D, L, 0, 9, 9), (U, L, 50, 9, 9), (D, L, 600, 20, 9), (U, L, 650, 20, 9))
    assert ("double_click", 2, 3, 2) not in found(events)
    assert ("double_click", 2, 3, 2) in found(events, double_click_us=700_000, double_click_px=20)


def test_a_drag_keeps_where_it_ended() -> None:
    (drag,) = pointer_events(rows((D, L, 0, 9, 9), (U, L, 80, 90.4, 15)))
    assert drag.columns["extra"].tolist() == ['{"end_x_px": 90, "end_y_px": 15}']


def test_rows_without_buttons_make_nothing() -> None:
    events = Events.from_rows([{"order": 0, "t_us": 0, "kind": "key_down", "key": "a"}])
    assert pointer_events(events) == []


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from([D, U]), st.sampled_from([L, R, "middle"]), st.integers(0, 2_000),
                  st.integers(0, 40), st.integers(0, 40)),
        max_size=40,
    )
)  # fmt: skip
def test_every_release_completes_at_most_one_click_or_drag(steps: list[tuple[Any, ...]]) -> None:
    made = found(rows(*steps))
    ends = [last for kind, _, last, _ in made if kind != "double_click"]
    ups_n = sum(kind == U for kind, *_ in steps)
    assert len(ends) == len(set(ends)) <= ups_n
    assert all(first < last and steps[first][0] == D and steps[last][0] == U for _, first, last, _ in made)
    assert all(steps[first][1] == steps[last][1] for _, first, last, _ in made)
