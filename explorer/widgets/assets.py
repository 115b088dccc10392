"""Our own browser files: read once, named by one hash of them all, so a browser may keep them for ever."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_FOLDERS = {"player": _PACKAGE / "player", "widgets": _PACKAGE / "widgets" / "modules"}
_TYPES = {".js": "text/javascript", ".css": "text/css"}


@dataclass(frozen=True, slots=True)
class Assets:
    """Files by the path they are served under, for example widgets/session_table.js."""

    hash: str
    files: dict[str, tuple[bytes, str]]

    def url(self, path: str) -> str:
        """Address of a file relative to the site's root; KeyError when there is no such file."""
        self.files[path]
        return f"assets/{self.hash}/{path}"


@cache
def assets() -> Assets:
    """All browser files of the package, content and type."""
    files: dict[str, tuple[bytes, str]] = {}
    for name, folder in sorted(_FOLDERS.items()):
        for path in sorted(folder.rglob("*")):
            if path.suffix in _TYPES and path.is_file():
                files[f"{name}/{path.relative_to(folder).as_posix()}"] = (
                    path.read_bytes(),
                    _TYPES[path.suffix],
                )
    digest = hashlib.sha256()
    for served, (content, _) in files.items():
        digest.update(served.encode() + b"\0" + content + b"\0")
    return Assets(digest.hexdigest()[:16], files)
