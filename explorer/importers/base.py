"""What every importer offers, and how sources are named and hashed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from explorer.importers.recording import Recording


@dataclass(frozen=True, slots=True)
class Source:
    """A file or folder that an importer recognised; `name` is a file name alone, `key` its place in the search.

    `claims` are patterns (fnmatch, relative to the source's folder) of the files beside it that belong to it.
    """

    path: Path
    format: str
    name: str
    size_bytes: int
    key: str = ""
    claims: tuple[str, ...] = ()


class Importer(Protocol):
    """One recorder family. `formats` are the values of source_format that it produces."""

    formats: tuple[str, ...]
    version: str

    def find(self, path: Path) -> Source | None:
        """The source at `path` (a file, or a folder that is one recording); None when it is something else.

        Looks at names and first bytes only. Raises OSError when the file cannot be opened.
        """

    def fingerprint(self, source: Source) -> str:
        """sha256 of everything that is read from the source."""

    def inner_ids(self, source: Source) -> Sequence[str]:
        """Sessions inside the source, in its order, found without reading their rows.

        Raises SourceError when the source is damaged.
        """

    def read(self, source: Source, inner_ids: Sequence[str]) -> Iterator[Recording]:
        """The recordings with these inner ids, in the source's order.

        A recording must be used up before the next one is asked for. Raises SourceError at damage.
        """


def session_id(format_name: str, source_sha256: str, inner_id: str) -> str:
    """Identity of a session: the same source gives the same id, so that importing twice is noticed."""
    digest = hashlib.sha256((source_sha256 + inner_id).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{format_name}-{digest[:16]}"


def sha256_of_files(paths: Iterable[Path]) -> str:
    """sha256 of one file's bytes, or of the names and hashes of several."""
    files = sorted(paths, key=lambda path: path.name)
    digests = [_sha256(path) for path in files]
    if len(digests) == 1:
        return digests[0]
    listing = "".join(f"{path.name}\n{digest}\n" for path, digest in zip(files, digests, strict=True))
    return hashlib.sha256(listing.encode("utf-8", "surrogateescape")).hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
