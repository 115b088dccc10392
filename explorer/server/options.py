"""Streamlit's options: local, silent, closed. Given as flags, they win over files and environment."""

from __future__ import annotations

from streamlit import config

from explorer.errors import ExplorerError
from explorer.server.theme import theme_options

ADDRESS = "127.0.0.1"

# What must never be on while a dataset is open: each would answer past our own rules.
_MUST_BE_OFF = ("server.enableAgentApi", "server.enableStaticServing")

# Rich prints whole errors past the log.
_LOGGING = {"logger.hideWelcomeMessage": True, "logger.level": "warning", "logger.enableRich": False}


def server_options(port: int) -> dict[str, object]:
    """All options of the running app."""
    fixed = theme_options() | _LOGGING
    return fixed | {
        "server.address": ADDRESS,
        "server.port": port,
        "server.baseUrlPath": "",
        "server.headless": True,
        "server.showEmailPrompt": False,
        "server.fileWatcherType": "none",
        "server.runOnSave": False,
        "server.allowRunOnSave": False,
        "server.enableStaticServing": False,
        "server.enableAgentApi": False,
        "server.enableCORS": True,
        "server.corsAllowedOrigins": [],
        "server.allowedHosts": [ADDRESS, "localhost", "::1"],
        "server.enableXsrfProtection": True,
        "server.xsrfCookieSameSite": "strict",
        "server.maxUploadSize": 1,
        "browser.gatherUsageStats": False,
        "browser.serverAddress": ADDRESS,
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        "client.toolbarMode": "minimal",
        "client.allowedOrigins": [],
        # Streamlit's own table export would pass formulas of trace text on to a spreadsheet.
        "client.disableDataExport": True,
        "runner.magicEnabled": False,
    }


def refuse_open_doors() -> None:
    """Raise ExplorerError when a part of Streamlit is on that would serve data past the guards' rules."""
    for name in _MUST_BE_OFF:
        if config.get_option(name):
            raise ExplorerError(
                f"{name} is on",
                where="Streamlit options",
                hint="Turn it off in config.toml or the environment",
            )
