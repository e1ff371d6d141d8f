"""Questions that the documents answer, not the records: which messages they are, and what the search is told."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.resolve import SURE, Verdict, resolve_customer
from assistant.planner.embedded.targets import product_ids, resolve_opportunity
from crm_store.collateral.answering import Situation, answer
from crm_store.collateral.index import CollateralIndex
from crm_store.collateral.inquiry import Inquiry, inquire, support
from crm_store.collateral.shelf import collateral_of
from intents.commands import Command
from intents.evidence import Evidence, evidence_in, weigh
from intents.names import Kind
from intents.vocabulary import wording

SEARCH = "search_collateral"
# Nats for and against; a logistic regression over 830 messages of seven trades gave their sizes, then rounded.
_ASKS, _BEYOND, _MEASURED, _STYLED, _FOUND, _NEAR = 2.3, 0.6, 1.8, 0.8, 3.2, 0.8
_TRUST_IN_CLASSIFIER, _OF_A_CUSTOMER, _OF_A_TASK, _OF_RECORDS, _FOLLOWS = 1.3, -1.5, -2.0, -2.7, 1.0
_AGAINST = -0.3
MOST_BEYOND = 2.0
FAINT = 0.003
"""Probability below which two intents are equally impossible."""
ORDERED = 0.6
"""Probability from which a message that orders a change is left alone."""
WELL_NAMED = 0.9
"""Score of a product's name from which the search is limited to it; below, the search judges by itself."""
_RECORDS = re.compile(
    r"目录价|挂牌|牌价|聊[了过的啥什]|露.?面|怎么联系|联系方式|卡在|进展|[这那]一?单|我(?:手[上里]|名下|的客户|哪家)|上回|上次"
    r"|待办|纪要|\b(?:my|have i|did i|deals?|pipeline|contacts?|list price)\b",
    re.I,
)
"""Words of what only records have: talks, list prices, deals."""
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
        total += _OF_A_TASK if self.evidence.names(Kind.TASK, 0.85) else 0.0
        total += _OF_RECORDS if _RECORDS.search(self.desk.text) else 0.0
        return total + (_FOLLOWS if _asked_before(self.desk) else 0.0)

    def _classified(self) -> float:
        """The classifier's opinion of the whole message: log of its probability against the best other intent's."""
        desk = self.desk
        added = weigh(self.evidence, desk.classifier.labels, desk.topic)
        guesses = desk.classifier.guess(desk.sentence.masked(), added=added, best=len(desk.classifier.labels))
        scores = {guess.name: guess.score for guess in guesses}
        return math.log(scores.get(SEARCH, 0.0) + FAINT) - math.log(max(scores.values()) + FAINT)

    def _beyond(self) -> float:
        """Weight of the words that no question about records is put in."""
        known = wording(self.records)
        words = (term for term in self.inquiry.terms if not _NUMBER.fullmatch(term.text))
        return sum(term.weight for term in words if term.text not in known)


def as_question(desk: Desk, commands: list[Command], records: frozenset[str], writes: frozenset[str]) -> list[Command]:
    """The whole message as one question to the documents, where it reads as one; else its commands as they are."""
    if not commands or all(command.intent == SEARCH for command in commands) or _orders(desk, commands, writes):
        return commands
    index = collateral_of(desk.crm.documents)
    situation = Situation(ignored=_names_said(desk), products=tuple(each.name for each in desk.crm.products.find()))
    look = Look(
        desk=desk,
        evidence=evidence_in(desk.sentence, 0, len(desk.text)),
        inquiry=inquire(index, desk.text, situation),
        records=records,
    )
    return [_whole(desk, commands)] if _is_one(look, index, situation) else commands


def _is_one(look: Look, index: CollateralIndex, situation: Situation) -> bool:
    chance = look.chance
    if chance + _FOUND <= 0:
        return False  # nothing that stands in the documents could tip it
    found, near = support(answer(index, look.desk.text, situation))
    look.desk.notes["knowledge"] = round(chance + _FOUND * found + _NEAR * near, 2)
    return chance + _FOUND * found + _NEAR * near > 0


def _orders(desk: Desk, commands: list[Command], writes: frozenset[str]) -> bool:
    """Whether a change is ordered, alone or beside a question."""
    sure = [command for command in commands if command.intent in writes and command.score >= ORDERED]
    return any(len(commands) > 1 or not _asks(desk, command) for command in sure)


def _asks(desk: Desk, command: Command) -> bool:
    evidence = evidence_in(desk.sentence, command.begin, command.stop)
    return not evidence.orders


def _whole(desk: Desk, commands: list[Command]) -> Command:
    guesses = commands[0].guesses
    return Command(begin=0, stop=len(desk.text), intent=SEARCH, score=1.0, guesses=guesses, question=True)


def _asked_before(desk: Desk) -> bool:
    """Whether the message before was such a question."""
    return bool((desk.state.get("asked") or {}).get("tool") == SEARCH)


def _names_said(desk: Desk) -> tuple[str, ...]:
    """Names of the message that no document repeats: customers, people, colleagues."""
    people = (Kind.CUSTOMER, Kind.CONTACT, Kind.USER, Kind.LEAD)
    said = [m for m in desk.sentence.mentions if m.candidates and m.candidates[0].score >= SURE]
    return tuple(
        name
        for m in said
        if m.candidates[0].nameable.kind in people
        for name in (m.text, m.candidates[0].nameable.name)
    )


# --- what the search is told ----------------------------------------------------------------------------------------


def search_args(draft: Draft) -> dict[str, object]:
    """Arguments of the search: the words, and the customer, deal and product of the message or of the conversation."""
    customer, deal = _customer(draft), None
    if draft.mentions_of(Kind.OPPORTUNITY, least=SURE):
        found = resolve_opportunity(draft, closed=True)
        deal = found.id if found.verdict is Verdict.SURE else None
    if deal is None and (focus := draft.desk.focus("opportunity")) is not None:
        record = draft.desk.crm.opportunities.require(focus)
        deal = focus if record.customer_id == customer else None
    return {"query": draft.words, "customer": customer, "opportunity": deal, "product": _product(draft)}


def _customer(draft: Draft) -> int | None:
    named = draft.mentions_of(Kind.CUSTOMER, Kind.CONTACT, Kind.OPPORTUNITY, least=SURE)
    found = resolve_customer(draft, focus=False) if named else None
    if found is not None and found.verdict is Verdict.SURE:
        return found.id
    return draft.desk.focus("customer")


def _product(draft: Draft) -> int | None:
    """The one product that the question names; one that names none may go on about the product of the last."""
    if draft.mentions_of(Kind.PRODUCT, least=WELL_NAMED):
        named = product_ids(draft)
        return named[0] if len(named) == 1 else None
    asked = draft.desk.state.get("asked") or {}
    before = asked.get("args", {}).get("product") if asked.get("tool") == SEARCH else None
    return before if isinstance(before, int) and _says_more_of(draft, before) else None


def _says_more_of(draft: Draft, product: int) -> bool:
    """Whether what is asked stands in the product's own documents, as well as it does anywhere."""
    index = collateral_of(draft.desk.crm.documents)
    products = {each.id: each.name for each in draft.desk.crm.products.find()}
    if product not in products:
        return False
    anything = Situation(ignored=_names_said(draft.desk), products=tuple(products.values()))
    own = Situation(
        ignored=anything.ignored, products=anything.products, about_products=(products[product],)
    )
    best, mine = (sum(support(answer(index, draft.text, each))) for each in (anything, own))
    return mine > 0 and mine >= best
