"""How much of what is asked stands in a place: terms looked for in a sentence, its section, its document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from crm_store.collateral.asking import ELSEWHERE, Term
from crm_store.collateral.chunking import sentences
from crm_store.collateral.cleaning import folded
from crm_store.collateral.index import CollateralIndex, context_of
from crm_store.collateral.passages import Section
from crm_store.collateral.terms import terms_of

LONGEST = 100
IN_SECTION, IN_HEADING, IN_CONTEXT = 0.8, 0.9, 0.7
"""How much a word counts that stands not in the sentence but in its section, right above it, or in the headings above
that: what stands under 「对方的弱点」 is a weakness, though no line says so."""
WEIGHTY, SOLID = 0.6, 0.9
"""Weights from which a missing word is told, and from which the rest is not the answer without it."""
BY_CONCEPT, BY_PLACE, BY_STEM, BY_HEAD, BY_CHARACTER = 0.9, 0.5, 0.8, 0.35, 0.6
_EMPTY_ENDINGS, _COMMON_HEADS = "子儿头给掉完", "性度率法者员化们时间量品件机器度期费用人号"


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A stretch of text as evidence: as quoted, as compared, its tokens and concepts."""

    text: str
    folded: str
    words: frozenset[str]
    concepts: frozenset[str]
    heads: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Text:
        """Read a text."""
        plain = folded(text)
        found = terms_of(plain)
        return cls(
            text=text,
            folded=plain,
            words=frozenset(found.words),
            concepts=frozenset(found.concepts),
            heads=frozenset(word[-1] for word in found.words if 1 < len(word) < 4),
        )

    def holds(self, term: Term) -> float:
        """0 to 1: whether the term stands here, literally or as a word of the same meaning."""
        literal = term.text in self.words if len(term.text) == 1 or term.code else term.text in self.folded
        if literal:
            return 1.0
        shared = term.concepts & self.concepts
        if shared:
            return BY_CONCEPT if shared != {ELSEWHERE} else BY_PLACE
        if term.code or term.text.isascii():
            return 0.0
        if len(term.text) == 1:
            return BY_CHARACTER if term.text in self.folded else 0.0
        return self._partly(term.text) if len(term.text) > 2 else self._kindred(term.text)

    def _kindred(self, word: str) -> float:
        """豆子 by 豆, 牛奶 by 鲜奶: the word without an empty ending, or another short word with the same head."""
        if word[1] in _EMPTY_ENDINGS:
            return BY_STEM if word[0] in self.folded else 0.0
        return BY_HEAD if word[1] not in _COMMON_HEADS and word[1] in self.heads else 0.0

    def _partly(self, word: str) -> float:
        pairs = [word[i : i + 2] for i in range(len(word) - 1)]
        found = sum(pair in self.folded for pair in pairs) / len(pairs)
        return 0.8 * found if found >= 0.5 and not word.isascii() else 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """A passage of a section read for evidence, with what the section stands under."""

    section: Section
    sentences: tuple[Text, ...]
    whole: Text
    heading: Text
    context: Text

    def around(self, terms: Iterable[Term]) -> dict[Term, float]:
        """For each term what it counts where a sentence hasn't it, but its passage or the headings above have."""
        return {
            term: max(
                IN_SECTION * self.whole.holds(term),
                IN_HEADING * self.heading.holds(term),
                IN_CONTEXT * self.context.holds(term),
            )
            for term in terms
        }


@lru_cache(maxsize=2000)
def ground_of(section: Section, passage: str) -> Ground:
    """Read a passage of a section; of one that has no sentences but a long list the first 100 lines."""
    found = (sentence for line in passage.split("\n") for sentence in sentences(line))
    pieces = tuple(Text.of(sentence) for sentence in islice(found, LONGEST))
    context = f"{context_of(section)}\n{section.about.kind}"
    return Ground(
        section=section,
        sentences=pieces,
        whole=Text.of(passage),
        heading=Text.of(section.path[-1] if len(section.path) > 1 else ""),
        context=Text.of(context),
    )


class Weigher:
    """Weighs terms by their rarity in the material, and adds up how much of them stands in a place."""

    def __init__(self, index: CollateralIndex) -> None:
        self._index = index
        self._highest = max(index.postings["words"].rarity("\0"), 1e-9)
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

    def coverage(self, terms: Sequence[Term], held: Mapping[Term, float]) -> float:
        """Share (0 to 1) of the terms' weight that a place holds; `held` says how well it holds each."""
        weights = [self.weight(term) for term in terms]
        total = sum(weights)
        if not total:
            return 0.0
        return sum(weight * held[term] for term, weight in zip(terms, weights, strict=True)) / total

    def missing(self, terms: Iterable[Term], around: Mapping[Term, float]) -> list[Term]:
        """The weighty terms that stand nowhere in a passage or above it, heaviest first."""
        lost = [term for term in terms if term.weight >= WEIGHTY and not around[term]]
        return sorted(lost, key=self.weight, reverse=True)
