"""Whether the bounds that a file states for a column are those of its values."""

from __future__ import annotations


def is_lower_bound_of(bound: str, least: str) -> bool:
    """Whether `bound` is the least value, or the beginning of it: long ones are cut."""
    return least.encode().startswith(bound.encode())


def is_upper_bound_of(bound: str, greatest: str) -> bool:
    """Whether `bound` is the greatest value, or one cut to length whose last character is counted up."""
    cut, own = bound.encode(), greatest.encode()
    if own.startswith(cut):
        return True
    kept = len(bound[:-1].encode())
    return len(cut) <= len(own) and own[:kept] == cut[:kept] and cut > own
