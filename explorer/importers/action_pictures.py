"""Pictures that a list of actions names: only files inside the list's own folder are opened, whatever a name says."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PIL import Image

from explorer.errors import SourceError
from explorer.importers.recording import HINT_DAMAGED
from explorer.trace.pictures import FORMATS, MOST_PIXELS

ENDINGS = (".png", ".jpg", ".jpeg", ".webp")
CLAIMS = tuple(f"*{ending}" for ending in ENDINGS)
_LONGEST_NAME = 1_000
_MOST_FOLDERS = 100

Size = tuple[int, int]


class PictureFolder:
    """Finds pictures by the name that a recording gives them, in `folder` and the folders directly in it."""

    def __init__(self, folder: Path) -> None:
        self._root = folder.resolve()
        self._folders: list[Path] | None = None

    def find(self, name: object) -> Path | None:
        """The picture of that name; None when there is none, or when the name leads out of the folder."""
        if not isinstance(name, str) or not 0 < len(name) <= _LONGEST_NAME or "\0" in name:
            return None
        if not name.lower().endswith(ENDINGS):
            return None
        for folder in (self._root, *self._inside()):
            try:
                path = (folder / name).resolve()
                if path.is_relative_to(self._root) and path.is_file():
                    return path
            except (OSError, RuntimeError, ValueError):
                return None
        return None

    def _inside(self) -> list[Path]:
        if self._folders is None:
            found = [entry for entry in self._root.iterdir() if entry.is_dir() and entry.name[0] != "."]
            self._folders = sorted(found)[:_MOST_FOLDERS]
        return self._folders


def picture_size(path: Path) -> Size | None:
    """Width and height of a whole picture; None when it cannot be read or has been cut off."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(path, formats=tuple(FORMATS)) as picture:
                size = picture.size
                picture.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Warning):
        return None
    return size if 0 < size[0] * size[1] <= MOST_PIXELS else None


def picture_reader(paths: Sequence[Path]) -> Callable[[], Iterator[bytes]]:
    """The files' bytes, one by one; SourceError when one has gone."""

    def pictures() -> Iterator[bytes]:
        for path in paths:
            try:
                content = path.read_bytes()
            except OSError:
                raise SourceError("the picture cannot be read", where=path.name, hint=HINT_DAMAGED) from None
            yield content

    return pictures
