"""What the benchmark of the scan counts."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from typing import TypeVar

SUMMED = ("weak, recoverable", "weak, recoverable, not low", "misplaced", "sound called weak",
          "sound called weak, not low", "sound called misplaced")  # fmt: skip
Answer = TypeVar("Answer")


class Sums:
    """Counts by name, of what was looked at and what was found, and processor seconds by check."""

    def __init__(self, is_whole: bool = True) -> None:
        self.is_whole = is_whole  # or only whether masks are solid
        self.all, self.hit = Counter[str](), Counter[str]()
        self.cpu_s, self.masks_n = Counter[str](), 0

    def note(self, name: str, is_found: bool) -> None:
        group = name.partition(": ")[0]
        for one in (name, *([f"{group}: all"] if group in SUMMED else [])):
            self.all[one] += 1
            self.hit[one] += is_found

    def timed(self, check: str, look: Callable[[], Answer]) -> Answer:
        """What a check answers, its processor time added up."""
        start = time.process_time()
        answer = look()
        self.cpu_s[check] += time.process_time() - start
        return answer
