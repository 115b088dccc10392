"""More pictures in a file than the one that was looked at: animations, and pictures that a JPEG carries along."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.measures.picture_parts import Parts
from explorer.scan.finding import Finding
from explorer.scan.views import PictureFile

NAME, VERSION = "extra_frames", 1


def look(file: PictureFile) -> Iterator[Finding]:
    """A finding where a file holds more than one; masks are burned into the first, if at all."""
    if file.parts is not None and (more_n := more_of(file.parts, file.content)):
        yield Finding(
            **file.place, kind="extra_frames", severity="high", score=0.9, detector=NAME, detector_version=VERSION,
            reason=f"{more_n:,} more",
        )  # fmt: skip


def more_of(parts: Parts, content: bytes) -> int:
    """How many pictures beside the first."""
    if parts.format == "png":
        # The picture of IDAT may be the first of the animation, and then has an fcTL before it.
        return max(sum(1 for _ in parts.named("fcTL")) - 1, int(any(parts.named("fdAT"))))
    if parts.format == "webp":
        return max(0, sum(1 for _ in parts.named("ANMF", "VP8 ", "VP8L")) - 1)
    if parts.format == "gif":
        return max(0, sum(1 for _ in parts.named("image")) - 1)
    return sum(content[part.start : part.start + 4] == b"MPF\0" for part in parts.named("APP2"))
