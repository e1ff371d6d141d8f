"""Sections read for one question: every sentence judged by what of the question stands in it and around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from crm_store.collateral.asking import Term
from crm_store.collateral.cleaning import folded
from crm_store.collateral.conditions import decides
from crm_store.collateral.evidence import WEIGHTY, Ground, Weigher
from crm_store.collateral.passages import Section
from crm_store.collateral.question import Clause, Question
from crm_store.collateral.subjects import Mention, Subjects
from crm_store.collateral.values import asked_by, has_value, is_strict

# Chosen on the questions of tests/crm_store/collateral; moving any by a third changes one or two answers of 170.
ENOUGH = 0.5
"""Share of a question's weight that must stand in a place for it to be the answer."""
OWN = 1.2
"""Weight from which a clause's own words may do without those of the clauses around it."""
_AROUND, _AROUND_A_FULL_CLAUSE, _ALONE = 0.8, 0.35, 0.9
_ONLY_THE_RIVAL, _SOMETHING = 0.4, 0.2  # a rival's name alone is no answer
_ONLY_THE_THING = 0.4  # coverage where a question has no words beyond the product's name
_NEARNESS, _VALUE, _ABOUT, _MENTIONED, _FOREIGN = 0.5, 0.25, 0.4, 0.2, 0.3
_DECIDES, _DECIDES_NOT, _RULED = 0.3, 0.1, 0.1  # a rule for the asked amount; only rules for others; adds to coverage
_BY_VALUE = 0.5  # what a value of the asked kind counts for the word that asks for it (收费 by 4000元)
_OF_THE_KIND = 0.2  # under a heading such as 「我们的应对」 where an answer to a rival is asked for
_UNDER, _OUTCOME = 0.6, 0.2  # a word of the heading for each sentence below; what came of it, where that is asked
_RESULTED = re.compile("升到|降到|落到|涨到|[提减短低高]到|回本|收回投资|效果|成效|结果|省了?多|改善|后来|变成")
_FITTING, _SUITED, _NOT_IT = 0.25, 0.1, 0.3  # under 「适合谁」, under 「不要说的话」 or 「客户评价」
_SUITS = re.compile(
    "(?<!不)(?:适[合用宜]|推荐|选型|工况|工位|场合|选择|怎么选|用在哪|应用|suit|best for|use case)"
)
_TELLS_HOW = re.compile("步骤|办法|方法|处理|怎么|如何|解决|排查|对策|措施|技巧|要点|打法|做法|方案|控制|how to|steps")
_NOT_COUNSEL = {
    "fit": re.compile("不适|不建议|慎用|不推荐|安装|运输|保养|质保|保修|发票|not for"),
    "counsel": re.compile(
        "避|禁|不要|放手|放弃|容易输|不谈|不说|别[说提做]|忌|复盘|记录|更新|概况|是谁|评价"
        "|痛点|难处|背景|之前|原来|问题$|[强长]项|长处|优[点势]|avoid|don't"
    ),
}
_BEFORE = re.compile("问题|背景|原来|之前|以前|痛点|现状|起因|困扰|problem|background|before")
_AFTER = re.compile("效果|结果|成果|成效|收益|回本|之后|上线后|result|outcome|benefit")
_OF_A_RIVAL = frozenset({"competitor", "compare", "low_price_pressure", "competitor_quote"})
_UNASKED_RIVAL = 0.2  # counsel on what no rival was named for is hardly found on a battle card
_RIVALRY = frozenset({"compare", "advice", "counsel"})  # a battle card answers these; else its figures are a rival's


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A sentence judged for one clause; `coverage` is the share (0 to 1) of the clause that stands in its place."""

    section: Section
    sentence: str
    coverage: float
    score: float
    valued: bool  # has a value of the asked kind, or needs none
    by_value: bool  # a kind of value is asked for and here is one
    apart: bool  # it speaks of another product, of a competitor's, or of what not to say
    about: bool  # the document is about the product that is asked about
    lost: tuple[Term, ...]  # weighty words of the clause that stand nowhere in the section


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A section to read; `prior` is what the search gave it, `fit` how its kind and customer fit (0 to 0.4)."""

    ground: Ground
    mention: Mention
    prior: float
    fit: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """One question over the sections that were found for it."""

    question: Question
    subjects: Subjects
    weigher: Weigher
    places: tuple[Place, ...]

    def candidates(self, clause: Clause) -> list[Found]:
        """Every sentence of every section, judged for one clause."""
        own, around = self._asked(clause.terms), self._asked(clause.around)
        strength = sum(term.weight for term in own)
        factor = _AROUND_A_FULL_CLAUSE if strength >= 1.0 else _AROUND
        terms = [*own, *(replace(term, weight=term.weight * factor) for term in around)]
        alone = own if strength >= OWN else terms
        return [found for place in self.places for found in self._read(place, clause, terms, alone, own or around)]

    def _asked(self, terms: Iterable[Term]) -> list[Term]:
        subjects = self.question.style.subjects
        return [term for term in terms if not self.subjects.covers(term) and not term.concepts & subjects]

    def _read(
        self, place: Place, clause: Clause, terms: list[Term], alone: list[Term], needed: list[Term]
    ) -> Iterable[Found]:
        section = place.ground.section
        around = place.ground.around({*terms, *alone, *needed})
        foreign, countered = self._foreign(section), self._counters(place.ground)
        said = self._said_by_values(place.ground, clause, around)
        lost = () if countered else tuple(self.weigher.missing(needed, said))
        told = self._told_under(place.ground)
        named_only = not countered and self._only_named(section, needed, around)
        unasked = _UNASKED_RIVAL if self._of_unasked_rival(section) else 0.0
        style_fits = self.question.style.name == "fit"
        asking = [term for term in around if term.text in asked_by(clause.value, clause.text)]
        for sentence in place.ground.sentences:
            valued, marked = has_value(clause.value, sentence.folded), self.subjects.marked(sentence.folded)
            here = {term: max(sentence.holds(term), _UNDER * place.ground.heading.holds(term)) for term in around}
            here |= {term: max(here[term], _BY_VALUE) for term in asking if valued}
            ruled = decides(self.question.amounts, sentence.folded)
            coverage = self._coverage(terms, alone, {term: max(around[term], held) for term, held in here.items()})
            coverage = max(coverage, ENOUGH) if countered else coverage
            coverage = min(coverage, _ONLY_THE_RIVAL) if named_only else coverage
            coverage += _SUITED if coverage and style_fits and told > 0 else 0.0
            coverage += _RULED if coverage and ruled > 0 else 0.0
            score = coverage + _NEARNESS * self.weigher.coverage(terms, here)
            score += place.prior + place.fit * min(1.0, coverage / ENOUGH) + _named(place.mention, marked)
            score += (_VALUE if valued else -_VALUE) if clause.value else 0.0
            score += _turned_out(clause.text, place.ground.heading.folded)
            score += told + (_DECIDES if ruled > 0 else _DECIDES_NOT * ruled)
            yield Found(
                section=section,
                sentence=sentence.text,
                coverage=coverage,
                score=score - (_FOREIGN if foreign else unasked),
                valued=valued or not is_strict(clause.value),
                by_value=bool(clause.value) and valued,
                apart=foreign or told < 0 or (place.mention.apart and not marked),
                about=place.mention.about,
                lost=lost,
            )

    def _said_by_values(self, ground: Ground, clause: Clause, around: Mapping[Term, float]) -> Mapping[Term, float]:
        """What a section holds, the words that ask for a value among it where one of its sentences has such a value."""
        asking = asked_by(clause.value, clause.text)
        if not asking or not any(has_value(clause.value, sentence.folded) for sentence in ground.sentences):
            return around
        return {term: max(held, _BY_VALUE if term.text in asking else 0.0) for term, held in around.items()}

    def _coverage(self, terms: Sequence[Term], alone: Sequence[Term], held: Mapping[Term, float]) -> float:
        if not terms:
            return _ONLY_THE_THING
        together = self.weigher.coverage(terms, held)
        return together if alone is terms else max(together, _ALONE * self.weigher.coverage(alone, held))

    def _told_under(self, ground: Ground) -> float:
        """What the heading makes of the sentences under it: answers where counsel is asked for, or what not to say."""
        style, heading = self.question.style, ground.heading.folded
        unwanted = _NOT_COUNSEL.get(style.name)
        if unwanted is not None and unwanted.search(heading):
            return -_NOT_IT
        if style.name == "fit":
            return _FITTING if _SUITS.search(heading) else 0.0
        tells = style.name == "counsel" and _TELLS_HOW.search(heading)
        return _OF_THE_KIND if tells or ground.heading.concepts & style.subjects else 0.0

    def _counters(self, ground: Ground) -> bool:
        """Whether it says what to answer the rival who is named, where that is asked."""
        style, section = self.question.style, ground.section
        told = style.name == "counsel" and section.about.kind == "battlecard" and self._names_rival(section)
        return told and self._told_under(ground) > 0

    def _only_named(self, section: Section, needed: Sequence[Term], around: Mapping[Term, float]) -> bool:
        """Whether a battle card has nothing of what is asked but the rival's name."""
        if section.about.kind != "battlecard":
            return False
        topic = folded(section.about.topic or section.title)
        asked = [term for term in needed if term.text not in topic]
        telling = any(term.weight >= WEIGHTY for term in asked) and len(asked) < len(needed)
        return telling and self.weigher.coverage(asked, around) < _SOMETHING

    def _foreign(self, section: Section) -> bool:
        """Whether it is a battle card, and neither advice nor that competitor is asked for."""
        if section.about.kind != "battlecard" or self.question.style.name in _RIVALRY:
            return False
        return not self._names_rival(section)

    def _of_unasked_rival(self, section: Section) -> bool:
        """Whether counsel is asked, no rival comes into it, and it is the card of one."""
        if self.question.style.name != "counsel" or section.about.kind != "battlecard" or self._names_rival(section):
            return False
        return not any(term.concepts & _OF_A_RIVAL for clause in self.question.clauses for term in clause.terms)

    def _names_rival(self, section: Section) -> bool:
        topic = folded(section.about.topic or section.title)
        asked = (term.text for clause in self.question.clauses for term in (*clause.terms, *clause.around))
        return any(word in topic for word in asked if len(word) > 1)


def _turned_out(clause: str, heading: str) -> float:
    """Where a question asks what came of something, the result counts, not what was wrong before."""
    if not _RESULTED.search(clause):
        return 0.0
    if _BEFORE.search(heading):
        return -_OUTCOME
    return _OUTCOME if _AFTER.search(heading) else 0.0


def _named(mention: Mention, marked: bool) -> float:
    if mention.about or marked:
        return _ABOUT
    return _MENTIONED if mention.stands else 0.0
