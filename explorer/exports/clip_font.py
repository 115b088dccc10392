"""Letters for what is drawn: Source Sans from the installed Streamlit package, else Pillow's own."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PIL import ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
_FONTS = "static/static/media"
_NAME = "SourceSansVF-Upright*.woff2"


@lru_cache(maxsize=32)
def font(size_px: int, weight: int = 400) -> Font:
    """A font of that size; the package is only looked up, not imported."""
    found = find_spec("streamlit")
    for folder in found.submodule_search_locations or () if found else ():
        for file in sorted(Path(folder, _FONTS).glob(_NAME)):
            try:
                own = ImageFont.truetype(file, size_px)
                own.set_variation_by_axes([weight])
            except (OSError, NotImplementedError):
                continue
            return own
    return ImageFont.load_default(size_px)
