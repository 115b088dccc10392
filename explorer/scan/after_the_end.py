"""Bytes after the end mark of a picture: what an editor left that wrote a smaller file over a larger one, or hid."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.scan.finding import Finding
from explorer.scan.views import PictureFile

NAME, VERSION = "after_the_end", 1
_LEAST_N = 16  # fewer bytes hold no part of a picture
_PADDING = b"\0\n\r \t"


def look(file: PictureFile) -> Iterator[Finding]:
    """A finding where bytes follow that no program shows; of low severity where they are mere padding."""
    parts = file.parts
    if parts is None or parts.end is None or parts.end >= len(file.content):
        return
    rest = file.content[parts.end :]
    is_padding = not rest.strip(_PADDING)
    severity = "low" if is_padding else "high" if len(rest) >= _LEAST_N else "medium"
    yield Finding(
        **file.place, kind="after_the_end", severity=severity, score=0.1 if is_padding else 0.9, detector=NAME,
        detector_version=VERSION, reason=f"{len(rest):,} bytes",
    )  # fmt: skip
