"""The web server: guards around everything, byte routes of our own, and the Streamlit pages."""

from __future__ import annotations

from explorer.server.app import create_app
from explorer.server.launch import serve

__all__ = ["create_app", "serve"]
