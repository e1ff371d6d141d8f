"""How much of what is asked stands in a place: terms looked for in a sentence, its section, its document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crm_store.collateral.chunking import sentences
from crm_store.collateral.cleaning import folded
from crm_store.collateral.index import CollateralIndex, context_of
from crm_store.collateral.passages import Section
from crm_store.collateral.question import ELSEWHERE, Term
from crm_store.collateral.terms import terms_of

IN_SECTION, IN_CONTEXT = 0.8, 0.7
"""How much a word counts that stands not in the sentence but in its section, or in the headings above."""
WEIGHTY, SOLID = 0.6, 0.9
"""Weights from which a missing word is told, and from which the rest is not the answer without it."""
BY_CONCEPT, BY_PLACE = 0.9, 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A stretch of text as evidence: as quoted, as compared, its tokens and concepts."""

    text: str
    folded: str
    words: frozenset[str]
    concepts: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Text:
        """Read a text."""
        plain = folded(text)
        found = terms_of(plain)
        return cls(text=text, folded=plain, words=frozenset(found.words), concepts=frozenset(found.concepts))

    def holds(self, term: Term) -> float:
        """0 to 1: whether the term stands here, literally or as a word of the same meaning."""
        literal = term.text in self.words if len(term.text) == 1 or term.code else term.text in self.folded
        if literal:
            return 1.0
        shared = term.concepts & self.concepts
        if shared:
            return BY_CONCEPT if shared != {ELSEWHERE} else BY_PLACE
        return self._partly(term.text) if not term.code and len(term.text) > 2 else 0.0

    def _partly(self, word: str) -> float:
        pairs = [word[i : i + 2] for i in range(len(word) - 1)]
        found = sum(pair in self.folded for pair in pairs) / len(pairs)
        return 0.8 * found if found >= 0.5 and not word.isascii() else 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """A section read for evidence."""

    section: Section
    sentences: tuple[Text, ...]
    whole: Text
    context: Text


def ground_of(section: Section) -> Ground:
    """Read a section."""
    pieces = tuple(Text.of(sentence) for line in section.lines for sentence in sentences(line))
    context = f"{context_of(section)}\n{section.about.kind}"
    return Ground(section=section, sentences=pieces, whole=Text.of(section.text), context=Text.of(context))


class Weigher:
    """Weighs terms by their rarity in the material, and adds up how much of them stands in a place."""

    def __init__(self, index: CollateralIndex, grounds: Sequence[Ground]) -> None:
        self._index = index
        self._highest = max(index.postings["words"].rarity("\0"), 1e-9)
        self._grounds = grounds
        self._known: dict[str, float] = {}

    def weight(self, term: Term) -> float:
        """A term's weight by itself times its rarity in the material (0.3 to 1)."""
        if term.text not in self._known:
            self._known[term.text] = 0.3 + 0.7 * self._rarity(term) / self._highest
        return term.weight * self._known[term.text]

    def _rarity(self, term: Term) -> float:
        words, concepts = self._index.postings["words"], self._index.postings["concepts"]
        if term.text in words:
            return words.rarity(term.text)
        known = [concepts.rarity(name) for name in term.concepts if name in concepts]
        return min(known, default=words.rarity(term.text))

    def coverage(self, terms: Sequence[Term], sentence: Text, ground: Ground | None) -> float:
        """Share (0 to 1) of the terms' weight that stands in a sentence or, less, in the section or headings around it."""
        total = sum(self.weight(term) for term in terms)
        if not total:
            return 0.0
        return sum(self.weight(term) * self._held(term, sentence, ground) for term in terms) / total

    def _held(self, term: Term, sentence: Text, ground: Ground | None) -> float:
        here = sentence.holds(term)
        if ground is None or here == 1.0:
            return here
        return max(here, IN_SECTION * ground.whole.holds(term), IN_CONTEXT * ground.context.holds(term))

    def missing(self, terms: Iterable[Term], grounds: Iterable[Ground]) -> list[Term]:
        """The weighty terms that stand in none of the places, heaviest first."""
        places = list(grounds)
        lost = [
            term
            for term in terms
            if term.weight >= WEIGHTY
            and not any(max(place.whole.holds(term), place.context.holds(term)) > 0 for place in places)
        ]
        return sorted(lost, key=self.weight, reverse=True)
