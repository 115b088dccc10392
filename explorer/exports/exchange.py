"""The formats that sessions can be exported to: one name, one writer each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from explorer.errors import ParameterError
from explorer.exports.session_rows import SessionRows
from explorer.exports.tally import Tally
from explorer.trace.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Task:
    """What a writer works with: a new folder of its own, the dataset's facts, and the tally that it fills."""

    folder: Path
    dataset: Dataset
    tally: Tally
    with_people: bool = False


class TargetWriter(Protocol):
    """Writes sessions one by one in one format."""

    def refuses(self, session: SessionRows) -> str | None:
        """Why the format cannot hold the session at all (a reason of the tally); None when it can."""

    def add(self, session: SessionRows) -> bool:
        """Write one session; False when nothing of it could be held, and nothing was written."""

    def close(self) -> None:
        """Finish all files."""

    def abandon(self) -> None:
        """Let go of open files after an error."""


@dataclass(frozen=True, slots=True)
class Target:
    """One format, and how its writer is opened; nothing is imported before that."""

    name: str
    summary: str
    open: Callable[[Task], TargetWriter]


def _parquet_hf(task: Task) -> TargetWriter:
    from explorer.exports.parquet_hf import ParquetHFWriter

    return ParquetHFWriter(task)


def _owamcap(task: Task) -> TargetWriter:
    from explorer.exports.owamcap import OwaMcapWriter

    return OwaMcapWriter(task)


def _agentnet(task: Task) -> TargetWriter:
    from explorer.exports.agentnet import AgentNetWriter

    return AgentNetWriter(task)


TARGETS = (
    Target(
        "parquet-hf", "Parquet that the Hugging Face datasets library loads: one row per action", _parquet_hf
    ),
    Target("owamcap", "OWAMcap (Open World Agents 0.5): one .mcap file per session", _owamcap),
    Target("agentnet", "AgentNet trajectories: one JSON line per session, and pictures", _agentnet),
)


def target_of(name: str) -> Target:
    """The format of that name; ParameterError when there is none."""
    for target in TARGETS:
        if target.name == name:
            return target
    known = ", ".join(target.name for target in TARGETS)
    raise ParameterError(f"knows no format '{name[:20]}'", where="--to", hint=f"Use one of {known}")
