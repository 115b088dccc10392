"""Spot-checking redaction: what is looked at, by which plan, and what reviewers said."""

from __future__ import annotations

from explorer.engine import Engine
from explorer.review.after_fix import AfterFix, EarlierSample
from explorer.review.changes import Changed
from explorer.review.draw import Planted
from explorer.review.judged import Judged, Spent
from explorer.review.moments import Population
from explorer.review.plan import Draft, Plan, Stratum
from explorer.review.queue import ClosedBatch, Kept, Progress, Queue, Served, Undone
from explorer.review.reviews import Reviews
from explorer.review.shown import Box, Span, TextRow
from explorer.review.sight import FoundHere, Revealed, Shown
from explorer.review.standing import Reading
from explorer.review.terms import Terms
from explorer.review.verdict import Spot, spot_of

__all__ = [
    "AfterFix", "Box", "Changed", "ClosedBatch", "Draft", "EarlierSample", "FoundHere", "Judged", "Kept", "Plan",
    "Planted", "Population",
    "Progress", "Queue", "Reading", "Revealed", "Reviews", "Served", "Shown", "Span", "Spent", "Spot", "Stratum",
    "Terms", "TextRow", "Undone", "open_reviews", "spot_of",
]  # fmt: skip


def open_reviews(engine: Engine, *, url: str | None = None) -> Reviews:
    """Reviews of the dataset that the engine has open, kept beside its marks, or with `url` in PostgreSQL."""
    return Reviews(engine, url=url)
