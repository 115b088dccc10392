"""A mapping compiled over its files: checked expressions, their types, and how its pictures are stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pyarrow as pa

from explorer.engine.asking import Asker, AskError
from explorer.engine.expressions import Expression, compiled
from explorer.engine.mapped_files import MappedFiles
from explorer.engine.mapped_rows import raw_rows
from explorer.errors import MappingError
from explorer.trace.mapping import Mapping
from explorer.trace.schema import TABLES, Column

_JSON_COLUMNS = ("extra", "action_args")
_FARTHEST_US = 4e18
_ALONE = {
    "session": Column("session", "VARCHAR", "", required=True),
    "step": Column("step", "BIGINT", "", required=True, low=0, high=1e15),
    "time_us": Column("time_us", "BIGINT", "", low=-_FARTHEST_US, high=_FARTHEST_US),
    "person": Column("person", "VARCHAR", ""),
    "frames.image": Column("image", "VARCHAR", ""),  # where pictures are linked
}


@dataclass(frozen=True, slots=True)
class Pictures:
    """`path` is the column of embedded pictures and, below it, the fields; None where `link` gives a file's name."""

    path: tuple[str, ...] | None
    link: Expression | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that the SQL over a mapping's files is made from."""

    mapping: Mapping
    files: MappedFiles
    expressions: dict[str, Expression]  # by place, embedded pictures excepted
    pictures: Pictures | None

    @property
    def is_trajectory(self) -> bool:
        return self.mapping.is_trajectory

    @property
    def lists(self) -> tuple[str, ...]:
        """Parallel lists as the files spell them, that of embedded pictures excepted."""
        own = self.pictures.path[0] if self.pictures and self.pictures.path else None
        spelled = {name.lower(): name for name in self.files.schema.names}
        return tuple(n for n in (spelled[name.lower()] for name in self.mapping.lists) if n != own)

    def has(self, place: str) -> bool:
        """True when the mapping fills that place."""
        return place in self.expressions

    def value(self, place: str, otherwise: str = "NULL") -> str:
        """SQL of our column at a place, in our type; what does not fit is NULL."""
        kind = column_at(place).type
        if place not in self.expressions:
            return f"CAST({otherwise} AS {kind})"
        return f"TRY_CAST({self.expressions[place].sql} AS {kind})"

    def columns(self, places: Iterable[str]) -> set[str]:
        """Their columns that these places read."""
        return {
            name for place in places if place in self.expressions for name in self.expressions[place].columns
        }

    def places(self, section: str) -> list[str]:
        """Places that the mapping fills in one section."""
        return [place for place in self.expressions if place.startswith(f"{section}.")]


def column_at(place: str) -> Column:
    """Our column at a place."""
    if place in _ALONE:
        return _ALONE[place]
    section, _, name = place.partition(".")
    return TABLES[section].column(name)


def compiled_plan(mapping: Mapping, files: MappedFiles, ask: Asker) -> Plan:
    """Check every expression against the files' columns. Raises MappingError."""
    known = files.schema.names
    _check_lists(mapping, files.schema)
    found = {
        place: compiled(text, mapping.where(place), known, ask)
        for place, text in mapping.expressions().items()
    }
    pictures = None
    if "frames.image" in found:
        image = found["frames.image"]
        path = _embedded(image, mapping, files.schema)
        pictures = Pictures(path, None if path else image)
        if path:
            del found["frames.image"]
    plan = Plan(mapping, files, found, pictures)
    types = _types(plan, list(found), ask)
    return replace(plan, expressions={place: _fitting(plan, place, types[place]) for place in found})


def _check_lists(mapping: Mapping, schema: pa.Schema) -> None:
    spelled = {name.lower(): name for name in schema.names}
    for name in mapping.lists:
        where = mapping.where("lists")
        if name.lower() not in spelled:
            raise MappingError(f"names the column {name[:60]}, which the files do not have", where=where)
        kind = schema.field(spelled[name.lower()]).type
        if not _is_list(kind):
            raise MappingError(f"names {name[:60]}, which is not a column of lists", where=where)


def _embedded(image: Expression, mapping: Mapping, schema: pa.Schema) -> tuple[str, ...] | None:
    """Column and fields of the embedded pictures, when the expression is nothing else; None where they are linked."""
    if image.path is None:
        return None
    kind = schema.field(image.path[0]).type
    if image.path[0].lower() in {name.lower() for name in mapping.lists}:
        kind = kind.value_type
    for name in image.path[1:]:
        if not pa.types.is_struct(kind) or kind.get_field_index(name) < 0:
            return None
        kind = kind.field(name).type
    if _is_binary(kind):
        return image.path
    if (
        pa.types.is_struct(kind)
        and kind.get_field_index("bytes") >= 0
        and _is_binary(kind.field("bytes").type)
    ):
        return image.path
    return None


def _types(plan: Plan, places: list[str], ask: Asker) -> dict[str, pa.DataType]:
    """The type that each expression gives. Raises MappingError for one that the columns' types do not allow."""
    rows = raw_rows(plan, plan.columns(places), None, are_lengths_known=False)
    values = ", ".join(f"{plan.expressions[place].sql} AS v{n}" for n, place in enumerate(places))
    try:
        schema = ask.table(f"SELECT {values} FROM ({rows}) LIMIT 0").schema
    except AskError as error:
        if len(places) == 1:
            where = plan.expressions[places[0]].where
            raise MappingError(f"does not fit the columns: {error.text[:200]}", where=where) from None
        return {place: _types(plan, [place], ask)[place] for place in places}
    return dict(zip(places, schema.types, strict=True))


def _fitting(plan: Plan, place: str, kind: pa.DataType) -> Expression:
    """The expression once its type is known to fit: nested values become JSON text where we keep JSON."""
    expression, column = plan.expressions[place], column_at(place)
    is_nested = pa.types.is_nested(kind)
    if is_nested and column.name in _JSON_COLUMNS:
        return replace(expression, sql=f"to_json({expression.sql})")
    if place == "frames.image" and not pa.types.is_string(kind):
        hint = "Name a column of bytes, of structs with bytes, or a text that names a file below the folder"
        raise MappingError(f"{_shown(expression.text)} is not a picture", where=expression.where, hint=hint)
    if is_nested or _is_binary(kind):
        hint = (
            "Name one field of it, or wrap it in to_json(…)"
            if is_nested
            else "Pictures belong to frames.image"
        )
        what = f"{_shown(expression.text)} is {'nested' if is_nested else 'bytes'}, expected {column.type}"
        raise MappingError(what, where=expression.where, hint=hint)
    return expression


def _is_list(kind: pa.DataType) -> bool:
    types = pa.types
    return bool(types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind))


def _is_binary(kind: pa.DataType) -> bool:
    return bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_binary_view(kind))


def _shown(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)[:120]
