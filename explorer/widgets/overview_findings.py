"""What goes beyond the announcement, as cards; nothing where nothing does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from explorer.widgets.loader import mount
from explorer.widgets.overview_beyond import Finding


def show_findings(found: Sequence[Finding]) -> None:
    """Show them side by side."""
    if found:
        shown = [asdict(finding) for finding in found]
        html = '<ul class="findings"></ul>\n'
        mount("overview_findings", html, key="overview_findings", data={"findings": shown})
