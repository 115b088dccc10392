"""The form of a query, read from its header: which fields there are, and what was given for them. No Streamlit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from explorer import sql
from explorer.errors import ParameterError
from explorer.widgets import wording
from explorer.widgets.url_state import ADDRESS_NAMES, LONGEST_TEXT

# Fixed in the app: neither a form nor an address can lower it.
FIXED: Mapping[str, sql.Value] = {"min_people": 5}
# Columns that name a person or an exact time: queries with them serve exports, and are not offered on screen.
# What checks read of many sessions at once: their findings are for people, not the texts they went over.
WORKING = "scan/"
WITHHELD = frozenset({"participant_id", "person", "person_number", "started_at_unix_us"})
_WORDS = {"day": "a day as 2026-11-16", "whole": "whole number", "number": "number", "id": "identifier"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field; `kind` is choice, day, flag, whole, number, id or text."""

    param: sql.Param
    kind: str

    @property
    def address_name(self) -> str:
        """Its name in an address; filters have the name that they have on the other pages."""
        return ADDRESS_NAMES.get(self.param.name, self.param.name)

    @property
    def is_typed(self) -> bool:
        """True for free text, which enters an address only when the user asks."""
        return self.kind == "text"

    @property
    def label(self) -> str:
        """Name and unit, and whether it must be given."""
        unit = f" [{self.param.unit}]" if self.param.unit else ""
        return f"{self.param.name}{unit}{' (required)' if self.param.is_required else ''}"

    @property
    def said(self) -> str:
        """What it means, what is wanted, and what counts when it is empty."""
        default = "" if self.param.default is None else f"{self.param.default} if empty"
        hints = ", ".join(part for part in (_WORDS.get(self.kind, ""), default) if part)
        # A day is written as a date here, whatever it is counted from in the file.
        text = self.param.text.replace(", days since 1970-01-01 UTC", ", UTC")
        text = text[:1].upper() + text[1:]
        return f"{text}. {hints[:1].upper()}{hints[1:]}." if hints else f"{text}."


@dataclass(frozen=True, slots=True)
class Reading:
    """What was given, as text a field; what of it holds, as parameters; what is wrong, and what is missing."""

    texts: dict[str, str]
    params: dict[str, sql.Value]
    wrong: dict[str, str]
    missing: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether the query can run."""
        return not self.wrong and not self.missing


def is_offered(query: sql.Query) -> bool:
    """Whether the app shows a query's result."""
    return not query.name.startswith(WORKING) and not WITHHELD & {column.name for column in query.columns}


def fields_of(query: sql.Query) -> tuple[Field, ...]:
    """The fields of a query's form, the required ones first."""
    fields = [Field(param, _kind(param)) for param in query.params if param.name not in FIXED]
    return tuple(sorted(fields, key=lambda field: not field.param.is_required))


def _kind(param: sql.Param) -> str:
    if param.choices:
        return "choice"
    if param.type == "VARCHAR":
        return "id" if param.name.endswith("_id") else "text"
    if param.type == "INTEGER" and param.name.startswith("day_"):
        return "day"
    return {"BOOLEAN": "flag", "DOUBLE": "number"}.get(param.type, "whole")


def read(query: sql.Query, given: Mapping[str, str]) -> Reading:
    """Read what was given by name of the parameter; empty text means not given."""
    texts: dict[str, str] = {}
    wrong: dict[str, str] = {}
    missing: list[str] = []
    params: dict[str, sql.Value] = {p.name: FIXED[p.name] for p in query.params if p.name in FIXED}
    for field in fields_of(query):
        name = field.param.name
        text = given.get(name, "")[:LONGEST_TEXT]
        text = text if field.kind in ("choice", "text") else text.strip()
        if not text:
            missing += [name] if field.param.is_required else []
            continue
        texts[name] = text
        try:
            params[name] = _value(query, field, text)
        except ParameterError as error:
            wrong[name] = f"{error.what[:1].upper()}{error.what[1:]}."
    return Reading(texts, params, wrong, tuple(missing))


def _value(query: sql.Query, field: Field, text: str) -> sql.Value:
    name = field.param.name
    if field.kind == "day":
        day = wording.day_of_iso(text)
        if day is None:
            raise ParameterError(f"parameter {name} wants a day such as 2026-11-16")
        return day
    plain = text.replace(",", "") if field.kind in ("whole", "number") else text
    return sql.bind(replace(query, params=(field.param,)), {name: plain})[name]
