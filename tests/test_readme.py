"""Every Python example in the README runs, and every command it names exists."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
README = (PROJECT / "README.md").read_text()


def test_python_examples_run() -> None:
    examples = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert examples
    for example in examples:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", example],
            cwd=PROJECT, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip()


def test_commands_exist() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "explorer", "--help"], cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout
    for command in set(re.findall(r"trace-explorer (\w+)", README)):
        assert re.search(rf"^  {command}\b", shown, re.MULTILINE), command
    targets = (PROJECT / "Makefile").read_text()
    for target in set(re.findall(r"make (\w+)", README)) - {"are"}:
        assert re.search(rf"^{target}:", targets, re.MULTILINE), target
