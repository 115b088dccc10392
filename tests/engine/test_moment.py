"""`dataset.replay(session_id, t_us)`: what held at a moment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import explorer as tx
from explorer.errors import ParameterError

from ..server import wire_sample
from ..server.wire_sample import BUSY, CLOSED, LATER, NONE, STEPS, WITHDRAWN


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tx.TraceDataset]:
    with tx.open(wire_sample.write(tmp_path_factory.mktemp("wire") / "set")) as opened:
        yield opened


@pytest.mark.parametrize(
    ("t_us", "held"),  # pointer, app, keys, buttons, frame
    [
        (0, (None, "Mail", (), (), None)),
        (99, (None, "Mail", (), (), None)),
        (350, ((-1920, 40), "Mail", (), (), None)),
        (450, ((50, 60), "Mail", (), ("left",), None)),
        # The drag that ends here is made from other rows: it does not move the pointer back to its start.
        (600, ((120, 60), "Mail", (), (), None)),
        (710, ((120, 60), "Mail", ("Control", "c"), (), None)),
        (860, ((120, 60), "Mail", ("Z",), (), None)),
        (1_400, ((5, 5), "Browser", ("Shift",), (), None)),
        (LATER - 1, ((300, 301), "Browser", ("Shift",), ("right",), 1)),
        (LATER + 30, ((11, -12), None, (), (), 1)),
    ],
)
def test_a_moment(dataset: tx.TraceDataset, t_us: int, held: tuple[object, ...]) -> None:
    found = dataset.replay(BUSY, t_us)
    pointer = None if found.x_px is None else (found.x_px, found.y_px)
    frame = None if found.frame_id is None else int(found.frame_id[-7:])
    assert (pointer, found.app, found.keys, found.buttons, frame) == held
    assert found.t_us == t_us


def test_times_outside_are_kept_within(dataset: tx.TraceDataset) -> None:
    assert dataset.replay(BUSY, -5).t_us == 0
    assert dataset.replay(BUSY, 10**15) == dataset.replay(BUSY, LATER + 40)
    assert dataset.replay(NONE, 7).t_us == 0


def test_a_session_of_steps_counts_a_second_a_step(dataset: tx.TraceDataset) -> None:
    found = dataset.replay(STEPS, 1_300_000)
    assert (found.axis, found.x_px, found.frame_id) == ("step", 9, f"{STEPS}-0000001")


def test_consent_acts(dataset: tx.TraceDataset) -> None:
    found = dataset.replay(CLOSED, LATER - 1)
    assert (found.keys, found.window_title, found.frame_id, found.x_px) == ((), None, None, 300)
    for session_id in (WITHDRAWN, "office-none"):
        with pytest.raises(ParameterError, match="no such session"):
            dataset.replay(session_id, 0)


def test_a_notebook_shows_one_line_without_typed_keys(dataset: tx.TraceDataset) -> None:
    assert repr(dataset.replay(BUSY, 860)) == (
        f"<Moment 0.001 s of {BUSY} · Mail · Inbox · pointer 120, 60 · held: • · /replay?id={BUSY}&t=0>"
    )
    assert dataset.replay(BUSY, LATER).path == f"/replay?id={BUSY}&t=5000000"
