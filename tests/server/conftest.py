"""A private and a synthetic dataset, and the app over each without a network."""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from streamlit.runtime import Runtime

from explorer.server import create_app

with warnings.catch_warnings():
    # It says so on import: httpx is to be replaced by httpx2, which does the same for these tests.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

PORT = 8501
OWN = f"http://127.0.0.1:{PORT}"


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(autouse=True, scope="session")
def _scanned_once(packages_scanned_once: None) -> None:
    """For all apps."""


@pytest.fixture(scope="session")
def small() -> ModuleType:
    """The module that writes the small dataset."""
    return _module(Path(__file__).with_name("small_dataset.py"))


@pytest.fixture(scope="session")
def private_root(small: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small.write(tmp_path_factory.mktemp("private") / "set", synthetic=False, sessions_n=6)


@pytest.fixture(scope="session")
def synthetic_root(small: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small.write(tmp_path_factory.mktemp("synthetic") / "set", synthetic=True, sessions_n=6)


@contextmanager
def _visitor(root: Path) -> Iterator[tuple[TestClient, str]]:
    # Streamlit keeps one runtime a process; each test has an app of its own.
    Runtime._instance = None
    addresses: list[str] = []
    app = create_app(root, port=PORT, on_start=addresses.append)
    with TestClient(app, base_url=OWN, follow_redirects=False) as client:
        yield client, addresses[0]


@pytest.fixture
def private(private_root: Path) -> Iterator[tuple[TestClient, str]]:
    """A visitor without cookies, and the address that opens the private dataset; a new app each time."""
    with _visitor(private_root) as pair:
        yield pair


@pytest.fixture
def synthetic(synthetic_root: Path) -> Iterator[TestClient]:
    """A visitor of the synthetic dataset."""
    with _visitor(synthetic_root) as (client, _):
        yield client


@pytest.fixture(scope="session")
def wire_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of wire_sample.py."""
    written: Path = _module(Path(__file__).with_name("wire_sample.py")).write(
        tmp_path_factory.mktemp("wire") / "set"
    )
    return written


@pytest.fixture
def wire(wire_root: Path) -> Iterator[TestClient]:
    """A visitor of that dataset."""
    with _visitor(wire_root) as (client, _):
        yield client


@pytest.fixture(scope="session")
def visitor_of() -> Callable[[Path], AbstractContextManager[tuple[TestClient, str]]]:
    """Opens an app over a dataset: `with visitor_of(root) as (client, address)`."""
    return _visitor


@pytest.fixture(scope="session")
def clip_sample() -> ModuleType:
    """The module that writes the sessions of the clip tests."""
    return _module(Path(__file__).parents[1] / "exports" / "clip_sample.py")


@pytest.fixture
def clips(clip_sample: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Path]]:
    """A visitor of the clips' dataset, which is a real one, and its folder."""
    root = clip_sample.write(tmp_path_factory.mktemp("clips") / "set")
    with _visitor(root) as (client, address):
        assert client.get(address.removeprefix(OWN)).status_code == 303
        yield client, root
