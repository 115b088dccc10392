"""The small dataset, open as the pages see it."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from explorer.server.app import SCRIPT
from explorer.widgets import opened


@pytest.fixture(autouse=True, scope="session")
def _scanned_once(packages_scanned_once: None) -> None:
    """For all pages."""


_kept: dict[Path, opened.Answers] = {}


def _show(root: Path) -> Path:
    """That dataset is the one that is shown; it is opened once in a process, and its answers are remembered."""
    if root not in _kept:
        opened.open_dataset(root)
        assert opened._answers is not None
        _kept[root] = opened._answers
    shown = opened._answers = _kept[root]
    shown.store = shown.reviews = None  # what people wrote lies in the state folder of each test
    return root


@pytest.fixture(scope="session")
def show() -> Callable[[Path], Path]:
    """`show(root)`: a dataset that no test changes is the one that is shown."""
    return _show


@pytest.fixture(scope="session")
def small() -> ModuleType:
    """The module that writes the small dataset."""
    path = Path(__file__).parent.parent / "server" / "small_dataset.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def small_root(small: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small.write(tmp_path_factory.mktemp("views") / "set", synthetic=True)


@pytest.fixture
def small_open(small_root: Path) -> Path:
    """The small dataset is the one that is shown."""
    return _show(small_root)


@pytest.fixture(scope="session")
def sessions_page() -> Callable[..., AppTest]:
    """Run the list of sessions in its frame, with that address."""
    script = """
from explorer.views import sessions
from explorer.widgets import shell
from explorer.widgets.opened import begin_run, engine

begin_run()
shell.sidebar(engine(), [])
sessions.show()
"""

    def run(**address: str) -> AppTest:
        app = AppTest.from_string(script, default_timeout=20)
        app.query_params.update(address)
        return app.run()

    return run


@pytest.fixture(scope="session")
def first_page() -> Callable[..., AppTest]:
    """Run the app at its first page, with that address."""

    def run(**address: str) -> AppTest:
        app = AppTest.from_file(SCRIPT, default_timeout=20)
        app.query_params.update(address)
        return app.run()

    return run


@pytest.fixture(scope="session")
def session_page() -> Callable[..., AppTest]:
    """Run the page of one session, with that address."""
    script = """
from explorer.errors import ExplorerError
from explorer.views import session
from explorer.widgets import error_box

try:
    session.show()
except ExplorerError as error:
    error_box.show(error)
"""

    def run(**address: str) -> AppTest:
        app = AppTest.from_string(script, default_timeout=20)
        app.query_params.update(address)
        return app.run()

    return run


@pytest.fixture(scope="session")
def page_of() -> Callable[..., AppTest]:
    """Run one page by the name of its view, with that address."""
    script = """
from explorer.errors import ExplorerError
from explorer.views import {view}
from explorer.widgets import error_box
from explorer.widgets.opened import begin_run

begin_run()
try:
    {view}.show()
except ExplorerError as error:
    error_box.show(error)
"""

    def run(view: str, **address: str) -> AppTest:
        app = AppTest.from_string(script.format(view=view), default_timeout=20)
        app.query_params.update(address)
        return app.run()

    return run


@pytest.fixture(scope="session")
def stepped_root(
    dataset_of: Callable[..., Path], frame_row: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Sessions with steps, and tasks with several attempts."""
    path = Path(__file__).parent.parent / "server" / "stepped_dataset.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    root: Path = module.write(tmp_path_factory.mktemp("stepped") / "set", dataset_of, frame_row)
    return root


@pytest.fixture
def stepped(stepped_root: Path) -> Path:
    """That dataset is the one that is shown."""
    return _show(stepped_root)


def component(app: AppTest, name: str) -> dict[str, Any]:
    """What a browser component was given."""
    import json

    for block in app.get("bidi_component"):
        if block.proto.component_name.endswith(name):
            return json.loads(block.proto.json)
    raise AssertionError(f"{name} is not on the page")


@pytest.fixture(scope="session", name="component")
def _component() -> Callable[[AppTest, str], dict[str, Any]]:
    return component
