"""The page's list of findings as a component of the browser's own: counts that filter, rows in view, one looked at."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from explorer.scan.finding import UNREAD
from explorer.scan.listed import FACETS, NO_APP, STATES, Choice, Listed
from explorer.scan.words import KIND_HINTS, SEVERITY_HINTS, channel_words, kind_words
from explorer.store.dismissals import REASONS
from explorer.widgets import wording
from explorer.widgets.finding_rows import PAGE_N, rows_of
from explorer.widgets.findings_state import ADDRESS_NAMES, Judged, address_of
from explorer.widgets.loader import mount

KEY = "findings"
_LABELS = {"severity": "Severity", "kind": "Kind", "channel": "Channel", "app": "App"}
_MOST_VALUES = 200


def findings_list(judged: Judged, choice: Choice, finding_id: str) -> None:
    """Show the findings of a choice, from the line of one of them on; what is clicked leads to another address."""
    mount(
        KEY,
        '<div class="findings" style="min-height: max(480px, calc(100dvh - 180px))"></div>\n',
        key=KEY,
        data=payload(judged, choice, finding_id),
        # A dismissal was kept by its route: the run that follows tells the new numbers.
        on_changed_change=lambda: None,
    )


def payload(judged: Judged, choice: Choice, finding_id: str) -> dict[str, Any]:
    """What the component is given: the first page of rows, and words for all of them."""
    listed = judged.found.listed
    kept = listed.mask(choice, judged.rows)
    rows, sames = listed.lines(kept, choice, judged.rows)
    address = address_of(choice)
    state = repr((sorted(address.items()), judged.found.reading.kept and judged.found.reading.kept.state_id))
    return {
        "list_id": _hash(state),
        "version": _hash(f"{state}{len(listed)} {judged.last_row}"),
        "address": address,
        "query": urlencode(address),
        "state": choice.state,
        "rows": rows_of(judged, choice, rows[:PAGE_N].tolist(), sames[:PAGE_N].tolist()),
        "at": _line_of(listed, finding_id, rows),
        "rows_n": len(rows),
        "findings_n": int(kept.sum()),
        "under_n": int(kept.sum() - sames.sum()),
        "repeats": _repeats(choice, len(rows), int(kept.sum())),
        "page_n": PAGE_N,
        "empty": empty(choice),
        "facets": _facets(judged, choice),
        "session": _session(choice),
        "states": {name: _state(judged, choice, name) for name in STATES},
        "words": words(judged),
        "reasons": [list(reason) for reason in REASONS.items()],
        "files": {
            ending: f"findings/fixes.{ending}?{urlencode(address)}".rstrip("?") for ending in ("csv", "json")
        },
    }


def _line_of(listed: Listed, finding_id: str, lines: NDArray[np.int64]) -> int | None:
    row = listed.row_of(finding_id)
    return None if row is None else listed.line_of(row, lines)


def empty(choice: Choice) -> str:
    """Why a list is empty."""
    if choice.kind == UNREAD:
        return "Nothing was left unread under these filters."
    if choice.without("state", "has_repeats") != Choice():
        return "No finding passes these filters. Choose a filter again to drop it."
    return "Nothing was dismissed." if choice.state == "dismissed" else "Nothing is open."


def words(judged: Judged) -> dict[str, Any]:
    """Words and hints for all that occurs, so that the browser needs none of its own."""
    facets = judged.found.listed.facets(Choice(state="all"), judged.rows)
    kinds = {*list(facets["kind"])[:_MOST_VALUES], UNREAD}
    return {
        "kinds": {kind: [kind_words(kind), KIND_HINTS.get(kind, "")] for kind in kinds},
        "severities": {
            name: [_severity(name), SEVERITY_HINTS.get(name, "")]
            for name in list(facets["severity"])[:_MOST_VALUES]
        },
        "channels": {name: channel_words(name) for name in list(facets["channel"])[:_MOST_VALUES]},
        "reasons": REASONS,
    }


def _facets(judged: Judged, choice: Choice) -> list[dict[str, Any]]:
    counts = judged.found.listed.facets(choice, judged.rows)
    return [
        {
            "name": name,
            "label": _LABELS[name],
            "values": [
                _value(name, value, n, choice) for value, n in list(counts[name].items())[:_MOST_VALUES]
            ],
        }
        for name in FACETS
        if name != "app" or judged.found.are_apps_known
    ]


def _value(facet: str, value: str, n: int, choice: Choice) -> dict[str, Any]:
    is_chosen = getattr(choice, facet) == value
    said, hint = _said(facet, value)
    wanted = choice.without(facet) if is_chosen else _with(choice, facet, value)
    return {
        "value": value, "words": said, "n": n, "href": _href(wanted), "is_chosen": is_chosen, "hint": hint,
    }  # fmt: skip


def _said(facet: str, value: str) -> tuple[str, str]:
    if facet == "severity":
        return _severity(value), SEVERITY_HINTS.get(value, "")
    if facet == "kind":
        return kind_words(value), KIND_HINTS.get(value, "")
    if facet == "channel":
        return channel_words(value), ""
    return ("not known", "") if value == NO_APP else (wording.shortened(value, 60), "")


def _severity(name: str) -> str:
    return wording.shortened(name.replace("_", " "), 20) or "not named"


def _state(judged: Judged, choice: Choice, name: str) -> dict[str, Any]:
    wanted = _with(choice, "state", name)
    return {"n": int(judged.found.listed.mask(wanted, judged.rows).sum()), "href": _href(wanted)}


def _session(choice: Choice) -> dict[str, str] | None:
    """The one session that is listed, and the way to all of them."""
    if choice.session_id is None:
        return None
    return {"id": wording.shortened(choice.session_id, 60), "href": _href(choice.without("session_id"))}


def _repeats(choice: Choice, lines_n: int, findings_n: int) -> dict[str, str] | None:
    """The way between a line for each place and one for each finding; None where they are the same."""
    if choice.has_repeats:
        return {"words": "Fold repeats", "href": _href(choice.without("has_repeats"))}
    if lines_n == findings_n:
        return None
    return {"words": "Unfold repeats", "href": _href(replace(choice, has_repeats=True))}


def _with(choice: Choice, name: str, value: str) -> Choice:
    changed: dict[str, Any] = {name: value}
    return replace(choice, **changed)


def _href(choice: Choice) -> str:
    """The address of a choice, with what the address has from other pages."""
    return f"findings?{urlencode({**filters_of_others(), **address_of(choice)})}".rstrip("?")


def filters_of_others() -> dict[str, str]:
    """What the address has from other pages."""
    return {name: value for name, value in st.query_params.to_dict().items() if name not in ADDRESS_NAMES}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
