"""Cuts a message into commands: the best labelled segmentation of its clauses by the classifier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from intents.classifier import Classifier, Guess
from intents.clauses import Clause, split_clauses
from intents.evidence import evidence_in, weigh
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


def find_commands(sentence: Sentence, classifier: Classifier) -> list[Command]:
    """The commands of a message, left to right; remarks are kept, with that name."""
    clauses = split_clauses(sentence.text, language=sentence.language)[:MANY_CLAUSES]
    if not clauses:
        return []
    return [_command(sentence, classifier, clauses[i:j]) for i, j in _best_cut(sentence, classifier, clauses)]


def _best_cut(sentence: Sentence, classifier: Classifier, clauses: Sequence[Clause]) -> list[tuple[int, int]]:
    """Dynamic programming over cuts: the sum of each segment's best log probability, less a cost a segment."""
    count = len(clauses)
    best = np.full(count + 1, -np.inf)
    best[0] = 0.0
    back = [0] * (count + 1)
    for j in range(1, count + 1):
        for i in range(max(0, j - LONGEST), j):
            masked = sentence.masked(clauses[i].begin, clauses[j - 1].stop)
            score = best[i] + classifier.best_single(masked) - PER_SEGMENT
            if score > best[j]:
                best[j], back[j] = score, i
    cuts: list[tuple[int, int]] = []
    j = count
    while j > 0:
        cuts.append((back[j], j))
        j = back[j]
    return cuts[::-1]


def _command(sentence: Sentence, classifier: Classifier, clauses: Sequence[Clause]) -> Command:
    begin, stop = clauses[0].begin, clauses[-1].stop
    added = weigh(evidence_in(sentence, begin, stop), classifier.labels)
    guesses = tuple(classifier.guess(sentence.masked(begin, stop), added=added))
    return Command(
        begin=begin,
        stop=stop,
        intent=guesses[0].name,
        score=guesses[0].score,
        guesses=guesses,
        question=clauses[-1].question,
    )
