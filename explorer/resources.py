"""Where the query files and the sample data lie: in the checkout when there is one, else in the installed copy."""

from __future__ import annotations

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


def sample_dataset() -> Path:
    """Folder of the sample dataset."""
    return _home("sample_data") / "office"


def mappings_root() -> Path:
    """Folder of the mappings that come with the program."""
    return _PACKAGE / "mappings"
