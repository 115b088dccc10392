"""Keys put together to the text that they spell, for the checks of texts; findings name rows, never characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from explorer.measures.typed_text import MASKED, Press, Typed, typed
from explorer.scan.finding import Finding
from explorer.scan.views import Text

NAME, VERSION = "typed_text", 2


def texts(session_id: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Text, Typed]]:
    """Texts of one session's rows of scan/keys, each with the rows of its characters and the time of the first."""
    times_us: dict[int, int | None] = {}

    def presses() -> Iterator[Press]:
        for row in rows:
            times_us[row["seq"]] = row["t_us"]
            yield press_of(row)

    for one in typed(presses()):
        t_us = times_us.get(one.seqs[0]) if one.seqs else None
        yield Text(one.text, "typed", {"session_id": session_id, "t_us": t_us}), one


def press_of(row: Mapping[str, Any]) -> Press:
    """The row as a press."""
    is_paste = row["kind"] == "clipboard_paste"
    pasted = (row["pasted"] or MASKED) if is_paste else None
    return Press(row["seq"], row["key"], row["mods"], pasted, is_key=row["kind"] == "key_down")


def placed(finding: Finding, spelled: Typed) -> Finding:
    """The finding at the rows that wrote its characters."""
    start, end = finding.char_start or 0, finding.char_end or 0
    seqs = spelled.seqs[start:end] or spelled.seqs
    return replace(
        finding, source_table="events", source_column="key", seq=min(seqs), seq_end=max(seqs),
        rows_n=len(set(seqs)), char_start=None, char_end=None, detector=f"{finding.detector}+{NAME}",
    )  # fmt: skip
