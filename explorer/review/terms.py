"""What a planner chooses, before anything is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from explorer.errors import ParameterError
from explorer.review.words import ENTITIES, READERS
from explorer.scan.finding import SEVERITIES

MOST_ALLOWED = 3
LONGEST_BATCH = 200
_LONGEST_POLICY = 200


@dataclass(frozen=True)
class Terms:
    """Choices of a plan. Rates and shares are of moments, or of items where it says so.

    census_from: least severity of findings whose moments are all reviewed; None for no census. planted_share and
    repeated_share: of the other items. filters: parameters of sessions/list. lineage_id: of the dataset that this one
    follows; None for its own. follows: an ended plan after which something was fixed: what changed since is reviewed in
    full. is_prompted: whether that plan's sample led to the fix; the planner has to say.
    """

    target_rate: float = 0.01
    confidence: float = 0.95
    allowed_leaks: int = 0
    census_from: str | None = "high"
    planted_share: float = 0.1
    repeated_share: float = 0.05
    is_peekable: bool = False
    readers: str = "one"
    batch_size: int = 25
    filters: Mapping[str, str | int | None] = field(default_factory=dict)
    entities: tuple[str, ...] = tuple(ENTITIES)
    policy: str = ""
    lineage_id: str | None = None
    follows: str | None = None
    is_prompted: bool | None = None

    def __post_init__(self) -> None:
        _between("target_rate", self.target_rate, 1e-6, 0.5)
        _between("confidence", self.confidence, 0.5, 0.9999)
        _between("allowed_leaks", self.allowed_leaks, 0, MOST_ALLOWED, whole=True)
        _between("planted_share", self.planted_share, 0.0, 0.5)
        _between("repeated_share", self.repeated_share, 0.0, 0.5)
        _between("batch_size", self.batch_size, 1, LONGEST_BATCH, whole=True)
        _one_of("census_from", self.census_from, (None, *SEVERITIES))
        _one_of("readers", self.readers, READERS)
        if not self.entities or set(self.entities) - set(ENTITIES):
            raise ParameterError("names a kind that is not in the list", where="entities")
        if len(self.policy) > _LONGEST_POLICY or not self.policy.isprintable():
            raise ParameterError(f"is not a name of up to {_LONGEST_POLICY} characters", where="policy")
        if (self.follows is None) is not (self.is_prompted is None):
            raise ParameterError("has to be said of a plan that follows another, and of no other",
                                 where="is_prompted", hint="Say whether the earlier sample led to the fix")  # fmt: skip

    @property
    def readings_n(self) -> int:
        """Readers that each item needs."""
        return 2 if self.readers == "two" else 1

    def as_json(self) -> dict[str, Any]:
        """As a plan's document holds it."""
        content = {**asdict(self), "entities": list(self.entities), "filters": dict(self.filters)}
        if self.follows is None:
            del content["follows"], content["is_prompted"]
        return content


def terms_of(content: Mapping[str, Any]) -> Terms:
    """The terms of a plan's document."""
    known = {one.name for one in fields(Terms)}
    return Terms(
        **{**{n: v for n, v in content.items() if n in known}, "entities": tuple(content["entities"])}
    )


def _between(where: str, value: object, low: float, high: float, *, whole: bool = False) -> None:
    kinds = int if whole else (int, float)
    # Written so that nan fails.
    if isinstance(value, bool) or not isinstance(value, kinds) or not low <= value <= high:
        kind = "a whole number" if whole else "a number"
        raise ParameterError(f"is not {kind} from {low:g} to {high:g}", where=where)


def _one_of(where: str, value: object, known: tuple[object, ...]) -> None:
    if value not in known:
        raise ParameterError("is not known", where=where, hint=f"Use one of {', '.join(map(str, known))}")
