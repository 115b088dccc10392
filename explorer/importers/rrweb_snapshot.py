"""What is taken out of an rrweb page snapshot: its title, and which nodes are scrolled already."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from explorer.importers.action_code_events import number

_LONGEST_TITLE = 1_000
_ELEMENT = 2


@dataclass(slots=True)
class Page:
    """Title (None without one) and, by node, the offsets (left, top) in px that are not 0."""

    title: str | None = None
    offsets: dict[Any, tuple[float, float]] = field(default_factory=dict)


def page_of(data: dict[str, Any]) -> Page:
    """Walks through a FullSnapshot's nodes, however deep; what has the wrong type is passed over."""
    page = Page()
    root = data.get("node")
    waiting: list[Any] = [root]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, dict):
            continue
        children = node.get("childNodes")
        children = children if isinstance(children, list) else []
        if node.get("type") == _ELEMENT:
            _note_offset(page, node.get("id"), node.get("attributes"))
            if node.get("tagName") == "title" and page.title is None:
                page.title = _text_in(children)
            if node.get("tagName") == "svg":
                continue  # its titles are those of drawings
        waiting += reversed(children)
    initial = data.get("initialOffset")
    if isinstance(initial, dict) and isinstance(root, dict):
        _note(page, root.get("id"), initial.get("left"), initial.get("top"))
    return page


def _note_offset(page: Page, node: Any, attributes: Any) -> None:
    if isinstance(attributes, dict):
        _note(page, node, attributes.get("rr_scrollLeft", 0), attributes.get("rr_scrollTop", 0))


def _note(page: Page, node: Any, left: Any, top: Any) -> None:
    offset = number(left), number(top)
    if isinstance(node, int) and all(math.isfinite(value) for value in offset) and any(offset):
        page.offsets[node] = offset


def _text_in(children: list[Any]) -> str | None:
    texts = [child.get("textContent") for child in children if isinstance(child, dict)]
    title = " ".join("".join(text for text in texts if isinstance(text, str)).split())
    return title[:_LONGEST_TITLE] or None
