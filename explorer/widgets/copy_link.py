"""A small button that copies the address of what is on screen."""

from __future__ import annotations

from collections.abc import Mapping

from explorer.widgets.loader import mount

NOTHING_TYPED: Mapping[str, str | None] = {"search": None}


def copy_link(
    key: str, label: str = "Copy link", *, anchor: str = "", typed: Mapping[str, str | None] = NOTHING_TYPED
) -> None:
    """Copy this page's address, at `anchor`.

    `typed` names what may be typed on this page: it stays out of the address, unless a text is given with the name.
    """
    mount(
        "copy_link",
        '<button class="copy" type="button"></button>\n',
        key=key,
        width="content",
        data={"label": label, "anchor": anchor, "typed": dict(typed)},
    )
