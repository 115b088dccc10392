"""The recorder lies beside the package, not in it: its modules are reached through `recorder(name)`."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

SAMPLE_DATA = Path(__file__).resolve().parents[2] / "sample_data"


@pytest.fixture(scope="session")
def recorder() -> Callable[[str], ModuleType]:
    """Imports a module of the recorder by its name."""
    if str(SAMPLE_DATA) not in sys.path:
        sys.path.insert(0, str(SAMPLE_DATA))
    return lambda name: importlib.import_module(f"recorder.{name}")
