"""Spot-checking redaction: what is looked at, by which plan, and what reviewers said."""
