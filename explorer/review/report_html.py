"""A report to read: one page without scripts, pictures or anything from elsewhere. The JSON file is what is checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any

from explorer.review.recount import told_plan
from explorer.review.report_form import plan_part
from explorer.review.report_rows import PARTS, PLANS, asked, found, parts, plans
from explorer.review.sentences import percent

_STYLE = """
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6573; --line: #d9dee5; --ground: #fff;
  --good: #1b7f4d; --bad: #c62828; --open: #8a6d00 }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --soft: #98a2b3; --line: #333b47; --ground: #14181f;
  --good: #3fbf7f; --bad: #ff6b6b; --open: #d9b93b } }
body { margin: 0 auto; padding: 32px 20px 64px; max-width: 860px; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums }
h1 { font-size: 22px; margin: 0 0 4px } h2 { font-size: 16px; margin: 32px 0 8px }
.PASS { color: var(--good) } .FAIL { color: var(--bad) } .UNDECIDED { color: var(--open) }
.answer { font-size: 19px; margin: 20px 0 8px } .soft { color: var(--soft) }
.table { overflow-x: auto } table { border-collapse: collapse; width: 100% }
th, td { padding: 5px 16px 5px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top }
td { overflow-wrap: anywhere } td:first-child { min-width: 110px } th { font-weight: 600; color: var(--soft) }
code { font-size: 13px; overflow-wrap: anywhere }
svg { display: block; width: 100%; height: 56px; margin: 8px 0 } svg text { font-size: 12px; fill: var(--soft) }
@media print { body { padding: 0 } }
"""


def page_of(report: Mapping[str, Any]) -> str:
    """The report as one HTML page."""
    part = next(one for one in report["plans"] if one["plan_id"] == report["plan_id"])
    plan, estimate = told_plan(plan_part(part)), part["estimate"]
    decision = estimate["decision"]
    outcome = escape(decision["outcome"])
    dataset, own = (f"<code>{escape(one)}</code>" for one in (report["dataset_id"], plan.plan_id))
    body = [
        "<h1>Review of redaction</h1>",
        f'<p class="soft">Dataset {dataset}, plan {own}, made {_day(report["made_utc_us"])}</p>',
        f'<p class="answer"><b class="{outcome}">{outcome}.</b> {escape(estimate["answer"])}</p>',
        f'<p class="soft">{escape(estimate["rests_on"])} {escape(estimate["more"])}</p>',
        _bar(decision, plan.terms.target_rate),
        _section("What was asked", _table(asked(plan))),
        *([_section("After a fix", _list(estimate["after_fix"]["said"]))] if "after_fix" in estimate else []),
        _section("What was found", _table(found(plan, estimate))),
        _section("By part and channel, not adjusted for looking at many", _table(parts(estimate), PARTS)),
        _section("All plans of this collection", _table(plans(report), PLANS)),
        _section("What this does not say", _list(report["not_covered"])),
        _section("How to check it", _CHECK.format(key=escape(report["signature"]["public_key"]))),
    ]
    return _PAGE.format(style=_STYLE, body="".join(body))


_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Review of redaction</title>
<style>{style}</style></head>
<body>{body}</body>
</html>
"""
_CHECK = (
    "<p>The JSON file that belongs to this page holds every verdict, the population, the draw and the signatures. "
    "<code>trace-explorer review verify report.json --key {key}</code> counts all of it again. Take the key from "
    "whoever signs, not from this page.</p>"
)


def _bar(decision: Mapping[str, Any], target_rate: float) -> str:
    """The bounds beside the target, on a scale that shows both."""
    whole = max(decision["bounds"]["moments_n"], 1)
    low, high = decision["bounds"]["leaks_lo_n"] / whole, decision["most_n"] / whole
    end = max(high, target_rate) * 1.25 or 1.0
    x_low, x_high, x_target = (round(800 * one / end, 1) for one in (low, high, target_rate))
    said = f"between {percent(low)} and {percent(high)} of moments; the target is {percent(target_rate)}"
    return (
        f'<svg viewBox="0 0 800 56" preserveAspectRatio="none" role="img" aria-label="{said}">'
        f'<rect x="0" y="20" width="800" height="10" fill="var(--line)"/>'
        f'<rect x="{x_low}" y="20" width="{max(2, x_high - x_low)}" height="10" fill="var(--open)"/>'
        f'<rect x="{x_target - 1}" y="12" width="2" height="26" fill="var(--bad)"/></svg>'
        f'<p class="soft">Leaks: {said}.</p>'
    )


def _section(title: str, content: str) -> str:
    return f"<h2>{title}</h2>{content}"


def _list(lines: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"


def _table(rows: Iterable[Sequence[str]], head: Sequence[str] = ()) -> str:
    top = "<tr>" + "".join(f"<th>{escape(one)}</th>" for one in head) + "</tr>" if head else ""
    lines = ("<tr>" + "".join(f"<td>{_cell(one)}</td>" for one in row) + "</tr>" for row in rows)
    return f'<div class="table"><table>{top}{"".join(lines)}</table></div>'


def _cell(text: str) -> str:
    is_hash = len(text) == 64 and " " not in text
    return f"<code>{escape(text)}</code>" if is_hash else escape(text)


def _day(at_utc_us: int) -> str:
    return datetime.fromtimestamp(at_utc_us / 1e6, UTC).strftime("%Y-%m-%d")
