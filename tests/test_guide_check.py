"""The example of the guide for checks runs, and what it says of registering is so."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from explorer.scan import registry
from explorer.scan.finding import KINDS, Finding
from explorer.scan.views import Text

PROJECT = Path(__file__).resolve().parent.parent
GUIDE = (PROJECT / "docs" / "guides" / "add-a-check.md").read_text(encoding="utf-8")


def test_the_example_finds_places() -> None:
    source = textwrap.dedent("\n".join(re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)))
    names: dict[str, Any] = {"Finding": Finding, "Text": Text, "Iterator": Iterator}
    exec(source, names)
    place = {"session_id": "s", "source_table": "events", "seq": 3}
    found = list(names["look"](Text("ALL LOUD", "window_title", place)))
    assert [(one.seq, one.detector, one.detector_version) for one in found] == [
        (3, names["NAME"], names["VERSION"])
    ]
    assert found[0].kind in KINDS
    assert list(names["look"](Text("quiet", "window_title", place))) == []


def test_it_names_what_is_there() -> None:
    for name in re.findall(r"`([A-Z]+_CHECKS)`", GUIDE):
        assert getattr(registry, name)
    for name in re.findall(r"`((?:explorer|tests|docs|benchmarks)/[\w./-]+)`", GUIDE):
        assert (PROJECT / name).exists(), name
