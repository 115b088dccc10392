"""Columns from whatever a source may hold."""

from __future__ import annotations

import json
import math

import numpy as np
import pyarrow as pa

from explorer.importers import columns as col
from explorer.importers.recording import objects
from explorer.trace.schema import EVENT_FLAGS


def test_text_is_kept_and_what_is_no_text_becomes_one() -> None:
    assert col.text(objects(["a", None, ""])).to_pylist() == ["a", None, ""]
    assert col.text(objects(["\udfff", 5, None])).to_pylist() == ["?", "5", None]


def test_numbers_that_are_none_are_null() -> None:
    values = objects([1, 2.5, None, "3", "x", math.nan, math.inf, 10**400, True])
    assert col.numbers(values).to_pylist() == [1.0, 2.5, None, 3.0, None, None, None, None, 1.0]
    assert col.numbers(np.array([math.nan, 1.0])).to_pylist() == [None, 1.0]


def test_pixels_are_rounded_half_up_and_bounded() -> None:
    values = objects([0.5, -0.5, 1.49, None, 1e9, math.nan])
    assert col.pixels(values).to_pylist() == [1, 0, 1, None, None, None]
    assert col.pixels(values).type == pa.int32()


def test_flags_are_sorted_words() -> None:
    bits = np.array([0, 1, (1 << len(EVENT_FLAGS)) - 1])
    words = col.flag_words(bits, EVENT_FLAGS).to_pylist()
    assert words[:2] == [None, EVENT_FLAGS[0]]
    assert words[2] == ",".join(sorted(EVENT_FLAGS))


def test_words_by_index() -> None:
    found = col.words(np.array([0, -1, 1]), ["a", None])
    assert found is not None
    assert found.to_pylist() == ["a", None, None]
    assert col.words(np.array([-1, -1]), ["a"]) is None
    assert col.words(np.array([], np.int64), []) is None


def test_json_text_leaves_out_what_is_empty() -> None:
    text = col.json_text({"b": 1, "a": "ü", "none": None, "empty": "", "nan": math.nan})
    assert text is not None
    assert json.loads(text) == {"a": "ü", "b": 1, "nan": None}
    assert list(json.loads(text)) == ["a", "b", "nan"]
    assert col.json_text({"none": None}) is None
