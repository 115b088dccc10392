"""Findings over HTTP: pages of the list, dismissals, the fix list, and times of rows; behind the guards."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from explorer.engine import open_engine
from explorer.scan import folder
from explorer.server.headers import fixed_headers
from explorer.server.replies import MOST_BYTES
from explorer.widgets.finding_rows import PAGE_N
from tests.found_dataset import HOSTILE, box, found, keep_scan, scanned

from .conftest import _visitor

OWN = {"Origin": "http://127.0.0.1:8501"}
WAY = "/findings/dismissals.json"


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A state folder of these tests' own."""
    home = tmp_path_factory.mktemp("state")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(home))
        yield home


@pytest.fixture(scope="module")
def visitor(
    small: Any, state: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[TestClient, Path]]:
    root = small.write(tmp_path_factory.mktemp("found") / "set", synthetic=True, sessions_n=4)
    with _visitor(root) as (client, _):
        yield client, root


@pytest.fixture
def root(visitor: tuple[TestClient, Path]) -> Path:
    return visitor[1]


@pytest.fixture
def unscanned(visitor: tuple[TestClient, Path], state: Path) -> TestClient:
    """No scan, and nothing dismissed."""
    for path in (*state.rglob("*.sqlite"), *state.rglob("scan.json"), *state.rglob("findings.parquet")):
        path.unlink()
    return visitor[0]


@pytest.fixture
def client(unscanned: TestClient, root: Path) -> TestClient:
    """The made scan, and nothing dismissed."""
    scanned(root)
    return unscanned


def rows(client: TestClient, **choice: Any) -> list[dict[str, Any]]:
    answer = client.get("/findings/rows.json", params=choice)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-store"
    assert {name: answer.headers.get(name) for name in fixed_headers()} == fixed_headers()
    told: list[dict[str, Any]] = answer.json()["rows"]
    return told


def post(client: TestClient, **change: Any) -> Any:
    return client.post(WAY, json=change, headers=OWN)


def test_a_page_of_the_list_has_places_and_ways(client: TestClient, small: Any) -> None:
    listed = rows(client)
    assert len(listed) == 9
    assert "office-gone" not in json.dumps(listed)
    by_kind = {row["kind"]: row for row in listed}
    mask = by_kind["weak_mask"]
    asked = parse_qs(urlsplit(mask["href"]).query)
    assert asked == {
        "id": [mask["session"]],
        "what": ["weak_mask"],
        "on": [mask["frame"]],
        "box": ["100,60,120,30"],
        "finding": [mask["id"]],
    }
    assert by_kind["mask_outside"]["box"] == [-50, -900, 20, 10]
    title = next(row for row in listed if row["channel"] == "window_title")
    assert parse_qs(urlsplit(title["href"]).query)["chars"] == ["0-4"]
    assert title["app"]
    assert by_kind["file_tail"]["href"] is None
    assert by_kind["new_kind"]["score"] is None
    assert by_kind["new_kind"]["entity"] == HOSTILE
    [alone] = rows(client, severity="high", channel="frame", kind="weak_mask", odd="x")
    assert alone | {"href": mask["href"]} == mask
    own = {"list_severity": ["high"], "list_channel": ["frame"], "list_kind": ["weak_mask"]}
    assert parse_qs(urlsplit(alone["href"]).query) == asked | own
    assert [row["reason"] for row in rows(client, kind="unread")] == ["picture is not there"]


def test_an_offset_that_is_none(client: TestClient) -> None:
    for offset in ("-1", "x", "1e3", "9" * 12, "²"):
        assert client.get("/findings/rows.json", params={"offset": offset}).status_code == 404
    assert rows(client, offset="999999999") == []


def test_findings_are_dismissed_counted_and_taken_back(client: TestClient) -> None:
    ids = [row["id"] for row in rows(client, channel="frame")]
    answer = post(client, ids=ids[:2], is_dismissed=True, reason="hint_text", note="a field", author="R1")
    assert answer.json() == {"done_n": 2}
    assert answer.headers["cache-control"] == "private, no-store"
    assert len(rows(client)) == 7
    [one, two] = rows(client, show="dismissed")
    assert {one["id"], two["id"]} == set(ids[:2])
    assert (one["dismissed"]["reason"], one["dismissed"]["note"], one["dismissed"]["author"]) == (
        "hint_text", "a field", "R1",
    )  # fmt: skip
    assert post(client, ids=[ids[0]], is_dismissed=False).json() == {"done_n": 1}
    assert len(rows(client)) == 8


def test_a_dismissal_outlasts_another_scan(client: TestClient, root: Path) -> None:
    [mask] = rows(client, kind="weak_mask")
    post(client, ids=[mask["id"]], is_dismissed=True, reason="made_up")
    with closing(open_engine(root)) as engine:
        keep_scan(engine, [found(mask["session"], frame_id=mask["frame"], seq=0, source_table="frames", entity="PERSON",
                                 score=0.2, severity="low", detector_version=9, **box(*mask["box"]))])  # fmt: skip
    assert rows(client) == []
    assert [row["severity"] for row in rows(client, show="dismissed")] == ["low"]


def test_a_whole_list_is_dismissed_only_as_it_was_confirmed(client: TestClient) -> None:
    choice = {"channel": "frame"}
    refused = post(client, choice=choice, choice_n=2, is_dismissed=True, reason="allowed")
    assert refused.status_code == 422
    assert "changed" in refused.json()["problem"]
    assert post(client, choice=choice, choice_n=3, is_dismissed=True, reason="allowed").json() == {
        "done_n": 3
    }
    assert len(rows(client)) == 6


def repeated(root: Path, session_id: str, n: int) -> None:
    """One place in n pictures, the last the worst, and another place in one."""
    at = {"seq": 0, "source_table": "frames", "entity": "PERSON"}
    places = [
        found(session_id, frame_id=f"f{one}", score=one / n, **at, **box(1, 2, 30, 9)) for one in range(n)
    ]
    with closing(open_engine(root)) as engine:
        keep_scan(engine, [*places, found(session_id, frame_id="f0", score=0.1, **at, **box(1, 50, 30, 9))])


def test_a_place_in_many_pictures_is_one_line(client: TestClient, root: Path, small: Any) -> None:
    repeated(root, small.session_id(1), 5)
    [worst, other] = rows(client)
    assert (worst["frame"], worst["same_n"], other["same_n"]) == ("f4", 5, 1)
    assert rows(client, offset=1) == [other]
    each = rows(client, repeats="shown")
    assert [row["frame"] for row in each if row["box"] == worst["box"]] == ["f4", "f3", "f2", "f1", "f0"]
    assert {row["same_n"] for row in each} == {1}
    meant = {"ids": [worst["id"]], "choice": {"kind": "weak_mask"}}
    for wrong in (4, 6, None, True):
        assert post(client, **meant, choice_n=wrong, is_dismissed=True, reason="hint_text").status_code == 422
    done = post(client, **meant, choice_n=5, is_dismissed=True, reason="hint_text").json()
    assert (done["done_n"], len(set(done["ids"]))) == (5, 5)
    assert rows(client) == [other]
    assert [row["same_n"] for row in rows(client, show="dismissed")] == [5]
    assert post(client, ids=done["ids"][:2], is_dismissed=False).json() == {"done_n": 2}
    assert [row["same_n"] for row in rows(client)] == [2, 1]
    assert post(client, ids=[worst["id"]], choice={"kind": "none"}, choice_n=0, is_dismissed=True,
                reason="hint_text").json()["done_n"] == 0  # fmt: skip
    assert client.get("/findings/fixes.csv").text.count(",PERSON,") == 3


def test_a_note_with_personal_data_is_refused_with_the_kind_alone(client: TestClient, state: Path) -> None:
    [mask] = rows(client, kind="weak_mask")
    answer = post(
        client, ids=[mask["id"]], is_dismissed=True, reason="other", note="see jane.doe@example.com"
    )
    assert answer.status_code == 422
    assert answer.json()["problem"] == (
        "The note holds an e-mail address, and was not kept. Say it without the value."
    )
    assert not any(b"jane.doe" in path.read_bytes() for path in state.rglob("*") if path.is_file())
    missing = post(client, ids=[mask["id"]], is_dismissed=True, reason="other")
    assert "few words" in missing.json()["problem"]


NO_DISMISSALS = (
    b"", b"[]", b"{}", b'{"ids": []}', b'{"is_dismissed": true}', b'{"ids": [], "is_dismissed": 1}', b"[" * 9_000,
    b'{"ids": [], "choice": {}, "is_dismissed": true}', b'{"ids": [7], "is_dismissed": true, "reason": "made_up"}',
    b'{"ids": ["' + b"0" * 32 + b'"], "is_dismissed": true, "reason": "made_up"}',
    b'{"ids": ["' + b"x" * MOST_BYTES + b'"], "is_dismissed": true}',
    b'{"choice": {"kind": []}, "is_dismissed": true}', b'{"choice": {}, "choice_n": true, "is_dismissed": true}',
)  # fmt: skip


def test_what_is_no_dismissal_is_refused(client: TestClient) -> None:
    for body in NO_DISMISSALS:
        answer = client.post(WAY, content=body, headers=OWN)
        assert answer.status_code == 422, body[:40]
        assert answer.json()["problem"]
    assert rows(client, show="dismissed") == []


def test_others_may_not_dismiss(client: TestClient) -> None:
    for headers in ({}, {"Origin": "http://192.0.2.1"}):
        assert client.post(WAY, json={"ids": [], "is_dismissed": True}, headers=headers).status_code == 403
        assert client.post("/findings/scan/start", headers=headers).status_code == 403


def test_the_fix_list_is_what_is_listed(client: TestClient) -> None:
    [mask] = rows(client, kind="weak_mask")
    answer = client.get("/findings/fixes.csv", params={"channel": "frame"})
    assert answer.headers["content-disposition"] == 'attachment; filename="fix-list.csv"'
    assert answer.headers["cache-control"] == "private, no-store"
    head, _, rest = answer.text.partition("\r\n")
    assert head.startswith("# fix list 1;")
    assert len(list(csv.DictReader(io.StringIO(rest)))) == 3
    post(client, ids=[mask["id"]], is_dismissed=True, reason="allowed")
    told = client.get("/findings/fixes.json").json()
    assert mask["id"] not in {fix["finding_id"] for fix in told["fixes"]}
    everything = client.get("/findings/fixes.json", params={"show": "all"}).json()
    reasons = {
        fix["finding_id"]: fix["dismissed_reason"] for fix in everything["fixes"] if fix["is_dismissed"]
    }
    assert reasons == {mask["id"]: "allowed"}
    assert everything["source"]["with_dismissed"] is True
    assert client.get("/findings/fixes.xlsx").status_code == 404


def test_without_a_scan_there_is_nothing(unscanned: TestClient) -> None:
    assert unscanned.get("/findings/rows.json").json() == {"rows": [], "rows_n": 0}
    assert unscanned.get("/findings/fixes.csv").status_code == 404


def test_a_store_that_is_damaged_is_said_and_not_passed_over(
    client: TestClient, root: Path, state: Path
) -> None:
    [mask] = rows(client, kind="weak_mask")
    post(client, ids=[mask["id"]], is_dismissed=True, reason="allowed")
    [store] = state.rglob("*.sqlite")
    store.write_bytes(b"no database" * 99)
    answer = client.get("/findings/rows.json")
    assert answer.status_code == 503
    assert "is damaged" in answer.json()["problem"]
    assert client.get("/findings/fixes.csv").status_code == 503


def test_rows_of_a_session_have_times(client: TestClient, small: Any) -> None:
    way = f"/trace/{small.session_id(1)}/times.json"
    all_of_it = client.get(way, params={"first": 0, "last": 10**15}).json()
    assert all_of_it["start_us"] < all_of_it["end_us"]
    one = client.get(way, params={"first": 0, "last": 0}).json()
    assert one["start_us"] == one["end_us"] == all_of_it["start_us"]
    assert client.get(way, params={"first": 10**9, "last": 10**9}).json() == {
        "start_us": None,
        "end_us": None,
    }
    for asked in (
        {},
        {"first": "x", "last": "1"},
        {"first": "-1", "last": "1"},
        {"first": "1", "last": "9" * 30},
    ):
        assert client.get(way, params=asked).status_code == 404
    assert client.get("/trace/office-gone/times.json", params={"first": 0, "last": 1}).status_code == 404


def test_many_findings_are_paged(unscanned: TestClient, root: Path, small: Any) -> None:
    with closing(open_engine(root)) as engine:
        many = [found(small.session_id(1), seq=n, t_us=n, source_table="events") for n in range(20_000)]
        path = keep_scan(engine, many).folder / folder.FINDINGS
    assert path.stat().st_size < 1_000_000
    answer = unscanned.get("/findings/rows.json", params={"offset": 19_900}).json()
    assert answer["rows_n"] == 20_000
    assert len(answer["rows"]) == 100
    assert len(unscanned.get("/findings/rows.json").content) < 600 * PAGE_N


def test_strangers_see_nothing(private: tuple[TestClient, str]) -> None:
    for way in ("/findings/rows.json", "/findings/fixes.csv", "/findings/scan.json"):
        assert private[0].get(way).status_code == 401
