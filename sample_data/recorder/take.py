"""What a session leaves behind: as it was recorded, and after the redaction pass."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from recorder.film import Shot
from recorder.masks import Box
from recorder.people import Shift

# What the redaction pass is to mask, and what sessions say of it.
POLICY, STATUS = "office-mask-2", "complete"


@dataclass(frozen=True, slots=True)
class Take:
    """One session as recorded, personal values and all."""

    shift: Shift
    log: Sequence[Mapping[str, Any]]
    shots: Sequence[Shot]
    steps: Sequence[Mapping[str, Any]]

    @property
    def sha256(self) -> str:
        """Hash of everything that happened, pictures excepted: they depend on the machine's fonts."""
        story = {
            "log": self.log,
            "steps": self.steps,
            "shots": [(shot.order, shot.t_us) for shot in self.shots],
        }
        return hashlib.sha256(json.dumps(story, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class FrameMask:
    """A mask that the pass declares on a picture."""

    frame: int
    box: Box
    method: str
    entity: str


@dataclass(frozen=True, slots=True)
class TextMask:
    """A mask that the pass declares on a row: `start` to `end` of the text as it stands now.

    `place` is the row's place in the log; masked keys go on to `last`, and have no characters.
    """

    place: int
    target: str
    entity: str
    start: int | None = None
    end: int | None = None
    last: int | None = None
    is_step: bool = False


@dataclass(frozen=True, slots=True)
class Redacted:
    """One session after the pass; `sha256` is that of the take, so that a repaired pass keeps the identity."""

    shift: Shift
    sha256: str
    log: Sequence[Mapping[str, Any]]
    shots: Sequence[Shot]
    steps: Sequence[Mapping[str, Any]]
    frame_masks: Sequence[FrameMask]
    text_masks: Sequence[TextMask]
