"""Our browser components: Components v2 with a small loader that imports plain modules from our own route."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import streamlit as st
from streamlit import runtime

from explorer.widgets.assets import assets

# An inline script has no address of its own to import from: the page's address is the base.
_LOADER = """
const loaded = import(new URL("{url}", document.baseURI).href)
const mounts = new WeakMap()

export default function mount(component) {{
  const root = component.parentElement
  const state = mounts.get(root) ?? {{}}
  mounts.set(root, state)
  state.isGone = false
  loaded.then((module) => {{
    if (!state.isGone) state.stop = module.default(component)
  }})
  return () => {{
    state.isGone = true
    state.stop?.()
  }}
}}
"""


def mount(name: str, html: str, **arguments: Any) -> Any:
    """Show the component of widgets/modules/<name>.js, styled by <name>.css; returns its states and triggers.

    `html` stands until the code has come, so it should take the same space. `arguments` are those of a Components v2
    renderer: key, data, on_<name>_change.
    """
    style, _ = assets().files[f"widgets/{name}.css"]
    return _renderer(f"widgets/{name}.js", html, style.decode() + "\n", _current_runtime())(**arguments)


def mount_player(html: str, **arguments: Any) -> Any:
    """The same for player/player.js. It links its own style: with each message it would travel anew."""
    return _renderer("player/player.js", html, None, _current_runtime())(**arguments)


def mount_review(html: str, **arguments: Any) -> Any:
    """The same for player/review.js."""
    return _renderer("player/review.js", html, None, _current_runtime())(**arguments)


def _current_runtime() -> object:
    return runtime.get_instance() if runtime.exists() else None


@lru_cache(maxsize=32)
def _renderer(path: str, html: str, style: str | None, _runtime: object) -> Any:
    # A component is known to one runtime; tests start several in one process.
    name = path.rpartition("/")[2].removesuffix(".js")
    return st.components.v2.component(
        f"trace_explorer_{name}",
        html=html,
        css=style,
        js=_LOADER.format(url=assets().url(path)),
    )
