"""The raw map from pixels, as one makes it without a stored cell: `python pointer_pixels.py ENGINE DATASET`.

Every move finds the display of its session and is put into the 192 x 108 grid by its pixel coordinates; then cells are
counted. Prints what pointer_peers prints; the counts equal those of the column `cell`. Whoever holds whole columns in
memory reads file after file, of about 5 M rows each. Imports nothing of the project but for `own`.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.pointer_peers import COLUMNS, ROWS, Work, filled, measured

READ = ["session_id", "display_id", "x_px", "y_px"]
KEYS = ["session_id", "display_id"]
SCREEN = [*KEYS, "left_px", "top_px", "width_px", "height_px"]
# Whole numbers alone: half a pixel of a rounded fraction would put a move into the next cell.
SQL = """
SELECT (({line}) * 192 + ({place})){narrow} AS cell, count(*) AS n
FROM {moves} AS m JOIN {displays} AS d ON d.session_id = m.session_id AND d.display_id = m.display_id
WHERE m.x_px >= d.left_px AND m.x_px < d.left_px + d.width_px
  AND m.y_px >= d.top_px AND m.y_px < d.top_px + d.height_px
GROUP BY 1 ORDER BY 1
"""


def own(np: Any, root: Path) -> Work:
    """The project's engine, as one asks it."""
    from explorer.engine.duckdb import DuckDBEngine

    engine = DuckDBEngine(root, time_limit_ms=0)
    line, place = "(m.y_px - d.top_px) * 108 // d.height_px", "(m.x_px - d.left_px) * 192 // d.width_px"
    text = SQL.format(line=line, place=place, narrow="::SMALLINT", moves="moves", displays="displays")

    def work(files: list[str]) -> Any:
        rows = engine.answer(text, {}, "raw map from pixels")
        return filled(np, rows["cell"].to_numpy(), rows["n"].to_numpy())

    return work


def limit(np: Any, root: Path) -> Work:
    """The least there is to do: decoding what is read, ids as numbers of dictionaries, and counting ready cells."""
    pq = importlib.import_module("pyarrow.parquet")

    def work(files: list[str]) -> Any:
        counts = np.zeros(COLUMNS * ROWS, np.int64)
        for file in files:
            read = pq.ParquetFile(file, read_dictionary=KEYS)
            for group in range(read.num_row_groups):
                read.read_row_group(group, columns=READ)
                began = time.process_time()
                ready = read.read_row_group(group, columns=["cell"]).column(0)
                cells = ready.drop_null().to_numpy().astype(np.intp)
                work.apart += time.process_time() - began  # type: ignore[attr-defined]
                counts += np.bincount(cells, minlength=COLUMNS * ROWS)
        return counts

    work.apart = 0.0  # type: ignore[attr-defined]
    return work


def polars(np: Any, root: Path) -> Work:
    pl = importlib.import_module("polars")
    screens = pl.scan_parquet(f"{root}/displays/*.parquet").select(SCREEN)
    x, y = pl.col("x_px") - pl.col("left_px"), pl.col("y_px") - pl.col("top_px")

    def work(files: list[str]) -> Any:
        placed = pl.scan_parquet(files).select(READ).join(screens, on=KEYS)
        inside = placed.filter((x >= 0) & (x < pl.col("width_px")) & (y >= 0) & (y < pl.col("height_px")))
        cell = y * ROWS // pl.col("height_px") * COLUMNS + x * COLUMNS // pl.col("width_px")
        rows = inside.group_by(cell.alias("cell")).len().collect(engine="streaming")
        return filled(np, rows["cell"].to_numpy(), rows["len"].to_numpy())

    return work


def pandas(np: Any, root: Path) -> Work:
    pd = importlib.import_module("pandas")
    screens = pd.read_parquet(f"{root}/displays", columns=SCREEN)

    def work(files: list[str]) -> Any:
        counts = np.zeros(COLUMNS * ROWS, np.int64)
        for file in files:
            rows = pd.read_parquet(file, columns=READ).merge(screens, on=KEYS)
            x, y = rows["x_px"] - rows["left_px"], rows["y_px"] - rows["top_px"]
            is_in = (x >= 0) & (x < rows["width_px"]) & (y >= 0) & (y < rows["height_px"])
            cells = y * ROWS // rows["height_px"] * COLUMNS + x * COLUMNS // rows["width_px"]
            found = cells[is_in].value_counts()
            counts[found.index.to_numpy().astype(np.int64)] += found.to_numpy()
        return counts

    return work


def histogram2d(np: Any, root: Path) -> Work:
    return _by_session(np, root, lambda x, y: np.histogram2d(
        y, x, bins=(ROWS, COLUMNS), range=((0, 1), (0, 1)))[0].astype(np.int64))  # fmt: skip


def datashader(np: Any, root: Path) -> Work:
    ds, pd = importlib.import_module("datashader"), importlib.import_module("pandas")
    canvas = ds.Canvas(COLUMNS, ROWS, x_range=(0, 1), y_range=(0, 1))

    def count(x: Any, y: Any) -> Any:
        return canvas.points(pd.DataFrame({"x": x, "y": y}), "x", "y", agg=ds.count()).values.astype(np.int64)

    count(np.array([0.5]), np.array([0.5]))  # compiles
    return _by_session(np, root, count)


def _by_session(np: Any, root: Path, count: Callable[[Any, Any], Any]) -> Work:
    """pyarrow reads, screens are looked up by the numbers of the dictionaries, and shares of the screen are counted."""
    pa, pq = importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    rows = pq.read_table(f"{root}/displays", columns=SCREEN).to_pylist()
    screens = {tuple(row[key] for key in KEYS): [row[name] for name in SCREEN[2:]] for row in rows}
    nowhere = [0, 0, -1, -1]

    def work(files: list[str]) -> Any:
        counts = np.zeros((ROWS, COLUMNS), np.int64)
        for file in files:
            table = pq.read_table(file, columns=READ, read_dictionary=KEYS).drop_null().unify_dictionaries()
            session, display = (table[key].combine_chunks() for key in KEYS)
            assert pa.types.is_dictionary(session.type)
            names = [(s, d) for s in session.dictionary.to_pylist() for d in display.dictionary.to_pylist()]
            known = np.array([screens.get(name, nowhere) for name in names])
            place = session.indices.to_numpy() * len(display.dictionary) + display.indices.to_numpy()
            left, top, width, height = known[place].T
            # A pixel that begins a cell must not be rounded into the one before; cells end at 192nds of pixels.
            x = (table["x_px"].to_numpy() - left + 0.001) / width
            y = (table["y_px"].to_numpy() - top + 0.001) / height
            counts += count(x, y)
        return counts.ravel()

    return work


def chdb(np: Any, root: Path) -> Work:
    query = importlib.import_module("chdb").query
    text = SQL.format(
        line="intDiv((m.y_px - d.top_px) * 108, d.height_px)",
        place="intDiv((m.x_px - d.left_px) * 192, d.width_px)",
        narrow="",
        moves=f"file('{root}/moves/*.parquet', Parquet)",
        displays=f"file('{root}/displays/*.parquet', Parquet)",
    )

    def work(files: list[str]) -> Any:
        rows = np.array([line.split(",") for line in str(query(text, "CSV")).split()], np.int64)
        return filled(np, rows[:, 0], rows[:, 1])

    return work


ENGINES = {made.__name__: made for made in (own, limit, polars, pandas, histogram2d, datashader, chdb)}

if __name__ == "__main__":
    sys.exit(measured(ENGINES))
