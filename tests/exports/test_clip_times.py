"""Times as they are written, stretches without long pauses, and the moments of a clip."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.errors import ParameterError
from explorer.exports.clip_keys import label_of
from explorer.exports.clip_request import ClipRequest, time_text, time_us
from explorer.exports.clip_times import length_us, moments, pieces

S = 1_000_000


@pytest.mark.parametrize(
    ("text", "us"),
    [("12.4", 12_400_000), ("0:12.4", 12_400_000), ("1:02:03", 3_723 * S), ("90", 90 * S), ("0", 0)],
)
def test_times_are_read(text: str, us: int) -> None:
    assert time_us(text, "--from") == us


@pytest.mark.parametrize("text", ["nan", "inf", "-1", "1e3", "", ":", "1:2:3:4", "0:12,4", "٣"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ParameterError, match="is no time"):
        time_us(text, "--from")


@given(st.integers(0, 10**9))
def test_a_time_written_and_read_is_the_same_hundredth(hundredths: int) -> None:
    assert time_us(time_text(hundredths * 10_000), "--from") == hundredths * 10_000


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        ({"fps": float("nan")}, "--fps"), ({"fps": 51.0}, "--fps"), ({"fps": 0.5}, "--fps"),
        ({"speed": float("nan")}, "--speed"), ({"speed": 0.0}, "--speed"), ({"speed": 65.0}, "--speed"),
        ({"width_px": 1_921}, "--width"), ({"width_px": 10}, "--width"), ({"is_plain": True}, "--plain"),
        ({"from_us": 5, "to_us": 5}, "not after"), ({"from_us": 6, "to_us": 5}, "not after"),
    ],
)  # fmt: skip
def test_wrong_values_are_refused(wishes: dict[str, float], words: str) -> None:
    with pytest.raises(ParameterError, match=words):
        ClipRequest("s", Path("a.gif"), **wishes).check()  # type: ignore[arg-type]


def test_ends_beyond_the_session_are_refused() -> None:
    with pytest.raises(ParameterError, match=r"--from: lies beyond the end: the session ends at 0:08\.00"):
        ClipRequest("s", Path("a.gif"), 8 * S).stretch(8 * S)
    with pytest.raises(ParameterError, match="--to: lies beyond the end"):
        ClipRequest("s", Path("a.gif"), 0, 8 * S + 1).stretch(8 * S)
    assert ClipRequest("s", Path("a.png"), 8 * S).stretch(8 * S) == (8 * S, 8 * S)
    assert ClipRequest("s", Path("a.gif")).stretch(8 * S) == (0, 8 * S)


def test_long_pauses_are_cut_to_a_second() -> None:
    idle = [(0, 3 * S), (5 * S, 7 * S), (10 * S, 20 * S)]
    assert pieces(0, 30 * S, idle) == [
        (0, S // 2),
        (3 * S - S // 2, 10 * S + S // 2),
        (20 * S - S // 2, 30 * S),
    ]
    assert pieces(12 * S, 13 * S, idle) == [(12 * S, 13 * S)]
    assert pieces(0, 30 * S, []) == [(0, 30 * S)]


@given(
    st.lists(st.integers(0, 60 * S), min_size=2, max_size=12, unique=True),
    st.integers(1, 50),
    st.floats(0.1, 64),
)
def test_moments_rise_and_stay_within_the_stretches(ends: list[int], fps: int, speed: float) -> None:
    ends = sorted(ends[: len(ends) // 2 * 2])
    stretches = list(zip(ends[::2], ends[1::2], strict=True))
    times = moments(stretches, fps, speed).tolist()
    assert len(times) == max(1, round(length_us(stretches) / S / speed * fps))
    assert times == sorted(times)
    assert all(any(start <= t <= end + S * speed / fps for start, end in stretches) for t in times)


@pytest.mark.parametrize(
    ("words", "os", "label"),
    [
        (("c", "ctrl", "ctrl+c"), "linux", ("Ctrl", "C")),
        (("Z", "shift+meta", "shift+meta+z"), "macos", ("⇧", "⌘", "Z")),
        ((None, None, "ctrl++"), "windows", ("Ctrl", "+")),
        (("ArrowLeft", "alt", "alt+arrowleft"), None, ("Alt", "←")),
        (("F5", None, "f5"), "linux", ("F5",)),
        (("@", "ctrl+alt", "ctrl+alt+@"), "windows", None),
        (("A", "shift", "shift+a"), "linux", None),
        (("é", "alt", "alt+é"), "macos", None),
        ((None, None, None), "linux", None),
    ],
)
def test_a_shortcut_is_named_and_typed_text_is_not(
    words: tuple[str | None, str | None, str | None], os: str | None, label: tuple[str, ...] | None
) -> None:
    assert label_of(*words, os) == label
