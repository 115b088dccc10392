"""A kept scan as pages read it: ids, what is out of date, what is damaged or of another version, what consent hides."""

from __future__ import annotations

import json
from contextlib import closing

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from explorer.engine import Engine, open_engine
from explorer.scan import folder, reading, registry
from explorer.scan.finding import SCHEMA, UNREAD, as_table
from explorer.scan.finding_ids import finding_ids
from explorer.scan.listed import Choice, Listed
from explorer.scan.shown import apps_of, covered
from explorer.scan.words import channel_words, kind_words, severity_place
from tests.found_dataset import COUNTS, box, findings, found, keep_scan

ROWS = findings("a", "b", "a-0000001", 7)


@pytest.fixture
def engine(dataset_of, frame_row, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    frames = [frame_row("a", 1, seq=0), frame_row("b", 1, seq=0)]
    with closing(open_engine(dataset_of(tmp_path / "set", frames=frames))) as opened:
        yield opened


def test_an_id_outlasts_another_scan_and_not_another_place():
    first = finding_ids(as_table(ROWS), "one")
    assert len(set(first)) == len(ROWS)
    assert all(len(one) == 32 for one in first)
    same = found("s", **box(1, 2, 3, 4), frame_id="f", redaction_id="r1")
    again = found("s", **box(1, 2, 3, 4), frame_id="f", redaction_id="r9", severity="low", score=0.1,
                  detector_version=7, t_us=5)  # fmt: skip
    moved = found("s", **box(1, 2, 3, 5), frame_id="f", redaction_id="r1")
    ids = finding_ids(as_table([same, again, moved]), "one")
    assert ids[0] == ids[1] != ids[2]
    assert finding_ids(as_table([same]), "two") != ids[:1]


def test_a_column_that_is_empty_changes_no_id():
    table = as_table(ROWS)
    wider = table.append_column("later", pa.nulls(len(ROWS), pa.string()))
    assert finding_ids(wider, "one") == finding_ids(table, "one")


def test_two_reasons_at_one_place_are_two():
    rows = [found("s", UNREAD, frame_id="f", reason=reason) for reason in ("one", "two")]
    assert len(set(finding_ids(as_table(rows), "d"))) == 2


def test_a_whole_scan_is_read(engine: Engine):
    assert reading.read(folder.state_of(engine)) == reading.Reading(None)
    before = reading.stamp(folder.state_of(engine))
    keep_scan(engine, ROWS)
    assert reading.stamp(folder.state_of(engine)) != before
    kept = reading.read(folder.state_of(engine)).kept
    assert kept.findings.num_rows == len(ROWS)
    assert kept.counts == COUNTS
    assert kept.stale == ()
    assert kept.not_looked_at == registry.not_looked_at()


def test_a_scan_of_another_state_says_what_changed(engine: Engine, monkeypatch: pytest.MonkeyPatch):
    keep_scan(engine, ROWS)
    monkeypatch.setattr(registry, "versions", lambda: "another=1")
    read = reading.read(folder.state_of(engine))
    assert read.kept.stale == ("the checks changed",)
    assert read.kept.findings.num_rows == len(ROWS)
    head = kept_folder(engine) / folder.HEAD
    head.write_text(json.dumps(json.loads(head.read_text()) | {"checks": "another=1"}))
    assert reading.read(folder.state_of(engine)).kept.stale == ("what there is to look at changed",)
    (folder.state_of(engine).folder).mkdir()
    (folder.state_of(engine).folder / "job-0000000.parquet").write_bytes(b"")
    assert reading.read(folder.state_of(engine)).parts_n == 1


def test_what_a_later_version_wrote_is_read_as_far_as_it_is_known(engine: Engine):
    state = keep_scan(engine, ROWS)
    path = state.folder / folder.FINDINGS
    table = pq.read_table(path).append_column("later", pa.array(["x"] * len(ROWS))).drop_columns(["t_us"])
    pq.write_table(table, path)
    found_now = reading.read(folder.state_of(engine)).kept.findings
    assert found_now.column_names == SCHEMA.names
    assert found_now["t_us"].null_count == len(ROWS)


def kept_folder(engine: Engine):
    [found_there] = folder.scans_of(engine.dataset.dataset_id).glob("scan-*")
    return found_there


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda path: path.write_bytes(b"PAR1 nonsense"), "are damaged"),
        (lambda path: path.write_bytes(path.read_bytes()[:-9]), "are damaged"),
        (lambda path: path.unlink(), "are missing"),
        (lambda path: pq.write_table(pa.table({"kind": ["x"]}), path), "another version"),
        (lambda path: pq.write_table(pq.read_table(path).set_column(4, "score", pa.array(["x"] * len(ROWS))), path),
         "another version"),
    ],
)  # fmt: skip
def test_findings_that_cannot_be_read_are_said(engine: Engine, spoil, words: str):
    state = keep_scan(engine, ROWS)
    spoil(state.folder / folder.FINDINGS)
    read = reading.read(folder.state_of(engine))
    assert read.kept is None
    assert words in read.problem


@pytest.mark.parametrize(
    "head", [b"", b"[]", b"{", b"[" * 5_000, b'{"counts": 7, "not_looked_at": 3, "left_out": 1}']
)
def test_a_head_that_is_damaged_hides_no_findings(engine: Engine, head: bytes):
    state = keep_scan(engine, ROWS)
    (state.folder / folder.HEAD).write_bytes(head)
    kept = reading.read(folder.state_of(engine)).kept
    assert kept.findings.num_rows == len(ROWS)
    assert kept.left_out_n == 0


def test_only_what_consent_covers_now_is_shown():
    sessions = pa.table(
        {"session_id": ["a", "b"], "has_screenshots": [False, True], "has_keystrokes": [True, True],
         "has_window_titles": [True, False]}
    )  # fmt: skip
    shown = covered(as_table(ROWS), sessions).to_pylist()
    assert {(row["session_id"], row["channel"]) for row in shown} == {
        ("a", "window_title"), ("a", "typed"), ("b", "task"), ("b", "new_channel"), ("", "file"), ("b", "frame"),
    }  # fmt: skip
    nobody = sessions.slice(0, 0)
    assert [row["session_id"] for row in covered(as_table(ROWS), nobody).to_pylist()] == [""]


def test_a_finding_has_the_app_that_was_in_front():
    fronts = pa.table(
        {"session_id": ["a", "a", "c"], "start_us": [5, 10, 0], "app": ["Mail", "Sheet", "Notes"]}
    )
    rows = [found(session_id, t_us=t_us) for session_id, t_us in
            (("a", 4), ("a", 5), ("a", 9), ("a", 10), ("a", None), ("b", 7), ("c", 99))]  # fmt: skip
    assert apps_of(as_table(rows), fronts) == ["", "Mail", "Mail", "Sheet", "", "", "Notes"]
    assert apps_of(as_table(rows), fronts.slice(0, 0)) == [""] * len(rows)


def listed(rows=ROWS) -> Listed:
    table = as_table(rows)
    return Listed(table, ["Mail"] * 3 + [""] * (len(rows) - 3), finding_ids(table, "one"))


def test_the_worst_come_first_and_unread_places_apart():
    made = listed()
    nobody = made.dismissed({})
    rows = made.rows(made.mask(Choice(), nobody)).tolist()
    severities = [ROWS[row].severity for row in rows]
    assert severities == sorted(severities, key=severity_place)
    assert len(rows) == len(ROWS) - 1
    assert [ROWS[row].kind for row in made.rows(made.mask(Choice(kind=UNREAD), nobody))] == [UNREAD]
    assert made.sessions_n(made.mask(Choice(), nobody)) == 3


def test_each_count_is_what_choosing_it_lists():
    made = listed()
    nobody = made.dismissed({})
    for choice in (
        Choice(),
        Choice(severity="high"),
        Choice(channel="frame", app="Mail"),
        Choice(kind="nothing"),
    ):
        for name, counts in made.facets(choice, nobody).items():
            for value, n in counts.items():
                chosen = Choice(**{**{one: getattr(choice, one) for one in ("severity", "kind", "channel", "app")},
                                   name: value})  # fmt: skip
                assert int(made.mask(chosen, nobody).sum()) == n, (name, value)
    assert made.facets(Choice(kind="nothing"), nobody)["kind"]["nothing"] == 0


def test_dismissed_findings_leave_the_open_list():
    made = listed()
    gone = made.dismissed({made.ids[0], "0" * 32})
    assert np.flatnonzero(gone).tolist() == [0]
    sums = {state: int(made.mask(Choice(state=state), gone).sum()) for state in ("open", "dismissed", "all")}
    assert sums == {"open": len(ROWS) - 2, "dismissed": 1, "all": len(ROWS) - 1}


def test_nothing_is_a_list_too():
    made = listed([])
    assert made.rows(made.mask(Choice(), made.dismissed({}))).tolist() == []
    assert made.facets(Choice(), made.dismissed({})) == {"severity": {}, "kind": {}, "channel": {}, "app": {}}


def test_what_is_not_known_is_told_by_its_name_and_comes_last():
    assert kind_words("weak_mask") == "mask that lets something through"
    assert kind_words("file_tail") == "file tail"
    assert channel_words("") == "not named"
    assert kind_words("\x1b]8;;x" + "y" * 999).isprintable()
    assert severity_place("nonsense") > severity_place("low")


def test_the_kept_folder_holds_no_text(engine: Engine):
    state = keep_scan(engine, ROWS)
    head = json.loads((state.folder / folder.HEAD).read_bytes())
    state_names = {"dataset_id", "manifest_sha256", "consent_fingerprint", "left_out", "checks"}
    assert set(head) == {*state_names, "counts", "not_looked_at"}
