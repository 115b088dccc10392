"""What makes two moments one look: the same picture, the same masks, the same texts, the same keys; nothing less.

Each part is hashed with a key that stays with the data, because a short text can be guessed from a plain hash.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

_PART_BYTES = 16
Numbers = NDArray[np.int64]


def digest(key: bytes, text: str) -> bytes:
    """16 bytes of HMAC-SHA256. Halves of characters, which text from broken sources holds, are kept apart."""
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256")[:_PART_BYTES]


class Parts:
    """Parts of moments, collected column by column; `unit_ids` puts them together.

    Parts given with `add` count as a set, those given with `add_in_order` as a sequence.
    """

    def __init__(self, key: bytes, moments_n: int) -> None:
        self._key, self._moments_n = key, moments_n
        self._known: dict[bytes, int] = {}
        self._pairs: list[tuple[Numbers, Numbers]] = []
        self._sequence: tuple[Numbers, Numbers] | None = None

    def add(self, name: str, moments: Numbers, values: pa.Array | pa.ChunkedArray) -> None:
        """Value by value a part of the moment of that number; NULL is no part."""
        codes = self._codes(name, values)
        is_there = codes >= 0
        self._pairs.append((moments[is_there], codes[is_there]))

    def add_in_order(self, name: str, moments: Numbers, values: pa.Array | pa.ChunkedArray) -> None:
        """A sequence for each moment; `moments` rise or stay."""
        self._sequence = moments, self._codes(name, values)

    def unit_ids(self) -> list[str]:
        """32 hex digits for each moment; equal where all parts are."""
        digests = list(self._known)
        by_digest = np.argsort(np.array(digests, dtype=f"S{_PART_BYTES}"), kind="stable")
        place = np.empty(len(digests), np.int64)
        place[by_digest] = np.arange(len(digests))
        table = np.frombuffer(b"".join(digests[at] for at in by_digest), np.uint8).reshape(-1, _PART_BYTES)
        sets = self._slices(table, place, *self._set(place))
        sequences = self._slices(table, place, *(self._sequence or (_NONE, _NONE)))
        return [
            hmac.digest(self._key, b"%d:%b%b" % (len(one), one, order), "sha256")[:_PART_BYTES].hex()
            for one, order in zip(sets, sequences, strict=True)
        ]

    def _codes(self, name: str, values: pa.Array | pa.ChunkedArray) -> Numbers:
        """A number for each distinct value; -1 for NULL."""
        whole = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
        encoded = whole.dictionary_encode()
        own = [self._code(digest(self._key, f"{name}\0{text}")) for text in encoded.dictionary.to_pylist()]
        at = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
        codes: Numbers = np.append(np.array(own, np.int64), -1)[at]
        return codes

    def _code(self, part: bytes) -> int:
        return self._known.setdefault(part, len(self._known))

    def _set(self, place: Numbers) -> tuple[Numbers, Numbers]:
        """Moments and codes, each pair once, by moment and by digest."""
        if not self._pairs:
            return _NONE, _NONE
        moments = np.concatenate([moments for moments, _ in self._pairs])
        codes = np.concatenate([codes for _, codes in self._pairs])
        width = len(place) + 1
        pairs = np.unique(moments * width + place[codes])
        back = np.empty(len(place), np.int64)
        back[place] = np.arange(len(place))
        return pairs // width, back[pairs % width]

    def _slices(
        self, table: NDArray[np.uint8], place: Numbers, moments: Numbers, codes: Numbers
    ) -> Iterable[bytes]:
        """The digests of each moment's parts, one after the other."""
        rows = table[place[codes]].tobytes() if len(codes) else b""
        ends = np.searchsorted(moments, np.arange(self._moments_n), side="right") * _PART_BYTES
        starts = np.concatenate([[0], ends])[:-1]
        return (rows[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True))


_NONE: Numbers = np.empty(0, np.int64)


def picture_of(row: Mapping[str, Any]) -> str | None:
    """What a moment's picture is known by; a picture of which nothing is known is like no other."""
    if row["frame_id"] is None:
        return None
    size = f"{row['width_px']}x{row['height_px']}"
    if row["pixels_sha256"]:
        return f"pixels {size} {row['pixels_sha256']}"
    return f"bytes {size} {row['sha256']}" if row["sha256"] else f"frame {row['frame_id']}"


def fingerprint(moments: Iterable[tuple[str, str]]) -> str:
    """sha256 over ids of moments with their units, in the order given."""
    whole = hashlib.sha256()
    for moment_id, unit_id in moments:
        whole.update(f"{moment_id} {unit_id}\n".encode())
    return whole.hexdigest()
