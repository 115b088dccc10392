"""One session read through the engine, part by part: consent has acted on all that arrives here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from explorer.engine import Engine, Frame

Row = dict[str, Any]
_BATCH_ROWS = 8_192
_ALL = 2**62


@dataclass(frozen=True, slots=True)
class View:
    """A frame without its bytes: its size, and the part of the desktop that it shows."""

    frame_id: str
    seq: int
    t_us: int | None
    format: str
    width_px: int
    height_px: int
    left_px: int | None
    top_px: int | None
    scale_x: float | None
    scale_y: float | None
    is_redacted: bool

    def share_of(self, x_px: int | None, y_px: int | None) -> tuple[float, float] | None:
        """A desktop point as shares (0 to 1) of this picture; None outside of it, or where its place is unknown."""
        if x_px is None or y_px is None or self.left_px is None or self.top_px is None:
            return None
        if not (self.scale_x and self.scale_y and self.width_px and self.height_px):
            return None
        across = (x_px - self.left_px) * self.scale_x / self.width_px
        down = (y_px - self.top_px) * self.scale_y / self.height_px
        return (across, down) if 0 <= across <= 1 and 0 <= down <= 1 else None


class SessionRows:
    """Rows of one session; tables are read when first asked for, pictures one by one."""

    def __init__(self, engine: Engine, session_id: str, *, with_people: bool = False) -> None:
        self._engine = engine
        self.session_id = session_id
        self._with_people = with_people
        self._last_picture: Frame | None = None

    @cached_property
    def facts(self) -> Row:
        """The row of exchange/session; empty when the session has gone."""
        asked = {"session_id": self.session_id, "with_people": self._with_people}
        rows: list[Row] = self._engine.run("exchange/session", asked).to_pylist()
        return rows[0] if rows else {}

    @cached_property
    def views(self) -> dict[str, View]:
        """All frames in true order, by frame_id."""
        found = {}
        for row in _rows(self._ask("replay/frames")):
            found[row["frame_id"]] = View(
                row["frame_id"], row["seq"], row["t_us"], _known_format(row["format"]), row["width_px"] or 0,
                row["height_px"] or 0, row["capture_left_px"], row["capture_top_px"], row["scale_x"],
                row["scale_y"], row["is_redacted"],
            )  # fmt: skip
        return found

    @cached_property
    def has_key_rows(self) -> bool:
        """Keys were recorded one by one."""
        return bool(pc.any(pc.equal(self._events["kind"], "key_down")).as_py())

    def share_of_display(self, t_us: int | None, x_px: int, y_px: int) -> tuple[float, float] | None:
        """A desktop point as shares (0 to 1) of the display that it lies on at that time; None on none."""
        for row in self._displays:
            is_early = t_us is not None and t_us < row["start_us"] and row["start_us"] > 0
            is_late = t_us is not None and row["end_us"] is not None and t_us >= row["end_us"]
            sides = [row[name] for name in ("left_px", "top_px", "width_px", "height_px")]
            if is_early or is_late or None in sides or not (sides[2] and sides[3]):
                continue
            across, down = (x_px - sides[0]) / sides[2], (y_px - sides[1]) / sides[3]
            if 0 <= across < 1 and 0 <= down < 1:
                return across, down
        return None

    def events(self) -> Iterator[Row]:
        """Rows of replay/events."""
        return _rows(self._events)

    def moves(self) -> Iterator[Row]:
        """Rows of replay/moves: seq, t_us, x_px, y_px."""
        return _rows(self._ask("replay/moves").select(["seq", "t_us", "x_px", "y_px"]))

    def steps(self) -> Iterator[Row]:
        """Rows of sessions/steps, without what consent keeps closed."""
        return _rows(self._ask("sessions/steps", limit_n=_ALL)) if self.facts.get("steps_n") else iter(())

    def picture(self, frame_id: str) -> Frame | None:
        """The stored picture; the last one is kept, since actions in a row share their screen."""
        if self._last_picture is None or self._last_picture.frame_id != frame_id:
            self._last_picture = self._engine.frame(frame_id)
        return self._last_picture

    @cached_property
    def _displays(self) -> list[Row]:
        return list(_rows(self._ask("sessions/displays")))

    @cached_property
    def _events(self) -> pa.Table:
        return self._ask("replay/events")

    def _ask(self, name: str, **more: object) -> pa.Table:
        return self._engine.run(name, {"session_id": self.session_id, **more})


def _known_format(name: str | None) -> str:
    """A format that may end a file's name."""
    return name if name in ("png", "webp", "jpeg") else "png"


def _rows(table: pa.Table) -> Iterator[Row]:
    for batch in table.to_batches(max_chunksize=_BATCH_ROWS):
        yield from batch.to_pylist()
