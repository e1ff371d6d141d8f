"""Which messages the documents answer, not the records."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.resolve import SURE
from crm_store.collateral.answering import Situation, answer
from crm_store.collateral.cleaning import folded
from crm_store.collateral.counsel import Wish, counsel_in
from crm_store.collateral.index import CollateralIndex
from crm_store.collateral.inquiry import Inquiry, inquire, support
from crm_store.collateral.rivals import rival_in
from crm_store.collateral.shelf import collateral_of
from intents import patterns as re
from intents.commands import Command, read
from intents.evidence import Evidence, evidence_in, weigh
from intents.names import Kind
from intents.vocabulary import wording

SEARCH = "search_collateral"
ADVISING = (SEARCH, "recommend", "next_actions")
"""Intents that look into the documents by themselves."""
# Nats for and against; a logistic regression over 830 messages of seven trades gave their sizes, then rounded.
_ASKS, _BEYOND, _MEASURED, _STYLED, _FOUND, _NEAR = 2.3, 0.6, 1.8, 0.8, 3.2, 0.8
_TRUST_IN_CLASSIFIER, _OF_A_CUSTOMER, _OF_A_TASK, _OF_RECORDS, _FOLLOWS = 1.3, -1.5, -2.0, -4.0, 1.0
_OF_THE_CASE, _AT_A_STAGE, _FOUND_ANYWAY, _OF_A_RIVAL = 6.0, -1.0, 1.8, 3.0
OWN_WORDS = 0.5
_THAT_ONE = re.compile(
    r"[这那该](?:家|个|些|所|间)?[\u4e00-\u9fff]{0,2}"
    r"(?:厂|客户|公司|企业|连锁|医院|学校|单位|项目|案例|集团|店|门店)"
)
_AGAINST = -0.3
MOST_BEYOND = 2.0
FAINT = 0.003
"""Probability below which two intents are equally impossible."""
ORDERED = 0.6
"""Probability from which a message that orders a change is left alone."""
_RECORDS = re.compile(
    r"(?:目录价|挂牌价?|牌价)(?!(?:的|上|打|再)*[\d一二三四五六七八九]+折)|聊[了过的啥什]|露.?面|怎么联系|联系方式|卡在|进展|[这那]一?单|我(?:手[上里]|名下|的客户|哪家)|上回|上次"
    r""
    r"|哪(?:个|家|位)(?:客户|人)?(?:跟我|给我)?(?:们)?(?:说|提|讲|反映|抱怨|吐槽)(?:到|起)?过"
    r"|待办|纪要|我管|归我|哪几家|几家客户|\b(?:my|have i|did i|deals?|pipeline|contacts?|list price)\b",
    re.I,
)
"""Words of what only records have: talks, list prices, deals."""
_OF_LEAVE = 2.0
_ASKS_LEAVE = re.compile(
    r"(?:折|点|让利|优惠|让价|降价|账期|赊|免费|赠送).{0,14}(?:谁|哪(?:个|位|一级)|什么人)(?:来)?(?:点头|批|签字?|审|同意|拍板|说了算|定)"
)
"""Who has to agree to a discount stands in the rules, not in the records."""
_NUMBER = re.compile(r"\d[\d.]*.?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """A message looked at as a question to the documents."""

    desk: Desk
    evidence: Evidence
    inquiry: Inquiry
    records: frozenset[str]  # the intents that ask records

    @property
    def chance(self) -> float:
        """What speaks for it without searching, in nats."""
        total = _AGAINST + _TRUST_IN_CLASSIFIER * self._classified()
        asks = self.inquiry.asks or self.evidence.asks
        total += _ASKS if asks else 0.0
        total += _BEYOND * min(self._beyond(), MOST_BEYOND)
        total += _MEASURED if asks and self.inquiry.measured else 0.0
        total += _STYLED if self.inquiry.styled else 0.0
        total += _OF_A_CUSTOMER if self.evidence.names(Kind.CUSTOMER, 0.85) else 0.0
        total += _AT_A_STAGE if self.evidence.names(Kind.STAGE, 0.85) else 0.0
        total += _OF_A_TASK if self.evidence.names(Kind.TASK, 0.85) else 0.0
        total += _OF_LEAVE if _ASKS_LEAVE.search(self.desk.text) else 0.0
        total += _OF_RECORDS if _RECORDS.search(self.desk.text) else 0.0
        total += _OF_A_RIVAL if asks and self._of_a_rival() else 0.0
        total += _OF_THE_CASE if _means_the_case(self.desk) else 0.0
        return total + (_FOLLOWS if asked_before(self.desk) else 0.0)

    @property
    def trust_in_finds(self) -> float:
        """What it says that the words stand in a document: less where they are all words of questions to records."""
        own = self._beyond() >= OWN_WORDS or self.inquiry.measured or self.evidence.names(Kind.PRODUCT, SURE)
        return _FOUND if own else _FOUND_ANYWAY

    def _classified(self) -> float:
        """The classifier's opinion of the whole message: log of its probability against the best other intent's."""
        desk = self.desk
        added = weigh(self.evidence, desk.classifier.labels, desk.topic)
        scores = read(desk.sentence, desk.classifier, desk.sentence.masked())
        guesses = desk.classifier.guess(scores, added=added, best=len(desk.classifier.labels))
        chances = {guess.name: guess.score for guess in guesses}
        return math.log(chances.get(SEARCH, 0.0) + FAINT) - math.log(max(chances.values()) + FAINT)

    def _of_a_rival(self) -> bool:
        """Whether a rival is asked about, and nobody on record: who leads it, where it is, no record knows."""
        named = names_said(self.desk)
        if named or _RECORDS.search(self.desk.text):
            return False
        return bool(rival_in(collateral_of(self.desk.crm.documents).sections, self.desk.text))

    def _beyond(self) -> float:
        """Weight of the words that no question about records is put in."""
        known = wording(self.records)
        said = [m.text.lower() for m in self.desk.sentence.mentions if m.candidates and m.candidates[0].score >= SURE]
        words = (term for term in self.inquiry.terms if not _NUMBER.fullmatch(term.text))
        return sum(
            term.weight for term in words if term.text not in known and not any(term.text in name for name in said)
        )


def as_question(desk: Desk, commands: list[Command], records: frozenset[str], writes: frozenset[str]) -> list[Command]:
    """The whole message as one question to the documents, where it reads as one; else its commands as they are."""
    if not commands or _orders(desk, commands, writes):
        return commands
    index = collateral_of(desk.crm.documents)
    if not index.sections or (_advised(commands) and not _tells_a_need(desk)):
        return commands
    situation = Situation(ignored=names_said(desk), products=tuple(each.name for each in desk.crm.products.find()))
    look = Look(
        desk=desk,
        evidence=evidence_in(desk.sentence, 0, len(desk.text)),
        inquiry=inquire(index, desk.text, situation),
        records=records,
    )
    if look.inquiry.counsel or _supposes(desk) or rival_meant(desk):
        return [_whole(desk, commands)]
    return [_whole(desk, commands)] if not _advised(commands) and _is_one(look, index, situation) else commands


_SPARE = re.compile(r"这家|那家|客户|单子?|商机|项目|那边|这边|[他她它]们?|应该|[的,,。?？!！\s该适合推荐给能可以]")


def _tells_a_need(desk: Desk) -> bool:
    """Whether counsel is asked for something told; 「云岫适合推什么产品」 tells nothing but the customer."""
    counsel = counsel_in(folded(desk.text))
    if counsel is None or counsel.wish is not Wish.PRODUCT:
        return counsel is not None
    left = counsel.about
    for name in sorted(names_said(desk), key=len, reverse=True):
        left = left.replace(folded(name), "")
    return bool(_SPARE.sub("", left))


def _advised(commands: list[Command]) -> bool:
    return all(command.intent in ADVISING for command in commands)


_THEY = re.compile(r"他们|它们|他家|她家|它家|对方|人家|对家|这家|那家|their|they\b", re.I)


def rival_meant(desk: Desk) -> str:
    """The rival of whom the question before was, where this one goes on about 「他们」 and names nobody; else ''."""
    before = str(asked_before(desk).get("query") or "")
    if not before or not _THEY.search(desk.text) or names_said(desk):
        return ""
    sections = collateral_of(desk.crm.documents).sections
    return "" if rival_in(sections, desk.text) else rival_in(sections, before)


SUPPOSED = re.compile(
    r"^(?:那么?)?(?:要是|如果|假如|若是|换成|换作|换了)([^，。]{1,14}?)(?:呢|怎么[说算办]|行不行?|能给不|可以吗)[？?]?$"
)


def _supposes(desk: Desk) -> bool:
    """Whether the rule just asked for is asked for once more, of another case: 「要是B级的客户呢」."""
    return bool(asked_before(desk)) and SUPPOSED.match(desk.text) is not None


def _is_one(look: Look, index: CollateralIndex, situation: Situation) -> bool:
    chance = look.chance
    weight = look.trust_in_finds
    if chance + weight <= 0 or not look.inquiry.terms:
        return False  # nothing that stands in the documents could tip it
    found, near = support(answer(index, look.desk.text, situation))
    total = chance + weight * found + _NEAR * near
    look.desk.notes["knowledge"] = round(total, 2)
    return total > 0


def _orders(desk: Desk, commands: list[Command], writes: frozenset[str]) -> bool:
    """Whether a change is ordered, alone or beside a question; what is told to ask for counsel on it orders none."""
    if counsel_in(folded(desk.text)) is not None and not evidence_in(desk.sentence, 0, len(desk.text)).orders:
        return False
    sure = [command for command in commands if command.intent in writes and command.score >= ORDERED]
    return any(len(commands) > 1 or not _asks(desk, command) for command in sure)


def _asks(desk: Desk, command: Command) -> bool:
    evidence = evidence_in(desk.sentence, command.begin, command.stop)
    return not evidence.orders


def _whole(desk: Desk, commands: list[Command]) -> Command:
    guesses = commands[0].guesses
    return Command(begin=0, stop=len(desk.text), intent=SEARCH, score=1.0, guesses=guesses, question=True)


def asked_before(desk: Desk) -> dict[str, Any]:
    """The arguments of the search that the message before was; {} where it was none."""
    asked = desk.state.get("asked") or {}
    written_since = (desk.last or {}).get("turn") == desk.state.get("turn")
    return dict(asked.get("args", {})) if asked.get("tool") == SEARCH and not written_since else {}


def _means_the_case(desk: Desk) -> bool:
    """Whether 「那家厂」 is the one of the case that was just told, which is no customer on record."""
    named = any(m.candidates and m.candidates[0].score >= SURE for m in desk.sentence.mentions)
    return not named and tells_a_case(desk) and _THAT_ONE.search(desk.text) is not None


def tells_a_case(desk: Desk) -> bool:
    """Whether the questions right before were about a customer case."""
    return bool(asked_before(desk)) and bool((desk.state.get("said") or {}).get("case"))


def names_said(desk: Desk) -> tuple[str, ...]:
    """Names of the message that no document repeats: customers, people, colleagues."""
    people = (Kind.CUSTOMER, Kind.CONTACT, Kind.USER, Kind.LEAD)
    said = [m for m in desk.sentence.mentions if m.candidates and m.candidates[0].score >= SURE]
    return tuple(
        name
        for m in said
        if m.candidates[0].nameable.kind in people
        for name in (m.text, m.candidates[0].nameable.name)
    )
