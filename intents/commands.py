"""Cuts a message into commands: the best labelled segmentation of its clauses by the classifier."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from intents.classifier import Classifier, Guess
from intents.clauses import Clause, split_clauses
from intents.evidence import DEED_BY, evidence_in, weigh
from intents.names import Kind
from intents.sentence import Sentence

PER_SEGMENT = 0.7
"""Cost (nats) of one more command; chosen on the development suites, see eval/README.md."""
LONGEST = 6
MANY_CLAUSES = 24
REMARK, NOTE = "remark", "record_note"


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """One command: a stretch `[begin, stop)` of the text, its intent, and what else it might be, best first."""

    begin: int
    stop: int
    intent: str
    score: float
    guesses: tuple[Guess, ...]
    question: bool = False


def find_commands(sentence: Sentence, classifier: Classifier, topic: str | None = None) -> list[Command]:
    """The commands of a message, left to right; remarks are kept, with that name.

    `topic` is the record type that the conversation is about, which the next message probably is about too.
    """
    clauses = split_clauses(sentence.text, language=sentence.language)[:MANY_CLAUSES]
    if not clauses:
        return []
    return [_command(sentence, classifier, clauses[i:j], topic) for i, j in _best_cut(sentence, classifier, clauses)]


def _best_cut(sentence: Sentence, classifier: Classifier, clauses: Sequence[Clause]) -> list[tuple[int, int]]:
    """Dynamic programming over cuts: the sum of each segment's best log probability, less a cost a segment."""
    count = len(clauses)
    best = np.full(count + 1, -np.inf)
    best[0] = 0.0
    back = [0] * (count + 1)
    for j in range(1, count + 1):
        for i in range(max(0, j - LONGEST), j):
            begin, stop = clauses[i].begin, clauses[j - 1].stop
            score = (
                best[i]
                + classifier.best_single(_reading(sentence, classifier, begin, stop))
                - PER_SEGMENT
                - _joining(sentence, clauses[i:j])
            )
            if score > best[j]:
                best[j], back[j] = score, i
    cuts: list[tuple[int, int]] = []
    j = count
    while j > 0:
        cuts.append((back[j], j))
        j = back[j]
    return cuts[::-1]


HEARD = 0.7
"""What reading misheard command words right must gain (nats) to be believed."""


def _reading(sentence: Sentence, classifier: Classifier, begin: int, stop: int) -> str:
    """The masked text as written, or as it sounds where that makes far better sense as a command."""
    written = sentence.masked(begin, stop)
    heard = sentence.masked(begin, stop, heard=True)
    if heard == written:
        return written
    return heard if classifier.best_single(heard) - classifier.best_single(written) > HEARD else written


_CONNECTIVE = re.compile(
    r"并(?=[把将且删改设建给请提记标])|另外|顺便|顺带|还有|然后|接着|同时|此外|再(?:建|设|加|给|帮|把|提醒|记|排|来|安排|新|约|查|看)|also|then",
    re.I,
)
_ACROSS_CONNECTIVE, _ACROSS_SEMICOLON, _TWO_NAMED, _AFTER_NO = 2.5, 1.5, 3.0, 3.0
_NO_FIRST = re.compile(r"^(?:先别|别|不对|不是|算了|等等|慢着|不行|不要|错了|no|wait|hold on)(?:了|动|急)?$", re.I)
_MET = re.compile(
    r"(?:我|我们)?(?:今天|上午|下午)?(?:刚刚?|才)(?:从|跟|和|去|见|拜访|谈|聊|开完)|just (?:met|visited|saw)", re.I
)
_MOVED = re.compile(r"(?:推|进|移|改|挪)(?:进)?到.{1,8}$")
_DEED_APART = 3.0
_APART = (Kind.CUSTOMER, Kind.OPPORTUNITY, Kind.TASK)


def _joining(sentence: Sentence, clauses: Sequence[Clause]) -> float:
    """What speaks against one command of these clauses (nats): a connective between them, two customers named."""
    if len(clauses) < 2:
        return 0.0
    against = sum(_ACROSS_CONNECTIVE for c in clauses[1:] if _CONNECTIVE.match(sentence.text, c.begin))
    against += sum(_ACROSS_SEMICOLON for c in clauses[1:] if "；" in sentence.text[max(0, c.begin - 2) : c.begin])
    if _NO_FIRST.match(sentence.text[clauses[0].begin : clauses[0].stop]):
        against += _AFTER_NO
    against += _DEED_APART * _deeds_among_others(sentence, clauses)
    named = [_customers_of(sentence, clause) for clause in clauses]
    if len(set.union(*named)) > 1 and sum(bool(n) for n in named) > 1:
        against += _TWO_NAMED
    return against


def _deeds_among_others(sentence: Sentence, clauses: Sequence[Clause]) -> int:
    """How many clauses that say what is to be done by when stand beside a meeting told or a move to a stage."""
    words = [sentence.text[clause.begin : clause.stop] for clause in clauses]
    deeds = sum(DEED_BY.match(each) is not None for each in words)
    told = _MET.match(words[0]) is not None
    moved = any(_MOVED.search(each) for each in words[1:])
    return deeds if told or moved else 0


def _customers_of(sentence: Sentence, clause: Clause) -> set[int | str | None]:
    """The customers that a clause names for sure, itself or by their deals."""
    inside = (m for m in sentence.mentions if clause.begin <= m.begin and m.stop <= clause.stop and m.candidates)
    best = [c for m in inside for c in m.candidates[:1] if c.nameable.kind in _APART and c.score >= 0.85]
    return {c.nameable.id if c.nameable.kind is Kind.CUSTOMER else c.nameable.customer_id for c in best} - {None}


def _command(sentence: Sentence, classifier: Classifier, clauses: Sequence[Clause], topic: str | None) -> Command:
    begin, stop = clauses[0].begin, clauses[-1].stop
    added = weigh(evidence_in(sentence, begin, stop), classifier.labels, topic)
    guesses = tuple(classifier.guess(_reading(sentence, classifier, begin, stop), added=added, best=6))
    return Command(
        begin=begin,
        stop=stop,
        intent=guesses[0].name,
        score=guesses[0].score,
        guesses=guesses,
        question=clauses[-1].question,
    )
