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
class Policy:
    """What a redaction pass is to mask; `status` is what sessions then say of themselves."""

    name: str
    status: str
    entities: frozenset[str]
    has_pictures: bool = True
    has_text: bool = True


_FORMS = frozenset({"EMAIL_ADDRESS", "PHONE_NUMBER", "CREDIT_CARD"})
WHOLE = Policy("office-mask-2", "complete", _FORMS | {"PERSON", "LOCATION", "DATE_TIME", "US_SSN"})
PICTURES_ONLY = Policy("office-mask-1", "partial", _FORMS, has_text=False)
NOTHING = Policy("", "none", frozenset(), has_pictures=False, has_text=False)


def policy_of(shift: Shift) -> Policy:
    """The pass a session goes through: the pilot masks the pictures of people and nothing else."""
    if not shift.is_pilot:
        return WHOLE
    return NOTHING if shift.is_agent else PICTURES_ONLY


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
    policy: Policy
    sha256: str
    log: Sequence[Mapping[str, Any]]
    shots: Sequence[Shot]
    steps: Sequence[Mapping[str, Any]]
    frame_masks: Sequence[FrameMask]
    text_masks: Sequence[TextMask]
