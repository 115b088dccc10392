"""The first frames of a session by their thumbs; each opens the replay at its moment."""

from __future__ import annotations

from collections.abc import Iterable

from explorer.widgets import wording
from explorer.widgets.loader import mount


def filmstrip(frames: Iterable[tuple[str, int | None, str]]) -> None:
    """Show frames, given as id, time (us), and the address of the replay at that frame."""
    mount(
        "filmstrip",
        '<div class="film"></div>\n',
        key="filmstrip",
        data={
            "frames": [
                {"frame_id": frame_id, "time": wording.clock(t_us), "replay": replay}
                for frame_id, t_us, replay in frames
            ]
        },
    )
