"""Only applications from the list are taken from window titles."""

from __future__ import annotations

import pytest

from explorer.importers.known_apps import app_in_title


@pytest.mark.parametrize(
    ("title", "app"),
    [
        ("Untitled 1 - Mousepad", "Mousepad"), ("xterm", "xterm"), ("a - b - Firefox", "Firefox"),
        ("Page — Mozilla Firefox", "Mozilla Firefox"), ("Budget.xlsx  -  EXCEL", "Excel"), ("Slack", "Slack"),
        ("main.py - Code - OSS", "Code - OSS"), ("New tab - Personal - Microsoft\u200b Edge", "Microsoft Edge"),
        ("x" * 1_000_000 + " - Notepad", "Notepad"), ("notes – Notepad++", "Notepad++"),
    ],
)  # fmt: skip
def test_known_applications_are_found(title: str, app: str) -> None:
    assert app_in_title(title) == app


@pytest.mark.parametrize(
    "title",
    [
        "Payroll - Jane Doe", "Unlock - hunter2", "hunter2", "jane", "Inbox - jane@example.org", "A letter to Jane",
        "Firefox - Jane", "a -Firefox", "Chat with Slack", "x" * 1_000_000, "- ", "", None, 7, "Kate",
    ],
)  # fmt: skip
def test_other_text_in_titles_is_no_application(title: object) -> None:
    assert app_in_title(title) is None
