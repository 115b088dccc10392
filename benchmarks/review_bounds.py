"""`python -m benchmarks.review_bounds [RUNS]`: how often a review passes what it should not, and its cost.

Prints the tables of docs/decisions/review-statistics.md. Where scipy is installed, the bounds are compared with it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from time import process_time

import numpy as np
from numpy.typing import NDArray

from explorer.measures.leak_bounds import hypergeometric_upper, pooled_upper, separate_upper
from explorer.measures.peekable_bounds import clean_looks, passes_by, prior_for
from explorer.measures.sample_size import Aim, allowed_leaks, operating_curve, pass_chance, smallest_sample
from explorer.measures.sensitivity import attempt_alpha, limit_n, most_leaks, sensitivity_lower, split_alpha
from explorer.measures.tail_chances import hypergeometric_at_most

Ints = NDArray[np.int64]

TARGET = 0.01
POPULATIONS = (600, 2_000, 10_000, 1_000_000)
STRATA = np.array([20, 180, 800, 9_000])


def main() -> None:
    runs_n = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    chance = np.random.default_rng(0)
    print("Wrong passes, the true number at the target\n")
    _table("plan, moments, sample, exact, simulated, at most", _wrong_passes(chance, runs_n))
    print("Strata drawn each for itself, 10,000 moments, 100 leaks, 5 %: bound below the truth\n")
    _table("rule, leaks, fraction, simulated, median bound", _strata(chance, runs_n // 20))
    print("Leaks overlooked, planted or not, 10,000 moments, 100 leaks\n")
    _table("found with chance, sample, planted, wrong passes, at most", _overlooked(chance, runs_n))
    print("Would not hold: 10,000 moments, 100 leaks\n")
    _table("method, sample, wrong passes, at most", _others())
    print("Power: first attempt without planted items, 10,000 moments\n")
    _table("plan, looks, true 0.05 %, 0.1 %, 0.2 %, 0.5 %", _power())
    print("Processor time\n")
    _table("what, ms", _times())
    print("Against scipy\n")
    _table("what, compared, largest difference", _scipy())


def _table(names: str, rows: Iterator[Sequence[object]]) -> None:
    columns = names.split(", ")
    print("|", " | ".join(columns), "|\n|" + "---|" * len(columns))
    for row in rows:
        print("|", " | ".join(map(str, row)), "|", flush=True)
    print()


def _percent(share: float) -> str:
    return f"{100 * share:.2f} %"


def _wrong_passes(chance: np.random.Generator, runs_n: int) -> Iterator[Sequence[object]]:
    for moments_n in POPULATIONS:
        out_n = limit_n(TARGET, moments_n) + 1
        for allowed_n in (0, 3):
            aim = Aim(moments_n, moments_n, TARGET, 0.025)
            drawn_n = smallest_sample(aim, allowed_n)
            if drawn_n is None:
                continue
            k = allowed_leaks(aim, drawn_n)
            exact = hypergeometric_at_most(k, drawn_n, moments_n, out_n)
            found = chance.hypergeometric(out_n, moments_n - out_n, drawn_n, runs_n)
            simulated = _percent(np.mean(found <= k))
            yield f"fixed, {allowed_n} allowed", moments_n, drawn_n, _percent(exact), simulated, "2.5 %"
        yield _attempts(chance, runs_n, moments_n, out_n)
        yield _peekable_attempts(moments_n, out_n)


def _peekable_attempts(moments_n: int, out_n: int) -> Sequence[object]:
    looks = [
        clean_looks(moments_n, out_n, attempt_alpha(0.95, one), prior_for(TARGET), 40) for one in (1, 2, 3)
    ]
    right = np.prod([1 - passes_by(one, moments_n, out_n)[-1] for one in looks])
    return "peekable, 3 attempts", moments_n, f"{looks[0][0]} or more", _percent(1 - right), "", "4.375 %"


def _attempts(chance: np.random.Generator, runs_n: int, moments_n: int, out_n: int) -> Sequence[object]:
    passed, right, samples = np.zeros(runs_n, np.bool_), 1.0, []
    for attempt in (1, 2, 3):
        drawn_n = smallest_sample(Aim(moments_n, moments_n, TARGET, attempt_alpha(0.95, attempt))) or 0
        passed |= chance.hypergeometric(out_n, moments_n - out_n, drawn_n, runs_n) == 0
        right *= 1 - hypergeometric_at_most(0, drawn_n, moments_n, out_n)
        samples.append(str(drawn_n))
    return (
        "fixed, 3 attempts",
        moments_n,
        ", ".join(samples),
        _percent(1 - right),
        _percent(passed.mean()),
        "4.375 %",
    )


def _strata(chance: np.random.Generator, runs_n: int) -> Iterator[Sequence[object]]:
    places = {"in the smallest": np.array([20, 80, 0, 0]), "everywhere alike": np.array([1, 2, 8, 89]),
              "in the largest": np.array([0, 0, 0, 100])}  # fmt: skip
    rules: dict[str, Callable[[Sequence[int], list[tuple[int, int]]], int]] = {
        "pooled": lambda ks, parts: pooled_upper(sum(ks), parts, 0.05),
        "separate": lambda ks, parts: separate_upper(
            [(k, *part) for k, part in zip(ks, parts, strict=True)], 0.05
        ),
    }
    for rule, of in rules.items():
        for place, leaks in places.items():
            for fraction in (0.03, 0.2):
                drawn = np.ceil(fraction * STRATA).astype(int)
                parts = list(zip(drawn.tolist(), STRATA.tolist(), strict=True))
                kinds, n = np.unique(chance.hypergeometric(leaks, STRATA - leaks, drawn, (runs_n, 4)), axis=0,
                                     return_counts=True)  # fmt: skip
                hi = np.array([of(ks, parts) for ks in kinds.tolist()])
                yield (
                    rule,
                    place,
                    fraction,
                    _percent(n[hi < 100].sum() / runs_n),
                    int(np.median(np.repeat(hi, n))),
                )


def _overlooked(chance: np.random.Generator, runs_n: int) -> Iterator[Sequence[object]]:
    shares = split_alpha(0.025, has_planted=True)
    for planted_n in (25, 51):
        shown = [
            sensitivity_lower(found_n, planted_n, shares.sensitivity) for found_n in range(planted_n + 1)
        ]
        drawn_n = smallest_sample(Aim(10_000, 10_000, TARGET, shares.leaks, shown[-1])) or 0
        hi = np.array([hypergeometric_upper(k, drawn_n, 10_000, shares.leaks) for k in range(30)])
        passes = np.array([[most_leaks(int(one), share, 10_000) < 100 for one in hi] for share in shown])
        for share in (0.7, 0.8, 0.9, 0.97):
            drawn = chance.hypergeometric(100, 9_900, drawn_n, runs_n)
            found, planted = chance.binomial(drawn, share), chance.binomial(planted_n, share, runs_n)
            yield share, drawn_n, planted_n, _percent(passes[planted, np.minimum(found, 29)].mean()), "2.5 %"


def _others() -> Iterator[Sequence[object]]:
    """Chances are exact: sums over the counts that would pass."""
    k, z = np.arange(60), 1.645
    for name, n in [("normal approximation", 299), ("Wilson", 269)]:
        share = k / n
        if name == "Wilson":
            root = np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
            hi = (share + z**2 / (2 * n) + z * root) / (1 + z**2 / n)
        else:
            hi = share + z * np.sqrt(share * (1 - share) / n)
        most = int(np.flatnonzero(hi < TARGET).max())
        yield name, n, _percent(hypergeometric_at_most(most, n, 10_000, 100)), "5 %"
    aim = Aim(10_000, 10_000, TARGET, 0.05)
    looks = np.array([smallest_sample(aim, one) for one in range(40)])
    yield (
        "exact bound for a fixed sample, looked at after each item",
        "any",
        _percent(passes_by(looks, 10_000, 100)[-1]),
        "5 %",
    )
    again = 1 - (1 - hypergeometric_at_most(0, 294, 10_000, 100)) ** 3
    yield "three attempts without halving alpha", 294, _percent(again), "5 %"


def _power() -> Iterator[Sequence[object]]:
    leaks = (5, 10, 20, 50)
    fixed = Aim(10_000, 10_000, TARGET, 0.025)
    for allowed_n in range(4):
        drawn_n = smallest_sample(fixed, allowed_n) or 0
        yield (
            f"fixed, {allowed_n} allowed",
            drawn_n,
            *(_percent(pass_chance(fixed, drawn_n, one)) for one in leaks),
        )
    peekable = Aim(10_000, 10_000, TARGET, 0.025, prior=prior_for(TARGET))
    for looks in (smallest_sample(peekable) or 0, 800, 1500, 3000):
        yield "peekable, at most", looks, *(_percent(pass_chance(peekable, looks, one)) for one in leaks)


def _times() -> Iterator[Sequence[object]]:
    peekable = Aim(1_000_000, 1_000_000, TARGET, 0.02, prior=prior_for(TARGET))
    works: dict[str, Callable[[], object]] = {
        "one bound, 2 of 433 of 10,000": lambda: hypergeometric_upper(2, 433, 10_000, 0.02),
        "one bound, 3,000 of 50,000 of 1,000,000": lambda: hypergeometric_upper(
            3_000, 50_000, 1_000_000, 0.02
        ),
        "a sample size of 1,000,000": lambda: smallest_sample(Aim(1_000_000, 1_000_000, TARGET, 0.02)),
        "a curve of a fixed plan": lambda: operating_curve(Aim(10_000, 10_000, TARGET, 0.02), 389),
        "a curve of a peekable plan of 1,000,000": lambda: operating_curve(peekable, 20_000),
    }
    for name, work in works.items():
        began = process_time()
        work()
        yield name, f"{1000 * (process_time() - began):.1f}"


def _scipy() -> Iterator[Sequence[object]]:
    if find_spec("scipy") is None:
        yield "not run: scipy is not installed", 0, ""
        return
    from scipy import stats

    chance, worst, compared_n = np.random.default_rng(1), 0.0, 0
    for _ in range(20_000):
        of_n = int(chance.integers(1, 200_000))
        drawn_n, leaks_n = (min(of_n, int(chance.integers(0, 2_000))) for _ in range(2))
        k = max(0, int(chance.poisson(drawn_n * leaks_n / of_n)) - int(chance.integers(0, 4)))
        theirs = float(stats.hypergeom.cdf(k, of_n, leaks_n, drawn_n))
        if theirs > 1e-12:
            ours = hypergeometric_at_most(k, drawn_n, of_n, leaks_n)
            worst, compared_n = max(worst, abs(ours / theirs - 1)), compared_n + 1
    yield "hypergeometric chances", compared_n, f"{worst:.1e} of itself"
    ends = [(int(k), int(n)) for n in chance.integers(1, 5_000, 1_000) for k in chance.integers(0, n + 1, 1)]
    off = [
        abs(sensitivity_lower(k, n, 0.02) - (stats.beta.ppf(0.02, k, n - k + 1) if k else 0.0))
        for k, n in ends
    ]
    yield "Clopper-Pearson ends", len(ends), f"{max(off):.1e}"


if __name__ == "__main__":
    main()
