"""Where the query files and the sample data lie: in the checkout when there is one, else in the installed copy."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _home(name: str) -> Path:
    beside = _PACKAGE.parent / name
    if (_PACKAGE.parent / "pyproject.toml").is_file() and beside.is_dir():
        return beside
    return _PACKAGE / "_shipped" / name


def queries_root() -> Path:
    """Folder of the query files."""
    return _home("queries")


@cache
def query_names(root: Path) -> tuple[str, ...]:
    """Names of the query files below a folder, sorted, without overrides; looked up once, as they never change."""
    files = (path for path in root.rglob("*.sql") if "." not in path.stem)
    return tuple(sorted(path.relative_to(root).with_suffix("").as_posix() for path in files))


def sample_dataset() -> Path:
    """Folder of the sample dataset."""
    return _home("sample_data") / "office"


def mappings_root() -> Path:
    """Folder of the mappings that come with the program."""
    return _PACKAGE / "mappings"
