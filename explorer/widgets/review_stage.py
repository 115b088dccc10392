"""The stage on which a reader judges: a component of the browser's own, which gets words and addresses, never items."""

from __future__ import annotations

from urllib.parse import quote

from explorer.review import Plan
from explorer.review.words import ENTITIES
from explorer.widgets import wording
from explorer.widgets.loader import mount_review
from explorer.widgets.opened import reviews
from explorer.widgets.review_words import lists

_HEIGHT = "max(560px, calc(100dvh - 32px))"


def review_stage(plan: Plan, role: str) -> None:
    """Show the items of a started plan to a reader or an adjudicator."""
    way = quote(plan.plan_id, safe="")
    median_ms = {one.role: one.median_ms for one in reviews().spent()}.get(role)
    mount_review(
        f'<div class="player" style="height: {_HEIGHT}"></div>\n',
        key=f"review_{role}",
        data={
            **lists(),
            "way": f"review/{way}",
            "plan_way": f"review?plan={way}",
            "role": role,
            "title": "Adjudication" if role == "adjudicator" else "Review",
            "rule": _rule(plan),
            "welcome": _welcome(plan, role),
            "after": _after(plan, role),
            "pace_ms": median_ms,
        },
    )


def _rule(plan: Plan) -> str:
    if plan.terms.is_peekable:
        return "The result may be looked at at any time (peekable plan)"
    return "Leak rate so far hidden until all is judged (fixed plan)"


def _welcome(plan: Plan, role: str) -> list[str]:
    said = [
        "One moment after the other: a screenshot with all its texts. Keys 1 to 5 judge, ? shows all keys.",
        "Nothing tells why a moment is here: some are drawn by chance, some found by checks, some planted as tests.",
    ]
    said.append(f"Personal here: {wording.joined([ENTITIES[name] for name in plan.terms.entities])}.")
    if role == "adjudicator":
        said.append("Leaks, doubts and disagreements are among these, and as many that were called clean.")
    elif plan.terms.readers == "one":
        said.append("One-person mode: each moment is read once, so how far readers agree cannot be told.")
    else:
        said.append("Each moment is read by two people; nobody reads a moment twice.")
    return said


def _after(plan: Plan, role: str) -> str:
    if role == "adjudicator":
        return "No leak, doubt or disagreement waits for a decision now."
    if plan.terms.readers == "two":
        return "What is left needs another reader, or an adjudicator. The plan's page tells which."
    return "The plan can be finished on its page: then the answer is told."
