"""Answers from collateral: the sentences that say what was asked, word for word, or that it isn't there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from crm_store.collateral.chunking import sentences
from crm_store.collateral.cleaning import folded
from crm_store.collateral.evidence import SOLID, Ground, Text, Weigher, ground_of
from crm_store.collateral.index import CollateralIndex
from crm_store.collateral.passages import Filter, Section
from crm_store.collateral.question import Clause, Question, Term, has_value, is_strict, read_question, styles
from crm_store.collateral.subjects import Subjects

CANDIDATES = 24
"""Sections that are read sentence by sentence for one question."""
ENOUGH, SOME, OWN, NOTHING_ELSE, SAME = 0.5, 0.3, 0.6, 0.4, 0.2
AROUND, AROUND_LESS, ALONE = 0.8, 0.35, 0.9
"""Share of a question's meaning that must stand in the quoted place, to call it the answer or the nearest thing."""
READ_WHOLE = frozenset({"script", "playbook", "battlecard", "case"})
WHOLE, SHORT = 320, 160
"""Characters up to which a section of these kinds (half a script is no script), or any section, is quoted whole."""


class Standing(StrEnum):
    """FOUND: it stands there; NEAR: something close does; ABSENT: it isn't in the material."""

    FOUND = "found"
    NEAR = "near"
    ABSENT = "absent"


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """Words of one section, exactly as they stand there."""

    section: Section
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CollateralAnswer:
    """What the material says to a question. `missing` are the asked words that it doesn't have; `nearest` sections to look at."""

    standing: Standing
    quotes: tuple[Quote, ...] = ()
    missing: tuple[str, ...] = ()
    nearest: tuple[Section, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """Who asks about what: names that collateral need not repeat, the company's products, and what fits this customer."""

    ignored: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    about_products: tuple[str, ...] = ()
    industry: str = ""
    stage: str = ""
    only: Filter | None = None
    kind: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    """The best sentence of a section for one clause."""

    section: Section
    sentence: str
    coverage: float
    valued: bool
    score: float
    lost: tuple[Term, ...] = ()
    apart: bool = False  # the document is about another product, and the sentence doesn't name the one asked about


def answer(index: CollateralIndex, text: str, situation: Situation | None = None) -> CollateralAnswer:
    """Answer a question from the index."""
    where = situation or Situation()
    question = read_question(text, where.ignored, lambda pair: pair in index.postings["pairs"])
    subjects = Subjects.of(question.text, where.products, index.sections, where.about_products)
    hits = index.search(question.text, count=CANDIDATES, only=where.only)
    grounds = [ground_of(hit.section) for hit in hits if subjects.admits(hit.section)]
    if not hits or not grounds:
        return CollateralAnswer(
            standing=Standing.ABSENT, missing=subjects.names, nearest=tuple(hit.section for hit in hits[:2])
        )
    best = max(hit.score for hit in hits) or 1.0
    reading = _Reading(
        question=question,
        subjects=subjects,
        weigher=Weigher(index, grounds),
        grounds=tuple(grounds),
        prior={id(hit.section): 0.25 * hit.score / best for hit in hits},
        fit={id(hit.section): _fit(hit.section, question, where) for hit in hits},
    )
    return _composed(_chosen([reading.candidates(clause) for clause in question.clauses]))


def _chosen(candidates: Sequence[Sequence[_Found]]) -> list[_Found]:
    """The best sentence for each clause; the document that serves the whole question best is preferred for all."""
    totals: dict[str, float] = {}
    for each in candidates:
        tops: dict[str, float] = {}
        for found in each:
            tops[found.section.document] = max(tops.get(found.section.document, 0.0), found.score)
        for document, score in tops.items():
            totals[document] = totals.get(document, 0.0) + score
    favourite = max(totals, key=lambda document: totals[document])
    return [max(each, key=lambda f: f.score + (SAME if f.section.document == favourite else 0.0)) for each in candidates]


def _fit(section: Section, question: Question, where: Situation) -> float:
    about = section.about
    kinds = next((style.kinds for style in styles() if style.name == question.style), ())
    wanted = (where.kind,) if where.kind else kinds
    bonus = 0.0
    if about.kind in wanted:
        bonus += 0.2 - 0.04 * wanted.index(about.kind)
    elif about.kind == "battlecard":
        bonus -= 0.3  # it speaks of somebody else's product as well
    if where.stage and about.stage == where.stage:
        bonus += 0.1
    if where.industry and about.industry and (about.industry in where.industry or where.industry in about.industry):
        bonus += 0.1
    return bonus


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reading:
    """One question over the sections that were found for it."""

    question: Question
    subjects: Subjects
    weigher: Weigher
    grounds: tuple[Ground, ...]
    prior: dict[int, float]
    fit: dict[int, float]

    def candidates(self, clause: Clause) -> list[_Found]:
        """Every sentence, judged for one clause."""
        own, around = self._asked(clause.terms), self._asked(clause.around)
        strength = sum(term.weight for term in own)
        terms = [*own, *(_lighter(term, AROUND_LESS if strength >= 1.0 else AROUND) for term in around)]
        return [
            self._judged(clause, terms, own if strength >= OWN else terms, own or around, ground, sentence)
            for ground in self.grounds
            for sentence in ground.sentences
        ]

    def _asked(self, terms: Iterable[Term]) -> list[Term]:
        return [t for t in terms if not self.subjects.covers(t) and not t.concepts & self.question.subjects]

    def _judged(
        self, clause: Clause, terms: list[Term], own: list[Term], needed: list[Term], ground: Ground, sentence: Text
    ) -> _Found:
        weigher, section = self.weigher, ground.section
        coverage = weigher.coverage(terms, sentence, ground) if terms else NOTHING_ELSE
        coverage = max(coverage, ALONE * weigher.coverage(own, sentence, ground))
        nearness = weigher.coverage(terms, sentence, None)
        valued = has_value(clause.value, sentence.folded)
        score = coverage + 0.5 * nearness + self.prior[id(section)]
        score += self.fit[id(section)] * min(1.0, coverage / ENOUGH)
        score += self._named(ground, sentence) + (0.0 if not clause.value else 0.25 if valued else -0.25)
        return _Found(
            section=section,
            sentence=sentence.text,
            coverage=coverage,
            valued=valued or not is_strict(clause.value),
            score=score,
            lost=tuple(weigher.missing(needed, [ground])),
            apart=self.subjects.apart_from(section) and not self.subjects.marked(sentence.folded),
        )

    def _named(self, ground: Ground, sentence: Text) -> float:
        if self.subjects.is_about(ground.section):
            return 0.4
        if self.subjects.marked(sentence.folded):
            return 0.4
        return 0.2 if self.subjects.stands_in(ground.section) else 0.0


def _lighter(term: Term, factor: float) -> Term:
    return replace(term, weight=term.weight * factor)


def _composed(found: Sequence[_Found]) -> CollateralAnswer:
    judged = [_standing(each) for each in found]
    kept = [each for each, standing in zip(found, judged, strict=True) if standing is not Standing.ABSENT]
    missing = [
        term.text
        for each, standing in zip(found, judged, strict=True)
        if standing is not Standing.FOUND
        for term in each.lost
    ]
    standing = Standing.ABSENT
    if kept:
        lost = any(s is Standing.ABSENT and f.lost for f, s in zip(found, judged, strict=True))
        standing = Standing.FOUND if Standing.FOUND in judged and not lost else Standing.NEAR
    sections = tuple(dict.fromkeys(each.section for each in sorted(found, key=lambda each: -each.score)))
    return CollateralAnswer(
        standing=standing,
        quotes=tuple(_quotes(kept)),
        missing=tuple(dict.fromkeys(missing)),
        nearest=sections[:2],
    )


def _standing(found: _Found) -> Standing:
    solid = _unanswered(found)
    if not found.valued:
        return Standing.NEAR if found.coverage >= ENOUGH + 0.15 and not solid else Standing.ABSENT
    if found.coverage >= ENOUGH and not solid and not found.apart:
        return Standing.FOUND
    return Standing.NEAR if found.coverage >= SOME else Standing.ABSENT


def _unanswered(found: _Found) -> bool:
    return any(term.weight >= SOLID for term in found.lost)


def _quotes(kept: Iterable[_Found]) -> Iterable[Quote]:
    texts: dict[Section, list[str]] = {}
    for each in sorted(kept, key=lambda found: -found.score):
        texts.setdefault(each.section, []).append(each.sentence)
    for section, chosen in texts.items():
        whole = len(section.text) <= (WHOLE if section.about.kind in READ_WHOLE else SHORT)
        yield Quote(section=section, text=section.text if whole else _stretch(section, chosen))


def _stretch(section: Section, chosen: Sequence[str]) -> str:
    """The chosen sentences in their order, each with what its line says besides while that is short."""
    lines = [line for line in section.lines if any(sentence in line for sentence in chosen)]
    parts = []
    for line in lines:
        if len(line) <= 120:
            parts.append(line)
        else:
            parts.append("".join(sentence for sentence in sentences(line) if sentence in chosen))
    return "\n".join(parts)


def quoted_exactly(quote: Quote) -> bool:
    """Whether every line of a quote stands in its section."""
    return all(line in quote.section.text for line in quote.text.split("\n")) and bool(folded(quote.text))
