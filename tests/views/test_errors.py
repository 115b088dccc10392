"""What an error looks like: said once, in words, without the data."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def run(script: str) -> list[str]:
    app = AppTest.from_string(script, default_timeout=20).run()
    assert not app.exception
    return [text.value for text in app.text]


def test_an_error_says_what_where_and_what_to_do() -> None:
    said = run("""
from explorer.errors import EngineError
from explorer.widgets import error_box

error_box.show(EngineError("**took** too long", where="sessions/list", hint="Narrow it down"))
""")
    assert said == ["sessions/list: **took** too long", "Narrow it down"]


def test_an_unexpected_error_keeps_its_text_to_itself() -> None:
    said = run("""
from explorer.server.app import _show_unexpected

assert _show_unexpected(ValueError("secret title")) is True
""")
    assert said[0].startswith("Something went wrong here (error ")
    assert "secret" not in "".join(said)
