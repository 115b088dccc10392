"""Top of a task's page: its words, how many attempts there are, and the way to them in the list."""

from __future__ import annotations

from urllib.parse import urlencode

from explorer.widgets import wording
from explorer.widgets.loader import mount


def task_head(task_id: str, task: str | None, summary: str) -> None:
    """Show the top, in the dress of a session's."""
    mount(
        "session_head",
        '<div class="head"></div>\n',
        key="task_head",
        data={
            "title": wording.shortened(task, 300) or f"Task {wording.shortened(task_id, 60)}",
            "summary": summary,
            "badges": [],
            "place": None,
            "list": "sessions",
            "previous": None,
            "next": None,
            "task": ["Show them in the list", f"sessions?{urlencode({'task_id': task_id})}"],
        },
    )
