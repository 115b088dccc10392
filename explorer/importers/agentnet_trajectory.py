"""AgentNet trajectories (OpenCUA): JSON Lines, one task a line, with a picture before each step.

Demonstrations by people, so the actor is human; observation, thought, action in words, reflection and the verdicts on
a step were written by a model afterwards. `last_step_correct` in a step's value speaks of that step itself: the data
card says "whether current step is correct", and the first step has one too.
There is no time: steps order the rows.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from explorer.errors import SourceError
from explorer.importers.action_pictures import CLAIMS, PictureFolder
from explorer.importers.agentnet_trajectory_rows import recording_of
from explorer.importers.base import Source, sha256_of_files
from explorer.importers.jsonl import first_object, parse_object
from explorer.importers.recording import HINT_DAMAGED, Recording, literal

LONGEST_LINE = 64 * 2**20
_SNIFF_BYTES = 65_536
_HEAD = re.compile(rb'\s*\{(?=.*?"task_id"\s*:)(?=.*?"traj"\s*:\s*\[)', re.DOTALL)
_IMAGE = re.compile(rb'"image"\s*:\s*"([^"\\]{1,1000})"')


class AgentNetTrajectory:
    """Importer of AgentNet trajectory files; a session is one line."""

    formats: tuple[str, ...] = ("agentnet_trajectory",)
    version = "1"

    def find(self, path: Path) -> Source | None:
        """A JSONL file whose first line has task_id and a list traj."""
        if path.suffix.lower() != ".jsonl" or not path.is_file():
            return None
        first = first_object(path)
        if first is None:
            with path.open("rb") as file:
                is_trajectory = _HEAD.match(file.read(_SNIFF_BYTES)) is not None
        else:
            is_trajectory = "task_id" in first and "traj" in first
        if not is_trajectory:
            return None
        return Source(path, self.formats[0], path.name, path.stat().st_size, claims=CLAIMS)

    def fingerprint(self, source: Source) -> str:
        """sha256 of the file; which pictures lie beside it is part of the inner ids."""
        return sha256_of_files([source.path])

    def inner_ids(self, source: Source) -> Sequence[str]:
        """line@offset:pictures for each line: number, byte offset, and a hash of its pictures' names and sizes.

        A session whose pictures arrive later is thus imported anew, and no other one is.
        """
        folder = PictureFolder(source.path.parent)
        return [
            f"{number}@{offset}:{_pictures_hash(line, folder)}"
            for number, offset, line in _lines(source.path)
            if line.strip()
        ]

    def read(self, source: Source, inner_ids: Sequence[str]) -> Iterator[Recording]:
        """The lines as recordings; SourceError at a line that is no trajectory."""
        folder = PictureFolder(source.path.parent)
        for inner_id in inner_ids:
            number, _, offset = inner_id.partition(":")[0].partition("@")
            where = f"{source.path.name}:{number}"
            task = _task(source.path, int(offset), where)
            yield recording_of(task, inner_id, source.path.name, literal(where), folder)


def _lines(path: Path) -> Iterator[tuple[int, int, bytes]]:
    """Number (from 1), byte offset and content of each line; of a line that is too long, only its beginning."""
    number = offset = 0
    with path.open("rb") as file:
        while line := file.readline(LONGEST_LINE):
            number += 1
            yield number, offset, line
            while line and not line.endswith(b"\n"):
                line = file.readline(LONGEST_LINE)
            offset = file.tell()


def _task(path: Path, offset: int, where: str) -> dict[str, Any]:
    with path.open("rb") as file:
        file.seek(offset)
        line = file.readline(LONGEST_LINE + 1)
    if len(line) > LONGEST_LINE:
        raise SourceError("the line is longer than 64 MB", where=where, hint=HINT_DAMAGED)
    task = parse_object(line)
    if task is None:
        raise SourceError("the line is not a JSON object", where=where, hint=HINT_DAMAGED)
    if not isinstance(task.get("traj"), list):
        raise SourceError("traj is not a list", where=where, hint=HINT_DAMAGED)
    return task


def _pictures_hash(line: bytes, folder: PictureFolder) -> str:
    digest = hashlib.sha256()
    for name in _IMAGE.findall(line):
        path = folder.find(name.decode("utf-8", "replace"))
        digest.update(name + b"\0" + (str(path.stat().st_size).encode() if path else b"") + b"\n")
    return digest.hexdigest()[:12]
