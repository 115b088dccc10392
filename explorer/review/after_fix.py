"""After a fix: what changed since a plan, whether that plan's sample may still speak, and what the next one has to do.

The rules and why they hold are in docs/decisions/review-statistics.md, "After a fix". A next plan never counts an
earlier sample: it reviews in full what changed, and draws anew from the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from explorer.errors import ReviewRefused
from explorer.measures.item_verdicts import LEAK, NOT_JUDGED, is_counted
from explorer.measures.sensitivity import most_leaks
from explorer.review.changes import Kept
from explorer.review.draw import IN_FULL, RANDOM
from explorer.review.estimate import estimate
from explorer.review.judged import Judged
from explorer.review.plan import ABANDONED, FINISHED, REST, Plan
from explorer.review.tally import tally


@dataclass(frozen=True, slots=True)
class EarlierSample:
    """What chance drew for the earlier plan, in moments, and why it cannot speak again (`reasons`; none: it may).

    `drawn_n`: drawn, in a peekable plan also judged. `leaks_n`, `doubts_n` (unsure, broken): found among them.
    `open_n`: not judged. `changed_n`: of those drawn, changed or gone since. `part_n`: moments of the part that it was
    drawn from which are as they were; at most `most_n` of them leak, at confidence 1 - `alpha`, if reviewers find at
    least the share `sensitivity_lo`. `most_n` is None where the sample cannot speak.
    """

    drawn_n: int
    leaks_n: int
    doubts_n: int
    open_n: int
    changed_n: int
    reasons: tuple[str, ...]
    part_n: int
    most_n: int | None
    sensitivity_lo: float
    alpha: float

    @property
    def is_valid(self) -> bool:
        """What it said of the moments that are as they were still holds."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class AfterFix:
    """Moments now against those of an earlier plan; as they were are those of the same id and unit.

    `in_full_n`: moments that a plan reviews in full if it follows: changed, new, and those that look like one of them.
    `in_full_units_n`: looks that takes. `rest_n`: all others now; flagged ones among them are reviewed in full as well.
    """

    plan_id: str
    unchanged_n: int
    changed_n: int
    new_n: int
    gone_n: int
    in_full_n: int
    in_full_units_n: int
    rest_n: int
    sample: EarlierSample

    @property
    def is_same(self) -> bool:
        """Nothing is other than it was."""
        return not (self.changed_n or self.new_n or self.gone_n)


def after_fix(
    plan: Plan, judged: Sequence[Judged], kept: Kept, now: pa.Table, is_prompted: bool | None
) -> AfterFix:
    """Compare what an earlier plan committed to with the moments now (moment_id, unit_id).

    judged: all that was said of the earlier plan's items
    is_prompted: whether the planner says that its sample led to the fix; None while nobody has said
    """
    is_same = kept.as_it_was(now)
    here = np.asarray(pc.is_in(kept.rows["moment_id"], now["moment_id"].combine_chunks()), bool)
    unchanged_n, known_n = int(is_same.sum()), int(here.sum())
    is_touched = kept.touched(now)
    in_full_n = int(is_touched.sum())
    return AfterFix(
        plan_id=plan.plan_id,
        unchanged_n=unchanged_n,
        changed_n=known_n - unchanged_n,
        new_n=now.num_rows - known_n,
        gone_n=kept.rows.num_rows - known_n,
        in_full_n=in_full_n,
        in_full_units_n=int(pc.count_distinct(now["unit_id"].filter(pa.array(is_touched))).as_py()),
        rest_n=now.num_rows - in_full_n,
        sample=_sample(plan, judged, kept, pa.array(is_same), is_prompted),
    )


def _sample(
    plan: Plan, judged: Sequence[Judged], kept: Kept, is_same: pa.Array, is_prompted: bool | None
) -> EarlierSample:
    same = set(kept.rows["moment_id"].filter(is_same).to_pylist())
    drawn, open_n, leaks_n, doubts_n = _counted(plan, judged)
    changed_n = sum(moment_id not in same for one in drawn for moment_id in one.moments)
    part_n = sum(moment_id in same for moment_id, _ in kept.part(REST))
    drawn_n = sum(one.moments_n for one in drawn)
    is_short = plan.state != FINISHED or (open_n > 0 and not plan.terms.is_peekable)
    held = {
        "leak": leaks_n, "doubt": doubts_n, "unfinished": is_short, "changed": changed_n,
        "prompted": is_prompted, "undeclared": is_prompted is None, "empty": not drawn_n,
    }  # fmt: skip
    reasons = tuple(name for name, is_so in held.items() if is_so)
    most_n, share = (None, 0.0) if reasons else _most(plan, judged, part_n)
    return EarlierSample(
        drawn_n, leaks_n, doubts_n, open_n, changed_n, reasons, part_n, most_n, share, plan.alpha
    )


def _counted(plan: Plan, judged: Sequence[Judged]) -> tuple[list[Judged], int, int, int]:
    """Items that chance drew (if peekable: and were judged); moments not judged, that leak, and in doubt."""
    counts = tally(plan, judged, lambda one: one.readings)
    is_drawn = np.fromiter((one.kind == RANDOM for one in counts.drawn), np.bool_, len(counts.drawn))
    weight = np.fromiter((one.moments_n for one in counts.drawn), np.int64, len(counts.drawn)) * is_drawn
    is_open, is_leak = counts.ranks == NOT_JUDGED, counts.ranks == LEAK
    is_doubt = is_counted(counts.ranks) & ~is_open & ~is_leak
    kept = np.flatnonzero(is_drawn & ~is_open if plan.terms.is_peekable else is_drawn)
    open_n, leaks_n, doubts_n = (int(weight[which].sum()) for which in (is_open, is_leak, is_doubt))
    return [counts.drawn[at] for at in kept.tolist()], open_n, leaks_n, doubts_n


def _most(plan: Plan, judged: Sequence[Judged], part_n: int) -> tuple[int, float]:
    """Leaks at most among the moments of the part that are as they were, and the sensitivity that this takes."""
    found = estimate(plan, judged)
    share = found.decision.sensitivity_lo
    [rest] = [one.bounds for one in found.strata if one.name == REST]
    return min(part_n, most_leaks(rest.leaks_hi_n, share, rest.moments_n)), share


def refuse_to_follow(plan: Plan, judged: Sequence[Judged], filters: Mapping[str, object], key: str) -> None:
    """Raise ReviewRefused where a plan with these filters, and texts hashed by that key, cannot follow this one."""
    where = f"plan {plan.plan_id[:8]}"
    if not plan.was_started or plan.state not in (FINISHED, ABANDONED):
        raise ReviewRefused("cannot be followed before it was started and ended", where=where,
                            hint="Finish or abandon it first")  # fmt: skip
    if _set(plan.terms.filters) != _set(filters):
        raise ReviewRefused("speaks of other sessions, so what is new cannot be told", where=where,
                            hint="Use the same filter, or make a plan that follows none")  # fmt: skip
    if plan.key_id != key:
        raise ReviewRefused("was made with another key for texts than the one on this computer", where=where,
                            hint="Put the key's file back, or make a plan that follows none")  # fmt: skip
    if is_pending(plan, judged):
        raise ReviewRefused("followed a fix itself and was not reviewed to its end", where=where,
                            hint="Follow the plan that it follows")  # fmt: skip


def is_pending(plan: Plan, judged: Sequence[Judged]) -> bool:
    """Whether moments that an earlier fix changed still wait for a verdict."""
    return plan.terms.follows is not None and any(
        one.stratum in IN_FULL and not one.is_complete for one in judged
    )


def _set(filters: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in filters.items() if value is not None}
