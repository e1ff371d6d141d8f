"""Answers from collateral: the sentences that say what was asked, word for word, or that it isn't there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from crm_store.collateral.chunking import sentences
from crm_store.collateral.counsel import STYLES, Wish
from crm_store.collateral.evidence import SOLID, Weigher, ground_of
from crm_store.collateral.index import CollateralIndex
from crm_store.collateral.passages import Filter, Hit, Section
from crm_store.collateral.question import Question, read_question
from crm_store.collateral.reading import ENOUGH, Found, Place, Reading
from crm_store.collateral.styles import Style
from crm_store.collateral.subjects import Subjects

CANDIDATES = 16
"""Sections that are read sentence by sentence for one question."""
ADVISED = 40
"""The same where counsel is asked for: what to answer hardly says what is to be answered."""
OPTIONS, CLOSE, PART = 3, 0.6, 0.4
"""Sections that are quoted for counsel; share of the best one's score, and coverage, from which the others are."""
NEARLY, ALSO = 0.8, 0.7
"""Share of the best sentence's score, and coverage, from which a sentence of another section is quoted beside it."""
SOME, SOME_WITHOUT = 0.25, 0.35
"""Share of a question's weight from which a place is worth showing as the nearest thing; where it has a value of the
asked kind, but not the thing itself, that value is likely another thing's."""
WITHOUT_VALUE = 0.65
"""The same for a sentence without the kind of value that was asked for."""
AS_GOOD = 0.97
"""Share of the best sentence's score from which two cannot be told apart."""
_SAME_DOCUMENT, _PRIOR = 0.2, 0.25
_BY_KIND, _BY_RANK, _BY_STAGE, _BY_INDUSTRY, _BY_DEAL = 0.2, 0.04, 0.1, 0.1, 0.1
_READ_WHOLE = frozenset({"script", "playbook", "battlecard", "case"})
WHOLE, SHORT, LINE = 320, 160, 120
"""Characters up to which a section of those kinds (half a script is no script), any section, a line is quoted whole."""


class Standing(StrEnum):
    """FOUND: it stands there; NEAR: something close does; ABSENT: it isn't in the material."""

    FOUND = "found"
    NEAR = "near"
    ABSENT = "absent"


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """Words of one section, exactly as they stand there; lines that don't follow each other are joined by a break."""

    section: Section
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CollateralAnswer:
    """What the material says to a question; `missing` are asked words that it hasn't, `nearest` sections to look at."""

    standing: Standing
    coverage: float = 0.0  # share (0 to 1) of the question's weight that stands in the best place
    quotes: tuple[Quote, ...] = ()
    missing: tuple[str, ...] = ()
    nearest: tuple[Section, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """Who asks about what: names that need not stand in collateral, the company's products, what fits the customer.

    `about_products` are asked about though the question doesn't name them; `deal_products` are those of the deal, whose
    documents are preferred where no product is named. `stages` are the names of the deal's stage.
    """

    ignored: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    about_products: tuple[str, ...] = ()
    deal_products: tuple[str, ...] = ()
    industry: str = ""
    stages: tuple[str, ...] = ()
    kind: str = ""
    only: Filter | None = None


NOBODY = Situation()


def answer(index: CollateralIndex, text: str, situation: Situation = NOBODY) -> CollateralAnswer:
    """Answer a question from the index."""
    question = read_question(text, index.knows, situation.ignored)
    subjects = subjects_of(index, question, situation)
    advised = question.style in STYLES.values()
    hits = index.search(question.text, count=ADVISED if advised else CANDIDATES, only=situation.only)
    places = tuple(_places(_of_kinds(hits, question.style), question, subjects, situation))
    if not places:
        nearest = tuple(hit.section for hit in hits[:2])
        return CollateralAnswer(standing=Standing.ABSENT, missing=subjects.names, nearest=nearest)
    reading = Reading(question=question, subjects=subjects, weigher=Weigher(index), places=places)
    candidates = [reading.candidates(clause) for clause in question.clauses]
    return _composed(_chosen(candidates, advised=advised))


def _of_kinds(hits: Sequence[Hit], style: Style) -> Sequence[Hit]:
    """Which product fits is told by what is written of products, where the documents say of what they are."""
    told = [hit for hit in hits if hit.section.about.kind in style.kinds]
    return told if told and style is STYLES[Wish.PRODUCT] else hits


def subjects_of(index: CollateralIndex, question: Question, situation: Situation) -> Subjects:
    """The products that a question is about, by its words and by the situation."""
    return Subjects.of(question.text, situation.products, index.documented, situation.about_products)


def _places(hits: Sequence[Hit], question: Question, subjects: Subjects, situation: Situation) -> Iterable[Place]:
    best = max((hit.score for hit in hits), default=1.0)
    for hit in hits:
        mention = subjects.mentioned(hit.section, hit.text)
        if mention.admitted:
            yield Place(
                ground=ground_of(hit.section, hit.text),
                mention=mention,
                prior=_PRIOR * hit.score / best,
                fit=_fit(hit.section, question, situation),
            )


def _fit(section: Section, question: Question, situation: Situation) -> float:
    about = section.about
    wanted = (situation.kind,) if situation.kind else question.style.kinds
    bonus = _BY_KIND - _BY_RANK * wanted.index(about.kind) if about.kind in wanted else 0.0
    if about.stage and about.stage in situation.stages:
        bonus += _BY_STAGE
    if about.product and about.product in situation.deal_products:
        bonus += _BY_DEAL
    if about.industry and situation.industry:
        related = about.industry in situation.industry or situation.industry in about.industry
        bonus += _BY_INDUSTRY if related else 0.0
    return bonus


def _chosen(candidates: Sequence[Sequence[Found]], *, advised: bool = False) -> list[Found]:
    """The best sentence for each clause; the document that serves the whole question best is preferred for all."""
    totals: dict[str, float] = {}
    for each in candidates:
        tops: dict[str, float] = {}
        for found in each:
            tops[found.section.document] = max(tops.get(found.section.document, 0.0), found.score)
        for document, score in tops.items():
            totals[document] = totals.get(document, 0.0) + score
    favourite = max(totals, key=lambda document: totals[document])

    def score_of(found: Found) -> float:
        return found.score + (_SAME_DOCUMENT if found.section.document == favourite else 0.0)

    ranked = [sorted(each, key=score_of, reverse=True) for each in candidates]
    first = _options(ranked[0]) if advised else _with_next(ranked[0])
    return [*first, *(best for each in ranked[1:] for best in _with_next(each))]


def _options(ranked: Sequence[Found]) -> list[Found]:
    """The best sentences of some sections: there is more than one thing to say, and more than one product."""
    tops: dict[Section, Found] = {}
    for each in ranked:
        tops.setdefault(each.section, each)
    found = [each for each in tops.values() if _standing(each) is Standing.FOUND]
    best, *others = found or tops.values()
    close = [each for each in others if each.score >= CLOSE * best.score and each.coverage >= PART]
    return [best, *(each for each in close if _standing(each) is not Standing.ABSENT)][:OPTIONS]


def _with_next(ranked: Sequence[Found]) -> list[Found]:
    """The best sentence, and that of another section which says as much and is nearly as good."""
    best = ranked[0]
    if _standing(best) is not Standing.FOUND:
        return [best]
    others = (each for each in ranked[1:] if each.section != best.section)
    second = next(others, None)
    near = second is not None and (
        (second.score >= NEARLY * best.score and second.coverage >= ALSO) or second.score >= AS_GOOD * best.score
    )
    return [best, second] if second is not None and near and _standing(second) is Standing.FOUND else [best]


def _composed(found: Sequence[Found]) -> CollateralAnswer:
    judged = [(each, _standing(each)) for each in found]
    missing = (term.text for each, standing in judged if standing is not Standing.FOUND for term in each.lost)
    ordered = sorted(found, key=lambda each: -each.score)
    return CollateralAnswer(
        standing=_together(judged),
        coverage=max(each.coverage for each in found),
        quotes=tuple(_quotes([each for each, standing in judged if standing is not Standing.ABSENT])),
        missing=tuple(dict.fromkeys(missing)),
        nearest=tuple(dict.fromkeys(each.section for each in ordered))[:2],
    )


def _standing(found: Found) -> Standing:
    solid = any(term.weight >= SOLID for term in found.lost)
    if not found.valued:
        return Standing.NEAR if found.coverage >= WITHOUT_VALUE and not solid else Standing.ABSENT
    if found.coverage >= ENOUGH and not solid and not found.apart:
        return Standing.FOUND
    least = SOME_WITHOUT if solid and found.by_value else SOME
    near = found.coverage >= least or (found.about and found.by_value and not solid)
    return Standing.NEAR if near else Standing.ABSENT


def _together(judged: Sequence[tuple[Found, Standing]]) -> Standing:
    standings = {standing for _, standing in judged}
    if standings == {Standing.ABSENT}:
        return Standing.ABSENT
    unanswered = any(standing is not Standing.FOUND and found.lost for found, standing in judged)
    return Standing.FOUND if Standing.FOUND in standings and not unanswered else Standing.NEAR


def _quotes(kept: Sequence[Found]) -> Iterable[Quote]:
    chosen: dict[Section, list[str]] = {}
    for each in sorted(kept, key=lambda found: -found.score):
        chosen.setdefault(each.section, []).append(each.sentence)
    for section, picked in chosen.items():
        longest = WHOLE if section.about.kind in _READ_WHOLE else SHORT
        yield Quote(section=section, text=section.text if len(section.text) <= longest else _stretch(section, picked))


def _stretch(section: Section, picked: Sequence[str]) -> str:
    """The lines of the chosen sentences in their order, whole while they are short."""
    lines = (line for line in section.lines if any(sentence in line for sentence in picked))
    return "\n".join(line if len(line) <= LINE else _parts(line, picked) for line in lines)


def _parts(line: str, picked: Sequence[str]) -> str:
    return "".join(sentence for sentence in sentences(line) if sentence in picked)
