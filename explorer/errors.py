"""The one tree of errors: each says what failed, where, and what to do.

`where` names a file, a line or an id, never the content that was found there: traces hold personal data.
"""

from __future__ import annotations


class ExplorerError(Exception):
    """Base of every error that a user can act on."""

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        self.what, self.where, self.hint = what, where, hint
        super().__init__(what, where, hint)

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}. {self.hint}" if self.hint else head

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.what, self.where, self.hint)


def _rebuild(kind: type[ExplorerError], what: str, where: str, hint: str) -> ExplorerError:
    return kind(what, where=where, hint=hint)


class DatasetError(ExplorerError):
    """A trace dataset is missing, damaged, or not of a version this program reads."""


class DatasetBusyError(DatasetError):
    """Another program is writing to the dataset."""


class SourceError(ExplorerError):
    """A recording of a known format is damaged; `where` names file and place."""


class QueryFileError(ExplorerError):
    """A query file breaks the header contract; `where` is file:line."""


class ParameterError(ExplorerError):
    """A query was called with an unknown, missing or wrongly typed parameter."""


class EngineError(ExplorerError):
    """A query could not be answered."""


class QueryTimeout(EngineError):
    """A query ran longer than the time limit, or was interrupted."""


class MappingError(ExplorerError):
    """A mapping of somebody's Parquet is wrong; `where` is its file and key."""


class StoreError(ExplorerError):
    """What people wrote (marks, notes) cannot be read or kept; `where` is the store's file, or host and database."""


class StoreBusyError(StoreError):
    """Another program is writing to the store and did not finish in time."""


class ReviewError(ExplorerError):
    """A review cannot go on as asked."""


class ReviewRefused(ReviewError):
    """It is against the rules of the plan, or against what was done already."""


class PlanChanged(ReviewError):
    """The dataset is not the one that the plan speaks of any more; the text says what changed, in numbers."""


class NoteRefused(ExplorerError):
    """A text that somebody wrote is not kept: it is too long, or has the form of personal data. It is never quoted."""


class TooFewPeople(ExplorerError):
    """A figure over people is refused, because too few of them stand behind it. It is not computed."""
