"""Which sessions an export takes: filters of the session list, sessions by id, and consent to training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from explorer import sql
from explorer.engine import Engine
from explorer.errors import ExplorerError, ParameterError
from explorer.exports.tally import Tally

_LIST = "sessions/list"
_NO_FILTERS = ("min_people", "limit_n", "offset_n")
FILTERS = tuple(param.name for param in sql.load(_LIST).params if param.name not in _NO_FILTERS)
_ALL = 2**62


@dataclass(frozen=True, slots=True)
class Choice:
    """Sessions to export by id, each with what is known of consent to training: granted or unknown."""

    sessions: tuple[tuple[str, str], ...]


def bound(filters: Mapping[str, str]) -> dict[str, object]:
    """The filters in the types of sessions/list. Raises ParameterError at an unknown name or a wrong value."""
    unknown = sorted(name[:40] for name in filters if name not in FILTERS)
    if unknown:
        raise ParameterError(
            f"knows no filter {', '.join(unknown)}", where="--where", hint=f"Filters are {', '.join(FILTERS)}"
        )
    values = sql.bind(sql.load(_LIST), filters)
    return {name: values[name] for name in FILTERS if name in filters}


def chosen(engine: Engine, filters: Mapping[str, object], session_ids: Sequence[str], tally: Tally) -> Choice:
    """Sessions that pass the filters and, if any ids are given, are among them; refused ones are counted.

    Raises ParameterError at an id that the dataset does not show, ExplorerError when no session is left.
    """
    training = dict(
        zip(*(column.to_pylist() for column in engine.run("exchange/consent").columns), strict=True)
    )
    absent = sum(session_id not in training for session_id in set(session_ids))
    if absent:
        raise ParameterError(f"names {_sessions(absent)} that the dataset does not have", where="--session")
    listed = engine.run(_LIST, {**filters, "limit_n": _ALL})["session_id"].to_pylist()
    wanted = sorted(set(listed) & set(session_ids) if session_ids else set(listed))
    if not wanted:
        raise ExplorerError("no session matches", where="export", hint="Widen --where or leave it out")
    granted = tuple((session_id, training[session_id]) for session_id in wanted
                    if training[session_id] != "refused")  # fmt: skip
    tally.leave_out("session_without_training_consent", len(wanted) - len(granted))
    if not granted:
        raise ExplorerError(
            f"nothing to export: consent of {_sessions(len(wanted))} does not cover training", where="export"
        )
    return Choice(granted)


def _sessions(n: int) -> str:
    return f"{n:,} session{'s' if n != 1 else ''}"
