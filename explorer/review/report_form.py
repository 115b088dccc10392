"""A report as it is read back: everything is checked for its form before anything is believed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import pyarrow as pa

from explorer.errors import ReviewError
from explorer.review.changes import Kept
from explorer.review.draw import Item, unpacked
from explorer.store.review_log import LogRow, canonical
from explorer.store.review_rows import Signature

FORMAT, VERSION = "trace-explorer review report", 1
ROW = ("kind", "at_utc_us", "actor", "key", "content", "row_sha256")
_KINDS = (pa.string(), pa.string(), pa.string(), pa.bool_(), pa.bool_())  # columns of Moment
_HINT = "Take the JSON file that the explorer wrote, unchanged"


class Moment(NamedTuple):
    """A moment of the population that a plan committed to; `is_changed` is only said in one that follows a fix."""

    moment_id: str
    unit_id: str
    session_id: str
    is_flagged: bool
    is_changed: bool = False


@dataclass(frozen=True)
class PlanPart:
    """One plan of a report. `moments` and `items` are None where the plan was never started."""

    plan_id: str
    document: str
    commitment: str
    log: tuple[LogRow, ...]
    signatures: tuple[Signature, ...]
    moments: tuple[Moment, ...] | None
    items: str | None
    estimate: Mapping[str, Any] | None

    @cached_property
    def terms(self) -> Mapping[str, Any]:
        """What was committed to, read; empty where it is no JSON object."""
        try:
            read = json.loads(self.document, object_pairs_hook=_each_once)
        except (ValueError, RecursionError):
            return {}
        return read if isinstance(read, dict) else {}

    @property
    def follows(self) -> object:
        """Id of the plan that this one follows after a fix; None where it follows none."""
        chosen = self.terms.get("terms")
        return chosen.get("follows") if isinstance(chosen, dict) else None

    @cached_property
    def kept(self) -> Kept:
        """The population of a started plan."""
        rows = list(zip(*(self.moments or ()), strict=True)) or [()] * len(_KINDS)
        table = pa.table(
            [pa.array(one, kind) for one, kind in zip(rows, _KINDS, strict=True)], Moment._fields
        )
        return Kept(table if self.follows is not None else table.drop_columns(["is_changed"]))

    @cached_property
    def drawn_items(self) -> tuple[Item, ...]:
        """The items of a started plan. Raises ValueError and its like where they are not what this program keeps."""
        return tuple(unpacked((self.items or "").encode()))

    def rows(self, kind: str) -> list[LogRow]:
        """Rows of the log of one kind."""
        return [row for row in self.log if row.kind == kind]


@dataclass(frozen=True)
class ReportFile:
    """A report. `body` is what its signature is over."""

    plan_id: str
    dataset_id: str
    lineage_id: str
    plans: tuple[PlanPart, ...]
    pictures: Mapping[str, tuple[str | None, str | None]]
    body: str
    public_key: str
    signature: str

    @property
    def subject(self) -> PlanPart:
        """The plan that the report is about."""
        return next(one for one in self.plans if one.plan_id == self.plan_id)

    def before(self, plan: PlanPart) -> PlanPart | None:
        """The plan that another one of the report follows after a fix."""
        return next((one for one in self.plans if one.plan_id == plan.follows), None)


def parsed(text: str) -> ReportFile:
    """The report in a file's text. Raises ReviewError where it is not one."""
    try:
        return _report(json.loads(text, parse_constant=_refused, object_pairs_hook=_each_once))
    except (ValueError, TypeError, KeyError, AttributeError, StopIteration, RecursionError) as error:
        raise _no_report("is no report of a review, or its form was changed") from error


def _report(content: dict[str, Any]) -> ReportFile:
    if content["format"] != FORMAT:
        raise _no_report("is no report of a review")
    if content["version"] != VERSION:
        raise _no_report(
            "is a report of another version", "Check it with the version that it names as program"
        )
    signed = content["signature"]
    body = canonical({name: value for name, value in content.items() if name != "signature"})
    body.encode()  # halves of characters have no bytes to sign
    pictures = {
        _text(name): (_text_or_none(one), _text_or_none(other))
        for name, (one, other) in content["pictures"].items()
    }
    report = ReportFile(
        _text(content["plan_id"]), _text(content["dataset_id"]), _text(content["lineage_id"]),
        tuple(plan_part(one) for one in content["plans"]), pictures, body,
        _text(signed["public_key"]), _text(signed["signature"]),
    )  # fmt: skip
    if not report.subject or len({one.plan_id for one in report.plans}) < len(report.plans):
        raise ValueError
    return report


def plan_part(content: Mapping[str, Any]) -> PlanPart:
    """One plan of a report's JSON. Raises KeyError, TypeError, ValueError at another form."""
    plan_id = _text(content["plan_id"])
    moments = content["moments"]
    estimate = content["estimate"]
    if estimate is not None and not isinstance(estimate, dict):
        raise TypeError
    return PlanPart(
        plan_id, _text(content["document"]), _text(content["commitment"]),
        tuple(_row(plan_id, row_n, one) for row_n, one in enumerate(content["log"], 1)),
        tuple(_signature(plan_id, one) for one in content["signatures"]),
        None if moments is None else tuple(_moment(*one) for one in moments),
        _text_or_none(content["items"]), estimate,
    )  # fmt: skip


def _row(plan_id: str, row_n: int, content: list[Any]) -> LogRow:
    kind, at_utc_us, actor, key, said, row_sha256 = content
    row = LogRow(
        plan_id, row_n, _text(kind), _number(at_utc_us), _text(actor), _text(key), _text(said), "", _text(row_sha256)
    )  # fmt: skip
    if not isinstance(row.said, dict):
        raise TypeError
    return row


def _moment(moment_id: object, unit_id: object, session_id: object, *marks: object) -> Moment:
    if not 1 <= len(marks) <= 2 or not all(isinstance(mark, bool) for mark in marks):
        raise TypeError
    return Moment(_text(moment_id), _text(unit_id), _text(session_id), *map(bool, marks))


def _signature(plan_id: str, content: list[Any]) -> Signature:
    what, row_n, *texts = content
    head, public_key, signature = map(_text, texts)
    return Signature(plan_id, _text(what), _number(row_n), head, public_key, signature)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return value


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object. One that says a thing twice is refused: other readers may take the other saying."""
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError("names a member twice")
    return read


def _refused(_name: str) -> float:
    raise ValueError


def _no_report(what: str, hint: str = _HINT) -> ReviewError:
    return ReviewError(what, where="report", hint=hint)
