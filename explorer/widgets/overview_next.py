"""What can be done next: one sentence for each page that there is."""

from __future__ import annotations

from explorer.widgets.loader import mount

# Name, address and one sentence; a new page is one line here.
STEPS = (
    (
        "Browse sessions",
        "sessions",
        "Find recordings by app, group, week or task, and open one to see how it went.",
    ),
    (
        "Watch a replay",
        "replay",
        "See a session as it happened: screen, pointer, clicks and shortcuts in time.",
    ),
    (
        "Look at heatmaps",
        "heatmaps",
        "See where people point and click in each app, and where two groups differ.",
    ),
    (
        "Look at findings",
        "findings",
        "See what the scan found that redaction left behind, and dismiss what is none.",
    ),
    ("Ask a query", "queries", "Run the query library over this dataset, and take the rows away."),
)


def next_steps() -> None:
    """Show the ways on."""
    mount(
        "overview_next",
        '<nav class="next"></nav>\n',
        key="overview_next",
        data={"steps": [list(step) for step in STEPS]},
    )
