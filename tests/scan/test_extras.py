"""Extras without the extras: what is said when they are missing, and their jobs with a reader made up here."""

from __future__ import annotations

import hashlib
import io
import json
from collections import Counter
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from explorer.engine import open_engine
from explorer.measures.read_lines import UNREAD, Word
from explorer.scan import extras, folder, names, picture_reader, registry, run
from explorer.scan.jobs import READ_PICTURES, Job, extra_jobs
from explorer.scan.run import scan_dataset
from explorer.scan.work import work

BOX = [[5, 5], [55, 5], [55, 25], [5, 25]]
MAIL = [[Word("fern.wild@example.com", (2, 22, 60, 30))]]


@pytest.fixture(autouse=True)
def _as_if(monkeypatch):
    """The reader is there, the model is not."""
    monkeypatch.delenv(extras.WITHOUT, raising=False)
    monkeypatch.setattr(extras, "_are_installed", lambda modules: "rapidocr" in modules)
    monkeypatch.setattr(extras.metadata, "version", lambda package: "1.0")


def picture(shade: int, name: str = "PNG", **settings) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (64, 40), (shade, 90, 90)).save(written, name, **settings)
    return written.getvalue()


def frame(frame_row, session_id, index, content, **columns):
    return {**frame_row(session_id, index, seq=index), "image": {"bytes": content, "path": None},
            "sha256": hashlib.sha256(content).hexdigest(), "pixels_sha256": "same", **columns}  # fmt: skip


def mask(session_id, index, box):
    left, top, width, height = box
    return {"redaction_id": f"{session_id}{index}", "session_id": session_id, "target": "frame",
            "frame_id": f"{session_id}-{index:07d}", "frame_left_px": left, "frame_top_px": top,
            "frame_width_px": width, "frame_height_px": height, "method": "fill", "entity": "PERSON"}  # fmt: skip


def read_in(root: Path, monkeypatch, reader) -> tuple[list[dict], Counter, list[int]]:
    """Findings of the jobs for words, their counts, and the shades that were read."""
    seen: list[int] = []

    def read(pixels):
        seen.append(int(pixels[-1, -1, 0]))
        return reader(pixels)

    monkeypatch.setattr(picture_reader, "read", read)
    found, counts = [], Counter()
    with closing(open_engine(root, time_limit_ms=0)) as engine:
        for job in run.all_jobs(engine):
            if job.kind == "words":
                result = work(engine, job)
                found += result.table().to_pylist()
                counts.update(result.counts)
    return found, counts, seen


def test_equal_pictures_are_read_once_and_told_once_a_session(dataset_of, frame_row, tmp_path, monkeypatch):
    frames = [frame(frame_row, "a", 0, picture(10)), frame(frame_row, "a", 1, picture(10, compress_level=1)),
              frame(frame_row, "b", 0, picture(10))]  # fmt: skip
    found, counts, seen = read_in(
        dataset_of(tmp_path / "set", frames=frames), monkeypatch, lambda pixels: MAIL
    )
    assert seen == [10]
    assert counts["read_pictures"] == 1
    told = [(row["session_id"], row["seq"], row["seq_end"], row["rows_n"], row["entity"]) for row in found]
    assert told == [("a", 0, 1, 2, "EMAIL_ADDRESS"), ("b", 0, 0, 1, "EMAIL_ADDRESS")]
    assert {row["kind"] for row in found} == {"readable_picture"}


def test_what_is_masked_in_one_of_two_equal_pictures_is_told_of_the_other(
    dataset_of, frame_row, tmp_path, monkeypatch
):
    frames = [frame(frame_row, "a", index, picture(10)) for index in (0, 1)]
    root = dataset_of(tmp_path / "set", frames=frames, redactions=[mask("a", 0, (0, 20, 64, 12))])
    found, _, seen = read_in(root, monkeypatch, lambda pixels: MAIL)
    assert seen == [10]
    assert [row["frame_id"] for row in found] == ["a-0000001"]
    assert (found[0]["left_px"], found[0]["top_px"], found[0]["width_px"], found[0]["height_px"]) == (
        2,
        22,
        58,
        8,
    )


def test_pictures_that_a_dataset_falsely_calls_equal_are_read_apart(
    dataset_of, frame_row, tmp_path, monkeypatch
):
    frames = [frame(frame_row, "a", index, picture(10 + index)) for index in range(20)]
    root = dataset_of(tmp_path / "set", frames=frames)
    found, _, seen = read_in(root, monkeypatch, lambda pixels: MAIL if pixels[0, 0, 0] > 27 else [])
    assert sorted(seen) == [10 + index for index in range(20)]
    assert sorted(row["seq"] for row in found) == [18, 19]


def test_what_is_no_picture_costs_nothing_and_a_reader_that_fails_is_told(
    dataset_of, frame_row, tmp_path, monkeypatch
):
    def read(pixels):
        raise picture_reader.Unreadable("words could not be read (Fail)")

    frames = [frame(frame_row, "a", 0, b"no picture", pixels_sha256="x"), frame(frame_row, "a", 1, picture(10)),
              frame(frame_row, "a", 2, b"", pixels_sha256=None, image={"bytes": None, "path": "gone.png"})]  # fmt: skip
    found, counts, _ = read_in(dataset_of(tmp_path / "set", frames=frames), monkeypatch, read)
    assert [(row["frame_id"], row["reason"]) for row in found] == [
        ("a-0000001", "words could not be read (Fail)")
    ]
    assert counts["read_pictures"] == 0


def test_letters_that_could_not_be_read_are_told(dataset_of, frame_row, tmp_path, monkeypatch):
    runs = [[Word(UNREAD, (2, 2, 40, 12))], [Word(UNREAD, (50, 2, 58, 12))]]
    frames = [
        frame(frame_row, "a", 0, picture(10)),
        frame(frame_row, "a", 1, picture(11), pixels_sha256="other"),
    ]
    root = dataset_of(tmp_path / "set", frames=frames, redactions=[mask("a", 1, (0, 30, 20, 10))])
    found, _, _ = read_in(root, monkeypatch, lambda pixels: runs)
    told = {(row["frame_id"], row["kind"], row["entity"], row["left_px"]) for row in found}
    assert told == {("a-0000000", "unread", None, 2), ("a-0000001", "readable_picture", "PERSON", 2)}


def test_the_real_reader_gives_up_on_pictures_of_one_pixel():
    assert picture_reader.read(np.zeros((1, 1, 3), np.uint8)) == []


def test_words_and_names_stay_out_of_findings_files_and_logs(
    dataset_of, frame_row, tmp_path, monkeypatch, capfd
):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(picture_reader, "read", lambda pixels: MAIL)
    root = dataset_of(tmp_path / "set", frames=[frame(frame_row, "a", 0, picture(10))])
    assert scan_dataset(root, jobs=1).scan.findings.num_rows > 0
    kept = [path.read_bytes() for path in (tmp_path / "state").rglob("*") if path.is_file()]
    told = capfd.readouterr()
    kept += [told.out.encode(), told.err.encode()]
    assert not any(b"fern.wild" in content for content in kept)


def test_jobs_of_extras_cover_everything_once():
    sessions = [{"session_id": name, "events_n": 150_000, "steps_n": 0, "frames_n": 9} for name in "abc"]
    jobs = extra_jobs(7, sessions, [{"session_id": "a", "pictures_n": 2 * READ_PICTURES + 1}])
    assert [job.number for job in jobs] == list(range(7, 7 + len(jobs)))
    assert [(job.first, job.last) for job in jobs if job.kind == "names"] == [("a", "b"), ("c", "c")]
    covered = [at for job in jobs if job.kind == "words" for at in range(job.start, job.end)]
    assert covered == list(range(2 * READ_PICTURES + 1))


def test_an_extra_that_is_there_is_a_reason_to_look_again(dataset_of, frame_row, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(picture_reader, "read", lambda pixels: [])
    monkeypatch.setenv(extras.WITHOUT, "ocr, ner")
    root = dataset_of(tmp_path / "set", frames=[frame(frame_row, "a", 0, picture(10))])
    assert scan_dataset(root, jobs=1).scan.counts.get("read_pictures") is None
    monkeypatch.delenv(extras.WITHOUT)
    with closing(open_engine(root)) as engine:
        stale = folder.latest(engine)
    assert stale is not None
    assert stale.is_stale
    assert scan_dataset(root, jobs=1).scan.counts["read_pictures"] == 1


def test_what_is_missing_is_said_with_how_to_get_it(monkeypatch):
    told = registry.not_looked_at()
    assert "words in pictures" not in told
    assert "trace-explorer[ner]" in told["names of people in texts"]
    monkeypatch.setenv(extras.WITHOUT, "ocr")
    assert extras.WITHOUT in registry.not_looked_at()["words in pictures"]
    assert "words_in_picture" not in registry.versions()


def test_an_extra_that_cannot_be_loaded_is_told(dataset_of, tmp_path, monkeypatch):
    def broken(texts):
        raise ImportError("with Juniper Vale in it")

    monkeypatch.setattr(names, "named", broken)
    titled = {"session_id": "s", "seq": 0, "kind": "window_focus", "window_title": "Mail"}
    root = dataset_of(tmp_path / "set", events=[titled])
    with closing(open_engine(root, time_limit_ms=0)) as engine:
        found = work(engine, Job(0, "names", "s", "s", 0, 0, 1)).table().to_pylist()
    assert [row["reason"] for row in found] == ["the extra [ner] does not work (ImportError)"]


def test_names_in_texts_and_keys_are_told_at_their_characters_and_rows(dataset_of, tmp_path, monkeypatch):
    def judge(asked):
        names._known().update({name: 5 if "Vale" in name else 0 for name in asked})

    monkeypatch.setattr(names, "_judge", judge)
    titles = ("Open Juniper Vale - Mail", "Ms Vale, Static Badge")
    events = [{"session_id": "s", "seq": at, "t_us": at, "kind": "window_focus", "window_title": title}
              for at, title in enumerate(titles)]  # fmt: skip
    address = "https://x.test/Juniper Vale"
    events.append({"session_id": "s", "seq": 2, "t_us": 2, "kind": "window_focus", "url": address})
    events += [{"session_id": "s", "seq": 10 + at, "t_us": 10 + at, "kind": "key_down", "key": sign}
               for at, sign in enumerate("for Briar Vale ")]  # fmt: skip
    root = dataset_of(tmp_path / "set", events=events)
    with closing(open_engine(root, time_limit_ms=0)) as engine:
        found = work(engine, Job(0, "names", "s", "s", 0, 0, 1)).table().to_pylist()
    told = {(row["channel"], row["seq"], row["seq_end"], row["char_start"], row["char_end"]) for row in found}
    assert told == {("window_title", 0, 0, 5, 17), ("typed", 14, 23, None, None)}
    assert {row["severity"] for row in found} == {"high"}
    assert "Vale" not in json.dumps(found)


def test_the_list_of_interface_words_is_words_and_holds_no_common_name():
    words = names.interface_words()
    assert len(words) > 900
    assert all(word.isalpha() and word == word.casefold() for word in words)
    assert not words & {
        "bill",
        "grace",
        "rose",
        "may",
        "april",
        "august",
        "jack",
        "frank",
        "will",
        "john",
        "anna",
    }


class Answer:
    """What a reader gives: places with letters, their texts, and the words in them."""

    def __init__(self, *, boxes=None, txts=(), scores=(), word_results=(("", 1.0, None),)):
        self.boxes, self.txts, self.scores, self.word_results = boxes, txts, scores, word_results


class Reader:
    """Answers always the same."""

    without_text = ()

    def __init__(self, answer):
        self.answer = answer

    def __call__(self, pixels):
        return self.answer


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        (Answer(), []),
        (Answer(boxes=[BOX], txts=("Card 4111",), scores=(0.9,), word_results=(object(),)), ["Card", "4111"]),
        (Answer(boxes=[BOX], txts=("Crd 4l",), scores=(0.2,), word_results=()), [UNREAD]),
        (Answer(boxes=[BOX], txts=("Card",), scores=(0.9,), word_results=((("Card", 0.9, BOX),),)), ["Card"]),
    ],
    ids=["nothing", "no rectangles of words", "unsure", "words"],
)  # fmt: skip
def test_answers_of_the_reader_in_every_shape(answer, texts, monkeypatch):
    inky = np.tile(np.array([[0], [255]], np.uint8), (20, 60))[:, :, None].repeat(3, axis=2)

    monkeypatch.setattr(picture_reader, "_reader", lambda: Reader(answer))
    assert [word.text for one in picture_reader.read(inky) for word in one] == texts


def test_what_was_read_where_there_is_no_ink_is_dropped(monkeypatch):
    answer = Answer(boxes=[BOX], txts=("Card",), scores=(0.9,), word_results=((("Card", 0.9, BOX),),))
    monkeypatch.setattr(picture_reader, "_reader", lambda: Reader(answer))
    assert picture_reader.read(np.full((40, 60, 3), 200, np.uint8)) == []
