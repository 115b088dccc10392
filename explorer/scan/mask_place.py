"""Masks that lie outside of their picture, or have no size: they hide nothing."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.scan.finding import Finding
from explorer.scan.views import View

NAME, VERSION = "mask_place", 1


def look(view: View) -> Iterator[Finding]:
    """A finding for each mask that covers no pixel."""
    shown = set(view.shown)
    for mask in view.masks:
        if mask not in shown:
            yield Finding(
                **view.place, **mask.place, kind="mask_outside", severity="high", score=1.0, detector=NAME,
                detector_version=VERSION, redaction_id=mask.redaction_id, entity=mask.entity,
            )  # fmt: skip
