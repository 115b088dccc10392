"""A small button that copies the address of what is on screen."""

from __future__ import annotations

from explorer.widgets.loader import mount


def copy_link(key: str, label: str = "Copy link", *, anchor: str = "", search: str | None = None) -> None:
    """Copy this page's address, at `anchor`; with `search`, the text that was typed becomes part of it."""
    mount(
        "copy_link",
        '<button class="copy" type="button"></button>\n',
        key=key,
        width="content",
        data={"label": label, "anchor": anchor, "search": search},
    )
