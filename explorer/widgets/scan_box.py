"""The scan of the dataset shown, begun, watched and stopped from the page, without runs of the script."""

from __future__ import annotations

from explorer.widgets.loader import mount


def scan_box(label: str, command: str, *, is_quiet: bool = False) -> None:
    """A button that begins a scan, how far it is while it runs, and the command that does the same."""
    mount(
        "scan_box",
        '<div class="scan"></div>\n',
        key="scan_box",
        data={"label": label, "command": command, "is_quiet": is_quiet},
        # The scan has ended: the run that follows reads what it found.
        on_ended_change=lambda: None,
    )
