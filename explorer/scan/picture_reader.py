"""Reading the words of a picture with RapidOCR, the extra [ocr]. Its models come in its wheel: nothing is fetched."""

from __future__ import annotations

import math
import os
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.measures.read_lines import UNREAD, Box, Word, around, spread
from explorer.measures.tiles import tiles
from explorer.measures.unread_letters import inked, with_unread
from explorer.scan.views import Pixels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LEAST_PX, _LONGEST_SHAPE = 4, 4
_LEAST_SCORE = 0.5
_SETTINGS = {
    "Global.use_cls": False,  # text upside down
    "Global.log_level": "critical",
    "Global.return_word_box": True,
    "Global.text_score": 0.0,
    # Processes are what a scan uses several of.
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}


class Unreadable(ValueError):
    """The reader could not read a picture. What it said is left out, as it might quote the picture."""


def read(pixels: Pixels) -> list[list[Word]]:
    """Runs of words, each from left to right, with rectangles in picture pixels. Raises Unreadable.

    Letters that could not be read are a word UNREAD. A large picture is read in parts: memory does not grow with it.
    """
    height, width = pixels.shape[:2]
    if min(height, width) < _LEAST_PX:
        return []
    runs = []
    for tile in tiles(width, height):
        left, top, right, bottom = tile.box
        for run in _read(pixels[top:bottom, left:right]):
            moved = [Word(word.text, _moved(word.box, left, top)) for word in run]
            runs.append([word for word in moved if tile.owns(word.box)])
    return [run for run in runs if run]


def _read(part: Pixels) -> list[list[Word]]:
    """The same for a part that is small enough."""
    try:
        reader = _reader()
        runs = list(_runs(part, reader(np.ascontiguousarray(_padded(part)[:, :, ::-1]))))
    except Exception as error:  # noqa: BLE001  the reader, its engine and OpenCV have errors of their own
        raise Unreadable(f"words could not be read ({type(error).__name__})") from None
    runs += [[Word(UNREAD, _box(corners))] for corners in reader.without_text]
    # What was read where there is no ink is made up.
    return [[word for word in run if inked(part, word.box)] for run in runs]


def _runs(part: Pixels, answer: Any) -> Iterator[list[Word]]:
    """The words of each place with letters; where the reader gives no rectangles of words, in those of the place."""
    if getattr(answer, "boxes", None) is None:
        return
    words = answer.word_results if len(answer.word_results) == len(answer.boxes) else ()
    has_words = all(isinstance(run, (tuple, list)) and all(len(one) == 3 for one in run) for run in words)
    for at, corners in enumerate(answer.boxes):
        box = _box(corners)
        if has_words and words:
            yield with_unread(part, box, words_of(words[at]))
        else:
            yield spread(answer.txts[at], box) if answer.scores[at] >= _LEAST_SCORE else [Word(UNREAD, box)]


def _padded(part: Pixels) -> Pixels:
    """Not much longer than wide: the reader enlarges pictures until their short side has 736 pixels."""
    height, width = part.shape[:2]
    below, beside = max(0, width // _LONGEST_SHAPE - height), max(0, height // _LONGEST_SHAPE - width)
    return np.pad(part, ((0, below), (0, beside), (0, 0)), mode="edge") if below or beside else part


def _moved(box: Box, left: int, top: int) -> Box:
    return box[0] + left, box[1] + top, box[2] + left, box[3] + top


def words_of(run: Sequence[Any]) -> list[Word]:
    """The words of a run (text, score, corners); one that could not be read where the reader was not sure of them."""
    words = [
        (Word(str(text), _box(corners)), float(score)) for text, score, corners in run if corners is not None
    ]
    if words and sum(score for _, score in words) < _LEAST_SCORE * len(words):
        return [Word(UNREAD, around(word.box for word, _ in words))]
    return [word for word, _ in words]


def _box(corners: Sequence[Sequence[float]]) -> Box:
    lefts, tops = zip(*corners, strict=True)
    return math.floor(min(lefts)), math.floor(min(tops)), math.ceil(max(lefts)), math.ceil(max(tops))


@cache
def _reader() -> Any:
    """One reader a process; the models load with its first picture."""
    os.environ["ORT_DISABLE_TELEMETRY"] = (
        "1"  # from 1.29 on ONNX Runtime tells its maker of its use, if not forbidden
    )
    from rapidocr import RapidOCR
    from rapidocr.utils.process_img import map_boxes_to_original

    class Reader(RapidOCR):  # type: ignore[misc]
        """Keeps the places where it saw letters and read none, which it would drop."""

        without_text: Sequence[Any] = ()

        def build_final_output(self, *parts: Any) -> Any:
            picture, seen, _, read, _, done = parts
            self.without_text = ()
            if seen.boxes is not None and read.txts is not None:
                empty = [not text.strip() for text in read.txts]
                boxes = np.array(seen.boxes, copy=True)[np.array(empty, bool)]
                self.without_text = map_boxes_to_original(boxes, done, *picture.shape[:2])
            return super().build_final_output(*parts)

    return Reader(params=_SETTINGS)
