"""Shortcuts on the sample: exact against the scripts that were played, and against pandas over the raw rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from types import ModuleType
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from explorer.engine import Engine, open_engine
from explorer.resources import sample_dataset
from explorer.trace.dataset import Dataset
from explorer.widgets import shortcut_answers
from explorer.widgets.opened import open_dataset
from explorer.widgets.url_state import Filters

LABELS = {
    "new": {"Mail": "New message", "Customers": "New customer", "Documents": "New letter"},
    "flag": {"Mail": "Flag", "Customers": "Key customer"},
    "read": {"Mail": "Mark as unread"},
}
STANDARD = {"ctrl+a": "Select all", "ctrl+end": "Go to end"}


class Listing:
    """Plays a script without a screen: which commands it gives, in which order."""

    def __init__(self, persona: Any) -> None:
        self.persona, self.app, self.given = persona, "Mail", []  # type: ignore[var-annotated]
        self.stage = self

    def command(self, name: str, *, on: str | None = None) -> None:
        self.given.append(LABELS.get(name, {}).get(self.app, name.capitalize()))

    def switch(self, app: str) -> None:
        self.given.append("Switch app")
        self.app = app.capitalize()

    def click(self, name: str, *args: Any, **more: Any) -> None:
        if name in ("send", "save"):  # buttons of the forms themselves
            self.given.append(name.capitalize())

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *args, **more: None


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    """Raw rows of the files, consent not yet in force."""
    office = Dataset.open(sample_dataset())
    names = ("sessions", "participants", "events")
    return {
        n: pd.concat(pq.read_table(office.root / e.path).to_pandas() for e in office.files(n)) for n in names
    }


@pytest.fixture(scope="module")
def engine() -> Engine:
    return open_engine(sample_dataset())


@pytest.fixture(scope="module")
def given(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Commands and shortcuts of people whose consent covers them, named as the page names them."""
    people = tables["participants"]
    people = people[(people.consent_status == "granted") & people.consent_scope.str.contains("keystrokes")]
    sessions = tables["sessions"].merge(people[["participant_id", "cohort"]], on="participant_id")
    events = tables["events"].merge(
        sessions[["session_id", "participant_id", "cohort", "started_day"]], on="session_id"
    )
    rows = events[events.command.notna() | (events.kind == "shortcut")].copy()
    rows["named"] = rows.command.fillna(rows.chord.map(STANDARD))
    rows["way"] = rows.via.fillna("shortcut")
    return rows.sort_values(["session_id", "seq"])


def test_every_session_gives_the_commands_of_its_script(
    tables: dict[str, pd.DataFrame], recorder: Callable[[str], ModuleType]
) -> None:
    personas = {shift.persona.person: shift.persona for shift in recorder("cohorts").plan()}
    scripts = dict(recorder("tasks").TASKS.values())
    named = tables["events"][tables["events"].command.notna()].sort_values("seq")
    found = named.groupby("session_id").command.apply(list)
    checked = 0
    for row in tables["sessions"][tables["sessions"].actor == "human"].itertuples():
        actor = Listing(personas[row.participant_id.removeprefix("office:")])
        scripts[row.task](actor)
        assert found[row.session_id] == actor.given, row.task
        checked += 1
    assert checked == 62


def test_times_of_menus_are_those_between_two_presses(
    engine: Engine, tables: dict[str, pd.DataFrame]
) -> None:
    """Walk through the raw rows: the press that opened the menu, and the release that chose."""
    wanted: Counter[tuple[str, str, int]] = Counter()
    for session_id, rows in tables["events"].sort_values("seq").groupby("session_id"):
        presses = rows[rows.kind == "mouse_down"]
        for row in rows[rows.via.isin(["menu", "context_menu"])].itertuples():
            opened = presses[presses.seq < row.seq].iloc[-2]
            wanted[str(session_id), row.command, (row.t_us - opened.t_us) // 1000] += 1
    got = engine.run("rollups/session_command_times").to_pandas()
    by_menu = got[~got.is_shortcut]
    places = zip(by_menu.session_id, by_menu.command, by_menu.spent_ms, strict=True)
    shown = dict(zip(places, by_menu.uses_n, strict=True))
    visible = set(engine.run("sessions/list")["session_id"].to_pylist())
    assert shown == {place: ms for place, ms in wanted.items() if place[0] in visible}
    assert 500 < by_menu.spent_ms.median() < 2000


def test_counts_by_command_and_way(engine: Engine, given: pd.DataFrame) -> None:
    cells = given[given.named.notna()].groupby(["named", "way"])
    counts = cells.agg(uses_n=("seq", "size"), people_n=("participant_id", "nunique")).reset_index()
    large = counts[counts.people_n >= 5]
    rows = engine.run("shortcuts/commands").to_pandas()
    shown, others = rows[~rows.is_other], rows[rows.is_other].iloc[0]
    assert sorted(zip(shown.command, shown.via, shown.uses_n, shown.people_n, strict=True)) == sorted(
        large.itertuples(index=False, name=None)
    )
    assert others.uses_n == counts.uses_n.sum() - large.uses_n.sum()


def test_counts_by_chord(engine: Engine, given: pd.DataFrame) -> None:
    keys = given[given.kind == "shortcut"].groupby(["chord", "named"])
    counts = keys.agg(presses_n=("seq", "size"), people_n=("participant_id", "nunique")).reset_index()
    rows = engine.run("shortcuts/chords").to_pandas()
    shown = rows[~rows.is_other & (rows.chord != "delete")]
    large = counts[counts.people_n >= 5]
    assert sorted(zip(shown.chord, shown.command, shown.presses_n, shown.people_n, strict=True)) == sorted(
        large.itertuples(index=False, name=None)
    )


def test_sequences(engine: Engine, given: pd.DataFrame) -> None:
    found: dict[str, list[str]] = {}
    for _, rows in given.groupby("session_id"):
        steps = list(zip(rows.named.fillna(rows.chord), rows.t_us, rows.participant_id, strict=True))
        runs: list[list[tuple[str, int, str]]] = [steps[:1]]
        for before, after in pairwise(steps):
            if after[1] - before[1] > 10_000_000:
                runs.append([])
            runs[-1].append(after)
        for run in runs:
            for n in (2, 3, 4):
                for start in range(len(run) - n + 1):
                    gram = run[start : start + n]
                    found.setdefault(" → ".join(step[0] for step in gram), []).append(gram[0][2])
    wanted = {gram: len(who) for gram, who in found.items() if len(set(who)) >= 5}
    rows = engine.run("shortcuts/sequences").to_pylist()
    assert {row["sequence"]: row["times_n"] for row in rows} == wanted
    assert len(wanted) > 20


def test_adoption(engine: Engine, given: pd.DataFrame) -> None:
    comparable = set(engine.run("lib/comparable_commands")["command"].to_pylist())
    assert "Heading" not in comparable, "it was never given by a shortcut"
    assert "Select all" not in comparable, "the recording does not name it"
    rows = given[given.named.isin(comparable)]
    monday = (rows.started_day + 3) // 7 * 7 - 3
    for column, groups, params in (
        ("week_day", monday, {}),
        ("cohort", rows.cohort, {"by_cohort": True}),
    ):
        shares = rows.assign(group=groups, hit=rows.way == "shortcut").groupby("group")
        wanted = {group: (len(own), int(own.hit.sum())) for group, own in shares}
        got = engine.run("shortcuts/adoption", params).to_pylist()
        assert {row[column]: (row["uses_n"], row["by_shortcut_n"]) for row in got} == wanted


def test_the_share_is_the_mean_over_people(engine: Engine, given: pd.DataFrame) -> None:
    comparable = set(engine.run("lib/comparable_commands")["command"].to_pylist())
    rows = given[given.named.isin(comparable)]
    shares = (rows.way == "shortcut").groupby(rows.participant_id).mean()
    open_dataset(sample_dataset())
    found = shortcut_answers.answers(Filters())
    assert found.share is not None
    assert found.share.rate == pytest.approx(shares.mean())
    assert found.share.people_n == len(shares) == 44
    assert found.share.rate_lo < found.share.rate < found.share.rate_hi


def test_the_difference_is_that_of_people_who_used_both_ways(engine: Engine, given: pd.DataFrame) -> None:
    times = engine.run("rollups/session_command_times").to_pandas()
    who = given[["session_id", "participant_id"]].drop_duplicates()
    joined = times.loc[times.index.repeat(times.uses_n)].merge(who, on="session_id")
    medians = joined.groupby(["participant_id", "command", "is_shortcut"]).spent_ms.median().unstack()
    pairs = (medians[False] - medians[True]).dropna()
    by_person = pairs.groupby("participant_id").mean()
    open_dataset(sample_dataset())
    found = shortcut_answers.answers(Filters()).times
    assert found is not None
    assert found.overall.difference_s == pytest.approx(by_person.mean() / 1000)
    assert (found.overall.people_n, found.overall.pairs_n) == (len(by_person), len(pairs)) == (9, 11)


def test_right_clicks(engine: Engine, tables: dict[str, pd.DataFrame], given: pd.DataFrame) -> None:
    clicks = tables["events"].sort_values(["session_id", "seq"])
    clicks = clicks[(clicks.kind == "click") & clicks.session_id.isin(set(given.session_id))]
    after = clicks.groupby("session_id").shift(-1)
    right = after[clicks.button == "right"]
    counts = right.groupby("command").size()
    rows = engine.run("shortcuts/right_clicks").to_pylist()
    shown = {row["command"]: row["right_clicks_n"] for row in rows if not row["is_other"]}
    assert shown == {"Copy": counts["Copy"]}
    assert sum(row["right_clicks_n"] for row in rows) == len(right)
