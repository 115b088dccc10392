"""The YAML of a mapping, read as the hostile text it may be: no aliases, no tags, bounded, no doubles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from explorer.errors import MappingError

MOST_BYTES = 1_000_000
MOST_NODES = 5_000
MOST_DEPTH = 8


def read_document(path: Path) -> dict[str, Any]:
    """The document at `path` as plain dictionaries, lists and scalars. Raises MappingError."""
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise MappingError(f"cannot be read ({error.strerror})", where=path.name) from None
    if len(raw) > MOST_BYTES:
        raise MappingError("is larger than 1 MB", where=path.name, hint="A mapping is a page of text")
    return parse_document(raw, path.name)


def parse_document(raw: bytes, name: str) -> dict[str, Any]:
    """The same from bytes; `name` stands in messages."""
    try:
        text = raw.decode("utf-8")
        _refuse_bombs(text, name)
        _refuse_doubles(yaml.compose(text, yaml.SafeLoader), name)
        document = yaml.safe_load(text)
    except UnicodeDecodeError:
        raise MappingError("is not UTF-8 text", where=name) from None
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError, AttributeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{name}:{mark.line + 1}" if mark else name
        hint = "Write expressions that hold ': ' or begin with a quote in double quotes"
        raise MappingError("is not valid YAML", where=place, hint=hint) from None
    if not isinstance(document, dict):
        raise MappingError("is not a mapping: it has no keys", where=name)
    return document


def _refuse_bombs(text: str, name: str) -> None:
    depth = 0
    for nodes_n, event in enumerate(yaml.parse(text, yaml.SafeLoader)):
        place = f"{name}:{event.start_mark.line + 1}"
        if isinstance(event, yaml.AliasEvent):
            raise MappingError("uses a YAML alias", where=place, hint="Write the value out")
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
        if isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1
        if depth > MOST_DEPTH or nodes_n > MOST_NODES:
            raise MappingError("is nested too deep or too long for a mapping", where=place)


def _refuse_doubles(node: yaml.Node | None, name: str) -> None:
    """YAML keeps the last of two equal keys in silence: here it is an error."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            place = f"{name}:{key.start_mark.line + 1}"
            if not isinstance(key, yaml.ScalarNode):
                raise MappingError("has a key that is not a word", where=place)
            if key.value in seen:
                raise MappingError(f"has the key {key.value[:60]!r} twice", where=place)
            seen.add(key.value)
            _refuse_doubles(value, name)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _refuse_doubles(value, name)
