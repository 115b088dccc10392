"""What goes beyond the announcement, as cards; nothing where nothing does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from explorer.errors import ExplorerError
from explorer.scan.listed import Choice
from explorer.widgets.finding_words import headline, stale
from explorer.widgets.findings_state import Judged, findings
from explorer.widgets.loader import mount
from explorer.widgets.overview_beyond import Finding


def show_findings(found: Sequence[Finding]) -> None:
    """Show them side by side, with what the scan found, which has a page of its own."""
    shown = [asdict(finding) for finding in (*found, *scanned())]
    if shown:
        html = '<ul class="findings"></ul>\n'
        mount("overview_findings", html, key="overview_findings", data={"findings": shown})


def scanned() -> list[Finding]:
    """What the last scan found, in one card; none where nothing is open or it cannot be read: its page says why."""
    try:
        judged = findings()
    except ExplorerError:
        return []
    kept = judged.found.reading.kept
    if kept is None or not _open_n(judged):
        return []
    said = stale(kept)
    return [
        Finding(f"Scan: {headline(judged)}", said or "Look at them, and dismiss what is none.", "findings")
    ]


def _open_n(judged: Judged) -> int:
    return int(judged.found.listed.mask(Choice(), judged.rows).sum())
