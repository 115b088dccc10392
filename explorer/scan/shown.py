"""The findings that may be shown: of sessions and channels that consent covers now, each with its application.

A scan is older than what consent says: what was withdrawn since then is in the file still, and in no answer from here.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from explorer.scan.listed import NO_APP
from explorer.scan.words import scope_of

_Bools = NDArray[np.bool_]


def covered(findings: pa.Table, sessions: pa.Table) -> pa.Table:
    """The rows that the rows of scan/covered allow; those about no session stay. A picture needs screenshots."""
    if not findings.num_rows:
        return findings
    own = pc.fill_null(findings["session_id"], "").to_numpy(zero_copy_only=False)
    ids = sessions["session_id"].to_pylist()
    places = {session_id: place for place, session_id in enumerate(ids)}
    at = np.array([places.get(session_id, -1) for session_id in own], np.int64)
    is_free = own == ""
    kept = (at >= 0) | is_free
    for scope in ("screenshots", "keystrokes", "window_titles"):
        allowed = np.append(sessions[f"has_{scope}"].to_numpy(zero_copy_only=False).astype(bool), False)
        kept &= ~_needs(findings, scope) | allowed[at] | is_free
    return findings.filter(pa.array(kept))


def _needs(findings: pa.Table, scope: str) -> _Bools:
    channels = findings["channel"].to_pylist()
    needs = np.array([scope_of(channel or "") == scope for channel in channels], bool)
    if scope == "screenshots":
        needs |= pc.is_valid(findings["frame_id"]).to_numpy(zero_copy_only=False)
    return needs


def apps_of(findings: pa.Table, fronts: pa.Table) -> list[str]:
    """The application in front at each finding, by the rows of scan/fronts; NO_APP where it cannot be told."""
    starts: dict[str, tuple[NDArray[np.int64], list[str]]] = {}
    ids = fronts["session_id"].combine_chunks().dictionary_encode() if fronts.num_rows else None
    if ids is not None:
        codes = ids.indices.to_numpy()
        firsts = np.flatnonzero(np.append(True, np.diff(codes) != 0)).tolist()
        start_us, apps = fronts["start_us"].to_numpy(), fronts["app"].to_pylist()
        names = ids.dictionary.to_pylist()
        for first, end in zip(firsts, [*firsts[1:], len(codes)], strict=True):
            starts[names[codes[first]]] = (start_us[first:end], apps[first:end])
    pairs = zip(findings["session_id"].to_pylist(), findings["t_us"].to_pylist(), strict=True)
    return [_front(starts.get(session_id), t_us) for session_id, t_us in pairs]


def _front(known: tuple[NDArray[np.int64], list[str]] | None, t_us: int | None) -> str:
    if known is None or t_us is None:
        return NO_APP
    at = int(np.searchsorted(known[0], t_us, side="right")) - 1
    return known[1][at] if at >= 0 else NO_APP
