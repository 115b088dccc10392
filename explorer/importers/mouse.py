"""Importer of mouse-dynamics recordings: Balabit (CSV files, or all in one Parquet file) and SapiMouse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from explorer.importers import mouse_csv, mouse_parquet
from explorer.importers.base import Source, sha256_of_files
from explorer.importers.recording import Recording

_PARQUET = ".parquet"


class MouseDynamics:
    """One session a CSV file; a Parquet file holds many."""

    formats: tuple[str, ...] = ("balabit", "sapimouse")
    version = "1"

    def find(self, path: Path) -> Source | None:
        """A file with the columns of one of the formats, or all but one of them."""
        if not path.is_file():
            return None
        if path.suffix.lower() == _PARQUET:
            return mouse_parquet.find(path)
        return mouse_csv.find(path) if path.suffix.lower() in ("", ".csv") else None

    def fingerprint(self, source: Source) -> str:
        """sha256 of the file."""
        return sha256_of_files([source.path])

    def inner_ids(self, source: Source) -> Sequence[str]:
        """split/username/session in a Parquet file; a CSV file is one session without a name of its own."""
        return mouse_parquet.inner_ids(source) if _is_parquet(source) else ("",)

    def read(self, source: Source, inner_ids: Sequence[str]) -> Iterator[Recording]:
        """The recordings; SourceError at a missing column or a value that cannot be."""
        return mouse_parquet.read(source, inner_ids) if _is_parquet(source) else mouse_csv.read(source)


def _is_parquet(source: Source) -> bool:
    return source.path.suffix.lower() == _PARQUET
