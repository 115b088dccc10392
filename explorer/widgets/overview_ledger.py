"""What was announced and what is here, as tables: channels, applications, regions.

Rows are those of collection/channels, apps and regions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from explorer import sql
from explorer.widgets import wording
from explorer.widgets.loader import mount
from explorer.widgets.overview_announced import CHANNELS, Announced
from explorer.widgets.overview_beyond import FEW, Row, is_beyond

SHOWN_N = 8
_YES, _NO, _UNKNOWN = "yes", "no", "not noted"
_NAMED_FROM = f"A name is shown where at least {sql.MIN_PEOPLE} people stand behind it."
_WITHHELD = f"The number is withheld: it could tell {FEW} from others."


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `share` is that of the sessions, None where there is nothing to show one of."""

    label: str
    hint: str
    announced: str
    here: str
    share: float | None = None
    is_beyond: bool = False


def ledger(
    key: str, heads: Sequence[str], groups: Iterable[tuple[str, Sequence[Line]]], empty: str = ""
) -> None:
    """Show groups of lines under one head, those without lines left out; `empty` is said where all are.

    The last head is that of the bars.
    """
    shown = [
        {"heading": heading, "lines": [asdict(line) for line in lines]} for heading, lines in groups if lines
    ]
    data = {"heads": list(heads), "groups": shown, "empty": empty}
    mount("overview_ledger", '<div class="ledger"></div>\n', key=key, data=data)


def channel_lines(rows: Sequence[Row], told: Announced) -> list[Line]:
    """Every channel that the format has, then what was announced and is none of them."""
    lines = [_channel(row, told) for row in rows]
    others = [word for word in told.channels or () if word not in CHANNELS]
    hint = "Announced under a name that is no channel of the trace format."
    return lines + [Line(wording.shortened(word, 40), hint, _YES, "none") for word in others[:SHOWN_N]]


def app_lines(rows: Sequence[Row], told: Announced, sessions_n: int) -> list[Line]:
    """Named applications, those in the most sessions first, then the others together, then announced ones not here."""
    return _lines("app", rows, told.apps, sessions_n)


def region_lines(rows: Sequence[Row], told: Announced, sessions_n: int) -> list[Line]:
    """The same for regions."""
    return _lines("region", rows, told.regions, sessions_n)


def _channel(row: Row, told: Announced) -> Line:
    label, hint = CHANNELS[row["channel"]]
    announced = _UNKNOWN if told.channels is None else _YES if row["channel"] in told.channels else _NO
    here = wording.count(row["rows_n"], "row") if row["rows_n"] else "none"
    share = row["sessions_n"] / row["of_n"] if row["rows_n"] else None
    return Line(label, hint, announced, here, share, is_beyond(row, told))


def _lines(thing: str, rows: Sequence[Row], told: Sequence[str] | None, sessions_n: int) -> list[Line]:
    named = [row for row in rows if row[thing] is not None]
    lines = [_line(wording.shortened(row[thing], 60), "", row, sessions_n) for row in named[:SHOWN_N]]
    if len(named) > SHOWN_N:
        lines.append(
            Line(f"{wording.number(len(named) - SHOWN_N)} more {thing}s", "They are in the CSV.", "", "")
        )
    for row in rows:
        if row[thing] is None:
            lines.append(_line(_few(thing, row[f"{thing}s_n"]), _NAMED_FROM, row, sessions_n))
    return lines + _absent(thing, rows, told)


def _few(thing: str, things_n: int) -> str:
    verb = "used by" if thing == "app" else "with"
    return f"{wording.count(things_n, thing)} {verb} {FEW}{'' if things_n == 1 else ' each'}"


def _line(label: str, hint: str, row: Row, sessions_n: int) -> Line:
    announced = {True: _YES, False: _NO, None: _UNKNOWN}[row["is_announced"]]
    is_beyond, here_n = row["is_announced"] is False, row["sessions_n"]
    if here_n is None:
        return Line(label, f"{hint} {_WITHHELD}".strip(), announced, "withheld", None, is_beyond)
    return Line(label, hint, announced, wording.count(here_n, "session"), here_n / sessions_n, is_beyond)


def _absent(thing: str, rows: Sequence[Row], told: Sequence[str] | None) -> list[Line]:
    """Announced and not here; by name only where no small group could hide one of them."""
    here = {row[thing].lower() for row in rows if row["is_announced"] and row[thing] is not None}
    absent = [word for word in told or () if word.lower() not in here]
    few_n = sum(row[f"{thing}s_n"] for row in rows if row["is_announced"] and row[thing] is None)
    if few_n:
        absent_n = max(0, len(absent) - few_n)
        return [Line(f"{wording.count(absent_n, f'other {thing}')}", "", _YES, "none")] if absent_n else []
    lines = [Line(wording.shortened(word, 60), "", _YES, "none") for word in absent[:SHOWN_N]]
    if len(absent) > SHOWN_N:
        lines.append(Line(f"{wording.number(len(absent) - SHOWN_N)} more {thing}s", "", _YES, "none"))
    return lines
