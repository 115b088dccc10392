"""Opening the browser without the address on its command line, which every account of the machine can read."""

from __future__ import annotations

import atexit
import os
import platform
import shutil
import sys
import tempfile
import threading
import webbrowser
from html import escape
from pathlib import Path

KEPT_S = 30.0
# Browsers in these boxes cannot read files of the temporary folder.
_BOXED = ("/snap/firefox", "/snap/chromium", "/snap/brave", "/snap/opera")
_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0;url={address}"><title>Trace explorer</title></head>
<body><p><a href="{address}" rel="noreferrer">Open the explorer</a></p></body>
</html>
"""


def open_in_browser(address: str) -> None:
    """Open an address; one with a key goes through a file that only this account can read, and that is removed.

    Where the browser cannot read such a file nothing is opened: the address is printed anyway.
    """
    if "?token=" not in address:
        webbrowser.open(address)
    elif can_browser_read():
        file = private_page(address)
        timer = threading.Timer(KEPT_S, remove, (file,))
        timer.daemon = True
        timer.start()
        atexit.register(remove, file)
        webbrowser.open(file.as_uri())


def can_browser_read() -> bool:
    """Whether the browser sees this account's temporary files: not out of a box, nor across to Windows."""
    if sys.platform != "linux":
        return True
    return "microsoft" not in platform.release().lower() and not any(map(os.path.isdir, _BOXED))


def private_page(address: str) -> Path:
    """A page that leads to the address, in a folder of its own; nobody else can read either."""
    file = Path(tempfile.mkdtemp(prefix="trace-explorer-")) / "open.html"
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as page:
        page.write(_PAGE.format(address=escape(address)))
    return file


def remove(file: Path) -> None:
    """Remove such a page with its folder."""
    shutil.rmtree(file.parent, ignore_errors=True)
