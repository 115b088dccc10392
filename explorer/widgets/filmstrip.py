"""The first frames of a session by their thumbs; each opens the stored picture."""

from __future__ import annotations

from collections.abc import Iterable

from explorer.widgets import wording
from explorer.widgets.loader import mount


def filmstrip(frames: Iterable[tuple[str, int | None]]) -> None:
    """Show frames, given as id and time (us)."""
    mount(
        "filmstrip",
        '<div class="film"></div>\n',
        key="filmstrip",
        data={"frames": [{"frame_id": frame_id, "time": wording.clock(t_us)} for frame_id, t_us in frames]},
    )
