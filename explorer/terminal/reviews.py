"""`review` on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from explorer.errors import ParameterError, ReviewError
from explorer.terminal.screen import err, one_line, out

if TYPE_CHECKING:
    from explorer.review import Plan, Reviews
    from explorer.review.check import Check

_MOST_BYTES = 2**30


def listed(dataset: Path) -> int:
    """Print the plans of a dataset."""
    with _reviews(dataset) as reviews:
        plans = reviews.plans()
    if not plans:
        err.print("No plans yet.")
        return 0
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("plan", "state", "attempt", "moments", "target", "commitment"):
        table.add_column(name)
    for plan in plans:
        table.add_row(
            plan.plan_id[:8], plan.state, str(plan.attempt), f"{plan.moments_n:,}", f"{plan.terms.target_rate:.2%}",
            f"{plan.commitment[:16]}…",
        )  # fmt: skip
    out.print(table)
    return 0


def reported(dataset: Path, plan_id: str, output: Path, *, is_forced: bool) -> int:
    """Write a report as JSON, or as HTML, by the file's name."""
    from explorer.exports.new_file import new_file
    from explorer.review.report import report_of, written
    from explorer.review.report_html import page_of

    if output.suffix not in (".json", ".html"):
        raise ParameterError("ends neither in .json nor in .html", where="--output")
    with _reviews(dataset) as reviews:
        report = report_of(reviews, _whole(reviews.plans(), plan_id).plan_id)
    text = written(report) if output.suffix == ".json" else page_of(report)
    with new_file(output, outside=dataset, is_forced=is_forced) as partial:
        partial.write_text(text, encoding="utf-8")
    err.print(
        f"Wrote {one_line(str(output))}. Sign-off key: {report['signature']['public_key']}", soft_wrap=True
    )
    return 0


def verified(report: Path, key: str | None, dataset: Path | None) -> int:
    """Print each check of a report; exit code 1 when one of them failed."""
    from explorer.review.verify import verify

    text, public_key = _text(report), None if key is None else _key(key)
    if dataset is None:
        found = verify(text, public_key=public_key)
    else:
        with _reviews(dataset) as reviews:
            found = verify(text, public_key=public_key, reviews=reviews)
    for check in found.checks:
        _print(check)
    failed_n = sum(check.outcome == "failed" for check in found.checks)
    open_n = sum(check.outcome == "not checked" for check in found.checks)
    err.print(
        f"Accepted: nothing failed; {open_n} not checked." if found.is_accepted else
        f"Rejected: {failed_n} of {len(found.checks)} checks failed."
    )  # fmt: skip
    return 0 if found.is_accepted else 1


def public_key(dataset: Path) -> str:
    """The key that signs reports of a dataset, in hex."""
    with _reviews(dataset) as reviews:
        return reviews.signer().public_key


@contextmanager
def _reviews(dataset: Path) -> Iterator[Reviews]:
    from explorer.engine import open_engine
    from explorer.review import open_reviews

    with closing(open_engine(dataset)) as engine, closing(open_reviews(engine)) as reviews:
        yield reviews


def _whole(plans: list[Plan], start: str) -> Plan:
    found = [one for one in plans if one.plan_id.startswith(start)]
    if len(found) != 1:
        raise ParameterError("fits more than one plan" if found else "fits no plan", where="plan",
                             hint="List them with: trace-explorer review plans")  # fmt: skip
    return found[0]


def _print(check: Check) -> None:
    marks = {"confirmed": "ok  ", "failed": "FAIL", "not checked": "?   "}
    out.print(f"{marks[check.outcome]}  {one_line(check.name)}: {one_line(check.said)}", soft_wrap=True)


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise ReviewError("is larger than any report", where=file.name)
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise ReviewError(f"cannot be read ({error.strerror})", where=file.name) from None
    except UnicodeDecodeError:
        raise ReviewError("is no text", where=file.name, hint="Give the report's JSON file") from None


def _key(given: str) -> str:
    """The key itself, or what a file of that name holds."""
    text = given
    path = Path(given)
    if len(given) < 256 and path.is_file():
        text = _text(path)
    text = text.strip().lower()
    if len(text) != 64 or set(text) - set("0123456789abcdef"):
        raise ParameterError("is no key of 64 hex digits, and no file with one", where="--key")
    return text
