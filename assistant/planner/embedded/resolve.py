"""Which record a command means: every fact of the message is weighed, and a margin decides to act, hold or ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.messages import Option
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.reading.new_names import organisation_in
from assistant.planner.embedded.strangers import stranger
from crm_store.records import Customer, Opportunity
from intents import patterns as re
from intents.names import By, Candidate, Kind, Mention

SURE = 0.75
"""A best candidate below this is not acted upon."""
MARGIN = 0.08
"""Two candidates closer than this fit about equally: a question."""
NEAR_SOUND_MARGIN = 0.2
"""Ahead by sound, but another stands this near: held for confirmation."""
MENTIONED = 0.6
OPTIONS = 5

_WEIGHT = {Kind.CUSTOMER: 1.0, Kind.CONTACT: 0.9, Kind.OPPORTUNITY: 0.8, Kind.LEAD: 0.5, Kind.TASK: 0.6}
_BY_SOUND = (By.SOUND, By.NEAR_SOUND, By.PINYIN, By.TYPO)


WRITTEN = 3


class Verdict(StrEnum):
    """What may be done with a resolution."""

    SURE = "sure"
    HOLD = "hold"
    ASK = "ask"
    UNKNOWN = "unknown"
    NONE = "none"


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolution:
    """The record meant, or the ones to choose from. `words` is how the message called it."""

    verdict: Verdict
    id: int | None = None
    options: tuple[int, ...] = ()
    words: str = ""
    kind: str = "customer"

    @property
    def found(self) -> bool:
        """Whether there is one record to act upon (perhaps after confirmation)."""
        return self.id is not None


NOTHING = Resolution(verdict=Verdict.NONE)


@dataclass(slots=True)
class _Tally:
    """What speaks for one customer."""

    score: float = 0.0
    best: float = 0.0
    own: Candidate | None = None
    surest: Candidate | None = None


def resolve_customer(draft: Draft, *, focus: bool = True) -> Resolution:
    """The customer that a command is about: hint, names (its own, its people's, its deals'), then the focus."""
    if (hinted := _hinted(draft)) is not None:
        return _chosen(hinted)
    tallies = _tally_customers(draft)
    if not any(t.best >= SURE for t in tallies.values()) and (strange := stranger(draft)):
        return Resolution(verdict=Verdict.UNKNOWN, words=strange, options=_heard_as(draft, strange))
    if focus and (pointed := _pointed_at(draft, tallies)) is not None:
        return _chosen(pointed)
    if tallies:
        return _judge(draft, tallies)
    unknown = unknown_name(draft)
    if unknown:
        return Resolution(verdict=Verdict.UNKNOWN, words=unknown)
    if "customer" in draft.shared:
        return _chosen(draft.shared["customer"])
    found = draft.desk.focus("customer") if focus else None
    return NOTHING if found is None else _chosen(found)


def _heard_as(draft: Draft, words: str) -> tuple[int, ...]:
    """The customers that words may sound like, though not well enough to be meant."""
    heard = [c for m in draft.mentions_of(Kind.CUSTOMER, least=0.4) if m.text == words for c in m.candidates]
    return tuple(int(c.nameable.id) for c in heard if c.nameable.kind is Kind.CUSTOMER)[:OPTIONS]


def _hinted(draft: Draft) -> int | None:
    """The customer settled before, or that of the person, deal or task settled before."""
    if "customer" in draft.hints:
        return int(draft.hints["customer"])
    for kind in ("contact", "opportunity", "task"):
        record = draft.desk.crm.repository(kind).get(int(draft.hints[kind])) if kind in draft.hints else None
        if record is not None and (customer_id := getattr(record, "customer_id", None)) is not None:
            return int(customer_id)
    return None


_POINTS_BACK = re.compile(r"(?:给|替|帮|为|跟|对|把|向)?(?:它|他们|她们|他家|这家|那家|该公司|该客户|人家)(?!的人)")


def _pointed_at(draft: Draft, tallies: dict[int, _Tally]) -> int | None:
    """The customer in focus, where a pronoun speaks of it and nobody else is named but by words that many share."""
    found = draft.desk.focus("customer")
    if found is None or not _POINTS_BACK.search(draft.text):
        return None
    return None if any(_named_itself(t) for t in tallies.values()) else found


def _named_itself(tally: _Tally) -> bool:
    """Whether a customer, one of its people or all of a deal's name is named, not a word of a deal."""
    if tally.own is not None and tally.own.score >= SURE:
        return True
    surest = tally.surest
    if surest is None or surest.score < SURE:
        return False
    return surest.nameable.kind is Kind.CONTACT or (surest.whole and surest.score >= 0.95)


def customers_named(draft: Draft) -> set[int]:
    """The customers that the command names for sure, themselves or by their people; not by their deals."""
    tallies = _tally_customers(draft).items()
    people = {i for i, t in tallies if _is_person(t.surest) and t.best >= SURE}
    return people | {i for i, t in tallies if t.own is not None and t.own.score >= SURE}


def _chosen(record_id: int) -> Resolution:
    return Resolution(verdict=Verdict.SURE, id=int(record_id))


def _tally_customers(draft: Draft) -> dict[int, _Tally]:
    tallies: dict[int, _Tally] = {}
    creates_deal = draft.intent == "create_opportunity"
    for mention in draft.mentions:
        for customer_id, candidate in _best_by_customer(mention, creates_deal=creates_deal).items():
            tally = tallies.setdefault(customer_id, _Tally())
            tally.score += _weighed(candidate)
            if candidate.score > tally.best:
                tally.best, tally.surest = candidate.score, candidate
            if candidate.nameable.kind is Kind.CUSTOMER and (tally.own is None or tally.own.score < candidate.score):
                tally.own = candidate
    _add_namesakes(draft, tallies)
    named = {i: t for i, t in tallies.items() if t.best >= MENTIONED}
    _weigh_facts(draft, named)
    return named


def _add_namesakes(draft: Draft, tallies: dict[int, _Tally]) -> None:
    """A part of a name that other customers' names have as well (two departments of 江淮理工) may mean each of them."""
    customers = draft.desk.crm.customers
    for mention in draft.mentions_of(Kind.CUSTOMER, least=SURE):
        best = next(c for c in mention.candidates if c.nameable.kind is Kind.CUSTOMER)
        if best.by is not By.PART or best.score < SURE or best.whole or len(mention.text) < LEAST_SHARED:
            continue
        for customer in customers.find(customers.c.name.contains(mention.text, autoescape=True), limit=OPTIONS):
            tally = tallies.setdefault(customer.id, _Tally())
            if tally.own is None or tally.own.score < best.score:
                tally.score += best.score - (0.0 if tally.own is None else tally.own.score)
                tally.best = max(tally.best, best.score)
                nameable = replace(best.nameable, id=customer.id, name=customer.name)
                tally.own = tally.surest = replace(best, nameable=nameable)


LEAST_SHARED = 3


def _best_by_customer(mention: Mention, *, creates_deal: bool) -> dict[int, Candidate]:
    """The best candidate of a mention for each customer; the name of a deal to be made is no other deal's."""
    best: dict[int, Candidate] = {}
    for candidate in mention.candidates:
        nameable = candidate.nameable
        customer_id = nameable.id if nameable.kind is Kind.CUSTOMER else nameable.customer_id
        if nameable.kind not in _WEIGHT or not isinstance(customer_id, int) or candidate.score < 0.4:
            continue
        if nameable.kind is Kind.TASK and candidate.score < SURE:
            continue
        if creates_deal and nameable.kind in (Kind.OPPORTUNITY, Kind.TASK):
            continue
        known = best.get(customer_id)
        if known is None or _weighed(candidate) > _weighed(known):
            best[customer_id] = candidate
    return best


def _weighed(candidate: Candidate) -> float:
    """A customer's own name counts as scored; what hangs on it the less, the less it is named for sure."""
    kind = candidate.nameable.kind
    return candidate.score if kind is Kind.CUSTOMER else max(0.0, candidate.score - 0.4) / 0.6 * _WEIGHT[kind]


def _weigh_facts(draft: Draft, tallies: dict[int, _Tally]) -> None:
    """Let products, region and trade named beside the name speak; the focus only breaks ties."""
    if len(tallies) < 2:
        return
    products = _mentioned_products(draft)
    focus = draft.desk.focus("customer")
    called = any(t.own is not None for t in tallies.values()) or bool(draft.mentions_of(Kind.CONTACT))
    customers = draft.desk.crm.customers.many(tallies)
    deals = {i: draft.desk.crm.opportunities.of_customer(i) for i in tallies}
    beside = _beside_names(draft)
    telling = {i: _tells_a_deal(beside, customers.get(i), deals[i]) for i in tallies}
    for customer_id, customer in customers.items():
        tally = tallies[customer_id]
        tally.score += 0.25 * _facts_named(draft.everything, customer)
        if any(products & set(deal.product_ids) for deal in deals[customer_id] if products) or (
            draft.intent != "create_opportunity"
            and telling[customer_id]
            and not any(telling[i] for i in telling if i != customer_id)
        ):
            tally.score += 0.3
        if customer_id == focus:
            tally.score += 0.12 if called else 0.3


def _mentioned_products(draft: Draft) -> set[int]:
    return {
        int(c.nameable.id)
        for m in draft.mentions_of(Kind.PRODUCT, least=SURE)
        for c in m.candidates
        if c.nameable.kind is Kind.PRODUCT and c.score >= SURE
    }


def _beside_names(draft: Draft) -> str:
    """The words beside the names of customers and people."""
    text = draft.everything
    for mention in draft.mentions_of(Kind.CUSTOMER, Kind.CONTACT):
        text = text.replace(mention.text, "，")
    return text


def _tells_a_deal(text: str, customer: Customer | None, deals: Sequence[Opportunity]) -> bool:
    """Whether the words beside the names tell one of the customer's deals by what is its own (扒鸡 of 扒鸡蒸煮袋)."""
    known = "" if customer is None else " ".join((customer.name, *customer.aliases))
    pairs = {deal.name[i : i + 2] for deal in deals for i in range(len(deal.name) - 1)}
    return any(pair in text and pair not in known for pair in pairs)


def _facts_named(text: str, customer: Customer) -> int:
    """How many of region, trade and tags the text names, beyond what the customer's own name says."""
    facts = [customer.region, customer.industry, *customer.tags]
    return sum(1 for fact in facts if fact and _names_fact(text, fact, customer.name))


def _names_fact(text: str, fact: str, name: str) -> bool:
    if fact in text:
        return True
    pairs = {fact[i : i + 2] for i in range(len(fact) - 1)} - {"有限", "公司"}
    return any(pair in text and pair not in name for pair in pairs)


def _judge(draft: Draft, tallies: dict[int, _Tally]) -> Resolution:
    ranked = sorted(tallies.items(), key=lambda item: -item[1].score)
    top_id, top = ranked[0]
    words = _words_of(draft, top_id)
    at_hand = top_id in (draft.shared.get("customer"), draft.desk.focus("customer"))
    if top.best < (MENTIONED if at_hand else SURE) or (
        _is_another(top) and draft.intent != "create_contact"  # 某某设备科的科长: a department of the customer's
    ):
        return Resolution(verdict=Verdict.UNKNOWN, words=words, options=tuple(i for i, _ in ranked[:OPTIONS]))
    rivals = [i for i, t in ranked[1:] if top.score - t.score < MARGIN and t.best >= MENTIONED]
    exact = _named_in_full(ranked)
    if exact is not None:
        return Resolution(verdict=Verdict.SURE, id=exact, words=_words_of(draft, exact))
    if _strength(top) == WRITTEN and all(top.score > t.score and _strength(t) < WRITTEN for _, t in ranked[1:]):
        return Resolution(verdict=Verdict.SURE, id=top_id, words=words)
    if rivals and all(_strength(top) > _strength(t) for i, t in ranked[1:] if i in rivals):
        return Resolution(verdict=Verdict.HOLD, id=top_id, words=words)
    if rivals:
        return Resolution(verdict=Verdict.ASK, options=(top_id, *rivals)[:OPTIONS], words=words)
    if _better_written(ranked) or _close_by_sound(ranked):
        return Resolution(verdict=Verdict.HOLD, id=top_id, words=words)
    return Resolution(verdict=Verdict.SURE, id=top_id, words=words)


CONTRADICTED = 0.4
"""Facts that favour another customer by this much stand against a name written in full: a question."""


def _named_in_full(ranked: Sequence[tuple[int, _Tally]]) -> int | None:
    """The one customer whose whole name or alias is written, where nothing else comes near or contradicts it."""
    full = [(i, t) for i, t in ranked if _is_in_full(t.own)] or [
        (i, t) for i, t in ranked if _is_person(t.surest) and _is_in_full(t.surest)
    ]
    if len(full) != 1:
        return None
    record_id, tally = full[0]
    return record_id if ranked[0][1].score - tally.score < CONTRADICTED else None


def _is_in_full(named: Candidate | None) -> bool:
    return named is not None and named.whole and named.score >= 0.98 and named.by in (By.EXACT, By.ALIAS)


def _is_person(named: Candidate | None) -> bool:
    return named is not None and named.nameable.kind is Kind.CONTACT


def _strength(tally: _Tally) -> int:
    """Written beats equal sound, equal sound beats near sound (FORMAT.md, "All readings of a character count")."""
    named = tally.own or tally.surest
    if named is None:
        return 0
    by = named.by
    return WRITTEN if by in (By.EXACT, By.ALIAS) else 2 if by in (By.SOUND, By.PINYIN) else 1


def _is_another(tally: _Tally) -> bool:
    """Whether the text around the name extends it to another organisation's name."""
    return tally.own is not None and bool(tally.own.extra) and tally.score < 1.2


def _better_written(ranked: Sequence[tuple[int, _Tally]]) -> bool:
    """Whether a loser was named exactly, while the winner fits only by sound and context."""
    top = ranked[0][1]
    if top.own is None or top.own.by not in _BY_SOUND:
        return False
    return any(t.own is not None and t.own.by in (By.EXACT, By.ALIAS) for _, t in ranked[1:])


def _close_by_sound(ranked: Sequence[tuple[int, _Tally]]) -> bool:
    top = ranked[0][1]
    if len(ranked) < 2 or top.own is None or top.own.by not in _BY_SOUND:
        return False
    second = ranked[1][1]
    if second.own is None or second.own.by not in _BY_SOUND:
        return False
    return (
        top.score - second.score < NEAR_SOUND_MARGIN and second.best >= SURE and second.own.score >= top.own.score - 0.1
    )


def _words_of(draft: Draft, customer_id: int) -> str:
    for mention in draft.mentions:
        if any(c.nameable.kind is Kind.CUSTOMER and c.nameable.id == customer_id for c in mention.candidates):
            return mention.text
    return ""


def unknown_name(draft: Draft) -> str:
    """The name of an organisation in the command that is nobody the user may see; '' when there is none."""
    return organisation_in(draft)


def customer_options(draft: Draft, ids: Iterable[int]) -> list[tuple[Option, int | str]]:
    """Customers to choose from, with what tells them apart."""
    found = draft.desk.crm.customers.many(ids)
    people = _people_named(draft)
    return [(Option(label=people.get(i, "") + _described(found[i]), value=found[i].name), i) for i in ids if i in found]


def _people_named(draft: Draft) -> dict[int, str]:
    """The person of each customer that the message may mean, to tell the customers apart by."""
    named: dict[int, str] = {}
    for mention in draft.mentions_of(Kind.CONTACT):
        for candidate in mention.candidates:
            if (
                candidate.nameable.kind is Kind.CONTACT
                and candidate.score >= MENTIONED
                and candidate.nameable.customer_id
            ):
                named.setdefault(candidate.nameable.customer_id, f"{candidate.nameable.name} · ")
    return named


def _described(customer: Customer) -> str:
    facts = [fact for fact in (customer.region, customer.industry) if fact]
    alias = "" if customer.short_name == customer.name else f"「{customer.short_name}」"
    return f"{customer.name}{alias}" + (f"({' · '.join(facts)})" if facts else "")
