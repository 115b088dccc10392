"""The command as a user runs it, wrong calls, and every export of the guide."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from explorer.cli import main

PROJECT = Path(__file__).resolve().parents[2]
GUIDE = (PROJECT / "docs" / "guides" / "export.md").read_text(encoding="utf-8")


Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Run the program in this process: exit code, stdout, stderr."""

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["trace-explorer", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0), *capsys.readouterr()

    return run


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--to", "csv"), "Use one of parquet-hf, owamcap, agentnet"),
        (("--to", "agentnet", "--where", "actor"), "name=value"),
        (("--to", "agentnet", "--where", "=x"), "name=value"),
        (("--to", "agentnet", "--where", "os=a", "--where", "os=b"), "names os twice"),
        (("--to", "agentnet", "--where", "person=x"), "Filters are cohort, app"),
        (("--to", "agentnet", "--where", "day_to=x"), "day_to wants INTEGER"),
        (("--to", "agentnet", "--where", "actor=robot"), "no session matches"),
        (("--to", "agentnet", "--session", "x"), "does not have"),
    ],
)
def test_wrong_calls_get_one_clear_line(
    tmp_path: Path, office: Path, call: Call, arguments: tuple[str, ...], words: str
) -> None:
    code, out, err = call("export", office, *arguments, "-o", tmp_path / "out")
    assert (code, out) == (1, "")
    assert words in err
    assert len(err.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_calls_without_a_dataset_or_an_empty_folder(tmp_path: Path, office: Path, call: Call) -> None:
    (tmp_path / "d").mkdir()
    code, _, err = call("export", tmp_path / "d", "--to", "agentnet", "-o", tmp_path / "out")
    assert (code, "not a trace dataset" in err) == (1, True)
    code, _, err = call("export", office, "--to", "agentnet", "-o", tmp_path)
    assert (code, "not empty. Choose a new folder" in err) == (1, True)
    assert call("export", office, "-o", tmp_path)[0] == 2


def test_a_process_of_its_own_says_one_line(tmp_path: Path, office: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "explorer", "export", office, "--to", "csv", "-o", tmp_path / "out"],
        cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "knows no format 'csv'" in done.stderr


def test_the_guide_runs(tmp_path: Path, office: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sample_data").mkdir()
    (tmp_path / "sample_data" / "office").symlink_to(office)
    monkeypatch.chdir(tmp_path)
    commands = re.findall(r"^trace-explorer (export .+)$", GUIDE, re.MULTILINE)
    formats = [re.findall(r"--to (\S+)", command)[0] for command in commands]
    assert formats == ["parquet-hf", "agentnet", "owamcap"]
    told = [call(*command.split()) for command in commands]
    assert [(code, out) for code, out, _ in told] == [(0, "")] * 3
    assert re.search(r"69 sessions exported to office-hf: 1,\d{3} rows, 1,\d{3} pictures\.", told[0][2])
    assert "Of these, 10 with unknown consent to training" in told[0][2]
    assert re.search(r"26,902  pointer positions between the actions", told[0][2])
    assert "10 sessions exported to office-agentnet: 95 steps, 95 pictures." in told[1][2]
    note = json.loads((tmp_path / "office-owa" / "EXPORT.json").read_text())
    assert note["filters"] == {"app": "Sheet", "search": "meeting"}
    (example,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", example],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert "'action_type': 'click'" in done.stdout, done.stderr
