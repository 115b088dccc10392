"""The list of importers, and the search for recordings in files and folders."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from pathlib import Path

from explorer.errors import ExplorerError, SourceError
from explorer.importers.agentnet_raw import AgentNetRaw
from explorer.importers.agentnet_trajectory import AgentNetTrajectory
from explorer.importers.base import Importer, Source
from explorer.importers.ducktrack import DuckTrack
from explorer.importers.mouse import MouseDynamics
from explorer.importers.openadapt_capture import OpenAdaptCapture
from explorer.importers.owamcap import OwaMcap
from explorer.importers.pc_tracker import PCTracker
from explorer.importers.rrweb import RRWeb

IMPORTERS: tuple[Importer, ...] = (
    OpenAdaptCapture(), AgentNetRaw(), DuckTrack(), MouseDynamics(), OwaMcap(), AgentNetTrajectory(), PCTracker(),
    RRWeb(),
)  # fmt: skip

_DATASET_FILE = "dataset.json"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is no recording of a known format, and why it was passed over."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Damaged:
    """A recording, or a place in one, that could not be read; `where` names file and place."""

    where: str
    what: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, in a fixed order."""

    sources: tuple[Source, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    damaged: tuple[Damaged, ...] = ()


def formats() -> tuple[str, ...]:
    """Names of the formats that can be imported."""
    return tuple(sorted(name for importer in IMPORTERS for name in importer.formats))


def importer_of(format_name: str) -> Importer:
    """The importer that reads a format; SourceError when there is none."""
    for importer in IMPORTERS:
        if format_name in importer.formats:
            return importer
    raise SourceError(
        "is not a format that can be imported", where=format_name, hint=f"Known: {', '.join(formats())}"
    )


def find_sources(paths: Sequence[Path], format: str | None = None) -> Found:
    """Recordings at `paths`, folders searched to their depths; `format` restricts the search to one importer.

    Raises SourceError when `format` is unknown. A path that does not exist or cannot be opened is listed as damaged.
    """
    search = _Search((importer_of(format),) if format else IMPORTERS)
    for path in paths:
        search.run(Path(path))
    skipped = tuple(file for file in search.skipped if not _is_claimed(file.path, search.sources))
    return Found(tuple(search.sources), skipped, tuple(search.damaged))


def _is_claimed(path: Path, sources: Sequence[Source]) -> bool:
    """True for a file that a recording beside it reads, such as its pictures."""
    for source in sources:
        folder = source.path.parent
        if source.claims and path.is_relative_to(folder) and path.is_file():
            name = path.relative_to(folder).as_posix()
            if any(fnmatch(name, pattern) for pattern in source.claims):
                return True
    return False


@dataclass
class _Search:
    importers: Sequence[Importer]
    sources: list[Source] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    damaged: list[Damaged] = field(default_factory=list)
    _seen: set[tuple[int, int]] = field(default_factory=set)

    def run(self, root: Path) -> None:
        """Search one path that the user named."""
        if not root.exists():
            self.damaged.append(Damaged(root.name or str(root), "does not exist", "Check the path"))
            return
        before = len(self.sources) + len(self.skipped) + len(self.damaged)
        self._visit(root, root)
        if before == len(self.sources) + len(self.skipped) + len(self.damaged):
            self.skipped.append(Skipped(root, "the folder is empty"))

    def _visit(self, path: Path, root: Path) -> None:
        try:
            if self._is_known(path):
                self.skipped.append(Skipped(path, "was searched already, under another name"))
                return
            source = self._recognised(path)
            if source:
                key = path.relative_to(root).as_posix() if path != root else path.name
                self.sources.append(replace(source, key=key))
            elif path.is_dir():
                for entry in self._entries(path):
                    self._visit(entry, root)
            else:
                self.skipped.append(Skipped(path, "is not a recording of a known format"))
        except OSError as error:
            self.damaged.append(Damaged(path.name, f"cannot be opened ({error.strerror})"))
        except ExplorerError as error:
            self.damaged.append(Damaged(error.where or path.name, error.what, error.hint))

    def _entries(self, folder: Path) -> Iterator[Path]:
        """What lies in a folder that is no recording itself, sorted; hidden entries and datasets are passed over."""
        if (folder / _DATASET_FILE).is_file() and (folder / "manifest.json").is_file():
            self.skipped.append(Skipped(folder, "is a trace dataset, not a recording"))
            return
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if entry.name.startswith("."):
                self.skipped.append(Skipped(entry, "is hidden"))
            elif entry.is_symlink() and not entry.exists():
                self.skipped.append(Skipped(entry, "is a link that leads nowhere"))
            else:
                yield entry

    def _recognised(self, path: Path) -> Source | None:
        mode = path.stat().st_mode
        if not (stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
            return None
        for importer in self.importers:
            source = importer.find(path)
            if source:
                return source
        return None

    def _is_known(self, path: Path) -> bool:
        """True for a file or folder that was visited before, by whatever name: links may go round in circles."""
        status = os.stat(path)
        identity = (status.st_dev, status.st_ino)
        is_known = identity in self._seen
        self._seen.add(identity)
        return is_known
