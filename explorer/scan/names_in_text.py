"""Names of people in titles, typed text, element names, the clipboard, tasks and thoughts. Needs the extra [ner]."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explorer.scan.finding import Finding
from explorer.scan.names import LEAST_VOTES, SURE_VOTES, VOTE_SCORES, Named
from explorer.scan.personal_text import values
from explorer.scan.views import Text

NAME, VERSION = "names_in_text", 1
# An address holds words without capitals: names in it are found where they were masked elsewhere.
CHANNELS = ("window_title", "clipboard", "typed", "element_name", "task", "thought")


def look(text: Text, named: Sequence[Named]) -> Iterator[Finding]:
    """A finding for each run of words that the model takes for a name, and that no form tells already."""
    sure = [one for one in named if one.votes >= LEAST_VOTES]
    told = values(text.text, is_address=False) if sure else ()
    for one in sure:
        if not any(one.start < other.end and other.start < one.end for other in told):
            yield Finding(
                **text.place, channel=text.channel, kind="readable_text",
                severity="high" if one.votes >= SURE_VOTES else "medium", score=VOTE_SCORES[one.votes],
                detector=NAME, detector_version=VERSION, entity="PERSON", char_start=one.start, char_end=one.end,
            )  # fmt: skip
