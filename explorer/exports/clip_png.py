"""One picture as PNG, with where it comes from as text."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo


def write_png(path: Path, picture: Image.Image, comment: str) -> None:
    """Write the picture's pixels as they are. Raises OSError."""
    told = PngInfo()
    told.add_text("Comment", comment)
    picture.save(path, "PNG", pnginfo=told, optimize=True)
