"""What every engine offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

from explorer.trace.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A file that is left out, and why."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Frame:
    """One screenshot, exactly as stored."""

    frame_id: str
    bytes: bytes
    format: str
    sha256: str


class Pictures(Protocol):
    """Reads pictures by the place that the query replay/frame_place gives."""

    @property
    def is_embedded(self) -> bool:
        """True when the tables hold the pictures' bytes, False where they only name files."""

    def frame(self, place: Mapping[str, object]) -> Frame | None:
        """The stored picture, or None. Raises OSError or pa.ArrowException at damage."""

    def thumb(self, place: Mapping[str, object]) -> bytes | None:
        """Its JPEG thumbnail; as for `frame`."""


class Engine(Protocol):
    """Answers query files over one dataset; safe to share between threads."""

    @property
    def dataset(self) -> Dataset:
        """The dataset as it is on disk now."""

    @property
    def version_id(self) -> str:
        """Changes whenever an answer could change: a cache key for results."""

    @property
    def consent_fingerprint(self) -> str:
        """sha256 of everything that consent hides: what was made under another one is out of date."""

    @property
    def are_rollups_fresh(self) -> bool:
        """False when the rollups were built from another state; answers stay right, but come slower."""

    @property
    def is_verified(self) -> bool:
        """Every file was found equal to a hash that was made when the data were written."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Things to tell about the files that are no errors."""

    @property
    def withdrawn_n(self) -> int | None:
        """People who withdrew their consent, and are in no answer; None where they are too few to be counted."""

    def run(
        self, name: str, params: Mapping[str, object] | None = None, *, owner: str | None = None
    ) -> pa.Table:
        """Result of the query file `name`; `owner` names who asks, for `interrupt`.

        Raises ParameterError, EngineError, QueryTimeout.
        """

    def interrupt(self, owner: str | None = None) -> None:
        """Stop the queries that `owner` has running, or all."""

    def quarantined(self) -> tuple[Quarantined, ...]:
        """Files that are left out of every answer."""

    def frame(self, frame_id: str) -> Frame | None:
        """The stored picture; None when there is none or consent does not cover it."""

    def thumb(self, frame_id: str) -> bytes | None:
        """Its JPEG thumbnail; None as for `frame`."""

    def close(self) -> None:
        """Give everything back."""
