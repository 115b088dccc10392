"""One session over its time: applications, activity by kind, state and frames on one axis."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from explorer.charts.palette import KINDS
from explorer.widgets import wording
from explorer.widgets.app_palette import colours
from explorer.widgets.loader import mount

BINS_N = 240
_HTML = '<div class="timeline"></div>\n'
_PLACES = {kind.name: place for place, kind in enumerate(KINDS)}
Stretch = tuple[str | None, int, int]


def timeline(
    duration_us: int, apps: Sequence[Stretch], density: pa.Table, states: pa.Table, frames_us: Sequence[int],
    *, replay: str,
) -> None:  # fmt: skip
    """Show the lanes. `density` has bin, kind, rows_n over BINS_N parts; `states` has state, start_us, end_us.

    `replay` is the address of the session's replay: a press leads there, at its time.
    """
    names = list(dict.fromkeys(app for app, _, _ in apps if app))
    mount(
        "timeline",
        _HTML,
        key="timeline",
        data={
            "duration_us": duration_us,
            "hint": "Point to read, press to replay from there. Bar heights follow the logarithm of the counts.",
            "replay": replay,
            "kinds": [[kind.label, kind.light, kind.dark, kind.name.replace("_", " ")] for kind in KINDS],
            "frame_kind": _PLACES["frame"],
            "app_names": [wording.shortened(name, 60) for name in names],
            "app_colours": colours(names),
            "apps": [[names.index(app) if app else -1, start, end] for app, start, end in apps]
            if names
            else [],
            "bins_n": BINS_N,
            "activity": layers(density, BINS_N),
            "states": [
                list(row.values()) for row in states.select(["state", "start_us", "end_us"]).to_pylist()
            ],
            "frames_us": list(frames_us),
        },
    )


def layers(density: pa.Table, bins_n: int) -> list[dict[str, object]]:
    """Per kind that occurs: its place in KINDS and its count in each part."""
    counts: dict[int, list[int]] = {}
    columns = (density[name].to_pylist() for name in ("bin", "kind", "rows_n"))
    for place, kind, rows_n in zip(*columns, strict=True):
        if kind in _PLACES and 0 <= place < bins_n:
            counts.setdefault(_PLACES[kind], [0] * bins_n)[place] += rows_n
    return [{"kind": kind, "counts": counts[kind]} for kind in sorted(counts)]
