"""Maps worked out with pandas from the files of a dataset: what queries/pointer must equal."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from explorer.trace.dataset import Dataset

PLACED = ["session_id", "seq", "t_us", "x_px", "app", "cell", "window_cell", "flags"]
IDLE_US = 5_000_000


def table_of(root: Path, table: str, columns: list[str]) -> pd.DataFrame:
    """All rows of a table, but those of people who withdrew."""
    rows = _rows(root, table, columns)
    people = _rows(root, "participants", ["participant_id", "consent_status", "withdrawn_at_unix_us"])
    is_gone = ~people["consent_status"].isin(["granted", "unknown"]) | people["withdrawn_at_unix_us"].notna()
    sessions = _rows(root, "sessions", ["session_id", "participant_id"])
    gone = sessions["session_id"][sessions["participant_id"].isin(people["participant_id"][is_gone])]
    return rows[~rows["session_id"].isin(gone)]


def _rows(root: Path, table: str, columns: list[str]) -> pd.DataFrame:
    files = [root / entry.path for entry in Dataset.open(root).files(table)]
    tables = [pq.read_table(file, columns=columns) for file in files]
    return (
        pd.concat([one.to_pandas() for one in tables], ignore_index=True)
        if tables
        else pd.DataFrame(columns=columns)
    )


def marks_of(root: Path, kind: str) -> pd.DataFrame:
    """The rows of one kind with their session, app, cells, flags, and `n`: 1, or microseconds of dwell."""
    if kind == "move":
        return _moves(root).assign(n=1)
    events = table_of(root, "events", [*PLACED, "kind", "button", "is_derived"])
    if kind != "dwell":
        name = "click" if kind == "right_click" else kind
        found = events[events["kind"] == name]
        if kind == "click":
            found = found[found["button"].isna() | (found["button"] == "left")]
        elif kind == "right_click":
            found = found[found["button"] == "right"]
        return found.assign(n=1)
    rows = pd.concat([_moves(root), events[~events["is_derived"].astype(bool)]]).sort_values(
        ["session_id", "seq"]
    )
    rests = rows.groupby("session_id")["t_us"].shift(-1) - rows["t_us"]
    pointing = ["move", "mouse_down", "mouse_up", "click", "double_click", "drag", "scroll"]
    pointing += ["touch_start", "touch_move", "touch_end"]
    return rows.assign(n=rests.clip(0, IDLE_US).fillna(0))[rows["kind"].isin(pointing)]


def _moves(root: Path) -> pd.DataFrame:
    """Most of a dataset's rows: read for the kinds that need them alone."""
    return table_of(root, "moves", PLACED).assign(kind="move", button=None, is_derived=False)


def coarse(cells: pd.Series, columns_n: int) -> pd.Series:
    """Cells of a grid of fewer columns."""
    size = 192 // columns_n
    return cells // 192 // size * columns_n + cells % 192 // size


def map_of(root: Path, kind: str, space: str, columns_n: int, app: str | None = None) -> pd.DataFrame:
    """value and people_n by cell, of all cells, with those of few people still in it."""
    marks = marks_of(root, kind)
    marks = marks if app is None else marks[marks["app"] == app]
    people = table_of(root, "sessions", ["session_id", "participant_id"])
    marks = marks.merge(people, on="session_id")
    marks = marks.assign(cell=coarse(marks["cell" if space == "screen" else "window_cell"], columns_n))
    marks = marks.dropna(subset="cell")
    if kind == "dwell":
        keys = ["session_id", "app", "cell", "participant_id"]
        marks = marks.groupby(keys, dropna=False)["n"].sum().reset_index()
        marks["n"] = np.floor(marks["n"] / 1000 + 0.5)
        marks = marks[marks["n"] > 0]
    found = marks.groupby("cell").agg(value=("n", "sum"), people_n=("participant_id", "nunique"))
    return found.astype(np.int64)


def shown(found: pd.DataFrame, min_people: int = 5) -> dict[int, tuple[int, int]]:
    """cell -> (value, people_n) without what must be withheld."""
    few = found["people_n"].between(1, min_people - 1)
    many = found[found["people_n"] >= min_people].reset_index().sort_values(["people_n", "cell"])
    withheld = {*found.index[few], *(many["cell"][:1] if few.any() else [])}
    rows = found[~found.index.isin(withheld)].itertuples()
    return {int(row.Index): (int(row.value), int(row.people_n)) for row in rows}
