"""`clip` as a user runs it, wrong calls, the guide's commands, and the README's first picture."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from explorer.cli import main

from .clip_sample import BARE, COVERED, FULL

PROJECT = Path(__file__).resolve().parents[2]
GUIDE = (PROJECT / "docs" / "guides" / "export.md").read_text(encoding="utf-8")
PICTURE = PROJECT / "docs" / "pictures" / "replay.gif"
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


def test_a_clip_says_what_it_is(clips: Path, tmp_path: Path, call: Call) -> None:
    file = tmp_path / "a.gif"
    code, out, err = call("clip", clips, COVERED, "--from", "0", "--to", "0:01", "-o", file)
    assert (code, out) == (0, "")
    assert "1.0 s, 10 pictures of 320 × 200 px." in err
    assert "covered by a redaction pass." in err
    assert file.is_file()


@pytest.mark.parametrize(
    ("session", "options", "words"),
    [
        ("nobody", ("a.gif",), "there is no such session"),
        (COVERED, ("a.avi",), "End it in .png, .gif or .mp4"),
        (COVERED, ("a.gif", "--from", "nan"), "--from: is no time"),
        (COVERED, ("a.gif", "--from", "3", "--to", "2"), "--to: is not after --from"),
        (COVERED, ("a.gif", "--from", "9"), "the session ends at 0:08.00"),
        (COVERED, ("a.png", "--from", "1", "--to", "2"), "--to: is for a range"),
        (COVERED, ("a.gif", "--speed", "nan"), "--speed: wants 0.1 to 64"),
        (COVERED, ("a.gif", "--fps", "nan"), "--fps: wants 1 to 50"),
        (BARE, ("a.gif", "--speed", "0.1"), "at most 120 s are made"),
        (FULL, ("a.gif",), "--with-unredacted shows them"),
    ],
)
def test_wrong_calls_get_one_clear_line(
    clips: Path, tmp_path: Path, call: Call, *, session: str, options: tuple[str, ...], words: str
) -> None:
    name, *others = options
    code, out, err = call("clip", clips, session, "-o", tmp_path / name, *others)
    assert (code, out) == (1, "")
    assert words in err
    assert len(err.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_plain_stage_works_in_a_process_of_its_own(clips: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "explorer", "clip", clips, BARE, "--to", "1", "-o", tmp_path / "a.mp4"],
        cwd=PROJECT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "no screenshots" in done.stderr


def test_the_guides_commands_run(
    tmp_path: Path, office: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sample_data").mkdir()
    (tmp_path / "docs" / "pictures").mkdir(parents=True)
    (tmp_path / "sample_data" / "office").symlink_to(office)
    monkeypatch.chdir(tmp_path)
    commands = re.findall(r"^trace-explorer ((?:clip|query) (?:\\\n|.)+)$", GUIDE, re.MULTILINE)
    assert [command.split()[0] for command in commands] == ["clip"] * 3 + ["query"] * 2
    for command in commands:
        code, _, err = call(*command.replace("\\\n", " ").split())
        assert code == 0, err
    with Image.open(tmp_path / "docs" / "pictures" / "replay.gif") as made, Image.open(PICTURE) as shown:
        assert (made.size, made.n_frames) == (shown.size, shown.n_frames)
        assert made.info["comment"].split(b" \xc2\xb7 ")[:3] == shown.info["comment"].split(b" \xc2\xb7 ")[:3]


def test_the_first_picture_of_the_readme_is_small_and_shows_no_planted_failure() -> None:
    assert "(docs/pictures/replay.gif)" in (PROJECT / "README.md").read_text(encoding="utf-8")
    with Image.open(PICTURE) as gif:
        lasts = 0
        for place in range(gif.n_frames):
            gif.seek(place)
            lasts += int(gif.info["duration"])
        session_id, ends = gif.info["comment"].decode().split(" · ")[1:3]
    assert gif.size[0] <= 900
    assert PICTURE.stat().st_size <= 1_500_000
    assert 8_000 <= lasts <= 12_000
    from explorer.engine import open_engine
    from explorer.exports.clip_request import time_us
    from explorer.resources import sample_dataset

    engine = open_engine(sample_dataset())
    frames = engine.run("replay/frames", {"session_id": session_id}).to_pylist()
    engine.close()
    start_us, end_us = (time_us(end, "") for end in ends.split(" to "))
    places = [n for n, row in enumerate(frames) if row["t_us"] <= end_us]
    first = max(n for n in places if frames[n]["t_us"] <= start_us)
    key = json.loads((PROJECT / "tests" / "sample_data" / "office_key.json").read_text())
    failing = {frame_id for failure in key["failures"] for frame_id in failure["frame_ids"]}
    assert not {frames[n]["frame_id"] for n in places if n >= first} & failing
