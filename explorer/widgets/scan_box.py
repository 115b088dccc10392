"""The scan of the dataset shown, begun, watched and stopped from the page, without runs of the script."""

from __future__ import annotations

from explorer.widgets.loader import mount


def scan_box(label: str, *, width: str = "stretch") -> None:
    """A button that begins a scan, how far it is while it runs, and a way to stop it."""
    mount(
        "scan_box",
        '<div class="scan"></div>\n',
        key="scan_box",
        width=width,
        data={"label": label},
        # The scan has ended: the run that follows reads what it found.
        on_ended_change=lambda: None,
    )
