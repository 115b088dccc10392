"""Fonts that this machine has: Pillow's own on every machine, Streamlit's three, and well-known ones of the system."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

from .words import SCRIPTS, names

Font = ImageFont.FreeTypeFont

# File names by family: the first found counts.
_SYSTEM = {
    "DejaVu Sans": ("DejaVuSans.ttf",), "DejaVu Serif": ("DejaVuSerif.ttf",),
    "DejaVu Sans Mono": ("DejaVuSansMono.ttf",), "Liberation Sans": ("LiberationSans-Regular.ttf",),
    "Liberation Serif": ("LiberationSerif-Regular.ttf",),
    "Noto Sans": ("NotoSans-Regular.ttf",), "Noto Sans CJK": ("NotoSansCJK-Regular.ttc", "wqy-microhei.ttc"),
    "Arial": ("Arial.ttf", "arial.ttf"), "Segoe UI": ("segoeui.ttf",), "Roboto": ("Roboto-Regular.ttf",),
    "Ubuntu": ("Ubuntu-R.ttf",), "Helvetica": ("Helvetica.ttc",),
}  # fmt: skip
_BUNDLED = {
    "Source Sans": ("streamlit", "static/static/media/SourceSansVF-Upright*"),
    "Source Serif": ("streamlit", "static/static/media/SourceSerifVariable-Roman*"),
    "Source Code": ("streamlit", "static/static/media/SourceCodeVF-Upright*"),
    "DejaVu Sans": ("matplotlib", "mpl-data/fonts/ttf/DejaVuSans.ttf"),
}
_FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts", "C:/Windows/Fonts",
    "~/.local/share/fonts", "~/Library/Fonts",
)  # fmt: skip
_REGULAR = 400
_PROBE_PX = 24


@dataclass(frozen=True, slots=True)
class Face:
    """One font family, regular weight; no path: Pillow's own font. `scripts` are those of names it can draw."""

    name: str
    path: str | None
    scripts: tuple[str, ...]

    def sized(self, px: int) -> Font:
        """The font at a height in pixels."""
        return _font(self.path, px)


@cache
def faces() -> tuple[Face, ...]:
    """All fonts found, Pillow's own first."""
    found = {"Pillow": None} | dict(_bundled()) | dict(_system())
    made = [
        Face(name, path, _scripts(path)) for name, path in found.items() if path is None or _can_load(path)
    ]
    return tuple(face for face in made if "latin" in face.scripts)


@cache
def _font(path: str | None, px: int) -> Font:
    if path is None:
        font = ImageFont.load_default(px)
        assert isinstance(font, Font), "Pillow was built without FreeType"
        return font
    font = ImageFont.truetype(path, px)
    try:
        axes = font.get_variation_axes()
    except OSError:  # not a variable font
        return font
    font.set_variation_by_axes(
        [_REGULAR if b"Weight" in (axis["name"] or b"") else axis["default"] or 0 for axis in axes]
    )
    return font


def _bundled() -> Iterator[tuple[str, str]]:
    for name, (package, pattern) in _BUNDLED.items():
        spec = importlib.util.find_spec(package)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            for path in sorted(Path(folder).glob(pattern))[:1]:
                yield name, str(path)


def _system() -> Iterator[tuple[str, str]]:
    wanted = {file: name for name, files in _SYSTEM.items() for file in files}
    for folder in _FOLDERS:
        root = Path(folder).expanduser()
        for path in sorted(root.rglob("*.tt[fc]")) if root.is_dir() else ():
            if path.name in wanted:
                yield wanted[path.name], str(path)


def _can_load(path: str) -> bool:
    try:
        _font(path, _PROBE_PX)
    except OSError:  # a format that this build of FreeType cannot read
        return False
    return True


def _scripts(path: str | None) -> tuple[str, ...]:
    """Scripts of which the font draws every letter that the names use."""
    font = _font(path, _PROBE_PX)
    missing = _drawn(font, "\U0010fffe")
    return tuple(
        script for script in SCRIPTS if all(_drawn(font, letter) != missing for letter in _letters(script))
    )


def _letters(script: str) -> set[str]:
    return {
        letter
        for split in ("tuning", "measuring")
        for part in names(split, script)
        for letter in "".join(part)
    }


def _drawn(font: Font, letter: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(letter)
    return mask.size, bytes(mask)
