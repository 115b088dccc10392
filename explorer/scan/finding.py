"""What a check finds: a place and what is wrong there. Never the text itself, nor a hash of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import attrgetter

import pyarrow as pa

CHANNELS = ("frame", "window_title", "url", "clipboard", "typed", "element_name", "task", "thought", "file")
# high: it can be read or recovered; medium: probably; low: worth a look; risk: no leak, but it tells more than nothing.
SEVERITIES = ("high", "medium", "low", "risk")
UNREAD = "unread"
# Kind -> words for a table.
KINDS = {
    "weak_mask": "mask that lets something through",
    "not_burned": "mask declared, pixels as they were",
    "ink_at_edge": "mask that is misplaced or too small",
    "masks_moved": "session whose masks are off as a whole",
    "not_declared": "solid bar that nobody declared",
    "mask_outside": "mask that covers nothing of its picture",
    "bare_in_neighbour": "masked in one picture, bare in the next",
    "readable_text": "personal value in a text",
    "readable_picture": "personal value in a picture",
    "masked_elsewhere": "text that is masked at other places",
    "masked_beside": "masked in the picture, readable beside it",
    "after_the_end": "bytes after the end of a picture",
    "file_note": "note inside a picture's file",
    "small_copy": "small copy that shows more than its picture",
    "hidden_colour": "colours under transparent pixels",
    "extra_frames": "more than one picture in a file",
    "left_in_statistics": "statistics with a value that no row holds",
    "left_in_dictionary": "dictionary with values that no row holds",
    "unnamed_file": "file that the manifest does not name",
    "stale_rollup": "rollups made before the last change",
    "mask_over_nothing": "mask over an empty surface",
    "window_masked": "whole window masked",
    "code_told": "hidden keys with their physical keys",
    "length_told": "hidden text whose length can be counted",
    "timing_told": "hidden keys with their exact times",
    "same_placeholder": "numbered placeholder that links sessions",
    "rare_title": "titles that too few people have seen",
    UNREAD: "could not be looked at",
}
# Kind that tells of a whole session what another kind tells of each of its masks.
WHOLE_KINDS = {"masks_moved": "ink_at_edge"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where something is wrong, or, with kind `unread`, that could not be looked at.

    A place is a session, and in it a frame (`frame_id`, rectangle in picture pixels) or a row (table, column, `seq`,
    characters `char_start` to `char_end`). `seq_end` and `rows_n`: the last row that holds the same, and how many do.
    Typed text has rows `seq` to `seq_end` and no characters, as it is stored nowhere. What lies in a file of the
    dataset has its path from the dataset's folder, where that applies row group and column, and no session ("").
    A session whose masks are off has its first frame, and `rows_n` masks up to the one of `seq_end`; `reason` says by
    how much.
    """

    session_id: str
    channel: str
    kind: str
    severity: str
    score: float
    detector: str
    detector_version: int
    entity: str | None = None
    frame_id: str | None = None
    redaction_id: str | None = None
    left_px: int | None = None
    top_px: int | None = None
    width_px: int | None = None
    height_px: int | None = None
    source_table: str | None = None
    source_column: str | None = None
    seq: int | None = None
    seq_end: int | None = None
    t_us: int | None = None
    char_start: int | None = None
    char_end: int | None = None
    rows_n: int | None = None
    reason: str | None = None
    file: str | None = None
    row_group: int | None = None


_TEXT = {"session_id", "channel", "kind", "severity", "detector", "entity", "frame_id", "redaction_id",
         "source_table", "source_column", "reason", "file"}  # fmt: skip
_REQUIRED = {"session_id", "channel", "kind", "severity", "score", "detector", "detector_version"}


def _type(name: str) -> pa.DataType:
    return pa.string() if name in _TEXT else pa.float64() if name == "score" else pa.int64()


_values = attrgetter(*(one.name for one in fields(Finding)))  # as astuple gives them, in a tenth of its time
SCHEMA = pa.schema(
    [pa.field(one.name, _type(one.name), nullable=one.name not in _REQUIRED) for one in fields(Finding)]
)


def counted(n: int, noun: str) -> str:
    """A number with its noun, for the reason of a finding: 1 text, 1,200 texts."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def as_table(found: Iterable[Finding]) -> pa.Table:
    """The findings as rows."""
    rows = [_values(one) for one in found]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(SCHEMA)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, SCHEMA, strict=True)]
    return pa.Table.from_arrays(arrays, schema=SCHEMA)
