"""Masked in the picture and readable beside it; what costs more than it hides; what is told without being shown."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.measures.codec import Stored
from explorer.measures.hidden_keys import exact_n, run_lengths
from explorer.scan import length_told, masked_beside, over_nothing, rare_title, same_placeholder
from explorer.scan.masked_beside import Readable, TypedValue
from explorer.scan.views import Mask, View

MAIL = "fern.wild@example.com"
WINDOW = {"window_left_px": 0, "window_top_px": 0, "window_width_px": 64, "window_height_px": 40}


def mask_row(number: int, frame: int, entity: str = "EMAIL_ADDRESS", left: int = 5) -> dict:
    return {
        "redaction_id": f"r{number}", "session_id": "s", "target": "frame", "frame_id": f"s-{frame:07d}",
        "method": "fill", "frame_left_px": left, "frame_top_px": 5, "frame_width_px": 20, "frame_height_px": 10,
        "entity": entity,
    }  # fmt: skip


def beside(found) -> list[tuple]:
    return [(row["channel"], row["entity"], row["frame_id"], row["seq"], row["rows_n"])
            for row in found if row["kind"] == "masked_beside"]  # fmt: skip


@pytest.fixture
def session(dataset_of, frame_row, found_in, tmp_path):
    def scanned(events, masks):
        frames = [
            {
                **frame_row("s", at, seq=10 * at),
                "capture_left_px": 0,
                "capture_top_px": 0,
                "scale_x": 1.0,
                "scale_y": 1.0,
            }
            for at in range(4)
        ]
        rows = [{"session_id": "s", "t_us": one["seq"], **one} for one in events]
        return found_in(dataset_of(tmp_path / "set", frames=frames, events=rows, redactions=masks))

    return scanned


def test_a_title_holds_on_until_another_takes_its_place(session):
    # seq     0        5          10       20       25       30
    # frame   0                   1        2                 3
    # title            the value                    another
    events = [{"seq": 5, "kind": "window_focus", "window_title": MAIL, "app": "Mail"},
              {"seq": 25, "kind": "window_focus", "window_title": "Inbox"}]  # fmt: skip
    found = session(events, [mask_row(at, at) for at in range(4)])
    assert beside(found) == [("window_title", "EMAIL_ADDRESS", "s-0000000", 5, 3)]
    (one,) = (row for row in found if row["kind"] == "masked_beside")
    assert (one["char_start"], one["char_end"], one["left_px"], one["severity"]) == (0, len(MAIL), 5, "high")


def test_other_entities_moments_and_windows_do_not_count(session):
    events = [
        {"seq": 5, "kind": "clipboard_copy", "text": MAIL},
        {"seq": 15, "kind": "ui_element", "element_name": MAIL, **WINDOW, "window_left_px": 30},
        {"seq": 35, "kind": "navigation", "url": "https://shop.test/?m=fern.wild%40example.com", **WINDOW},
    ]
    masks = [mask_row(0, 0, "PERSON"), mask_row(1, 1), mask_row(2, 2), mask_row(3, 3, left=40)]
    assert beside(session(events, masks)) == [("url", "EMAIL_ADDRESS", "s-0000003", 35, 1)]


def test_keys_beside_a_mask(session):
    events = [{"seq": 11 + at, "kind": "key_down", "key": sign} for at, sign in enumerate("a@b.example ")]
    found = session(events, [mask_row(1, 1), mask_row(2, 3)])
    assert beside(found) == [("typed", "EMAIL_ADDRESS", "s-0000001", 11, 1)]


def test_no_masks_or_no_rows_is_no_finding():
    text = Readable("window_title", MAIL, "EMAIL_ADDRESS", {"channel": "window_title"})
    assert list(masked_beside.look("s", [text], [TypedValue("PERSON", 1, 2)], [], [])) == []


@pytest.mark.parametrize("missing", ["window_left_px", "capture_left_px", "frame_left_px"])
def test_places_that_are_not_known_do_not_part(missing):
    mask = {**mask_row(1, 1), "capture_left_px": 0, "capture_top_px": 0, "scale_x": None, "scale_y": 2.0}
    row = {**WINDOW, "window_left_px": 500}
    assert not masked_beside.is_in_window(mask, row)
    assert masked_beside.is_in_window({**mask, missing: None}, {**row, missing: None})


# --- over-redaction


def view(pixels: np.ndarray, box, before: View | None = None) -> View:
    masks = () if box is None else (Mask("r1", *box, None, "fill"),)
    return View("s", "f", 1, 0, pixels, Stored("PNG"), masks, before)


def kinds(one: View) -> list[str]:
    return [finding.kind for finding in over_nothing.look(one)]


def test_masks_over_nothing():
    bare = np.full((100, 300, 3), 240, np.uint8)
    masked = bare.copy()
    masked[40:52, 100:180] = 0
    box = (100, 40, 180, 52)
    assert kinds(view(masked, box)) == ["mask_over_nothing"]
    assert kinds(view(masked, box, view(bare, None))) == ["mask_over_nothing"]
    near = masked.copy()
    near[44:50, 185:200:2] = 20
    assert kinds(view(near, box)) == []
    shown = bare.copy()
    shown[42:50, 102:178:3] = 20
    assert kinds(view(masked, box, view(shown, None))) == []
    assert kinds(view(masked, (0, 40, 180, 52))) == []


def test_whole_windows_and_odd_masks():
    pixels = np.zeros((100, 300, 3), np.uint8)
    assert kinds(view(pixels, (-5, -5, 400, 400))) == ["window_masked"]
    assert kinds(view(pixels, (0, 0, 300, 88))) == []
    for box in ((5, 5, 5, 5), (299, 99, 300, 100), (-9, -9, 1, 1), (50, 50, 60, 51)):
        assert "window_masked" not in kinds(view(pixels, box))


# --- side channels: a risk, never a leak


def test_runs_and_times():
    assert run_lengths(np.array([0, 1, 1, 0, 1], bool)).tolist() == [2, 1]
    assert run_lengths(np.array([], bool)).tolist() == []
    assert exact_n(np.array([100_000, 200_000, 300_001])) == 1
    assert exact_n(np.array([7, 7, 7])) == exact_n(np.array([], np.int64)) == 0


def test_hidden_keys_tell_length_and_rhythm(dataset_of, found_in, tmp_path):
    def presses(session_id: str, step_us: int, keys: list) -> list[dict]:
        return [{"session_id": session_id, "seq": at, "t_us": at * step_us, "kind": "key_down", "key": key,
                 "is_text_redacted": key is None} for at, key in enumerate(keys)]  # fmt: skip

    events = [*presses("a", 130_001, [None] * 8), *presses("b", 100_000, ["x", *[None] * 6]),
              *presses("c", 0, [None, "x", None]), *presses("d", 77_777, list("plain"))]  # fmt: skip
    events += [{**one, "code": "KeyA"} for one in presses("f", 0, [None, "x", None])]
    length = {"text": None, "text_len": 11, "is_text_redacted": True}
    events.append({"session_id": "e", "seq": 0, "kind": "text_input", **length})
    found = found_in(dataset_of(tmp_path / "set", events=events))
    risks = {(row["kind"], row["session_id"], row["seq"], row["seq_end"], row["rows_n"]) for row in found}
    assert risks == {("length_told", "a", 0, 7, 8), ("timing_told", "a", 0, 7, 7), ("length_told", "b", 1, 6, 6),
                     ("code_told", "f", 0, 2, 2),
                     ("length_told", "e", 0, 0, 1)}  # fmt: skip
    assert {row["severity"] for row in found if row["kind"] != "code_told"} == {"risk"}


def test_numbered_placeholders_that_link_sessions():
    texts = [("a", "<PERSON_12> - Mail"), ("b", "re: [PERSON_12] and <PERSON_7>"), ("b", "%3CPERSON_12%3E"),
             ("c", "<PERSON>"),
             ("a", "<ORG-3>"), ("c", "<EMAIL_ADDRESS_1>"), ("d", "x <EMAIL_ADDRESS_1>"),
             ("a", "<i>12</i>"), ("b", "<i>12</i>")]  # fmt: skip
    rows = [
        {"session_id": own, "channel": "url", "source_column": "url", "text": text, "seq": at, "t_us": at}
        for at, (own, text) in enumerate(texts)
    ]
    found = [
        (one.entity, one.session_id, one.seq, one.rows_n, one.reason) for one in same_placeholder.look(rows)
    ]
    assert found == [
        ("EMAIL_ADDRESS", "c", 5, 1, "1 number in 2 sessions"),
        ("PERSON", "a", 0, 1, "1 number in 2 sessions"),
    ]
    assert list(same_placeholder.look([])) == []


def test_stars_of_different_number_tell_a_length():
    texts = [
        ("a", "****"),
        ("a", "to ******* now"),
        ("b", "••••"),
        ("b", "x ••••"),
        ("c", "***"),
        ("c", "******"),
    ]
    rows = [{"session_id": own, "channel": "typed", "source_column": "text", "text": text, "seq": at, "seq_end": at + 5,
             "t_us": at or None} for at, (own, text) in enumerate(texts)]  # fmt: skip
    found = [
        (one.session_id, one.channel, one.seq, one.seq_end, one.rows_n)
        for one in length_told.in_placeholders(rows)
    ]
    assert found == [("a", "typed", 0, 6, 2)]


def test_what_is_masked_in_the_clipboard_is_told_as_the_clipboard(dataset_of, found_in, tmp_path):
    def event(session_id: str, seq: int, kind: str, text: str, **columns) -> dict:
        return {"session_id": session_id, "seq": seq, "t_us": seq, "kind": kind, "text": text, **columns}

    kept = {"text_len": 17, "is_text_redacted": True}
    events = [
        event("a", 0, "clipboard_copy", "to <PERSON_1>"), event("b", 0, "clipboard_paste", "<PERSON_1>"),
        event("c", 0, "clipboard_cut", "*****"), event("c", 1, "clipboard_paste", "*******"),
        event("d", 0, "clipboard_copy", "*****"), event("d", 1, "text_input", "*******"),
        event("e", 0, "clipboard_copy", "<EMAIL>", **kept), event("e", 1, "text_input", "<EMAIL>", **kept),
    ]  # fmt: skip
    found = found_in(dataset_of(tmp_path / "set", events=events))
    told = sorted(
        (row["session_id"], row["channel"], row["kind"], row["seq"], row["seq_end"]) for row in found
    )
    assert told == [
        ("a", "clipboard", "same_placeholder", 0, None),
        ("c", "clipboard", "length_told", 0, 1),
        ("d", "clipboard", "length_told", 0, 0),
        ("d", "typed", "length_told", 1, 1),
        ("e", "clipboard", "length_told", 0, 0),
        ("e", "typed", "length_told", 1, 1),
    ]
    assert {row["source_column"] for row in found} == {"text", "text_len"}


def test_rare_titles_are_counted_and_not_shown(dataset_of, found_in, tmp_path):
    people = [{"participant_id": f"P{at}", "consent_status": "granted"} for at in range(5)]
    sessions = [{"session_id": f"s{at}", "participant_id": f"P{at}"} for at in range(5)]
    events = [
        {"session_id": f"s{at}", "seq": 0, "kind": "window_focus", "window_title": "Inbox"} for at in range(5)
    ]
    events.append({"session_id": "s1", "seq": 1, "kind": "window_focus", "window_title": "Notes on chess"})
    found = found_in(dataset_of(tmp_path / "set", sessions=sessions, participants=people, events=events))
    assert [(row["kind"], row["severity"], row["rows_n"], row["reason"]) for row in found] == [
        ("rare_title", "risk", 1, "1 of 2 titles")
    ]
    assert "chess" not in repr(found)
    assert list(rare_title.look({"rare_titles_n": 0, "titles_n": 2})) == []
