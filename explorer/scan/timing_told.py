"""Hidden keys that keep their exact times: the rhythm of typing helps to guess a text, and to know a person again.

A risk, no leak.
"""

from __future__ import annotations

from collections.abc import Iterator

from explorer.measures.hidden_keys import exact_n
from explorer.scan.finding import Finding
from explorer.scan.hidden_keys import SessionKeys

NAME, VERSION = "timing_told", 1
_LEAST_N = 4


def look(keys: SessionKeys) -> Iterator[Finding]:
    """A finding for a session in which enough hidden keys have times finer than a tenth of a second."""
    times = keys.t_us[keys.is_hidden]
    n = exact_n(times[times >= 0])
    if n >= _LEAST_N:
        yield Finding(
            **keys.place, kind="timing_told", severity="risk", score=0.5, detector=NAME, detector_version=VERSION,
            rows_n=n,
        )  # fmt: skip
