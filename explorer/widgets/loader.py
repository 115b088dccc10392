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
    return _renderer(name, html, runtime.get_instance() if runtime.exists() else None)(**arguments)


@lru_cache(maxsize=16)
def _renderer(name: str, html: str, _runtime: object) -> Any:
    # A component is known to one runtime; tests start several in one process.
    ours = assets()
    style, _ = ours.files[f"widgets/{name}.css"]
    return st.components.v2.component(
        f"trace_explorer_{name}",
        html=html,
        css=style.decode() + "\n",
        js=_LOADER.format(url=ours.url(f"widgets/{name}.js")),
    )
